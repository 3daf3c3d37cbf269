// SPDX-License-Identifier: Apache-2.0
//
// The answer that forgets somebody changes a cookie that says nothing, so that the browser forgets as well what it keeps of
// him (tests/browser/back.test.mjs): each of these answers, once, and no other. The session and its token stay what they are.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Browser, setCookies } from '../lib/browser.mjs';
import { Server } from '../lib/server.mjs';
import { certify, fillStep, loginHead, loginPupils, pupil, registerAlone, toSummary } from '../lib/walk.mjs';

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

// ---------------------------------------------------------------- in a school: each way out, and each way in of the next one

const left = { 'Prénom 1': 'Quitterie', 'Nom de naissance': 'Départ' };
let browser, registered, proof;
const exam = `(SELECT id FROM exam_session WHERE exam = 'BCP' AND main = 1)`,
  lastOf = (table) => Number(server.query(`SELECT max(id) FROM ${table}`));

/** Somebody who has come to a step, in a session that refers to all that one can: { step, pages, draft, code }. */
async function busy(dated) {
  const pages = {};
  for (const page of ['', 'modification', 'reimpression']) pages[page] = await browser.go(home + page);
  let step = await browser.press(pages[''], 'Nouvelle inscription');
  step = await fillStep(browser, step, 'candidature', pupil.candidature);
  step = await fillStep(browser, step, 'identite', { ...pupil.identite, ...left });
  if (dated) step = await fillStep(browser, step, 'naissance', pupil.naissance);
  const draft = lastOf('draft'),
    session = Number(server.query(`SELECT session FROM session_item WHERE draft = ${draft}`));
  const other = (code, number) => {
    server.query(`INSERT INTO draft (code, exam, exam_session, service, establishment, number, revision, answers, created, changed, department)
      SELECT '${code}' || substr(code, 4), exam, exam_session, service, establishment, ${number}, 0, answers, created, changed, department
      FROM draft WHERE id = ${draft}`);
    return lastOf('draft');
  };
  const item = (ordinal, of, number, pending) =>
    server.query(`INSERT INTO session_item (session, ordinal, exam, exam_session, draft, number, pending)
      VALUES (${session}, ${ordinal}, 'BCP', ${exam}, ${of}, ${number}, ${pending})`);
  item(71, 'NULL', registered, 0);
  item(72, other('MMM', registered), 'NULL', 0);
  item(73, other('SSS', 'NULL'), 'NULL', 2);
  item(74, other('WWW', 'NULL'), 'NULL', 1);
  /* the session's own draft is the one that was changed last */
  server.query(`DELETE FROM session_item WHERE session = ${session} AND draft = ${draft}`);
  item(75, draft, 'NULL', 0);
  step.address = step.address.replace(/dossier=\d+/, 'dossier=75');
  return { step, pages, draft, code: server.query(`SELECT code FROM draft WHERE id = ${draft}`) };
}

/** What the session refers to, and what it may see of it. */
const reached = () => [
  'candidature/identite?dossier=75',
  'candidature/identite?dossier=72',
  'brouillon?dossier=73',
  `enregistree?numero=${registered}`,
  `confirmation?numero=${registered}`,
  `confirmation.pdf?numero=${registered}`,
];

const submit =
  (page, button, filled = () => ({})) =>
  ({ pages }) =>
    browser.submit(pages[page], button, filled());
const look = (address) => () => browser.get(address);
const press =
  (button) =>
  ({ step }) =>
    browser.post(...sent(step, button));
/* from the step as its address is by now */
function sent(step, button) {
  const { fields } = browser.prepare(step, button);
  return [step.address, fields];
}
/* how; where it leads; whether it says how to resume */
const leavings = {
  'Nouvelle inscription': [submit('', 'Nouvelle inscription'), 303],
  'Modifier une inscription': [submit('modification', 'Suite', () => proof), 303],
  'Modifier une inscription, its page': [look(`${home}modification`), 200, 'told'],
  'Réimprimer la confirmation': [submit('reimpression', 'Suite', () => proof), 303],
  'Réimprimer la confirmation, its page': [look(`${home}reimpression`), 200, 'told'],
  Quitter: [press('Quitter'), 303],
  'Enregistrer et quitter': [press('Enregistrer et quitter'), 303],
  "the exam's home": [look(home), 200, 'told'],
  "the service's home": [look('/inscription-etablissement/'), 200, 'told'],
  'Fermer la session de l’établissement': [submit('', 'Fermer la session de l’établissement'), 303],
};

test('in a school: who is registered to leave', async () => {
  browser = await loginPupils(server);
  const done = await browser.press(await toSummary(browser, someone()), last, certify);
  registered = /(\d+)-0/.exec(done.text)[1];
  const next = await browser.press(await toSummary(browser, someone()), last, certify);
  proof = {
    "Numéro d'inscription": /(\d+)-0/.exec(next.text)[1],
    'Date de naissance': pupil.naissance['Date de naissance'],
    'Code personnel': /Code personnel : (\S+)/.exec(next.text)[1],
  };
});

