// SPDX-License-Identifier: Apache-2.0
//
// inscrinetctl as an operator meets it: 0 when it is done, 1 with one clear line on standard error when it is refused,
// 2 with the usage when the words are wrong; nothing half done, and what it sets holds at the server's next request.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { Server, base, run } from '../lib/server.mjs';
import { login, register, loginPupils } from '../lib/walk.mjs';

const servers = [];
async function make(options) {
  const one = await Server.make(options);
  servers.push(one);
  return one;
}

let server;
before(async () => {
  server = await make({ establishments: 5, candidates: 60 });
  await server.launch();
});
after(async () => {
  for (const one of servers) await one.stop();
});

const command = (args, options) => run(path.join(server.state, 'app/inscrinetctl'), args.map(String), { status: null, ...options });
const ctl = (args, of = server, options) => of.ctl(args, { status: null, ...options });

function assertRefused(done, wanted, what) {
  assert.equal(done.status, 1, `${what ?? ''} ${done.stdout}${done.stderr}`);
  const lines = done.stderr.trim().split('\n');
  assert.equal(lines.length, 1, `one line: ${done.stderr}`);
  assert.match(lines[0], /^inscrinetctl: ./);
  assert.match(lines[0], wanted, what);
}

function assertUsage(done, what) {
  assert.equal(done.status, 2, `${what}: ${done.stdout}${done.stderr}`);
  assert.match(done.stderr, /usage: inscrinetctl|no such verb/, what);
  assert.equal(done.stdout, '', what);
}

const verbs = () => [...command(['--help']).stdout.matchAll(/^ {2}(\w+)/gm)].map((match) => match[1]);

test('help of the command and of each verb', () => {
  const all = command(['--help']);
  assert.equal(all.status, 0);
  assert.match(all.stdout, /^usage: inscrinetctl \[-d DATABASE\] VERB/);
  assert.match(all.stdout, /Exit status: 0 done, 1 refused or failed, 2 wrong usage/);
  assert.ok(verbs().length >= 8);
  for (const verb of ['init', 'migrate', 'demo', 'check', 'status', 'activation', 'password', 'template']) assert.ok(verbs().includes(verb), verb);
  for (const verb of verbs())
    for (const args of [
      [verb, '--help'],
      ['-d', 'sqlite3:/nulle/part', verb, '--help'],
    ]) {
      const help = command(args);
      assert.equal(help.status, 0, `${args}`);
      assert.match(help.stdout, new RegExp(`^usage: inscrinetctl \\[-d DATABASE\\] ${verb}`));
      assert.ok(help.stdout.trim().split('\n').length >= 2, `${verb}: what it does`);
      assert.equal(help.stderr, '');
    }
  assert.match(command(['--version']).stdout, /^inscrinetctl \d+\.\d+/);
});

test('who uses a verb wrongly reads what its help says', () => {
  for (const verb of verbs()) {
    const told = command([verb, '--help']).stdout.split('\n')[0],
      wrong = ctl([verb, 'v', 'w', 'x', 'y', 'z', '--nothing']);
    assert.equal(wrong.status, 2, verb);
    assert.equal(wrong.stderr.trim(), told);
  }
  const kinds = command(['load', '--help'])
    .stdout.match(/load ([\w|]+)/)[1]
    .split('|');
  assert.equal(kinds.length, 8);
  for (const kind of kinds) assertRefused(ctl(['load', kind, '/nulle/part/fichier.csv']), /fichier\.csv/);
});

test('the man page and the completion of bash name every verb and its words', () => {
  const page = command(['--man']).stdout;
  for (const verb of verbs()) assert.match(page, new RegExp(`^\\.B ${verb}\\b`, 'm'));
  const script = path.join(server.state, 'completion');
  fs.writeFileSync(script, command(['--completion']).stdout);
  const complete = (...words) =>
    run('bash', ['-c', `. "$0"; COMP_WORDS=(inscrinetctl "$@"); COMP_CWORD=$#; _inscrinetctl; echo "\${COMPREPLY[@]}"`, script, ...words])
      .stdout.trim()
      .split(' ');
  for (const verb of verbs()) assert.ok(complete('-d', 'sqlite3:x', verb.slice(0, 3)).includes(verb), verb);
  assert.deepEqual(complete('load', 'un').sort(), ['undo', 'units']);
  assert.deepEqual(complete('-d', 'x', 'password', '--se'), ['--service']);
});

