// SPDX-License-Identifier: Apache-2.0
//
// Whatever is given to the command and to the pages (nothing, blanks, huge, negative, of another kind, signs that command
// terminals, other scripts): a refusal in words or a right answer, never a 500, never a crash; and what is kept is within
// bounds.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { times } from '../lib/long.mjs';
import { Server, top } from '../lib/server.mjs';
import { fillStep, loginHead, loginManager, loginPupils, pupil, register } from '../lib/walk.mjs';

let server;
before(async () => {
  server = await Server.start({ establishments: 4, candidates: 40 });
});
after(async () => {
  await server?.stop();
});

/* the same draws each time */
let seed = 20270601;
const below = (n) => {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return Math.floor((seed / 2 ** 32) * n);
};
const some = (list, n) => Array.from({ length: n }, () => list[below(list.length)]);

const values = [
  '',
  ' ',
  '\u00a0\u2003',
  '0',
  '-1',
  '+1',
  '1',
  '01',
  '1.5',
  '1e9',
  '11-0',
  '2147483648',
  '9223372036854775808',
  '9'.repeat(40),
  'x',
  'Oxyz',
  'é'.repeat(200),
  'x'.repeat(201),
  'long '.repeat(20000),
  '\x1b[31m',
  'a\nb',
  '\u0085',
  '\u202egnol',
  '日本語',
  'Ωμέγα',
  '١٢',
  '𐌰𐌱',
  "' OR 1=1 --",
  '%s%n',
  '<b>',
  '../../etc/passwd',
  'now',
  '+9999999999999999999d',
  '-99999999m',
  '1999-12-31T23:59',
  '2100-01-02T00:00',
  '31/12/5828963 00:00',
  '2027-02-30T10:00',
  'all',
  'bcp-0000-01',
  'bcp-9999-12',
  'bcp-2031-13',
];

const hardest = ['', ' ', 'x'.repeat(201), 'long '.repeat(20000), '\x1b[31m'];

// ---------------------------------------------------------------- the command

const usual = () => ({
  UAI: server.account('etablissement', 'fresh').login,
  LOGIN: 'bornes',
  EXAM: 'bcp',
  'EXAM-YYYY-MM': 'bcp-2031-03',
  'EXAM[-YYYY-MM]': 'bp',
  SERVICE: 'inscription',
  OPENS: '+1d',
  CLOSES: '+2d',
  TIME: '+1h',
  TEXT: 'un texte',
  ID: '1',
  NAME: 'aide',
  VALUE: 'Un texte.',
  NUMBER: server.query("SELECT min(number) FROM registration WHERE exam = 'BCP'"),
  ADDRESS: 'examens@example.org',
  N: '3',
  DIR: path.join(top, 'htdocs/messages'),
  'smtp://HOST:PORT': 'smtp://127.0.0.1:9',
});

/* « verb a|b X [Y [Z]] [--flag] [--option V] | c W »: each alternative as its words, [word, is it a value?], all that is
 * optional given */
