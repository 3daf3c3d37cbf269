// SPDX-License-Identifier: Apache-2.0
//
// A tour of every page in every state that people meet: plain, with errors, empty, long, missing. `look(name, page)`
// is called on each. Words are those that people read: roles and labels.
import { optionOf, specialtyOf } from './academy.mjs';
import { answers, steps } from './walk.mjs';
import { exportOf, pupil as pupilOf } from './siecle.mjs';

export const chosenPassword = 'une phrase longue et calme';
export const pupilsPassword = 'trois mots pour la classe';
export const european = 'Vous présentez-vous en section européenne ?';
export const certificate = 'Je certifie l’exactitude des renseignements fournis';

const pupilsOfAClass = [pupilOf(1), { ...pupilOf(2), nom: 'LE GOFF', classe: undefined }, { ...pupilOf(3), sortie: '01/09/2020' }];

export const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
export const follow = (page, name) => page.getByRole('link', { name, exact: true }).click();

export const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

export async function login(page, service, { login, password }) {
  await page.goto(`/${service}/connexion`);
  await page.getByLabel('Code établissement', { exact: true }).fill(login);
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await press(page, 'Se connecter');
}

export async function changePassword(page, current, wanted) {
  await page.getByLabel('Mot de passe actuel', { exact: true }).fill(current);
  await page.getByLabel('Nouveau mot de passe', { exact: true }).fill(wanted);
  await page.getByLabel('Confirmation du nouveau mot de passe', { exact: true }).fill(wanted);
  await press(page, 'Valider');
}

/** Answer a question by its label, whatever kind of control it is. */
export async function answer(page, label, value) {
  const group = page.getByRole('group', { name: label, exact: true });
  if (await group.count()) return group.getByLabel(value, { exact: true }).check();
  const control = page.getByLabel(label, { exact: true });
  const kind = await control.evaluate((element) => (element.tagName === 'SELECT' ? 'select' : element.type));
  if (kind === 'checkbox') return control.setChecked(value);
  if (kind !== 'select') return control.fill(value);
  const options = await control.locator('option').allTextContents();
  return control.selectOption({ label: options.find((option) => option.includes(value)) });
}

/** Answer one step of the wizard, without leaving it. */
export async function fillStep(page, step, given = answers()[step]) {
  for (const [label, value] of Object.entries(given)) await answer(page, label, value);
  const specialty = page.getByLabel('Spécialité', { exact: true });
  if ((await specialty.count()) && !given.Spécialité) await specialty.selectOption({ index: 1 });
  const asked = page.getByRole('group', { name: european, exact: true });
  if ((await asked.count()) && !(european in given)) await answer(page, european, 'NON');
}

/** From the exam's home to the summary. */
export async function toSummary(page, changes = {}, look = () => {}) {
  const given = answers(changes);
  await press(page, 'Nouvelle inscription');
  for (const step of steps) {
    await look(`étape ${step}`, page);
    await fillStep(page, step, given[step]);
    await press(page, 'Suite');
  }
}

async function portal(page, look) {
  await page.goto('/');
  await look('accueil', page);
  for (const address of ['accessibilite', 'mentions-legales', 'donnees-personnelles', 'plan-du-site', 'aide']) {
    await page.goto(`/${address}`);
    await look(address, page);
  }
  await page.goto('/nulle-part');
  await look('page introuvable', page);
}

