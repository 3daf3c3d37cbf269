// SPDX-License-Identifier: Apache-2.0
//
// A base is backed up and restored while a server is at work with it: what connected people meet, what comes back, what
// is never given again, and what an operator reads of files that are no backup.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { former, putBack } from '../lib/former.mjs';
import { hold } from '../lib/hold.mjs';
import { Server, asServer, base, run, until } from '../lib/server.mjs';
import { loginHead, loginPupils, register } from '../lib/walk.mjs';

let server;
before(async () => {
  server = await Server.start({ candidates: 0, establishments: 5 });
});
after(async () => {
  await server?.stop();
});

const at = (name) => path.join(server.state, 'base', name);
const ctl = (...args) => server.ctl(args, { status: null });
const done = (...args) => {
  const ended = ctl(...args);
  assert.equal(ended.status, 0, ended.stderr);
  assert.equal(ended.stderr, '');
  return ended.stdout;
};
const refused = (words, ...args) => {
  const ended = ctl(...args);
  assert.equal(ended.status, 1, `${args}: ${ended.stdout}`);
  assert.equal(ended.stdout, '');
  assert.equal(ended.stderr.trim().split('\n').length, 1, ended.stderr);
  assert.match(ended.stderr, words);
};
/** A command that goes on beside the test. */
function ended(command, args, input = '') {
  const child = spawn(command, args, { ...asServer }),
    said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].on('data', (part) => (said[name] += part));
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, ...said })));
}
const number = (text) => Number(server.query(text));
const lastGiven = (table) => number(base === 'pgsql' ? `SELECT last_value FROM ${table}_id_seq` : `SELECT seq FROM sqlite_sequence WHERE name = '${table}'`);
const numbers = () => server.query("SELECT number FROM registration WHERE exam = 'BCP' ORDER BY number").split('\n').map(Number);
const files = () => fs.readdirSync(path.join(server.state, 'base')).sort();
const noHalves = () =>
  assert.deepEqual(
    files().filter((name) => /part/.test(name)),
    [],
  );
const forenames = ['Ada', 'Berthe', 'Chloé', 'Denise', 'Éva', 'Fanny', 'Gisèle'];
async function registerOne(which) {
  const page = await register(await loginPupils(server), { identite: { 'Prénom 1': forenames[which] } });
  assert.equal(page.h1, 'Inscription enregistrée');
  return page;
}

