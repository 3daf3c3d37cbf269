// SPDX-License-Identifier: Apache-2.0
//
// What a request takes, it gives back: the resident memory of the processes that serve stays flat over many requests
// of all kinds, on connections that are kept. Two processes serve, so that both are warm when it is measured; a leak of
// some hundred bytes for each request would show.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import { after, before, test } from 'node:test';

import { times } from '../lib/long.mjs';
import { Server } from '../lib/server.mjs';
import { loginHead, loginPupils, register } from '../lib/walk.mjs';
import { wire } from '../lib/wire.mjs';

/* the heaps of sixteen threads fill up over some ten thousand requests; longer tests wait for that */
const REQUESTS = 20000 * times,
  WARM_UP = times > 1 ? REQUESTS / 2 : 6000,
  CONNECTIONS = 16,
  BOUND = 4096; /* KB for each process */

let server;
before(async () => {
  server = await Server.start({ candidates: 300, global: 'StartServers 2\nServerLimit 2\nMaxRequestWorkers 32\n' });
});
after(async () => {
  await server?.stop();
});

/** Resident memory in KB that is a process's own. */
function resident(pid) {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^RssAnon:\s+(\d+) kB/m.exec(status)[1]);
}

async function load(agent, requests, count) {
  let next = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (next < count) {
        const [path, wanted, headers] = requests[next++ % requests.length];
        const answer = await wire(server.url + path, { agent, headers });
        assert.equal(answer.status, wanted, path);
      }
    }),
  );
}

test(
  `${REQUESTS} requests leave the processes as they were`,
  { skip: process.env.INSCRINET_TEST_PRELOAD ? 'a sanitizer keeps freed memory on purpose' : false },
  async () => {
    const head = await loginHead(server),
      pupils = await loginPupils(server),
      next = await loginPupils(server); /* a look at the exam's home forgets what was done */
    const done = await register(pupils);
    const number = /(\d+)-0/.exec(done.text)[1];
    const cookie = (browser) => ({ cookie: browser.cookie });
    const ours = cookie(head),
      theirs = cookie(pupils),
      others = cookie(next);
    const requests = [
      ['/', 200, {}],
      ['/aide', 200, {}],
      ['/sante', 200, {}],
      ['/etablissement/connexion', 200, {}],
      ['/etablissement/bcp/', 303, {}],
      ['/inconnue', 404, {}],
      ['/etablissement/bcp/', 200, ours],
      ['/etablissement/bcp/candidats', 200, ours],
      ['/etablissement/bcp/candidats?lignes=toutes', 200, ours],
      ['/etablissement/bcp/candidats?apres=x', 404, ours],
      ['/etablissement/bcp/candidats.pdf?liste=passage', 200, ours],
      ['/etablissement/bcp/bordereau.pdf', 200, ours],
      ['/etablissement/bcp/retours.pdf', 200, ours],
      ['/inscription/', 200, {}],
      ['/inscription/cap/', 200, {}],
      ['/inscription/cap/formulaire-vierge.pdf', 200, {}],
      ['/inscription-etablissement/bcp/', 200, others],
      [`/inscription-etablissement/bcp/enregistree?numero=${number}`, 200, theirs],
      [`/inscription-etablissement/bcp/confirmation?numero=${number}`, 200, theirs],
      [`/inscription-etablissement/bcp/confirmation.pdf?numero=${number}`, 200, theirs],
      ['/inscription-etablissement/bcp/confirmation.pdf?numero=9999', 404, theirs],
      ['/inscription-etablissement/bcp/reprise', 200, theirs],
    ];
    const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    try {
      await load(agent, requests, WARM_UP);
      const children = server.children();
      assert.equal(children.length, 2);
      // the kernel gives connections to whichever process is there first: one may have seen few of them yet
      let before = children.map(resident);
      for (let round = 0; round < 5; round++) {
        await load(agent, requests, WARM_UP / 2);
        const now = children.map(resident),
          still = now.every((kilobytes, i) => kilobytes - before[i] < BOUND / 8);
        before = now;
        if (still) break;
      }
      await load(agent, requests, REQUESTS);
      assert.deepEqual(server.children(), children, 'the same processes serve');
      const growth = children.map((pid, i) => resident(pid) - before[i]);
      assert.ok(
        growth.every((kilobytes) => kilobytes < BOUND),
        `growth for each process in KB: ${growth} (from ${before})`,
      );
    } finally {
      agent.destroy();
    }
  },
);
