// SPDX-License-Identifier: Apache-2.0
//
// « Impression de confirmations »: which candidates a document holds and in which order, what is noted as printed, what
// is refused. Documents are read by qpdf and pdftotext.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { printedText } from '../lib/printed.mjs';
import { Server, until } from '../lib/server.mjs';
import { loginHead, loginPupils, register } from '../lib/walk.mjs';
import { wire } from '../lib/wire.mjs';

const at = '/etablissement/bcp/confirmations';
let server, head, school;

before(async () => {
  server = await Server.start({ candidates: 400 });
  head = await loginHead(server);
  school = server.query(`SELECT id FROM establishment WHERE code = '${server.account('etablissement', 'open').login}'`);
});
after(async () => {
  await server?.stop();
});

const rows = (columns, where) =>
  server
    .query(`SELECT ${columns} FROM registration WHERE establishment = ${school} AND exam = 'BCP' AND ${where} ORDER BY sort_key, number`)
    .split('\n')
    .filter(Boolean);
const specialties = () =>
  server
    .query(
      `SELECT s.code, s.code5, s.label FROM specialty s
       WHERE EXISTS (SELECT 1 FROM registration r WHERE r.specialty = s.code AND r.establishment = ${school} AND r.exam = 'BCP' AND r.state = 'V')
       ORDER BY s.label`,
    )
    .split('\n')
    .map((line) => line.split('|'));
/* the option of a specialty's select begins with its five characters' code */
const optionOf = (one) => `${one[1]} `;

/** A document whose bytes are whole: the numbers of its candidates, in its order. */
async function numbersOf(address) {
  const { text, disposition } = await printedText(server, head, address);
  return { text, disposition, numbers: [...text.matchAll(/^ +(\d+)-\d+ {4,}\S/gm)].map((found) => found[1]) };
}
const unique = (list) => list.filter((one, index) => one !== list[index - 1]);

/** Choose and press « Imprimer »: the answer, not followed. */
async function print(fields) {
  return head.submit(await head.go(at), 'Imprimer', fields);
}

test('a specialty is chosen, « Imprimer » leads to its valid candidates in the order of their names', async () => {
  const [first] = specialties(),
    page = await head.go(at);
  assert.equal(page.h1, 'Choix de la spécialité');
  assert.ok(page.html.querySelectorAll('option').some((one) => one.text === `${first[1]} ${first[2]}`));
  const left = rows('number', `state = 'V' AND specialty = '${first[0]}'`).length;
  assert.deepEqual(
    page.html
      .querySelectorAll('tbody tr')
      .map((line) => line.querySelectorAll('td, th').map((cell) => cell.text))
      .find(([, label]) => label === `${first[1]} ${first[2]}`),
    [String(left), `${first[1]} ${first[2]}`, String(left)],
  );
  const answer = await print({ 'Liste des spécialités': optionOf(first) });
  assert.equal(answer.status, 303);
  assert.match(answer.location, new RegExp(`/etablissement/bcp/confirmations\\.pdf\\?specialite=${first[0]}$`));
  const { numbers, disposition, text } = await numbersOf(new URL(answer.location, server.url).pathname + new URL(answer.location, server.url).search);
  assert.deepEqual(unique(numbers), rows('number', `state = 'V' AND specialty = '${first[0]}'`));
  assert.match(disposition, /confirmations-bcp-/);
  for (const name of rows('listed_name', `state = 'V' AND specialty = '${first[0]}'`)) assert.ok(text.includes(name.split(' ')[0]), name);
});

test('all specialties: one after the other, each in the order of names, none missing, none twice', async () => {
  const all = specialties();
  assert.ok(all.length > 1);
  const { numbers } = await numbersOf('/etablissement/bcp/confirmations.pdf?specialite=toutes'),
    expected = all.flatMap((one) => rows('number', `state = 'V' AND specialty = '${one[0]}'`));
  assert.deepEqual(unique(numbers), expected);
  assert.equal(
    rows('number', "state = 'A'").some((number) => numbers.includes(number)),
    false,
    'cancelled ones are not printed',
  );
});

test('only what changed since the last printing: what is printed is noted, once nothing is left the page says so', async () => {
  const changed = 'Seulement celles jamais imprimées ou modifiées depuis',
    all = { 'Liste des spécialités': 'Toutes les spécialités' };
  assert.equal((await print(all)).status, 303);
  assert.equal(rows('number', "state = 'V' AND printed_revision = revision").length, rows('number', "state = 'V'").length);
  const nothing = await print({ ...all, [changed]: true });
  assert.equal(nothing.status, 422);
  assert.match(nothing.text, /Erreur : .*imprim/);
  const some = rows('number', "state = 'V'").slice(3, 5);
  server.query(`UPDATE registration SET revision = revision + 1 WHERE exam = 'BCP' AND number IN (${some.join(',')})`);
  const answer = await print({ ...all, [changed]: true }),
    { numbers } = await numbersOf(answer.location.slice(answer.location.indexOf('/etablissement')));
  assert.deepEqual(unique(numbers).sort(), some.sort());
  const again = await numbersOf(answer.location.slice(answer.location.indexOf('/etablissement')));
  assert.deepEqual(again.numbers, numbers, 'the document can be had again');
});