async function freshSchool(page, look, account) {
  await page.goto('/etablissement/connexion');
  await look('connexion au suivi', page);
  await press(page, 'Se connecter');
  await look('connexion au suivi, erreurs', page);
  await login(page, 'etablissement', { ...account, password: 'pas celui-ci' });
  await look('connexion au suivi, refusée', page);
  await login(page, 'etablissement', account);
  await look('premier accès', page);
  await press(page, 'Valider');
  await look('premier accès, erreurs', page);
  await changePassword(page, account.password, chosenPassword);
  await look('menu à compléter', page);
  await page.goto('/etablissement/bcp/service-inscription');
  await look('ouverture à compléter', page);
  await press(page, 'Ouvrir le service');
  await look('ouverture refusée', page);
  await page.goto('/etablissement/bcp/section-europeenne');
  await look('section européenne', page);
  await press(page, 'Suite');
  await look('section européenne, erreur', page);
  await answer(page, 'Gérez-vous des sections européennes ?', 'OUI');
  await press(page, 'Suite');
  await look('menu, réponse enregistrée', page);
  await page.goto('/etablissement/mot-de-passe-inscription');
  await look('mot de passe d’inscription', page);
  await changePassword(page, 'pas celui-ci', 'court');
  await look('mot de passe d’inscription, erreurs', page);
  await page.goto('/etablissement/bcp/candidats');
  await look('liste', page);
}

async function openSchool(page, look, account) {
  await login(page, 'etablissement', account);
  await look('menu', page);
  await page.goto('/etablissement/bcp/service-inscription');
  await look('service ouvert', page);
  await page.goto('/etablissement/mot-de-passe');
  await look('mot de passe du suivi', page);
  await page.goto('/etablissement/fiches-connexion');
  await look('fiches de connexion', page);
  await press(page, 'Imprimer');
  await look('fiches de connexion, erreurs', page);
  await page.goto('/etablissement/eleves');
  await look('élèves attendus, personne', page);
  await page.getByLabel('Fichier des élèves').setInputFiles({ name: 'eleves.xml', mimeType: 'text/xml', buffer: exportOf(account.login, pupilsOfAClass) });
  await press(page, 'Déposer');
  await look('élèves attendus, aperçu', page);
  await press(page, 'Appliquer');
  await look('élèves attendus', page);
  await page.goto('/etablissement/bcp/nulle-part');
  await look('page du suivi introuvable', page);
}

/** What a school's secretary does in a year, on the first exam that has candidates. */
async function secretary(page, look, account) {
  await login(page, 'etablissement', account);
  await page.goto('/etablissement/bcp/');
  await look('menu d’un examen', page);
  await page.goto('/etablissement/bcp/validation');
  await look('validation', page);
  await page.getByRole('checkbox').first().check();
  await press(page, 'Rechercher');
  await look('validation, une case non validée', page);
  await press(page, 'Continuer sans valider');
  await page.getByRole('checkbox').first().check();
  await press(page, 'Valider');
  await look('validation faite', page);
  await press(page, 'Défaire ces changements');
  await look('validation défaite', page);
  const searched = page.getByLabel('Nom ou numéro', { exact: true });
  await searched.fill('personne de ce nom');
  await press(page, 'Rechercher');
  await look('validation, rien de trouvé', page);
  await searched.fill('personne de ce nom '.repeat(12));
  await searched.press('Enter');
  await page.getByRole('link', { name: /recherche est trop longue/ }).waitFor();
  await look('validation, recherche refusée', page);
  await page.goto('/etablissement/bcp/confirmations');
  await look('impression', page);
  await press(page, 'Imprimer');
  await look('impression, erreur', page);
  await page.goto('/etablissement/bcp/retours');
  await look('retours', page);
  await press(page, 'Enregistrer le retour');
  await look('retours, erreur', page);
  for (const box of (await page.getByRole('checkbox').all()).slice(0, 3)) await box.check();
  await press(page, 'Confirmations rendues');
  await look('retours, trois cases non validées', page);
  await page.goto('/etablissement/bcp/retours?liste=rendues');
  await look('retours, aucun rendu', page);
  await page.goto('/etablissement/bcp/effectifs');
  await look('effectifs', page);
  await page.getByRole('textbox').first().fill('beaucoup');
  await press(page, 'Enregistrer');
  await look('effectifs, erreur', page);
  await page.getByRole('textbox').first().fill('40');
  await press(page, 'Enregistrer');
  await look('menu, effectifs indiqués', page);
  await page.goto('/etablissement/bcp/saisies');
  await look('saisies non validées', page);
  for (const list of ['europeenne', 'specialite', 'specialites', 'passage']) {
    await page.goto(`/etablissement/bcp/candidats?liste=${list}`);
    await look(`liste ${list}`, page);
  }
  await page.goto('/etablissement/delegues');
  await look('délégués', page);
  await press(page, 'Ajouter');
  await look('délégués, erreurs', page);
  await page.getByLabel('Nom du délégué', { exact: true }).fill('Secrétariat');
  await page.getByLabel('Tout', { exact: true }).check();
  await press(page, 'Ajouter');
  await look('délégué ajouté', page);
}

