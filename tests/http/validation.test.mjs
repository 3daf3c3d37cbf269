// SPDX-License-Identifier: Apache-2.0
//
// « Validation/Annulation d'une candidature »: what is ticked and valid is cancelled, what is ticked and cancelled is
// restored; what somebody else has changed meanwhile is left alone; what was done is told by name and can be undone; and
// nothing of another school, whatever is sent.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { sessionOf } from '../lib/academy.mjs';
import { Server } from '../lib/server.mjs';
import { loginHead, queryOf, searched } from '../lib/walk.mjs';

const at = '/etablissement/bcp/validation';
let server, head, colleague, school, other;

before(async () => {
  server = await Server.start({ candidates: 200 });
  [head, colleague] = [await loginHead(server), await loginHead(server)];
  const id = (which) => server.query(`SELECT id FROM establishment WHERE code = '${server.account('etablissement', 'open', which).login}'`);
  [school, other] = [id(0), id(1)];
  server.query("UPDATE registration SET state = CASE WHEN number % 4 = 0 THEN 'A' ELSE 'V' END WHERE exam = 'BCP'");
});
after(async () => {
  await server?.stop();
});

const clean = (element) => element.text.replace(/\s+/g, ' ').trim();
const rows = (page) =>
  page.html.querySelectorAll('tbody tr').map((line) => {
    const [state, , number, name, born] = line.querySelectorAll('td, th').map(clean),
      box = line.querySelector('input[name=candidat]');
    return {
      state,
      number,
      name,
      born,
      box: box.getAttribute('value'),
      label: clean(line.querySelector(`label[for="${box.getAttribute('id')}"]`)),
      checked: box.hasAttribute('checked'),
    };
  });
const states = (of = school) => server.query(`SELECT number || state FROM registration WHERE exam = 'BCP' AND establishment = ${of} ORDER BY number`);
const state = (number) => server.query(`SELECT state FROM registration WHERE exam = 'BCP' AND number = ${number}`);
const done = (page) => page.html.querySelectorAll('.note.done p').map(clean);
const audit = () => Number(server.query("SELECT count(*) FROM audit_entry WHERE action IN ('registration.cancel', 'registration.restore')"));

/** Tick numbers on a page as it was shown, and press « Valider ». */
function tick(page, numbers, browser = head, change = (fields) => fields) {
  const { action, fields } = browser.prepare(page, 'Valider');
  return browser.post(action, change([...fields, ...numbers.map((number) => ['candidat', number])]));
}

const some = (page, wanted, count) =>
  rows(page)
    .filter((row) => row.state === wanted)
    .slice(0, count)
    .map((row) => row.box);

test("the guide's table: state with its word, a box that names the candidate, number, name, date; by name", async () => {
  const page = await head.get(at),
    all = rows(page),
    list = await head.get('/etablissement/bcp/candidats?lignes=toutes');
  assert.equal(page.h1, "Validation/Annulation d'une candidature");
  assert.deepEqual(page.html.querySelectorAll('thead th').map(clean).slice(2), ['Numéro d’inscription', 'Nom - prénom', 'Date de naissance']);
  assert.ok(all.length > 10);
  for (const row of all) {
    assert.match(row.state, /^(✓ Valide|✗ Annulée)$/);
    assert.equal(row.label, row.name);
    assert.equal(row.number.split('-')[0], row.box);
    assert.equal(row.checked, false);
    assert.match(row.born, /^\d\d\/\d\d\/\d{4}$/);
  }
  assert.deepEqual(
    all.map((row) => row.number),
    list.html.querySelectorAll('tbody tr').map((line) => clean(line.querySelector('td'))),
  );
  for (const button of ['Valider', 'Retour', 'Quitter']) assert.ok(page.form(button));
  assert.match((await head.submit(page, 'Retour')).location, /\/etablissement\/bcp\/$/);
});

