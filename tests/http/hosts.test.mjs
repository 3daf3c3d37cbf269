// SPDX-License-Identifier: Apache-2.0
//
// Directives and virtual hosts: what a host doesn't set it has from the main server, what it sets is its own. One server,
// every directive said at its top; a host that says nothing, one that says another thing, one that says all otherwise.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { hold } from '../lib/hold.mjs';
import { base, Server, top } from '../lib/server.mjs';
import { login } from '../lib/walk.mjs';

const day = 24 * 3600,
  skip = base === 'pgsql' ? 'a directive is the same on both bases; on SQLite the log tells its seconds' : false;
let near, far;

/** What the main server says, and what a host says of its own. */
const said = () => ({
  InscrinetDatabase: [`"${far.database}"`, `"${near.database}"`],
  InscrinetMount: ['etablissement /suivi/', 'etablissement /etablissement/'],
  InscrinetTemplates: [`"${near.state}/app/marked"`, `"${near.state}/app/templates"`],
  InscrinetFonts: [`"${near.state}/app/fonts"`, `"${near.state}/app/fonts"`],
  InscrinetAssets: ['/habits/', '/assets/'],
  InscrinetWorkFolder: [`"${near.state}/travaux-la"`, `"${near.state}/travaux-ici"`],
  InscrinetCommand: [`"${near.state}/app/inscrinetctl"`, `"${near.state}/app/marked/inscrinetctl"`],
  InscrinetSessionIdle: ['600', '1200'],
  InscrinetSessionMax: ['7200', '3600'],
  InscrinetBaseWait: ['2', '1'],
  InscrinetDraftsPerSchool: ['2', '3'],
  InscrinetDraftsPerSession: ['3', '2'],
  InscrinetDraftsPerAddress: ['4', '5'],
  InscrinetSecureCookies: ['On', 'Off'],
  InscrinetStrictTransport: ['Off', 'On'],
  InscrinetDefaultPassword: ['off', 'code'],
  InscrinetTestMode: ['On', 'Off'],
  InscrinetClockOffset: ['3d', '0'],
});
const directives = (which) =>
  Object.entries(said())
    .map(([name, values]) => `${name} ${values[which]}`)
    .join('\n');

const host = (name, mount, own = '') => `
  <VirtualHost 127.0.0.1:${near.port}>
    ServerName ${name}
    ${own}
    <Location "/">\nSetHandler inscrinet-home\nRequire all granted\n</Location>
    <Location "${mount}">
      SetHandler inscrinet-establishment\nAuthType Inscrinet\nAuthName x\nRequire inscrinet-establishment
    </Location>
    <Location "/inscription-etablissement/">
      SetHandler inscrinet-school-registration\nAuthType Inscrinet\nAuthName x\nRequire inscrinet-school-registration
    </Location>
    <Location "/inscription/">\nSetHandler inscrinet-public-registration\nRequire all granted\n</Location>
  </VirtualHost>`;

/** The templates with one word more on every page. */
function mark(folder) {
  fs.cpSync(path.join(near.state, 'app/templates'), folder, { recursive: true });
  fs.appendFileSync(path.join(folder, 'frame_top.mustache'), '<p>Habillage du serveur</p>\n');
}

before(async () => {
  [near, far] = [await Server.make({ candidates: 0 }), await Server.make({ candidates: 0 })];
  mark(path.join(near.state, 'app/marked'));
  fs.copyFileSync(path.join(near.state, 'app/inscrinetctl'), path.join(near.state, 'app/marked/inscrinetctl'));
  near.configure({
    global:
      directives(0) +
      host('muet.test', '/suivi/') +
      host('tait.test', '/suivi/', 'InscrinetMount accueil /') +
      host('strict.test', '/suivi/', 'InscrinetStrictTransport On') +
      host('dit.test', '/etablissement/', directives(1)),
  });
  await near.launch();
});
after(async () => {
  await near?.stop();
  await far?.stop();
});

