// SPDX-License-Identifier: Apache-2.0
//
// Communes: the list in seeds/ loads whole, is found by the beginning of a name however it is written, and vanished codes
// lead to today's communes. The pages offer them where a script runs, and no other page may run one.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { Server, top } from '../lib/server.mjs';
import { loginPupils, toSummaryAlone } from '../lib/walk.mjs';

let server, browser;
before(async () => {
  server = await Server.start({ establishments: 4, candidates: 5 });
  server.ctl(['load', 'communes', path.join(top, 'seeds/communes.csv')]);
  browser = new Browser(server.url);
});
after(() => server.stop());

async function found(debut, departement = '', of = browser, service = 'inscription') {
  const answer = await of.get(`/${service}/communes?${new URLSearchParams({ debut, departement })}`);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'application/json');
  return JSON.parse(answer.text);
}
const names = async (...args) => (await found(...args)).map((one) => `${one.nom} ${one.departement}`);

test('all of the list is there: 34,969 communes of today, and what lives on of others', () => {
  assert.equal(server.query('SELECT type, count(*) FROM commune GROUP BY type ORDER BY type'), 'A|34969\nD|2105\nM|45\nO|4240\nS|471');
  assert.match(server.ctl(['load', 'communes', path.join(top, 'seeds/communes.csv'), '--dry-run']).stdout, /0 new, 0 changed, 0 gone, 41830 unchanged/);
});

test('a commune is found by the beginning of its name, however it is written', async () => {
  for (const typed of ['Saint-Denis', 'saint denis', 'SAINT  DENIS', 'St Denis', 'st-denis', 'Saint-De'])
    assert.ok((await names(typed, '093')).includes('Saint-Denis 093'), typed);
  assert.deepEqual(await names('le mans', '072'), ['Le Mans 072', 'Mansigné 072']);
  assert.deepEqual(await names('Mans', '072'), ['Le Mans 072', 'Mansigné 072']);
  assert.deepEqual(await names('oeuil', ''), ['Œuilly 002', 'Œuilly 051']);
  assert.deepEqual(await names("L'Hay", '094'), ["L'Haÿ-les-Roses 094"]);
  assert.ok(
    (await names('st')).every((one) => /^St/.test(one)),
    'not yet short for Saint',
  );
  assert.deepEqual(await names('Paris 15e', ''), ['Paris 15e Arrondissement 075']);
  assert.deepEqual(await names('Bellegarde-sur-V', ''), ['Bellegarde-sur-Valserine 001'], 'what lives on as a part of another');
  assert.deepEqual(await found('Saint-Pierre-Laval', ''), [{ nom: 'Saint-Pierre-Laval', departement: '003', codes_postaux: '42620' }]);
});

test('twenty at most, none for one letter, for nothing, for a sentence, for signs', async () => {
  assert.equal((await found('Saint')).length, 20);
  for (const typed of ['', 'a', '%', '__', "'", 'x'.repeat(51), 'Alger']) assert.deepEqual(await found(typed), [], typed);
});

test('in a school only whoever is logged in asks; the others are led to the login', async () => {
  assert.equal((await new Browser(server.url).get('/inscription-etablissement/communes?debut=lil')).status, 303);
  const pupil = await loginPupils(server);
  assert.ok((await names('Lille', '059', pupil, 'inscription-etablissement')).includes('Lille 059'));
});

test('a step with a commune has the script, and may run it; no other page may run any', async () => {
  const policy = (page) => page.headers.get('content-security-policy'),
    pages = [];
  pages.push(await toSummaryAlone(new Browser(server.url), 'cap', {}, (page) => pages.push(page)));
  const script = (page) => page.html.querySelector('script');
  const scripted = pages.filter(script);
  const fields = scripted.map((page) => page.html.querySelector('input[data-communes]').attributes);
  assert.deepEqual(
    fields.map((one) => [one.name, one['data-communes'], one['data-departement'], one['data-pays']]),
    [
      ['commune_naissance', '/inscription/communes', 'departement_naissance', 'pays_naissance'],
      ['commune', '/inscription/communes', undefined, 'pays'],
    ],
  );
  for (const page of pages)
    if (scripted.includes(page)) assert.match(policy(page), /; script-src 'self'; connect-src 'self'$/);
    else assert.doesNotMatch(policy(page), /script-src|connect-src/);
  const file = await browser.get(script(scripted[0]).getAttribute('src'));
  assert.equal(file.status, 200);
  assert.match(file.headers.get('content-type'), /javascript/);
  assert.match(file.headers.get('cache-control'), /immutable/);
});
