// SPDX-License-Identifier: Apache-2.0
//
// What a school offers to which of its candidates, with a CCF licence of its own; units of some sessions only; addresses
// whose postal code begins as another department's do. From the file that says it to the registration that follows.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { extend, optionOf, yearOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { table } from '../lib/files.mjs';
import { Server } from '../lib/server.mjs';
import { certify, loginPupils, pupil, registerAlone, toSummaryAlone, walkOn } from '../lib/walk.mjs';

const home = '/inscription-etablissement/bcp';
let server, school, specialty, year;
before(async () => {
  server = await Server.start({ establishments: 5, candidates: 40 });
  school = server.account('inscription-etablissement', 'open').login;
  year = yearOf(server);
  extend(server, school, { families: ['SCO', 'APP', 'FPC'] });
  specialty = rows(`SELECT min(code) FROM specialty WHERE exam = 'BCP' AND last_session IS NULL AND code NOT IN
    (SELECT specialty FROM establishment_offer) AND code NOT IN (SELECT specialty FROM exam_unit)`);
});
after(() => server.stop());

const rows = (sql) => server.query(sql);
let files = 0;
function load(kind, lines, ...options) {
  const file = path.join(server.state, `fichier-${++files}.csv`);
  fs.writeFileSync(file, table(lines));
  const done = server.ctl(['load', kind, file, ...options, '--json'], { status: null });
  return { ...done, ...(done.stdout ? JSON.parse(done.stdout) : {}) };
}
function loaded(...args) {
  const done = load(...args);
  assert.equal(done.status, 0, `${done.stderr}${JSON.stringify(done.rows)}`);
  return done;
}

const none = { categorie: '', habilitation_ccf: '', session_debut: '', session_fin: '' };
/** The file of the school: what it offers already, and these offers of the specialty. */
const file = (...offers) => [
  ...rows(`SELECT o.specialty FROM establishment_offer o JOIN establishment e ON e.id = o.establishment
    JOIN exam_session s ON s.id = o.exam_session WHERE e.code = '${school}' AND s.exam = 'BCP' AND s.main = 1 AND o.specialty <> '${specialty}'`)
    .split('\n')
    .map((code) => ({ uai: school, examen: 'BCP', specialite: code, ...none })),
  ...offers.map((offer) => ({ uai: school, examen: 'BCP', specialite: specialty, ...none, ...offer })),
];
const offered = () =>
  rows(`SELECT o.category, o.licensed_ccf, o.first_session, o.last_session FROM establishment_offer o JOIN establishment e ON e.id = o.establishment
    WHERE e.code = '${school}' AND o.specialty = '${specialty}' ORDER BY o.category`);
const categories = (page) =>
  page.html
    .querySelectorAll('#categorie option')
    .map((option) => option.getAttribute('value'))
    .filter(Boolean);

let people = 0;
const letters = () => [...String(people++)].map((digit) => 'abcdefghij'[digit]).join('');
const given = (changes) => ({
  ...Object.assign({}, ...Object.values(pupil)),
  Spécialité: optionOf(specialty),
  'Prénom 1': `Offerte ${letters()}`,
  'Forme de passage': 'Globale',
  ...changes,
});
const begin = async (browser) => browser.press(await browser.go(`${home}/`), 'Nouvelle inscription');

/** Somebody of a category registers for the specialty: the code of the category that is kept, what the summary says of it. */
async function registered(category) {
  const browser = await loginPupils(server);
  const summary = await walkOn(browser, await begin(browser), given({ 'Catégorie du candidat': category }));
  const end = await browser.press(summary, 'Valider mon inscription', certify);
  const number = /Numéro d.inscription : (\d+)-/.exec(end.text)?.[1] ?? assert.fail(end.errors?.join() || end.text);
  return { number, summary, category: rows(`SELECT category FROM registration WHERE exam = 'BCP' AND number = ${number}`) };
}

