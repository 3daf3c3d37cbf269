// SPDX-License-Identifier: Apache-2.0
//
// The walks that many tests begin with: a head logs in, a school's pupils log in, a candidate fills in the wizard.
import assert from 'node:assert/strict';

import { Browser } from './browser.mjs';

export const pupil = {
  candidature: { 'Catégorie du candidat': 'Scolaire', Classe: 'TMELEC2' },
  identite: { Civilité: 'Mme', 'Nom de naissance': 'Łukasz-N’Guyễn', 'Prénom 1': 'Éléonore', 'Prénom 2': 'Œnone' },
  naissance: { 'Date de naissance': '7/7/2008', 'Département de naissance': '059', 'Commune de naissance': 'Nœux-les-Mines', INE: '0494004062M' },
  coordonnees: {
    'N° et voie': '12 rue des Lilas',
    'Code postal': '59000',
    Commune: 'Lille',
    'Téléphone mobile': '06 39 98 12 34',
    'Adresse électronique': 'eleonore@example.org',
  },
  situation: { 'Avez-vous déjà été candidat à cet examen ?': 'NON', "Demande d'aménagement d'épreuves (handicap)": 'NON' },
  passage: { 'Forme de passage': 'Globale' },
};

/** The steps of a pupil whose specialty has no units loaded. */
export const steps = ['candidature', 'identite', 'naissance', 'coordonnees', 'situation', 'passage'];

export async function login(server, service, account, browser = new Browser(server.url)) {
  const page = await browser.go(`/${service}/connexion`),
    code = service === 'gestionnaire' ? 'Identifiant' : 'Code établissement';
  browser.page = await browser.press(page, 'Se connecter', { [code]: account.login, 'Mot de passe': account.password });
  return browser;
}

/** One try, whose answer is not followed. */
export async function tryLogin(browser, code, password, service = 'etablissement') {
  const page = await browser.go(`/${service}/connexion`);
  return browser.submit(page, 'Se connecter', { 'Code établissement': code, 'Mot de passe': password });
}

/** The page of a first login: its password is replaced. */
export const choosePassword = (browser, current, wanted) =>
  browser.press(browser.page, 'Valider', { 'Mot de passe actuel': current, 'Nouveau mot de passe': wanted, 'Confirmation du nouveau mot de passe': wanted });

/** The password that a page shows once, to be handed over. */
export const shownPassword = (page) => /[A-Z2-9]{4}(-[A-Z2-9]{4}){4}/.exec(page.html.querySelector('.note.done')?.text ?? '')?.[0];

/** A head adds a delegate: the page that shows his first password once. */
export async function addDelegate(head, name, rights) {
  const at = '/etablissement/delegues',
    page = await head.press(await head.go(at), 'Ajouter', { 'Nom du délégué': name, Droits: rights });
  return { page, password: shownPassword(page) };
}

export const loginHead = (server, which = 0) => login(server, 'etablissement', server.account('etablissement', 'open', which));
/** 0: of the whole academy; 1: of a single department; 2: who only reads. */
export const loginManager = (server, which = 0) => login(server, 'gestionnaire', server.account('gestionnaire', 'open', which));
export const loginPupils = (server, which = 0) => login(server, 'inscription-etablissement', server.account('inscription-etablissement', 'open', which));

/** « Rechercher » on a list: the page of what was found, whose address says recherche=K. */
export const searched = async (browser, at, words) => browser.press(await browser.go(at), 'Rechercher', { 'Nom ou numéro': words });
/** The K of such a page, as a query. */
export const queryOf = (page) => `recherche=${/[?&]recherche=(\d+)/.exec(page.address)[1]}`;

/** The answers of a pupil with some of them changed: { step: { label: value } }. */
export function answers(changes = {}) {
  return Object.fromEntries([...new Set([...steps, ...Object.keys(changes)])].map((step) => [step, { ...pupil[step], ...changes[step] }]));
}

/** The step that a page of the wizard is. */
export const stepOf = (page) => /\/candidature\/([a-z]+)/.exec(page.address)?.[1] ?? null;

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

const clean = (text) => text.replace(/\s+/g, ' ').trim();

/** A candidate who knows nothing of our questions: each control that must be answered gets NON, or its first choice, unless the page shows something. */
export function required(page, known = {}) {
  const filled = {};
  const name = (control) => control.getAttribute('name');
  for (const control of page.html.querySelectorAll('main [required]')) {
    const label =
      control.getAttribute('type') === 'radio'
        ? clean(control.parentNode.parentNode.parentNode.querySelector('legend').text)
        : clean(page.html.querySelector(`label[for="${control.getAttribute('id')}"]`).text);
    if (label in known || name(control) in filled) continue;
    if (control.getAttribute('type') === 'radio') {
      const group = page.html.querySelectorAll(`input[name="${name(control)}"]`);
      if (group.some((one) => one.hasAttribute('checked'))) continue;
      filled[name(control)] = (group.find((one) => one.getAttribute('value') === 'N') ?? group[0]).getAttribute('value');
    } else if (control.rawTagName === 'select') {
      if (control.querySelector('option[selected]') || !control.querySelector('option[value=""]')) continue;
      const taken = new Set(Object.values(filled));
      filled[name(control)] = control
        .querySelectorAll('option')
        .map((one) => one.getAttribute('value'))
        .find((value) => value && !taken.has(value));
    }
  }
  return filled;
}

/** Answer a page of the wizard: what is given by labels, the rest as `required` does. */
export async function answerPage(browser, page, given = {}, button = 'Suite') {
  const labels = Object.fromEntries(
    Object.entries(given).filter(([label]) =>
      [...page.html.querySelectorAll('label'), ...page.html.querySelectorAll('legend')].some((one) => clean(one.text) === label),
    ),
  );
  const { action, fields } = browser.prepare(page, button, labels);
  for (const [name, value] of Object.entries(required(page, labels))) if (!fields.get(name)) fields.set(name, value);
  const answer = await browser.post(action, fields);
  return answer.status === 303 ? browser.go(new URL(answer.location, page.address).href) : answer;
}

/** From any step to the summary; given: { label: value } for all steps, see: called with each page before it is answered. */
export async function walkOn(browser, page, given, see = () => {}) {
  for (let i = 0; i < 12 && page.h1 !== 'Récapitulatif'; i++) {
    await see(page);
    const before = page.address;
    page = await answerPage(browser, page, given);
    assert.equal(page.status, 200, `${before}: ${page.errors?.join(' / ')}`);
  }
  return page;
}

export const certify = { 'Je certifie l’exactitude des renseignements fournis': true };

/** An adult who registers by himself: { label: value } for all steps. */
export const individual = {
  ...Object.assign({}, ...Object.values(pupil)),
  'Catégorie du candidat': 'Individuel (candidat libre)',
  'Date de naissance': '7/7/1990',
  'Je ne connais pas mon INE': true,
  INE: '',
};

/** From the home of an exam of the public service to the summary, in a browser of nobody's. */
export async function toSummaryAlone(browser, exam, changes = {}, see) {
  const page = await browser.press(await browser.go(`/inscription/${exam}/`), 'Nouvelle inscription');
  return walkOn(browser, page, { ...individual, ...changes }, see);
}

/** From there to « Inscription enregistrée ». */
export async function registerAlone(browser, exam, changes = {}) {
  return browser.press(await toSummaryAlone(browser, exam, changes), 'Valider mon inscription', certify);
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
  return browser.press(summary, 'Valider mon inscription', certify);
}
