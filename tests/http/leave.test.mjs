// SPDX-License-Identifier: Apache-2.0
//
// The answer that forgets somebody changes a cookie that says nothing, so that the browser forgets as well what it keeps of
// him (tests/browser/back.test.mjs): each of these answers, once, and no other. The session and its token stay what they are.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Browser, setCookies } from '../lib/browser.mjs';
import { Server } from '../lib/server.mjs';
import { certify, loginHead, loginPupils, pupil, registerAlone, toSummary } from '../lib/walk.mjs';

const home = '/inscription-etablissement/bcp/',
  last = 'Valider mon inscription';
let server;
before(async () => {
  server = await Server.start();
});
after(async () => {
  await server?.stop();
});

const values = new Set();
/** What an answer sets; the cookie of a leaving has a value that it never had before. */
function leavesIn(answer) {
  const found = (answer.cookies ?? setCookies(answer.headers)).filter((line) => line.startsWith('inscrinet-depart='));
  assert.ok(found.length <= 1, found.join(', '));
  for (const line of found) {
    assert.match(line, /^inscrinet-depart=\w+; Path=\/; HttpOnly; SameSite=Lax$/);
    assert.ok(!values.has(line), line);
    values.add(line);
  }
  return found.length === 1;
}

const tokenOf = (browser) => browser.cookies.get('inscrinet-inscription-etablissement');
let count = 0;
const someone = () => ({ identite: { 'Prénom 1': `Odile ${[...String(++count)].map((digit) => 'abcdefghij'[digit]).join('')}` } });

test('in a school: who registers is forgotten by none of his own answers, and his last click is known until he is', async () => {
  const browser = await loginPupils(server),
    token = tokenOf(browser),
    summary = await toSummary(browser, someone());
  assert.ok(browser.cookies.has('inscrinet-depart'), '« Nouvelle inscription » has forgotten the one before');
  const done = await browser.submit(summary, last, certify),
    again = await browser.submit(summary, last, certify);
  assert.deepEqual([done.status, again.status, again.location], [303, 303, done.location]);
  for (const answer of [done, again, await browser.get(done.location), await browser.get(done.location.replace('enregistree', 'confirmation.pdf'))])
    assert.ok(!leavesIn(answer), answer.address);
  const left = await browser.get(home);
  assert.ok(leavesIn(left), 'once it was left');
  assert.ok(!leavesIn(await browser.get(home)), 'there is nothing more to forget');
  assert.equal((await browser.get(done.location)).status, 404);
  assert.equal((await browser.submit(summary, last, certify)).status, 404);
  assert.equal(tokenOf(browser), token);
});

test('in a school: every way out and every way in of the next one', async () => {
  const browser = await loginPupils(server),
    token = tokenOf(browser),
    registered = await browser.press(await toSummary(browser, someone()), last, certify),
    proof = {
      "Numéro d'inscription": /(\d+)-0/.exec(registered.text)[1],
      'Date de naissance': pupil.naissance['Date de naissance'],
      'Code personnel': /Code personnel : (\S+)/.exec(registered.text)[1],
    };
  assert.ok(leavesIn(await browser.get('/inscription-etablissement/')), "the service's home");
  const begin = async () => browser.submit(await browser.go(home), 'Nouvelle inscription');
  const begun = await begin();
  assert.ok(leavesIn(begun), 'Nouvelle inscription');
  const step = await browser.get(begun.location);
  assert.ok(!leavesIn(step));
  assert.ok(!leavesIn(await browser.submit(step, 'Suite')), 'a step');
  const kept = await browser.submit(step, 'Enregistrer et quitter');
  assert.ok(leavesIn(kept), 'Enregistrer et quitter');
  assert.ok(leavesIn(await browser.submit(await browser.get((await begin()).location), 'Quitter')), 'Quitter');
  for (const way of ['reimpression', 'modification']) {
    assert.ok(!leavesIn(await browser.submit(await browser.go(home + way), 'Suite', { ...proof, 'Code personnel': 'AAAA-AAAA' })), `${way}, refused`);
    assert.ok(leavesIn(await browser.submit(await browser.go(home + way), 'Suite', proof)), way);
  }
  assert.equal(tokenOf(browser), token);
  const closed = await browser.submit(await browser.go(home), 'Fermer la session de l’établissement');
  assert.ok(leavesIn(closed), 'a log-out');
  assert.equal(tokenOf(browser), undefined);
});

test("at home: « Quitter »; an individual's other tabs go on", async () => {
  const browser = new Browser(server.url),
    done = await registerAlone(browser, 'cap');
  assert.ok(!leavesIn(await browser.submit(await browser.go('/inscription/cap/'), 'Nouvelle inscription')));
  assert.equal((await browser.get(done.address)).status, 200);
  assert.ok(leavesIn(await browser.submit(await browser.go(done.address), 'Quitter')));
});

test('after the end of a session: at each answer, as long as the browser says that it has it', async () => {
  const [head, pupils, alone] = [await loginHead(server), await loginPupils(server), new Browser(server.url)];
  await alone.press(await alone.go('/inscription/cap/'), 'Nouvelle inscription');
  const asked = [
    [head, '/etablissement/bcp/candidats'],
    [head, '/etablissement/connexion'],
    [pupils, home],
    [alone, '/inscription/cap/'],
  ];
  for (const [browser, at] of asked) assert.ok(!leavesIn(await browser.get(at)), at);
  server.query('UPDATE session SET seen = seen - 100000');
  for (const [browser, at] of asked) assert.ok(leavesIn(await browser.get(at)), at);
  assert.ok(!leavesIn(await new Browser(server.url).get('/etablissement/bcp/candidats')), 'nobody was there');
});
