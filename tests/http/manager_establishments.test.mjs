// SPDX-License-Identifier: Apache-2.0
//
// What a manager does to a school beyond its access: adds it, changes what it is and what it offers, hands its password over as a
// slip, looks at its pages as it sees them; whom its classes leave alone; what he says of a specialty, and where a candidate reads it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { sessionOf, specialtyOf } from '../lib/academy.mjs';
import { uai } from '../lib/files.mjs';
import { Server } from '../lib/server.mjs';
import { certify, loginHead, loginManager, tryLogin, walkOn, individual } from '../lib/walk.mjs';
import { Browser } from '../lib/browser.mjs';

const at = '/gestionnaire/etablissements';
let server, all, department, reader, code;

const school = (what, of = code) => server.query(`SELECT ${what} FROM establishment WHERE code = '${of}'`);
const trail = (of = code) =>
  server.query(`SELECT action || ' ' || coalesce(detail, '-') FROM audit_entry WHERE establishment = '${of}' ORDER BY id DESC LIMIT 1`);

before(async () => {
  server = await Server.start({ candidates: 300 });
  [all, department, reader] = [await loginManager(server, 0), await loginManager(server, 1), await loginManager(server, 2)];
  code = server.account('etablissement', 'open').login;
});
after(async () => {
  await server?.stop();
});

test('added by the rules of a load: key letter, nature, sector, department, categories; then it has its accounts', async () => {
  const list = await all.go(at),
    page = await all.go(list.link('Ajouter un établissement')),
    given = {
      'Code UAI': uai('0339998'),
      Dénomination: 'Lycée des Essais',
      Nature: 'Lycée professionnel',
      Secteur: 'Public',
      Département: '33',
      Scolaire: true,
    };
  assert.equal(page.h1, 'Ajouter un établissement');
  for (const [label, value, words] of [
    ['Code UAI', '0339998A', /lettre de contrôle/],
    ['Code UAI', code, /Ce code est déjà celui de/],
    ['Dénomination', '', /Indiquez une dénomination/],
    ['Département', '9999', /numéro de département/],
    ['Code postal', '33', /5 chiffres/],
  ]) {
    const wrong = await all.submit(page, 'Enregistrer', { ...given, [label]: value });
    assert.equal(wrong.status, 422, label);
    assert.match(wrong.error(label), words);
    assert.equal(wrong.value(label), value);
  }
  assert.match((await all.submit(page, 'Enregistrer', { ...given, Scolaire: false })).text, /Cochez au moins une catégorie/);
  const done = await all.press(page, 'Enregistrer', given);
  assert.equal(done.h1, 'Lycée des Essais');
  assert.equal(school('kind || sector || department || families', given['Code UAI']), 'LPPU033|SCO|');
  assert.equal(server.query(`SELECT count(*) FROM account WHERE login = '${given['Code UAI']}'`), '2');
  assert.match(trail(given['Code UAI']), /^establishment\.add/);
  for (const browser of [reader, department]) assert.equal((await browser.get(`${at}/nouveau`)).status, 200);
  assert.doesNotMatch((await department.go(at)).text, /Ajouter un établissement/);
});

