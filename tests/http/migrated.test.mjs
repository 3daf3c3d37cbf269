// SPDX-License-Identifier: Apache-2.0
//
// A base of 0.3.1, as that version left it, under this one: refused with what to do, brought up by `inscrinetctl migrate`,
// and then the same candidates, drafts, sessions, windows and parameters, each in the main session of its exam.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

import { Browser } from '../lib/browser.mjs';
import { former, putBack, tablesOf, then } from '../lib/former.mjs';
import { snapshot } from '../lib/objects.mjs';
import { Server, base, top, until } from '../lib/server.mjs';
import { Sink } from '../lib/smtp.mjs';
import { certify, login, pupil, searched, walkOn } from '../lib/walk.mjs';

const version = '0.3.1',
  known = former(version),
  exams = ['BCP', 'BEP', 'BP', 'BTS', 'CAP', 'MC4', 'MC5'],
  dated = 'bcp-2027-09';
const migrations = fs
  .readdirSync(path.join(top, 'sql/schema'))
  .map((name) => /^(\d+)_(\w+)\.sql$/.exec(name))
  .map(([, number, name]) => [Number(number), name]);
const latest = Math.max(...migrations.map(([number]) => number));
/* what named its exam and names a session of it now */
const moved = ['establishment_exam', 'establishment_offer', 'expected_number', 'registration_window'];
/* what names both */
const both = ['draft', 'registration', 'session_item', 'state_change'];

let server, tables, rowsBefore, head;
before(async () => {
  server = await Server.start({ establishments: 4, candidates: 0, extra: then(known) });
  putBack(server, version);
  server.accounts = known.accounts;
  tables = tablesOf(server);
  rowsBefore = rowsOf();
});
after(async () => {
  await server?.stop();
});

/** A browser of before, with its cookies. */
function browserOf(cookies) {
  const browser = new Browser(server.url);
  for (const [name, value] of cookies) browser.cookies.set(name, value);
  return browser;
}
const account = (service) => known.accounts.find((one) => one.service === service && one.state === 'open');
const clean = (element) => element.text.replace(/\s+/g, ' ').trim();

/* What of a table is to be what it was: all its columns of before, the exam being that of its session. */
const readable = (column) => (base === 'pgsql' ? column : `CASE typeof(${column}) WHEN 'blob' THEN hex(${column}) ELSE ${column} END`);
const lost = "name IN ('session', 'periode')";
const sources = {
  parameter: `parameter WHERE NOT ${lost}`,
  schema_migration: 'schema_migration WHERE version <= 3',
  ...Object.fromEntries(moved.map((table) => [table, `${table} t JOIN exam_session s ON s.id = t.exam_session`])),
};
function rowsOf(now = tables) {
  const rows = {};
  for (const [table, columns] of Object.entries(tables)) {
    const joined = moved.includes(table) && !now[table].includes('exam');
    const source = joined || !moved.includes(table) ? sources[table] : undefined;
    const named = columns.map((column) => readable(!joined ? column : column === 'exam' ? 's.exam' : `t.${column}`));
    rows[table] = server
      .query(`SELECT ${named.join(', ')} FROM ${source ?? table}`)
      .split('\n')
      .filter(Boolean)
      .sort();
  }
  return rows;
}

