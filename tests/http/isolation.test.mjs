// SPDX-License-Identifier: Apache-2.0
//
// A school can never see or change another's candidates: every row of the table of addresses that takes an object (a
// number, a paper, a specialty, a change, a draft, a delegate …) is given another school's. The answer is the one that
// an object gets that doesn't exist, nothing of the base changes, nobody's name is told.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { extend } from '../lib/academy.mjs';
import { absentOf, addresses, attempt, harmless, name, objectsOf, populate, read, secrets, snapshot as snapshotOf } from '../lib/objects.mjs';
import { Server } from '../lib/server.mjs';
import { loginHead, loginPupils, queryOf, searched } from '../lib/walk.mjs';

const rows = (await Server.routes()).filter((row) => ['etablissement', 'inscription-etablissement'].includes(row.service)),
  at = {},
  objects = objectsOf(at);
let server, head, pupils, absent;

/** Another school's, so that there is one of everything that can be named. */
async function theirsOf() {
  const id = (which) => `(SELECT id FROM establishment WHERE code = '${server.account('etablissement', 'open', which).login}')`;
  const school = server.account('etablissement', 'open', 1).login;
  const specialty = server.query(`SELECT min(code) FROM specialty WHERE exam = 'BCP' AND last_session IS NULL
        AND code NOT IN (SELECT specialty FROM exam_unit)
        AND code NOT IN (SELECT specialty FROM establishment_offer WHERE establishment = ${id(0)})
        AND code NOT IN (SELECT specialty FROM registration WHERE establishment = ${id(0)})`);
  server.query(`DELETE FROM registration WHERE establishment = ${id(1)}`);
  extend(server, school, { exams: ['bp'], specialties: [specialty] });
  const other = await loginHead(server, 1),
    theirs = await populate(other, await loginPupils(server, 1), 'bcp', specialty);
  assert.match((await other.press(await other.go('/etablissement/delegues'), 'Ajouter', { 'Nom du délégué': 'Obéron', Droits: 'Tout' })).text, /OBERON créé/);
  return { ...theirs, school, delegate: `${school}.OBERON` };
}

before(async () => {
  server = await Server.start({ candidates: 60 });
  server.ctl(['parameter', 'set', 'modification_par_etablissement', 'O']);
  at.theirs = await theirsOf();
  head = await loginHead(server);
  pupils = await loginPupils(server);
  at.mine = {
    number: server.query(
      `SELECT min(number) FROM registration WHERE exam = 'BCP' AND state = 'V'
       AND establishment = (SELECT id FROM establishment WHERE code = '${server.account('etablissement', 'open').login}')`,
    ),
  };
  absent = absentOf(at.theirs);
});
after(async () => {
  await server?.stop();
});

const browserOf = (row) => (row.service === 'inscription-etablissement' ? pupils : head);
const snapshot = () => snapshotOf(server);

test('every row of both services says which objects it takes, or why none', () => {
  assert.deepEqual(
    rows.map(name).filter((one) => objects[one] === undefined),
    [],
  );
  const there = new Set(rows.map(name));
  assert.deepEqual(
    Object.keys(objects).filter((one) => !there.has(one)),
    [],
  );
  for (const row of rows) {
    const said = objects[name(row)],
      tries = typeof said === 'string' ? [] : said(at.theirs);
    assert.ok(typeof said === 'string' || (tries.length > 0 && tries.every(([method]) => (method === 'POST' ? row.post : row.get))), name(row));
    const sent = new Set(
      tries
        .filter(([method]) => method === 'POST')
        .flatMap(([, fields]) => (Array.isArray(fields) ? fields : Object.entries(fields)).map(([field]) => field.replace(/^effectif_.*/, 'effectif_*'))),
    );
    const own = row.fields.includes('nouveau') ? ['confirmation'] : [];
    assert.deepEqual(
      row.fields.map((field) => field.replace('+', '')).filter((field) => ![...harmless, ...own, ...sent].includes(field)),
      [],
      `${name(row)}: fields that no try sends`,
    );
  }
});

