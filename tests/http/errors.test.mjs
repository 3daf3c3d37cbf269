// SPDX-License-Identifier: Apache-2.0
//
// The base fails, in each way that it can: what the browser gets is a page of the site that says whose fault it is, and
// the error log says what has happened, under the same reference.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { hold } from '../lib/hold.mjs';
import { Server, base, run, until } from '../lib/server.mjs';
import { loginHead, loginPupils } from '../lib/walk.mjs';

const home = '/inscription-etablissement/bcp/',
  list = '/etablissement/bcp/candidats';
const only = (wanted, why) => ({ skip: base === wanted ? false : why });

/** With a server of its own, made ready before it is launched. */
const withServer = (prepare, act, options) => async () => {
  const one = await Server.make({ candidates: 60, ...options });
  try {
    await prepare(one);
    await one.launch(options);
    await act(one);
  } finally {
    await one.stop();
  }
};

/** A page of the site for a status, which tells nothing of the base; the log says why, under its reference. */
async function assertTold(one, page, status, why) {
  assert.equal(page.status, status, page.text);
  if (status === 503) {
    assert.equal(page.h1, 'Service momentanément indisponible');
    assert.ok(Number(page.headers.get('retry-after')) > 0);
  } else {
    assert.equal(page.h1, 'La demande n’a pas pu aboutir');
    assert.equal(page.headers.get('retry-after'), null, 'the same again would fail again');
  }
  assert.equal(page.headers.get('cache-control'), 'no-store');
  assert.ok(page.html.querySelector('link[rel=stylesheet]'));
  assert.doesNotMatch(page.body, /sqlite|SQLSTATE|postgres|pgsql|no such|relation|SELECT|UPDATE|\/tmp\//i);
  const [, reference] = /Référence à donner à l’assistance : (\S+)/.exec(page.text);
  await until(`${reference} in the error log`, () =>
    one
      .errorLog()
      .split('\n')
      .some((line) => line.includes(`[${reference}]`) && why.test(line)),
  );
}

const begin = async (browser) => browser.submit(await browser.go(home), 'Nouvelle inscription');

test(
  'broken: a table that is gone is our fault, where it is read and where it is written; the other pages go on',
  withServer(
    () => {},
    async (one) => {
      const head = await loginHead(one),
        pupils = await loginPupils(one),
        page = await pupils.go(home),
        step = await pupils.go(new URL((await begin(pupils)).location, one.url).href),
        why = base === 'pgsql' ? /INS0(28|41): .*SQLSTATE 42P01/ : /INS0(28|41): .*SQLite 1, /;
      one.query('ALTER TABLE registration RENAME TO registration_elsewhere; ALTER TABLE draft RENAME TO draft_elsewhere');
      for (const address of [list, `${list}.csv`, `${list}.pdf`, '/etablissement/bcp/candidat?numero=1'])
        await assertTold(one, await head.get(address), 500, why);
      await assertTold(one, await pupils.get(step.address), 500, why);
      await assertTold(one, await pupils.submit(step, 'Suite'), 500, why);
      await assertTold(one, await pupils.submit(page, 'Nouvelle inscription'), 500, why);
      assert.equal((await new Browser(one.url).get('/')).status, 200);
      one.query('ALTER TABLE registration_elsewhere RENAME TO registration; ALTER TABLE draft_elsewhere RENAME TO draft');
      assert.equal((await head.get(list)).status, 200);
      assert.equal((await pupils.submit(page, 'Nouvelle inscription')).status, 303);
    },
  ),
);

test(
  'broken: a row that a trigger refuses is our fault',
  withServer(
    (one) =>
      one.query(
        base === 'pgsql'
          ? `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
             CREATE TRIGGER refused BEFORE INSERT ON draft FOR EACH ROW EXECUTE FUNCTION refuse()`
          : "CREATE TRIGGER refused BEFORE INSERT ON draft BEGIN SELECT RAISE(ABORT, 'no'); END",
      ),
    async (one) => assertTold(one, await begin(await loginPupils(one)), 500, base === 'pgsql' ? /INS028: .*SQLSTATE P0001/ : /INS028: .*SQLite 1811, /),
  ),
);

/** The numbers of a table's or an index's pages in the file, leaves only, in their order. */
const leaves = (one, name) => one.query(`SELECT pageno FROM dbstat WHERE name = '${name}' AND pagetype = 'leaf' ORDER BY path`).split('\n').map(Number);

/** Overwrite pages of a base that nobody has open. */
function damage(one, pages) {
  const size = Number(one.query('PRAGMA page_size'));
  one.query('PRAGMA wal_checkpoint(TRUNCATE)');
  const file = fs.openSync(one.file, 'r+');
  for (const page of pages) fs.writeSync(file, Buffer.alloc(size, 0xa5), 0, size, (page - 1) * size);
  fs.closeSync(file);
}

test(
  'broken: a file that is damaged in the middle; what lies elsewhere is shown',
  only('sqlite', 'its pages are not where a test could write'),
  withServer(
    (one) => damage(one, leaves(one, 'registration')),
    async (one) => {
      const head = await loginHead(one);
      await assertTold(one, await head.get('/etablissement/bcp/candidat?numero=1'), 500, /INS041: .*SQLite 11, database disk image is malformed/);
      assert.equal((await head.get('/etablissement/bcp/service-inscription')).status, 200);
    },
    { sick: true },
  ),
);

test(
  "/sante: a base of which a table can't be read is damaged",
  withServer(
    () => {},
    async (one) => {
      assert.equal((await fetch(`${one.url}/sante`)).status, 200);
      for (const [i, table] of ['registration', 'parameter', 'draft', 'specialty', 'session_search', 'audit_entry'].entries()) {
        one.query(`ALTER TABLE ${table} RENAME TO ${table}_away`);
        const health = await fetch(`${one.url}/sante`);
        assert.deepEqual([health.status, (await health.json()).status], [503, 'unavailable'], table);
        assert.equal(one.errorLog().split("INS044: the base's health: base_ends: ").length, i + 2, table);
        one.query(`ALTER TABLE ${table}_away RENAME TO ${table}`);
        assert.equal((await fetch(`${one.url}/sante`)).status, 200, table);
      }
    },
  ),
);

test('/sante: a file that is damaged is damaged', only('sqlite', 'its pages are not where a test could write'), async () => {
  for (const table of ['registration', 'parameter', 'specialty', 'exam_unit', 'audit_entry'])
    await withServer(
      (one) => damage(one, leaves(one, table)),
      async (one) => assert.equal((await fetch(`${one.url}/sante`)).status, 503, table),
      { sick: true },
    )();
});

test(
  'lost: the file is moved away while somebody types',
  only('sqlite', 'PostgreSQL has no file'),
  withServer(
    () => {},
    async (one) => {
      const pupils = await loginPupils(one),
        page = await pupils.go(home),
        files = ['', '-wal', '-shm'].map((end) => one.file + end).filter((file) => fs.existsSync(file));
      for (const file of files) fs.renameSync(file, `${file}.away`);
      await assertTold(one, await pupils.submit(page, 'Nouvelle inscription'), 503, /INS029: there is no base/);
      await assertTold(one, await pupils.get(home), 503, /INS029: there is no base/);
      for (const file of files) fs.renameSync(`${file}.away`, file);
      assert.equal((await pupils.submit(page, 'Nouvelle inscription')).status, 303);
    },
  ),
);

test(
  "lost: the server ends the connection in the middle of a transaction; nothing is written, and the next one's is another",
  only('pgsql', 'SQLite has no server'),
  withServer(
    () => {},
    async (one) => {
      const pupils = await loginPupils(one),
        page = await pupils.go(home),
        drafts = () => one.query('SELECT count(*) FROM draft'),
        before = drafts();
      const other = await hold(one, 'BEGIN; LOCK TABLE draft IN EXCLUSIVE MODE'),
        waiting = pupils.submit(page, 'Nouvelle inscription');
      const end = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
      try {
        await until('the writer to wait', () => one.query(end) === '1');
        await assertTold(one, await waiting, 503, /INS028: .*the connection is lost/);
      } finally {
        await other.release();
      }
      assert.equal(drafts(), before);
      assert.equal((await pupils.submit(page, 'Nouvelle inscription')).status, 303);
    },
  ),
);

test(
  'busy: somebody else has what a writer needs, longer than it waits; readers go on, and the same again passes',
  withServer(
    (one) => {
      if (base === 'pgsql') one.query("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET lock_timeout = 300', current_database()); END $$");
    },
    async (one) => {
      const pupils = await loginPupils(one),
        page = await pupils.go(home);
      const other = await hold(one, base === 'pgsql' ? 'BEGIN; LOCK TABLE draft IN EXCLUSIVE MODE' : 'BEGIN IMMEDIATE');
      try {
        const waiting = pupils.submit(page, 'Nouvelle inscription');
        assert.equal((await pupils.get(home)).status, 200);
        const told = await waiting;
        assert.equal(told.status, 503);
        assert.equal(told.h1, page.h1, 'the page again');
        assert.match(told.errors.join(), /^La base est très sollicitée\s: rien n’a été enregistré/);
        assert.equal(told.headers.get('retry-after'), '5');
        await until('it to stand in the log', () =>
          (base === 'pgsql' ? /INS028: .*SQLSTATE 55P03/ : /INS026: .*SQLite 5, database is locked/).test(one.errorLog()),
        );
      } finally {
        await other.release();
      }
      assert.equal((await pupils.submit(page, 'Nouvelle inscription')).status, 303);
    },
  ),
);

test(
  'refused: a base that may only be read is read; whoever writes is told to come back',
  withServer(
    async (one) => {
      if (base === 'pgsql') one.query("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$");
      else {
        one.query('PRAGMA wal_checkpoint(TRUNCATE)');
        fs.chmodSync(one.file, 0o444);
      }
    },
    async (one) => {
      const stranger = new Browser(one.url);
      assert.equal((await stranger.get('/')).status, 200);
      assert.equal((await stranger.get('/inscription/cap/')).status, 200);
      await assertTold(
        one,
        await stranger.submit(await stranger.go('/inscription/cap/'), 'Nouvelle inscription'),
        503,
        base === 'pgsql' ? /INS041: .*SQLSTATE 25006/ : /INS028: .*SQLite 8, attempt to write a readonly database/,
      );
    },
  ),
);
