// SPDX-License-Identifier: Apache-2.0
//
// A tick never moves to another person: a browser that keeps what was ticked by its position over a reload, as Firefox does,
// would cancel whoever stands there now, or record his paper, when somebody before him has come into the list meanwhile. Two
// things hold it: `no-store`, and `autocomplete="off"` on every form whose rows can move, which the lint looks for.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launchWhole } from '../lib/chromium.mjs';
import { launch as launchFirefox } from '../lib/firefox.mjs';
import { Server } from '../lib/server.mjs';
import { loginHead } from '../lib/walk.mjs';
import { Window } from '../lib/window.mjs';

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
