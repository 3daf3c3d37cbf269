// SPDX-License-Identifier: Apache-2.0
//
// A server that can't work doesn't start, and says why in one line that tells how to mend it: httpd's configuration test
// looks at base, schema, templates, fonts and mutex as well as at the directives.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { Server, base, build, until } from '../lib/server.mjs';
import { loginHead } from '../lib/walk.mjs';

const servers = [];
async function make(options) {
  const server = await Server.make({ establishments: 4, candidates: 0, ...options });
  servers.push(server);
  return server;
}

let server; /* made right; each test breaks it, looks, and mends it */
before(async () => {
  server = await make();
});
after(async () => {
  for (const one of servers) await one.stop();
});

const right = () => {
  const { status, stderr } = server.configtest();
  assert.equal(status, 0, stderr);
  assert.match(stderr, /Syntax OK/);
};

/** The configuration test fails with one line of ours, no crash; gives the line. */
function wrong(of = server) {
  const { status, signal, stderr } = of.configtest();
  assert.equal(signal, null, stderr);
  assert.ok(status > 0, stderr);
  const lines = stderr.split('\n').filter((line) => /INS\d{3}:/.test(line) && !/:warn\]/.test(line));
  assert.equal(lines.length, 1, stderr);
  assert.doesNotMatch(stderr, /Syntax OK/);
  return lines[0];
}

/** Break a file of the server's for a moment. */
function withFile(file, bytes, look) {
  const kept = fs.readFileSync(file);
  if (bytes === null) fs.rmSync(file);
  else fs.writeFileSync(file, bytes);
  try {
    return look();
  } finally {
    fs.writeFileSync(file, kept);
    server.give();
  }
}

const app = (...parts) => path.join(server.state, 'app', ...parts);
const fonts = () => fs.readdirSync(app('fonts')).filter((name) => name.endsWith('.ttf'));

// ---------------------------------------------------------------- libharu

test('another libharu than the one that was compiled for, whose records would be others, is refused', async () => {
  const one = await make();
  right();
  one.configure({ preload: [path.join(build, 'tests/other_libharu.so')] });
  assert.match(wrong(one), /INS014: libharu is 9\.9\.9, and inscrinet was compiled for \d+\.\d+\.\d+, whose records are others: compile it anew/);
});

// ---------------------------------------------------------------- base

test('what is right passes', () => {
  right();
});

test('no base', async () => {
  const one = await make();
  if (base === 'pgsql') {
    one.database = `${one.database}_nulle_part`;
    one.configure();
    assert.match(wrong(one), /INS007: InscrinetDatabase: .*_nulle_part/);
    one.database = 'pgsql:host=/nulle/part dbname=x';
    one.configure();
    assert.match(wrong(one), /INS007: InscrinetDatabase: /);
  } else {
    fs.rmSync(one.file);
    assert.match(wrong(one), new RegExp(`INS001: InscrinetDatabase: there is no base ${one.file}; make it with: inscrinetctl -d sqlite3:${one.file} init`));
    assert.equal(fs.existsSync(one.file), false, 'the test makes none');
    fs.mkdirSync(one.file);
    assert.match(wrong(one), /INS001: /);
    fs.rmdirSync(one.file);
    fs.writeFileSync(one.file, "ceci n'est pas une base ".repeat(100));
    assert.match(wrong(one), /INS00[27]: InscrinetDatabase: /);
  }
});

test('a base without schema', async () => {
  const one = await make({ empty: true });
  if (base === 'sqlite') fs.writeFileSync(one.file, '');
  assert.match(wrong(one), /INS003: InscrinetDatabase: the base has no schema; make it with: inscrinetctl -d (sqlite3|pgsql):.+ init/);
});

test('a schema of a newer release, and of an older one', () => {
  const latest = Number(server.query('SELECT max(version) FROM schema_migration'));
  server.query(`UPDATE schema_migration SET version = 999 WHERE version = ${latest}`);
  try {
    assert.match(
      wrong(),
      new RegExp(`INS005: InscrinetDatabase: the base's schema is 999, newer than the ${latest} this module knows: install the newer module`),
    );
  } finally {
    server.query(`UPDATE schema_migration SET version = ${latest} WHERE version = 999`);
  }
  server.query('CREATE TABLE kept AS SELECT * FROM schema_migration');
  server.query(`DELETE FROM schema_migration WHERE version = ${latest}`);
  try {
    assert.match(wrong(), /INS00(3|4): InscrinetDatabase: .*: inscrinetctl -d (sqlite3|pgsql):.+ (init|migrate)/);
  } finally {
    server.query(`INSERT INTO schema_migration SELECT * FROM kept WHERE version = ${latest}`);
    server.query('DROP TABLE kept');
  }
  right();
});

