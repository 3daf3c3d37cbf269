// SPDX-License-Identifier: Apache-2.0
//
// The follow-up service at its edges, on every row of its table: values that no list knows, parameters and fields given
// twice, a locked base, an authority's window that is over, a thousand papers ticked at once.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';

import { windowsOf } from '../lib/academy.mjs';
import { Server } from '../lib/server.mjs';
import { loginHead, loginPupils } from '../lib/walk.mjs';

let server, head, school, numbers, dossier;
const rows = (await Server.routes()).filter((row) => row.service === 'etablissement'),
  posts = rows.filter((row) => row.post && row.path !== 'connexion');
/* what an address needs beside its path to be one */
const named = () => ({
  'EXAM/confirmations.pdf': '?specialite=toutes',
  'EXAM/confirmation': `?numero=${numbers[0]}`,
  'EXAM/candidat': `?numero=${numbers[0]}`,
  'EXAM/nouveau-code': `?numero=${numbers[0]}`,
  'EXAM/candidature/STEP': `?dossier=${dossier}`,
});
const at = (row) => `/etablissement/${row.path.replace('EXAM', 'bcp').replace('STEP', 'candidature')}${named()[row.path] ?? ''}`;
const text = (pdf) => execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8', maxBuffer: 1 << 28 });

before(async () => {
  server = await Server.start({ candidates: 200 });
  head = await loginHead(server);
  school = server.query(`SELECT id FROM establishment WHERE code = '${server.account('etablissement', 'open').login}'`);
  numbers = server
    .query(`SELECT number FROM registration WHERE exam = 'BCP' AND state = 'V' AND establishment = ${school} ORDER BY sort_key, number`)
    .split('\n');
  server.ctl(['parameter', 'set', 'modification_par_etablissement', 'O']);
  [, dossier] = /dossier=(\d+)/.exec(
    (await head.press(await head.go(`/etablissement/bcp/candidat?numero=${numbers[1]}`), 'Modifier cette inscription')).address,
  );
});
after(async () => {
  await server?.stop();
});

const token = async () => (await head.get('/etablissement/bcp/')).html.querySelector('input[name=jeton]').getAttribute('value');
const state = () =>
  ['registration', 'establishment_exam', 'expected_number', 'account', 'state_change', 'draft'].map((table) =>
    server.query(`SELECT * FROM ${table}`).split('\n').sort(),
  );

test("a value that a list or a document doesn't know is a 404; an empty one counts as absent", async () => {
  const page = ['apres=x', 'apres=0', 'apres=-1', 'apres=1.5', 'lignes=10', 'lignes=Toutes', 'recherche=%ff', 'recherche=a', 'recherche=0', 'recherche=999999'];
  const wrong = {
    candidats: [...page, 'liste=x', 'liste=manquantes', 'liste=specialite&specialite=x'],
    'candidats.csv': [...page, 'liste=x', 'pour=x', 'pour=Excel'],
    validation: [...page, 'numero=x', 'numero=0', 'numero=999999', 'changement=x', 'changement=0', 'changement=-1', 'changement=999999'],
    retours: [...page, 'liste=x', 'liste=alphabetique'],
    'retours.csv': [...page, 'liste=x', 'pour=x'],
    'candidats.pdf': [...page, 'liste=x', 'liste=specialite&specialite=x'],
    'retours.pdf': [...page, 'liste=x'],
    'bordereau.pdf': ['specialite=x'],
    candidat: ['numero=x', 'numero=0'],
    'nouveau-code': ['numero=x'],
    'confirmations.pdf': [
      'specialite=x',
      'specialite=Toutes',
      'numero=x',
      'numero=0',
      'specialite=toutes&impression=x',
      'specialite=toutes&impression=-1',
      'specialite=toutes&changees=x',
      'specialite=toutes&changees=N',
    ],
    confirmation: ['numero=x', 'numero=0', 'numero=-1'],
  };
  for (const [path, queries] of Object.entries(wrong)) {
    for (const query of queries) assert.equal((await head.get(`/etablissement/bcp/${path}?${query}`)).status, 404, `${path}?${query}`);
    const base =
      {
        'confirmations.pdf': 'specialite=toutes',
        confirmation: `numero=${numbers[0]}`,
        candidat: `numero=${numbers[0]}`,
        'nouveau-code': `numero=${numbers[0]}`,
      }[path] ?? '';
    const empty = [...new Set(queries.map((query) => query.split('&').at(-1).split('=')[0]))]
      .filter((name) => !base.startsWith(`${name}=`))
      .map((name) => `${name}=`)
      .join('&');
    assert.equal((await head.get(`/etablissement/bcp/${path}?${base}&${empty}`)).status, 200, `${path}?${base}&${empty}`);
  }
});