test('wrong words: 2 and the usage', () => {
  for (const args of [
    [],
    ['inconnu'],
    ['--inconnu'],
    ['status', 'x'],
    ['status', '--xml'],
    ['check', 'x'],
    ['migrate', 'x'],
    ['init', 'x'],
    ['activation'],
    ['activation', 'open'],
    ['activation', 'ouvre', 'all'],
    ['activation', 'open', 'all', '--days'],
    ['activation', 'open', 'all', '--days', '0'],
    ['activation', 'open', 'all', '--days', '367'],
    ['activation', 'open', 'all', '--days', 'x'],
    ['activation', 'close', 'all', '--days', '3'],
    ['activation', 'open', 'all', 'x'],
    ['password'],
    ['password', 'establishment'],
    ['password', 'school', '0990001X'],
    ['password', 'establishment', '0990001X', '--service', 'x'],
    ['password', 'establishment', '0990001X', 'x'],
    ['demo', '--establishments', '3'],
    ['demo', '--establishments', '2001'],
    ['demo', '--candidates', '-1'],
    ['demo', '--candidates', 'x'],
    ['demo', '--seed', '-1'],
    ['demo', '--seed'],
    ['demo', 'x'],
    ['session'],
    ['session', 'x'],
    ['session', 'main'],
    ['session', 'add', 'bcp-2028-06'],
    ['session', 'set', 'bcp'],
    ['session', 'main', 'bcp-2027-06', '--period', 'juin'],
    ['template'],
    ['template', 'x'],
    ['describe'],
    ['describe', 'x'],
    ['describe', 'questions', 'x'],
    ['unload'],
    ['unload', 'candidates'],
    ['unload', 'candidates', ''],
    ['unload', 'x', '/tmp/x'],
    ['unload', 'audit', '/tmp/x', '--exam', 'bcp'],
    ['unload', 'all', '/tmp/x', '--since-last'],
    ['unload', 'candidates', '/tmp/x', '--since', '0'],
    ['unload', 'candidates', '/tmp/x', '--since', '1', '--since-last'],
    ['unload', 'candidates', '/tmp/x', 'y'],
    ['load'],
    ['load', 'all'],
    ['load', 'x', '/tmp/x'],
    ['quality', 'bcp', 'bts'],
    ['quality', '--xml'],
  ])
    assertUsage(args[0]?.startsWith('--') || args.length === 0 ? command(args) : ctl(args), args.join(' '));
});

