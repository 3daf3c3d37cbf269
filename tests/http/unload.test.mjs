// SPDX-License-Identifier: Apache-2.0
//
// `inscrinetctl unload` and `load all`: what stands in the files is what stands in the base, described and counted, the
// same bytes each time; what changed since the last one is told; a base goes whole through its files into another one.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { times } from '../lib/long.mjs';
import { questionnaire, unitQuestions } from '../lib/product.mjs';
import { Server, base, run, top } from '../lib/server.mjs';
import { assertDescribed, contents, packageOf, parse, rowsOf, sha256 } from '../lib/unload.mjs';
import { certify, loginHead, loginPupils, register, walkOn } from '../lib/walk.mjs';

const { Package } = createRequire(import.meta.url)('datapackage');

let server,
  folders = 0;
const others = [];
before(async () => {
  server = await Server.start({ candidates: 200 });
});
after(async () => {
  for (const one of [server, ...others]) await one?.stop();
});

const fresh = (of = server) => path.join(of.state, 'runtime', `unload-${++folders}`);
const ctl = (args, of = server, options = {}) => run(path.join(of.state, 'app/inscrinetctl'), ['-d', of.database, ...args.map(String)], options);

/** Unload into a new folder: its path. */
function unload(what, args = [], of = server) {
  const folder = fresh(of);
  ctl(['unload', what, folder, ...args], of);
  return folder;
}

async function another(options = {}) {
  const one = await Server.make({ empty: true, ...options });
  others.push(one);
  return one;
}

const same = (one, two) => {
  assert.deepEqual(Object.keys(two), Object.keys(one));
  for (const name of Object.keys(one)) assert.ok(one[name] === two[name], `${name} differs`);
};
const lines = (text) => (text === '' ? [] : text.split('\n'));

// ---------------------------------------------------------------- candidates

test('candidates: every answer of everybody, by exam and number, described and counted', () => {
  const folder = unload('candidates'),
    told = assertDescribed(folder);
  assert.deepEqual(
    told.resources.map((one) => one.path),
    ['candidates.csv', 'candidate_units.csv'],
  );
  assert.equal(told.inscrinet.what, 'candidates');
  const rows = rowsOf(folder, 'candidates.csv'),
    names = questionnaire().map((one) => one.name);
  assert.deepEqual(
    rows.map((row) => `${row.examen} ${row.numero}-${row.version} ${row.etat}`),
    lines(server.query("SELECT exam || ' ' || number || '-' || revision || ' ' || state FROM registration ORDER BY exam, number")),
  );
  const answers = lines(server.query('SELECT answers FROM registration ORDER BY exam, number')).map((text) => JSON.parse(text));
  assert.equal(rows.length, 200);
  rows.forEach((row, i) => {
    for (const name of names) assert.equal(row[name], answers[i][name] ?? null, `${row.examen} ${row.numero}: ${name}`);
    assert.equal(row.reponses, undefined);
    assert.equal(row.code_personnel, undefined);
  });
  assert.deepEqual(
    rows.map((row) => [row.uai ?? '', row.session, row.code_categorie, row.ccf].join(' ')),
    lines(
      server.query(`SELECT coalesce(e.code, '') || ' '
        || s.year || CASE WHEN s.month < 10 THEN '-0' ELSE '-' END || s.month || ' ' || r.category || ' ' || c.ccf
        FROM registration r JOIN exam_session s ON s.id = r.exam_session JOIN category c ON c.code = r.category
        LEFT JOIN establishment e ON e.id = r.establishment ORDER BY r.exam, r.number`),
    ),
  );
});

test("another's reader takes every file: types, keys, required columns", async () => {
  for (const folder of [unload('candidates'), unload('audit'), unload('all')]) {
    const read = await Package.load(path.join(folder, 'datapackage.json'));
    assert.ok(read.valid, read.errors.map(String).join('\n'));
    for (const one of read.resources) assert.equal((await one.read({ keyed: true })).length, one.descriptor.rows, one.name);
  }
  const folder = unload('candidates'),
    file = path.join(folder, 'candidates.csv');
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(/;2027-\d\d;(\d+);/, ';2027-06;onze;'));
  const read = await Package.load(path.join(folder, 'datapackage.json'));
  await assert.rejects(read.getResource('candidates').read({ keyed: true }), 'what is no number is told');
});

