// SPDX-License-Identifier: Apache-2.0
//
// What a process keeps of the base: a row changed by hand is seen within a minute; a statement that takes its time keeps
// only those waiting who need what it gives.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { Clock } from '../lib/clock.mjs';
import { hold } from '../lib/hold.mjs';
import { Server, base, until } from '../lib/server.mjs';
import { answerPage, loginHead, loginPupils, pupil } from '../lib/walk.mjs';

const home = '/inscription-etablissement/bcp/',
  clock = new Clock();
let server;

before(async () => {
  /* one process: what it keeps, all pages see */
  server = await Server.start({ global: 'StartServers 1\nServerLimit 1\nMaxRequestWorkers 16\n', ...clock.options });
});
after(async () => {
  await server?.stop();
  clock.end();
});

test('a row that is changed by hand is seen after a minute, whatever is shown of it', async () => {
  const pupils = await loginPupils(server),
    head = await loginHead(server),
    school = server.query(`SELECT id FROM establishment WHERE code = '${server.account('etablissement', 'open').login}'`);
  const first = await pupils.press(await pupils.go(home), 'Nouvelle inscription'),
    second = await answerPage(pupils, first, pupil.candidature),
    third = await answerPage(pupils, second, pupil.identite),
    offered = first.html.querySelector('#specialite option[value]:not([value=""])').getAttribute('value');
  const total = async () => Number(/(\d+) pré-inscriptions/.exec((await head.get('/etablissement/bcp/candidats')).text)[1]),
    before = await total();
  const shown = async () => ({
    authority: (await new Browser(server.url).get('/')).body.includes('Académie changée'),
    rule: (await (await loginPupils(server)).get(home)).text.includes('Bienvenue à tous'),
    offer: (await pupils.get(first.address)).text.includes('Spécialité changée'),
    country: (await pupils.get(third.address)).text.includes('Pays changé'),
    figures: (await total()) === before - 1,
  });
  const all = (value) => ({ authority: value, rule: value, offer: value, country: value, figures: value });

  clock.move(1000); /* a minute begins here */
  assert.deepEqual(await shown(), all(false));
  server.query(
    [
      "UPDATE parameter SET value = 'Académie changée' WHERE exam = '' AND name = 'academie'",
      "INSERT INTO parameter (exam, name, value) VALUES ('BCP', 'texte_accueil', 'Bienvenue à tous')",
      `UPDATE specialty SET label = 'Spécialité changée' WHERE code = '${offered}'`,
      "UPDATE country SET name = 'Pays changé' WHERE code = (SELECT min(code) FROM country WHERE name LIKE 'B%')",
      `DELETE FROM registration WHERE exam = 'BCP' AND number =
         (SELECT max(number) FROM registration WHERE exam = 'BCP' AND establishment = ${school} AND state = 'V')`,
    ].join('; '),
  );
  assert.deepEqual(await shown(), all(false), 'kept, or the minute would be nothing to speak of');
  clock.move(60);
  assert.deepEqual(await shown(), all(true));
});

const offered = (page) => page.html.querySelectorAll('#specialite option').map((option) => option.text);

/** An answer that must not wait for anybody else's. */
function soon(what, asked) {
  let page;
  asked.then(
    (answer) => (page = answer),
    () => {},
  );
  return until(what, () => page, 10000);
}

test(
  'a statement that waits for the base delays only whoever needs its answer',
  { skip: base === 'pgsql' ? false : 'on SQLite nobody keeps a reader waiting' },
  async () => {
    const begin = async (which) => {
      const browser = await loginPupils(server, which),
        { location } = await browser.submit(await browser.go(home), 'Nouvelle inscription');
      return { browser, step: new URL(location, server.url).href };
    };
    const known = await begin(0),
      unknown = await begin(1),
      another = await begin(1);
    clock.move(60);
    const offer = offered(await known.browser.get(known.step));
    const other = await hold(server, 'BEGIN; LOCK TABLE establishment_offer IN ACCESS EXCLUSIVE MODE');
    const waiting = [unknown, another].map(({ browser, step }) => browser.get(step));
    try {
      await until('both to wait', () => server.query("SELECT count(*) FROM pg_locks WHERE relation = 'establishment_offer'::regclass AND NOT granted") === '2');
      assert.equal((await soon('who needs nothing of it', new Browser(server.url).get('/'))).status, 200);
      assert.equal((await soon('who needs what nobody has read yet', new Browser(server.url).get('/inscription/cap/'))).status, 200);
      assert.deepEqual(offered(await soon('who needs what is known', known.browser.get(known.step))), offer);
    } finally {
      await other.release();
    }
    const [one, two] = await Promise.all(waiting);
    assert.equal(one.status, 200);
    assert.ok(offered(one).length > 1);
    assert.deepEqual(offered(two), offered(one));
  },
);