test('valid ones are cancelled, cancelled ones restored, told by name and number, one entry of the trail each', async () => {
  const page = await head.get(at),
    [valid, cancelled] = [some(page, '✓ Valide', 2), some(page, '✗ Annulée', 1)],
    entries = audit();
  const version = () => Number(server.query(`SELECT version FROM establishment_exam WHERE exam_session = ${sessionOf('bcp')} AND establishment = ${school}`)),
    before = version();
  const answer = await tick(page, [...valid, ...cancelled]);
  assert.equal(answer.status, 303);
  const told = await head.go(answer.location),
    name = (number) => rows(page).find((row) => row.box === number);
  assert.equal(done(told)[0], '2 candidatures annulées, 1 rétablie.');
  for (const number of [...valid, ...cancelled])
    assert.ok(
      done(told)
        .join(' ')
        .includes(`${name(number).number} ${name(number).name}`),
    );
  assert.deepEqual([...valid, ...cancelled].map(state), ['A', 'A', 'V']);
  assert.equal(audit(), entries + 3);
  assert.equal(
    server.query(
      `SELECT action || number || establishment || actor FROM audit_entry WHERE action LIKE 'registration.%' AND number = ${valid[0]} ORDER BY id DESC LIMIT 1`,
    ),
    `registration.cancel${valid[0]}${server.account('etablissement', 'open').login}${server.account('etablissement', 'open').login}`,
  );
  assert.ok(version() > before, 'lists know it');
  assert.equal(rows(told).find((row) => row.box === valid[0]).state, '✗ Annulée');
  assert.deepEqual(
    rows(told).filter((row) => row.checked),
    [],
  );
});

test('one of each kind in good French', async () => {
  for (const [valid, cancelled, said] of [
    [1, 0, '1 candidature annulée.'],
    [0, 1, '1 candidature rétablie.'],
    [2, 0, '2 candidatures annulées.'],
    [0, 2, '2 candidatures rétablies.'],
    [1, 2, '1 candidature annulée, 2 rétablies.'],
  ]) {
    const page = await head.get(at);
    const told = await head.go((await tick(page, [...some(page, '✓ Valide', valid), ...some(page, '✗ Annulée', cancelled)])).location);
    assert.equal(done(told)[0], said);
  }
});

test('nothing ticked: a 422 that says so', async () => {
  const before = states(),
    refused = await tick(await head.get(at), []);
  assert.equal(refused.status, 422);
  assert.deepEqual(refused.errors, ['Cochez au moins un candidat, puis validez.']);
  assert.equal(states(), before);
});

test('undone: by whoever sees it, once, and where nobody has changed it since', async () => {
  const page = await head.get(at),
    [first, second] = some(page, '✓ Valide', 2);
  const { location } = await tick(page, [first, second]);
  const told = await head.go(location);
  await tick(await colleague.get(at), [second], colleague); /* restored meanwhile */
  const back = await head.go((await head.submit(told, 'Défaire ces changements')).location);
  assert.equal(done(back)[0], '1 candidature rétablie.');
  assert.match(done(back).join(' '), /Laissée en l’état/);
  assert.deepEqual([first, second].map(state), ['V', 'V']);
  const twice = await head.submit(told, 'Défaire ces changements');
  assert.equal(twice.status, 422);
  assert.deepEqual(twice.errors, ['Ces changements ont déjà été défaits.']);
  assert.equal((await head.go(location)).html.querySelector('button[name=defaire]'), null);
  const again = await head.go((await head.submit(back, 'Défaire ces changements')).location);
  assert.equal(done(again)[0], '1 candidature annulée.', 'an undoing can be undone as well');
  assert.equal(state(first), 'A');
  server.query('UPDATE state_change SET at = at - 90000');
  await tick(await head.get(at), [second]);
  assert.equal((await head.submit(again, 'Défaire ces changements')).status, 404, 'after a day it is forgotten');
  assert.equal((await head.get(location)).status, 404);
});

test('two secretaries: what the other has changed since the page was shown is left alone, and said', async () => {
  const mine = await head.get(at),
    theirs = await colleague.get(at),
    [one, two, three] = some(mine, '✓ Valide', 3);
  assert.equal((await tick(theirs, [one, two], colleague)).status, 303);
  const told = await head.go((await tick(mine, [one, three])).location);
  assert.equal(done(told)[0], '1 candidature annulée.');
  assert.match(done(told).join(' '), /Laissée en l’état, car elle a été modifiée par quelqu’un d’autre entre-temps : /);
  assert.deepEqual([one, two, three].map(state), ['A', 'A', 'A']);
  const nothing = await tick(mine, [one, two, three]);
  assert.equal(nothing.status, 422);
  assert.deepEqual(nothing.errors, [
    'Rien n’a été changé : l’état de ces candidats a été modifié par quelqu’un d’autre depuis l’affichage de la page. Vérifiez-le ci-dessous et recommencez.',
  ]);
  assert.deepEqual(
    rows(nothing)
      .filter((row) => row.checked)
      .map((row) => row.box)
      .sort(),
    [],
    'once more « Valider » would restore whom both have cancelled',
  );
});