test('each directive is said here', () => {
  const all = [...fs.readFileSync(path.join(top, 'docs/directives.md'), 'utf8').matchAll(/^## (Inscrinet\w+)/gm)].map((match) => match[1]);
  assert.deepEqual(Object.keys(said()).sort(), all.sort());
});

/** How many drafts a host lets begin. */
async function begun(name, of) {
  const stranger = () => new Browser(near.url, { host: name }),
    one = stranger(),
    pupils = await login(near, 'inscription-etablissement', of.account('inscription-etablissement', 'open'), stranger());
  const count = async (who, home) => {
    for (let i = 0; i < 9; i++) {
      const browser = who(),
        answer = await browser.submit(await browser.go(home), 'Nouvelle inscription');
      if (answer.status === 429) return i;
      assert.equal(answer.status, 303, `${home}: ${answer.errors}`);
    }
    return Infinity;
  };
  of.query('DELETE FROM throttle; DELETE FROM expected_number');
  const drafts = { InscrinetDraftsPerSchool: await count(() => pupils, '/inscription-etablissement/bcp/') };
  drafts.InscrinetDraftsPerAddress = await count(stranger, '/inscription/cap/');
  of.query('DELETE FROM throttle');
  return { ...drafts, InscrinetDraftsPerSession: await count(() => one, '/inscription/cap/') };
}

/** All that a host shows of its directives, by their names; those that a page doesn't show, have tests of their own below. */
async function seen(name, mount, of) {
  const browser = new Browser(near.url, { host: name }),
    page = await browser.go(`${mount}connexion`),
    account = of.account('etablissement', 'open'),
    fresh = of.account('etablissement', 'fresh');
  const enter = async (from, { login: code, password }) =>
    from.submit(await from.go(`${mount}connexion`), 'Se connecter', { 'Code établissement': code, 'Mot de passe': password });
  const first = await enter(new Browser(near.url, { host: name }), fresh),
    entered = await enter(browser, account);
  const home = await browser.get(`${mount}bcp/`),
    session = (column) => Number(of.query(`SELECT ${column} FROM session ORDER BY id DESC LIMIT 1`));
  const idle = async (seconds) => {
    of.query(`UPDATE session SET seen = created - ${seconds}`);
    return (await browser.get(`${mount}bcp/`)).status === 200;
  };
  const sheet = page.html.querySelector('link[rel=stylesheet]').getAttribute('href');
  return {
    ...(await begun(name, of)),
    InscrinetDatabase: entered.status === 303 && home.status === 200,
    InscrinetMount: entered.location?.startsWith(mount),
    InscrinetTemplates: page.body.includes('Habillage du serveur') ? 'marked' : 'plain',
    InscrinetAssets: sheet.slice(0, sheet.lastIndexOf('/') + 1),
    InscrinetSessionIdle: [await idle(590), await idle(610), await idle(1190), await idle(1210)],
    InscrinetSessionMax: session('ends - created'),
    InscrinetSecureCookies: browser.cookies.has('__Host-inscrinet-etablissement'),
    InscrinetDefaultPassword: first.status === 303 ? 'code' : 'off',
    InscrinetTestMode: home.text.includes('Mode essai'),
    InscrinetClockOffset: Math.round((session('created') - Date.now() / 1000) / day) || 0,
  };
}

for (const [what, name] of Object.entries({ nothing: 'muet.test', 'another thing': 'tait.test' }))
  test(`a host that sets ${what} has it from the main server`, async () => {
    assert.deepEqual(await seen(name, '/suivi/', far), {
      InscrinetDatabase: true,
      InscrinetMount: true,
      InscrinetTemplates: 'marked',
      InscrinetAssets: '/habits/',
      InscrinetSessionIdle: [true, false, false, false],
      InscrinetSessionMax: 7200,
      InscrinetDraftsPerSchool: 2,
      InscrinetDraftsPerSession: 3,
      InscrinetDraftsPerAddress: 4,
      InscrinetSecureCookies: true,
      InscrinetDefaultPassword: 'off',
      InscrinetTestMode: true,
      InscrinetClockOffset: 3,
    });
  });

test("a host's own value wins, also where it is that of nobody's saying anything", async () => {
  assert.deepEqual(await seen('dit.test', '/etablissement/', near), {
    InscrinetDatabase: true,
    InscrinetMount: true,
    InscrinetTemplates: 'plain',
    InscrinetAssets: '/assets/',
    InscrinetSessionIdle: [true, true, true, false],
    InscrinetSessionMax: 3600,
    InscrinetDraftsPerSchool: 3,
    InscrinetDraftsPerSession: 2,
    InscrinetDraftsPerAddress: 5,
    InscrinetSecureCookies: false,
    InscrinetDefaultPassword: 'code',
    InscrinetTestMode: false,
    InscrinetClockOffset: 0,
  });
});

test("how long it is waited for the base: the main server's time where a host says nothing, its own where it does", { skip }, async () => {
  for (const [name, mount, of, seconds] of [
    ['muet.test', '/suivi/', far, 2],
    ['dit.test', '/etablissement/', near, 1],
  ]) {
    const other = await hold(of, 'BEGIN IMMEDIATE'),
      before = near.errorLog().length;
    try {
      const browser = new Browser(near.url, { host: name }),
        page = await browser.go(`${mount}connexion`),
        attempts = [1, 2, 3, 4].map(() => browser.submit(page, 'Se connecter', { 'Code établissement': '0210001A', 'Mot de passe': 'rien de bon' }));
      for (const answer of await Promise.all(attempts)) assert.equal(answer.status, 503);
    } finally {
      await other.release();
    }
    assert.match(near.errorLog().slice(before), new RegExp(`INS034: no turn to write within ${seconds} seconds`));
  }
});

test("https only: as the main server says where a host doesn't, its own word where it does", async () => {
  const said = async (name) => (await new Browser(near.url, { host: name }).get('/suivi/connexion')).headers.get('strict-transport-security');
  assert.equal(await said('muet.test'), null);
  assert.equal(await said('strict.test'), 'max-age=31536000');
});

test('one worker for each base and its folder, by the command that its host names', () => {
  const begun = near.processes('inscrinetctl').map((one) => fs.readFileSync(`/proc/${one}/cmdline`, 'utf8').split('\0').slice(0, 3).join(' '));
  assert.deepEqual(
    begun.sort(),
    [
      ['inscrinetctl', 'travaux-la'],
      ['marked/inscrinetctl', 'travaux-ici'],
      ['inscrinetctl', 'base/travaux'],
    ]
      .map(([command, folder]) => `${near.state}/app/${command} work ${near.state}/${folder}`)
      .sort(),
  );
});

test('fonts: of the main server where a host says nothing, its own where it does', async () => {
  const one = await Server.make({ candidates: 0, establishments: 4 });
  try {
    const silent = (fonts) => `
      InscrinetFonts /nulle/part
      InscrinetTemplates "${one.state}/app/templates"
      <VirtualHost 127.0.0.1:${one.port}>\nServerName tait.test\nInscrinetDatabase "${one.database}"\n${fonts}\n</VirtualHost>`;
    one.configure({ global: silent('') });
    const told = one.configtest();
    assert.notEqual(told.status, 0);
    assert.match(told.stderr, /INS009: InscrinetFonts: .*\/nulle\/part/);
    one.configure({ global: silent(`InscrinetFonts "${one.state}/app/fonts"`) });
    const right = one.configtest();
    assert.equal(right.status, 0, right.stderr);
  } finally {
    await one.stop();
  }
});
