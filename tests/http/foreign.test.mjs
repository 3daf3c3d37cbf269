// SPDX-License-Identifier: Apache-2.0
//
// Bases of others, by libdbi: tables of a PostgreSQL, a MariaDB and a SQLite base are loaded, and filled. Values come as they
// are stored, whatever a driver makes of their type; a connection that is cut in the middle leaves nothing half-done.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { uai } from '../lib/files.mjs';
import { MariaDB } from '../lib/mariadb.mjs';
import { Server, asServer, build, run, until } from '../lib/server.mjs';

const admin = process.env.INSCRINET_TEST_PGSQL,
  database = `etranger_${process.pid}`,
  latin = `latin_${process.pid}`,
  preload = process.env.INSCRINET_TEST_PRELOAD;

let server, mariadb, connections, lite;
const bases = {}; /* by the name of their section: { sql, cut } */

function psql(text, name = database) {
  const done = spawnSync('psql', ['-X', '-q', '-t', '-A', '-d', `${admin} dbname=${name}`, '-c', text], {
    encoding: 'utf8',
    env: { ...process.env, PGCLIENTENCODING: 'UTF8' },
  });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout.trim();
}

before(async () => {
  server = await Server.make({ establishments: 4, candidates: 40 });
  const folder = path.join(server.state, 'base/mariadb');
  fs.mkdirSync(folder);
  server.give();
  mariadb = await MariaDB.start(folder);
  psql(`CREATE DATABASE ${database}`, 'postgres');
  psql(`ALTER DATABASE ${database} SET datestyle = 'German'`, 'postgres');
  psql(`CREATE DATABASE ${latin} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`, 'postgres');
  lite = path.join(server.state, 'base/étranger.sqlite');
  bases.pg = { sql: psql };
  bases.my = { sql: (text) => mariadb.sql(text, 'etranger') };
  bases.lite = { sql: (text) => run('sqlite3', [lite, text]).stdout.trim() };
  bases.lite.sql('CREATE TABLE rien (x)');
  connections = file('bases.ini', sections(), 0o600);
});
after(async () => {
  await mariadb?.stop();
  for (const name of [database, latin]) psql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, 'postgres');
  await server.stop();
});

function sections(more = '') {
  const [, host] = /host=(\S+)/.exec(admin),
    [, user] = /user=(\S+)/.exec(admin);
  return `; bases of others
[pg]
driver = pgsql
host = ${host}
username = ${user}
dbname = ${database}
[latin]
driver = pgsql
host = ${host}
username = ${user}
dbname = ${latin}
[my]
driver = mysql
mysql_unix_socket = ${mariadb.socket}
username = root
dbname = etranger
[lite]
driver = sqlite3
file = ${lite}
${more}`;
}

let files = 0;
function file(name, text, mode = 0o644) {
  const at = path.join(server.state, name);
  fs.rmSync(at, { force: true });
  fs.writeFileSync(at, text);
  fs.chmodSync(at, mode);
  if (asServer.uid) fs.chownSync(at, asServer.uid, asServer.gid);
  return at;
}

/** A file of mappings: { countries: { table, key, code: 'cog' } }. */
const mapping = (all) =>
  file(
    `tables-${++files}.ini`,
    Object.entries(all)
      .map(([name, lines]) =>
        [
          `[${name}]`,
          ...Object.entries(lines)
            .filter(([, value]) => value !== undefined)
            .map((pair) => pair.join(' = ')),
          '',
        ].join('\n'),
      )
      .join('\n'),
  );
const countries = (more = {}) => mapping({ countries: { table: 'pays', key: 'id', code: 'cog', nom: 'libelle', ...more } });

const options = (section, map, from = connections) => ['--from', section, '--connections', from, '--mapping', map];
function load(kind, section, map, ...more) {
  const done = server.ctl(['load', kind, ...options(section, map), '--json', ...more], { status: null });
  return { ...done, ...(done.stdout ? JSON.parse(done.stdout) : {}) };
}

function refused(pattern, section, map, from) {
  const done = server.ctl(['load', 'countries', ...options(section, map, from)], { status: null });
  assert.equal(done.status, 1, `${done.stdout}${done.stderr}`);
  assert.equal(done.stderr.trim().split('\n').length, 1, done.stderr);
  assert.match(done.stderr, pattern);
  assert.equal(done.stdout, '');
  nothingLoaded();
}
let loaded = 0;
const nothingLoaded = () => assert.equal(server.query('SELECT (SELECT count(*) FROM load_run), locked FROM base_lock'), `${loaded}|0`);

