// SPDX-License-Identifier: Apache-2.0
//
// The service Gestionnaire, « Suivi des inscriptions »: the figures are the base's, those of the manager's scope alone, the
// same on the page, in the curve and in the files; and they name nobody.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { sessionOf } from '../lib/academy.mjs';
import { Server } from '../lib/server.mjs';
import { login, loginManager } from '../lib/walk.mjs';

const home = '/gestionnaire/suivi';
let server, all, department, blind;

before(async () => {
  server = await Server.start({ candidates: 400 });
  [all, department] = [await loginManager(server, 0), await loginManager(server, 1)];
  blind = await login(server, 'gestionnaire', {
    login: 'sans-identites',
    password: server.ctl(['manager', 'add', 'sans-identites', '--no-identities', '--exams', 'bcp,cap']).stdout.trim(),
  });
});
after(async () => {
  await server?.stop();
});

const count = (from, where) => Number(server.query(`SELECT count(*) FROM ${from} WHERE ${where}`));
const csv = async (browser, at) => {
  const [heads, ...rows] = (await browser.get(at)).body.trim().split('\n');
  return { heads: heads.split(';'), rows: rows.map((row) => row.split(';')) };
};
const cells = (row) => row.querySelectorAll('td').map((cell) => cell.text.trim());
const table = (page, id) => page.html.querySelector(`[aria-labelledby="${id}"]`).querySelectorAll('tbody tr');
const mine = () => `department = '${/\d\w\d/.exec(server.query('SELECT departments FROM manager WHERE departments IS NOT NULL'))[0]}'`;

/** What the base says of a session: valid, cancelled, begun, handed in, still missing. */
function figures(session, where = '1 = 1') {
  const of = (condition) => count('registration', `exam_session = ${session} AND ${where} AND ${condition}`),
    valid = of("state = 'V'"),
    returned = of("state = 'V' AND returned_revision = revision");
  const drafts = count('draft', `exam_session = ${session} AND ${where} AND number IS NULL AND answers <> '{}'`);
  return [valid, of("state = 'A'"), drafts, returned, valid - returned].map(String);
}

test('each session in a line, with the figures of the base; of a department those of its candidates; the same as a file', async () => {
  assert.equal((await all.go('/gestionnaire/')).link('Suivi des inscriptions'), `${server.url}${home}`);
  server.query(`UPDATE registration SET returned_revision = revision, returned = 0 WHERE exam = 'BCP' AND state = 'V' AND number % 3 = 0`);
  for (const [browser, where] of [
    [all, undefined],
    [department, mine()],
  ]) {
    const page = await browser.go(home),
      lines = table(page, 'sessions');
    assert.equal(lines.length, count('exam_session', "state <> 'preparation'"));
    for (const line of lines) {
      const exam = /suivi\/([\w-]+)\//.exec(line.querySelector('a').getAttribute('href') + '/')?.[1] ?? line.querySelector('a').getAttribute('href');
      assert.deepEqual(cells(line), figures(sessionOf(exam), where), exam);
    }
    const file = await csv(browser, `${home}.csv`);
    assert.deepEqual(file.heads, ['Session', 'Valides', 'Annulées', 'Jamais imprimées', 'Rendues', 'À rendre', 'En cours de saisie']);
    assert.deepEqual(
      file.rows.map((row) => [row[1], row[2], row[6], row[4], row[5]]),
      lines.map(cells),
    );
  }
});