test('without the signed field the present state counts; with a wrong one nothing does', async () => {
  const page = await head.get(at),
    [number] = some(page, '✓ Valide', 1),
    without = (fields) => fields.filter(([name]) => name !== 'etats');
  assert.equal((await tick(page, [number], head, without)).status, 303);
  assert.equal(state(number), 'A');
  assert.equal((await tick(page, [number], head, without)).status, 303);
  assert.equal(state(number), 'V');
  const signed = page.html.querySelector('input[name=etats]').getAttribute('value'),
    foreign = (await colleague.get(at)).html.querySelector('input[name=etats]').getAttribute('value');
  assert.notEqual(signed, foreign, 'of one session');
  for (const field of [
    foreign,
    `V${number}.${signed.split('.')[1]}`,
    signed.replace(/[VA]/, (letter) => (letter === 'V' ? 'A' : 'V')),
    `${signed}0`,
    signed.split('.')[0],
    '.',
    'x',
    `x.${'0'.repeat(64)}`,
  ]) {
    const refused = await tick(page, [number], head, (fields) => fields.map(([name, value]) => [name, name === 'etats' ? field : value]));
    assert.equal(refused.status, 422, field);
    assert.ok(
      refused.errors.includes(
        'Cette page était trop ancienne pour être validée. L’état de chaque candidat est à jour ci-dessous : vérifiez vos coches et recommencez.',
      ),
    );
    assert.equal(state(number), 'V');
  }
});

test("another school's candidate, one that doesn't exist: 404 for all of it, nothing changed", async () => {
  const page = await head.get(at),
    [mine] = some(page, '✓ Valide', 1),
    theirs = server.query(`SELECT min(number) FROM registration WHERE exam = 'BCP' AND establishment = ${other}`);
  const cap = server.query(
    `SELECT min(number) FROM registration r WHERE exam = 'CAP' AND establishment = ${school}
       AND NOT EXISTS (SELECT 1 FROM registration o WHERE o.exam = 'BCP' AND o.number = r.number AND o.establishment = ${school})`,
  );
  const before = [states(), states(other), audit()];
  for (const number of [theirs, '999999', ...(cap ? [cap] : [])])
    for (const change of [(fields) => fields, (fields) => fields.filter(([name]) => name !== 'etats')])
      assert.equal((await tick(page, [mine, number], head, change)).status, 404, number);
  for (const bad of ['x', '', '-1', '1 OR 1=1', '1.5', '0']) assert.equal((await tick(page, [mine, bad])).status, 422, bad);
  assert.deepEqual([states(), states(other), audit()], before);
  const { location } = await tick(page, [mine]);
  const id = /changement=(\d+)/.exec(location)[1],
    stranger = await loginHead(server, 1);
  assert.equal((await stranger.get(`${at}?changement=${id}`)).status, 404, 'what one school has done is not told to another');
  const token = (await stranger.get(at)).html.querySelector('input[name=jeton]').getAttribute('value');
  assert.equal((await stranger.post(at, { jeton: token, defaire: id })).status, 404, 'nor undone by it');
  assert.equal(state(mine), 'A');
  assert.equal((await stranger.get(`/etablissement/cap/validation?changement=${id}`)).status, 404);
  for (const bad of ['0', 'x', '-1', '99999']) assert.equal((await head.get(`${at}?changement=${bad}`)).status, 404, bad);
});

test('a thousand boxes pass, more are too many; a box sent twice counts once', async () => {
  const page = await head.get(at),
    [number] = some(page, '✓ Valide', 1);
  const columns =
    'exam, exam_session, revision, service, specialty, category, state, listed_name, birth_date, form, european, ine, ' +
    'code, identity, sort_key, search_name, answers, created, changed';
  for (let n = 0; n < 10; n++)
    server.query(
      `INSERT INTO registration (number, establishment, ${columns})
       WITH RECURSIVE seq(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM seq WHERE i < 100)
       SELECT ${20000 + n * 100} + i, ${school}, ${columns} FROM (SELECT * FROM registration WHERE exam = 'BCP' ORDER BY number LIMIT 1) one, seq`,
    );
  server.query(`UPDATE establishment_exam SET version = version + 1 WHERE establishment = ${school}`);
  const whole = await head.get(`${at}?lignes=toutes`),
    all = rows(whole).map((row) => row.box);
  assert.ok(all.length > 1005, String(all.length));
  const told = await head.go((await tick(whole, all.slice(0, 1000))).location);
  assert.equal(rows(told).length, all.length, 'the whole list again');
  const counts = /(\d+) candidatures? annulées?, (\d+) rétablies?/.exec(done(told)[0]) ?? [0, /(\d+)/.exec(done(told)[0])[1], 0];
  assert.equal(Number(counts[1]) + Number(counts[2]), 1000);
  assert.equal((await head.submit(told, 'Défaire ces changements')).status, 303);
  assert.equal(state(number), 'V');
  assert.equal(
    (
      await tick(
        whole,
        Array.from({ length: 1100 }, (_, i) => String(i + 1)),
      )
    ).status,
    413,
  );
  assert.equal((await tick(await head.get(`${at}?numero=${number}`), [number, number])).status, 303);
  assert.equal(state(number), 'A');
});