/** A table of theirs, in all three bases or some. */
function create(text, some = Object.keys(bases)) {
  for (const name of some) for (const one of text.split(';').filter((part) => part.trim())) bases[name].sql(one);
}

// ---------------------------------------------------------------- values

test('what a column holds is read as it is stored: the value that the preview shows of it', () => {
  create("CREATE TABLE un (id int PRIMARY KEY, nom varchar(20)); INSERT INTO un VALUES (1, 'x')");
  const wanted = {
    pg: {
      'bigint 9007199254740993': '9007199254740993',
      'bigint -9223372036854775808': '-9223372036854775808',
      "numeric(10,2) '12.50'": '12.50',
      'float8 0.1': '0.1',
      'boolean true': 'true',
      "date '1899-12-31'": '1899-12-31',
      "date '2010-02-01'": '2010-02-01',
      "date '0001-01-01'": '0001-01-01',
      "char(8) 'ab'": 'ab',
      "varchar(20) 'é€ 😀'": 'é€ 😀',
      "text 'O''Brien \\ ; %s'": "O'Brien \\ ; %s",
      'int NULL': undefined,
    },
    my: {
      'bigint 9007199254740993': '9007199254740993',
      'bigint unsigned 18446744073709551615': '18446744073709551615',
      'int unsigned 4294967295': '4294967295',
      "numeric(10,2) '12.50'": '12.50',
      "date '1899-12-31'": '1899-12-31',
      "date '9999-12-31'": '9999-12-31',
      "char(8) 'ab'": 'ab',
      "varchar(20) 'é€ 😀'": 'é€ 😀',
      "json '[1]'": '[1]',
      'int NULL': undefined,
    },
    lite: {
      'INTEGER 9007199254740993': '9007199254740993',
      'INT 3000000000': '3000000000',
      'REAL 0.1': '0.1',
      "DATE '31/12/1999'": '31/12/1999',
      "DATE '1899-12-31'": '1899-12-31',
      "char(8) 'ab'": 'ab',
      "TEXT 'é€ 😀'": 'é€ 😀',
      'TEXT NULL': undefined,
    },
  };
  for (const [name, columns] of Object.entries(wanted)) {
    const all = Object.keys(columns).map((column) => /^(.+?) ('.*'|\S+)$/.exec(column));
    const list = all.map(([, type], i) => `c${i} ${type}`);
    bases[name].sql(`CREATE TABLE types (id int PRIMARY KEY, nom varchar(20), ${list.join(', ')})`);
    bases[name].sql(`INSERT INTO types VALUES (1, 'x', ${all.map(([, , value]) => (name === 'my' ? value.replace('\\', '\\\\') : value)).join(', ')})`);
    Object.values(columns).forEach((value, i) => {
      const done = load('countries', name, countries({ table: 'types', code: `c${i}`, nom: 'nom' }), '--dry-run');
      assert.deepEqual(
        done.rows.map((row) => [row.line, row.column, row.value]),
        [[1, 'code', value]],
        `${name} ${all[i][0]}`,
      );
    });
  }
});

test('an encoding of their own is nothing to us', () => {
  psql("CREATE TABLE pays (id int PRIMARY KEY, cog text, libelle text); INSERT INTO pays VALUES (1, '99800', 'Pays d''été')", latin);
  const done = load('countries', 'latin', countries(), '--dry-run');
  assert.deepEqual(
    done.rows.map((row) => [row.outcome, row.row]),
    [['new', "Pays d'été"]],
  );
});

test('a byte that no text has refuses its row', () => {
  bases.my.sql('CREATE TABLE octets (id int PRIMARY KEY, cog varbinary(20), libelle varbinary(20))');
  bases.my.sql("INSERT INTO octets VALUES (1, x'3939383032', x'410042')");
  const done = load('countries', 'my', countries({ table: 'octets' }), '--dry-run');
  assert.deepEqual(
    done.rows.map((row) => [row.line, row.outcome, row.reason]),
    [[1, 'refused', 'La colonne «\u00a0nom\u00a0» contient un octet ou un signe illisible.']],
  );
});

// ---------------------------------------------------------------- loading