test('the same candidates give the same bytes, and keep their number', () => {
  const [one, two] = [unload('candidates'), unload('candidates')];
  same(contents(one), contents(two));
  assert.equal(packageOf(one).inscrinet.sequence, packageOf(two).inscrinet.sequence);
});

test('of an exam, of one of its sessions', () => {
  const count = (where) => Number(server.query(`SELECT count(*) FROM registration r JOIN exam_session s ON s.id = r.exam_session WHERE ${where}`));
  const [, year, month] = /(\d+)\|(\d+)/.exec(server.query("SELECT year || '|' || month FROM exam_session WHERE exam = 'BP' AND main = 0"));
  const dated = `bp-${year}-${month.padStart(2, '0')}`;
  for (const [exam, where, reach] of [
    ['bp', "s.exam = 'BP'", 'BP'],
    ['BCP', "s.exam = 'BCP'", 'BCP'],
    [dated, "s.exam = 'BP' AND s.main = 0", dated],
  ]) {
    const folder = unload('candidates', ['--exam', exam]);
    assert.equal(rowsOf(folder, 'candidates.csv').length, count(where), exam);
    assert.ok(count(where) > 0);
    assert.equal(packageOf(folder).inscrinet.reach, reach);
  }
  const done = ctl(['unload', 'candidates', fresh(), '--exam', 'bac'], server, { status: 1 });
  assert.match(done.stderr, /bac: not an exam/);
});

test('a text is what it is: signs of CSV, ends with blanks, formulas, an empty one and none', () => {
  const texts = { voie: '12; rue "des Lilas"', lieu_dit: ' BP 7 ', commune: "=HYPERLINK('x')", classe: '', complement_adresse: null, parents: 'a\nb' };
  const former = server.query("SELECT answers FROM registration WHERE exam = 'BCP' ORDER BY number LIMIT 1");
  const number = server.query("SELECT min(number) FROM registration WHERE exam = 'BCP'");
  const answers = { ...JSON.parse(former), ...texts };
  delete answers.complement_adresse;
  const set = (text) => server.query(`UPDATE registration SET answers = '${text.replaceAll("'", "''")}' WHERE exam = 'BCP' AND number = ${number}`);
  set(JSON.stringify(answers));
  const folder = unload('candidates', ['--exam', 'bcp']);
  const row = rowsOf(folder, 'candidates.csv').find((one) => one.numero === number);
  for (const [name, value] of Object.entries(texts)) assert.equal(row[name], value, name);
  set(former);
});

test('units: each one of his, with its state and what it asks further', () => {
  const [exam, number, specialty] = server
    .query(
      "SELECT exam || '|' || number || '|' || specialty FROM registration WHERE specialty IN (SELECT specialty FROM exam_unit) ORDER BY exam, number LIMIT 1",
    )
    .split('|');
  const units = lines(server.query(`SELECT unit FROM exam_unit WHERE specialty = '${specialty}' AND kind = 'O' AND status <> 'invented' ORDER BY rank`));
  const former = server.query(`SELECT answers FROM registration WHERE exam = '${exam}' AND number = ${number}`);
  const answers = JSON.parse(former);
  const [kept, exempt] = units;
  Object.assign(answers, { [`etat-${kept}`]: 'B', [`note-${kept}`]: '12,50', [`session-${kept}`]: '2025', [`origine-${kept}`]: 'autre; série' });
  Object.assign(answers, { [`etat-${exempt}`]: 'D', [`dispense-${exempt}`]: 'Baccalauréat général 2024' });
  const set = (text) => server.query(`UPDATE registration SET answers = '${text.replaceAll("'", "''")}' WHERE exam = '${exam}' AND number = ${number}`);
  set(JSON.stringify(answers));
  const rows = rowsOf(unload('candidates'), 'candidate_units.csv').filter((row) => row.examen === exam && row.numero === number);
  const of = (unit) => rows.find((row) => row.unite === unit);
  assert.equal(of(kept).etat, 'B');
  assert.equal(of(kept).note, '12,50');
  assert.equal(of(kept).session_obtention, '2025');
  assert.equal(of(kept).origine, 'autre; série');
  assert.equal(of(exempt).etat, 'D');
  assert.equal(of(exempt).dispense, 'Baccalauréat général 2024');
  for (const unit of units) assert.equal(of(unit)?.etat, answers[`etat-${unit}`], unit);
  const columns = unitQuestions().map((one) => (one.name === 'session' ? 'session_obtention' : one.name));
  for (const column of columns) assert.ok(column in rows[0], column);
  set(former);
});

