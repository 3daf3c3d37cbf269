// SPDX-License-Identifier: Apache-2.0
//
// A registration is wholly there or not at all. While a hundred candidates validate at once, processes that serve them
// are killed, the server is restarted, the base goes away: whoever had an answer is registered once, whoever had none
// asks again and is registered once, numbers and audit trail agree, and nothing stays locked behind.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';

import { rounds } from '../lib/long.mjs';
import { Server, base, until } from '../lib/server.mjs';
import { loginPupils, register, toSummary } from '../lib/walk.mjs';
import { wire } from '../lib/wire.mjs';

const CANDIDATES = 100;
const restart = process.env.INSCRINET_TEST_PGSQL_RESTART;

let server;
before(async () => {
  server = await Server.start({ candidates: 20 });
});
after(async () => {
  await server?.stop();
});

const number = (text) => Number(server.query(text));
const registrations = () => number("SELECT count(*) FROM registration WHERE exam = 'BCP'");
const letters = (i) => String(i).replace(/\d/g, (digit) => 'abcdefghij'[digit]);

/** Some at a time. */
async function inTurns(count, width, work) {
  const done = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < count) {
        const i = next++;
        done[i] = await work(i);
      }
    }),
  );
  return done;
}

/** Candidates on their summary, each in a session of his own: { forename, send } where send posts the final form once. */
function seated(count, name) {
  return inTurns(count, 8, async (i) => {
    const browser = await loginPupils(server),
      forename = `${name}${letters(i)}`;
    const summary = await toSummary(browser, { identite: { 'Prénom 1': forename } });
    const { action, fields } = browser.prepare(summary, 'Valider mon inscription', { 'Je certifie l’exactitude des renseignements fournis': true });
    const headers = { 'content-type': 'application/x-www-form-urlencoded', cookie: browser.cookie };
    const body = new URLSearchParams([...fields]).toString();
    return { forename, send: () => wire(action, { method: 'POST', headers, body }) };
  });
}

/** All at once, each again and again until it is answered; told(answered so far) after each answer. */
async function validateAll(candidates, told) {
  let answered = 0,
    broken = 0,
    unavailable = 0;
  await Promise.all(
    candidates.map(async (one) => {
      await until(
        `an answer for ${one.forename}`,
        async () => {
          const answer = await one.send().catch((error) => {
            broken++;
            return { status: 0, error };
          });
          if (answer.status === 503) unavailable++;
          if (answer.status === 0 || answer.status === 503) return false;
          assert.equal(answer.status, 303, `${one.forename}: ${answer.text()}`);
          one.number = Number(/enregistree\?numero=(\d+)$/.exec(answer.headers.get('location'))?.[1]);
          assert.ok(one.number > 0, answer.headers.get('location'));
          return true;
        },
        90000,
      );
      told(++answered);
    }),
  );
  return { broken, unavailable };
}

/** What holds whatever has happened. */
async function assertWhole(candidates, before) {
  assert.equal(new Set(candidates.map((one) => one.number)).size, candidates.length, 'each has a number of his own');
  assert.equal(registrations(), before + candidates.length, 'no registration is lost, none is there twice');
  const rows = server.query("SELECT number || ' ' || listed_name FROM registration WHERE exam = 'BCP'").split('\n');
  for (const one of candidates)
    assert.ok(
      rows.some((row) => new RegExp(`^${one.number} .* - ${one.forename.toUpperCase()}( |$)`).test(row)),
      `${one.number} is ${one.forename}`,
    );
  assert.equal(
    number("SELECT count(*) FROM (SELECT identity FROM registration WHERE exam = 'BCP' GROUP BY establishment, identity HAVING count(*) > 1) AS twice"),
    0,
  );
  const numbers = candidates.map((one) => one.number).join(', ');
  assert.equal(
    number(`SELECT count(*) FROM audit_entry WHERE action = 'registration.create' AND exam = 'BCP' AND number IN (${numbers})`),
    candidates.length,
    'one entry of the audit trail for each',
  );
  assert.equal(number(`SELECT count(*) FROM session_item WHERE draft IS NOT NULL AND number IN (${numbers})`), 0);
  assert.equal(
    number(`SELECT count(*) FROM draft WHERE ${candidates.map((one) => `answers LIKE '%${one.forename}"%'`).join(' OR ')}`),
    0,
    'no draft is left of those who are registered',
  );
  assert.equal(
    number("SELECT next FROM number_counter WHERE exam = 'BCP'"),
    number("SELECT max(number) + 1 FROM registration WHERE exam = 'BCP'"),
    'no number is skipped',
  );
  assert.match(server.ctl(['check']).stdout, /base: ok\naudit trail: ok/);
  const next = await register(await loginPupils(server), { identite: { 'Prénom 1': `${candidates[0].forename}-Après` } });
  assert.equal(next.h1, 'Inscription enregistrée', 'the next one passes: nothing stays locked');
}

const withoutRestart =
  base !== 'pgsql' ? 'SQLite has no server to restart' : restart === undefined ? 'INSCRINET_TEST_PGSQL_RESTART says how to restart the cluster' : false;
const of = (round) => (rounds.length > 1 ? `, ${round} of ${rounds.length}` : '');

for (const round of rounds) {
  test(`kill -9 of processes that serve ${CANDIDATES} registrations at once${of(round)}`, async () => {
    const before = registrations(),
      candidates = await seated(CANDIDATES, `Tue${letters(round)}x`);
    const killed = [];
    const { broken } = await validateAll(candidates, (answered) => {
      if (![5, 20, 40, 60].includes(answered)) return;
      const child = server.children().find((pid) => !killed.includes(pid));
      if (child) {
        process.kill(child, 'SIGKILL');
        killed.push(child);
      }
    });
    assert.ok(killed.length >= 2, 'processes were killed');
    assert.ok(broken > 0, 'connections broke');
    await assertWhole(candidates, before);
  });

  test(`a graceful restart in the middle breaks nothing${of(round)}`, async () => {
    const before = registrations(),
      candidates = await seated(30, `Douce${letters(round)}x`);
    const { broken, unavailable } = await validateAll(candidates, (answered) => {
      if ([5, 15].includes(answered)) server.process.kill('SIGUSR1');
    });
    assert.equal(broken, 0, 'no connection broke');
    assert.equal(unavailable, 0, 'nobody was sent away');
    await assertWhole(candidates, before);
  });

  test(`the base's server is restarted in the middle${of(round)}`, { skip: withoutRestart }, async () => {
    const before = registrations(),
      candidates = await seated(60, `Relance${letters(round)}x`);
    let restarted, away;
    /* whoever asks all the while meets the moment without a base, however quick the others are */
    const ask = async () => {
      let over = false,
        met = 0;
      restarted.then(() => {
        over = true;
      });
      while (!over) met += (await wire(`${server.url}/sante`)).status === 503;
      return met;
    };
    const { unavailable } = await validateAll(candidates, (answered) => {
      if (answered !== 10) return;
      restarted = new Promise((resolve) => spawn('sh', ['-c', restart], { stdio: 'ignore' }).on('exit', resolve));
      away = ask();
    });
    assert.equal(await restarted, 0, `${restart} has done its work`);
    assert.ok(unavailable + (await away) > 0, 'some were told to come back');
    await assertWhole(candidates, before);
  });
}