test('countries and establishments load from each of them, the same rows with the same digest', () => {
  create(`CREATE TABLE pays (id bigint PRIMARY KEY, cog char(8), libelle varchar(60), iso varchar(5), ue int);
    INSERT INTO pays VALUES (9007199254740993, '99801', 'Pays à quatre', NULL, 1), (9007199254740994, '99802', 'Île d’essai', 'ZZ', 0);
    CREATE TABLE etablissement (uai char(8) PRIMARY KEY, nature int, nom varchar(80), secteur char(2));
    INSERT INTO etablissement VALUES ('${uai('0590001')}', 320, 'LYCEE D ESSAI', 'PU'), ('${uai('0590002')}', 306, 'LYCEE DEUX', 'PR')`);
  const map = mapping({
    countries: { table: 'pays', key: 'id', code: 'cog', nom: 'libelle', iso2: 'iso' },
    establishments: { table: 'etablissement', key: 'uai', uai: 'uai', nature: 'nature', secteur: 'secteur', denomination: 'nom' },
  });
  const digests = { countries: new Set(), establishments: new Set() };
  for (const [i, name] of Object.keys(bases).entries())
    for (const kind of ['countries', 'establishments']) {
      const done = load(kind, name, map);
      assert.equal(done.status, 0, done.stderr);
      loaded++;
      assert.deepEqual(done.counts, { new: i ? 0 : 2, changed: 0, gone: 0, unchanged: i ? 2 : 0, left_out: 0, refused: 0 }, `${kind} ${name}`);
      assert.equal(done.file, `${name}:${kind === 'countries' ? 'pays' : 'etablissement'}`);
      assert.match(done.sha256, /^[0-9a-f]{64}$/);
      digests[kind].add(done.sha256);
      assert.equal(server.query(`SELECT sha256 FROM load_run WHERE id = ${done.run}`), done.sha256);
    }
  assert.deepEqual([digests.countries.size, digests.establishments.size], [1, 1]);
  assert.equal(server.query("SELECT name, iso2 FROM country WHERE code LIKE '998%' ORDER BY code"), 'Pays à quatre|\nÎle d’essai|ZZ');
  assert.equal(server.query("SELECT kind, name FROM establishment WHERE code LIKE '0590%' ORDER BY code"), 'LP|LYCEE D ESSAI\nLPO|LYCEE DEUX');
});

test('a view is read as a table is, one of another schema too', () => {
  psql("CREATE SCHEMA reference; CREATE VIEW reference.pays AS SELECT id, cog, libelle || ' (vue)' AS libelle FROM pays");
  bases.my.sql("CREATE DATABASE reference; CREATE VIEW reference.pays AS SELECT id, cog, concat(libelle, ' (vue)') AS libelle FROM etranger.pays");
  for (const name of ['pg', 'my']) {
    const done = load('countries', name, countries({ table: 'reference.pays' }), '--dry-run');
    assert.equal(done.status, 0, done.stderr);
    assert.deepEqual(
      done.rows.map((row) => row.value),
      ['Pays à quatre (vue)', 'Île d’essai (vue)'],
    );
  }
});

test('more rows than a page come all, whatever the key is', () => {
  const rows = 4321;
  psql(`CREATE TABLE beaucoup AS SELECT i AS id, 'k' || i AS texte, 'x' AS cog, 'y' AS libelle FROM generate_series(1, ${rows}) i`);
  bases.my.sql(`CREATE TABLE beaucoup AS SELECT seq AS id, concat('k', seq) AS texte, 'x' AS cog, 'y' AS libelle FROM seq_1_to_${rows}`);
  const series = `WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < ${rows})`;
  bases.lite.sql(`CREATE TABLE beaucoup (id INTEGER, texte TEXT, cog, libelle)`);
  bases.lite.sql(`INSERT INTO beaucoup ${series} SELECT i, 'k' || i, 'x', 'y' FROM s`);
  for (const name of Object.keys(bases))
    for (const key of ['id', 'texte']) {
      const done = load('countries', name, countries({ table: 'beaucoup', key }), '--dry-run');
      assert.equal(done.counts.refused, rows, `${name} by ${key}: ${done.stderr}`);
      assert.equal(done.rows.at(-1).line, rows);
    }
});