// ---------------------------------------------------------------- what changed

const changes = (folder) =>
  rowsOf(folder, 'changes.csv').map((row) => `${row.examen} ${row.numero} ${row.mouvement} ${row.version_precedente ?? '-'}>${row.version}`);

/** Tick a candidate of the school's validation page, and press « Valider ». */
async function turn(head, number) {
  const page = await head.get('/etablissement/bcp/validation?lignes=toutes'),
    { action, fields } = head.prepare(page, 'Valider');
  assert.equal((await head.post(action, [...fields, ['candidat', number]])).status, 303);
}

async function modify(number) {
  const [code, born] = server.query(`SELECT code || '|' || birth_date FROM registration WHERE exam = 'BCP' AND number = ${number}`).split('|');
  const browser = await loginPupils(server);
  const page = await browser.press(await browser.go('/inscription-etablissement/bcp/modification'), 'Suite', {
    "Numéro d'inscription": number,
    'Date de naissance': born.split('-').reverse().join('/'),
    'Code personnel': code,
  });
  const end = await browser.press(await walkOn(browser, page, { 'Prénom 3': 'Zoé' }), 'Valider mon inscription', certify);
  assert.equal(end.h1, 'Inscription enregistrée');
}

test('since the last one: new, replaced, cancelled and restored candidates are told, and nobody else', async () => {
  const school = server.account('etablissement', 'open').login;
  const mine = lines(
    server.query(`SELECT r.number FROM registration r JOIN establishment e ON e.id = r.establishment JOIN exam_session s ON s.id = r.exam_session
      WHERE e.code = '${school}' AND r.exam = 'BCP' AND r.state = 'V' AND s.main = 1 ORDER BY r.number LIMIT 4`),
  );
  const head = await loginHead(server);
  const first = unload('candidates', ['--exam', 'bcp']),
    number = packageOf(first).inscrinet.sequence;
  await register(await loginPupils(server), { identite: { 'Prénom 1': 'Nouvelle' } });
  await turn(head, mine[0]);
  await modify(mine[1]);
  await turn(head, mine[2]);
  await turn(head, mine[2]);
  server.query(`UPDATE registration SET printed_revision = 0, printed = 1 WHERE exam = 'BCP' AND number = ${mine[3]}`);
  const made = server.query("SELECT max(number) FROM registration WHERE exam = 'BCP'");

  const since = unload('candidates', ['--exam', 'bcp', '--since-last']),
    full = unload('candidates', ['--exam', 'bcp']);
  assertDescribed(since);
  assert.deepEqual(
    changes(since),
    [`BCP ${mine[0]} annule 0>0`, `BCP ${mine[1]} remplace 0>1`, `BCP ${mine[2]} inchange 0>0`, `BCP ${made} nouveau ->0`].sort(
      (one, two) => one.split(' ')[1] - two.split(' ')[1],
    ),
  );
  const touched = [mine[0], mine[1], mine[2], made];
  assert.deepEqual(
    rowsOf(since, 'candidates.csv'),
    rowsOf(full, 'candidates.csv').filter((row) => touched.includes(row.numero)),
  );
  assert.deepEqual(
    rowsOf(since, 'candidate_units.csv'),
    rowsOf(full, 'candidate_units.csv').filter((row) => touched.includes(row.numero)),
  );
  assert.equal(packageOf(since).inscrinet.sequence, number + 1);
  assert.equal(packageOf(since).inscrinet.since, number);
  assert.equal(packageOf(full).inscrinet.sequence, number + 1);

  await turn(head, mine[0]);
  const later = unload('candidates', ['--exam', 'bcp', '--since-last']);
  assert.deepEqual(changes(later), [`BCP ${mine[0]} retabli 0>0`]);
  assert.equal(packageOf(later).inscrinet.sequence, number + 2);
  assert.deepEqual(changes(unload('candidates', ['--exam', 'bcp', '--since-last'])), []);
  same(contents(unload('candidates', ['--exam', 'bcp', '--since', number + 1])), contents(later));
  const both = changes(unload('candidates', ['--exam', 'bcp', '--since', number]));
  assert.equal(
    both.find((one) => one.startsWith(`BCP ${mine[0]} `)),
    `BCP ${mine[0]} inchange 0>0`,
  );
});