async function emptyPages(page, look, account) {
  await login(page, 'etablissement', account);
  for (const one of ['candidats', 'validation', 'confirmations', 'retours', 'saisies']) {
    await page.goto(`/etablissement/bcp/${one}`);
    await look(`${one}, vide`, page);
  }
}

/** An adult alone, up to the summary of a specialty with units. */
async function individual(page, look, server) {
  await page.goto('/inscription/');
  await look('inscription grand public', page);
  await page.goto('/inscription/cap/');
  await look('accueil d’un examen, public', page);
  for (const one of ['reprise', 'modification', 'reimpression', 'code-oublie']) {
    await page.goto(`/inscription/cap/${one}`);
    await look(`public, ${one}`, page);
    await press(page, 'Suite');
    await look(`public, ${one}, erreurs`, page);
  }
  await page.goto('/inscription/cap/');
  await press(page, 'Nouvelle inscription');
  const given = answers({
    candidature: { 'Catégorie du candidat': 'Individuel (candidat libre)', Spécialité: optionOf(specialtyOf(server, 'cap', { units: true })) },
    naissance: { 'Date de naissance': '7/7/1990' },
  });
  delete given.candidature.Classe;
  for (const step of steps) {
    await fillStep(page, step, given[step]);
    await press(page, 'Suite');
  }
  for (let i = 0; i < 3 && !new URL(page.url()).pathname.endsWith('/recapitulatif'); i++) {
    const step = new URL(page.url()).pathname.split('/').pop();
    await look(`public, étape ${step}`, page);
    await press(page, 'Suite');
    if (new URL(page.url()).pathname.endsWith(`/${step}`)) {
      await look(`public, étape ${step}, erreurs`, page);
      await answerRequired(page);
      await press(page, 'Suite');
    }
  }
  await look('public, récapitulatif', page);
}

/** The first answer of every control that must be answered and isn't. */
export async function answerRequired(page) {
  for (const control of await page.locator('main :is(select, input)[required]').all())
    await control.evaluate((element) => {
      if (element.tagName === 'SELECT' && element.value === '') element.selectedIndex = 1;
      else if (element.type === 'radio' && !element.form.querySelector(`[name="${element.name}"]:checked`)) element.checked = true;
    });
}

async function longList(page, look, account) {
  await login(page, 'etablissement', account);
  await page.goto('/etablissement/bcp/candidats');
  await look('liste longue', page);
  await follow(page.locator('main'), 'Tout afficher');
  await look('liste entière', page);
  await page.locator('tbody th a').first().click();
  await look('dossier', page);
  await follow(page, 'Délivrer un nouveau code personnel');
  await look('nouveau code', page);
  await press(page, 'Délivrer le nouveau code');
  await look('dossier, nouveau code délivré', page);
  await press(page, 'Modifier cette inscription');
  await look('modification par l’établissement', page);
  await page.goto(page.url().replace('candidature?', 'recapitulatif?'));
  await look('modification par l’établissement, récapitulatif', page);
  await press(page, 'Abandonner la modification');
  await look('dossier, modification abandonnée', page);
}

