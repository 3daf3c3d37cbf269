// SPDX-License-Identifier: Apache-2.0
//
// Whoever leaves, leaves: the browser's Back then shows the next one nothing of him, neither a page that was read nor one that
// answered a form, nor his papers. A table of who left what, and how, in each service. In Chromium, which keeps pages as they
// were and shows them again without asking; the ways out that matter most in Firefox too.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { sessionOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { launchWhole } from '../lib/chromium.mjs';
import { launch as launchFirefox } from '../lib/firefox.mjs';
import { times } from '../lib/long.mjs';
import { Server } from '../lib/server.mjs';
import { answerPage, fillStep, individual, loginHead, loginPupils, pupil, register, registerAlone } from '../lib/walk.mjs';
import { Window } from '../lib/window.mjs';

const school = '/inscription-etablissement/bcp/',
  alone = '/inscription/cap/',
  menu = '/etablissement/bcp/';
let server, next;
const former = {};
before(async () => {
  server = await Server.start({ candidates: 200 });
  const given = { identite: { 'Prénom 1': 'Quitterie' } },
    tell = (page) => ({ number: /(\d+)-0/.exec(page.text)[1], code: /Code personnel : (\S+)/.exec(page.text)[1] });
  former[school] = tell(await register(await loginPupils(server), given));
  former[alone] = tell(await registerAlone(new Browser(server.url), 'cap', given.identite));
  const { number, code } = tell(await register(await loginPupils(server)));
  next = { numero: number, date_naissance: '07/07/2008', code };
});
after(async () => {
  await server?.stop();
});

// ---------------------------------------------------------------- who sits there, and what he leaves

let count = 0;
const forename = () => `Quitterie ${[...String(++count)].map((digit) => 'abcdefghij'[digit]).join('')}`;

const inSchool = { home: school, enter: () => loginPupils(server) },
  atHome = { home: alone, enter: async () => new Browser(server.url) };

/** Somebody's browser, the page that he leaves, and what nobody else may see of it: here of who has just registered. */
const done =
  (page, { home, enter }) =>
  async () => {
    const browser = await enter(),
      { number, code } = former[home],
      exam = home.split('/')[2];
    await browser.press(await browser.go(home), 'Nouvelle inscription');
    server.query(`INSERT INTO session_item (session, ordinal, exam, exam_session, number, pending)
    SELECT max(id), 77, '${exam.toUpperCase()}', ${sessionOf(exam)}, ${number}, 0 FROM session`);
    return { browser, at: `${home}${page}?numero=${number}`, secrets: [`${number}-0`, code, 'QUITTERIE', 'Quitterie'] };
  };

/** A step that has been answered, shown again; how: what is done in the window there. */
const step =
  ({ home, enter }, how) =>
  async () => {
    const browser = await enter(),
      name = forename(),
      given = home === school ? pupil : Object.fromEntries(Object.keys(pupil).map((one) => [one, individual])),
      begun = await browser.press(await browser.go(home), 'Nouvelle inscription'),
      identity = await (home === school ? fillStep(browser, begun, 'candidature', given.candidature) : answerPage(browser, begun, individual));
    const next = await answerPage(browser, identity, { ...given.identite, 'Prénom 1': name });
    assert.match(next.address, /naissance/);
    const code = server.query('SELECT code FROM draft ORDER BY id DESC LIMIT 1');
    return { browser, at: identity.address, secrets: [name, `${code.slice(0, 4)}-${code.slice(4)}`], how };
  };
/* an answer to a form, with what was typed */
const refused = async (window) => {
  await window.type('nom_naissance', '');
  await window.press('Suite');
};

const followUp = (page) => async () => {
  const browser = await loginHead(server),
    [name] = (await browser.get(`${menu}candidats`)).html.querySelectorAll('tbody th a');
  return { browser, at: new URL(page ?? name.getAttribute('href'), `${server.url}${menu}`).href, secrets: [name.text.trim()] };
};

// ---------------------------------------------------------------- how he leaves