test('three registrations, a backup, three more, a restore: the next one gets number 7', async () => {
  for (const which of [0, 1, 2]) await registerOne(which);
  const said = done('backup', at('trois'));
  const [, head] = /audit trail up to ([0-9a-f]{64})\n/.exec(said);
  assert.equal(fs.statSync(at('trois')).mode & 0o777, 0o600);
  noHalves();
  for (const which of [3, 4, 5]) await registerOne(which);
  server.query(`UPDATE registration SET revision = 2, changed = changed + 5 WHERE exam = 'BCP' AND number = 2`);

  const school = await loginHead(server),
    visitor = new Browser(server.url);
  assert.equal((await school.get('/etablissement/bcp/candidats')).status, 200);
  const epoch = number('SELECT max(epoch) FROM account'),
    sessions = lastGiven('session'),
    drafts = lastGiven('draft'),
    since = ctl('restore', at('trois'));
  assert.deepEqual([since.status, since.stderr], [0, '']);
  const [, list] = /^lost since: 3 registrations made, 1 changed: (.*)$/m.exec(since.stdout);
  assert.match(since.stdout, new RegExp(`audit trail up to ${head}\n`));

  const gone = await school.get('/etablissement/bcp/candidats');
  assert.deepEqual([gone.status, gone.location], [303, '/etablissement/connexion'], 'logins are gone');
  for (const address of ['/', '/inscription/', '/inscription-etablissement/', '/etablissement/', '/sante', '/aide'])
    assert.equal((await visitor.go(address)).status, 200, address);
  assert.deepEqual(numbers(), [1, 2, 3]);
  const after7 = await registerOne(6);
  assert.match(after7.text, /Numéro d.inscription : 7-0/);
  assert.deepEqual(numbers(), [1, 2, 3, 7]);

  assert.equal(number("SELECT revision FROM registration WHERE exam = 'BCP' AND number = 2"), 3, 'a paper of 2-2 is out of date');
  assert.ok(number('SELECT min(epoch) FROM account') > epoch, 'no password is known of before');
  assert.ok(number('SELECT min(id) FROM session') > sessions, 'sessions are others');
  const pupils = await loginPupils(server);
  await pupils.press(await pupils.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription');
  assert.ok(number('SELECT max(id) FROM draft') > drafts, 'and so are drafts');

  assert.equal(fs.statSync(list).mode & 0o777, 0o600);
  const lines = fs.readFileSync(list, 'utf8').trim().split('\n');
  assert.match(lines[0], /^what;exam;session;number;revision;restored;/);
  assert.deepEqual(
    lines.slice(1).map((line) => [0, 1, 3, 4, 5].map((cell) => line.split(';')[cell]).join(' ')),
    ['changed BCP 2 2 0', 'made BCP 4 0 ', 'made BCP 5 0 ', 'made BCP 6 0 '],
  );
  assert.match(lines[2], /- DENISE/);
  assert.match(lines[2], new RegExp(`;${server.account('inscription-etablissement', 'open').login};`));
  assert.doesNotMatch(server.accessLog(), /" 500 /);
  noHalves();
});

test('what processes have kept of the contents before is not of those after, whatever their versions', async () => {
  const called = (name) => done('parameter', 'set', 'academie', name);
  const seen = async (wanted, headers) => {
    for (let i = 0; i < 12; i++) {
      const page = await new Browser(server.url).get('/', { headers });
      assert.equal(page.status, 200);
      assert.match(page.body, new RegExp(wanted));
    }
  };
  called('Académie première');
  done('backup', at('premiere'));
  called('Académie deuxième');
  await seen('Académie deuxième');
  const { headers } = await new Browser(server.url).get('/');
  done('restore', at('premiere'));
  called('Académie troisième'); /* as many changes since the backup as « deuxième » was */
  await seen('Académie troisième', { 'if-none-match': headers.get('etag') });
});

test('a lock that stood stays, with its words; one that stood when the backup was made does not come back', async () => {
  const lock = () => JSON.parse(done('status', '--json')).lock;
  done('lock', '--reason', 'Déchargement');
  done('backup', at('verrouillee'));
  done('unlock');
  done('lock', '--reason', 'Contrôle du recteur', '--until', '+3h');
  const before = lock();
  assert.match(done('restore', at('verrouillee')), /still locked, as it was before/);
  assert.deepEqual(lock(), before);
  done('unlock');
  assert.match(done('restore', at('verrouillee')), /^unlocked$/m);
  assert.equal(lock().locked, false);
  const entries = server.query("SELECT action || ' ' || detail FROM audit_entry WHERE action LIKE 'base.%' ORDER BY id").split('\n');
  assert.match(
    entries.filter((entry) => /^base\.restore/.test(entry)).at(-1),
    /^base\.restore head [0-9a-f]{64} in place of [0-9a-f]{64}; lost: 0 made, 0 changed$/,
  );
  assert.match(done('check'), /audit trail: ok/);
});

test(
  'on PostgreSQL what operators have tied to the tables stays, and whoever waits sees no empty base',
  { skip: base === 'pgsql' ? false : 'SQLite has neither' },
  async () => {
    const tied = () =>
      server.query(
        `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL
         SELECT conrelid::regclass || pg_get_constraintdef(oid) FROM pg_constraint UNION ALL
         SELECT 'grant ' || has_table_privilege('pg_monitor', 'registration', 'SELECT') UNION ALL
         SELECT 'rows ' || count(*) FROM candidats ORDER BY 1`,
      );
    server.query(
      `CREATE VIEW candidats AS SELECT listed_name FROM registration; GRANT SELECT ON registration TO pg_monitor;
       CREATE FUNCTION attendre() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock(7); RETURN NULL; END';
       CREATE TRIGGER attendre AFTER INSERT ON academy EXECUTE FUNCTION attendre()`,
    );
    done('backup', at('liee'));
    const before = tied(),
      inTheMiddle = await hold(server, 'BEGIN; SELECT pg_advisory_xact_lock(7)');
    const restoring = ended(path.join(server.state, 'app/inscrinetctl'), ['-d', server.database, 'restore', at('liee')]);
    await until('the restore in the middle of its rows', () => number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"));
    const waiting = () => number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%FROM academy%'");
    const repeatable = ended(
      'psql',
      ['-X', '-q', '-t', '-A', '-d', server.conninfo],
      'BEGIN ISOLATION LEVEL REPEATABLE READ;\nSELECT count(*) FROM academy;\n',
    );
    await until('a reader that waits', waiting);
    const page = new Browser(server.url).get('/');
    await inTheMiddle.release();
    const [restored, read, { status }] = await Promise.all([restoring, repeatable, page]);
    assert.deepEqual([restored.status, restored.stderr], [0, '']);
    assert.match(read.stderr, /canceling statement/);
    assert.equal(read.stdout.trim(), '', 'never an empty table');
    assert.equal(status, 200);
    assert.equal(tied(), before);
    server.query('DROP TRIGGER attendre ON academy; DROP VIEW candidats');
  },
);

test(
  "PostgreSQL's tools are told the password where nobody else reads it, and what they say is told in one line",
  { skip: base === 'pgsql' ? false : 'SQLite has no tools' },
  () => {
    const feint = at('feinte');
    fs.mkdirSync(feint);
    fs.writeFileSync(
      path.join(feint, 'pg_dump'),
      [
        '#!/bin/sh',
        `echo "$PGPASSWORD $PGDATABASE" > ${feint}/environment`,
        `echo "$@" > ${feint}/arguments`,
        "printf 'pg_dump: error: feinte\\nde plus\\n' >&2",
        'exit 1\n',
      ].join('\n'),
      { mode: 0o755 },
    );
    server.give();
    const dump = (folders) =>
      run(path.join(server.state, 'app/inscrinetctl'), ['backup', at('x')], {
        status: null,
        env: { INSCRINET_DATABASE: `${server.database} password=tres-secret`, PATH: folders },
      });
    const failed = dump(`${feint}:${process.env.PATH}`);
    assert.deepEqual(
      [failed.status, failed.stdout, failed.stderr],
      [1, '', 'inscrinetctl: copying the base: not allowed, or no room (pg_dump: error: feinte)\n'],
    );
    assert.match(fs.readFileSync(path.join(feint, 'environment'), 'utf8'), /^tres-secret t\d+_\d+\n$/);
    assert.doesNotMatch(fs.readFileSync(path.join(feint, 'arguments'), 'utf8'), /secret/);
    assert.match(dump('/nulle/part').stderr, /pg_dump: .*install the server's own client tools/);
    noHalves();
  },
);

test('the name of a backup: taken, to be replaced, in no folder, the base itself', () => {
  fs.writeFileSync(at('autre'), 'à quelqu’un');
  server.give();
  refused(/autre: there is such a file already; name another one, or give --replace/, 'backup', at('autre'));
  assert.equal(fs.readFileSync(at('autre'), 'utf8'), 'à quelqu’un');
  done('backup', at('autre'), '--replace');
  refused(/autre: there is such a file already/, 'restore', at('trois'), '--list', at('autre'));
  refused(/it can't be written: No such file or directory/, 'backup', at('nulle/part'));
  refused(/: it isn't a file/, 'backup', at('.'), '--replace');
  if (base === 'sqlite') {
    refused(/: it is the base itself/, 'backup', server.file, '--replace');
    refused(/: it is the base itself/, 'restore', server.file);
  }
  for (const words of [['backup'], ['backup', 'a', 'b'], ['backup', 'a', '--x'], ['restore'], ['restore', 'a', '--list']])
    assert.equal(ctl(...words).status, 2);
  assert.equal(JSON.parse(done('status', '--json')).lock.locked, false, 'a restore that was refused leaves no lock');
  noHalves();
});

test('the list of what is lost takes no name that another has, of the same second or whoever made it', () => {
  done('backup', at('seconde'));
  server.query(`UPDATE registration SET revision = revision + 1, changed = changed + 5 WHERE exam = 'BCP' AND number = 3`);
  const taken = [...Array(120).keys()].map((seconds) =>
    at(`seconde.since-${new Date(Date.now() + seconds * 1000).toISOString().replace(/[-:]|\.\d+/g, '')}.csv`),
  );
  for (const name of taken) fs.writeFileSync(name, '');
  server.give();
  const [, list] = /^lost since: 0 registrations made, 1 changed: (.*)$/m.exec(done('restore', at('seconde')));
  assert.ok(taken.includes(list.replace(/-2\.csv$/, '.csv')), list);
  assert.equal(fs.readFileSync(list, 'utf8').trim().split('\n').length, 2);
  for (const name of taken) assert.equal(fs.statSync(name).size, 0, name);
  noHalves();
});

test('what is no backup of ours, or is damaged, changes nothing', () => {
  const whole = fs.readFileSync(at('trois')),
    was = server.query('SELECT count(*) FROM registration');
  const put = (name, bytes) => {
    fs.writeFileSync(at(name), bytes);
    server.give();
    return at(name);
  };
  const holed = Buffer.from(whole);
  holed.fill(0xff, Math.floor(whole.length / 3), Math.floor(whole.length / 2));
  refused(/nulle-part: there is no such file/, 'restore', at('nulle-part'));
  refused(/it is no backup/, 'restore', put('vide', ''));
  refused(/it is no backup/, 'restore', put('texte', 'Numéro;Nom\n1;Martin\n'));
  refused(/it is a backup of a base of .*, and this one is of/, 'restore', put('autre-genre', base === 'pgsql' ? 'SQLite format 3\0x' : 'PGDMP....'));
  refused(/tronque/, 'restore', put('tronque', whole.subarray(0, Math.floor(whole.length / 2))));
  refused(/troue/, 'restore', put('troue', holed));
  assert.equal(server.query('SELECT count(*) FROM registration'), was);
  assert.equal(JSON.parse(done('status', '--json')).lock.locked, false);
  noHalves();
});

test('no room: no file, and the base goes on', () => {
  const limited = (...args) =>
    run('sh', ['-c', 'trap "" XFSZ; ulimit -f 60; exec "$0" "$@"', path.join(server.state, 'app/inscrinetctl'), '-d', server.database, ...args], {
      status: null,
    });
  const full = limited('backup', at('pleine'));
  assert.equal(full.status, 1, full.stdout);
  assert.match(full.stderr, /^inscrinetctl: .*: not allowed, or no room/);
  assert.equal(fs.existsSync(at('pleine')), false);
  if (base === 'sqlite') {
    const was = server.query('SELECT count(*) FROM registration');
    assert.equal(limited('restore', at('trois')).status, 1);
    assert.equal(server.query('SELECT count(*) FROM registration'), was);
  }
  noHalves();
});

test('where the base can no longer tell what it has given, numbers go on after a gap', async () => {
  const other = await Server.make({ candidates: 40, establishments: 4 });
  try {
    const file = path.join(other.state, 'base/quarante'),
      of = (...args) => other.ctl(args, { status: null }),
      next = () => Number(other.query("SELECT next FROM number_counter WHERE exam = 'BCP'"));
    assert.equal(of('backup', file).status, 0);
    const was = next();
    if (base === 'sqlite') {
      const root = Number(other.query("SELECT rootpage FROM sqlite_schema WHERE name = 'registration'")),
        open = fs.openSync(other.file, 'r+');
      fs.writeSync(open, Buffer.alloc(4096, 0xff), 0, 4096, (root - 1) * 4096);
      fs.closeSync(open);
      assert.match(of('restore', file).stderr, /comparing with the backup: the base or a statement is broken/);
    }
    for (const gap of ['0', '-1', 'x', '1000001']) assert.equal(of('restore', file, '--gap', gap).status, 2, gap);
    const restored = of('restore', file, '--gap', '500');
    assert.equal(restored.status, 0, restored.stderr);
    assert.match(restored.stdout, /^lost since: unknown; numbers go on 500 after those of the backup$/m);
    assert.equal(next(), was + 500);
    assert.match(of('check').stdout, /base: ok/);
    assert.equal(other.query('SELECT count(*) FROM registration'), '40');
  } finally {
    await other.stop();
  }
});

test('an earlier schema is backed up as it is and migrated in the copy; a later one is refused', async () => {
  const other = await Server.make({ candidates: 0, establishments: 4 });
  try {
    const known = former('0.3.1'),
      earlier = path.join(other.state, 'base/avant'),
      of = (...args) => other.ctl(args, { status: null });
    putBack(other, '0.3.1');
    const registrations = other.query('SELECT count(*) FROM registration');
    assert.ok(Number(registrations) > 0 && known);
    assert.equal(of('backup', earlier).status, 0);
    assert.match(of('restore', earlier).stderr, /bring it up with: .* migrate/);
    assert.equal(of('migrate').status, 0);
    other.query('DELETE FROM registration_double; DELETE FROM registration_revision; DELETE FROM registration');
    const restored = of('restore', earlier);
    assert.equal(restored.status, 0, restored.stderr);
    assert.match(restored.stdout, new RegExp(`back again: ${registrations} registrations`));
    assert.equal(other.query('SELECT count(*) FROM registration'), registrations);
    assert.equal(other.query('SELECT count(*) FROM session') + other.query('SELECT count(*) FROM outbox'), '00');
    assert.match(of('check').stdout, /base: ok/);

    const later = path.join(other.state, 'base/apres');
    other.query("INSERT INTO schema_migration (version, name, applied) VALUES (999, 'demain', 0)");
    if (base === 'pgsql') run('pg_dump', ['-Fc', '-n', 'public', '-f', later, other.conninfo]);
    else run('sqlite3', [other.file, `.backup ${later}`]);
    assert.match(of('backup', `${later}2`).stderr, /schema is 999, newer than/);
    other.query('DELETE FROM schema_migration WHERE version = 999');
    assert.match(of('restore', later).stderr, /apres: its schema is 999, newer than the \d+ that this command knows/);

    const strange = path.join(other.state, 'base/etrangere');
    if (base === 'pgsql') run('pg_dump', ['-Fc', '-t', 'academy', '-f', strange, other.conninfo]);
    else run('sqlite3', [strange, 'CREATE TABLE t (x)']);
    assert.match(of('restore', strange).stderr, /etrangere: it is a base, but none of these services/);
  } finally {
    await other.stop();
  }
});
