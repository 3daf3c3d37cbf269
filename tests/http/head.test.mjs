// SPDX-License-Identifier: Apache-2.0
//
// HEAD of what is long: the headers that GET has, and nothing made for them. Over HTTP/2 each ends, however many go over one
// connection. (tests/http/services.test.mjs asks every row.)
import assert from 'node:assert/strict';
import http2 from 'node:http2';
import { after, before, test } from 'node:test';

import { Fault } from '../lib/fault.mjs';
import { base, Server } from '../lib/server.mjs';
import { loginHead } from '../lib/walk.mjs';
import { wire } from '../lib/wire.mjs';

const long = ['candidats?lignes=toutes', 'candidats.csv', 'candidats.pdf', 'bordereau.pdf', 'confirmations.pdf?specialite=toutes'];
let server, headers;
/* SQLite's rows can be counted one by one; of PostgreSQL a statement is one step */
const fault = base === 'sqlite' ? new Fault() : null;
before(async () => {
  server = await Server.start({
    ...fault?.options,
    establishments: 4,
    candidates: 4000,
    global: 'LoadModule http2_module /usr/lib/apache2/modules/mod_http2.so\nProtocols h2c http/1.1\nStartServers 1\nServerLimit 1\nMaxRequestWorkers 16\n',
  });
  headers = { cookie: (await loginHead(server)).cookie };
});
after(async () => {
  await server?.stop();
  fault?.end();
});

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

for (const one of long)
  test(`HEAD of ${one} takes less than half of the rows that GET does, and ${times} of them over one HTTP/2 connection all end`, async () => {
    const at = `/etablissement/bcp/${one}`;
    let got, headed;
    const ask = (method) => wire(server.url + at, { method, headers });
    const count = (something) => (fault ? fault.steps(something) : something()),
      wanted = await count(async () => (got = await ask('GET'))),
      taken = await count(async () => (headed = await ask('HEAD')));
    assert.ok(got.body.length > 40000, `${got.body.length} bytes are long`);
    assert.deepEqual([got.status, headed.status, headed.body.length], [200, 200, 0]);
    if (fault) assert.ok(taken < wanted / 2, `${taken} steps for HEAD, ${wanted} for GET`);
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

test('one confirmation is looked up by its number: the other candidates of the school are not gone through', async () => {
  const numbers = server.query(
    `SELECT r.number FROM registration r WHERE r.exam = 'BCP' AND r.state = 'V'
       AND r.establishment = (SELECT id FROM establishment WHERE code = '${server.account('etablissement', 'open').login}') ORDER BY r.number`,
  );
  const [one, another] = numbers.split('\n').map((number) => `/etablissement/bcp/confirmations.pdf?numero=${number}`);
  const print = async (at) => assert.equal((await wire(server.url + at, { headers })).status, 200, at);
  await print(one); /* what the process keeps of the nomenclature is read */
  const taken = fault ? await fault.steps(() => print(another)) : await print(another);
  assert.ok(numbers.split('\n').length > 300);
  if (fault) assert.ok(taken < 40, `${taken} steps`);
});
