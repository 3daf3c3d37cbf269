// SPDX-License-Identifier: Apache-2.0
//
// The two pages of calendars in a real browser: axe finds nothing in any of their states, nothing scrolls sideways but a table
// or the picture in its own region, and a service is closed, taken back and prolonged by what stands on the page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { axe, axeOfViews, desktop, launch, narrowest, open, phone } from '../lib/chromium.mjs';
import { Server } from '../lib/server.mjs';
import { loginManager } from '../lib/walk.mjs';
import { doneUnload, donePreview } from '../lib/works.mjs';

let server, browser, manager;
before(async () => {
  [server, browser] = await Promise.all([Server.start({ candidates: 20 }), launch()]);
  manager = await loginManager(server);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** A window of the manager's. */
async function enter(options) {
  const page = await open(browser, server, options);
  await page.context().addCookies([...manager.cookies].map(([name, value]) => ({ name, value, url: server.url })));
  return page;
}

/** What is wrong with a page as it stands. */
async function faults(page, rules) {
  const eye = await axe(page),
    found = await eye.look(rules),
    layout = await page.evaluate(() => {
      const seen = (element) => element.checkVisibility() && element.getBoundingClientRect().right > 0,
        out = (element) => !element.closest('.scroll, .hidden') && seen(element) && element.getBoundingClientRect().right > innerWidth + 0.5;
      return [
        ...(document.scrollingElement.scrollWidth > innerWidth ? ['scrolls sideways'] : []),
        ...[...document.querySelectorAll('main *')].filter(out).map((element) => `stands out: ${element.outerHTML.slice(0, 80)}`),
        ...[...document.querySelectorAll('[style], script:not([src])')].map((element) => `inline: ${element.outerHTML.slice(0, 80)}`),
      ];
    });
  await eye.end();
  return [...found, ...layout, ...page.complaints.splice(0)];
}

test('every state of these pages, and of loads and unloads, light and dark, on a desk and on small phones', async () => {
  const dated = server.query("SELECT 'bp-' || year || '-' || month FROM exam_session WHERE exam = 'BP' AND main = 0"),
    month = server.query("SELECT month FROM exam_session WHERE exam = 'BP' AND main = 1").padStart(2, '0'),
    window = server.query("SELECT min(w.id) FROM registration_window w JOIN exam_session s ON s.id = w.exam_session WHERE s.exam = 'BCP' AND s.main = 1"),
    spring = `bp-${dated.slice(3, 7)}-${month}`,
    works = ['', '/initialisation', `/travail?${doneUnload(server)}`, `/travail?${donePreview(server)}`].map((at) => `chargements${at}`);
  const wrong = [];
  for (const [colorScheme, viewport] of [
    ['light', desktop],
    ['dark', phone],
    ['light', narrowest],
  ]) {
    const page = await enter({ colorScheme, viewport });
    for (const at of ['sessions', 'sessions/bcp', `sessions/bcp?fenetre=${window}`, `sessions/${dated}?reprise=${spring}`, 'ouverture', ...works]) {
      await page.goto(`/gestionnaire/${at}`);
      for (const fault of await faults(page, viewport === desktop ? undefined : axeOfViews)) wrong.push(`${at}, ${viewport.width}: ${fault}`);
    }
    await page.context().close();
  }
  assert.deepEqual(wrong, []);
});

test('closed after a summary, taken back, prolonged: by what is read and pressed', async () => {
  const page = await enter({ viewport: phone }),
    row = page.getByRole('row', { name: /CAP – session/ }).filter({ hasText: 'Candidats individuels' });
  await page.goto('/gestionnaire/ouverture');
  await row.getByRole('button', { name: /^Fermer maintenant/ }).click();
  await page.getByRole('heading', { name: 'Ce qui serait fermé plus tôt' }).waitFor();
  assert.deepEqual(await faults(page), []);
  await page.getByRole('button', { name: 'Confirmer' }).click();
  await row.getByText('Clos').waitFor();
  assert.deepEqual(await faults(page), []);
  await page.getByRole('button', { name: 'Rétablir les dates d’avant' }).click();
  await row.getByText('Ouvert', { exact: false }).first().waitFor();
  const before = await row.innerText();
  await row.getByRole('button', { name: /^\+ 1 semaine/ }).click();
  await page.getByRole('status').waitFor();
  assert.notEqual(await row.innerText(), before);
  await page.context().close();
});

test('a picture that is printed keeps its bands, and has no colour of the night', async () => {
  const page = await enter({ colorScheme: 'dark' });
  await page.goto('/gestionnaire/sessions');
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  const fills = await page.locator('svg rect').evaluateAll((bands) => bands.map((band) => [getComputedStyle(band).fill, band.getBoundingClientRect().width]));
  assert.ok(fills.length > 0 && fills.every(([, width]) => width > 1));
  assert.deepEqual([...new Set(fills.map(([fill]) => fill))].sort(), ['rgb(11, 90, 44)', 'rgb(28, 76, 160)']);
  await page.context().close();
});
