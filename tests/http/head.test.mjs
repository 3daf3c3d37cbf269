// SPDX-License-Identifier: Apache-2.0
//
// HEAD of what is long: the headers that GET has, and nothing made for them. Over HTTP/2 each ends, however many go over one
// connection. (tests/http/services.test.mjs asks every row.)
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http2 from 'node:http2';
import { after, before, test } from 'node:test';

import { Server } from '../lib/server.mjs';
import { loginHead } from '../lib/walk.mjs';
import { wire } from '../lib/wire.mjs';

const long = ['candidats?lignes=toutes', 'candidats.csv', 'candidats.pdf', 'bordereau.pdf', 'confirmations.pdf?specialite=toutes'];
let server, headers;
before(async () => {
  server = await Server.start({
    establishments: 4,
    candidates: 4000,
    global: 'LoadModule http2_module /usr/lib/apache2/modules/mod_http2.so\nProtocols h2c http/1.1\nStartServers 1\nServerLimit 1\nMaxRequestWorkers 16\n',
  });
  headers = { cookie: (await loginHead(server)).cookie };
});
after(async () => {
  await server?.stop();
});

/** The processor's time that the server's threads have taken so far, in nanoseconds. */
const taken = () =>
  server
    .children()
    .flatMap((child) => fs.readdirSync(`/proc/${child}/task`).map((thread) => `/proc/${child}/task/${thread}/schedstat`))
    .reduce((sum, file) => sum + Number(fs.readFileSync(file, 'utf8').split(' ')[0]), 0);

const times = 20;

function headOver(connection, path) {
  return new Promise((resolve, reject) => {
    let answer;
    const request = connection.request({ ':method': 'HEAD', ':path': path, ...headers });
    request.on('response', (given) => (answer = given)).on('error', reject);
    request.on('data', () => reject(new Error(`${path}: a body`)));
    request.on('close', () => (answer && request.rstCode === 0 ? resolve(answer) : reject(new Error(`${path}: broken off, ${request.rstCode}`))));
    request.end();
  });
}

/** What a number of the same requests have cost, and the last answer. */
async function ask(path, method) {
  const before = taken();
  let answer;
  for (let i = 0; i < times; i++) answer = await wire(server.url + path, { method, headers });
  return { answer, cost: taken() - before };
}

for (const one of long)
  test(`HEAD of ${one} costs less than half of GET, and ${times} of them over one HTTP/2 connection all end`, async () => {
    const at = `/etablissement/bcp/${one}`,
      { answer: got, cost } = await ask(at, 'GET'),
      headed = await ask(at, 'HEAD');
    assert.ok(got.body.length > 40000, `${got.body.length} bytes are long`);
    assert.deepEqual([got.status, headed.answer.status, headed.answer.body.length], [200, 200, 0]);
    assert.ok(headed.cost < cost / 2, `${headed.cost} ns for HEAD, ${cost} for GET`);
    const connection = http2.connect(server.url);
    try {
      for (let i = 0; i < times; i++) {
        const answer = await headOver(connection, at);
        assert.equal(answer[':status'], 200);
        for (const name of ['content-type', 'content-disposition', 'cache-control', 'content-security-policy'])
          assert.equal(answer[name] ?? null, got.headers.get(name), name);
      }
    } finally {
      connection.close();
    }
  });