test('a session by specialty, establishment and day: each adds up to the whole, in the files too', async () => {
  const session = sessionOf('bcp'),
    page = await all.go(`${home}/bcp/`),
    [valid, cancelled] = figures(session).map(Number),
    sum = (rows, column) => rows.reduce((total, row) => total + Number(row[column]), 0);
  assert.equal(page.h1, 'Suivi des inscriptions');
  const specialties = table(page, 'specialites').map(cells);
  assert.equal(specialties.length, Number(server.query(`SELECT count(DISTINCT specialty) FROM registration WHERE exam_session = ${session}`)));
  assert.deepEqual([sum(specialties, 0), sum(specialties, 1)], [valid, cancelled]);
  assert.deepEqual(
    (await csv(all, `${home}/bcp/specialites.csv`)).rows.map((row) => row.slice(1)),
    specialties,
  );

  const days = table(page, 'jours').map(cells),
    bars = page.html.querySelectorAll('svg rect');
  assert.equal(sum(days, 0), valid + cancelled);
  assert.equal(Number(days.at(-1)[1]), valid + cancelled);
  assert.equal(bars.length, days.length);
  const most = Math.max(...days.map(([registrations]) => Number(registrations)));
  bars.forEach((bar, i) => assert.equal(Number(bar.getAttribute('height')), Math.floor((Number(days[i][0]) * 160) / most)));
  assert.doesNotMatch(page.body, /\sstyle=/, 'what the policy forbids');
  assert.deepEqual(
    (await csv(all, `${home}/bcp/jours.csv`)).rows.map((row) => row.slice(1)),
    days,
  );

  const schools = await csv(all, `${home}/bcp/etablissements.csv`);
  assert.equal(schools.rows.length, count('establishment_exam', `exam_session = ${session}`));
  for (const [uai, , , chosen, , ...numbers] of schools.rows) {
    const school = `establishment = (SELECT id FROM establishment WHERE code = '${uai}')`,
      [isValid, isCancelled, drafts, , missing] = figures(session, school);
    assert.deepEqual(numbers, [isValid, isCancelled, drafts, missing], uai);
    assert.equal(chosen === 'OUI', count('establishment', `code = '${uai}' AND activated IS NOT NULL`) === 1, uai);
  }
});

test("days are the place's: what was registered at 23:30 UTC is of the next day in Paris, and of its own in Guadeloupe", async () => {
  const [day] = server.query("SELECT max(changed) / 86400 FROM registration WHERE exam = 'MC5'").split('|').map(Number),
    late = (day - 40) * 86400 + 23.5 * 3600;
  server.query(`UPDATE registration SET created = ${late} WHERE exam = 'MC5'`);
  const date = (days) => new Date((day - 40 + days) * 86400000).toISOString().slice(0, 10).split('-').reverse().join('/');
  for (const [zone, days] of [
    ['Europe/Paris', 1],
    ['America/Guadeloupe', 0],
  ]) {
    server.ctl(['parameter', 'set', 'fuseau', zone]);
    const { rows } = await csv(all, `${home}/mc5/jours.csv`);
    assert.deepEqual(
      rows.map((row) => row[0]),
      [date(days)],
      zone,
    );
  }
  server.ctl(['parameter', 'set', 'fuseau', 'Europe/Paris']);
});

test('establishments that keep the default password, or where nobody has begun, are told', async () => {
  const uai = server.query(
    `SELECT e.code FROM establishment e JOIN establishment_exam x ON x.establishment = e.id WHERE x.exam_session = ${sessionOf('bcp')} ORDER BY e.code LIMIT 1`,
  );
  const of = `establishment = (SELECT id FROM establishment WHERE code = '${uai}')`,
    line = async () => table(await all.go(`${home}/bcp/`), 'etablissements').find((row) => row.text.includes(uai)).text;
  server.query(`UPDATE establishment SET activated = NULL WHERE code = '${uai}'`);
  assert.match(await line(), /Mot de passe d’origine/);
  server.query(`UPDATE establishment SET activated = 1 WHERE code = '${uai}'`);
  assert.doesNotMatch(await line(), /Mot de passe d’origine|Pas commencé/);
  server.query(`UPDATE registration SET establishment = NULL WHERE exam_session = ${sessionOf('bcp')} AND ${of}`);
  server.query(`DELETE FROM session_item WHERE draft IN (SELECT id FROM draft WHERE exam_session = ${sessionOf('bcp')} AND ${of})`);
  server.query(`DELETE FROM draft WHERE exam_session = ${sessionOf('bcp')} AND ${of}`);
  assert.match(await line(), /Pas commencé/);
});

test('whoever sees no identities sees figures, of his exams alone, and nobody’s name', async () => {
  const names = server.query('SELECT listed_name FROM registration').split('\n');
  const pages = [home, `${home}.csv`, ...['', 'specialites.csv', 'jours.csv', 'etablissements.csv'].map((file) => `${home}/bcp/${file}`)];
  for (const at of pages) {
    const page = await blind.get(at);
    assert.equal(page.status, 200, at);
    for (const name of names) assert.ok(!page.body.includes(name), `${at} tells ${name}`);
    if (at.includes('bcp')) {
      assert.equal((await blind.get(at.replace('bcp', 'bts'))).status, 404, at);
      assert.equal((await all.get(`${at}?pour=lotus`)).status, at.endsWith('.csv') ? 404 : 200, at);
    }
  }
  assert.equal(table(await blind.go(home), 'sessions').length, count('exam_session', "state <> 'preparation' AND exam IN ('BCP', 'CAP')"));
});