test('a key that would lose rows at the end of a page is refused: repeated, empty, compared otherwise', () => {
  psql('ALTER TABLE beaucoup ADD double int, ADD vide int; UPDATE beaucoup SET double = id / 2000, vide = nullif(id, 17)');
  bases.my.sql('ALTER TABLE beaucoup ADD `double` int, ADD vide int');
  bases.my.sql('UPDATE beaucoup SET `double` = floor(id / 2000), vide = nullif(id, 17)');
  bases.lite.sql('CREATE VIEW calcul AS SELECT id + 0 AS cle, id / 2000 AS double, nullif(id, 17) AS vide, cog, libelle FROM beaucoup');
  const no = (key) => new RegExp(`La colonne «\u00a0${key}\u00a0» ne peut servir de clé`);
  for (const name of ['pg', 'my'])
    for (const key of ['double', 'vide']) assert.match(load('countries', name, countries({ table: 'beaucoup', key })).stderr, no(key));
  for (const key of ['cle', 'double', 'vide']) assert.match(load('countries', 'lite', countries({ table: 'calcul', key })).stderr, no(key));
  nothingLoaded();
});

// ---------------------------------------------------------------- what is refused before anything is read

test('a file of connections that others may read is refused, whatever they may do', () => {
  for (const mode of [0o640, 0o604, 0o620, 0o601]) refused(/ses droits doivent être 0600/, 'pg', countries(), file('ouvert.ini', sections(), mode));
  refused(/Le fichier n’a pas pu être lu/, 'pg', countries(), path.join(server.state, 'absent.ini'));
});

test('sections, options and drivers are those that there are', () => {
  const is = (pattern, section, text) => refused(pattern, section, countries(), file('essai.ini', text, 0o600));
  is(/pas de section \[absente\]/, 'absente', sections());
  is(/L’option «\u00a0sslmode\u00a0» n’existe pas pour le pilote pgsql/, 'a', '[a]\ndriver=pgsql\ndbname=x\nsslmode=require\n');
  is(/L’option «\u00a0encoding\u00a0» n’existe pas/, 'a', '[a]\ndriver=mysql\ndbname=x\nencoding=latin1\n');
  is(/L’option «\u00a0mysql_unix_socket\u00a0» n’existe pas pour le pilote pgsql/, 'a', '[a]\ndriver=pgsql\ndbname=x\nmysql_unix_socket=/x\n');
  is(/«\u00a0oracle\u00a0» n’est pas un pilote/, 'a', '[a]\ndriver=oracle\n');
  is(/Il manque «\u00a0driver\u00a0»/, 'a', '[a]\ndbname=x\n');
  is(/Il manque «\u00a0dbname\u00a0»/, 'a', '[a]\ndriver=pgsql\n');
  is(/«\u00a0host\u00a0» est donné deux fois/, 'a', '[a]\ndriver=pgsql\ndbname=x\nhost=/a\nhost=/b\n');
  is(/La ligne 3 n’est ni/, 'a', '[a]\ndriver=pgsql\nmot de passe\n');
  is(/La ligne 3 n’est ni/, 'a', `[a]\ndriver=pgsql\npassword=${'x'.repeat(1200)}\n`);
  is(/La connexion n’a pas été établie/, 'a', `[a]\ndriver=pgsql\ndbname=x\nhost=${server.state}\n`);
  is(/La connexion n’a pas été établie/, 'a', `[a]\ndriver=mysql\ndbname=x\nmysql_unix_socket=${server.state}/rien\n`);
  const absent = path.join(server.state, 'base/nouveau.sqlite');
  is(/n’est pas le chemin complet d’un fichier qui existe/, 'a', `[a]\ndriver=sqlite3\nfile=${absent}\n`);
  is(/n’est pas le chemin complet/, 'a', '[a]\ndriver=sqlite3\nfile=étranger.sqlite\n');
  assert.ok(!fs.existsSync(absent));
});

test('a password keeps its semicolons, quotes and backslashes', () => {
  const password = 'a ;b "c" \\d\'e =f';
  bases.my.sql(`CREATE USER gardien IDENTIFIED BY '${password.replace(/['\\]/g, '\\$&')}'`);
  bases.my.sql('GRANT SELECT ON etranger.* TO gardien');
  const section = (word) => `[a]\ndriver=mysql\nmysql_unix_socket=${mariadb.socket}\nusername=gardien\npassword=${word}\ndbname=etranger\n`;
  const done = server.ctl(['load', 'countries', ...options('a', countries(), file('essai.ini', section(password), 0o600)), '--dry-run'], { status: null });
  assert.equal(done.status, 0, done.stderr);
  refused(/La connexion n’a pas été établie\u00a0: 1045/, 'a', countries(), file('essai.ini', section('faux'), 0o600));
});

