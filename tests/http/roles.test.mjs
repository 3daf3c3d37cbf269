// SPDX-License-Identifier: Apache-2.0
//
// Who may what: every address of the table for every role, looked at and posted to, as docs/roles.md says it, which is what
// people read. UPDATE=1 in the environment writes the page anew: look at what has changed in it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { furnish, mounts } from '../lib/addresses.mjs';
import { Browser } from '../lib/browser.mjs';
import { read } from '../lib/objects.mjs';
import { Server, top } from '../lib/server.mjs';
import { addDelegate, choosePassword, login, loginHead, loginManager, loginPupils, registerAlone } from '../lib/walk.mjs';

const file = path.join(top, 'docs/roles.md'),
  chosen = 'une phrase longue et calme';
let server, address, roles;
const rows = (await Server.routes()).filter((row) => row.service !== 'sante');

/** One who has chosen his password. */
async function delegate(head, name, rights, which = 0) {
  const { password } = await addDelegate(head, name, rights),
    browser = await login(server, 'etablissement', { login: `${server.account('etablissement', 'open', which).login}.${name}`, password });
  await choosePassword(browser, password, chosen);
  return browser;
}

async function manager(name, ...limits) {
  const password = server
    .ctl(['manager', 'add', name, ...limits])
    .stdout.trim()
    .split(/\s/)
    .at(-1);
  return login(server, 'gestionnaire', { login: name, password });
}

/** A department that has no school of ours in it. */
const elsewhere = () => {
  const department = server.query(`SELECT department FROM establishment WHERE code = '${server.account('etablissement', 'open').login}'`);
  return server.query(`SELECT min(department) FROM establishment WHERE department <> '${department}'`);
};

before(async () => {
  server = await Server.start({ establishments: 12, candidates: 900 });
  const another = new Browser(server.url);
  const furnished = await furnish(server);
  address = furnished.address;
  const { head, pupils, doors, alone } = furnished;
  await registerAlone(another, 'cap');
  roles = {
    gestionnaire: {
      all: furnished.manager,
      'reads only': await loginManager(server, 2),
      'other department': await manager('ailleurs', '--departments', elsewhere()),
      'other exam': await manager('cap-seul', '--exams', 'cap'),
      'no identities': await manager('sans-noms', '--no-identities'),
    },
    etablissement: {
      head,
      'delegate, all': await delegate(head, 'TOUT', 'Tout'),
      'delegate, no passwords': await delegate(head, 'MOINS', 'Tout sauf les mots de passe'),
      'other school': await loginHead(server, 1),
      'default password': await login(server, 'etablissement', server.account('etablissement', 'fresh')),
    },
    'inscription-etablissement': {
      'who made it': { made: pupils, ways: doors },
      'same school': await loginPupils(server),
      'other school': await loginPupils(server, 1),
    },
    inscription: { 'who made it': alone, another: another },
  };
});
after(async () => {
  await server?.stop();
});

test('in one browser, one after the other: two schools and a delegate of each read every row as if nobody had been there before', async () => {
  const schools = [0, 1].map((which) => server.account('etablissement', 'open', which).login),
    heads = [roles.etablissement.head, roles.etablissement['other school']],
    people = [...heads, await delegate(heads[0], 'UN', 'Tout'), await delegate(heads[1], 'DEUX', 'Tout', 1)],
    named = schools.map((school) =>
      server
        .query(
          `SELECT DISTINCT listed_name FROM registration r JOIN establishment e ON e.id = r.establishment WHERE e.code = '${school}' AND listed_name NOT IN
             (SELECT listed_name FROM registration r JOIN establishment e ON e.id = r.establishment WHERE e.code <> '${school}')`,
        )
        .split('\n'),
    ),
    browser = new Browser(server.url),
    tags = new Map();
  assert.ok(named.every((names) => names.length > 3));
  const wrong = [];
  for (const [i, one] of [0, 1, 2, 3, 0].entries()) {
    for (const [name, value] of people[one].cookies) browser.cookies.set(name, value);
    const others = [...named[1 - (one % 2)], schools[1 - (one % 2)]];
    let own = 0;
    for (const row of rows.filter((row) => row.service === 'etablissement' && row.get)) {
      const at = address(row),
        answer = await browser.get(at, { headers: { 'if-none-match': tags.get(at) ?? '*', 'if-modified-since': new Date().toUTCString() } });
      if (answer.status === 304 || answer.headers.get('etag') || answer.headers.get('cache-control') !== 'no-store') wrong.push(`${i} ${at}: ${answer.status}`);
      if (answer.headers.get('etag')) tags.set(at, answer.headers.get('etag'));
      const text = read(answer);
      wrong.push(...others.filter((word) => text.includes(word)).map((word) => `${i} ${at}: ${word}`));
      own += named[one % 2].some((word) => text.includes(word));
    }
    assert.ok(own > 3, `${own} pages with names of their own`);
  }
  assert.deepEqual(wrong, []);
});

