// SPDX-License-Identifier: Apache-2.0
//
// Whoever is slow keeps nobody else waiting: no connection to the base is held while a body comes or an answer leaves;
// and whoever must wait for the base waits no longer than InscrinetBaseWait, and finds what he has typed.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { hold } from '../lib/hold.mjs';
import { Server, base, until } from '../lib/server.mjs';
import { loginHead, loginPupils, toSummary, certify } from '../lib/walk.mjs';

const few = 'DBDMax 3\nDBDKeep 3\nInscrinetBaseWait 1\n',
  one = 'StartServers 1\nServerLimit 1\nThreadsPerChild 64\nMaxRequestWorkers 64\n',
  SLOW = 40;
const servers = [];
async function start(options) {
  const server = await Server.start(options);
  servers.push(server);
  return server;
}

let server, head, pupils;
before(async () => {
  server = await start({ establishments: 4, candidates: 1500, extra: few, global: one });
  head = await loginHead(server);
  pupils = await loginPupils(server);
});
after(async () => {
  for (const each of servers) await each.stop();
});

/** A connection that has sent this much, and reads nothing until it is told to. */
function slow(text) {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), hostname, () => socket.write(text, () => resolve(socket)));
    socket.pause();
    socket.once('error', reject);
  });
}

/** Everybody else is served meanwhile. */
async function assertServed() {
  for (const [browser, address] of [
    [new Browser(server.url), '/sante'],
    [new Browser(server.url), '/inscription/cap/'],
    [head, '/etablissement/bcp/'],
    [pupils, '/inscription-etablissement/bcp/'],
  ])
    assert.equal((await browser.get(address)).status, 200, address);
  const stranger = new Browser(server.url);
  assert.equal((await stranger.submit(await stranger.go('/inscription/cap/'), 'Nouvelle inscription')).status, 303);
}

test('slow bodies to every address that takes one, by nobody, by a browser that is nobody and by those who are logged in', async () => {
  const rows = (await Server.routes()).filter((row) => row.post),
    nobody = `inscrinet-etablissement=${'A'.repeat(43)}; inscrinet-inscription-etablissement=${'A'.repeat(43)}; inscrinet-inscription=${'A'.repeat(43)}`;
  const begun = (row, cookie) => [
    `POST /${row.service}/${row.path.replace('EXAM', row.service === 'inscription' ? 'cap' : 'bcp').replace('STEP', 'identite')}?dossier=1 HTTP/1.1`,
    'Host: x',
    'Content-Type: application/x-www-form-urlencoded',
    'Content-Length: 100',
    ...(cookie ? [`Cookie: ${cookie}`] : []),
    '',
    'jeton=',
  ];
  const all = rows.flatMap((row) => ['', nobody, (row.service === 'etablissement' ? head : pupils).cookie].map((cookie) => begun(row, cookie).join('\r\n')));
  for (let i = 0; i < all.length; i += SLOW) {
    const sockets = [];
    for (const text of all.slice(i, i + SLOW)) sockets.push(await slow(text));
    await assertServed();
    sockets.forEach((socket) => socket.destroy());
  }
});

test('slow readers of every list and document', async () => {
  const wanted = [
    'candidats?lignes=toutes',
    'candidats.csv',
    'candidats.pdf',
    'validation?lignes=toutes',
    'retours.csv',
    'confirmations.pdf?specialite=toutes',
    'bordereau.pdf',
    '',
  ];
  const sockets = [];
  for (let i = 0; i < SLOW; i++)
    sockets.push(await slow(`GET /etablissement/bcp/${wanted[i % wanted.length]} HTTP/1.1\r\nHost: x\r\nCookie: ${head.cookie}\r\n\r\n`));
  await assertServed();
  sockets.forEach((socket) => socket.destroy());
});

test(
  'every connection waits for a table: who comes after them is told so in time, they are when the wait ends, the health page goes on',
  { skip: base === 'pgsql' ? false : 'on SQLite nobody keeps a reader waiting' },
  async () => {
    const other = await hold(server, 'BEGIN; LOCK TABLE expected_number IN ACCESS EXCLUSIVE MODE');
    let stopped = [];
    const signal = (name) => stopped.forEach((pid) => process.kill(pid, name));
    try {
      const waiting = [1, 2].map(() => head.get('/etablissement/bcp/effectifs')),
        waiters = "FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
      await until('both to wait', () => server.query(`SELECT count(*) ${waiters}`) === '2');
      /* they would give up in time: stopped, they can't */
      stopped = server.query(`SELECT pid ${waiters}`).split('\n').map(Number);
      signal('SIGSTOP');
      const late = await head.get('/etablissement/bcp/retours');
      assert.equal(late.status, 503);
      assert.ok(Number(late.headers.get('retry-after')) > 0);
      assert.match(server.errorLog(), /INS033: no connection became free within 1 seconds \(DBDMax 3\)/);
      assert.equal((await new Browser(server.url).get('/sante')).status, 200);
      signal('SIGCONT');
      for (const answer of await Promise.all(waiting)) assert.equal(answer.status, 503);
      assert.match(server.errorLog(), /SQLSTATE 55P03/);
      await other.release();
      assert.equal((await head.get('/etablissement/bcp/effectifs')).status, 200);
    } finally {
      signal('SIGCONT');
      await other.release();
    }
  },
);

test(
  'another program writes for long: readers go on, writers are told in time with what they typed, then all pass',
  { skip: base === 'sqlite' ? false : 'on PostgreSQL writers wait for rows, not for the base' },
  async () => {
    const browsers = [];
    for (let i = 0; i < 6; i++) browsers.push(await loginPupils(server));
    const summaries = [];
    for (const [i, browser] of browsers.entries()) summaries.push(await toSummary(browser, { identite: { 'Prénom 1': `Attend${'abcdef'[i]}` } }));
    const other = await hold(server, 'BEGIN IMMEDIATE');
    try {
      const waiting = browsers.map((browser, i) => browser.submit(summaries[i], 'Valider mon inscription', certify));
      const home = await new Browser(server.url).get('/inscription/cap/');
      assert.equal(home.status, 200);
      for (const answer of await Promise.all(waiting)) {
        assert.equal(answer.status, 503, answer.text);
        assert.equal(answer.h1, 'Récapitulatif');
        assert.ok(
          answer.html.querySelector('input[name=certifie]')?.hasAttribute('checked') ??
            answer.html.querySelector('input[type=checkbox]').hasAttribute('checked'),
        );
        assert.match(answer.errors.join(), /La base est très sollicitée/);
        assert.equal(answer.headers.get('retry-after'), '5');
      }
      assert.match(server.errorLog(), /INS034: no turn to write within 1 seconds/);
    } finally {
      await other.release();
    }
    for (const [i, browser] of browsers.entries()) assert.equal((await browser.submit(summaries[i], 'Valider mon inscription', certify)).status, 303);
  },
);