test('before it is brought up: every verb says what to do, the server answers 503 and does not start; nothing is touched', async () => {
  const untouched = snapshot(server);
  for (const args of [['status'], ['check'], ['session', 'list'], ['window', 'list'], ['parameter', 'list'], ['purge'], ['lock'], ['unlock']]) {
    const done = server.ctl(args, { status: 1 });
    assert.match(
      done.stderr,
      new RegExp(`^inscrinetctl: the base's schema is 3, this command knows ${latest}; bring it up with: inscrinetctl -d \\S.* migrate\n$`),
      args.join(' '),
    );
    assert.equal(done.stdout, '', args.join(' '));
  }
  let refused = 0; /* every connection has to find out */
  await until('the server to see it', async () => {
    refused = (await fetch(`${server.url}/sante`)).status === 503 ? refused + 1 : 0;
    return refused > 80;
  });
  for (const at of ['/', '/etablissement/bcp/candidats', '/inscription/bcp/', `/inscription/${dated}/`]) {
    const page = await browserOf(known.head).get(at);
    assert.deepEqual([page.status, page.h1], [503, 'Service momentanément indisponible'], at);
    assert.doesNotMatch(page.body, /ABOVILLE/i);
  }
  assert.match(server.errorLog(), new RegExp(`INS022: the base's schema is 3, this module knows ${latest}: inscrinetctl migrate, or install the module`));
  const { status, stderr } = server.configtest();
  assert.notEqual(status, 0);
  assert.match(stderr, new RegExp(`INS004: .*the base's schema is 3, this module knows ${latest}; bring it up with: inscrinetctl -d \\S.* migrate`));
  assert.deepEqual(snapshot(server), untouched);
});

test('migrate tells its steps; check is content; the trail of before holds; a second time there is nothing to do', async () => {
  const entries = rowsBefore.audit_entry.length;
  const steps = migrations.filter(([number]) => number > 3).map(([number, name]) => `migration ${number}: ${name}\n`);
  assert.ok(steps.length >= 2);
  assert.equal(server.ctl(['migrate']).stdout, `${steps.join('')}schema ${latest}\n`);
  assert.equal(server.ctl(['check']).stdout, `base: ok\naudit trail: ok, ${entries} entries\n`);
  assert.equal(server.ctl(['migrate']).stdout, `schema ${latest}\n`);
  assert.match(server.ctl(['status']).stdout, new RegExp(`^schema: ${latest}\nlock: no\n`));
});

test('every row is there with what it held; who named an exam names its session', () => {
  const now = tablesOf(server);
  assert.deepEqual(
    Object.keys(tables).filter((table) => !now[table]),
    [],
  );
  const rows = rowsOf(now);
  for (const table of Object.keys(tables)) assert.deepEqual(rows[table], rowsBefore[table], table);
  for (const table of [...moved, ...both, 'outbox', 'state_change_item', 'registration_double', 'registration_revision', 'session', 'account'])
    assert.ok(rows[table].length > 0, table);
  for (const table of both)
    assert.equal(
      server.query(`SELECT count(*) FROM ${table} t LEFT JOIN exam_session s ON s.id = t.exam_session WHERE s.id IS NULL OR s.exam <> t.exam`),
      '0',
      table,
    );
  assert.equal(server.query(`SELECT count(*) FROM parameter WHERE exam_session <> 0 OR ${lost}`), '0');
});

test('each exam has one session, its main one, open, of the year and month that the parameters said', () => {
  const sessions = server.query('SELECT exam, year, month, period, state, main FROM exam_session ORDER BY exam').split('\n');
  assert.deepEqual(
    sessions,
    exams.map((exam) => `${exam}|2027|9|septembre|open|1`),
  );
  const listed = server.ctl(['session', 'list']).stdout.trim().split('\n').slice(1);
  assert.equal(listed.length, exams.length);
  const count = (table) => rowsBefore[table].filter((row) => row.split('|').includes('BCP')).length;
  assert.ok(listed.includes(`${dated}\tmain\tseptembre\topen\t${count('registration')}\t${count('draft')}`), listed.join('\n'));
});