test('which base: missing, of no kind, not there', () => {
  const words = {
    activation: ['open', 'all'],
    password: ['establishment', server.account('etablissement', 'open').login],
    window: ['list'],
    parameter: ['list'],
    session: ['list'],
    manager: ['list'],
    duplicate: ['list'],
    unload: ['audit', path.join(server.state, 'runtime/none')],
    load: ['list'],
    backup: ['/nulle/part/x'],
    restore: ['/nulle/part/x'],
    work: [path.join(server.state, 'runtime/travaux')],
  };
  for (const verb of verbs().filter((one) => !['template', 'describe'].includes(one))) {
    const args = [verb, ...(words[verb] ?? [])];
    assertRefused(command(args, { env: { INSCRINET_DATABASE: '' } }), /which base\? give -d sqlite3:FILE or -d pgsql:CONNINFO/, verb);
    for (const database of ['mysql:x', 'sqlite3', 'sqlite3:', 'pgsql:', '/tmp/x'])
      assertRefused(command(['-d', database, ...args]), /a base is named sqlite3:FILE or pgsql:CONNINFO/, `${verb} ${database}`);
    const nowhere = path.join(server.state, 'base/nulle-part.sqlite');
    if (!['init', 'demo'].includes(verb)) {
      assertRefused(
        command(['-d', `sqlite3:${nowhere}`, ...args]),
        new RegExp(`${nowhere}: there is no such base; make it with: inscrinetctl -d sqlite3:${nowhere} init`),
        verb,
      );
      assert.equal(fs.existsSync(nowhere), false, verb);
    }
    assertRefused(command(['-d', 'sqlite3:/nulle/part/x.sqlite', ...args]), /\/nulle\/part|can't open/, verb);
    assertRefused(command(['-d', 'pgsql:host=/nulle/part dbname=x', ...args]), /can't open the base/, verb);
  }
  const named = command(['status'], { env: { INSCRINET_DATABASE: server.database } });
  assert.equal(named.status, 0, named.stderr);
});

test("describe: the product's own tables, without a base", () => {
  const read = (table) => {
    const done = command(['describe', table], { env: { INSCRINET_DATABASE: '' } });
    assert.deepEqual([done.status, done.stderr], [0, '']);
    return new Map(JSON.parse(done.stdout).map((row) => [row.name, row]));
  };
  const schools = 'inscription-etablissement',
    alone = 'inscription',
    every = ['bts', 'bcp', 'bp', 'cap', 'bep', 'mc4', 'mc5'];
  const plain = { hint: null, required: false, required_in: [], conditional: null, presence: 'always', numeric: false, max: null, preselected: null };
  const questions = read('questions');
  assert.ok(questions.size >= 55);
  assert.deepEqual(questions.get('voie'), {
    ...plain,
    name: 'voie',
    label: 'N° et voie',
    hint: 'Par exemple 12 rue des Lilas',
    step: 'coordonnees',
    kind: 'text',
    exams: every,
    services: [schools, alone],
    required: true,
    max: 38,
    autocomplete: 'address-line1',
  });
  assert.deepEqual(questions.get('certification').exams, ['cap', 'bep']);
  assert.deepEqual([questions.get('classe').services, questions.get('centre').services, questions.get('courriel').required_in], [[schools], [alone], [alone]]);
  assert.deepEqual(
    ['ine', 'ancien_numero', 'voie'].map((name) => questions.get(name).conditional),
    ['required', 'optional', null],
  );
  assert.deepEqual(
    ['voie', 'amenagement', 'profession'].map((name) => questions.get(name).presence),
    ['always', 'default', 'parameter'],
  );
  assert.deepEqual(
    ['classe', 'date_naissance', 'telephone_fixe', 'courriel', 'pays', 'civilite', 'sportif'].map((name) => questions.get(name).kind),
    ['text', 'date', 'phone', 'email', 'select', 'radio', 'checkbox'],
  );
  const units = read('units');
  assert.deepEqual(
    [...units.keys()],
    ['etat', 'choix', 'facultative', 'langue', 'activite', 'activite_2', 'note', 'justificatif', 'session', 'academie', 'origine', 'dispense'],
  );
  assert.deepEqual(units.get('note'), {
    ...plain,
    name: 'note',
    label: 'Note',
    hint: 'Sur 20, par exemple 12,50',
    step: 'choix',
    kind: 'text',
    exams: every,
    services: [schools, alone],
    required: true,
    numeric: true,
    autocomplete: null,
  });
  assert.equal(units.get('etat').preselected, 'I');
  const parameters = read('parameters');
  assert.deepEqual(parameters.get('fuseau'), {
    name: 'fuseau',
    scope: 'global',
    group: 'dates',
    kind: 'line',
    choices: [],
    max: 200,
    form: 'Continent/City, as Europe/Paris',
    purpose: 'time zone of every opening, closing and printed hour',
    label: 'Fuseau horaire',
    hint: 'Celui de toutes les heures affichées et imprimées',
    usual: 'Europe/Paris',
  });
  assert.deepEqual(parameters.get('controle_prerequis').choices, ['off', 'avertir', 'bloquer']);
  assert.deepEqual(parameters.get('confirmation_handicap').choices, ['O', 'N']);
  assert.deepEqual(
    ['max_facultatives', 'langues'].map((name) => parameters.get(name).scope),
    ['exam', 'both'],
  );
  const listed = server.ctl(['parameter', 'list']).stdout.trim().split('\n').slice(1);
  assert.deepEqual(
    [...parameters.values()].map(({ name, form, purpose }) => [name, form, purpose]),
    listed.map((line) => line.split('\t')).map(([name, , form, purpose]) => [name, form, purpose]),
  );
});

test('init: once', async () => {
  const one = await make({ empty: true });
  const made = ctl(['init'], one);
  assert.equal(made.status, 0, made.stderr);
  assert.match(made.stdout, /^base initialised: schema \d+, .*\d+ specialties/);
  if (base === 'sqlite') assert.equal(fs.statSync(one.file).mode & 0o027, 0, "a base holds personal data: others don't read it");
  const status = JSON.parse(one.ctl(['status', '--json']).stdout);
  assert.ok(status.specialties > 100);
  assert.deepEqual([status.establishments, status.registrations, status.drafts], [0, 0, 0]);
  assertRefused(ctl(['init'], one), /the base is already initialised: use migrate/);
  assert.deepEqual(JSON.parse(one.ctl(['status', '--json']).stdout), status);
  assert.match(one.ctl(['check']).stdout, /base: ok\naudit trail: ok, 1 entries/);
  const filled = ctl(['demo', '--establishments', 4, '--candidates', 4], one);
  assert.equal(filled.status, 0, 'demo takes a base that init has made');
});

const tables = {
  registration:
    'exam, exam_session, number, revision, service, specialty, category, state, listed_name, birth_date, form, european, ine, ' +
    'identity, answers, created, changed',
  establishment: 'code, kind, name, sector, families, licensed_ccf, postal_code, town, department, academy',
  establishment_offer: 'establishment, exam_session, specialty',
  establishment_exam: 'establishment, exam_session, service_open, european',
  account: 'service, login, establishment',
  exam_session: 'exam, year, month, period, state, main',
  parameter: 'exam, exam_session, name, value',
  number_counter: 'exam, next',
  registration_window: 'exam_session, service, opens, closes',
};

test('demo: once for a base; the same rows for the same words, others for another seed', async () => {
  assertRefused(ctl(['demo']), /the base holds establishments already: demo wants a new base/);
  const dump = (of) =>
    Object.entries(tables)
      .map(([table, columns]) => `${table}\n${of.query(`SELECT ${columns} FROM ${table} ORDER BY ${columns}`)}`)
      .join('\n');
  const bases = [];
  for (const seed of [7, 7, 8]) {
    const one = await make({ empty: true });
    const done = ctl(['demo', '--establishments', 5, '--candidates', 80, '--seed', seed, '--accounts', path.join(one.state, 'base/accounts.tsv')], one);
    assert.equal(done.status, 0, done.stderr);
    assert.match(done.stdout, /demo: 5 establishments, 80 candidates, session \d{4}/);
    bases.push(one);
  }
  const [first, second, other] = bases.map(dump);
  assert.ok(first.length > 10000);
  assert.equal(first, second);
  assert.notEqual(first, other);
  const file = path.join(bases[0].state, 'base/accounts.tsv'),
    lines = fs.readFileSync(file, 'utf8').split('\n');
  assert.equal(lines[0], 'service\texam\tlogin\tpassword\tstate');
  assert.equal(fs.statSync(file).mode & 0o777, 0o600);
  assert.ok(
    !bases[0].query("SELECT COALESCE(password, '') FROM account").includes(lines.find((line) => /\topen$/.test(line)).split('\t')[3]),
    'the base has no password in clear',
  );
});

test("a demo that can't write its accounts leaves no base behind", async () => {
  const one = await make({ empty: true });
  const done = ctl(['demo', '--establishments', 4, '--candidates', 4, '--accounts', path.join(one.state, 'nulle/part/accounts.tsv')], one);
  assertRefused(done, /nulle\/part\/accounts\.tsv/);
  if (base === 'sqlite') assert.deepEqual(fs.readdirSync(path.join(one.state, 'base')), []);
  else assert.equal(one.query('SELECT count(*) FROM establishment'), '0');
});

test('status: in words and as JSON', () => {
  const status = JSON.parse(server.ctl(['status', '--json']).stdout);
  for (const key of ['drafts', 'establishments', 'lock', 'registrations', 'schema', 'specialties']) assert.ok(key in status, key);
  assert.deepEqual(status.lock, { locked: false, reason: null });
  const count = (table) => Number(server.query(`SELECT count(*) FROM ${table}`));
  assert.deepEqual([status.specialties, status.establishments, status.registrations, status.drafts], [count('specialty'), 5, 60, count('draft')]);
  assert.equal(status.schema, Number(server.query('SELECT max(version) FROM schema_migration')));
  server.query('UPDATE base_lock SET locked = 1, reason = \'édition "spéciale"\', until = 2000000000');
  try {
    assert.deepEqual(JSON.parse(server.ctl(['status', '--json']).stdout).lock, { locked: true, reason: 'édition "spéciale"', until: 2000000000 });
    assert.match(server.ctl(['status']).stdout, /^schema: \d+\nlock: locked, édition "spéciale"/);
  } finally {
    server.query('UPDATE base_lock SET locked = 0, reason = NULL, until = NULL');
  }
  const told = server.ctl(['status']).stdout;
  assert.match(told, /^schema: \d+\nlock: no\nspecialties: \d+\nestablishments: 5\nregistrations: 60\ndrafts: \d+\nsession: /);
  assert.match(told, /\n(session: \w+-\d{4}-\d\d open(, main)?\n){8}$/);
  assert.equal(told.match(/open, main/g).length, 7);
});

test("migrate: says the version; refuses what it doesn't know", async () => {
  const latest = server.query('SELECT max(version) FROM schema_migration');
  assert.match(server.ctl(['migrate']).stdout, new RegExp(`^schema ${latest}\n$`));
  server.query(`UPDATE schema_migration SET version = 999 WHERE version = ${latest}`);
  try {
    assertRefused(ctl(['migrate']), new RegExp(`the base's schema is 999, newer than the ${latest} that this command knows: nothing was changed`));
    for (const verb of ['status', 'check']) assertRefused(ctl([verb]), new RegExp(`the base's schema is 999, newer than the ${latest}`), verb);
    assertRefused(ctl(['activation', 'open', 'all']), /999/);
  } finally {
    server.query(`UPDATE schema_migration SET version = ${latest} WHERE version = 999`);
  }
  const one = await make({ empty: true });
  if (base === 'sqlite') run('sqlite3', [one.file, 'PRAGMA user_version = 0; VACUUM']);
  for (const verb of ['migrate', 'status', 'check']) assertRefused(ctl([verb], one), /the base has no schema yet; make it with: inscrinetctl -d .* init/, verb);
});

test('check: a base whose schema is not what it says is refused, with each statement that it cannot run', async () => {
  const one = await make({ establishments: 4, candidates: 1 });
  one.query('ALTER TABLE training_programme RENAME COLUMN label TO renamed');
  const done = ctl(['check'], one);
  assert.equal(done.status, 1);
  const told = done.stderr.trim().split('\n');
  assert.match(told.shift(), /^inscrinetctl: integrity: training_programme_add: /);
  assert.equal(told.pop(), 'inscrinetctl: the base is damaged: restore a backup');
  for (const line of told) assert.match(line, /^inscrinetctl: integrity: (whole_training_programme|training_programme_[gs]et|programme_of_label)/);
  one.query('ALTER TABLE training_programme RENAME COLUMN renamed TO label');
  assert.match(ctl(['check'], one).stdout, /^base: ok$/m);
});

test('check: an audit trail that was altered is refused, with its seal', async () => {
  await register(await loginPupils(server), { identite: { 'Prénom 1': 'Sceau' } });
  const right = () => assert.match(server.ctl(['check']).stdout, /^base: ok\naudit trail: ok, \d+ entries\n$/);
  right();
  const id = server.query("SELECT max(id) FROM audit_entry WHERE action = 'registration.create'"),
    broken = /the audit trail was altered: seal \d+ does not hold/;
  const seal = server.query(`SELECT id FROM audit_seal WHERE first <= ${id} AND last >= ${id}`);
  for (const [column, value] of [
    ['actor', "'quelqu''un d''autre'"],
    ['number', '4242'],
    ['at', 'at + 1'],
    ['address', "'10.0.0.1'"],
    ['action', "'login'"],
    ['establishment', 'NULL'],
  ]) {
    const kept = server.query(`SELECT ${column === 'at' || column === 'number' ? column : `'''' || ${column} || ''''`} FROM audit_entry WHERE id = ${id}`);
    server.query(`UPDATE audit_entry SET ${column} = ${value} WHERE id = ${id}`);
    const done = ctl(['check']);
    assertRefused(done, broken, column);
    assert.match(done.stderr, new RegExp(`seal ${seal} `), column);
    server.query(`UPDATE audit_entry SET ${column} = ${kept} WHERE id = ${id}`);
    right();
  }
  const columns = 'id, at, service, actor, address, action, exam, number, establishment, detail, salt, digest';
  server.query(`CREATE TABLE kept AS SELECT ${columns} FROM audit_entry WHERE id = ${id}`);
  server.query(`DELETE FROM audit_entry WHERE id = ${id}`);
  assertRefused(ctl(['check']), broken, 'an entry is gone');
  server.query(`INSERT INTO audit_entry (${columns}) SELECT ${columns} FROM kept`);
  server.query('DROP TABLE kept');
  right();
});

test('activation: a school or all, for some days', () => {
  const { login: code } = server.account('etablissement', 'fresh'),
    now = Math.floor(Date.now() / 1000);
  const window = (of) =>
    server
      .query(`SELECT COALESCE(activation_opens, 0) || ' ' || COALESCE(activation_closes, 0) FROM establishment WHERE code = '${of}'`)
      .split(' ')
      .map(Number);
  assert.match(server.ctl(['activation', 'close', code]).stdout, /^activation closed: 1 establishment/);
  assert.deepEqual(window(code), [0, 0]);
  assert.match(server.ctl(['activation', 'open', code.toLowerCase(), '--days', '3']).stdout, /^activation open: 1 establishment/);
  const [opens, closes] = window(code);
  assert.ok(Math.abs(opens - now) < 60);
  assert.equal(closes - opens, 3 * 86400);
  assert.match(server.ctl(['activation', 'open', 'all']).stdout, /^activation open: 5 establishment/);
  assert.equal(server.query('SELECT count(*) FROM establishment WHERE activation_closes - activation_opens = 864000'), '5');
  assertRefused(ctl(['activation', 'open', '0990001']), /0990001: not an UAI/);
  assertRefused(ctl(['activation', 'open', '0000001A']), /0000001A/);
  assert.equal(server.query(`SELECT count(*) FROM audit_entry WHERE action IN ('activation.open', 'activation.close') AND establishment = '${code}'`), '2');
});

test('password: generated and printed once, or read from standard input, checked as on the pages', async () => {
  const account = server.account('etablissement', 'fresh'),
    code = account.login;
  const made = server.ctl(['password', 'establishment', code]).stdout;
  assert.match(made, /^\S{12,}\n$/);
  assert.equal((await login(server, 'etablissement', { login: code, password: made.trim() })).page.h1, 'Service Établissement');
  const chosen = "une phrase d'élèves, assez longue";
  const read = server.ctl(['password', 'establishment', code, '--service', 'inscription', '--stdin'], { input: `${chosen}\n` });
  assert.equal(read.stdout + read.stderr, '', "a password that was given isn't printed");
  assert.equal((await login(server, 'inscription-etablissement', { login: code, password: chosen })).page.h1, 'Service Inscription Établissement');
  const head = await login(server, 'etablissement', { login: code, password: made.trim() });
  server.ctl(['password', 'establishment', code, '--service', 'suivi', '--stdin'], { input: 'encore une autre phrase\n' });
  assert.equal((await head.get('/etablissement/bcp/')).status, 303, 'its sessions end');
  for (const [input, wanted] of [
    ['court\n', 'Choisissez un mot de passe d’au moins 12 caractères.'],
    [`mon code ${code}\n`, 'Le nouveau mot de passe ne doit pas contenir votre code ou votre identifiant : choisissez-en un autre.'],
    ['motdepasse2027\n', 'Ce mot de passe est trop courant ou trop régulier : choisissez par exemple une phrase de quelques mots sans rapport entre eux.'],
    ['\n', 'Choisissez un nouveau mot de passe.'],
  ]) {
    const done = ctl(['password', 'establishment', code, '--stdin'], server, { input });
    assertRefused(done, /./, input);
    assert.equal(done.stderr.replace(/\s+/g, ' ').trim(), `inscrinetctl: ${wanted}`, input);
    if (input !== '\n') assert.ok(!done.stderr.includes(input.trim()), 'nor told in the refusal');
  }
  assertRefused(ctl(['password', 'establishment', code, '--stdin'], server, { input: '' }), /no password on standard input/);
  assertRefused(ctl(['password', 'establishment', 'x']), /x: not an UAI/);
  assert.equal((await login(server, 'etablissement', { login: code, password: 'encore une autre phrase' })).page.h1, 'Service Établissement');
  assert.equal(server.query(`SELECT count(*) FROM audit_entry WHERE action = 'password.reset' AND establishment = '${code}'`), '3');
});

test('a password is the same by each door: composed, of any script, without control characters', async () => {
  const open = server.account('etablissement', 'open'),
    chosen = 'Élève à Nœux, déjà reçu';
  const set = (input) => ctl(['password', 'establishment', open.login, '--stdin'], server, { input });
  const enters = async (password) => (await login(server, 'etablissement', { login: open.login, password })).page.h1 === 'Service Établissement';
  assert.equal(set(`${chosen.normalize('NFD')}\r\n`).status, 0);
  for (const form of ['NFC', 'NFD']) assert.ok(await enters(chosen.normalize(form)), form);
  const letters = ['𐌰', '𐌱', '𐌲', '𐌳', '𐌴', '𐌵', '𐌶', '𐌷'].join('').repeat(16),
    again = [...letters].reverse().join('');
  assert.deepEqual([[...letters].length, Buffer.from(letters).length], [128, 512]);
  assert.equal(set(`${letters}\n`).status, 0);
  assert.ok(await enters(letters), 'the longest password, by the command');
  const browser = await login(server, 'etablissement', { login: open.login, password: letters });
  const change = (actuel, nouveau) => ({ 'Mot de passe actuel': actuel, 'Nouveau mot de passe': nouveau, 'Confirmation du nouveau mot de passe': nouveau });
  const page = await browser.go('/etablissement/mot-de-passe');
  assert.deepEqual((await browser.submit(page, 'Valider', change(letters, `${letters}𐌰`))).errors, ['Choisissez un mot de passe de 128 caractères au plus.']);
  assert.equal((await browser.submit(page, 'Valider', change(letters, again))).status, 303);
  assert.ok(await enters(again), 'the longest password, by the page');
  const long = 'Choisissez un mot de passe de 128 caractères au plus.'.replaceAll(' ', '\\s');
  for (const [input, wanted] of [
    [`${letters}𐌰\n`, new RegExp(long)],
    [`${'une phrase sans fin, '.repeat(500)}\n`, new RegExp(long)],
    [Buffer.from('un mot de passe \xe9trange\n', 'latin1'), /the password on standard input: not a text \(UTF-8, without control characters\)/],
    ['un mot de passe \x07 qui sonne\n', /not a text/],
    ['un mot de passe\0 qui finit avant\n', /not a text/],
  ]) {
    assertRefused(set(input), wanted);
    assert.ok(await enters(again), 'it stays what it was');
  }
  open.password = again;
});

test('words of the command are texts: composed, without control characters; a path is what it is', () => {
  const word = 'Académie de Besançon';
  server.ctl(['parameter', 'set', 'academie', word.normalize('NFD')]);
  assert.equal(server.query("SELECT value FROM parameter WHERE name = 'academie'"), word);
  for (const args of [
    ['lock', '--reason', 'édition\x1b[31m'],
    ['lock', '--reason', 'deux\nlignes'],
    ['session', 'set', 'bcp', '--period', 'ju\x85in'],
    ['parameter', 'set', 'academie', 'a\rb'],
    ['window', 'set', 'bcp', 'inscription', '+1d', '+2d', '--label', 'a\x07'],
    ['activation', 'open', '\x1b'],
  ]) {
    const done = ctl(args);
    assertRefused(done, new RegExp(`word \\d after ${args[0]}: not a text \\(UTF-8,`), args.join(' '));
    assert.doesNotMatch(done.stderr, /[\x00-\x09\x0b-\x1f\x7f-\x9f]/, 'nothing of it reaches the terminal');
  }
  assert.equal(server.query('SELECT locked FROM base_lock'), '0');
  const folder = path.join(server.state, 'runtime/e\u0301te\u0301');
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'un.mustache'), 'un');
  assert.equal(command(['template', 'check', folder]).status, 0);
});

test('template check: right, and where it is wrong', () => {
  const folder = path.join(server.state, 'app/templates');
  assert.equal(command(['template', 'check', folder]).status, 0);
  const broken = path.join(folder, 'casse.mustache');
  fs.writeFileSync(broken, 'ligne\n{{#ouvert}}\n');
  server.give();
  try {
    assertRefused(command(['template', 'check', folder]), new RegExp(`${broken}:2: `));
  } finally {
    fs.rmSync(broken);
  }
  assertRefused(command(['template', 'check', '/nulle/part']), /\/nulle\/part/);
});