test('a driver that is not installed is named with its package', { skip: fs.existsSync('/usr/lib/x86_64-linux-gnu/dbd/libdbdfreetds.so') }, () => {
  const from = file('essai.ini', '[a]\ndriver=freetds\nhost=academie\n', 0o600);
  refused(/dans le paquet libdbd-freetds\. Pilotes installés\u00a0: .*sqlite3/, 'a', countries(), from);
});

test('tables and columns of a mapping are there, and names', () => {
  for (const name of Object.keys(bases)) {
    refused(/La table «\u00a0absente\u00a0» n’existe pas ou n’est pas lisible \(code \w+\)/, name, countries({ table: 'absente' }));
    refused(/La colonne «\u00a0absente\u00a0» n’existe pas ou n’est pas lisible \(code \w+\)/, name, countries({ nom: 'absente' }));
    refused(/La colonne «\u00a0absente\u00a0» n’existe pas/, name, countries({ key: 'absente' }));
  }
  for (const bad of ['a"b', 'a]b', 'a b', 'a;b', 'é', '1a', 'a.b.c.d', 'a..b', 'x'.repeat(64)])
    refused(/n’est pas un nom de table ou de colonne/, 'lite', countries({ table: bad }));
  refused(/n’est pas un nom de table ou de colonne/, 'lite', countries({ nom: 'upper(libelle)' }));
  refused(/«\u00a0prix\u00a0» n’est pas une colonne de ce chargement\. Il y a\u00a0: code, bcn/, 'lite', countries({ prix: 'libelle' }));
  refused(/Il manque dans la correspondance\u00a0: nom\./, 'lite', countries({ nom: undefined }));
  refused(/Il manque «\u00a0key\u00a0»/, 'lite', countries({ key: undefined }));
  refused(/Il manque «\u00a0table\u00a0»/, 'lite', countries({ table: undefined }));
  refused(/it has no section for countries/, 'lite', mapping({ units: { table: 'x' } }));
  for (const args of [
    ['--from', 'lite'],
    ['x.csv', ...options('lite', countries())],
    ['--mapping', countries(), 'x.csv'],
  ])
    assert.equal(server.ctl(['load', 'countries', ...args], { status: null }).status, 2);
});

test('standard output is the answer alone, even where a library prints', () => {
  const noisy = [preload, path.join(build, 'tests/noisy_dbi.so')].filter(Boolean).join(':');
  const args = ['load', 'countries', ...options('lite', countries()), '--dry-run', '--json'];
  const done = server.ctl(args, { env: { LD_PRELOAD: noisy, ASAN_OPTIONS: 'detect_leaks=0' } });
  assert.equal(JSON.parse(done.stdout).counts.unchanged, 2);
  assert.equal(done.stderr, '');
});

// ---------------------------------------------------------------- cut in the middle