test('the first one cannot be told from another, nor from one that never was', () => {
  for (const args of [['--since-last'], ['--since', '1']])
    assert.match(ctl(['unload', 'candidates', fresh(), '--exam', 'mc4', ...args], server, { status: 1 }).stderr, /nothing has been unloaded/);
  unload('candidates', ['--exam', 'mc4']);
  const folder = fresh();
  assert.match(ctl(['unload', 'candidates', folder, '--exam', 'mc4', '--since', '2'], server, { status: 1 }).stderr, /no unload of that number/);
  assert.ok(!fs.existsSync(folder));
});

test('the answer is one object, and nothing else', () => {
  const folder = fresh(),
    done = ctl(['unload', 'candidates', folder, '--json']),
    told = JSON.parse(done.stdout);
  assert.equal(done.stderr, '');
  assert.equal(told.what, 'candidates');
  assert.equal(told.rows, rowsOf(folder, 'candidates.csv').length);
  assert.equal(told.sha256, sha256(fs.readFileSync(path.join(folder, 'datapackage.json'))));
  for (const file of told.files) assert.equal(file.sha256, sha256(fs.readFileSync(path.join(folder, file.path))), file.path);
});

// ---------------------------------------------------------------- the trail

test('the audit trail: every entry, its digest, the seals, and no salt', () => {
  ctl(['check']);
  const folder = unload('audit'),
    told = assertDescribed(folder);
  assert.deepEqual(
    told.resources.map((one) => one.path),
    ['audit.csv', 'audit_digests.csv', 'audit_seals.csv'],
  );
  const rows = rowsOf(folder, 'audit.csv');
  assert.deepEqual(
    rows.map((row) => `${row.ecriture} ${row.action} ${row.acteur} ${row.numero ?? ''}`),
    lines(server.query("SELECT id || ' ' || action || ' ' || actor || ' ' || coalesce(CAST(number AS TEXT), '') FROM audit_entry ORDER BY id")),
  );
  const hex = base === 'sqlite' ? 'lower(hex(digest))' : "encode(digest, 'hex')";
  assert.deepEqual(
    rowsOf(folder, 'audit_digests.csv').map((row) => Object.values(row).join(' ')),
    lines(server.query(`SELECT id || ' ' || ${hex} FROM audit_entry ORDER BY id`)),
  );
  assert.equal(rowsOf(folder, 'audit_seals.csv').length, Number(server.query('SELECT count(*) FROM audit_seal')));
  assert.ok(rowsOf(folder, 'audit_seals.csv').length > 0);
});

// ---------------------------------------------------------------- what the next system would refuse

