// SPDX-License-Identifier: Apache-2.0
//
// « Retour des confirmations »: papers typed or scanned one after the other, or ticked in the list; one that is out of
// date, cancelled, of another exam or another school is refused with its reason; who is missing, on screen and as a file.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Server } from '../lib/server.mjs';
import { loginHead, searched } from '../lib/walk.mjs';

const at = '/etablissement/bcp/retours',
  field = 'Numéro de la confirmation';
let server, head, school, valid;

before(async () => {
  server = await Server.start({ candidates: 200 });
  head = await loginHead(server);
  school = server.query(`SELECT id FROM establishment WHERE code = '${server.account('etablissement', 'open').login}'`);
  valid = server
    .query(`SELECT number FROM registration WHERE exam = 'BCP' AND state = 'V' AND establishment = ${school} ORDER BY sort_key, number`)
    .split('\n');
});
after(async () => {
  await server?.stop();
});

const clean = (element) => element.text.replace(/\s+/g, ' ').trim();
const rows = (page) => page.html.querySelectorAll('tbody tr').map((line) => line.querySelector('input').getAttribute('value'));
const row = (number, columns = 'coalesce(returned_revision, -1)') =>
  server.query(`SELECT ${columns} FROM registration WHERE exam = 'BCP' AND number = ${number}`);
const name = (number) => row(number, 'listed_name');
const scan = async (typed) => head.submit(await head.go(at), 'Enregistrer le retour', { [field]: typed });
const tick = (page, values, button) => {
  const { action, fields } = head.prepare(page, button);
  return head.post(action, [...fields, ...values.map((value) => ['candidat', value])]);
};
const notice = (page) => clean(page.html.querySelector('.note.done') ?? page.html.querySelector('h1'));

test('at first all valid ones are missing, by name; the field has the focus', async () => {
  const page = await head.go(at);
  assert.equal(page.h1, 'Retour des confirmations');
  assert.deepEqual(
    rows(page),
    valid.map((number) => `${number}-0`),
  );
  assert.match(page.text, new RegExp(`0 confirmation rendue, ${valid.length} manquantes`));
  assert.ok(page.html.querySelector('#confirmation').hasAttribute('autofocus'));
  assert.equal(page.html.querySelectorAll('[autofocus]').length, 1);
});

test('typed or scanned, one after the other: what a QR code of ours holds as well', async () => {
  for (const [i, typed] of [(n) => `${n}-0`, (n) => `BCP ${n}-0`, (n) => `bcp ${n}–0`, (n) => ` ${n} - 0 `].entries()) {
    const answer = await scan(typed(valid[i]));
    assert.equal(answer.status, 303);
    const page = await head.go(answer.location);
    assert.equal(notice(page), `${valid[i]}-0 ${name(valid[i])} : confirmation rendue.`);
    assert.ok(page.html.querySelector('#confirmation').hasAttribute('autofocus'), 'and the next one');
    assert.equal(page.value(field), '');
    assert.equal(row(valid[i]), '0');
    assert.ok(!rows(page).includes(`${valid[i]}-0`));
  }
  assert.equal(server.query("SELECT count(*) FROM audit_entry WHERE action = 'confirmation.return'"), '4');
  assert.deepEqual(
    rows(await head.go(`${at}?liste=rendues`)),
    valid.slice(0, 4).map((number) => `${number}-0`),
  );
  assert.ok(Number(row(valid[0], 'returned')) > 0);
});

test("a paper that can't be taken is refused with its reason, and the field stays ready for the next", async () => {
  server.query(`UPDATE registration SET revision = 2 WHERE exam = 'BCP' AND number = ${valid[5]}`);
  server.query(`UPDATE registration SET state = 'A' WHERE exam = 'BCP' AND number = ${valid[6]}`);
  const stranger = server.query(`SELECT min(number) FROM registration WHERE exam = 'BCP' AND establishment <> ${school}`);
  for (const [typed, text] of [
    [
      `${valid[5]}-0`,
      `${valid[5]}-0 ${name(valid[5])} : confirmation périmée, l’inscription a été modifiée depuis. Faites signer celle qui porte le numéro ${valid[5]}-2.`,
    ],
    [`${valid[5]}-3`, `Votre établissement n’a pas de candidat à cet examen sous le numéro ${valid[5]}-3.`],
    [`${valid[6]}-0`, `${valid[6]}-0 ${name(valid[6])} : cette candidature est annulée, sa confirmation n’est pas attendue.`],
    [`${valid[0]}-0`, `${valid[0]}-0 ${name(valid[0])} : cette confirmation était déjà rendue.`],
    [`${stranger}-0`, `Votre établissement n’a pas de candidat à cet examen sous le numéro ${stranger}-0.`],
    ['999999-0', 'Votre établissement n’a pas de candidat à cet examen sous le numéro 999999-0.'],
    [`CAP ${valid[7]}-0`, `La confirmation ${valid[7]}-0 est celle d’un autre examen : Certificat d'aptitude professionnelle (CAP).`],
    [valid[7], `Indiquez aussi la révision, après le tiret : elle est imprimée sur la confirmation, par exemple ${valid[7]}-0.`],
    ['', 'Saisissez le numéro de la confirmation, par exemple 11-0.'],
    ['n’importe quoi', '« n’importe quoi » n’est pas un numéro de confirmation : saisissez le numéro et la révision, par exemple 11-0.'],
    ['<b>', '« <b> » n’est pas un numéro de confirmation : saisissez le numéro et la révision, par exemple 11-0.'],
  ]) {
    const refused = await scan(typed);
    assert.equal(refused.status, 422, typed);
    assert.deepEqual(refused.errors, [text]);
    assert.equal(refused.error(field), text);
    assert.deepEqual(
      refused.html.querySelectorAll('[autofocus]').map((one) => one.getAttribute('id')),
      ['confirmation'],
    );
    assert.equal(refused.value(field), '', 'the next scan goes into an empty field');
  }
  assert.equal(row(valid[5]), '-1');
  assert.equal((await scan(`${valid[5]}-2`)).status, 303);
});