// ---------------------------------------------------------------- templates and fonts

test('a template that is broken: file and line', () => {
  const list = app('templates/list.mustache'),
    source = fs.readFileSync(list, 'utf8'),
    lines = source.split('\n').length;
  for (const [text, line] of [
    [`${source}{{#ouvert}}\n`, lines],
    [`{{/jamais}}\n${source}`, 1],
    [`${source}{{> nulle_part}}\n`, lines],
    [`${source}\n{{`, lines + 1],
    [`\n{{=}}\n${source}`, 2],
    [Buffer.concat([Buffer.from(`${source}`), Buffer.from([0xe9, 10])]), lines],
  ])
    assert.match(withFile(list, text, wrong), new RegExp(`INS008: InscrinetTemplates: ${list}:${line}: .{3,}`), String(text).slice(-40));
  right();
});

test('a template or its folder is missing', () => {
  for (const name of fs.readdirSync(app('templates')))
    assert.match(withFile(app('templates', name), null, wrong), new RegExp(`INS008: InscrinetTemplates: .*${path.basename(name, '.mustache')}`), name);
  fs.renameSync(app('templates'), app('elsewhere'));
  try {
    assert.match(wrong(), new RegExp(`INS008: InscrinetTemplates: .*${app('templates')}`));
    fs.mkdirSync(app('templates'));
    assert.match(wrong(), /INS008: InscrinetTemplates: /, 'an empty folder');
    fs.rmdirSync(app('templates'));
  } finally {
    fs.renameSync(app('elsewhere'), app('templates'));
  }
  right();
});

test('a font is missing, or is none', () => {
  assert.ok(fonts().length >= 2);
  for (const name of fonts()) {
    const file = app('fonts', name),
      bytes = fs.readFileSync(file);
    assert.match(withFile(file, null, wrong), new RegExp(`INS009: InscrinetFonts: .*${name}`));
    for (const [what, content] of [
      ['empty', ''],
      ['text', "ceci n'est pas une police\n".repeat(200)],
      ['cut', bytes.subarray(0, bytes.length / 2)],
      ['cut early', bytes.subarray(0, 200)],
      ['overwritten', Buffer.concat([bytes.subarray(0, 12), Buffer.alloc(bytes.length - 12, 0xff)])],
      ['another kind', Buffer.concat([Buffer.from('OTTO'), bytes.subarray(4)])],
    ])
      assert.match(withFile(file, content, wrong), new RegExp(`INS009: InscrinetFonts: .*${name}`), what);
  }
  fs.renameSync(app('fonts'), app('elsewhere'));
  try {
    assert.match(wrong(), new RegExp(`INS009: InscrinetFonts: .*${app('fonts')}`));
  } finally {
    fs.renameSync(app('elsewhere'), app('fonts'));
  }
  right();
});

// ---------------------------------------------------------------- httpd's configuration

test('a mutex that would stay locked behind a killed process', () => {
  server.configure({ global: 'Mutex posixsem inscrinet-writer\n' });
  assert.match(wrong(), /INS010: Mutex: .*write: Mutex fcntl inscrinet-writer/);
  for (const kind of ['fcntl', 'flock', 'pthread', 'sysvsem']) {
    server.configure({ global: `Mutex ${kind}${/f/.test(kind) ? `:${server.state}/runtime` : ''} inscrinet-writer\n` });
    right();
  }
  server.configure();
});