test('quality: what is wrong of whom, by school, and nothing of who is cancelled', () => {
  const [uai, number, other] = server
    .query(
      `SELECT e.code || '|' || min(r.number) || '|' || max(r.number)
       FROM registration r JOIN establishment e ON e.id = r.establishment
       WHERE r.exam = 'CAP' AND r.state = 'V' GROUP BY e.code ORDER BY count(*) DESC LIMIT 1`,
    )
    .split('|');
  const report = () => JSON.parse(ctl(['quality', 'cap', '--json']).stdout);
  const of = (told, school = uai) => told.schools.find((one) => one.uai === school);
  const found = (told, which) => of(told).findings.filter((one) => one.number.startsWith(`${which}-`));
  const before = report();
  assert.equal(before.checked, Number(server.query("SELECT count(*) FROM registration WHERE exam = 'CAP' AND state = 'V'")));
  assert.equal(
    before.refused,
    before.schools.reduce((sum, one) => sum + one.refused, 0),
  );
  const where = (which) => `exam = 'CAP' AND number = ${which}`,
    former = (which) => server.query(`SELECT answers FROM registration WHERE ${where(which)}`);
  const kept = new Map([number, other].map((which) => [which, former(which)]));
  const set = (which, text) => server.query(`UPDATE registration SET answers = '${text.replaceAll("'", "''")}' WHERE ${where(which)}`);
  const category = server.query(`SELECT category FROM registration WHERE ${where(number)}`);

  const answers = { ...JSON.parse(kept.get(number)), categorie: 'SCO', ine_inconnu: 'O', prenom_1: 'Łucja', code_postal: '2100' };
  delete answers.ine;
  delete answers.commune_naissance;
  set(number, JSON.stringify(answers));
  const exams = server.query(`SELECT exams FROM category WHERE code = '${category}'`);
  server.query(`UPDATE category SET exams = '|BTS|' WHERE code = '${category}'`);
  server.query(`INSERT INTO registration_double (exam, number, other, reason, found) VALUES ('CAP', ${number}, ${other}, 'identity', 1)`);
  const told = report(),
    what = found(told, number).map((one) => one.what);
  for (const one of ['commune_naissance', 'code_postal', 'ine', 'prenom_1', 'code_categorie', 'doublon']) assert.ok(what.includes(one), `${one}: ${what}`);
  assert.match(found(told, number).find((one) => one.what === 'prenom_1').text, /«.Ł.» n’existe pas en ISO-8859-15/);
  assert.ok(of(told).refused > 0);
  const text = ctl(['quality', 'cap']).stdout;
  assert.match(text, new RegExp(`^${uai} .*\n(  .*\n)*  cap-\\d{4}-\\d\\d ${number}-0 commune_naissance: `, 'm'));
  assert.ok(!text.includes('Łucja'), 'numbers and no names');

  server.query(`UPDATE registration SET homonym_allowed = 1 WHERE ${where(other)}`);
  assert.ok(!found(report(), number).some((one) => one.what === 'doublon'));
  server.query(`UPDATE specialty SET last_session = 2020 WHERE code = (SELECT specialty FROM registration WHERE ${where(other)})`);
  assert.ok(found(report(), other).some((one) => one.what === 'specialite' && /n’est pas ouverte/.test(one.text)));
  server.query(`UPDATE registration SET state = 'A' WHERE ${where(number)}`);
  assert.deepEqual(found(report(), number), []);

  for (const [which, text_] of kept) set(which, text_);
  server.query(`UPDATE registration SET state = 'V' WHERE ${where(number)}`);
  server.query(`UPDATE category SET exams = '${exams}' WHERE code = '${category}'`);
  server.query(`DELETE FROM registration_double WHERE exam = 'CAP' AND number = ${number}`);
  assert.match(ctl(['quality', 'bac'], server, { status: 1 }).stderr, /bac: not an exam/);
});

// ---------------------------------------------------------------- the whole base

/* What a base has for itself alone, and why: lib/store/transfer.h. */
const left = [
  'schema_migration',
  'secret',
  'base_lock',
  'session',
  'session_item',
  'pupil_upload',
  'work',
  'session_search',
  'kept_ticks',
  'throttle',
  'throttle_try',
  'throttle_login',
  'state_change',
  'state_change_item',
  'standing_change',
  'standing_change_item',
  'reminder_run',
  'reminder_item',
  'load_run',
  'load_change',
  'unload_run',
];
/* Numbers of a base's own, by which its tables find each other; and what follows from names by the library's own order. */
const own = ['exam_session', 'establishment', 'account', 'registration_window'].map((table) => `${table}.id`);

const tables = (of) =>
  lines(
    of.query(
      of.file
        ? "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        : 'SELECT table_name FROM information_schema.tables WHERE table_schema = \'public\' ORDER BY table_name COLLATE "C"',
    ),
  );
const columns = (of, table) =>
  lines(
    of.query(
      of.file
        ? `SELECT name FROM pragma_table_info('${table}') ORDER BY name`
        : `SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '${table}' ORDER BY column_name COLLATE "C"`,
    ),
  );