test('a file names categories, licences and their sessions; it is previewed, undone, and what it has no column for stays', () => {
  const offers = file({ categorie: 'app', habilitation_ccf: 'OUI', session_debut: '2024', session_fin: year }, { categorie: 'FPC', habilitation_ccf: 'N' });
  const seen = loaded('offers', offers, '--dry-run');
  assert.deepEqual(
    seen.rows.map((row) => [row.outcome, row.row]),
    ['APP', 'FPC'].map((category) => ['new', `${school} bcp-${year}-06 ${specialty} ${category}`]),
  );
  assert.equal(offered(), '');
  loaded('offers', offers);
  assert.equal(offered(), `APP|1|2024|${year}\nFPC|0||`);
  assert.equal(loaded('offers', offers).counts.unchanged, offers.length);

  const plain = file({}).map(({ uai, examen, specialite }) => ({ uai, examen, specialite }));
  assert.equal(loaded('offers', plain).counts.unchanged, plain.length);
  assert.equal(offered(), `APP|1|2024|${year}\nFPC|0||`, 'no column, no change');

  const other = file({ categorie: 'APP' }).map(({ session_debut, session_fin, habilitation_ccf, ...row }) => ({ ...row, HABILITE_CCF: '' }));
  assert.deepEqual(
    loaded('offers', other, '--dry-run').rows.map((row) => [row.outcome, row.column ?? null, row.before ?? null, row.value ?? null]),
    [
      ['changed', 'habilitation_ccf', '1', ''],
      ['changed', 'session_debut', '2024', ''],
      ['changed', 'session_fin', String(year), ''],
      ['gone', null, null, null],
    ],
    'a licence takes its sessions with it',
  );
  loaded('offers', other);
  assert.equal(offered(), 'APP|||');
  server.ctl(['load', 'undo', rows("SELECT max(id) FROM load_run WHERE kind = 'offers' AND undone IS NULL")]);
  assert.equal(offered(), `APP|1|2024|${year}\nFPC|0||`, 'undone');
});

test('what cannot be is refused with its column', () => {
  const refused = (offer) => load('offers', file(offer), '--dry-run').stderr + JSON.stringify(load('offers', file(offer), '--dry-run').rows);
  assert.match(refused({ categorie: 'ABC' }), /"column":"categorie",.*Catégorie de candidats inconnue\u00a0: «.ABC.»/);
  assert.match(refused({ categorie: 'VAE' }), /L’établissement n’a pas de candidats de cette catégorie.: «.VAE.»/);
  assert.match(refused({ habilitation_ccf: 'peut-être' }), /Il faut OUI ou NON/);
  assert.match(refused({ habilitation_ccf: 'OUI', session_debut: '27' }), /Il faut une année de quatre chiffres/);
  assert.match(refused({ habilitation_ccf: 'OUI', session_debut: '2027', session_fin: '2026' }), /"column":"session_fin".*avant la première/);
  assert.match(refused({ habilitation_ccf: 'NON', session_fin: '2027' }), /Des sessions ne vont qu’avec une habilitation/);
  assert.match(refused({ session_debut: '2027' }), /Des sessions ne vont qu’avec une habilitation/);
});

test('who registers for a specialty is offered the categories that its offer names, and no other is taken', async () => {
  loaded('offers', file({ categorie: 'APP' }, { categorie: 'FPC' }));
  const browser = await loginPupils(server);
  const page = await begin(browser);
  assert.deepEqual(categories(page), ['SCO', 'APP', 'FPC', 'CPR'], 'of no specialty yet');
  const refused = await browser.submit(page, 'Suite', { 'Catégorie du candidat': 'Scolaire', Spécialité: optionOf(specialty) });
  assert.equal(refused.status, 422);
  assert.match(refused.error('Catégorie du candidat'), /^Votre établissement ne propose pas cette spécialité à cette catégorie de candidats/);
  assert.deepEqual(categories(refused), ['SCO', 'APP', 'FPC', 'CPR'], 'either of the two may be the one to change');
  const summary = await walkOn(browser, refused, given({ 'Catégorie du candidat': 'Apprenti' }));
  assert.deepEqual(categories(await browser.go(summary.address.replace('recapitulatif', 'candidature'))), ['APP', 'FPC', 'CPR']);
  assert.match(summary.text, /Catégorie du candidat Apprenti/);

  loaded('offers', file({ categorie: 'FPC' }));
  const late = await browser.press(summary, 'Valider mon inscription', certify);
  assert.equal(late.h1, 'Candidature', 'the base is asked once more');
  assert.equal(rows(`SELECT count(*) FROM registration WHERE specialty = '${specialty}'`), '0');
});

test('the category that is kept follows the licence of the offer in the session, else that of the school', async () => {
  const last = String(year - 1);
  for (const [offers, schools, code] of [
    [[{}], 1, '20'],
    [[{}], 0, '21'],
    [[{ habilitation_ccf: 'OUI' }], 0, '20'],
    [[{ habilitation_ccf: 'NON' }], 1, '21'],
    [[{ habilitation_ccf: 'OUI', session_fin: last }], 1, '21'],
    [[{ habilitation_ccf: 'OUI', session_debut: String(year), session_fin: String(year) }], 0, '20'],
    [[{ habilitation_ccf: 'OUI' }, { categorie: 'APP', habilitation_ccf: 'NON' }], 1, '21'],
  ]) {
    rows(`UPDATE establishment SET licensed_ccf = ${schools} WHERE code = '${school}'`);
    loaded('offers', file(...offers));
    const { category, summary } = await registered('Apprenti');
    assert.equal(category, code, JSON.stringify([offers, schools]));
    assert.equal(summary.text.includes('européenne'), code === '20', 'and what is asked');
  }
  rows(`UPDATE establishment SET licensed_ccf = 1 WHERE code = '${school}'`);
});

