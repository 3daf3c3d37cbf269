// SPDX-License-Identifier: Apache-2.0
//
// Two sessions of one exam in a real browser: an apprentice who registers in both at once, at two of his school's computers
// (at one, who begins a registration leaves the one before), a step here, a step there; then his school, which finds
// him in the list of each, once, and never one session's number
// in the other's. On both bases.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { extend, sessionOf } from '../lib/academy.mjs';
import { desktop, launch, open, phone } from '../lib/chromium.mjs';
import { Server } from '../lib/server.mjs';
import { answer, answerRequired, certificate, follow, heading, login, press } from '../lib/tour.mjs';
import { pupil } from '../lib/walk.mjs';

const words = { bp: /session de printemps \d{4}/i, autumn: /session d’automne \d{4}/i };
let server, browser, autumn, account, year;
before(async () => {
  [server, browser] = await Promise.all([Server.start({ candidates: 20 }), launch()]);
  const month = server.query("SELECT month FROM exam_session WHERE exam = 'BP' AND main = 0");
  year = server.query("SELECT year FROM exam_session WHERE exam = 'BP' AND main = 0");
  autumn = `bp-${year}-${month.padStart(2, '0')}`;
  account = server.account('etablissement', 'open');
  const id = server.query(`SELECT id FROM establishment WHERE code = '${account.login}'`);
  extend(server, account.login, { exams: ['bp', autumn], families: ['SCO', 'APP', 'FPC'] });
  for (const exam of ['bp', autumn])
    server.query(`INSERT INTO establishment_offer (establishment, exam_session, specialty)
      SELECT ${id}, ${sessionOf(exam)}, min(code) FROM specialty
      WHERE exam = 'BP' AND last_session IS NULL AND code NOT IN (SELECT specialty FROM exam_unit)`);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const main = async (page) => (await page.getByRole('main').innerText()).replace(/\s+/g, ' ');
/** The session stands in the head of every page of an exam. */
const assertOf = async (page, exam) => {
  const text = (await page.locator('body').innerText()).replace(/\s+/g, ' ');
  assert.match(text, words[exam === 'bp' ? 'bp' : 'autumn'], `${page.url()} is of ${exam}`);
  assert.doesNotMatch(text, words[exam === 'bp' ? 'autumn' : 'bp'], `${page.url()} is of ${exam} only`);
};

const given = (forename) => ({
  ...Object.assign({}, ...Object.values(pupil)),
  'Catégorie du candidat': 'Apprenti',
  Employeur: 'Boulangerie Dupont',
  'Prénom 1': forename,
});

/** One step: what is asked of what is given, and the first answer of what else must be answered. */
async function step(page, exam, forename) {
  const asked = await page.locator('main :is(label, legend)').allTextContents();
  for (const [label, value] of Object.entries(given(forename))) if (asked.some((one) => one.trim() === label)) await answer(page, label, value);
  await answerRequired(page);
  const before = page.url();
  await press(page, 'Suite');
  await page.waitForLoadState();
  assert.notEqual(page.url(), before, `${exam}: ${await main(page)}`);
  await assertOf(page, exam);
}

const atSummary = (page) => new URL(page.url()).pathname.endsWith('/recapitulatif');

/** In both sessions at once; the numbers, by the session. */
async function registerInBoth(seats, forename) {
  const numbers = {};
  for (const [exam, page] of Object.entries(seats)) {
    await login(page, 'inscription-etablissement', server.account('inscription-etablissement', 'open'));
    await heading(page, 'Service Inscription Établissement');
    await page
      .getByRole('main')
      .getByRole('link', { name: exam === 'bp' ? /\(BP\)$/ : /\(BP\) – session d’automne/ })
      .click();
    await assertOf(page, exam);
    assert.equal(new URL(page.url()).pathname, `/inscription-etablissement/${exam}/`);
    await press(page, 'Nouvelle inscription');
  }
  for (let i = 0; i < 12 && !Object.values(seats).every(atSummary); i++)
    for (const [exam, page] of Object.entries(seats)) if (!atSummary(page)) await step(page, exam, forename);
  for (const [exam, page] of Object.entries(seats)) {
    await page.getByLabel(certificate, { exact: true }).check();
    await press(page, 'Valider mon inscription');
    await heading(page, 'Inscription enregistrée');
    const told = await main(page);
    assert.ok(!/homonyme|déjà inscrit/.test(told), told);
    numbers[exam] = /Numéro d.inscription : (\d+-\d)/.exec(told)[1];
    await follow(page, 'La confirmation en version accessible (page web)');
    await assertOf(page, exam);
    assert.ok((await main(page)).includes(numbers[exam]));
  }
  return numbers;
}

let which = 0;
for (const [size, viewport] of Object.entries({ desktop, phone }))
  test(`an apprentice registers in both sessions at once, and his school finds him in each, ${size}`, async () => {
    const forename = ['Camille', 'Dominique'][which++],
      [head, spring, fall] = await Promise.all([1, 2, 3].map(() => open(browser, server, { viewport })));
    const numbers = await registerInBoth({ bp: spring, [autumn]: fall }, forename);
    assert.notEqual(numbers.bp, numbers[autumn]);

    await login(head, 'etablissement', account);
    for (const exam of ['bp', autumn]) {
      await head.goto('/etablissement/');
      await head
        .getByRole('main')
        .getByRole('link', { name: exam === 'bp' ? /\(BP\)$/ : /\(BP\) – session d’automne/ })
        .click();
      await heading(head, 'Service Établissement');
      await assertOf(head, exam);
      await follow(head, 'Liste des candidats pré-inscrits');
      await heading(head, 'Liste des candidats pré-inscrits');
      await assertOf(head, exam);
      const list = await main(head);
      assert.equal(list.split(forename.toUpperCase()).length - 1, 1, `${forename} is in the list of ${exam} once: ${list}`);
      for (const [of, number] of Object.entries(numbers)) assert.equal(list.includes(number), of === exam, `${number} in the list of ${exam}`);
    }
    for (const page of [head, spring, fall]) {
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    }
  });