function usages() {
  const found = [];
  for (const [, usage] of server.ctl(['--help']).stdout.matchAll(/^ {2}(\w.*)$/gm)) {
    const [verb] = usage.split(' ');
    if (['init', 'demo', 'migrate', 'check', 'purge', 'template', 'describe', 'load', 'unload', 'backup', 'restore', 'work'].includes(verb))
      continue; /* no value, or a path */
    for (const alternative of usage.slice(verb.length + 1).split(' | ')) {
      const words = alternative
        .replace(/EXAM\[-YYYY-MM\]/g, 'EXAM%')
        .split(/[ [\]]+/)
        .filter(Boolean)
        .map((word) => (word === 'EXAM%' ? 'EXAM[-YYYY-MM]' : word.split('|')[0]));
      found.push([[verb, false], ...words.map((word) => [word, /^[A-Z]|:\/\//.test(word)])]);
    }
  }
  return found;
}

const WORDS = /^inscrinetctl: .*\S.*\n$/;

/** Ends as the command does: done, refused in one line, or told how it is used. */
function ends(args) {
  const done = server.ctl(args, { status: null });
  const what = `${JSON.stringify(args.map((one) => String(one).slice(0, 60)))} ${done.signal} ${done.status} ${done.stderr.slice(0, 300)}`;
  assert.ok([0, 1, 2].includes(done.status), what);
  if (done.status === 1) assert.match(done.stderr, WORDS, what);
  if (done.status === 2) assert.match(done.stderr, /^usage: inscrinetctl /, what);
  assert.doesNotMatch(done.stderr, /[\x00-\x09\x0b-\x1f\x7f-\x9f]/, what);
  if (args[0] === 'lock' && done.status === 0) server.ctl(['unlock']);
  return done;
}

const within = [
  ["SELECT count(*) FROM registration_window WHERE opens < 946684800 OR closes >= 4102444800 OR length(coalesce(label, '')) > 200", 'windows'],
  ["SELECT count(*) FROM exam_session WHERE year NOT BETWEEN 2000 AND 2099 OR length(period) > 60 OR trim(period) = ''", 'sessions'],
  ['SELECT count(*) FROM establishment WHERE activation_closes >= 4102444800', 'activations'],
  ['SELECT count(*) FROM parameter WHERE length(value) > 20000', 'parameters'],
  ["SELECT count(*) FROM audit_entry WHERE length(coalesce(detail, '')) > 400", 'the trail'],
];

/** What is kept is within bounds, and pages still show it. */
async function holds() {
  for (const [query, what] of within) assert.equal(server.query(query), '0', what);
  const head = await loginHead(server);
  for (const at of [
    '/',
    '/aide',
    '/inscription/',
    '/inscription/bcp/',
    '/inscription/cap/formulaire-vierge.pdf',
    '/etablissement/bcp/',
    '/etablissement/bcp/candidats.pdf',
  ]) {
    const page = await head.get(at);
    assert.ok([200, 303].includes(page.status), `${at}: ${page.status}`);
  }
  assert.match(server.ctl(['check']).stdout, /^base: ok\n/);
}

test('each value of each verb: done, one clear line, or the usage; what is kept is within bounds', async () => {
  let tried = 0;
  for (const words of usages()) {
    const ordinary = words.map(([word, isValue]) => {
      if (!isValue) return word;
      assert.ok(word in usual(), `${word} of ${words.map(([one]) => one).join(' ')}: what is usual for it?`);
      return usual()[word];
    });
    for (const [i, [word, isValue]] of words.entries())
      if (isValue)
        for (const value of [...hardest, ...some(values, times > 1 ? 10 : 2)]) {
          tried++;
          ends(ordinary.map((one, j) => (j === i ? value : one)));
        }
    assert.ok(words.length > 0);
  }
  assert.ok(tried > 120, `${tried} tried`);
  await holds();
});

test('each parameter', async () => {
  const kept = server.query('SELECT exam, exam_session, name, value FROM parameter ORDER BY 1, 2, 3');
  for (const { name, scope } of JSON.parse(server.ctl(['describe', 'parameters']).stdout))
    for (const value of [...some(values, times > 1 ? 8 : 1), 'long '.repeat(20000), 'x'.repeat(200)]) {
      const for_exam = scope === 'exam' || (scope === 'both' && below(2) === 0);
      const done = ends(['parameter', 'set', name, value, ...(for_exam ? ['--exam', 'bcp'] : [])]);
      if (done.status === 0) assert.equal(server.ctl(['parameter', 'get', name, ...(for_exam ? ['--exam', 'bcp'] : [])]).stdout, `${value.normalize('NFC')}\n`);
    }
  assert.notEqual(server.query('SELECT exam, exam_session, name, value FROM parameter ORDER BY 1, 2, 3'), kept);
  await holds();
});

test('reasons, labels, periods and instants: one clear line at their bounds', () => {
  const refused = (...args) => {
    const done = server.ctl(args, { status: 1 });
    assert.match(done.stderr, WORDS);
    return done.stderr;
  };
  assert.match(refused('lock', '--reason', 'x'.repeat(201)), /word 2 after lock: longer than 200 characters/);
  assert.match(refused('lock', '--reason', 'x'.repeat(100000)), /longer than 200 characters/);
  assert.match(refused('lock', '--until', '31/12/2100 23:59'), /31\/12\/2100 23:59: not between 2000 and 2100/);
  assert.match(refused('window', 'set', 'bcp', 'inscription', 'now', '+2000000000000d'), /\+2000000000000d: not between 2000 and 2100/);
  assert.match(refused('window', 'set', 'bcp', 'inscription', '1999-12-31T12:00', '+1d'), /not between 2000 and 2100/);
  assert.match(refused('window', 'set', 'bcp', 'inscription', 'now', '+1d', '--label', 'é'.repeat(201)), /longer than 200 characters/);
  assert.match(refused('session', 'add', 'bcp-2101-06', '--period', 'juin'), /bcp-2101-06: not between 2000 and 2100/);
  assert.match(refused('session', 'set', 'bcp', '--period', 'x'.repeat(61)), /--period: a month or season in words, 60 bytes at most/);
  assert.match(refused('parameter', 'set', 'academie', 'x'.repeat(201)), /^inscrinetctl: x{60}…: not a value of academie \(text, at most 200 characters\)\n$/);
  server.ctl(['lock', '--reason', 'é'.repeat(200), '--until', '+1d']);
  server.ctl(['unlock']);
  server.ctl(['lock', '--reason', '  ']);
  assert.equal(server.query('SELECT count(*) FROM base_lock WHERE reason IS NULL'), '1', 'a blank reason is none');
  server.ctl(['unlock']);
  for (const args of [
    ['activation', 'open', 'all', '--days', '3x'],
    ['mail', '--limit', '5x', '--dry-run'],
  ])
    assert.match(server.ctl(args, { status: 2 }).stderr, /^usage/);
});

// ---------------------------------------------------------------- the pages

/* every name that the code asks an address for */
function parameters() {
  const names = new Set();
  for (const folder of ['', 'establishment', 'registration', 'lists', 'manager', 'portal'])
    for (const file of fs.readdirSync(path.join(top, 'mod_inscrinet', folder)).filter((name) => name.endsWith('.c')))
      for (const [, name] of fs.readFileSync(path.join(top, 'mod_inscrinet', folder, file), 'utf8').matchAll(/page_(?:query|number)\(page, "(\w+)"\)/g))
        names.add(name);
  return [...names];
}

const place = {
  gestionnaire: '/gestionnaire/',
  etablissement: '/etablissement/',
  'inscription-etablissement': '/inscription-etablissement/',
  inscription: '/inscription/',
  accueil: '/',
  sante: '/sante',
};
const written = (row) => `${place[row.service]}${row.path.replace('EXAM', row.service === 'inscription' ? 'cap' : 'bcp').replace('STEP', 'identite')}`;

/** Told in words, or what it asked for. */
function told(page, what) {
  assert.ok([200, 303, 308, 401, 403, 404, 422, 429].includes(page.status), `${what}: ${page.status}`);
  if (page.status >= 400) assert.ok(page.h1, what);
}

test('each question of each address', async () => {
  const browsers = {
    gestionnaire: await loginManager(server),
    etablissement: await loginHead(server),
    'inscription-etablissement': await loginPupils(server),
    inscription: new Browser(server.url),
  };
  await browsers.inscription.press(await browsers.inscription.go('/inscription/cap/'), 'Nouvelle inscription');
  await register(browsers['inscription-etablissement'], {});
  const names = parameters(),
    rows = server.dumpRoutes().filter((row) => row.get);
  assert.ok(names.length > 10 && rows.length > 40, `${names}`);
  for (const row of rows)
    for (const name of names)
      for (const value of some(values, 3)) {
        const at = `${written(row)}?${name}=${encodeURIComponent(value.slice(0, 4000))}`;
        told(await (browsers[row.service] ?? browsers.inscription).get(at), at.slice(0, 200));
      }
  for (const bytes of ['%', '%zz', '%00', '%ff', 'a%00b'])
    for (const name of names) {
      const at = `/etablissement/bcp/candidats?${name}=${bytes}`;
      const { status } = await browsers.etablissement.get(at);
      assert.ok(status === 200 || status === 404 || status === 400, `${at}: ${status}`);
    }
});

test('an ordinal is one of the session, a number of ours is digits alone: else 404', async () => {
  const pupils = await loginPupils(server),
    alone = new Browser(server.url),
    head = await loginHead(server);
  await alone.press(await alone.go('/inscription/cap/'), 'Nouvelle inscription');
  await pupils.press(await pupils.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription');
  for (const [browser, home] of [
    [alone, '/inscription/cap'],
    [pupils, '/inscription-etablissement/bcp'],
  ])
    for (const at of ['reprise', 'brouillon', 'candidature/candidature'])
      for (const ordinal of ['-1', '0', '2', 'x', '1x', '1-0', ' 1', '1 ', '+1', '1.0', '9'.repeat(30)])
        assert.equal((await browser.get(`${home}/${at}?dossier=${encodeURIComponent(ordinal)}`)).status, 404, `${home}/${at} « ${ordinal} »`);
  for (const ordinal of ['', '1']) assert.equal((await alone.get(`/inscription/cap/reprise?dossier=${ordinal}`)).status, 200);
  const stranger = await new Browser(server.url).get('/inscription/cap/reprise?dossier=1');
  assert.equal(stranger.status, 303);
  assert.match(stranger.location, /\/inscription\/cap\/$/, 'who has no session is led to where one begins');
  assert.equal((await new Browser(server.url).get('/inscription/cap/reprise?dossier=x')).status, 404);
  for (const [at, name] of [
    ['candidats', 'apres'],
    ['validation', 'changement'],
    ['confirmations.pdf', 'specialite=toutes&impression'],
  ])
    for (const number of ['-1', '0', 'x', '1x', '1-0', '+1', '%201', '9'.repeat(30)])
      assert.equal((await head.get(`/etablissement/bcp/${at}?${name}=${number}`)).status, 404, `${at} ${name}=${number}`);
  for (const at of ['/sante/x', '/sante/', '/santex', '/sante/x/y', '/aide/x', '/etablissement/connexion/x'])
    assert.equal((await alone.get(at)).status, 404, at);
});

test('a field that takes certain values takes no other', async () => {
  const head = await loginHead(server),
    { login: code } = server.account('etablissement', 'open'),
    at = '/etablissement/bcp/';
  const jeton = (await head.go(at)).html.querySelector('input[name=jeton]').getAttribute('value');
  const open = () => server.query(`SELECT sum(service_open) FROM establishment_exam x JOIN establishment e ON e.id = x.establishment WHERE e.code = '${code}'`);
  const before = open();
  for (const [address, fields] of [
    ['service-inscription', { ouvrir: 'Oxyz' }],
    ['service-inscription', { ouvrir: 'Nxyz' }],
    ['service-inscription', { ouvrir: 'o' }],
    ['service-inscription', { ouvrir: '' }],
    ['service-inscription', { ouvrir: 'N', action: 'fermer' }],
    ['confirmations', { specialite: 'toutes', changees: 'Oui' }],
    ['confirmations', { specialite: 'toutes', action: 'Imprimer' }],
    ['section-europeenne', { section_europeenne: 'Oui' }],
    ['validation', { candidat: '1', action: 'retourner' }],
    ['retours', { action: 'rend' }],
  ]) {
    const page = await head.post(`${at}${address}`, { jeton, ...fields });
    assert.equal(page.status, 422, `${address} ${JSON.stringify(fields)}: ${page.h1}`);
    assert.ok(page.errors.length > 0, address);
    assert.equal(open(), before);
  }
  assert.equal((await head.post('/etablissement/delegues', { jeton, nom: 'JEAN', droits: 'toutes' })).status, 422);
  assert.equal((await head.post(`${at}validation`, { jeton, defaire: '1-0' })).status, 404, 'no such change');
});

test('a name of sixty thousand signs: 422, and what is kept of it is its beginning, which the page says', async () => {
  const browser = await loginPupils(server),
    begun = await browser.press(await browser.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription'),
    page = await fillStep(browser, begun, 'candidature', pupil.candidature),
    label = 'Nom de naissance',
    cut = 'Seuls les 400 premiers caractères ont été conservés.';
  const send = (button, name) => browser.submit(page, button, { ...pupil.identite, [label]: name }),
    draft = (column) => server.query(`SELECT ${column} FROM draft ORDER BY id DESC LIMIT 1`),
    kept = () => JSON.parse(draft('answers')).nom_naissance;
  for (const name of ['A'.repeat(60000), 'é'.repeat(9000), `${'x'.repeat(398)}€${'𐌰'.repeat(4000)}`]) {
    const beginning = [...name].slice(0, 400).join(''),
      refused = await send('Suite', name);
    assert.equal(refused.status, 422);
    assert.ok(refused.error(label).endsWith(` ${cut}`), refused.error(label));
    assert.deepEqual(refused.errors, [refused.error(label)]);
    assert.equal(refused.value(label), beginning);
    assert.equal((await send('Retour', name)).status, 303);
    assert.equal(kept(), beginning);
    const again = await browser.get(page.address);
    assert.equal(again.value(label), beginning);
    assert.ok(again.text.includes(cut), 'whenever it is shown again');
    assert.equal((await send('Suite', 'Court')).status, 303);
    assert.equal(kept(), 'Court');
    assert.ok(!(await browser.get(page.address)).text.includes(cut));
  }
  server.query('UPDATE session SET seen = seen - 4000');
  assert.equal((await send('Suite', 'B'.repeat(60000))).status, 303, 'to the login, and too late for a page that says it');
  assert.equal(kept(), 'B'.repeat(400));
  const home = '/inscription-etablissement/bcp',
    next = await loginPupils(server),
    proof = { 'Code de reprise': draft('code') };
  const resumed = await next.press(await next.go(`${home}/reprise`), 'Suite', proof);
  const saved = await next.submit(await next.get(resumed.address.replace('candidature/candidature', 'candidature/identite')), 'Enregistrer et quitter', {
    [label]: 'C'.repeat(60000),
  });
  assert.equal(saved.status, 303);
  assert.equal(kept(), 'C'.repeat(400));
});
