// SPDX-License-Identifier: Apache-2.0
//
// A load that is killed, interrupted, or whose disk is full has happened wholly or not at all, whenever that was: the base
// is intact, the next load takes over the lock that was left behind, and undoing goes the same way.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { Fault } from '../lib/fault.mjs';
import { table, uai } from '../lib/files.mjs';
import { rounds } from '../lib/long.mjs';
import { returning } from '../lib/previous.mjs';
import { Server, asServer, base, run, until } from '../lib/server.mjs';

const SCHOOLS = 1000,
  KILLS = 2;

let server, file;
before(async () => {
  server = await Server.make({ establishments: 4, candidates: 5 });
  file = path.join(server.state, 'etablissements.csv');
  fs.writeFileSync(file, table(Array.from({ length: SCHOOLS }, (_, i) => school(i, 'ESSAI'))));
});
after(() => server.stop());

function school(i, name) {
  const digits = String(5900000 + i).padStart(7, '0');
  return { uai: uai(digits), nature: '320', secteur: 'PU', denomination: `LYCEE ${name} ${i}`, departement: '59' };
}

const schools = () => Number(server.query("SELECT count(*) FROM establishment WHERE code LIKE '59%'"));
const accounts = () => Number(server.query("SELECT count(*) FROM account WHERE login LIKE '59%'"));
const ctl = (...args) => server.ctl(args, { status: null });

/** The command, to be killed: { ended, child }. */
function begin(...args) {
  const child = spawn(path.join(server.state, 'app/inscrinetctl'), ['-d', server.database, ...args], { ...asServer, stdio: ['ignore', 'pipe', 'pipe'] });
  child.said = '';
  child.stdout.on('data', (data) => (child.said += data));
  child.stderr.on('data', (data) => (child.said += data));
  return { child, ended: new Promise((resolve) => child.on('close', (status, signal) => resolve({ status, signal, said: child.said }))) };
}

