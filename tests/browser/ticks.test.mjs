// SPDX-License-Identifier: Apache-2.0
//
// No tick outlives its page, nor is left behind without a word: what leads to another page of its list asks first.
//
// A tick never moves to another person: a browser that keeps what was ticked by its position over a reload, as Firefox does,
// would cancel whoever stands there now, or record his paper, when somebody before him has come into the list meanwhile. Two
// things hold it: `no-store`, and `autocomplete="off"` on every form whose rows can move, which the lint looks for.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch as launchHeadless, launchWhole, open } from '../lib/chromium.mjs';
import { launch as launchFirefox } from '../lib/firefox.mjs';
import { times } from '../lib/long.mjs';
import { Server, until } from '../lib/server.mjs';
import { login } from '../lib/tour.mjs';
import { loginHead } from '../lib/walk.mjs';
import { Window } from '../lib/window.mjs';

const columns =
  'exam, exam_session, revision, service, establishment, specialty, category, state, listed_name, birth_date, form, european, ine, ' +
  'code, identity, sort_key, search_name, answers, created, changed';
let server;
before(async () => {
  server = await Server.start({ candidates: 200 });
});
after(async () => {
  await server?.stop();
});

const ours = () => `(SELECT id FROM establishment WHERE code = '${server.account('etablissement', 'open').login}')`;
/** Somebody of another school, who comes before all, is in this one's list from now on. */
const arrive = () =>
  server.query(`UPDATE registration SET establishment = ${ours()}, identity = identity || number, state = 'V',
    sort_key = (SELECT min(sort_key) FROM registration WHERE exam = 'BCP' AND establishment = ${ours()})
    WHERE exam = 'BCP' AND number = (SELECT min(number) FROM registration WHERE exam = 'BCP' AND establishment <> ${ours()})`);

const boxes = `[...document.querySelectorAll('tbody input[type=checkbox]')]`;
const ticked = async (window) => JSON.parse(await window.given.evaluate(`JSON.stringify(${boxes}.filter((one) => one.checked).map((one) => one.value))`));

for (const [name, launch] of [
  ['Chromium', launchWhole],
  ['Firefox', launchFirefox],
])
  for (const page of ['validation', 'retours'])
    test(`${name}, ${page}: after a reload nobody is ticked, whoever has come into the list meanwhile`, async () => {
      const browser = await launch();
      try {
        const window = new Window(await browser.open(), server.url);
        await window.adopt(await loginHead(server));
        await window.goto(`/etablissement/bcp/${page}`);
        const count = await window.given.evaluate(`${boxes}.length`);
        assert.ok(count > 3);
        await window.given.evaluate(`${boxes}.slice(-2).forEach((one) => one.click())`);
        assert.equal((await ticked(window)).length, 2);
        arrive();
        await window.leave('the reload', () => window.given.reload());
        assert.equal(await window.given.evaluate(`${boxes}.length`), count + 1, 'somebody has come');
        assert.deepEqual(await ticked(window), []);
      } finally {
        await browser.close();
      }
    });

/* every kind of button that leads to another page of the list */
const elsewhere = { validation: ['Tout afficher', 'Rechercher', 'Page suivante'], retours: ['Confirmations rendues', 'Page suivante'] };

/** A second page of the list, of people who come after all others. */
const grow = () => {
  server.query(
    `INSERT INTO registration (number, ${columns})
     WITH RECURSIVE seq(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM seq WHERE i < 250)
     SELECT (SELECT max(number) FROM registration) + i, ${columns} FROM
       (SELECT * FROM registration WHERE exam = 'BCP' AND establishment = ${ours()} ORDER BY sort_key DESC LIMIT 1) one, seq`,
  );
  server.query(`UPDATE establishment_exam SET version = version + 1 WHERE establishment = ${ours()}`);
};

/** Each button in one of the browsers; in both in check-long. */
const inTurn = (name, buttons) => buttons.filter((_, i) => times > 1 || (i % 2 === 0) === (name === 'Firefox'));

for (const [name, launch] of [
  ['Chromium', launchWhole],
  ['Firefox', launchFirefox],
])
  test(`${name}: what leads to another page of a list asks first; who stays has his ticks, who goes on leaves them behind`, async () => {
    grow();
    const browser = await launch();
    try {
      const window = new Window(await browser.open(), server.url);
      await window.adopt(await loginHead(server));
      for (const [page, buttons] of Object.entries(elsewhere))
        for (const button of inTurn(name, buttons)) {
          await window.goto(`/etablissement/bcp/${page}`);
          assert.deepEqual(await ticked(window), []);
          await window.given.evaluate(`${boxes}.slice(0, 3).forEach((one) => one.click())`);
          const wanted = await ticked(window);
          assert.equal(wanted.length, 3);
          await window.press(button);
          assert.match((await window.shown()).text, /3 cases cochées ne sont pas validées/, button);
          await until('the question has the focus', () => window.given.evaluate(`document.activeElement.id === 'question'`));
          await window.given.evaluate(`[...document.querySelectorAll('a')].find((one) => one.textContent === 'Rester sur cette page').click()`);
          assert.deepEqual(await ticked(window), wanted);
          assert.equal(await window.given.evaluate('location.hash'), '#liste');
          await window.press('Continuer sans valider');
          assert.doesNotMatch((await window.shown()).text, /ne sont pas validées/);
          assert.deepEqual(await ticked(window), []);
        }
      await window.back(); /* to the question, which no browser keeps: it would have to be sent again */
      assert.deepEqual(await ticked(window), []);
    } finally {
      await browser.close();
    }
  });

test('with the keyboard alone: Enter in the search asks, Tab and Enter stay or go on', async () => {
  const browser = await launchHeadless();
  try {
    const page = await open(browser, server, { javaScriptEnabled: false });
    await login(page, 'etablissement', server.account('etablissement', 'open'));
    for (const [tabs, gone] of [
      [1, false],
      [2, true],
    ]) {
      await page.goto('/etablissement/bcp/validation');
      await page.getByRole('checkbox').first().press('Space');
      await page.getByLabel('Nom ou numéro', { exact: true }).fill('a');
      await page.getByLabel('Nom ou numéro', { exact: true }).press('Enter');
      await page.getByRole('group', { name: '1 case cochée n’est pas validée', exact: true }).waitFor();
      await page.locator('#question:focus').waitFor();
      for (let i = 0; i < tabs; i++) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL(gone ? /recherche=\d/ : /#liste$/);
      assert.equal(await page.getByRole('checkbox').first().isChecked(), !gone);
    }
  } finally {
    await browser.close();
  }
});
