// SPDX-License-Identifier: Apache-2.0
//
// « Confirmations des candidats individuels »: what the office prints and posts: whose, in which order, what is noted, what is
// printed once more, the labels; and what is refused. Documents are read by qpdf and pdftotext.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { sessionOf } from '../lib/academy.mjs';
import { printedText } from '../lib/printed.mjs';
import { Server } from '../lib/server.mjs';
import { loginManager } from '../lib/walk.mjs';

const home = '/gestionnaire/candidats/cap/',
  at = `${home}individuels`,
  CHANGED = 'Seulement celles jamais imprimées ou modifiées depuis';
let server, manager, department, reader;

before(async () => {
  server = await Server.start({ candidates: 900 });
  [manager, department, reader] = [await loginManager(server, 0), await loginManager(server, 1), await loginManager(server, 2)];
  /* one abroad, one whose name is that of a fellow at the same place, and a village that comes before its town */
  const [abroad, village] = alone('number');
  answer(abroad, { pays: '99131', code_postal: '1000', commune: 'Bruxelles' });
  answer(village, { pays: '99100', code_postal: '59000', commune: 'Aaville', complement_adresse: 'Résidence des Œuvres' });
});
after(async () => {
  await server?.stop();
});

const where = () => `exam = 'CAP' AND exam_session = ${sessionOf('cap')} AND establishment IS NULL AND state = 'V'`;
const alone = (columns, more = '1 = 1') =>
  server.query(`SELECT ${columns} FROM registration WHERE ${where()} AND ${more} ORDER BY sort_key, number`).split('\n').filter(Boolean);