const press = (button) => (window) => window.press(button);
const goto = (address) => (window) => window.goto(address);
const first = (address, then) => async (window) => {
  await window.goto(address);
  await then(window);
};
const prove = (address) => async (window) => {
  await window.goto(address);
  for (const [name, value] of Object.entries(next)) await window.type(name, value);
  await window.press('Suite');
};
const idle = (address) => async (window) => {
  server.query('UPDATE session SET seen = seen - 100000');
  await window.goto(address);
};

const closing = 'Fermer la session de l’établissement',
  begin = { 'Nouvelle inscription': first(school, press('Nouvelle inscription')) },
  close = { [closing]: first(school, press(closing)) },
  proofs = { 'Modifier une inscription': prove(`${school}modification`), 'Réimprimer la confirmation': prove(`${school}reimpression`) },
  home = { 'the exam’s home': goto(school) },
  homes = { ...home, 'the service’s home': goto('/inscription-etablissement/') },
  quit = { Quitter: press('Quitter') },
  save = { 'Enregistrer et quitter': press('Enregistrer et quitter') },
  quitAtDone = { Quitter: (window) => first(`${alone}enregistree?numero=${former[alone].number}`, press('Quitter'))(window) },
  quitAtMenu = { Quitter: first(menu, press('Quitter')) };
const ended = (home) => ({ 'the end of the session': idle(home) });

/* service, what is left: [how it comes about, how it is left] */
const table = {
  'in a school': {
    'Inscription enregistrée': [done('enregistree', inSchool), { ...quit, ...begin, ...proofs, ...close, ...homes, ...ended(school) }],
    'the confirmation, PDF': [done('confirmation.pdf', inSchool), { ...begin, ...ended(school) }],
    'a step': [step(inSchool), { ...quit, ...save, ...begin, ...proofs, ...close, ...home, ...ended(school) }],
    'a step that was refused': [step(inSchool, refused), { ...quit, ...begin, ...home }],
  },
  'at home': {
    'Inscription enregistrée': [done('enregistree', atHome), { ...quit, ...ended(alone) }],
    'the confirmation, PDF': [done('confirmation.pdf', atHome), quitAtDone],
    'a step': [step(atHome), { ...quit, ...save, ...ended(alone) }],
    'a step that was refused': [step(atHome, refused), quit],
  },
  'in the Suivi': {
    'the list': [followUp('candidats'), { ...quitAtMenu, ...ended(menu) }],
    'the list, PDF': [followUp('candidats.pdf'), quitAtMenu],
    'a candidate’s file': [followUp(), quitAtMenu],
  },
};

/** As far as Back goes, nothing of him is shown. */
async function assertForgotten(window, secrets) {
  const seen = [];
  while (await window.back()) {
    const { address, kind, text } = await window.shown();
    seen.push(address);
    for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} after Back to ${address}: ${text}`);
    assert.notEqual(kind, 'application/pdf', address);
  }
  assert.ok(seen.length > 0);
}

async function leaveAndGoBack(browser, make, leave) {
  const { browser: whose, at, secrets, how } = await make(),
    window = new Window(await browser.open(), server.url);
  try {
    await window.adopt(whose);
    await window.goto(at);
    await how?.(window);
    const { kind, text } = await window.shown();
    if (kind !== 'application/pdf')
      assert.ok(
        secrets.some((one) => text.includes(one)),
        `${secrets} in ${text}`,
      );
    await leave(window);
    await assertForgotten(window, secrets);
  } finally {
    await window.close();
  }
}

const inFirefox =
  /: (Inscription enregistrée, Nouvelle inscription|the confirmation, PDF, Nouvelle inscription|a step that was refused, Quitter|the list, Quitter)$/;
for (const [name, launch, which] of [
  ['Chromium', launchWhole, /./],
  ['Firefox', launchFirefox, inFirefox],
]) {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());
  for (const [service, rows] of Object.entries(table))
    for (const [what, [make, leavings]] of Object.entries(rows))
      for (const [i, [how, leave]] of Object.entries(leavings).entries()) {
        const title = `${name}, ${service}: ${what}, ${how}`,
          inTurn = times > 1 || i % 2 === 0 || which === inFirefox; /* every second way of each; all of them in check-long */
        if (inTurn && which.test(title)) test(title, () => leaveAndGoBack(browser, make, leave));
      }
}