async function pupil(page, look, account) {
  await page.goto('/inscription-etablissement/connexion');
  await look('connexion à l’inscription', page);
  await login(page, 'inscription-etablissement', account);
  await look('choix de l’examen', page);
  await page.goto('/inscription-etablissement/bcp/');
  await look('accueil de l’examen', page);
  await press(page, 'Nouvelle inscription');
  for (const step of steps) {
    await look(`étape ${step}`, page);
    if (step === 'naissance') await answer(page, 'Date de naissance', '31/02/2008');
    await press(page, 'Suite');
    await look(`étape ${step}, erreurs`, page);
    await fillStep(page, step, answers({ identite: { 'Prénom 1': 'Éléonore' } })[step]);
    if (step === 'coordonnees') await answer(page, 'Adresse électronique', 'eleonore@gmial.com');
    await press(page, 'Suite');
  }
  await look('récapitulatif', page);
  await press(page, 'Valider mon inscription');
  await look('récapitulatif, erreur', page);
  await page.getByLabel(certificate, { exact: true }).check();
  await press(page, 'Valider mon inscription');
  await look('inscription enregistrée', page);
  await follow(page, 'La confirmation en version accessible (page web)');
  await look('confirmation', page);
  await page.goto('/inscription-etablissement/bcp/');
  await press(page, 'Nouvelle inscription');
  await press(page, 'Enregistrer et quitter');
  await look('inscription conservée', page);
  await page.goto('/inscription-etablissement/bcp/reprise');
  await look('reprendre', page);
  await press(page, 'Suite');
  await look('reprendre, erreur', page);
  await page.goto('/inscription-etablissement/bcp/reimpression');
  await look('réimprimer', page);
  await press(page, 'Suite');
  await look('réimprimer, erreurs', page);
}

/** What is ticked once the session has ended, and what waits for the next login; a row has changed meanwhile. */
const tooLate = (server, account) => async (page, look) => {
  await login(page, 'etablissement', account);
  await page.goto('/etablissement/bcp/validation');
  const boxes = (await page.getByRole('checkbox').all()).slice(0, 3);
  for (const box of boxes) await box.check();
  server.query(`UPDATE registration SET state = CASE state WHEN 'V' THEN 'A' ELSE 'V' END WHERE exam = 'BCP' AND number = ${await boxes[1].inputValue()}`);
  server.query('UPDATE session SET seen = seen - 7200');
  await press(page, 'Valider');
  await look('connexion au suivi, session terminée', page);
  await login(page, 'etablissement', account);
  await look('validation, cases conservées', page);
};

/** The schools that the tour needs, in a base of `establishments: 12`: one of each kind, for BCP. */
export const tourServer = { establishments: 12, candidates: 900 };

/** A school with no candidate at all, and one with more than a page of them. */
export function prepare(server) {
  const [long, , empty] = server.accounts.filter((one) => one.service === 'etablissement' && one.state === 'open');
  const id = (account) => `(SELECT id FROM establishment WHERE code = '${account.login}')`;
  server.ctl(['parameter', 'set', 'modification_par_etablissement', 'O']);
  server.query(`DELETE FROM registration WHERE establishment = ${id(empty)}`);
  server.query(`UPDATE registration SET establishment = ${id(long)},
    specialty = (SELECT min(specialty) FROM registration WHERE exam = 'BCP' AND establishment = ${id(long)})
    WHERE exam = 'BCP' AND establishment <> ${id(long)}`);
  return { long, empty };
}

/** newPage() gives a browser window where nobody is logged in; look(name, page) sees each page. */
export async function tour(server, schools, newPage, look) {
  const open = server.account('etablissement', 'open', 1);
  const visits = [
    portal,
    [freshSchool, server.account('etablissement', 'fresh')],
    [openSchool, open],
    [secretary, schools.long],
    [emptyPages, schools.empty],
    [longList, schools.long],
    tooLate(server, schools.long),
    [individual, server],
    [pupil, server.account('inscription-etablissement', 'open', 1)],
  ];
  for (const visit of visits) {
    const [go, account] = Array.isArray(visit) ? visit : [visit];
    const page = await newPage();
    await go(page, look, account);
    await page.context().close();
  }
}