test('an offer that somebody was registered by goes only where another one takes him', () => {
  loaded('offers', file({}));
  const refused = load('offers', file({ categorie: 'FPC' }));
  assert.equal(refused.status, 1);
  assert.match(JSON.stringify(refused.rows), /des candidats y sont inscrits/);
  loaded('offers', file({ categorie: 'APP' }, { categorie: 'FPC' }));
  assert.equal(offered(), 'APP|||\nFPC|||');
  loaded('offers', file({}));
});

// ---------------------------------------------------------------- units

test('a session asks the units that are examined in it; what was chosen for another one is told, and kept', async () => {
  const unit = (unite, libelle, more = {}) => ({
    specialite: specialty,
    epreuve: 'E1',
    unite,
    libelle,
    type: 'O',
    session_debut: '',
    session_fin: '',
    ...more,
  });
  const units = (last) => [unit('U1', 'Pratique'), unit('U2', 'Dessin', { session_fin: last }), unit('U3', 'Atelier', { session_debut: year + 1 })];
  loaded('units', units(year));
  assert.equal(
    rows(`SELECT unit, first_session, last_session FROM exam_unit WHERE specialty = '${specialty}' ORDER BY rank`),
    `U1||\nU2||${year}\nU3|${year + 1}|`,
  );
  const { number, summary } = await registered('Scolaire');
  assert.match(summary.text, /U2 Dessin Inscrit/);
  assert.doesNotMatch(summary.text, /U3/);
  const code = rows(`SELECT code FROM registration WHERE exam = 'BCP' AND number = ${number}`);
  const kept = () => JSON.parse(rows(`SELECT answers FROM registration WHERE exam = 'BCP' AND number = ${number}`));
  assert.deepEqual([kept()['etat-U1'], kept()['etat-U2'], kept()['etat-U3']], ['I', 'I', undefined]);

  const changed = loaded('units', units(year - 1), '--dry-run');
  loaded('units', units(year - 1));
  assert.deepEqual(
    changed.rows.map((row) => [row.outcome, row.column, row.before, row.value]),
    [['changed', 'session_fin', String(year), String(year - 1)]],
  );
  const browser = await loginPupils(server);
  const first = await browser.press(await browser.go(`${home}/modification`), 'Suite', {
    "Numéro d'inscription": number,
    'Date de naissance': '07/07/2008',
    'Code personnel': code,
  });
  const seen = [];
  const again = await walkOn(browser, first, { Commune: 'Roubaix' }, (page) => seen.push(page));
  assert.ok(!seen.some((page) => page.text.includes('Dessin')), 'it is asked no more');
  const told = `L’épreuve « U2 Dessin » n’est pas une épreuve de la session ${year}. Ce que vous aviez choisi (Inscrit) reste dans votre dossier`;
  assert.ok(again.text.includes(told), again.text);
  const end = await browser.press(again, 'Valider mon inscription', certify);
  assert.equal(end.h1, 'Inscription enregistrée');
  assert.deepEqual([kept().commune, kept()['etat-U1'], kept()['etat-U2']], ['Roubaix', 'I', 'I']);

  assert.match(load('units', [unit('U1', 'Pratique', { session_debut: '2028', session_fin: '2027' })]).rows[0].reason, /avant la première/);
  const plain = units(year - 1).map(({ session_debut, session_fin, ...row }) => row);
  assert.equal(loaded('units', plain).counts.unchanged, 3, 'no column, no change');
});

// ---------------------------------------------------------------- addresses

test('a commune whose postal code begins as another department’s do raises no false warning, and is counted where it lies', async () => {
  const columns = 'code, type, name, search, department, postal_codes';
  rows(`INSERT INTO commune (${columns}) VALUES ('03250', 'A', 'Saint-Pierre-Laval', 'SAINT PIERRE LAVAL', '003', '|42620|')`);
  server.ctl(['parameter', 'set', 'departements_couverts', '003,015']);
  const warned = async (changes) => /Votre adresse n’est pas dans le ressort/.test((await toSummaryAlone(new Browser(server.url), 'cap', changes)).text);
  assert.equal(await warned({ 'Code postal': '42620', Commune: 'Saint-Pierre-Laval' }), false);
  assert.equal(await warned({ 'Code postal': '42620', Commune: 'st pierre laval' }), false);
  assert.equal(await warned({ 'Code postal': '42620', Commune: 'Saint-Martin-d’Estréaux' }), true);
  assert.equal(await warned({ 'Code postal': '03120', Commune: 'Lapalisse' }), false);
  const end = await registerAlone(new Browser(server.url), 'cap', { 'Code postal': '42620', Commune: 'Saint-Pierre-Laval' });
  const number = /Numéro d.inscription : (\d+)-/.exec(end.text)[1];
  assert.equal(rows(`SELECT department FROM registration WHERE exam = 'CAP' AND number = ${number}`), '003');
});
