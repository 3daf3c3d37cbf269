// SPDX-License-Identifier: Apache-2.0
//
// Backup and restore are killed at any moment, while a server is at work with the base: there is no half backup under
// its name, the base is what it was or what the backup held, and the next run takes up what is left.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { times } from '../lib/long.mjs';
import { Server, asServer, base, run } from '../lib/server.mjs';

const KILLS = 3 * times;
let server;
before(async () => {
  server = await Server.start({ candidates: 1500, establishments: 8 });
});
after(async () => {
  await server?.stop();
});

const at = (name) => path.join(server.state, 'base', name);
const folder = () => fs.readdirSync(at('.'));
const named = (name) => server.query(`UPDATE parameter SET value = '${name}' WHERE exam = '' AND name = 'academie'`);
const registrations = () => Number(server.query('SELECT count(*) FROM registration'));

/** Run the command; killed after so many milliseconds, unless it has ended. */
function ended(args, milliseconds) {
  const began = Date.now();
  const child = spawn(path.join(server.state, 'app/inscrinetctl'), ['-d', server.database, ...args], { ...asServer, stdio: 'ignore' });
  const timer = milliseconds === undefined ? null : setTimeout(() => child.kill('SIGKILL'), milliseconds);
  return new Promise((resolve) =>
    child.on('exit', (status, signal) => {
      clearTimeout(timer);
      resolve({ status, signal, took: Date.now() - began });
    }),
  );
}

async function assertServed(what) {
  for (const address of ['/', '/sante', '/inscription/bcp/']) assert.equal((await new Browser(server.url).go(address)).status, 200, `${what}: ${address}`);
  assert.match(server.ctl(['check']).stdout, /base: ok\naudit trail: ok/, what);
}

const readWhole = (file) => (base === 'pgsql' ? run('pg_restore', ['-f', '/dev/null', file]) : run('sqlite3', ['-readonly', file, 'PRAGMA integrity_check']));

test(`kill -9 of ${KILLS} backups: whole, or not there`, async () => {
  const { status, took } = await ended(['backup', at('entiere')]);
  assert.equal(status, 0);
  let killed = 0,
    longest = took; /* of one that nobody kills, which the first may have been slower than */
  for (let i = 0; i < KILLS || (killed === 0 && i < 4 * KILLS); i++) {
    const after = Math.random() * longest,
      name = at(`sauvegarde-${i % 2}`),
      what = `killed after ${after} ms`;
    const { signal, status: left, took: taken } = await ended(['backup', name, '--replace'], after);
    assert.ok(signal === 'SIGKILL' || left === 0, what);
    if (left === 0) longest = Math.min(longest, taken);
    killed += signal === 'SIGKILL';
    if (fs.existsSync(name)) assert.match(`${readWhole(name).stdout}`, base === 'pgsql' ? /^$/ : /^ok\n$/, what);
    await assertServed(what);
  }
  assert.ok(killed > 0, 'some were killed');
  assert.equal((await ended(['backup', at('apres')])).status, 0);
  for (const name of [0, 1]) assert.equal((await ended(['backup', at(`sauvegarde-${name}`), '--replace'])).status, 0, 'what was left is taken up');
  assert.deepEqual(
    folder().filter((name) => /\.part/.test(name)),
    [],
  );
});

test(`kill -9 of ${KILLS} restores: the base is the one or the other`, async () => {
  named('Académie sauvegardée');
  server.ctl(['backup', at('origine')]);
  const saved = registrations();
  named('Académie perdue');
  const first = await ended(['restore', at('origine')]);
  assert.equal(first.status, 0);
  let killed = 0,
    longest = first.took;
  for (let i = 0; i < KILLS || (killed === 0 && i < 4 * KILLS); i++) {
    const after = Math.random() * longest,
      what = `killed after ${after} ms`;
    if (server.ctl(['unlock'], { status: null }).status === 0) assert.ok(i > 0, 'a lock that is left can be taken away');
    named(`Académie ${i}`);
    server.query(
      `UPDATE registration SET revision = revision + 1 WHERE exam = 'BCP'; DELETE FROM registration_double; DELETE FROM registration WHERE exam = 'MC5'`,
    );
    const present = registrations();
    const { signal, status, took } = await ended(['restore', at('origine')], after);
    assert.ok(signal === 'SIGKILL' || status === 0, what);
    if (status === 0) longest = Math.min(longest, took);
    killed += signal === 'SIGKILL';
    const academy = server.query("SELECT value FROM parameter WHERE exam = '' AND name = 'academie'");
    assert.ok([`Académie ${i}`, 'Académie sauvegardée'].includes(academy), `${what}: ${academy}`);
    assert.equal(registrations(), academy === `Académie ${i}` ? present : saved, what);
    await assertServed(what);
  }
  assert.ok(killed > 0, 'some were killed');
  named('Académie perdue');
  assert.match(server.ctl(['restore', at('origine')]).stdout, /^unlocked$/m, 'a lock that a killed one has left goes');
  assert.equal(registrations(), saved);
  if (base === 'pgsql')
    assert.equal(
      server.query("SELECT count(*) FROM pg_database d, pg_database l WHERE l.datname = current_database() AND d.datname = 'inscrinetctl_restore_' || l.oid"),
      '0',
    );
  for (const list of folder().filter((name) => /\.since-.*\.csv$/.test(name))) assert.match(fs.readFileSync(at(list), 'utf8'), /\n$/, list);
});