test('a selection by numbers, one candidate, and his confirmation as a page', async () => {
  const some = rows('number', "state = 'V'").slice(0, 3);
  const answer = await print({ 'Ou certains candidats seulement': ` ${some[0]}-1, ${some[1]};${some[2]} ` });
  assert.equal(answer.status, 303, answer.text);
  const { numbers } = await numbersOf(answer.location.slice(answer.location.indexOf('/etablissement')));
  assert.deepEqual(unique(numbers).sort(), [...some].sort());
  const twin = await head.get(`/etablissement/bcp/confirmation?numero=${some[0]}`);
  assert.equal(twin.status, 200);
  assert.ok(twin.text.includes(rows('listed_name', `number = ${some[0]}`)[0].split(' ')[0]));
  const pdf = twin.link('Imprimer la confirmation');
  assert.deepEqual(unique((await numbersOf(new URL(pdf, twin.address).pathname + new URL(pdf, twin.address).search)).numbers), [some[0]]);
});

test("nothing chosen, unknown specialties, numbers that are none, too many, another school's: refused, nothing noted", async () => {
  const other = server.query(`SELECT number FROM registration WHERE exam = 'BCP' AND establishment <> ${school} AND state = 'V' LIMIT 1`);
  const noted = () =>
      server.query(
        "SELECT count(*), max(printed), (SELECT count(*) FROM audit_entry WHERE action = 'confirmation.print') FROM registration WHERE printed IS NOT NULL",
      ),
    before = noted();
  const page = await head.go(at),
    token = page.html.querySelector('input[name=jeton]').getAttribute('value');
  const which = 'Choisissez une spécialité dans la liste.',
    shape = 'Indiquez des numéros d’inscription séparés par des virgules, par exemple 11, 14-1, 20.',
    none = (number) => `Le numéro ${number} n’est pas celui d’un candidat valide de votre établissement : vérifiez-le dans la liste.`;
  for (const [fields, told] of [
    [{ specialite: '' }, which],
    [{ specialite: '99999999' }, which],
    [{ specialite: "' OR 1=1" }, which],
    [{ numeros: 'onze' }, shape],
    [{ numeros: '0' }, shape],
    [{ numeros: '999999' }, none(999999)],
    [{ numeros: other }, none(other)],
    [{ numeros: `${rows('number', "state = 'V'")[0]} ${other}` }, none(other)],
    [{ numeros: Array.from({ length: 501 }, (unused, index) => index + 1).join(' ') }, shape],
    [{ specialite: 'toutes', specialite2: 'x' }, 'L’envoi contient une réponse à une question qui ne vous est pas posée. Rechargez la page et recommencez.'],
  ]) {
    const answer = await head.post(at, { jeton: token, action: 'imprimer', ...fields });
    assert.deepEqual([answer.status, answer.errors], [422, [told]], JSON.stringify(fields).slice(0, 60));
    if (fields.numeros) assert.equal(answer.value('Ou certains candidats seulement'), fields.numeros, 'what was typed is kept');
  }
  assert.equal(noted(), before);
  for (const query of [
    '',
    '?specialite=99999999',
    '?specialite=',
    '?numero=onze',
    `?numero=${other}`,
    '?numero=999999',
    '?specialite=toutes&impression=1',
    '?specialite=toutes&impression=x',
  ])
    assert.equal((await head.get(`/etablissement/bcp/confirmations.pdf${query}`)).status, 404, query);
  for (const query of ['', `?numero=${other}`, '?numero=x']) assert.equal((await head.get(`/etablissement/bcp/confirmation${query}`)).status, 404, query);
});

test('while the base is locked confirmations are printed, nothing is noted', async () => {
  server.ctl(['lock', '--reason', 'chargement']);
  try {
    const noted = () => server.query('SELECT count(*), max(printed), (SELECT max(id) FROM audit_entry) FROM registration WHERE printed IS NOT NULL'),
      before = noted();
    const some = rows('number', "state = 'V'").slice(0, 2);
    const answer = await print({ 'Ou certains candidats seulement': some.join(' ') });
    assert.equal(answer.status, 303, answer.text);
    assert.deepEqual(unique((await numbersOf(answer.location.slice(answer.location.indexOf('/etablissement')))).numbers).sort(), some.sort());
    assert.equal((await print({ 'Liste des spécialités': 'Toutes les spécialités' })).status, 303);
    assert.equal(noted(), before);
  } finally {
    server.ctl(['unlock']);
  }
});

test('what cannot be read in the middle breaks the connection off: nobody takes half a document for a whole one', async () => {
  const last = rows('number', `state = 'V' AND specialty = '${specialties().at(-1)[0]}'`).at(-1);
  const answers = server.query(`SELECT answers FROM registration WHERE exam = 'BCP' AND number = ${last}`);
  server.query(`UPDATE registration SET answers = '{' WHERE exam = 'BCP' AND number = ${last}`);
  try {
    const cookie = head.cookie;
    await assert.rejects(
      wire(`${server.url}/etablissement/bcp/confirmations.pdf?specialite=toutes`, { headers: { cookie } }),
      /aborted|ECONNRESET|hang up|Stream closed/,
    );
    await until('the log says why', () => server.errorLog().includes('INS042'));
  } finally {
    server.query(`UPDATE registration SET answers = '${answers.replaceAll("'", "''")}' WHERE exam = 'BCP' AND number = ${last}`);
  }
});

test('an empty school says so, and has nothing to print', async () => {
  const empty = await Server.start({ candidates: 0 });
  try {
    const alone = await loginHead(empty),
      page = await alone.go(at);
    assert.match(page.text, /Aucun candidat n’est pré-inscrit/);
    assert.equal(page.html.querySelector('select'), null);
    const pupils = await loginPupils(empty);
    await register(pupils);
    assert.ok((await alone.go(at)).html.querySelector('select'));
  } finally {
    await empty.stop();
  }
});