const quoted = (value) => `'${value.replaceAll("'", "''")}'`;
function answer(number, given) {
  const answers = { ...JSON.parse(server.query(`SELECT answers FROM registration WHERE exam = 'CAP' AND number = ${number}`)), ...given };
  server.query(`UPDATE registration SET answers = ${quoted(JSON.stringify(answers))} WHERE exam = 'CAP' AND number = ${number}`);
}
const specialties = () => [...new Set(alone('specialty'))];
const labelOf = (code) => server.query(`SELECT code5 || ' ' || label FROM specialty WHERE code = '${code}'`);
/** What the rule says: France first, then by country, postal code and town; those of one place in the order of names. */
const bare = (text) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toUpperCase()
    .replace(/[-'’]/g, ' ')
    .replace(/\bSTE?\b/g, (word) => word.replace('ST', 'SAINT'))
    .replace(/^(LE|LA|LES|L) /, '');
const byPost = (lines) =>
  lines
    .map((line) => [line.slice(0, line.indexOf('|')), JSON.parse(line.slice(line.indexOf('|') + 1))])
    .map(([number, { pays, code_postal: code, commune }], i) => ({ number, key: [pays === undefined || pays === '99100' ? '' : 'x', code, bare(commune)], i }))
    .sort((a, b) => a.key.reduce((order, part, i) => order || (part < b.key[i] ? -1 : part > b.key[i] ? 1 : 0), 0) || a.i - b.i)
    .map(({ number }) => number);

const read = (browser, address) => printedText(server, browser, address);
const numbersIn = (text) => [...new Set([...text.matchAll(/^Inscription n° (\d+)-\d+/gm)].map(([, number]) => number))];
const print = async (fields, browser = manager) => browser.submit(await browser.go(at), 'Imprimer', fields);
const links = (page) => page.html.querySelectorAll('main a').map((a) => a.getAttribute('href'));

test('all of them, sorted for the post, each address in full; noted, told by the page, and had once more; labels in the same order', async () => {
  assert.equal((await manager.go(home)).link('Confirmations des candidats individuels'), `${server.url}${at}`);
  const page = await manager.go(at);
  assert.equal(page.h1, 'Confirmations des candidats individuels');
  assert.match(page.text, /la France d’abord, puis les autres pays, par code postal, commune et nom/);
  assert.ok(specialties().length > 1);
  assert.equal(page.html.querySelectorAll('#tirages').length, 0, 'nothing was printed yet');
  const answered = await print({ 'Liste des spécialités': 'Toutes les spécialités' });
  assert.equal(answered.status, 303);
  const done = await manager.go(answered.location),
    all = alone('number');
  assert.match(done.text, new RegExp(`${all.length} confirmations à imprimer, puis à poster`));
  assert.equal(alone('number', 'printed_revision = revision').length, all.length);
  assert.equal(server.query("SELECT detail FROM audit_entry WHERE action = 'confirmation.print' ORDER BY id DESC LIMIT 1"), `toutes: ${all.length}`);
  const [confirmations, labels] = links(done).filter((href) => /\.pdf\?tirage=\d+$/.test(href)),
    expected = byPost(alone('number, answers'));
  const letters = await read(manager, `${home}${confirmations}`);
  assert.deepEqual(numbersIn(letters.text), expected);
  assert.equal(expected.at(-1), all[0], 'abroad comes last');
  assert.match(letters.disposition, /confirmations-individuels-cap/);
  assert.match(letters.text, /1000 BRUXELLES\s+BELGIQUE|1000 BRUXELLES[^]*?BELGIQUE/);
  assert.ok(letters.text.includes('59000 AAVILLE') && letters.text.includes('Résidence des Œuvres'));
  const sheet = await read(manager, `${home}${labels}`);
  assert.match(sheet.disposition, /etiquettes-individuels-cap/);
  const towns = expected.map((number) =>
    JSON.parse(server.query(`SELECT answers FROM registration WHERE exam = 'CAP' AND number = ${number}`)).commune.toUpperCase(),
  );
  for (const town of new Set(towns)) assert.ok(sheet.text.includes(town), town);
  assert.deepEqual(await read(manager, `${home}${confirmations}`), letters, 'the same once more');
  assert.match((await manager.go(at)).text, /Réimprimer un tirage.*24 étiquettes de 70 × 37 mm/);
});

test('only what is new or changed since: one specialty; an earlier printing keeps whom no later one has', async () => {
  const first = Math.max(...alone('printed').map(Number)),
    [code] = specialties(),
    some = alone('number', `specialty = '${code}'`).slice(0, 1);
  const nothing = await print({ 'Liste des spécialités': labelOf(code), [CHANGED]: true });
  assert.equal(nothing.status, 422);
  assert.match(nothing.error('Liste des spécialités'), /Aucune confirmation à imprimer/);
  assert.equal(nothing.value('Liste des spécialités'), code);
  server.query(`UPDATE registration SET revision = revision + 1 WHERE exam = 'CAP' AND number IN (${some})`);
  const page = await manager.go((await print({ 'Liste des spécialités': labelOf(code), [CHANGED]: true })).location);
  assert.match(page.text, /1 confirmation à imprimer, puis à poster\. Elle est triée/);
  const [latest] = links(page).filter((href) => /individuels\.pdf/.test(href));
  assert.deepEqual(numbersIn((await read(manager, `${home}${latest}`)).text), some);
  const former = numbersIn((await read(manager, `${home}individuels.pdf?tirage=${first}`)).text);
  assert.equal(former.length, alone('number').length - 1);
  assert.ok(!former.includes(some[0]));
});

test('nothing chosen, what there is not, pages that there are not: refused, nothing noted', async () => {
  const noted = () =>
      server.query("SELECT max(printed), count(printed), (SELECT count(*) FROM audit_entry WHERE action = 'confirmation.print') FROM registration"),
    before = noted(),
    wrong = await print({});
  assert.equal(wrong.status, 422);
  assert.match(wrong.error('Liste des spécialités'), /Choisissez une spécialité/);
  const jeton = wrong.html.querySelector('input[name=jeton]').getAttribute('value'),
    here = `SELECT specialty FROM registration WHERE ${where()}`,
    school = server.query(`SELECT specialty FROM registration WHERE exam = 'CAP' AND establishment IS NOT NULL AND specialty NOT IN (${here}) LIMIT 1`);
  for (const [fields, words] of [
    [{ specialite: school }, /Choisissez une spécialité/],
    [{ specialite: '99999999', changees: 'O' }, /Choisissez une spécialité/],
    [{ specialite: 'toutes', changees: 'X' }, /une réponse que cette page ne propose pas/],
    [{ specialite: 'toutes', numeros: '11' }, /une question qui ne vous est pas posée/],
  ]) {
    const refused = await manager.post(at, { jeton, action: 'imprimer', ...fields });
    assert.equal(refused.status, 422, JSON.stringify(fields));
    assert.match(refused.text, words);
  }
  for (const query of ['', '?tirage=1', '?tirage=-1', '?tirage=x', '?specialite=toutes&changees=N', '?specialite=99999999'])
    for (const file of ['individuels.pdf', 'etiquettes.pdf']) assert.equal((await manager.get(`${home}${file}${query}`)).status, 404, file + query);
  for (const query of ['tirage=1', 'tirage=-5']) assert.equal((await manager.get(`${at}?${query}`)).status, 404, query);
  assert.equal(noted(), before);
});

test('of a department its own alone; who reads prints what was printed and notes nothing; while the base is locked nothing is noted', async () => {
  const mine = /\d\w\d/.exec(server.query("SELECT departments FROM manager WHERE departments IS NOT NULL AND departments <> '[]' LIMIT 1"))[0],
    own = alone('number', `department = '${mine}'`);
  const letters = await department.get(`${home}individuels.pdf?specialite=toutes`);
  if (own.length === 0) assert.equal(letters.status, 404);
  else assert.deepEqual(numbersIn((await read(department, `${home}individuels.pdf?specialite=toutes`)).text).sort(), [...own].sort());
  const others = alone('number', `department <> '${mine}'`);
  assert.ok(others.length > 0);
  const page = await reader.go(at);
  assert.deepEqual(
    page.html.querySelectorAll('main button').map((button) => button.text),
    ['Quitter'],
  );
  const jeton = page.html.querySelector('input[name=jeton]').getAttribute('value');
  assert.equal((await reader.post(at, { jeton, specialite: 'toutes', action: 'imprimer' })).status, 403);
  server.query('UPDATE registration SET printed_revision = NULL, printed = NULL');
  server.ctl(['lock', '--reason', 'Déchargement']);
  try {
    const answered = await print({ 'Liste des spécialités': 'Toutes les spécialités' });
    assert.match(answered.location, /individuels\.pdf\?specialite=toutes$/);
    assert.equal(numbersIn((await read(manager, new URL(answered.location, server.url).pathname + '?specialite=toutes')).text).length, alone('number').length);
    assert.equal(alone('number', 'printed IS NOT NULL').length, 0);
  } finally {
    server.ctl(['unlock']);
  }
});

test('nobody is registered without a school: the page says so', async () => {
  server.query(`UPDATE registration SET state = 'A' WHERE ${where()}`);
  const page = await manager.go(at);
  assert.match(page.text, /Aucun candidat individuel n’est inscrit pour l’instant/);
  assert.deepEqual(
    page.html.querySelectorAll('main button, main a.button').map((button) => button.text),
    ['Retour', 'Quitter'],
  );
  assert.equal((await manager.get(`${home}individuels.pdf?specialite=toutes`)).status, 404);
});