test("of a parameter given twice the last one counts, and never opens another school's", async () => {
  const other = server
    .query(`SELECT number || '|' || listed_name FROM registration WHERE exam = 'BCP' AND state = 'V' AND establishment <> ${school} ORDER BY number LIMIT 1`)
    .split('|');
  for (const path of ['confirmation', 'confirmations.pdf'])
    for (const pair of [
      [numbers[0], other[0]],
      [other[0], numbers[0]],
    ]) {
      const answer = await head.get(`/etablissement/bcp/${path}?numero=${pair[0]}&numero=${pair[1]}`),
        shown = answer.pdf ? text(answer.pdf) : answer.text;
      assert.equal(answer.status, pair[1] === numbers[0] ? 200 : 404, `${path} ${pair}`);
      assert.ok(
        !shown.includes(other[1].split(' ')[0]) ||
          server.query(`SELECT listed_name FROM registration WHERE exam = 'BCP' AND number = ${numbers[0]}`).includes(other[1].split(' ')[0]),
        `${path} ${pair}`,
      );
    }
  assert.equal((await head.get('/etablissement/bcp/candidats?liste=x&liste=alphabetique')).status, 200);
  assert.equal((await head.get('/etablissement/bcp/candidats?liste=alphabetique&liste=x')).status, 404);
});

test('a field given twice is a 422 on every form, the same value or not, and nothing is done', async () => {
  const jeton = await token(),
    before = state();
  for (const row of posts.filter((one) => one.path !== 'quitter'))
    for (const field of row.fields.filter((one) => !one.endsWith('+'))) {
      const sent = field === '*' ? 'classe' : field.replace('*', '40025214');
      for (const values of [
        ['O', 'O'],
        ['O', 'N'],
      ]) {
        const refused = await head.post(at(row), [['jeton', jeton], ...values.map((value) => [sent, value])]);
        assert.equal(refused.status, 422, `${at(row)} ${sent}`);
        assert.ok(refused.text.includes('Cette réponse a été envoyée plusieurs fois. Vérifiez-la et recommencez.'), `${at(row)} ${sent}`);
      }
    }
  assert.deepEqual(state(), before);
});

test('while the base is locked every form that would change something answers 503, in its page; printing and « Quitter » pass', async () => {
  const jeton = await token(),
    before = state();
  server.ctl(['lock', '--reason', 'Déchargement']);
  try {
    for (const row of posts.filter((one) => !one.flags.includes('passes-lock'))) {
      const refused = await head.post(at(row), { jeton });
      assert.equal(refused.status, 503, at(row));
      assert.ok(Number(refused.headers.get('retry-after')) > 0, at(row));
      assert.ok(
        refused.errors.includes(
          'La base est verrouillée pour un traitement : rien n’a été enregistré. ' +
            'Votre saisie est conservée ci-dessous ; recommencez après la fin du traitement.',
        ),
        at(row),
      );
      assert.match(refused.text, /Motif : Déchargement/);
    }
    assert.equal((await head.post('/etablissement/bcp/confirmations', { jeton, numeros: numbers[0], action: 'imprimer' })).status, 303);
    assert.deepEqual(state(), before);
    const leaving = await loginHead(server);
    assert.equal((await leaving.submit(await leaving.go('/etablissement/bcp/'), 'Quitter')).status, 303);
  } finally {
    server.ctl(['unlock']);
  }
});