/** How long it takes to the end, in milliseconds. */
async function duration(...args) {
  const start = process.hrtime.bigint();
  const done = await begin(...args).ended;
  assert.equal(done.status, 0, done.said);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Kill it at a moment drawn within its time. */
async function killed(signal, time, ...args) {
  const { child, ended } = begin(...args);
  const timer = setTimeout(() => child.kill(signal), Math.random() * time);
  const done = await ended;
  clearTimeout(timer);
  return done;
}

function assertWhole(what, of = schools()) {
  assert.ok(of === 0 || of === SCHOOLS, `${what}: ${of}`);
  assert.equal(accounts(), 2 * of, what);
  assert.match(ctl('check').stdout, /^base: ok$/m);
}

const lastRun = () => JSON.parse(ctl('load', 'list', '--json').stdout).find((run) => run.can_be_undone)?.run;

/** Back to none of them; a lock that was left behind is taken over by it. */
function clear() {
  if (schools() === 0) return;
  const done = ctl('load', 'undo', lastRun());
  assert.equal(done.status, 0, done.stderr);
  assert.equal(schools(), 0);
}

test('killed at any moment of a load or of its undoing, all is as before or as after', async () => {
  const loading = await duration('load', 'establishments', file);
  assertWhole('loaded', SCHOOLS);
  const undoing = await duration('load', 'undo', lastRun());
  assertWhole('undone');
  let whole = 0;
  for (const round of rounds)
    for (let i = 0; i < KILLS; i++) {
      await killed('SIGKILL', loading, 'load', 'establishments', file);
      assertWhole(`killed ${round}.${i}`);
      if (schools() === 0) assert.equal(ctl('load', 'establishments', file).status, 0);
      whole += schools();
      await killed('SIGKILL', undoing, 'load', 'undo', lastRun());
      assertWhole(`killed while undoing ${round}.${i}`);
      clear();
    }
  assert.ok(whole >= SCHOOLS);
  const done = ctl('load', 'establishments', file, '--dry-run');
  assert.equal(done.status, 0, done.stderr);
  assertWhole('previewed', 0);
});

test('a thousand pupils more cost a bounded number of statements, of a school that has nobody yet, new, unchanged and changed', async () => {
  const fault = new Fault(),
    codes = server.query('SELECT code FROM establishment ORDER BY code LIMIT 2').split('\n'),
    letters = (i) => [...String(i).padStart(5, '0')].map((figure) => 'ABCDEFGHJK'[figure]).join(''),
    env = { LD_PRELOAD: fault.options.preload[0], INSCRINET_TEST_FAULT: fault.file };
  const pupil = (code, i, classe) => ({
    uai: code,
    nom: `NOM${letters(i)}`,
    prenom: 'Camille',
    'date de naissance': '01/05/2009',
    ine: `1${String(i).padStart(9, '0')}A`,
    classe,
  });
  const steps = (code, from, count, classe, told) => {
    const name = path.join(server.state, 'eleves.csv');
    fs.writeFileSync(name, table(Array.from({ length: count }, (_, i) => pupil(code, from + i, classe))));
    return fault.steps(() => assert.match(server.ctl(['load', 'pupils', name], { env }).stdout, told));
  };
  /* of SQLite each row of an answer and its end are steps: a pupil is looked up in two, written in one or two */
  const most = base === 'sqlite' ? { first: 2100, added: 4100, same: 2100, changed: 3100 } : { first: 50, added: 60, same: 20, changed: 50 };
  try {
    const little = await steps(codes[1], 0, 1, 'T1', /^pupils: 1 new/m);
    const more = {
      first: await steps(codes[0], 0, 2000, 'T1', /^pupils: 2000 new/m),
      added: await steps(codes[1], 1, 2000, 'T1', /^pupils: 2000 new/m),
      same: await steps(codes[1], 1, 2000, 'T1', /^pupils: 0 new, 0 changed, 0 gone, 2000 unchanged/m),
      changed: await steps(codes[1], 1, 2000, 'T2', /^pupils: 0 new, 2000 changed/m),
    };
    for (const [what, all] of Object.entries(more)) {
      const each = (all - little) / 2;
      assert.ok(each > 1 && each <= most[what], `${what}: ${each}`);
    }
  } finally {
    fault.end();
    server.query('DELETE FROM pupil_private; DELETE FROM pupil');
  }
});

test('interrupted, it rolls back, gives the lock back and says so', async () => {
  clear();
  const locked = () => server.query('SELECT locked FROM base_lock');
  let interrupted = 0;
  for (let i = 0; i < 20 && interrupted < 2; i++) {
    const { child, ended } = begin('load', 'establishments', file);
    await until('the load has locked the base, or is over', () => child.exitCode !== null || locked() === '1');
    child.kill('SIGTERM');
    const done = await ended;
    assert.equal(locked(), '0', done.said);
    assertWhole('interrupted');
    if (done.status === 1) {
      interrupted++;
      assert.match(done.said, /nothing was loaded: interrupted/);
      assert.equal(schools(), 0);
    }
    clear();
  }
  assert.equal(interrupted, 2);
});

test('candidates of past sessions and what they keep are there wholly or not at all', async () => {
  const people = Array.from({ length: SCHOOLS }, (_, i) => returning(i + 1, { nom_naissance: 'Revenante', session: `${new Date().getFullYear()}-06` })),
    past = path.join(server.state, 'anciens.csv'),
    marks = path.join(server.state, 'notes.csv'),
    count = (of) => Number(server.query(`SELECT count(*) FROM ${of}`));
  fs.writeFileSync(past, table(people));
  fs.writeFileSync(marks, table(people.map(({ examen, session, numero }) => ({ examen, session, numero, unite: 'U1', note: '12' }))));
  const loading = await duration('load', 'previous', past);
  for (const round of rounds)
    for (let i = 0; i < KILLS; i++) {
      await killed('SIGKILL', loading, 'load', 'previous', marks);
      assert.ok([0, SCHOOLS].includes(count('past_mark')), `marks ${round}.${i}`);
      if (count('past_mark') > 0) assert.equal(ctl('load', 'undo', lastRun()).status, 0);
      await killed('SIGKILL', loading, 'load', 'undo', lastRun());
      assert.ok([0, SCHOOLS].includes(count('past_candidate')), `undone ${round}.${i}`);
      await killed('SIGKILL', loading, 'load', 'previous', past);
      assert.ok([0, SCHOOLS].includes(count('past_candidate')), `candidates ${round}.${i}`);
      assert.equal(ctl('load', 'previous', past).status, 0);
      assert.equal(count('past_candidate'), SCHOOLS);
    }
  assert.match(ctl('check').stdout, /^base: ok$/m);
  assert.equal(ctl('load', 'undo', lastRun()).status, 0);
});

const skip = base === 'pgsql' && "the limit is on files that the command writes; those of PostgreSQL are its server's";
test('a full disk refuses the whole load', { skip }, () => {
  clear();
  const words = ['-c', 'trap "" XFSZ; ulimit -f 100; exec "$@"', 'bash', path.join(server.state, 'app/inscrinetctl'), '-d', server.database];
  const done = run('bash', [...words, 'load', 'establishments', file], { status: null });
  assert.equal(done.status, 1, done.stdout);
  assert.match(done.stderr, /^inscrinetctl: loading: (not allowed, or no room|failed|the base or a statement is broken)/m);
  assertWhole('no room', 0);
  assert.equal(ctl('load', 'establishments', file).status, 0);
});