test('directives that say nothing sensible are told by their name', () => {
  const cases = [
    ['InscrinetDatabase mysql:x', /InscrinetDatabase: a base is named sqlite3:FILE or "pgsql:CONNINFO"/],
    ['InscrinetDatabase sqlite3:base.sqlite', /InscrinetDatabase: sqlite3: wants the absolute path/],
    ['InscrinetDatabase pgsql:', /InscrinetDatabase: a base is named/],
    ['InscrinetDatabase', /InscrinetDatabase takes one argument/],
    ['InscrinetMount etablissements /x/', /InscrinetMount: no service etablissements \(accueil, .*sante\)/],
    ['InscrinetMount etablissement x/', /InscrinetMount: a path begins and ends with \//],
    ['InscrinetMount etablissement /x', /InscrinetMount: a path begins and ends with \//],
    ['InscrinetMount sante sante', /InscrinetMount: a path/],
    ['InscrinetMount /x/', /InscrinetMount takes two arguments/],
    ...['Idle', 'Max'].flatMap((name) =>
      ['59', '604801', '-1', '60x', 'x', '99999999999999999999', '1800.5'].map((value) => [
        `InscrinetSession${name} ${value}`,
        new RegExp(`InscrinetSession${name}: seconds, from 60 to 604800`),
      ]),
    ),
    ...['School 0', 'School -1', 'School 20x', 'Session 1000001', 'Session x', 'Session 20.5', 'Address 0', 'Address 99999999999999999999'].map((said) => [
      `InscrinetDraftsPer${said}`,
      new RegExp(`InscrinetDraftsPer${said.split(' ')[0]}: a number of drafts, from 1 to 1000000`),
    ]),
    ['InscrinetSecureCookies peut-être', /InscrinetSecureCookies must be On or Off/],
    ['InscrinetDefaultPassword hasard', /InscrinetDefaultPassword: code or off/],
    ['InscrinetAssets assets', /InscrinetAssets: a path begins and ends with \//],
    ['InscrinetAssets /assets', /InscrinetAssets: a path begins and ends with \//],
    ['InscrinetTemplates', /InscrinetTemplates takes one argument/],
    ['InscrinetFonts', /InscrinetFonts takes one argument/],
    ['<Location "/x/">\nInscrinetSessionIdle 600\n</Location>', /InscrinetSessionIdle not allowed/],
    ['<Location "/x/">\nRequire inscrinet-establishment chef\n</Location>', /nothing may follow it/],
    ['<Location "/x/">\nRequire inscrinet-nobody\n</Location>', /inscrinet-nobody/],
  ];
  for (const [extra, wanted] of cases) {
    server.configure({ extra: `${extra}\n` });
    const { status, signal, stderr } = server.configtest();
    assert.equal(signal, null, extra);
    assert.ok(status > 0, `${extra}: ${stderr}`);
    assert.match(stderr, wanted, extra);
    assert.match(stderr, /(line|on line) \d+ of /, `${extra}: where it stands`);
  }
  for (const extra of [
    'InscrinetSessionIdle 60',
    'InscrinetSessionMax 604800',
    'InscrinetDraftsPerSchool 1',
    'InscrinetDraftsPerAddress 1000000',
    'InscrinetDefaultPassword off',
    'InscrinetSecureCookies On',
    'InscrinetMount etablissement /suivi/',
  ]) {
    server.configure({ extra: `${extra}\n` });
    right();
  }
  server.configure({ extra: 'InscrinetMount etablissement /inscription-etablissement/\n' });
  assert.match(server.configtest().stderr, /INS012: InscrinetMount: two services at \/inscription-etablissement\/; give each a path of its own/);
  server.configure();
});

test("mod_dbd is named where it isn't loaded", () => {
  const conf = fs.readFileSync(server.conf, 'utf8');
  fs.writeFileSync(server.conf, conf.replace(/^LoadModule dbd_module .*\n/m, '').replace(/^ *DBD.*\n/gm, ''));
  const { status, stderr } = server.configtest();
  assert.ok(status > 0);
  assert.match(stderr, /InscrinetDatabase needs mod_dbd: load it first/);
  server.configure();
  right();
});

test('a host without a base is no fault until it is asked', async () => {
  const one = await make();
  one.configure({
    global:
      `<VirtualHost 127.0.0.1:${one.port}>\nServerName vide.test\n` +
      '<Location "/">\nSetHandler inscrinet-home\nRequire all granted\n</Location>\n</VirtualHost>\n',
  });
  await one.launch();
  assert.equal((await new Browser(one.url).get('/')).status, 200);
  assert.equal((await new Browser(one.url, { host: 'vide.test' }).get('/')).status, 500);
  assert.match(one.errorLog(), /INS030: inscrinet-home needs InscrinetDatabase in this virtual host/);
});

// ---------------------------------------------------------------- at run time

const complaints = (of) =>
  of
    .errorLog()
    .split('\n')
    .filter((line) => /:(error|crit|alert|emerg)\]/.test(line))
    .filter((line) => !/AH10159|AH03093/.test(line)); /* the private server is small; httpd may restart just when a connection is to be kept */

test('a server that starts all right, serves and restarts has nothing to complain of', async () => {
  const one = await make();
  await one.launch();
  const head = await loginHead(one);
  assert.equal((await head.get('/etablissement/bcp/candidats')).status, 200);
  assert.equal((await head.get('/inconnue')).status, 404);
  const before = one.children();
  one.process.kill('SIGUSR1');
  await until('the new processes', () => {
    const now = one.children();
    return now.length > 0 && now.every((pid) => !before.includes(pid));
  });
  assert.equal((await head.get('/etablissement/bcp/candidats')).status, 200, 'the session goes on');
  await one.process.kill('SIGTERM');
  await one.exited;
  assert.deepEqual(complaints(one), []);
});

test('the module is built with what keeps attackers out', () => {
  const { stdout } = spawnSync('readelf', ['-dW', path.join(build, 'mod_inscrinet.so')], { encoding: 'utf8' });
  assert.match(stdout, /BIND_NOW|FLAGS.*NOW/);
});