/** Every column of what is carried: rows of values, sorted. References are told by what they refer to. */
function everything(of) {
  const all = {};
  for (const table of tables(of).filter((one) => !left.includes(one))) {
    const value = (column) => {
      if (column === 'establishment' && table !== 'audit_entry') return '(SELECT code FROM establishment e WHERE e.id = t.establishment)';
      if (column === 'exam_session') return "(SELECT exam || year || '-' || month FROM exam_session s WHERE s.id = t.exam_session)";
      if (['sort_key', 'digest', 'salt', 'previous', 'hash'].includes(column)) return of.file ? `lower(hex(t.${column}))` : `encode(t.${column}, 'hex')`;
      if (table === 'manager' && column === 'account') return '(SELECT login FROM account a WHERE a.id = t.account)';
      return `t.${column}`;
    };
    const names = columns(of, table).filter((column) => !own.includes(`${table}.${column}`)),
      row = names.map((column) => `'${column}=' || coalesce(CAST(${value(column)} AS TEXT), '(none)')`).join(" || '|' || ");
    const where = { parameter: "WHERE name <> 'nomenclature'", outbox: 'WHERE next_try IS NOT NULL' }[table] ?? '';
    all[table] = lines(of.query(`SELECT ${row} FROM ${table} t ${where}`))
      .sort()
      .join('\n');
    all[`${table}: columns`] = names.join();
  }
  return all;
}