for (const [how, [leave, status, told]] of Object.entries(leavings))
  for (const dated of told ? [false, true] : [false])
    test(`in a school: ${how}${dated ? ', once the date of birth is known' : ''}: every earlier K and number is a 404, no draft is lost`, async () => {
      const token = tokenOf(browser),
        { step, pages, draft, code } = await busy(dated),
        before = server.query('SELECT count(*) FROM draft');
      for (const address of reached()) {
        const answer = await browser.get(home + address);
        assert.equal(answer.status, 200, address);
        assert.ok(!leavesIn(answer), address);
      }
      const answer = await leave({ step, pages });
      assert.equal(answer.status, status);
      assert.ok(leavesIn(answer), how);
      const display = `${code.slice(0, 4)}-${code.slice(4)}`;
      const said = `Pour la reprendre : code de reprise ${display}${dated ? ', avec la date de naissance' : ''}.`;
      assert.equal(answer.text.includes(said), Boolean(told), answer.text);
      assert.doesNotMatch(answer.text, /Quitterie|Départ/);
      if (how.startsWith('Fermer')) {
        assert.equal(tokenOf(browser), undefined);
        browser = await loginPupils(server);
      } else assert.equal(tokenOf(browser), token);
      for (const address of reached()) assert.equal((await browser.get(home + address)).status, 404, address);
      for (const button of ['Suite', 'Enregistrer et quitter'])
        if (!how.startsWith('Fermer')) assert.equal((await press(button)({ step })).status, 404, button);
      if (how === 'Enregistrer et quitter') assert.ok((await browser.get(answer.location)).text.includes(display), 'its code alone');
      else assert.equal((await browser.get(`${home}brouillon?dossier=75`)).status, 404);
      if (told) {
        const again = await browser.get(answer.address);
        assert.ok(!leavesIn(again), 'there is nothing more to forget');
        assert.ok(!again.text.includes(display), 'it is told once');
        assert.equal((await browser.get(`${home}reprise?dossier=74`)).status, 200, 'what waits for its owner goes on waiting');
      }
      assert.ok(Number(server.query('SELECT count(*) FROM draft')) >= Number(before));
      const resumed = await browser.press(await browser.go(`${home}reprise`), 'Suite', {
        'Code de reprise': display,
        'Date de naissance': dated ? pupil.naissance['Date de naissance'] : '',
      });
      assert.equal(
        Number(server.query(`SELECT draft FROM session_item WHERE ordinal = ${/dossier=(\d+)/.exec(resumed.address)[1]} AND draft = ${draft}`)),
        draft,
      );
      assert.equal((await browser.get(resumed.address.replace('candidature/candidature', 'candidature/identite'))).value('Prénom 1'), 'Quitterie');
    });

test('in a school: no step is a leaving, nor a proof that is refused', async () => {
  const begun = await browser.submit(await browser.go(home), 'Nouvelle inscription'),
    step = await browser.get(begun.location);
  assert.ok(!leavesIn(step));
  assert.ok(!leavesIn(await browser.submit(step, 'Suite')), 'a step');
  for (const way of ['reimpression', 'modification'])
    assert.ok(!leavesIn(await browser.submit(await browser.go(home + way), 'Suite', { ...proof, 'Code personnel': 'AAAA-AAAA' })), `${way}, refused`);
});

test('in a school: « Retour » of the first step leads to the home that says what is kept; of a draft without answers nothing is said', async () => {
  let step = await browser.press(await browser.go(home), 'Nouvelle inscription');
  const empty = await browser.get(home);
  assert.ok(leavesIn(empty));
  assert.doesNotMatch(empty.text, /code de reprise/);
  step = await browser.press(await browser.go(home), 'Nouvelle inscription');
  const back = await browser.press(step, 'Retour', { Classe: 'TMELEC2' });
  assert.equal(new URL(back.address).pathname, home);
  const [, code] = /code de reprise (\S+)\./.exec(back.text);
  const resumed = await browser.press(await browser.go(`${home}reprise`), 'Suite', { 'Code de reprise': code });
  assert.equal(resumed.value('Classe'), 'TMELEC2');
});

test('in a school of one exam: its service leads to the home that forgets', async () => {
  const one = await loginPupils(server, 1),
    code = server.account('inscription-etablissement', 'open', 1).login;
  server.query(`DELETE FROM establishment_exam WHERE exam_session <> ${exam} AND establishment = (SELECT id FROM establishment WHERE code = '${code}')`);
  const step = await one.press(await one.go(home), 'Nouvelle inscription');
  assert.equal(
    (await one.submit(step, 'Suite', { ...pupil.candidature, Spécialité: step.html.querySelectorAll('#specialite option')[1]?.text.trim() })).status,
    303,
  );
  const led = await one.get('/inscription-etablissement/');
  assert.deepEqual([led.status, led.location, leavesIn(led)], [303, home, false]);
  const told = await one.get(home);
  assert.ok(leavesIn(told));
  assert.match(told.text, /code de reprise [A-Z2-9]{4}-[A-Z2-9]{4}\./);
  assert.equal((await one.get(step.address)).status, 404);
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