test('« Quitter » with a page full of ticks ends the session all the same', async () => {
  const one = await loginHead(server),
    page = await one.get(`${at}?lignes=toutes`),
    { fields } = one.prepare(page, 'Quitter');
  const answer = await one.post('/etablissement/quitter', [
    ...fields,
    ...rows(page)
      .slice(0, 900)
      .map((row) => ['candidat', row.box]),
  ]);
  assert.equal(answer.status, 303);
  assert.match((await one.get(at)).location, /\/connexion$/);
});

test('a search and a page stay where they are after « Valider »', async () => {
  const page = await searched(head, at, 'a'),
    [number] = some(page, '✓ Valide', 1);
  const answer = await tick(page, [number]);
  assert.match(answer.location, new RegExp(`${queryOf(page)}&changement=\\d+$`));
  assert.match((await head.go(answer.location)).text, /pour « a »/);
  const next = await head.press(await head.get(at), 'Page suivante');
  assert.match((await tick(next, some(next, '✓ Valide', 1))).location, new RegExp(`apres=${/apres=(\d+)/.exec(next.address)[1]}&changement=`));
});

test('words that are searched for stand in their field whatever is asked or validated meanwhile', async () => {
  const page = await head.get(at),
    [one, two] = some(page, '✓ Valide', 2),
    { action, fields } = head.prepare(page, 'Rechercher', { 'Nom ou numéro': 'lukasz' });
  const asked = await head.post(action, [...fields, ...[one, two].map((number) => ['candidat', number])]);
  assert.equal(asked.status, 422);
  assert.equal(head.prepare(asked, 'Valider').fields.get('recherche'), 'lukasz');
  assert.equal((await tick(asked, [one, two])).status, 303);
  assert.deepEqual([one, two].map(state), ['A', 'A']);
});

test('what the address gets wrong is told before anything is done', async () => {
  const page = await head.get(at),
    [number] = some(page, '✓ Valide', 1),
    { fields } = head.prepare(page, 'Valider');
  for (const query of ['recherche=999999', 'apres=x', 'lignes=10', 'numero=999999'])
    assert.equal((await head.post(`${at}?${query}`, [...fields, ['candidat', number]])).status, 404, query);
  assert.equal(state(number), 'V');
});

test('a locked base: 503, nothing changed, the ticks kept', async () => {
  const page = await head.get(at),
    [number] = some(page, '✓ Valide', 1),
    before = [states(), audit()];
  server.query("UPDATE base_lock SET locked = 1, reason = 'édition', until = 2000000000");
  try {
    const refused = await tick(page, [number]);
    assert.equal(refused.status, 503);
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
    assert.ok(
      refused.errors.includes(
        'La base est verrouillée pour un traitement : rien n’a été enregistré. Votre saisie est conservée ci-dessous ; recommencez après la fin du traitement.',
      ),
    );
    assert.deepEqual(
      rows(refused)
        .filter((row) => row.checked)
        .map((row) => row.box),
      [number],
    );
    assert.deepEqual([states(), audit()], before);
    assert.match((await head.get(at)).text, /Motif : édition/);
  } finally {
    server.query('UPDATE base_lock SET locked = 0, reason = NULL, until = NULL');
  }
  assert.equal((await tick(page, [number])).status, 303);
});

test('two who validate the same at the same moment change it once', async () => {
  const [mine, theirs] = [await head.get(`${at}?lignes=toutes`), await colleague.get(`${at}?lignes=toutes`)],
    numbers = some(mine, '✓ Valide', 40);
  const answers = await Promise.all([tick(mine, numbers), tick(theirs, [...numbers].reverse(), colleague)]);
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [303, 422]);
  assert.ok(numbers.every((number) => state(number) === 'A'));
});

test('the row of the table takes a list, and only of candidates', async () => {
  assert.deepEqual(
    (await Server.routes())
      .filter((row) => row.fields.some((name) => name.endsWith('+')))
      .map((row) => row.path)
      .filter((path) => path === 'EXAM/validation'),
    ['EXAM/validation'],
  );
});