/** Something in every table that is carried, of every kind of value. */
function fillAll(of) {
  const one = (text) => of.query(text);
  const number = one("SELECT min(number) FROM registration WHERE exam = 'BCP'"),
    session = one("SELECT id FROM exam_session WHERE exam = 'BCP' AND main = 1"),
    school = one(`SELECT id FROM establishment WHERE code = '${of.account('etablissement', 'open').login}'`),
    specialty = one('SELECT min(code) FROM specialty');
  one(`INSERT INTO commune (code, type, name, search, department, chief, postal_codes) VALUES ('21231', 'A', 'Dijon', 'dijon', '021', NULL, '21000')`);
  one(`INSERT INTO establishment_offer (establishment, exam_session, specialty, category, licensed_ccf, first_session, last_session)
       SELECT establishment, exam_session, specialty, 'SCO', 1, 2024, NULL FROM establishment_offer
       WHERE establishment = ${school} AND exam_session = ${session}`);
  one(`UPDATE establishment_offer SET licensed_ccf = 0 WHERE establishment = ${school} AND category = ''`);
  one(`UPDATE exam_unit SET first_session = 2000 + rank, last_session = 2030 WHERE rank <= 2`);
  one(`INSERT INTO expected_number (establishment, exam_session, specialty, expected) VALUES (${school}, ${session}, '${specialty}', 12)`);
  const pupils = path.join(of.state, 'eleves.csv');
  fs.writeFileSync(
    pupils,
    `uai;nom;prenom;date_naissance;classe;mef;ine;voie\n${of.account('etablissement', 'open').login};L’Œuf;Zoé;07/07/2008;TPRO;${one(
      `SELECT min(t.mef) FROM training_programme t JOIN specialty s ON s.code = t.specialty
       WHERE t.last_year = 1 AND s.exam = 'BCP' AND s.last_session IS NULL`,
    )};123456789AB;1 rue "Haute"\n`,
  );
  of.ctl(['load', 'pupils', pupils]);
  one(`INSERT INTO pupil_code (establishment, year, key, code) SELECT establishment, year, key, 'ABCD2345' FROM pupil`);
  one(`INSERT INTO past_candidate (exam, session, number, birth_date, ine, code, answers)
       VALUES ('BP', '2026-06', '11', '1990-07-07', '120000011AB', 'ab12', '{"nom_naissance":"Œuf"}')`);
  one(`INSERT INTO past_mark (exam, session, number, unit, state, mark, year, proof, academy, origin, diploma)
       VALUES ('BP', '2026-06', '11', 'U1', 'B', '12,50', 2025, 'R', NULL, 'Ailleurs ; « là »', NULL)`);
  of.ctl(['parameter', 'set', 'contact', 'DEC ; « ici »', '--exam', 'bcp']);
  one(`INSERT INTO parameter (exam, exam_session, name, value) VALUES ('BCP', ${session}, 'texte_accueil', 'Bienvenue ; « ici »' || ' ')`);
  one(`INSERT INTO parameter_change (exam, exam_session, name, ordinal, at, actor, before, after)
       VALUES ('BCP', ${session}, 'texte_accueil', 1, 1800000000, 'x', 'Avant' || ' ', NULL)`);
  one(`INSERT INTO registration_revision (exam, number, revision, service, actor, changed, replaced, answers)
       VALUES ('BCP', ${number}, 0, 'inscription-etablissement', 'candidat', 1800000000, 1800000001, '{"voie":"1 \\"rue\\""}')`);
  one(`UPDATE registration SET revision = 1, printed = 1800000002, printed_revision = 0, returned = 5, returned_revision = 0, homonym_allowed = 1
       WHERE exam = 'BCP' AND number = ${number}`);
  one(`INSERT INTO registration_double (exam, number, other, reason, found) VALUES ('BCP', ${number}, ${number} + 1, 'swapped', 1800000003)`);
  one(`INSERT INTO draft (code, exam, exam_session, service, establishment, answers, birth_date, created, changed, email, reminded, department)
       VALUES ('ABCDEFGH', 'BCP', ${session}, 'inscription-etablissement', ${school}, '{}', NULL, 1, 2, 'x@example.org', 7, '021')`);
  one(`INSERT INTO draft (code, exam, exam_session, service, number, revision, answers, birth_date, created, changed)
       VALUES ('ABCDEFGJ', 'BCP', ${session}, 'inscription', ${number}, 1, '{"nom_naissance":"Œuf"}', '2008-07-07', 1, 2)`);
  one(`INSERT INTO outbox (kind, recipient, exam, number, revision, draft, days, created, next_try, attempts, failure)
       VALUES ('reminder', 'x@example.org', 'BCP', NULL, NULL, 4711, 7, 3, 4, 2, 'plus tard')`);
  one(`INSERT INTO standing (exam_session, number, exam, version, changed, changed_by, stated, complete, reason, remedies, pieces, told,
                             school_from, office_from, acknowledged, acknowledged_by)
       VALUES ((SELECT exam_session FROM registration WHERE exam = 'BCP' AND number = ${number}), ${number}, 'BCP', 2, 5, 'lui', 'I', -1, 'Été', 'Recours',
               '[{"piece":"Œuvre","until":"2027-02-01","asked":5,"came":0}]', 6, 7, 8, 9, 'elle')`);
  one(`INSERT INTO outbox (kind, exam, created, sent) VALUES ('receipt', 'BCP', 3, 4)`);
  one(`INSERT INTO account (service, login, establishment, password, epoch, rights, temporary, created_by, last_login, last_login_from)
       VALUES ('etablissement', '${of.account('etablissement', 'open').login}.DUPONT', ${school}, 'x$y', 3, 'no-passwords', 1, 'chef', 9, '::1')`);
  one(`UPDATE establishment_exam SET european = 0, changed = 5, changed_from = '::1', changed_by = 'chef' WHERE establishment = ${school}`);
  one(`UPDATE registration_window SET label = '' WHERE id = (SELECT min(id) FROM registration_window)`);
  of.ctl(['check']);
  of.ctl(['unload', 'candidates', fresh(of), '--exam', 'bcp']);
  of.ctl(['unload', 'candidates', fresh(of)]);
}

function assertSame(now, before, where) {
  assert.deepEqual(Object.keys(now), Object.keys(before));
  for (const [name, values] of Object.entries(before)) assert.ok(now[name] === values, `${where}: ${name} is another`);
}

/** A base of another kind, where there is one to be had. */
const other = base === 'pgsql' ? ['pgsql', 'sqlite'] : ['sqlite'];

function newBase(of, kind) {
  if (kind === base) return of;
  of.file = path.join(of.state, 'base/other.sqlite');
  of.database = `sqlite3:${of.file}`;
  of.query = (text) => run('sqlite3', ['-cmd', '.timeout 5000', of.file, text]).stdout.trim();
  return of;
}