test("once the authority's window is over, candidates can no more register; lists, cancelling, prints and returns go on", async () => {
  const pupils = await loginPupils(server),
    now = Math.floor(Date.now() / 1000),
    kept = server.query(`SELECT opens || ',' || closes FROM registration_window WHERE ${windowsOf('bcp')}`).split(',');
  const home = await pupils.go('/inscription-etablissement/bcp/');
  server.query(`UPDATE registration_window SET opens = ${now - 7200}, closes = ${now - 3600} WHERE ${windowsOf('bcp')}`);
  try {
    assert.match((await pupils.press(home, 'Nouvelle inscription')).text, /closes? depuis le /);
    assert.match((await head.go('/etablissement/bcp/')).text, /closes depuis le /);
    for (const row of rows.filter((one) => one.get && one.path.startsWith('EXAM'))) assert.equal((await head.get(at(row))).status, 200, at(row));
    const jeton = await token(),
      column = (name) => server.query(`SELECT ${name} FROM registration WHERE exam = 'BCP' AND number = ${numbers[0]}`);
    assert.equal((await head.post('/etablissement/bcp/retours', { jeton, confirmation: `${numbers[0]}-0` })).status, 303);
    assert.equal(column('returned_revision'), '0');
    for (const wanted of ['A', 'V']) {
      assert.equal((await head.post('/etablissement/bcp/validation', { jeton, candidat: numbers[0] })).status, 303);
      assert.equal(column('state'), wanted);
    }
    assert.equal((await head.post('/etablissement/bcp/confirmations', { jeton, numeros: numbers[0], action: 'imprimer' })).status, 303);
    assert.notEqual(column('printed'), '');
  } finally {
    server.query(`UPDATE registration_window SET opens = ${kept[0]}, closes = ${kept[1]} WHERE ${windowsOf('bcp')}`);
  }
});

test('a thousand papers are ticked at once, more are too many', async () => {
  const columns =
    'exam, exam_session, revision, service, specialty, category, state, listed_name, birth_date, form, european, ine, ' +
    'code, identity, sort_key, search_name, answers, created, changed';
  server.query(
    `INSERT INTO registration (number, establishment, ${columns})
     WITH RECURSIVE seq(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM seq WHERE i < 1000)
     SELECT 20000 + i, ${school}, ${columns} FROM (SELECT * FROM registration WHERE exam = 'BCP' AND state = 'V' ORDER BY number LIMIT 1) one, seq`,
  );
  server.query(`UPDATE establishment_exam SET version = version + 1 WHERE establishment = ${school}`);
  const made = Array.from({ length: 1000 }, (unused, i) => String(20001 + i)),
    returned = () => server.query('SELECT count(*) FROM registration WHERE number > 20000 AND returned_revision = revision');
  const revision = server.query('SELECT revision FROM registration WHERE number = 20001');
  for (const [list, button, wanted] of [
    ['manquantes', 'Noter comme rendues', '1000'],
    ['rendues', 'Retirer le retour', '0'],
  ]) {
    const { action, fields } = head.prepare(await head.get(`/etablissement/bcp/retours?liste=${list}&lignes=toutes`), button);
    assert.equal((await head.post(action, [...fields, ...made.map((number) => ['candidat', `${number}-${revision}`])])).status, 303, button);
    assert.equal(returned(), wanted, button);
    assert.equal(
      (await head.post(action, [...fields, ...[...made, ...made.slice(0, 100)].map((number) => ['candidat', `${number}-${revision}`])])).status,
      413,
    );
    assert.equal(returned(), wanted, button);
  }
});
