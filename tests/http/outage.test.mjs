// SPDX-License-Identifier: Apache-2.0
//
// While its base is away, cut off, replaced or of another version, a server answers 503 pages, keeps what was typed, and works
// again by itself once the base is back.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { Server, base, run, until } from '../lib/server.mjs';
import { loginHead } from '../lib/walk.mjs';

const servers = [];
async function make(options) {
  const server = await Server.make({ establishments: 4, candidates: 0, ...options });
  servers.push(server);
  return server;
}
after(async () => {
  for (const one of servers) await one.stop();
});

/** As a restart of the base's server does. */
const cut = (one) => one.sql(`SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '${/dbname=(\S+)/.exec(one.conninfo)[1]}'`);

async function assertAway(one, head) {
  let refused = 0; /* every connection has to find out */
  await until('the base to be away', async () => {
    refused = (await fetch(`${one.url}/sante`).then((answer) => answer.status === 503)) ? refused + 1 : 0;
    return refused > 80;
  });
  const health = await fetch(`${one.url}/sante`);
  assert.equal(health.status, 503);
  assert.equal((await health.json()).status, 'unavailable');
  for (const [browser, at] of [
    [new Browser(one.url), '/'],
    [head, '/etablissement/bcp/'],
    [head, '/etablissement/bcp/candidats'],
    [new Browser(one.url), '/etablissement/connexion'],
  ]) {
    const page = await browser.get(at);
    assert.equal(page.status, 503, at);
    assert.equal(page.h1, 'Service momentanément indisponible', at);
    assert.ok(
      page.text.includes('Le service est momentanément indisponible. Vos réponses déjà enregistrées sont conservées ; revenez dans quelques minutes.'),
      at,
    );
    assert.ok(Number(page.headers.get('retry-after')) > 0, at);
    assert.equal(page.headers.get('cache-control'), 'no-store', at);
    assert.ok(page.html.querySelector('link[rel=stylesheet]'), 'a page of the site');
    const reference = page.html.querySelector('code').text;
    await until(`${reference} in the error log`, () =>
      one
        .errorLog()
        .split('\n')
        .some((line) => line.includes(`[${reference}]`) && /INS0(2\d|31):/.test(line)),
    );
  }
}

async function assertBack(one, head) {
  await until('the base to be back', () =>
    fetch(`${one.url}/sante`).then(
      (answer) => answer.ok,
      () => false,
    ),
  );
  for (let i = 0; i < 40; i++) assert.equal((await head.get('/etablissement/bcp/')).status, 200, 'every connection is good again');
  assert.equal((await loginHead(one)).page.h1, 'Service Établissement');
}

test('the base goes away and comes back', async () => {
  const one = await make();
  await one.launch();
  const head = await loginHead(one);
  if (base === 'pgsql') {
    const name = /dbname=(\S+)/.exec(one.conninfo)[1];
    one.sql(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await cut(one);
    await assertAway(one, head);
    one.sql(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  } else {
    const files = ['', '-wal', '-shm'].map((end) => one.file + end).filter((file) => fs.existsSync(file));
    for (const file of files) fs.renameSync(file, `${file}.away`);
    await assertAway(one, head);
    const before = one.children();
    for (const pid of before) process.kill(pid, 'SIGKILL');
    await until('new processes', () => {
      const now = one.children();
      return now.length > 0 && now.every((pid) => !before.includes(pid));
    });
    await assertAway(one, head);
    assert.equal(fs.existsSync(one.file), false, 'nobody makes another');
    for (const file of files) fs.renameSync(`${file}.away`, file);
  }
  await assertBack(one, head);
});

test('a base whose connections were cut serves at once', { skip: base === 'pgsql' ? false : 'SQLite has no connections to cut' }, async () => {
  const one = await make();
  await one.launch();
  const head = await loginHead(one);
  for (let i = 0; i < 5; i++) {
    await cut(one);
    await assertBack(one, head);
  }
});

test(
  'a base replaced by another file: connections to the former one serve no more',
  { skip: base === 'sqlite' ? false : 'PostgreSQL has no file to replace' },
  async () => {
    const one = await make(),
      stranger = new Browser(one.url);
    await one.launch();
    await loginHead(one);
    one.query('PRAGMA wal_checkpoint(TRUNCATE)');
    fs.copyFileSync(one.file, `${one.file}.new`);
    one.give();
    run('sqlite3', [
      `${one.file}.new`,
      "UPDATE parameter SET value = 'Académie remplacée' WHERE value = 'Académie de démonstration'; PRAGMA journal_mode = WAL",
    ]);
    assert.match((await stranger.get('/')).body, /Académie de démonstration/);
    fs.renameSync(`${one.file}.new`, one.file);
    let refused = 0;
    for (let i = 0; i < 100; i++) {
      const page = await stranger.get('/');
      assert.ok(page.status === 503 || (page.status === 200 && page.body.includes('Académie remplacée')), `${page.status}: ${page.text}`);
      if (page.status === 503) refused++;
    }
    assert.ok(refused > 0);
    assert.match(one.errorLog(), /INS031: .* is another file than the one that is open: restart httpd/);
    const before = one.children();
    one.process.kill('SIGUSR1');
    await until('the new processes', () => {
      const now = one.children();
      return now.length > 0 && now.every((pid) => !before.includes(pid));
    });
    for (let i = 0; i < 20; i++) assert.match((await stranger.get('/')).body, /Académie remplacée/);
  },
);

test('restarted while its base is away, it answers 503 and goes on by itself once the base is back; its first start and configtest refuse', async () => {
  const one = await make();
  await one.launch();
  const head = await loginHead(one),
    name = /dbname=(\S+)/.exec(one.conninfo ?? '')?.[1],
    files = ['', '-wal', '-shm'].map((end) => one.file + end);
  const away = () => {
    if (base === 'sqlite') return files.filter((file) => fs.existsSync(file)).forEach((file) => fs.renameSync(file, `${file}.away`));
    one.sql(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    return cut(one);
  };
  const back = () =>
    base === 'sqlite'
      ? files.filter((file) => fs.existsSync(`${file}.away`)).forEach((file) => fs.renameSync(`${file}.away`, file))
      : one.sql(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  away();
  for (let i = 1; i <= 2; i++) {
    const before = one.children();
    one.process.kill('SIGUSR1');
    await until('the new processes', () => {
      const now = one.children();
      return now.length > 0 && now.every((pid) => !before.includes(pid));
    });
    await assertAway(one, head);
    assert.equal(one.errorLog().match(/INS015: restarted without its base/g)?.length, i);
  }
  const refused = one.configtest();
  assert.notEqual(refused.status, 0);
  assert.match(refused.stderr, base === 'sqlite' ? /INS001/ : /INS007/);
  back();
  await assertBack(one, head);
});

test('a base brought to another version answers 503 until module and base fit', async () => {
  const one = await make();
  await one.launch();
  const head = await loginHead(one),
    latest = one.query('SELECT max(version) FROM schema_migration');
  one.query(`UPDATE schema_migration SET version = 999 WHERE version = ${latest}`);
  await assertAway(one, head);
  assert.match(
    one.errorLog(),
    new RegExp(`INS022: the base's schema is 999, this module knows ${latest}: inscrinetctl migrate, or install the module that fits`),
  );
  one.query(`UPDATE schema_migration SET version = ${latest} WHERE version = 999`);
  await assertBack(one, head);
});