test('whatever the parameters said, a month of the year that they said', async () => {
  const other = await Server.make({ empty: true });
  try {
    if (other.file) fs.writeFileSync(other.file, '');
    other.give();
    for (const [period, month] of [
      ['janvier', 1],
      ['février', 2],
      ['Mars', 3],
      ['mai', 5],
      ['août', 8],
      ['automne', 11],
      ['décembre', 12],
      ['printemps', 6],
      [null, 6],
    ]) {
      putBack(other, version);
      other.query("UPDATE parameter SET value = '2031' WHERE name = 'session'");
      other.query(period ? `UPDATE parameter SET value = '${period}' WHERE name = 'periode'` : "DELETE FROM parameter WHERE name = 'periode'");
      other.ctl(['migrate']);
      const made = other.query('SELECT DISTINCT year, month, period, state, main FROM exam_session');
      assert.equal(made, `2031|${month}|${period ?? 'juin'}|open|1`);
      assert.equal(other.query('SELECT count(*) FROM exam_session'), String(exams.length));
    }
    /* without a year there is no session to put its windows and candidates in: nothing is dropped in silence */
    putBack(other, version);
    const windows = other.query('SELECT count(*) FROM registration_window');
    other.query("DELETE FROM parameter WHERE name = 'session'");
    assert.match(other.ctl(['migrate'], { status: 1 }).stderr, /^inscrinetctl: migrating: the base refuses it/);
    assert.equal(other.query('SELECT count(*) FROM registration_window'), windows);
    other.query("INSERT INTO parameter (exam, name, value) VALUES ('', 'session', '2031')");
    other.ctl(['migrate']);
    assert.equal(other.query('SELECT count(*) FROM exam_session'), String(exams.length));
  } finally {
    await other.stop();
  }
});

test('the server starts; a head logs in, and one who was logged in goes on', async () => {
  assert.equal(server.configtest().status, 0);
  server.process.kill('SIGTERM');
  await server.exited;
  await server.launch();
  head = await login(server, 'etablissement', account('etablissement'));
  assert.equal(head.page.h1, 'Service Établissement');
  assert.ok(head.page.links().includes('Baccalauréat professionnel (BCP)'), head.page.links().join(' / '));
  assert.equal(new URL(head.page.link('Baccalauréat professionnel (BCP)')).pathname, '/etablissement/bcp/');
  assert.equal((await browserOf(known.head).get('/etablissement/bcp/')).status, 200);
  assert.equal((await new Browser(server.url).get('/etablissement/bcp/')).status, 303, 'others log in first');
});

test('lists, searches, figures and files show what 0.3.1 showed, besides incomplete files', async () => {
  for (const [at, rows] of Object.entries(known.seen.lists)) {
    const [, list, words] = /^(.*?)(?:\?recherche=(.*))?$/.exec(at),
      page = words ? await searched(head, `/etablissement/${list}`, words) : await head.go(`/etablissement/${at}`);
    assert.deepEqual(
      page.html.querySelectorAll('tbody tr').map((row) => row.querySelectorAll('td, th').map(clean)),
      rows,
      at,
    );
  }
  assert.ok(Object.values(known.seen.lists).flat().length > 15);
  /* candidats.csv says since why somebody is cancelled, before his state */
  const without = (line) => line.replace(/;[^;]*(;[^;]*)$/, '$1');
  for (const [at, text] of Object.entries(known.seen.files)) {
    const { body } = await head.get(`/etablissement/${at}`);
    assert.equal(
      at.includes('/candidats.csv')
        ? body
            .split(/(\r?\n)/)
            .map(without)
            .join('')
        : body,
      text,
      at,
    );
  }
  const menu = await head.go('/etablissement/bcp/');
  assert.deepEqual(
    menu.html
      .querySelectorAll('.figures div, table.progress tbody tr, table.progress tfoot tr')
      .map(clean)
      .filter((one) => !/^Dossiers incomplets/.test(one)),
    known.seen.figures,
  );
  const file = await head.go(`/etablissement/bcp/candidat?numero=${known.first.number}`);
  assert.match(file.text, /ABOVILLE/);
  assert.match((await head.go(`/etablissement/bcp/confirmation?numero=${known.first.number}`)).text, /septembre 2027/);
});

test('the plain address is the main session; the dated one leads to it for ever, with its query; another one is none', async () => {
  const alone = new Browser(server.url);
  for (const [browser, from, to] of [
    [alone, `/inscription/${dated}/`, '/inscription/bcp/'],
    [alone, `/inscription/${dated}/reprise`, '/inscription/bcp/reprise'],
    [head, `/etablissement/${dated}/`, '/etablissement/bcp/'],
    [head, `/etablissement/${dated}/candidats?liste=passage`, '/etablissement/bcp/candidats?liste=passage'],
  ]) {
    const answer = await browser.get(from);
    assert.deepEqual([answer.status, new URL(answer.location, server.url).href], [308, server.url + to], from);
    assert.equal((await browser.get(to)).status, 200, to);
  }
  for (const none of ['bcp-2027-06', 'bcp-2026-09']) assert.equal((await head.get(`/etablissement/${none}/`)).status, 404, none);
});