test('changed: its candidates and drafts follow it into another department, by page and by load; the second of two is shown the difference', async () => {
  const page = await all.go((await all.go(`${at}/${code}`)).link('Modifier cet établissement')),
    id = school('id'),
    was = school('department'),
    of = (table) =>
      server.query(`SELECT count(*) || '/' || count(CASE WHEN department = '${school('department')}' THEN 1 END) FROM ${table} WHERE establishment = ${id}`),
    whole = (text) => text.split('/')[0] === text.split('/')[1];
  server.query(`INSERT INTO draft (code, exam, exam_session, service, establishment, answers, created, changed, department)
    VALUES ('ABCDEFGH', 'BCP', ${sessionOf('bcp')}, 'inscription-etablissement', ${id}, '{}', 0, 0, '${was}')`);
  const moved = await all.press(page, 'Enregistrer', { Commune: 'Ailleurs', Département: '64' });
  assert.match(moved.text, /L’établissement est modifié/);
  assert.match(trail(), /^establishment\.set commune: .* -> Ailleurs; departement: \d\w\d -> 064$/);
  assert.equal(school('department'), '064');
  assert.ok(whole(of('registration')) && whole(of('draft')), `${of('registration')} ${of('draft')}`);
  const late = await all.submit(page, 'Enregistrer', { Commune: 'Nulle part' });
  assert.equal(late.status, 422);
  assert.match(
    late.text,
    /Quelqu’un d’autre vient de modifier cet établissement\. Ce que votre saisie changerait maintenant : commune: Ailleurs -> Nulle part; departement: 064 -> /,
  );
  assert.equal(late.value('Commune'), 'Nulle part');
  await all.press(late, 'Enregistrer');
  assert.equal(school('town'), 'Nulle part');
  const file = path.join(server.state, 'etablissements.csv');
  fs.writeFileSync(file, `uai;denomination;departement\n${code};${school('name')};65\n`);
  assert.equal(server.ctl(['load', 'establishments', file]).status, 0);
  assert.equal(school('department'), '065');
  assert.ok(whole(of('registration')) && whole(of('draft')));
  assert.equal(server.ctl(['load', 'undo', server.query('SELECT max(id) FROM load_run')]).status, 0);
  assert.ok(whole(of('registration')) && whole(of('draft')), 'the undoing too');
  server.query(`DELETE FROM draft WHERE code = 'ABCDEFGH'`);
  assert.equal((await reader.get(`${at}/${code}/fiche`)).status, 200);
});

test('what it offers: added, its licence changed, taken away unless somebody is registered there', async () => {
  const page = await all.go((await all.go(`${at}/${code}`)).link('Offres, Baccalauréat professionnel (BCP)')),
    specialty = server.query(
      `SELECT code FROM specialty WHERE exam = 'BCP' AND last_session IS NULL AND code NOT IN
       (SELECT specialty FROM establishment_offer WHERE establishment = ${school('id')}) ORDER BY code LIMIT 1`,
    ),
    name = server.query(`SELECT code5 || ' ' || label FROM specialty WHERE code = '${specialty}'`),
    offer = () =>
      server.query(`SELECT category || '|' || coalesce(licensed_ccf, -1) || '|' || coalesce(last_session, 0) FROM establishment_offer
      WHERE establishment = ${school('id')} AND specialty = '${specialty}'`);
  for (const [given, label, words] of [
    [{}, 'Spécialité', /Choisissez une spécialité/],
    [{ Spécialité: name, 'Habilité jusqu’à la session': '2030' }, 'Habilitation CCF', /ne vont qu’avec une habilitation/],
    [
      { Spécialité: name, 'Habilitation CCF': 'OUI', 'Habilité depuis la session': '2031', 'Habilité jusqu’à la session': '2030' },
      'Habilité jusqu’à la session',
      /./,
    ],
    [{ Spécialité: name, 'Habilité jusqu’à la session': 'x' }, 'Habilité jusqu’à la session', /année/],
  ]) {
    const wrong = await all.submit(page, 'Enregistrer l’offre', given);
    assert.equal(wrong.status, 422, label);
    assert.match(wrong.error(label), words);
  }
  let shown = await all.press(page, 'Enregistrer l’offre', { Spécialité: name });
  assert.equal(offer(), '|-1|0');
  shown = await all.press(shown, 'Enregistrer l’offre', { Spécialité: name, 'Habilitation CCF': 'OUI', 'Habilité jusqu’à la session': '2030' });
  assert.equal(offer(), '|1|2030');
  assert.ok(shown.text.includes('OUI, sessions … à 2030'));
  assert.match(trail(), new RegExp(`^offer\\.set bcp-\\d+-\\d+ ${specialty}`));
  shown = await all.press(shown, `Retirer ${name}, Tous ses candidats`);
  assert.equal(offer(), '');
  const taken = server
    .query(
      `SELECT o.specialty, o.category FROM establishment_offer o
       WHERE o.establishment = ${school('id')} AND o.exam_session = ${sessionOf('bcp')} AND o.specialty IN
       (SELECT specialty FROM registration WHERE establishment = ${school('id')} AND exam_session = ${sessionOf('bcp')}) LIMIT 1`,
    )
    .split('|');
  const jeton = shown.html.querySelector('input[name=jeton]').getAttribute('value'),
    refused = await all.post(shown.address, { jeton, retirer: taken.join(' ') });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /Des candidats y sont inscrits/);
});

