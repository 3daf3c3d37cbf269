// SPDX-License-Identifier: Apache-2.0
//
// « Commune de naissance » and « Commune » are completed as one types, by mouse and by keys alone, and stay free; without
// scripts they are fields like any other.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { axe, desktop, launch, open, phone } from '../lib/chromium.mjs';
import { Server, top } from '../lib/server.mjs';
import { toSummaryAlone } from '../lib/walk.mjs';

let server, browser;
before(async () => {
  [server, browser] = await Promise.all([Server.start({ establishments: 4, candidates: 5 }), launch()]);
  server.ctl(['load', 'communes', path.join(top, 'seeds/communes.csv')]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** A window on a step of somebody who has answered all. */
async function at(step, options) {
  const walked = new Browser(server.url),
    page = await open(browser, server, options);
  let address;
  await toSummaryAlone(walked, 'cap', {}, (seen) => {
    if (seen.address.includes(`/${step}?`)) address = seen.address;
  });
  await page.context().addCookies([...walked.cookies].map(([name, value]) => ({ name, value, url: server.url })));
  await page.goto(address);
  return page;
}

const offered = (page) => page.locator('[role=option]');
const birth = (page) => page.getByLabel('Commune de naissance', { exact: true });

for (const [name, viewport] of [
  ['desk', desktop],
  ['phone', phone],
])
  test(`on a ${name} a commune is completed, and fills in its department where there is none`, async () => {
    const page = await at('naissance', { viewport });
    await page.getByLabel('Département de naissance', { exact: true }).selectOption('');
    await birth(page).fill('');
    await birth(page).pressSequentially('st denis');
    await offered(page).first().waitFor();
    assert.ok((await offered(page).allInnerTexts()).some((one) => /^Saint-Denis\s+93200/.test(one)));
    assert.equal(await birth(page).getAttribute('aria-expanded'), 'true');
    const rules = await axe(page);
    assert.deepEqual(await rules.look(), []);
    await rules.end();
    await offered(page).filter({ hasText: '93200' }).click();
    assert.equal(await birth(page).inputValue(), 'Saint-Denis');
    assert.equal(await page.getByLabel('Département de naissance', { exact: true }).inputValue(), '093');
    await page.locator('[role=listbox]').waitFor({ state: 'hidden' });
    await birth(page).fill('');
    await birth(page).pressSequentially('aubervi');
    await offered(page).filter({ hasText: 'Aubervilliers' }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

test('by keys alone: down, up, Enter takes one without sending the form, Escape leaves what was typed', async () => {
  const page = await at('naissance'),
    field = birth(page),
    address = page.url();
  await page.getByLabel('Département de naissance', { exact: true }).selectOption('059');
  await field.fill('');
  await field.pressSequentially('lil');
  await offered(page).first().waitFor();
  await field.press('ArrowDown');
  const active = await field.getAttribute('aria-activedescendant');
  assert.equal(await page.locator(`[id="${active}"]`).getAttribute('aria-selected'), 'true');
  await field.press('Enter');
  assert.equal(await field.inputValue(), 'Lille');
  assert.equal(page.url(), address);
  await field.fill('');
  await field.pressSequentially('Lillers-l');
  await field.fill('Oran');
  await page.locator('[role=listbox]').waitFor({ state: 'hidden' });
  await field.fill('lil');
  await offered(page).first().waitFor();
  await field.press('Escape');
  assert.equal(await field.inputValue(), 'lil');
  assert.equal(await field.getAttribute('aria-expanded'), 'false');
  await page.context().close();
});

test('abroad nothing is offered, and what is typed is kept', async () => {
  const page = await at('naissance');
  await page.getByLabel('Pays de naissance', { exact: true }).selectOption({ label: 'Belgique' });
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await birth(page).fill('Lille');
  await page.getByLabel('INE', { exact: true }).focus();
  assert.equal(await offered(page).count(), 0);
  assert.deepEqual(
    asked.filter((one) => one.includes('communes')),
    [],
  );
  await page.context().close();
});

test('without scripts it is a text field', async () => {
  const page = await at('coordonnees', { javaScriptEnabled: false });
  const field = page.getByLabel('Commune', { exact: true });
  assert.equal(await field.getAttribute('role'), null);
  await field.fill('Là-bas');
  await page.getByRole('button', { name: 'Suite', exact: true }).click();
  assert.equal(await page.locator('.summary-of-errors').count(), 0);
  await page.context().close();
});