test('what the authority had decided holds: windows, parameters of all and of an exam; session and periode are gone', async () => {
  const alone = new Browser(server.url);
  assert.match((await alone.go('/inscription/mc4/')).text, /closes depuis le samedi 14 février 2026 à 17 h 00/);
  assert.match((await alone.go('/inscription/cap/')).text, /21 ans au 31 décembre/);
  assert.match((await alone.go('/inscription/bcp/')).text, /Bienvenue aux candidats de 0\.3\.1\./);
  assert.doesNotMatch((await alone.go('/inscription/bp/')).text, /Bienvenue/);
  const get = (...args) => server.ctl(['parameter', 'get', ...args]).stdout.trim();
  assert.equal(get('grace_minutes'), '7');
  assert.equal(get('grace_minutes', '--exam', dated), '7');
  assert.equal(get('age_min_individuel', '--exam', 'cap'), '21');
  for (const name of ['session', 'periode']) assert.match(server.ctl(['parameter', 'set', name, '2028'], { status: 1 }).stderr, /no such parameter/);
  const windows = server
    .ctl(['window', 'list'])
    .stdout.trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'));
  assert.equal(windows.length, rowsBefore.registration_window.length);
  assert.equal(windows.find((one) => one[6] === 'seconde période')[1], 'cap');
  assert.equal(windows.find((one) => one[6] === 'hiver')[1], 'mc4');
  const added = server.ctl(['window', 'set', 'bts', 'inscription', '2036-01-05T08:00', '2036-02-14T17:00', '--add']).stdout;
  assert.match(added, new RegExp(`^${Math.max(...windows.map((one) => Number(one[0]))) + 1}\tbts\t`, 'm'), 'numbers go on');
});

test('a change of states of before is undone by its page', async () => {
  const states = () =>
    server.query(`SELECT number || state FROM registration WHERE exam = 'BCP' AND number IN (${known.second.number}, ${known.twin.number}) ORDER BY number`);
  assert.equal(states(), `${known.second.number}A\n${known.twin.number}A`);
  const told = await head.go(known.change);
  assert.match(told.text, /2 candidatures annulées/);
  const done = await head.press(told, 'Défaire ces changements');
  assert.match(done.text, /2 candidatures rétablies/);
  assert.equal(states(), `${known.second.number}V\n${known.twin.number}V`);
  assert.equal(server.query('SELECT count(*) FROM state_change t JOIN exam_session s ON s.id = t.exam_session AND s.exam = t.exam'), '4');
});

const numbered = (page) => /Numéro d.inscription : (\d+-\d+)/.exec(page.text)?.[1] ?? assert.fail(page.errors?.join() || page.text);
const last = 'Valider mon inscription';
const sessionOf = (exam, number) =>
  server.query(
    `SELECT s.exam || s.year || s.month FROM registration r JOIN exam_session s ON s.id = r.exam_session WHERE r.exam = '${exam}' AND r.number = ${number}`,
  );
const after_ = (exam) => rowsBefore.number_counter.find((row) => row.startsWith(`${exam}|`)).split('|')[1];

test("a pupil's draft of before is resumed by its code, with its answers, and registered under the next number", async () => {
  const pupils = await login(server, 'inscription-etablissement', account('inscription-etablissement'));
  const page = await pupils.press(await pupils.go('/inscription-etablissement/bcp/reprise'), 'Suite', {
    'Code de reprise': known.drafts.school,
    'Date de naissance': '07/07/2008',
  });
  assert.equal(page.value('Classe'), 'TMELEC2', page.text);
  const summary = await walkOn(pupils, page, { ...pupil.situation, ...pupil.passage });
  assert.match(summary.text, /Nom de naissance Inachevée .* Prénom 1 Capucine /);
  assert.equal(numbered(await pupils.press(summary, last, certify)), `${after_('BCP')}-0`);
  assert.equal(sessionOf('BCP', after_('BCP')), 'BCP20279');
  assert.match((await head.go('/etablissement/bcp/candidats')).text, /INACHEVÉE - CAPUCINE/);
});

