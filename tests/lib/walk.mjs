// SPDX-License-Identifier: Apache-2.0
//
// The walks that many tests begin with: a head logs in, a school's pupils log in, a pupil fills in the wizard.
import { Browser } from './browser.mjs';

export const pupil = {
  candidature: { 'Catégorie du candidat': 'Scolaire', Classe: 'TMELEC2' },
  identite: { Civilité: 'Mme', 'Nom de naissance': 'Łukasz-N’Guyễn', 'Prénom 1': 'Éléonore', 'Prénom 2': 'Œnone' },
  naissance: { 'Date de naissance': '7/7/2008', 'Département de naissance': '059', 'Commune de naissance': 'Nœux-les-Mines', INE: '0494004062M' },
  coordonnees: { 'N° et voie': '12 rue des Lilas', 'Code postal': '59000', Commune: 'Lille', 'Téléphone mobile': '06 39 98 12 34', 'Adresse électronique': 'eleonore@example.org' },
  passage: { 'Forme de passage': 'Globale' },
};

export const steps = ['candidature', 'identite', 'naissance', 'coordonnees', 'passage'];

export async function login(server, service, account, browser = new Browser(server.url)) {
  const page = await browser.go(`/${service}/connexion`);
  browser.page = await browser.press(page, 'Se connecter', { 'Code établissement': account.login, 'Mot de passe': account.password });
  return browser;
}

export const loginHead = (server, which = 0) => login(server, 'etablissement', server.account('etablissement', 'open', which));
export const loginPupils = (server, which = 0) => login(server, 'inscription-etablissement', server.account('inscription-etablissement', 'open', which));

/** The answers of a pupil with some of them changed: { step: { label: value } }. */
export function answers(changes = {}) {
  return Object.fromEntries(steps.map((step) => [step, { ...pupil[step], ...changes[step] }]));
}

/** Fill in one step; where a section européenne is asked, NON unless something else is given. */
export async function fillStep(browser, page, step, given) {
  const filled = { ...given };
  if (step === 'candidature' && !filled.Spécialité) {
    const option = page.html.querySelector('#specialite option[value]:not([value=""])');
    filled.Spécialité = option.text.trim();
  }
  if (step === 'passage' && page.text.includes('Vous présentez-vous en section européenne ?') && !filled['Vous présentez-vous en section européenne ?'])
    filled['Vous présentez-vous en section européenne ?'] = 'NON';
  return browser.press(page, 'Suite', filled);
}

/** From the exam's home to the summary. */
export async function toSummary(browser, changes = {}) {
  const given = answers(changes);
  let page = await browser.go('/inscription-etablissement/bcp/');
  page = await browser.press(page, 'Nouvelle inscription');
  for (const step of steps) page = await fillStep(browser, page, step, given[step]);
  return page;
}

/** From the exam's home to « Inscription enregistrée ». */
export async function register(browser, changes = {}) {
  const summary = await toSummary(browser, changes);
  return browser.press(summary, 'Valider mon inscription', { 'Je certifie l’exactitude des renseignements fournis': true });
}