test('one that is modified after it was handed in is missing again', async () => {
  server.query(`UPDATE registration SET revision = revision + 1 WHERE exam = 'BCP' AND number = ${valid[1]}`);
  server.query(`UPDATE establishment_exam SET version = version + 1 WHERE establishment = ${school}`);
  assert.ok(rows(await head.go(at)).includes(`${valid[1]}-1`));
  assert.ok(!rows(await head.go(`${at}?liste=rendues`)).some((value) => value.startsWith(`${valid[1]}-`)));
});

test('ticked in the list: taken, each in the revision that was shown; taken back from the other list', async () => {
  const page = await head.go(at),
    [one, two, three] = rows(page).slice(-3);
  server.query(`UPDATE registration SET revision = 1 WHERE exam = 'BCP' AND number = ${three.split('-')[0]}`);
  const told = await head.go((await tick(page, [one, two, three], 'Noter comme rendues')).location);
  assert.match(notice(told), new RegExp(`^2 confirmations rendues\\. ${three} .* : confirmation périmée`));
  assert.deepEqual(
    [one, two, three].map((value) => row(value.split('-')[0])),
    ['0', '0', '-1'],
  );
  const none = await tick(await head.go(at), [], 'Noter comme rendues');
  assert.equal(none.status, 422);
  assert.deepEqual(none.errors, ['Cochez au moins une confirmation.']);
  const stale = await tick(page, [three], 'Noter comme rendues');
  assert.equal(stale.status, 422);
  assert.match(stale.errors[0], /confirmation périmée/);
  const back = await tick(await head.go(`${at}?liste=rendues`), [one], 'Retirer le retour');
  assert.match(back.location, /liste=rendues$/);
  assert.equal(notice(await head.go(back.location)), 'Le retour d’une confirmation est retiré.');
  assert.equal(row(one.split('-')[0]), '-1');
  assert.equal(server.query("SELECT count(*) FROM audit_entry WHERE action = 'confirmation.take_back'"), '1');
});

test('a search leaves the field for the next paper as it is, and a paper the search', async () => {
  const page = await head.go(at),
    [one] = rows(page).slice(-1);
  const found = await searched(head, `${at}?liste=rendues`, name(valid[0]).split(' - ')[0]);
  assert.match(found.address, /liste=rendues&recherche=\d+$/);
  assert.ok(rows(found).some((value) => value.startsWith(`${valid[0]}-`)));
  assert.ok(found.html.querySelector('#confirmation').hasAttribute('autofocus'));
  const taken = await head.submit(found, 'Enregistrer le retour', { [field]: '' });
  assert.equal(taken.status, 422);
  assert.equal(taken.value('Nom ou numéro'), found.value('Nom ou numéro'), 'the search stays on the page');
  const { fields: ticks } = head.prepare(page, 'Noter comme rendues');
  assert.equal((await head.post(`${at}?recherche=999999`, [...ticks, ['candidat', one]])).status, 404);
  assert.equal(row(one.split('-')[0]), '-1', 'what the address gets wrong is told before anything is done');
});

test("another school's candidate in a list: 404, nothing of it done", async () => {
  const page = await head.go(at),
    [, mine] = rows(page),
    stranger = server.query(`SELECT min(number) FROM registration WHERE exam = 'BCP' AND establishment <> ${school}`);
  for (const other of [`${stranger}-0`, '999999-0']) assert.equal((await tick(page, [mine, other], 'Noter comme rendues')).status, 404, other);
  for (const other of ['x', '']) assert.equal((await tick(page, [other], 'Noter comme rendues')).status, 404, other);
  assert.equal(row(mine.split('-')[0]), '-1');
  assert.equal(row(stranger), '-1');
});

test("who is missing, as a file; lists that don't exist are 404", async () => {
  const page = await head.go(`${at}?lignes=toutes`),
    file = await head.get(`${at}.csv`);
  assert.equal(file.headers.get('content-type'), 'text/csv; charset=utf-8');
  const lines = file.body.trim().split('\n');
  assert.equal(lines[0], 'Numéro;Nom - prénom;Date de naissance;Spécialité;Forme de passage');
  assert.deepEqual(
    lines.slice(1).map((line) => line.split(';')[0]),
    rows(page),
  );
  assert.deepEqual(
    (await head.get(`${at}.csv?liste=rendues`)).body
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(';')[0]),
    rows(await head.go(`${at}?liste=rendues`)),
  );
  for (const bad of ['liste=x', 'liste=alphabetique', 'apres=x', 'lignes=10'])
    for (const address of [at, `${at}.csv`]) assert.equal((await head.get(`${address}?${bad}`)).status, 404, bad);
  assert.equal((await head.get(`${at}?liste=&apres=&recherche=`)).status, 200);
  const found = await searched(head, at, rows(page)[0].split('-')[0]);
  assert.deepEqual(rows(found), [rows(page)[0]]);
});

test('all handed in: it is said; a locked base: 503, nothing noted', async () => {
  server.query('UPDATE base_lock SET locked = 1');
  const number = rows(await head.go(at))[1];
  assert.equal((await scan(number)).status, 503);
  assert.equal(row(number.split('-')[0]), '-1');
  server.query('UPDATE base_lock SET locked = 0');
  const page = await head.go(`${at}?lignes=toutes`),
    told = await head.go((await tick(page, rows(page), 'Noter comme rendues')).location);
  assert.match(told.text, /Toutes les confirmations sont rendues\./);
});