/** A load of a table that is long enough to wait with most rows unread, since nobody reads what it says: { finish }. */
async function waiting(name) {
  const args = ['-d', server.database, 'load', 'countries', ...options(name, countries({ table: 'tous' })), '--json'];
  const child = spawn(path.join(server.state, 'app/inscrinetctl'), args, { ...asServer, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '',
    answer = '';
  child.stderr.on('data', (data) => (said += data));
  await once(child.stdout, 'readable');
  return {
    async finish() {
      child.stdout.on('data', (data) => (answer += data));
      const [status] = await once(child, 'close');
      assert.equal(status, 1);
      assert.equal(said.trim().split('\n').length, 1, said);
      const told = JSON.parse(answer);
      assert.equal(told.applied, false);
      nothingLoaded();
      return { said, counts: told.counts };
    },
  };
}

/** Ends the sessions of a base but one's own, and waits until they are gone. */
const cut = {
  async pg() {
    const others = `FROM pg_stat_activity WHERE datname = '${database}' AND backend_type = 'client backend'`;
    assert.equal(psql(`SELECT count(pg_terminate_backend(pid)) ${others}`, 'postgres'), '1');
    await until('the session to end', () => psql(`SELECT count(*) ${others}`, 'postgres') === '0');
  },
  async my() {
    const id = mariadb.sql("SELECT id FROM information_schema.processlist WHERE db = 'etranger'");
    assert.match(id, /^\d+$/);
    mariadb.sql(`KILL ${id}`);
    await until('the session to end', () => mariadb.sql("SELECT count(*) FROM information_schema.processlist WHERE db = 'etranger'") === '0');
  },
};

for (const name of ['pg', 'my']) {
  test(`what others write while a table is read is no part of it: ${name}`, async () => {
    bases[name].sql('CREATE TABLE grand AS SELECT * FROM beaucoup');
    for (let i = 1; i < 8; i++) bases[name].sql(`INSERT INTO grand (id, texte, cog, libelle) SELECT id + ${i * 4321}, texte, cog, libelle FROM beaucoup`);
    bases[name].sql("CREATE VIEW tous AS SELECT id, CASE WHEN id = 1 THEN '99870' ELSE cog END AS cog, libelle FROM grand");
    const load = await waiting(name);
    bases[name].sql("INSERT INTO grand (id, cog, libelle) VALUES (1000000, 'x', 'y')");
    bases[name].sql('DELETE FROM grand WHERE id = 30000');
    const { said, counts } = await load.finish();
    assert.match(said, /nothing was loaded: 34567 rows are refused/);
    assert.equal(counts.new + counts.refused, 8 * 4321);
  });

  test(`a connection that is cut while it is read loads nothing: ${name}`, async () => {
    const load = await waiting(name);
    await cut[name]();
    const { said, counts } = await load.finish();
    assert.match(said, /nothing was loaded: \w+ : La connexion à la base est perdue\.\n$/);
    assert.ok(counts.new === 1 && counts.refused > 1000 && counts.refused < 8 * 4321 - 2000, JSON.stringify(counts));
    assert.equal(server.query("SELECT count(*) FROM country WHERE code = '99870'"), '0');
  });
}

// ---------------------------------------------------------------- filling

const columns = ['numero', 'nom', 'naissance'];
const out = (more = {}) => mapping({ candidates: { table: 'sortie', numero: 'num', nom: 'nom', naissance: 'ne', ...more } });
const lines = (rows) => [columns, ...rows].map((row) => row.map((cell) => cell ?? '\\N').join('\t') + '\n').join('');
const writer = (name, map, ...more) => [path.join(build, 'tests/foreign_writer'), [connections, name, map, 'candidates', ...more]];
const fill = (name, map, rows, ...more) => run(...writer(name, map, ...more), { input: lines(rows), status: null });
const sortie = (name) => bases[name].sql('SELECT count(*) FROM sortie');

test('rows are written as they are, and read back the same', () => {
  create('CREATE TABLE sortie (num bigint PRIMARY KEY, nom varchar(40), ne date)');
  const names = ["O'BRIEN \\ ; -- %s {rows} {table}", 'é€ 😀 Œ', 'a"b`c[d]', null, "'); DELETE FROM sortie; --", 'NULL', ''];
  const rows = names.map((name, i) => [String(9007199254740993n + BigInt(i)), name, i % 2 ? null : '1899-12-31']);
  for (const name of Object.keys(bases)) {
    const done = fill(name, out(), rows);
    assert.equal(done.status, 0, done.stderr);
    assert.match(done.stdout, /^7 rows/);
    const back = load('countries', name, countries({ table: 'sortie', key: 'num', code: 'nom', nom: 'ne' }), '--dry-run');
    assert.deepEqual(
      back.rows.map((row) => row.value),
      names.map((one) => one || undefined),
      name,
    );
    const dates = load('countries', name, countries({ table: 'sortie', key: 'num', code: 'ne', nom: 'nom' }), '--dry-run');
    assert.deepEqual(
      dates.rows.map((row) => row.value),
      rows.map(([, , date]) => date ?? undefined),
    );
  }
});

test('candidates are unloaded into their tables, and stand there as in the files', () => {
  const map = mapping({
    candidates: { table: 'candidat', key: 'num', examen: 'exam', numero: 'num', nom_naissance: 'nom', prenom_1: 'prenom', date_naissance: 'ne' },
  });
  const folder = path.join(server.state, 'base/candidats');
  for (const name of Object.keys(bases)) {
    bases[name].sql('CREATE TABLE candidat (exam varchar(5), num bigint, nom varchar(80), prenom varchar(80), ne date)');
    const unload = (...more) => {
      fs.rmSync(folder, { recursive: true, force: true });
      return server.ctl(['unload', 'candidates', folder, '--to', name, ...options(name, map).slice(2), ...more, '--json'], { status: null });
    };
    const done = unload();
    assert.equal(done.status, 0, done.stderr);
    const [head, ...lines] = fs.readFileSync(path.join(folder, 'candidates.csv'), 'utf8').trim().split('\r\n');
    const places = ['examen', 'numero', 'nom_naissance', 'prenom_1', 'date_naissance'].map((one) => head.split(';').indexOf(one));
    const wanted = lines.map((line) => places.map((place) => line.split(';')[place]).join(' ')).sort();
    const stored = bases[name]
      .sql('SELECT exam, num, nom, prenom, ne FROM candidat')
      .split('\n')
      .map((line) => line.split(/[|\t]/).join(' '))
      .sort();
    assert.ok(wanted.length >= 40 && JSON.parse(done.stdout).rows === wanted.length);
    assert.deepEqual(name === 'pg' ? stored.map((line) => line.replace(/(\d\d)\.(\d\d)\.(\d{4})$/, '$3-$2-$1')) : stored, wanted, name);
    const again = unload();
    assert.match(again.stderr, /La table «\u00a0candidat\u00a0» n’est pas vide/);
    assert.ok(!fs.existsSync(folder), 'nor is there a folder');
    assert.equal(unload('--replace').status, 0);
    assert.equal(bases[name].sql('SELECT count(*) FROM candidat'), String(wanted.length));
  }
  for (const more of [['--since-last'], ['--since', '1']])
    assert.equal(server.ctl(['unload', 'candidates', folder, '--to', 'lite', ...options('lite', map).slice(2), ...more], { status: null }).status, 2);
  assert.equal(server.query('SELECT locked FROM base_lock'), '0');
});

test('a table that holds something is only replaced where that is asked for', () => {
  for (const name of Object.keys(bases)) {
    const done = fill(name, out(), [['1', 'x', null]]);
    assert.equal(done.status, 1);
    assert.match(done.stderr, /La table «\u00a0sortie\u00a0» n’est pas vide \(7 lignes\)/);
    assert.equal(sortie(name), '7');
    assert.equal(fill(name, out(), [['1', 'x', null]], 'replace').status, 0);
    assert.equal(sortie(name), '1');
  }
});

test('a row that they refuse rolls all of it back, and no value of it is told', () => {
  const many = (last) => [...Array.from({ length: 1300 }, (_, i) => [String(i), 'DUPONT', null]), last];
  for (const name of Object.keys(bases)) {
    for (const last of [
      ['7', 'SECRET', null],
      ...(name === 'lite'
        ? []
        : [
            ['9999', 'SECRET'.repeat(20), null],
            ['9999', 'x', 'SECRET'],
          ]),
    ]) {
      const done = fill(name, out(), many(last), 'replace');
      assert.equal(done.status, 1);
      assert.match(done.stderr, /^\w+ : L’écriture dans «\u00a0sortie\u00a0» a été refusée \(code \w+\)\u00a0: rien n’y a été changé\.\n$/);
      assert.doesNotMatch(done.stderr + done.stdout, /SECRET/);
      assert.equal(sortie(name), '1');
    }
    const sign = fill(name, out(), many(['9999', 'a\u001ab', null]), 'replace');
    assert.match(sign.stderr, /Ligne 1301\u00a0: la colonne «\u00a0nom\u00a0» contient un signe/);
    assert.match(fill(name, out({ nom: 'absente' }), [], 'replace').stderr, /La colonne «\u00a0absente\u00a0» n’existe pas/);
    assert.match(fill(name, out({ table: 'absente' }), []).stderr, /La table «\u00a0absente\u00a0» n’existe pas/);
    assert.match(fill(name, out({ prix: 'nom' }), []).stderr, /«\u00a0prix\u00a0» n’est pas une colonne de ce déchargement/);
    assert.equal(sortie(name), '1');
  }
});

test('a table that knows no transactions takes nothing', () => {
  bases.my.sql('CREATE TABLE sans (num bigint, nom varchar(40), ne date) ENGINE = MyISAM');
  assert.match(fill('my', out({ table: 'sans' }), [['1', 'x', null]]).stderr, /ne connaît pas les transactions/);
  assert.match(fill('my', out({ table: 'etranger.sans' }), [['1', 'x', null]]).stderr, /ne connaît pas les transactions/);
  assert.equal(bases.my.sql('SELECT count(*) FROM sans'), '0');
});

test('rows that their base leaves out or adds by itself are found by counting', () => {
  psql('CREATE RULE une AS ON INSERT TO sortie WHERE new.num > 5 DO INSTEAD NOTHING');
  const done = fill(
    'pg',
    out(),
    Array.from({ length: 10 }, (_, i) => [String(i), 'x', null]),
    'replace',
  );
  psql('DROP RULE une ON sortie');
  assert.equal(done.status, 1);
  assert.match(done.stderr, /n’a pas les lignes attendues \(6 \/ 10\)\. Vérifiez/);
});

for (const name of Object.keys({ pg: 0, my: 0, lite: 0 }))
  test(`a connection that is cut while it is written to leaves the table as it was: ${name}`, async () => {
    const before = sortie(name);
    const [program, args] = writer(name, out(), 'replace');
    /* not innodb_trx: it is only refreshed when nobody has looked for a tenth of a second */
    const inserts = () => Number(mariadb.sql("SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'COM_INSERT'")),
      earlier = inserts();
    const child = spawn(program, args, { ...asServer, stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (data) => (said += data));
    child.stdin.on('error', () => {});
    const rows = Array.from({ length: 2200 }, (_, i) => [String(100 + i), 'x', null]);
    child.stdin.write(lines(rows.slice(0, 1100)));
    const busy = {
      pg: () =>
        psql(`SELECT count(*) FROM pg_stat_activity WHERE datname = '${database}' AND state = 'idle in transaction' AND query LIKE 'INSERT%'`, 'postgres') ===
        '1',
      my: () => inserts() >= earlier + 2,
      lite: () => fs.existsSync(`${lite}-journal`),
    };
    await until('rows to be written', busy[name]).catch((error) => {
      child.kill('SIGKILL');
      throw error;
    });
    if (name === 'lite') child.kill('SIGKILL');
    else await cut[name]();
    child.stdin.end(lines(rows.slice(1100)).split('\n').slice(1).join('\n'));
    const [status] = await once(child, 'close');
    assert.notEqual(status, 0);
    if (name !== 'lite') assert.match(said, /^\w+ : La connexion à la base est perdue\.\n$/);
    assert.equal(sortie(name), before);
  });

// ---------------------------------------------------------------- memory

/** The most memory that a command has taken, in kB, seen while what it prints is read. */
async function peak(args) {
  const child = spawn(path.join(server.state, 'app/inscrinetctl'), ['-d', server.database, ...args], { ...asServer, stdio: ['ignore', 'pipe', 'ignore'] });
  let most = 0;
  child.stdout.on('data', () => {
    const status = fs.existsSync(`/proc/${child.pid}/status`) ? fs.readFileSync(`/proc/${child.pid}/status`, 'utf8') : '';
    most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
  });
  await once(child, 'close');
  return most;
}

test('ten times the rows take no more memory, read or written', { skip: build.includes('asan') && 'the sanitizers take memory of their own' }, async () => {
  const rows = (count) => Array.from({ length: count }, (_, i) => [String(i), `CANDIDAT ${i}`, '2008-01-31']);
  const small = 10000,
    large = 100000;
  psql(
    `CREATE TABLE grande AS SELECT i AS id, 'x' AS cog, 'Pays ' || i AS libelle FROM generate_series(1, ${large}) i; ALTER TABLE grande ADD PRIMARY KEY (id)`,
  );
  psql(`CREATE VIEW petite AS SELECT * FROM grande WHERE id <= ${small}`);
  const read = (table) => peak(['load', 'countries', ...options('pg', countries({ table })), '--dry-run']);
  const write = (count) => Number(/, (\d+) kB/.exec(fill('pg', out(), rows(count), 'replace').stdout)[1]);
  for (const [what, less, more] of [
    ['read', await read('petite'), await read('grande')],
    ['write', write(small), write(large)],
  ]) {
    assert.ok(less > 5000 && more <= less * 1.2, `${what}: ${less} kB, then ${more} kB`);
    assert.ok(more < 30 * 1024, `${what}: ${more} kB`);
  }
});
