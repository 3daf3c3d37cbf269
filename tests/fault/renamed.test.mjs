// SPDX-License-Identifier: Apache-2.0
//
// Somebody is renamed while a long list or document is read in pieces: everybody is there, once.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';

import { sessionOf } from '../lib/academy.mjs';
import { Fault } from '../lib/fault.mjs';
import { base, Server } from '../lib/server.mjs';
import { loginHead } from '../lib/walk.mjs';

const fault = new Fault(),
  long = 1100, // more than one reading of a list (1,000), of a document (200)
  key = (hex) => (base === 'pgsql' ? `'\\x${hex}'::bytea` : `x'${hex}'`);
let server, head, school;
before(async () => {
  server = await Server.start({ ...fault.options, establishments: 4, candidates: 1000 });
  head = await loginHead(server);
  school = server.query(`SELECT id FROM establishment WHERE code = '${server.account('etablissement', 'open').login}'`);
  const same = 'exam, exam_session, revision, state, service, specialty, category, birth_date, form, listed_name, search_name, answers, code, sort_key';
  for (let round = 1; numbers().length < long; round++)
    server.query(`INSERT INTO registration (number, establishment, identity, created, changed, ${same})
      SELECT number + ${round * 10000}, ${school}, 'R' || (number + ${round * 10000}), created, changed, ${same}
      FROM registration WHERE exam = 'BCP' AND number < 10000 AND exam_session = ${sessionOf('bcp')}`);
});
after(async () => {
  await server?.stop();
  fault.end();
});

/** In the order of names. */
const numbers = (where = "state = 'V'") =>
  server.query(`SELECT number FROM registration WHERE exam = 'BCP' AND establishment = ${school} AND ${where} ORDER BY sort_key, number`).split('\n');

/** The first one becomes the last, and the last one the first. */
function rename(all) {
  server.query(`UPDATE registration SET sort_key = ${key('fe')} WHERE exam = 'BCP' AND number = ${all[0]}`);
  server.query(`UPDATE registration SET sort_key = ${key('01')} WHERE exam = 'BCP' AND number = ${all.at(-1)}`);
}

/** What is given where two are renamed before a statement of its second piece. */
async function whileRenamed(address, statement, all) {
  const still = fault.stillAt(base === 'pgsql' ? statement : 'wanted CROSS JOIN', 2),
    answer = head.get(address);
  await still.reached();
  rename(all);
  still.goOn();
  return answer;
}

test('a list', async () => {
  const all = numbers('1 = 1'),
    answer = await whileRenamed('/etablissement/bcp/candidats.csv', 'listing_of_numbers', all);
  assert.ok(all.length > 1000, `${all.length} candidates`);
  const given = [...answer.body.matchAll(/^(\d+)-\d+;/gm)].map(([, number]) => number);
  assert.deepEqual(given, all);
});

test('a document', async () => {
  const few = numbers().slice(0, 250);
  server.query(`UPDATE registration SET state = 'A' WHERE exam = 'BCP' AND establishment = ${school} AND number NOT IN (${few.join(', ')})`);
  server.query(`UPDATE establishment_exam SET version = version + 1 WHERE establishment = ${school}`);
  const all = numbers(),
    { pdf } = await whileRenamed('/etablissement/bcp/confirmations.pdf?specialite=toutes', 'print_rows', all);
  const { stdout } = spawnSync('pdftotext', ['-', '-'], { input: pdf, encoding: 'utf8', maxBuffer: 1 << 26 });
  const firstPages = stdout.split('\f').filter((page) => page.includes('Confirmation d’inscription') || page.includes("Confirmation d'inscription")),
    given = firstPages.map((page) => /\b(\d+)-0\b/.exec(page)?.[1]);
  assert.deepEqual(given.sort(), all.sort());
});