const door = (row) => (row.service === 'inscription' ? /^\/inscription\/(cap\/)?$/ : new RegExp(`^${mounts[row.service]}(connexion|mot-de-passe)$`));

function said(row, page) {
  if (page.status !== 303) return { 200: 'yes', 202: 'yes', 422: 'yes', 409: 'yes' }[page.status] ?? String(page.status);
  const { pathname } = new URL(page.location, server.url);
  return row.path !== 'quitter' && door(row).test(pathname) && pathname !== new URL(address(row), server.url).pathname ? 'door' : 'yes';
}

/* a look at a way in makes a pupil's session forget what was done there: those are looked at by another of the same */
const ways = ['', 'EXAM/', 'EXAM/modification', 'EXAM/reimpression', 'EXAM/eleve'],
  whose = (role, row) => (role.made ? (ways.includes(row.path) ? role.ways : role.made) : role);

/* Whoever is asked for a password first comes to the page where he chooses one; a pupil's home would forget. */
async function tokenOf(browser, service) {
  const step = rows.find((row) => row.service === service && row.path.endsWith('candidature/STEP'));
  for (const at of service === 'inscription-etablissement'
    ? [address(step), mounts[service]]
    : service === 'inscription'
      ? ['/inscription/cap/']
      : [mounts[service]]) {
    const token = (await browser.go(at)).html.querySelector('input[name=jeton]')?.getAttribute('value');
    if (token) return token;
  }
  return '';
}

/** What a role gets at an address: of GET, of a POST that has this browser's token and nothing else. */
async function cell(row, browser, jeton) {
  const at = address(row),
    got = row.get ? said(row, await browser.get(at)) : null,
    posted = row.post ? said(row, await browser.post(at, { jeton })) : null;
  return got === null || posted === null || got === posted ? (got ?? posted) : `${got} / ${posted}`;
}

/** Ways out last: they end the session. */
const inOrder = (service) => rows.filter((row) => row.service === service).sort((a, b) => (a.path === 'quitter') - (b.path === 'quitter'));

async function table(service, given) {
  const columns = { nobody: null, ...given },
    lines = new Map();
  for (const role of Object.values(columns))
    for (const row of inOrder(service)) {
      const browser = role === null ? new Browser(server.url) : whose(role, row);
      lines.set(row, [...(lines.get(row) ?? []), await cell(row, browser, await tokenOf(browser, service))]);
    }
  return [
    `| \`${mounts[service]}\` | ${Object.keys(columns).join(' | ')} |`,
    `|---${'|---'.repeat(Object.keys(columns).length)}|`,
    ...rows.filter((row) => row.service === service).map((row) => `| \`${row.path}\` | ${lines.get(row).join(' | ')} |`),
  ].join('\n');
}

for (const service of ['accueil', 'inscription', 'inscription-etablissement', 'etablissement', 'gestionnaire'])
  test(`${service}: each role at each address, as docs/roles.md says`, async () => {
    const found = await table(service, roles[service] ?? {}),
      marks = [`<!-- ${service} -->\n`, '\n<!-- / -->'],
      page = fs.readFileSync(file, 'utf8'),
      from = page.indexOf(marks[0]) + marks[0].length,
      to = page.indexOf(marks[1], from);
    assert.ok(from >= marks[0].length && to > 0, 'the page has a room for it');
    if (process.env.UPDATE === '1') fs.writeFileSync(file, page.slice(0, from) + found + page.slice(to));
    else assert.deepEqual(found.split('\n'), page.slice(from, to).split('\n'));
  });