test('a base goes whole through its files into another one, of either kind, and comes out the same bytes', async () => {
  const from = await another({ empty: false, establishments: 12, candidates: times > 1 ? 25000 : 2000 });
  fillAll(from);
  const folder = unload('all', [], from),
    files = contents(folder);
  const told = assertDescribed(folder);
  for (const one of told.resources) assert.ok(one.rows > 0, `${one.path} holds something`);
  same(files, contents(unload('all', [], from)));
  const before = everything(from);
  assert.ok(Object.keys(before).length > 40);
  let last = folder;
  for (const kind of other) {
    const to = newBase(await another(), kind);
    ctl(['load', 'all', last], to);
    assertSame(everything(to), before, kind);
    last = unload('all', [], to);
    same(files, contents(last));
    assert.match(ctl(['check'], to).stdout, /audit trail: ok/);
  }
  const back = await another();
  ctl(['init'], back);
  ctl(['load', 'all', last], back);
  same(files, contents(unload('all', [], back)));
  assertSame(everything(back), before, 'back');
  ctl(['lock'], back);
  ctl(['unlock'], back);
  assert.match(ctl(['check'], back).stdout, /audit trail: ok/);
  back.query(`INSERT INTO draft (code, exam, exam_session, service, answers, created, changed)
              VALUES ('ABCDEFGK', 'BCP', (SELECT min(id) FROM exam_session WHERE exam = 'BCP'), 'inscription', '{}', 1, 2)`);
  assert.equal(back.query("SELECT id FROM draft WHERE code = 'ABCDEFGK'"), '4712', 'no draft has a number that a message remembers');
});

test('what isn’t carried is what is left out on purpose', async () => {
  const carried = packageOf(unload('all')).resources.map((one) => one.path);
  assert.equal(
    carried.filter((name) => !/_(secrets|digests)\.csv|candidate_units/.test(name)).length,
    tables(server).filter((one) => !left.includes(one)).length,
  );
});

test('who had a password, a code and a number still has them in the new base', async () => {
  const to = await another();
  ctl(['load', 'all', unload('all')], to);
  to.accounts = server.accounts;
  await to.launch();
  const browser = await loginPupils(to);
  const end = await register(browser, { identite: { 'Prénom 1': 'Suivante' } });
  const next = Number(server.query("SELECT next FROM number_counter WHERE exam = 'BCP'"));
  assert.match(end.text, new RegExp(`Numéro d.inscription : ${next}-0`));
  const [number, code, born] = server
    .query("SELECT number || '|' || code || '|' || birth_date FROM registration WHERE exam = 'CAP' AND establishment IS NULL AND state = 'V' LIMIT 1")
    .split('|');
  const alone = new (await import('../lib/browser.mjs')).Browser(to.url);
  const page = await alone.press(await alone.go('/inscription/cap/reimpression'), 'Suite', {
    "Numéro d'inscription": number,
    'Date de naissance': born.split('-').reverse().join('/'),
    'Code personnel': code,
  });
  assert.equal(page.status, 200);
  assert.ok(page.text.includes(`${number}-`), page.text);
});

test('a demo is the same on the same day, but for secrets', async () => {
  const [one, two] = [await another({ empty: false }), await another({ empty: false })].map((of) => contents(unload('all', [], of)));
  const differ = Object.keys(one).filter((name) => one[name] !== two[name]);
  assert.deepEqual(
    differ.filter((name) => !/_(secrets|digests)\.csv$|^datapackage\.json$/.test(name)),
    [],
  );
});

test('the columns stand in docs/unloads.md, in their order', () => {
  const text = fs.readFileSync(path.join(top, 'docs/unloads.md'), 'utf8');
  const all = [...packageOf(unload('all')).resources, packageOf(unload('candidates', ['--since', '1'])).resources.at(-1)];
  for (const one of all) {
    const section = new RegExp(`^### ${one.path.replace('.', '\\.')}\\n([\\s\\S]*?)(?=^##|$(?![\\s\\S]))`, 'm').exec(text)?.[1];
    assert.ok(section, one.path);
    assert.deepEqual(
      [...section.matchAll(/^\| `(\w+)` \| (\w+) \| (.*) \|$/gm)].map((match) => match.slice(1)),
      one.schema.fields.map((field) => [field.name, field.type, field.title]),
      one.path,
    );
  }
});