test("an individual's draft of before, in the browser that left it", async () => {
  const visitor = browserOf(known.drafts.visitor);
  const page = await visitor.press(await visitor.go('/inscription/cap/reprise'), 'Suite', {
    'Code de reprise': known.drafts.alone,
    'Date de naissance': '07/07/1990',
  });
  const summary = await walkOn(visitor, page, {});
  assert.match(summary.text, /Nom de naissance Inachevé .* Prénom 1 Aurélien /);
  assert.equal(numbered(await visitor.press(summary, last, certify)), `${after_('CAP')}-0`);
  assert.equal(sessionOf('CAP', after_('CAP')), 'CAP20279');
});

test('a session of before still has the draft in reach that modifies, and only that', async () => {
  const pupils = browserOf(known.drafts.again),
    at = (dossier) => `/inscription-etablissement/bcp/candidature/candidature?dossier=${dossier}`;
  assert.equal((await pupils.get(at(Number(known.drafts.modifying) + 1))).status, 404);
  const page = await pupils.go(at(known.drafts.modifying));
  assert.match(page.text, new RegExp(`Vous modifiez l’inscription ${known.second.number}-0`));
  const summary = await walkOn(pupils, page, { Commune: 'Tourcoing' });
  assert.equal(numbered(await pupils.press(summary, last, certify)), `${known.second.number}-1`);
});

test('a number and its code prove a registration of before; its homonym is known, a paper handed in stays so', async () => {
  const alone = new Browser(server.url);
  const page = await alone.press(await alone.go('/inscription/cap/modification'), 'Suite', {
    "Numéro d'inscription": `${known.alone.number}-0`,
    'Date de naissance': '07/07/1990',
    'Code personnel': known.alone.code,
  });
  assert.match(page.text, new RegExp(`Vous modifiez l’inscription ${known.alone.number}-0`));
  assert.match(server.ctl(['duplicate', 'list', dated]).stdout, new RegExp(`^bcp\t${known.twin.number}\t${known.first.number}\tidentity$`, 'm'));
  assert.match((await head.get('/etablissement/bcp/retours.csv?liste=rendues')).body, new RegExp(`^${known.first.number}-1;`, 'm'));
});

/* beside this process, which is the mail server */
function sendAll(sink) {
  const options = ['mail', '--via', sink.url, '--from', 'examens@example.org', '--templates', path.join(top, 'htdocs/messages')];
  return promisify(execFile)(path.join(server.state, 'app/inscrinetctl'), ['-d', server.database, ...options]);
}

test('messages that waited are sent, with their session and its dated address', async () => {
  const sink = await Sink.start();
  try {
    server.query(`DELETE FROM outbox WHERE id > ${rowsBefore.outbox.length}`);
    server.query('UPDATE outbox SET next_try = 0');
    server.ctl(['parameter', 'set', 'adresse_site', 'https://inscriptions.example.org/']);
    const { stdout: sent } = await sendAll(sink);
    assert.match(sent, new RegExp(`^mail: ${rowsBefore.outbox.length} sent, 0 failed`));
    const texts = sink.messages.map((one) => one.text);
    assert.equal(texts.filter((text) => text.includes(`https://inscriptions.example.org/inscription-etablissement/${dated}/`)).length, 4);
    assert.equal(texts.filter((text) => text.includes('https://inscriptions.example.org/inscription/cap-2027-09/')).length, 1);
    for (const text of texts) assert.match(text, /session de septembre 2027/);
  } finally {
    await sink.stop();
  }
});

test('after all that the base is still content', () => {
  assert.match(server.ctl(['check']).stdout, /^base: ok\naudit trail: ok, \d+ entries\n$/);
});