test('a password as a slip: a document that alone has it, and it opens', async () => {
  const page = await all.go(`${at}/${server.account('etablissement', 'open', 1).login}`),
    slip = await all.submit(page, 'Nouveau mot de passe d’inscription', { 'En faire une fiche à remettre (PDF)': true }),
    login = server.account('etablissement', 'open', 1).login;
  assert.equal(slip.status, 200);
  assert.match(slip.headers.get('content-type'), /application\/pdf/);
  const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: slip.pdf, encoding: 'utf8' }),
    password = /\w{4}(-\w{4}){4}/.exec(text)[0];
  assert.ok(text.includes(login));
  assert.doesNotMatch((await all.go(page.address)).text, new RegExp(password));
  assert.equal((await tryLogin(new Browser(server.url), login, password, 'inscription-etablissement')).status, 303);
});

test("its pages as it sees them: the same rows, and nothing to change; another department's are not there", async () => {
  const head = await loginHead(server),
    seen = async (browser, home, page) =>
      (await browser.go(`${home}bcp/${page}`)).html.querySelectorAll('tbody tr').map((row) => row.text.replace(/\s+/g, ' '));
  const mine = `${at}/${code}/`,
    menu = await all.go((await all.go(`${at}/${code}`)).link('Comme il le voit, Baccalauréat professionnel (BCP)').replace(/bcp-\d+-\d+/, 'bcp'));
  assert.match(menu.text, /Vous voyez ces pages comme .* les voit : rien ne s’y change d’ici/);
  for (const page of ['candidats', 'candidats?liste=passage', 'saisies', 'classes'])
    assert.deepEqual(await seen(all, mine, page), await seen(head, '/etablissement/', page), page);
  const number = server.query(
    `SELECT min(number) FROM registration WHERE exam = 'BCP' AND exam_session = ${sessionOf('bcp')} AND establishment = ${school('id')}`,
  );
  assert.deepEqual(
    (await all.go(`${mine}bcp/candidat?numero=${number}`)).html.querySelectorAll('main button').map((button) => button.text),
    ['Quitter'],
  );
  for (const link of menu.html.querySelectorAll('main a').map((one) => one.getAttribute('href')))
    assert.equal((await all.get(new URL(link, menu.address).href)).status, 200, link);
  const jeton = menu.html.querySelector('input[name=jeton]').getAttribute('value');
  for (const page of ['validation', 'candidat?numero=1', 'service-inscription', 'saisies'])
    assert.ok([404, 405].includes((await all.post(`${mine}bcp/${page}`, { jeton, ouvrir: 'N' })).status), page);
  const found = await all.press(await all.go(`${mine}bcp/candidats`), 'Rechercher', { 'Nom ou numéro': number });
  assert.match(found.address, /recherche=\d+/);
  const limited = server.query("SELECT departments FROM manager WHERE departments IS NOT NULL AND departments <> '[]' LIMIT 1"),
    his = /\d\w\d/.exec(limited)[0];
  const theirs = server.query(`SELECT code FROM establishment WHERE department <> '${his}'
    AND id IN (SELECT establishment FROM establishment_exam WHERE exam_session = ${sessionOf('bcp')}) LIMIT 1`);
  for (const page of ['', 'candidats', 'candidats.csv', `candidat?numero=${number}`])
    assert.equal((await department.get(`${at}/${theirs}/bcp/${page}`)).status, 404, page);
  assert.equal((await all.get(`${mine}bcp/candidat?numero=999999`)).status, 404);
});