test("what is taken for another school's is there: its own people find it", async () => {
  const all = snapshot();
  for (const table of ['registration', 'draft', 'state_change', 'state_change_item', 'account', 'establishment_exam', 'parameter'])
    assert.ok(
      all.some((line) => line.startsWith(`${table}|`)),
      table,
    );
  const other = await loginHead(server, 1),
    words = async (text) => queryOf(await searched(other, '/etablissement/bcp/candidats', text));
  for (const where of [
    `candidats?liste=specialite&specialite=${at.theirs.specialty}`,
    `candidats?${await words(at.theirs.name)}`,
    `candidats.csv?${await words(at.theirs.number)}`,
    `validation?changement=${at.theirs.change}`,
    `retours?liste=rendues&${await words(at.theirs.returned)}`,
    `confirmation?numero=${at.theirs.number}`,
    `confirmations.pdf?numero=${at.theirs.number}`,
    `confirmations.pdf?specialite=toutes&impression=${at.theirs.printing}`,
    'saisies',
  ]) {
    const page = await other.get(`/etablissement/bcp/${where}`);
    assert.equal(page.status, 200, where);
    assert.ok(
      secrets.some((secret) => read(page).includes(secret)),
      where,
    );
  }
  const candidates = await loginPupils(server, 1);
  assert.equal(
    (await candidates.submit(await candidates.go('/inscription-etablissement/bcp/reprise'), 'Suite', { 'Code de reprise': at.theirs.resume })).status,
    303,
  );
  assert.equal(
    (
      await candidates.submit(await candidates.go('/inscription-etablissement/bcp/reimpression'), 'Suite', {
        "Numéro d'inscription": at.theirs.number,
        'Date de naissance': at.theirs.born,
        'Code personnel': at.theirs.code,
      })
    ).status,
    303,
  );
});

for (const row of rows.filter((one) => typeof objects[name(one)] === 'function'))
  test(`another school's, at ${name(row)}: as if it didn't exist`, async () => {
    const browser = browserOf(row),
      before = snapshot();
    const token = (await browser.get(`/${row.service}/bcp/`)).html.querySelector('input[name=jeton]').getAttribute('value');
    for (const address of addresses(row, 'bcp')) {
      const tries = objects[name(row)](at.theirs),
        nothing = objects[name(row)](absent);
      for (const [i, one] of tries.entries()) {
        const told = `${one[0]} ${address} ${JSON.stringify(one[1])}`,
          answer = await attempt(browser, address, token, one),
          other = await attempt(browser, address, token, nothing[i]);
        assert.equal(answer.status, one[2] ?? 404, told);
        assert.equal(other.status, answer.status, `${told}: told from one that doesn't exist`);
        assert.deepEqual(
          (answer.errors ?? []).map((text) => text.replaceAll(/\d+/g, 'N')),
          (other.errors ?? []).map((text) => text.replaceAll(/\d+/g, 'N')),
          told,
        );
        for (const secret of secrets) assert.ok(!read(answer).includes(secret), `${told} tells ${secret}`);
      }
    }
    assert.deepEqual(snapshot(), before);
  });

test('an exam that only the other school presents is a 404 at every address, whatever is sent', async () => {
  const before = snapshot(),
    of = at.theirs;
  for (const row of rows.filter((one) => one.path.startsWith('EXAM')))
    for (const address of addresses(row, 'bp')) {
      const browser = browserOf(row),
        token = (await browser.get(`/${row.service}/bcp/`)).html.querySelector('input[name=jeton]').getAttribute('value');
      if (row.get)
        assert.equal(
          (await browser.get(`${address}?${new URLSearchParams({ numero: of.number, specialite: of.specialty, dossier: of.ordinal, code: of.resume })}`))
            .status,
          404,
          address,
        );
      if (row.post && row.needs === 'pages') assert.equal((await browser.post(address, { jeton: token })).status, 404, `POST ${address}`);
    }
  assert.deepEqual(snapshot(), before);
});

test("a token of another school's session opens no form", async () => {
  const other = await loginHead(server, 1),
    foreign = (await other.get('/etablissement/bcp/')).html.querySelector('input[name=jeton]').getAttribute('value'),
    before = snapshot();
  for (const row of rows.filter((one) => one.post && one.path !== 'connexion'))
    for (const address of addresses(row, 'bcp'))
      assert.equal(
        (await browserOf(row).post(`${address}?numero=${at.mine.number}`, { jeton: foreign })).status,
        /STEP/.test(row.path) ? 404 : 403,
        address,
      ); /* without a dossier there is no step to show again */
  assert.deepEqual(snapshot(), before);
});