test('who is unlike his class: a sentence for the school and for managers', async () => {
  const numbers = server
    .query(
      `SELECT number FROM registration WHERE exam = 'BCP' AND state = 'V' AND exam_session = ${sessionOf('bcp')} AND establishment = ${school('id')}
       AND specialty = (SELECT specialty FROM registration WHERE exam = 'BCP' AND state = 'V' AND establishment = ${school('id')}
                        AND exam_session = ${sessionOf('bcp')} GROUP BY specialty ORDER BY count(*) DESC, specialty LIMIT 1) ORDER BY number LIMIT 7`,
    )
    .split('\n');
  assert.ok(numbers.length >= 6, `${numbers.length}`);
  for (const number of numbers) {
    const answers = JSON.parse(server.query(`SELECT answers FROM registration WHERE exam = 'BCP' AND number = ${number}`));
    answers.classe = 'TESSAI';
    answers.forme_passage = number === numbers[0] ? 'P' : 'G';
    server.query(`UPDATE registration SET answers = '${JSON.stringify(answers).replaceAll("'", "''")}' WHERE exam = 'BCP' AND number = ${number}`);
  }
  const told = (page) =>
    page.html
      .querySelectorAll('tbody tr')
      .map((row) => row.text.replace(/\s+/g, ' '))
      .filter((text) => text.includes('TESSAI'));
  const mine = told(await (await loginHead(server)).go('/etablissement/bcp/classes')),
    theirs = await all.go(`/gestionnaire/suivi/bcp/classes?etablissement=${code}`);
  assert.ok(mine.some((text) => /Forme de passage : Progressive, alors que \d+ autres sur \d+ ont Globale\./.test(text)));
  assert.deepEqual(told(theirs), mine);
  assert.equal((await all.go(theirs.html.querySelector('tbody a').getAttribute('href'))).h1, 'Dossier de candidature');
  for (const wrong of ['', '?etablissement=0000000A']) assert.equal((await all.get(`/gestionnaire/suivi/bcp/classes${wrong}`)).status, 404, wrong);
});

test('a specialty that another academy organises, of one form of passage: the candidate reads it as he chooses, and in the summary', async () => {
  const specialty = specialtyOf(server, 'cap'),
    page = await all.go(`/gestionnaire/specialites/${specialty}`),
    done = await all.press(page, 'Enregistrer', { 'Organisée dans une autre académie': 'académie de Lyon', 'Formes de passage': 'progressive seulement' });
  assert.match(done.text, /La spécialité est modifiée/);
  assert.equal((await all.go(page.address)).value('Organisée dans une autre académie'), 'académie de Lyon');
  assert.equal((await all.submit(page, 'Enregistrer')).status, 422, 'the second is told');
  assert.match(
    (await all.submit(page, 'Enregistrer', { 'Organisée dans une autre académie': 'x'.repeat(81) })).error('Organisée dans une autre académie'),
    /80 caractères/,
  );
  const alone = new Browser(server.url),
    first = await alone.press(await alone.go('/inscription/cap/'), 'Nouvelle inscription'),
    option = first.html.querySelectorAll('#specialite option').find((one) => one.getAttribute('value') === specialty);
  assert.match(option.text.replace(/\s+/g, ' '), /\(organisée par : académie de Lyon\)$/);
  const summary = await walkOn(alone, first, { ...individual, Spécialité: option.text.slice(0, 6), 'Forme de passage': 'Progressive' });
  assert.match(summary.text, /Les épreuves de cette spécialité sont organisées par : académie de Lyon/);
  assert.equal((await alone.press(summary, 'Valider mon inscription', certify)).h1, 'Inscription enregistrée');
});
