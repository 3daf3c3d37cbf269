// SPDX-License-Identifier: Apache-2.0
//
// Who gets in, for how long, and what an answer lets others keep. A login tells nothing of what was wrong and slows
// down whoever guesses, not the school that is guessed at; a session is one cookie whose token changes whenever rights
// do, and whose row ends it; each answer carries its headers. Time is moved in the base's rows, never slept through.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { Browser, holder, setCookies } from '../lib/browser.mjs';
import { Server, base, until } from '../lib/server.mjs';
import { answers, fillStep, login, loginHead, loginPupils, register, steps, toSummary, tryLogin } from '../lib/walk.mjs';
import { wire } from '../lib/wire.mjs';

const servers = [];
async function start(options) {
  const server = await Server.start(options);
  servers.push(server);
  return server;
}

let server;
before(async () => {
  server = await start({ establishments: 8 });
});
after(async () => {
  for (const one of servers) await one.stop();
});

const hex = (column) => (base === 'pgsql' ? `encode(${column}, 'hex')` : `lower(hex(${column}))`);
const cookieOf = (browser, service) => browser.cookies.get(`inscrinet-${service}`);
const fresh = (which) => server.account('etablissement', 'fresh', which);
const isLoggedOut = (page, service = 'etablissement') => page.status === 303 && page.location.endsWith(`/${service}/connexion`);

// ---------------------------------------------------------------- logins

test('one message whatever is wrong with a login', async () => {
  const open = server.account('etablissement', 'open');
  server.ctl(['activation', 'close', fresh(1).login]);
  const wrongs = [
    ['etablissement', open.login, "ce n'est pas lui"],
    ['etablissement', open.login, open.login],
    ['etablissement', open.login, `${open.password} `],
    ['etablissement', '0990999Z', "ce n'est pas lui"],
    ['etablissement', '0990001', 'code sans lettre'],
    ['etablissement', 'personne', 'personne'],
    ['etablissement', "' OR 1=1 --", 'x'],
    ['etablissement', fresh(1).login, fresh(1).login],
    ['etablissement', open.login, server.account('inscription-etablissement', 'open').password],
    ['inscription-etablissement', open.login, open.password],
    ['inscription-etablissement', fresh(0).login, fresh(0).login],
    ['inscription-etablissement', '0990999Z', '0990999Z'],
  ];
  for (const [service, code, password] of wrongs) {
    const browser = new Browser(server.url, { from: '127.0.0.9' });
    const refused = await tryLogin(browser, code, password, service);
    assert.equal(refused.status, 422, `${code} ${refused.text}`);
    assert.deepEqual(refused.errors, ['Code établissement ou mot de passe incorrect.'], code);
    assert.equal(refused.h1, 'Connexion');
    assert.equal(refused.error('Mot de passe'), '');
    assert.equal(browser.cookies.has(`inscrinet-${service}`), false);
    assert.equal(refused.headers.get('retry-after'), null);
    server.query('DELETE FROM throttle');
  }
  server.ctl(['activation', 'open', fresh(1).login]);
});

test('who has forgotten a password is told whom to ask: a school its manager, a pupil his school', async () => {
  const stranger = new Browser(server.url);
  const school = await stranger.get('/etablissement/connexion');
  assert.match(school.text, /Mot de passe oublié \? Adressez-vous au gestionnaire de votre académie/);
  assert.equal((await stranger.get(new URL(school.link('aide et contact'), school.address).pathname)).status, 200);
  assert.match((await stranger.get('/inscription-etablissement/connexion')).text, /Mot de passe oublié \? Demandez-le à votre établissement/);
});

test('logins, failed ones too, are in the audit trail with their address', async () => {
  const { login: code, password } = server.account('etablissement', 'open');
  const browser = new Browser(server.url, { from: '127.0.0.5' });
  await tryLogin(browser, code, 'faux');
  assert.equal((await tryLogin(browser, code, password)).status, 303);
  assert.equal(
    server.query("SELECT action || ' ' || COALESCE(establishment, COALESCE(detail, '')) FROM audit_entry WHERE address = '127.0.0.5' ORDER BY id"),
    `login.failed ${code}\nlogin ${code}`,
  );
});

// ---------------------------------------------------------------- sessions

test("the session's cookie: its attributes, a new token at each login, none that was brought along", async () => {
  const account = server.account('etablissement', 'open'),
    browser = holder(server.url, 'inscrinet-etablissement', 'A'.repeat(43));
  const first = await tryLogin(browser, account.login, account.password);
  assert.equal(first.status, 303);
  const lines = setCookies(first.headers).filter((line) => line.startsWith('inscrinet-'));
  const set = lines.find((line) => line.startsWith('inscrinet-etablissement='));
  assert.match(set, /^inscrinet-etablissement=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  assert.match(
    lines.find((line) => line.startsWith('inscrinet-appareil=')),
    /; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/,
  );
  const token = cookieOf(browser, 'etablissement');
  assert.notEqual(token, 'A'.repeat(43));
  const rows = server.query(`SELECT ${hex('token')} FROM session`).split('\n');
  assert.ok(rows.includes(createHash('sha256').update(token).digest('hex')), "the base keeps the token's digest");
  assert.ok(!rows.includes(Buffer.from(token).toString('hex')));
  /* « Connexion » of someone logged in leads home; posted again, it makes a new session and ends the old one */
  const page = await new Browser(server.url).get('/etablissement/connexion');
  const other = new Browser(server.url);
  other.cookies = new Map(browser.cookies);
  const home = await other.go('/etablissement/bcp/');
  const again = await other.post('/etablissement/connexion', {
    jeton: home.html.querySelector('input[name=jeton]').getAttribute('value'),
    code: account.login,
    mot_de_passe: account.password,
  });
  assert.equal(again.status, 303, page.text);
  assert.notEqual(cookieOf(other, 'etablissement'), token);
  assert.ok(isLoggedOut(await browser.get('/etablissement/bcp/')), 'the token of before opens nothing');
});

test('the cookie of one service opens no other', async () => {
  const head = await loginHead(server),
    pupils = await loginPupils(server);
  assert.ok(
    isLoggedOut(
      await holder(server.url, 'inscrinet-inscription-etablissement', cookieOf(head, 'etablissement')).get('/inscription-etablissement/bcp/'),
      'inscription-etablissement',
    ),
  );
  assert.ok(isLoggedOut(await holder(server.url, 'inscrinet-etablissement', cookieOf(pupils, 'inscription-etablissement')).get('/etablissement/bcp/')));
  for (const junk of ['', 'x', 'A'.repeat(43), 'A'.repeat(4000), "'", '%00'.repeat(3)])
    assert.ok(isLoggedOut(await holder(server.url, 'inscrinet-etablissement', junk).get('/etablissement/bcp/')), junk);
});

test("a change of password gives a new token and ends the account's other sessions, each service for itself", async () => {
  const account = server.account('etablissement', 'open', 1),
    shared = server.account('inscription-etablissement', 'open', 1);
  const head = await login(server, 'etablissement', account),
    elsewhere = await login(server, 'etablissement', account),
    pupils = await login(server, 'inscription-etablissement', shared);
  const before = new Map(head.cookies),
    chosen = 'une autre phrase, bien longue',
    forPupils = 'quatre mots pour la classe';
  let page = await head.press(await head.go('/etablissement/mot-de-passe'), 'Valider', {
    'Mot de passe actuel': account.password,
    'Nouveau mot de passe': chosen,
    'Confirmation du nouveau mot de passe': chosen,
  });
  assert.equal(page.h1, 'Service Établissement');
  account.password = chosen;
  assert.notEqual(cookieOf(head, 'etablissement'), before.get('inscrinet-etablissement'));
  assert.ok(
    isLoggedOut(await holder(server.url, 'inscrinet-etablissement', before.get('inscrinet-etablissement')).get('/etablissement/bcp/')),
    'the old token',
  );
  assert.ok(isLoggedOut(await elsewhere.get('/etablissement/bcp/')), 'the other browser');
  assert.equal((await pupils.get('/inscription-etablissement/bcp/')).status, 200, "the pupils' service is another account");
  page = await head.press(await head.go('/etablissement/mot-de-passe-inscription'), 'Valider', {
    'Mot de passe actuel': chosen,
    'Nouveau mot de passe': forPupils,
    'Confirmation du nouveau mot de passe': forPupils,
  });
  assert.equal(page.h1, 'Service Établissement', page.text);
  const former = shared.password;
  shared.password = forPupils;
  assert.equal((await head.get('/etablissement/bcp/')).status, 200);
  assert.ok(isLoggedOut(await pupils.get('/inscription-etablissement/bcp/'), 'inscription-etablissement'), 'those who knew the former one');
  assert.equal((await tryLogin(new Browser(server.url), shared.login, former, 'inscription-etablissement')).status, 422);
  assert.equal((await tryLogin(new Browser(server.url), shared.login, forPupils, 'inscription-etablissement')).status, 303);
});

test('« Quitter » ends the row and the cookie', async () => {
  for (const [service, button, browser] of [
    ['etablissement', 'Quitter', await loginHead(server)],
    ['inscription-etablissement', 'Fermer la session de l’établissement', await loginPupils(server)],
  ]) {
    const token = cookieOf(browser, service),
      page = await browser.go(`/${service}/bcp/`);
    assert.equal((await browser.get(`/${service}/quitter`)).status, 405);
    const left = await browser.submit(page, button);
    assert.equal(left.status, 303);
    assert.match(
      setCookies(left.headers).find((line) => line.startsWith(`inscrinet-${service}=`)),
      /^inscrinet-[a-z-]+=; Path=\/; HttpOnly; SameSite=Lax; Max-Age=0/,
    );
    assert.match(left.headers.get('clear-site-data'), /"cache"/);
    assert.equal(server.query(`SELECT count(*) FROM session WHERE ${hex('token')} = '${createHash('sha256').update(token).digest('hex')}'`), '0');
    assert.ok(isLoggedOut(await holder(server.url, `inscrinet-${service}`, token).get(`/${service}/bcp/`), service));
  }
});

test('a default password works inside its window only, for the follow-up service only, until another is chosen', async () => {
  const account = fresh(0),
    code = account.login;
  server.ctl(['activation', 'close', code]);
  server.query('DELETE FROM throttle');
  assert.equal((await tryLogin(new Browser(server.url), code, code)).status, 422, 'closed');
  server.ctl(['activation', 'open', code, '--days', '2']);
  assert.equal((await tryLogin(new Browser(server.url), code, code, 'inscription-etablissement')).status, 422, 'not the registration service');
  const head = await login(server, 'etablissement', { login: code.toLowerCase(), password: code.toLowerCase() });
  assert.equal(head.page.h1, 'Changer le mot de passe pour le suivi', head.page.text);
  const column = (name) => server.query(`SELECT ${name} FROM establishment WHERE code = '${code}'`);
  for (const [name, value] of [
    ['activation_opens', '9999999999'],
    ['activation_closes', '1'],
  ]) {
    const kept = column(name);
    server.query(`UPDATE establishment SET ${name} = ${value} WHERE code = '${code}'`);
    assert.equal((await tryLogin(new Browser(server.url, { from: '127.0.0.6' }), code, code)).status, 422, `${name} ${value}`);
    server.query(`UPDATE establishment SET ${name} = ${kept} WHERE code = '${code}'`);
  }
  const chosen = 'la première phrase choisie';
  const done = await head.press(head.page, 'Valider', {
    'Mot de passe actuel': code,
    'Nouveau mot de passe': chosen,
    'Confirmation du nouveau mot de passe': chosen,
  });
  assert.equal(done.h1, 'Service Établissement', done.text);
  Object.assign(account, { password: chosen, state: 'chosen' });
  assert.notEqual(column('activated'), '');
  assert.equal((await tryLogin(new Browser(server.url), code, code)).status, 422, 'the code opens nothing any more');
  server.ctl(['activation', 'open', code]);
  assert.equal((await tryLogin(new Browser(server.url), code, code)).status, 422, 'nor when the window opens again');
});

// ---------------------------------------------------------------- ages; InscrinetSessionIdle, -Max, -SecureCookies, -DefaultPassword

let strict;
async function strictServer() {
  strict ??= await start({ extra: 'InscrinetSessionIdle 60\nInscrinetSessionMax 3600\nInscrinetSecureCookies On\nInscrinetDefaultPassword off\n' });
  return strict;
}

/** Sessions as if some seconds had gone by. */
const pass = (of, seconds) => of.query(`UPDATE session SET seen = seen - ${seconds}, ends = ends - ${seconds}, created = created - ${seconds}`);

test('a session ends when nobody uses it, and lives while somebody does', async () => {
  const one = await strictServer();
  const head = await loginHead(one);
  pass(one, 50);
  assert.equal((await head.get('/etablissement/bcp/')).status, 200);
  pass(one, 50);
  assert.equal((await head.get('/etablissement/bcp/')).status, 200, 'used 50 seconds ago');
  pass(one, 61);
  assert.match((await head.get('/etablissement/bcp/')).location, /\/connexion$/, 'not used for 61 seconds');
  pass(one, -61);
});

test('a session ends at its age whatever happens', async () => {
  const one = await strictServer();
  const head = await loginHead(one);
  assert.equal(one.query('SELECT max(ends - created) FROM session'), '3600');
  one.query('UPDATE session SET ends = ends - 3590');
  assert.equal((await head.get('/etablissement/bcp/')).status, 200);
  one.query('UPDATE session SET ends = ends - 10');
  assert.match((await head.get('/etablissement/bcp/')).location, /\/connexion$/);
});

test('InscrinetSecureCookies: __Host- and Secure', async () => {
  const one = await strictServer(),
    account = one.account('etablissement', 'open');
  const answer = await tryLogin(new Browser(one.url), account.login, account.password);
  const lines = setCookies(answer.headers).filter((line) => line.includes('inscrinet-'));
  assert.equal(lines.length >= 2, true);
  for (const line of lines) {
    assert.match(line, /^__Host-inscrinet-[a-z-]+=/);
    assert.match(line, /; Path=\/(;|$)/);
    assert.match(line, /; Secure(;|$)/);
    assert.doesNotMatch(line, /Domain/i);
  }
});

test('InscrinetDefaultPassword off: the code opens nothing, window or not', async () => {
  const one = await strictServer(),
    { login: code } = one.account('etablissement', 'fresh');
  one.ctl(['activation', 'open', 'all']);
  const browser = new Browser(one.url),
    page = await browser.go('/etablissement/connexion');
  assert.doesNotMatch(page.text, /votre mot de passe est votre code/);
  assert.equal((await tryLogin(browser, code, code)).status, 422);
  assert.match((await new Browser(server.url).go('/etablissement/connexion')).text, /votre mot de passe est votre code/);
});

test('a default password that is logged in chooses one only while the window is open and the directive says so', async () => {
  const account = fresh(2),
    chosen = 'quatre mots encore jamais dits',
    over = 'La période d’activation de votre établissement est terminée';
  const choose = async (browser) =>
    browser.submit(await browser.go('/etablissement/mot-de-passe'), 'Valider', {
      'Mot de passe actuel': account.login,
      'Nouveau mot de passe': chosen,
      'Confirmation du nouveau mot de passe': chosen,
    });
  const refused = async (browser, why) => {
    const page = await choose(browser);
    assert.equal(page.status, 422, why);
    assert.ok(page.errors.length === 1 && page.errors[0].startsWith(over), `${why}: ${page.errors}`);
    assert.equal(server.query(`SELECT count(*) FROM account WHERE login = '${account.login}' AND password IS NOT NULL`), '0', why);
    assert.equal((await browser.get('/etablissement/bcp/')).status, 303, why);
  };
  server.ctl(['activation', 'open', account.login]);
  const head = await login(server, 'etablissement', account);
  server.ctl(['activation', 'close', account.login]);
  await refused(head, 'closed');
  server.ctl(['activation', 'open', account.login]);
  server.query(`UPDATE establishment SET activation_opens = 1, activation_closes = 2 WHERE code = '${account.login}'`);
  await refused(head, 'over');
  server.ctl(['activation', 'open', account.login]);
  const off = await Server.make({ empty: true });
  servers.push(off);
  off.database = server.database;
  off.configure({ extra: 'InscrinetDefaultPassword off\n' });
  await off.launch();
  const there = new Browser(off.url);
  there.cookies = new Map(head.cookies);
  await refused(there, 'off');
  assert.equal((await choose(head)).status, 303, 'open again');
  assert.equal(server.query(`SELECT activation_closes IS NULL FROM establishment WHERE code = '${account.login}'`).slice(0, 1), base === 'pgsql' ? 't' : '1');
});

// ---------------------------------------------------------------- headers

/** Pages of every kind, errors included, each by someone who gets it. */
async function everyPage() {
  const head = await loginHead(server),
    pupils = await loginPupils(server),
    stranger = new Browser(server.url);
  const done = await register(pupils, { identite: { 'Prénom 1': `Ana${'abcdefghij'[servers.length]}` } });
  const number = /(\d+)-0/.exec(done.text)?.[1];
  assert.ok(number, done.text);
  const pages = [];
  for (const at of ['', 'accessibilite', 'mentions-legales', 'donnees-personnelles', 'plan-du-site', 'aide', 'inconnue'])
    pages.push([`/${at}`, await stranger.get(`/${at}`)]);
  for (const at of ['etablissement/connexion', 'inscription-etablissement/connexion', 'etablissement/inconnue'])
    pages.push([`/${at}`, await stranger.get(`/${at}`)]);
  for (const at of ['', 'mot-de-passe', 'mot-de-passe-inscription', 'bcp/', 'bcp/service-inscription', 'bcp/section-europeenne', 'bcp/candidats', 'inconnue'])
    pages.push([`/etablissement/${at}`, await head.go(`/etablissement/${at}`)]);
  for (const at of [
    `bcp/enregistree?numero=${number}`,
    `bcp/confirmation?numero=${number}`,
    `bcp/confirmation.pdf?numero=${number}`,
    '',
    'bcp/',
    'bcp/reprise',
    'bcp/reimpression',
    'bcp/enregistree?numero=1',
  ])
    pages.push([`/inscription-etablissement/${at}`, await pupils.go(`/inscription-etablissement/${at}`)]);
  let page = await pupils.press(await pupils.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription');
  const given = answers({ identite: { 'Prénom 1': 'Ondine' } });
  for (const step of steps) {
    pages.push([step, page]);
    page = await fillStep(pupils, page, step, given[step]);
  }
  pages.push(['recapitulatif', page], ['brouillon', await pupils.press(page, 'Enregistrer et quitter')]);
  pages.push(['403', await stranger.post('/etablissement/connexion', { jeton: 'x' }, { headers: { 'sec-fetch-site': 'cross-site' } })]);
  pages.push(
    ['405', await stranger.post('/', {})],
    ['415', await stranger.request('/etablissement/connexion', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })],
  );
  pages.push(['413', await stranger.post('/etablissement/connexion', 'a'.repeat(70000))]);
  pages.push(['422', await tryLogin(new Browser(server.url, { from: '127.0.0.7' }), '0990777Z', 'faux')]);
  return pages;
}

test('each answer has its security headers, and says what may be kept of it', async () => {
  for (const [where, page] of await everyPage()) {
    const header = (name) => page.headers.get(name) ?? '';
    assert.equal(header('x-content-type-options'), 'nosniff', where);
    assert.doesNotMatch(header('server'), /[0-9]|inscrinet/i, where);
    assert.equal(page.headers.get('x-powered-by'), null);
    const kept = /^\/[a-z-]*$/.test(where) && page.status === 200; /* of the portal */
    assert.equal(header('cache-control'), kept ? 'private, no-cache' : 'no-store', where);
    assert.equal(/^"[^"]+"$/.test(header('etag')), kept, `ETag of ${where}`);
    assert.equal(header('content-type'), page.pdf ? 'application/pdf' : 'text/html; charset=utf-8', where);
    const policy = Object.fromEntries(
      header('content-security-policy')
        .split(';')
        .map((one) => one.trim().split(/\s+/))
        .map(([name, ...values]) => [name, values.join(' ')]),
    );
    assert.deepEqual(
      policy,
      {
        'default-src': "'none'",
        'style-src': "'self'",
        'img-src': "'self' data:",
        'form-action': "'self'",
        'base-uri': "'none'",
        'frame-ancestors': "'none'",
        // the steps that complete communes
        ...(['naissance', 'coordonnees'].includes(where) ? { 'script-src': "'self'", 'connect-src': "'self'" } : {}),
      },
      where,
    );
    assert.equal(header('referrer-policy'), 'same-origin', where);
    assert.match(header('permissions-policy'), /camera=\(\)/, where);
    assert.equal(header('cross-origin-opener-policy'), 'same-origin', where);
    assert.equal(header('cross-origin-resource-policy'), 'same-origin', where);
    if (page.pdf) continue;
    assert.equal(page.html.querySelectorAll('script:not([src]), style, [style]').length, 0, where);
    for (const one of page.html.querySelectorAll('[src], link[href]'))
      assert.doesNotMatch(one.getAttribute('src') ?? one.getAttribute('href'), /^(https?:)?\/\//, `${where}: nothing of other sites`);
  }
});

test('a style sheet is kept for a year, under a name that holds its hash', async () => {
  const stranger = new Browser(server.url),
    home = await stranger.get('/');
  const style = home.html.querySelector('link[rel=stylesheet]').getAttribute('href');
  const answer = await stranger.get(style);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.match(answer.headers.get('content-type'), /^text\/css/);
  assert.equal(style.split('.').at(-2), createHash('sha256').update(answer.body).digest('hex').slice(0, 12));
});

test('pages of somebody who is logged in are kept by no browser: no ETag, no 304, whatever it asks', async () => {
  const head = await loginHead(server);
  for (const at of ['', 'bcp/', 'bcp/candidats', 'bcp/candidats.csv', 'bcp/candidats.pdf', 'bcp/saisies', 'bcp/retours', 'bcp/validation', 'mot-de-passe']) {
    const page = await head.get(`/etablissement/${at}`, { headers: { 'if-none-match': '*', 'if-modified-since': new Date().toUTCString() } });
    assert.equal(page.status, 200, at);
    assert.equal(page.headers.get('etag'), null, at);
    assert.equal(page.headers.get('last-modified'), null, at);
    assert.equal(page.headers.get('cache-control'), 'no-store', at);
  }
});

test('portal and blank forms are the same to everybody: a browser may keep it, and asks whether it still is', async () => {
  const stranger = new Browser(server.url);
  for (const at of ['/', '/aide', '/plan-du-site', '/inscription/cap/formulaire-vierge.pdf']) {
    const page = await stranger.get(at),
      etag = page.headers.get('etag');
    assert.match(etag, /^"[^"]+"$/, at);
    const same = await stranger.get(at, { headers: { 'if-none-match': etag } });
    assert.equal(same.status, 304, at);
    assert.equal(same.headers.get('x-content-type-options'), 'nosniff', at);
    assert.equal((await stranger.get(at, { headers: { 'if-none-match': '"autre"' } })).status, 200, at);
    const known = await holder(server.url, 'inscrinet-inscription', 'A'.repeat(43)).get(at);
    assert.deepEqual([known.headers.get('etag'), known.headers.get('cache-control')], [null, 'no-store'], at);
  }
});

test('behind mod_deflate too, what is unchanged is not sent again', async () => {
  const compressed = { 'accept-encoding': 'gzip' },
    first = await wire(`${server.url}/aide`, { headers: compressed }),
    etag = first.headers.get('etag');
  assert.equal(first.headers.get('content-encoding'), 'gzip');
  assert.match(etag, /^"[^"]+-gzip"$/);
  assert.equal((await wire(`${server.url}/aide`, { headers: { ...compressed, 'if-none-match': etag } })).status, 304);
  assert.equal((await wire(`${server.url}/aide`, { headers: { ...compressed, 'if-none-match': `"autre-gzip", ${etag}` } })).status, 304);
  assert.equal((await wire(`${server.url}/aide`, { headers: { ...compressed, 'if-none-match': '"autre-gzip"' } })).status, 200);
});

test('compressed or not, a form has another token in each answer, and each of them is good', async () => {
  const browser = new Browser(server.url),
    pages = [await browser.get('/etablissement/connexion'), await browser.get('/etablissement/connexion')];
  const tokens = pages.map((page) => page.html.querySelector('input[name=jeton]').getAttribute('value'));
  assert.notEqual(tokens[0], tokens[1]);
  for (let at = 0; at + 8 <= tokens[0].length; at++) assert.ok(!tokens[1].includes(tokens[0].slice(at, at + 8)), 'nothing in common to be guessed at');
  for (const page of pages) {
    const refused = await browser.submit(page, 'Se connecter', { 'Code établissement': '', 'Mot de passe': '' });
    assert.equal(refused.status, 422);
  }
});

test("an error page's reference is the request's id in the logs", async () => {
  const stranger = new Browser(server.url),
    lost = await stranger.get('/etablissement/inconnue-de-tous');
  assert.equal(lost.status, 404);
  const reference = lost.html.querySelector('code').text;
  assert.match(reference, /^[\w@.+-]{8,}$/);
  const line = await until('the access log', () =>
    server
      .accessLog()
      .split('\n')
      .find((one) => one.includes('/etablissement/inconnue-de-tous')),
  );
  assert.equal(line.split(' ').at(-1), reference);
  assert.notEqual((await stranger.get('/etablissement/inconnue-de-tous')).html.querySelector('code').text, reference);
});

test('nothing personal in the addresses', () => {
  for (const word of ['Łukasz', '%C5%81', 'mot_de_passe', 'code=', 'Hippolyte', server.account('etablissement', 'open').password])
    assert.ok(!server.accessLog().includes(word), word);
});

// ---------------------------------------------------------------- the lock

test('a locked base: pages have the banner, the wizard answers 503 with what was typed, logins pass', async () => {
  const head = await loginHead(server),
    pupils = await loginPupils(server),
    typing = await loginPupils(server);
  const given = answers({ identite: { 'Prénom 1': 'Léonie' } });
  let step = await typing.press(await typing.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription');
  step = await fillStep(typing, step, 'candidature', given.candidature);
  const summary = await toSummary(pupils, { identite: { 'Prénom 1': 'Maxence' } });
  const registered = await loginPupils(server),
    proof = await register(registered, { identite: { 'Prénom 1': 'Noé' } });
  const counts = () =>
    server.query(
      `SELECT (SELECT count(*) FROM registration) || ' ' || (SELECT count(*) FROM draft) || ' ' ||
       (SELECT sum(service_open) || ' ' || sum(european) FROM establishment_exam)`,
    );
  const before = counts();
  const end = Math.floor(Date.now() / 1000) + 7200;
  server.query(`UPDATE base_lock SET locked = 1, reason = 'édition des convocations', until = ${end}, since = ${end - 7300}`);
  try {
    const banner = (page, where) => {
      assert.equal(page.status, 200, where);
      assert.match(page.text, /La base est verrouillée pour un traitement/, where);
      assert.match(page.text, /Motif : édition des convocations/, where);
      assert.match(page.text, /Fin prévue : .* \d{4} à \d{1,2} h \d\d/, where);
    };
    for (const at of ['/', '/aide', '/etablissement/connexion', '/inscription-etablissement/connexion']) banner(await new Browser(server.url).get(at), at);
    for (const at of ['bcp/', 'bcp/candidats', 'bcp/service-inscription', 'bcp/section-europeenne', 'mot-de-passe-inscription'])
      banner(await head.get(`/etablissement/${at}`), at);
    banner(await registered.get('/inscription-etablissement/bcp/'), 'entry');
    banner(await typing.get(step.address), 'wizard');
    const refused = (page, where) => {
      assert.equal(page.status, 503, where);
      assert.ok(Number(page.headers.get('retry-after')) > 0, where);
      assert.ok(
        page.errors.includes(
          'La base est verrouillée pour un traitement : rien n’a été enregistré. ' +
            'Votre saisie est conservée ci-dessous ; recommencez après la fin du traitement.',
        ),
        where,
      );
      assert.match(page.text, /Motif : édition des convocations/, where);
      assert.match(page.text, /Fin prévue : /, where);
    };
    for (const button of ['Suite', 'Retour', 'Enregistrer et quitter']) {
      const held = await typing.submit(step, button, given.identite);
      refused(held, button);
      assert.equal(held.value('Nom de naissance'), given.identite['Nom de naissance']);
      assert.equal(held.value('Prénom 1'), 'Léonie');
      assert.equal(held.value('Civilité'), 'F');
    }
    const sitting = await loginPupils(server); /* begun before, left while the base is locked */
    server.query('UPDATE base_lock SET locked = 0');
    const begun = await sitting.press(await sitting.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription');
    server.query('UPDATE base_lock SET locked = 1');
    const left = await sitting.submit(begun, 'Quitter', { Classe: 'TMELEC2' });
    assert.equal(left.status, 303, 'a shared computer can be left');
    assert.equal((await sitting.get(begun.address)).status, 404);
    server.query('DELETE FROM draft WHERE id = (SELECT max(id) FROM draft)');
    const certified = await pupils.submit(summary, 'Valider mon inscription', { 'Je certifie l’exactitude des renseignements fournis': true });
    refused(certified, 'summary');
    assert.equal(certified.value('Je certifie l’exactitude des renseignements fournis'), true);
    const entry = await loginPupils(server);
    refused(await entry.submit(await entry.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription'), 'entry');
    refused(await head.submit(await head.go('/etablissement/bcp/service-inscription'), 'Fermer le service'), 'service');
    refused(await head.submit(await head.go('/etablissement/bcp/section-europeenne'), 'Suite', { 'Gérez-vous des sections européennes ?': 'NON' }), 'section');
    assert.equal(counts(), before, 'nothing has changed');
    const reprint = await entry.press(await entry.go('/inscription-etablissement/bcp/reimpression'), 'Suite', {
      "Numéro d'inscription": /(\d+)-0/.exec(proof.text)[1],
      'Date de naissance': '07/07/2008',
      'Code personnel': /Code personnel : (\S+)/.exec(proof.text)[1],
    });
    assert.equal(reprint.h1, 'Inscription enregistrée', 'reprinting changes nothing but the session and the audit trail');
    assert.equal((await entry.get(reprint.link('Imprimer la confirmation'))).status, 200);
    assert.equal(
      (await tryLogin(new Browser(server.url), server.account('etablissement', 'open').login, server.account('etablissement', 'open').password)).status,
      303,
      'login',
    );
    const health = await (await fetch(`${server.url}/sante`)).json();
    assert.deepEqual({ ...health, clock: 0, schema: 0 }, { status: 'ok', clock: 0, schema: 0, locked: true, reason: 'édition des convocations', until: end });
    assert.equal((await head.submit(await head.go('/etablissement/bcp/'), 'Quitter')).status, 303, 'logout');
  } finally {
    server.query('UPDATE base_lock SET locked = 0, reason = NULL, until = NULL');
  }
  assert.equal((await typing.submit(step, 'Suite', given.identite)).status, 303, 'and it goes on where it was');
  const done = await pupils.press(summary, 'Valider mon inscription', { 'Je certifie l’exactitude des renseignements fournis': true });
  assert.equal(done.h1, 'Inscription enregistrée');
});

test('/sante: what monitors read', async () => {
  const answer = await fetch(`${server.url}/sante`),
    health = await answer.json();
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type'), /^application\/json/);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.deepEqual(Object.keys(health).sort(), ['clock', 'locked', 'schema', 'status']);
  assert.equal(health.status, 'ok');
  assert.equal(health.locked, false);
  assert.equal(health.schema, Number(server.query('SELECT max(version) FROM schema_migration')));
  assert.ok(Math.abs(health.clock - Date.now() / 1000) < 60);
  assert.equal((await fetch(`${server.url}/sante`, { method: 'HEAD' })).status, 200);
  const posted = await fetch(`${server.url}/sante`, { method: 'POST', body: 'x' });
  assert.equal(posted.status, 405);
  assert.match(posted.headers.get('allow'), /GET/);
});

// ---------------------------------------------------------------- httpd's own authentication

test('AuthType Basic with our provider: reaches the list, posts with its token, 401 for the wrong password', async () => {
  const one = await Server.make();
  servers.push(one);
  const log = path.join(one.state, 'logs/user.log');
  one.configure({
    extra: `
    CustomLog "${log}" "%u %U %>s"
    <Location "/etablissement/">
        AuthType Basic
        AuthName "Suivi"
        AuthBasicProvider inscrinet
        Require inscrinet-establishment
    </Location>`,
  });
  await one.launch();
  const account = one.account('etablissement', 'open'),
    basic = (code, password) => ({ authorization: `Basic ${Buffer.from(`${code}:${password}`).toString('base64')}` });
  const none = await new Browser(one.url).get('/etablissement/bcp/candidats');
  assert.equal(none.status, 401);
  assert.match(none.headers.get('www-authenticate'), /^Basic realm="Suivi"/);
  assert.equal(none.headers.get('cache-control'), 'no-store', 'what httpd refuses has our headers as well');
  assert.match(none.headers.get('content-security-policy'), /default-src 'none'/);
  const accented = 'Élève à Nœux, déjà reçu'.normalize('NFD');
  one.ctl(['password', 'establishment', account.login, '--stdin'], { input: `${accented}\n` });
  account.password = accented;
  for (const [code, password] of [
    [account.login, 'faux'],
    [account.login, `${accented}\x07`],
    ['0990777Z', 'faux'],
    [account.login, one.account('inscription-etablissement', 'open').password],
  ])
    assert.equal((await new Browser(one.url, { always: basic(code, password) }).get('/etablissement/bcp/candidats')).status, 401);
  const head = new Browser(one.url, { always: basic(account.login, account.password) });
  const list = await head.get('/etablissement/bcp/candidats');
  assert.equal(list.status, 200);
  assert.equal(list.h1, 'Liste des candidats pré-inscrits');
  const page = await head.go('/etablissement/bcp/service-inscription');
  const changed = await head.press(page, 'Fermer le service');
  assert.match(changed.text, /✗ Fermé/);
  const forged = await head.post('/etablissement/bcp/service-inscription', { jeton: 'x', ouvrir: 'O' });
  assert.equal(forged.status, 403);
  for (const line of [
    `${account.login} /etablissement/bcp/candidats 200`,
    '- /etablissement/bcp/candidats 401',
    `${account.login} /etablissement/bcp/service-inscription 403`,
  ])
    await until(`« ${line} » in the log`, () => fs.readFileSync(log, 'utf8').split('\n').includes(line));
  const young = one.account('etablissement', 'fresh');
  assert.match(
    (await new Browser(one.url, { always: basic(young.login, young.login) }).get('/etablissement/bcp/')).location,
    /\/mot-de-passe$/,
    'a default password opens the page that replaces it',
  );
  const other = one.account('etablissement', 'open', 1);
  const mixed = new Browser(one.url, { always: basic(other.login, other.password) });
  mixed.cookies = new Map(head.cookies);
  const shown = await mixed.get('/etablissement/bcp/');
  assert.equal(shown.status, 200);
  assert.ok(shown.body.includes(other.login) && !shown.body.includes(account.login), 'who has authenticated decides, not a cookie of somebody else');
});

test("r->user is the session's login in the access log", async () => {
  const one = await Server.make({ candidates: 0 });
  servers.push(one);
  const log = path.join(one.state, 'logs/user.log');
  one.configure({ extra: `CustomLog "${log}" "%u %U %>s"` });
  await one.launch();
  const head = await loginHead(one),
    account = one.account('etablissement', 'open');
  await head.get('/etablissement/bcp/candidats');
  await new Browser(one.url).get('/etablissement/bcp/candidats');
  for (const line of [`${account.login} /etablissement/bcp/candidats 200`, '- /etablissement/bcp/candidats 303'])
    await until(`« ${line} » in the log`, () => fs.readFileSync(log, 'utf8').split('\n').includes(line));
});

// ---------------------------------------------------------------- mounts and hosts

test('InscrinetMount moves the services, and every link follows', async () => {
  const one = await start({
    candidates: 0,
    health: '/etat',
    extra: `
    InscrinetMount accueil /portail/
    InscrinetMount gestionnaire /rectorat/
    InscrinetMount etablissement /suivi/des/ecoles/
    InscrinetMount inscription-etablissement /eleves/
    InscrinetMount inscription /individuels/
    InscrinetMount sante /etat
    <Location "/rectorat/">
        SetHandler inscrinet-manager
        AuthType Inscrinet
        AuthName "x"
        Require inscrinet-manager
    </Location>
    <Location "/suivi/des/ecoles/">
        SetHandler inscrinet-establishment
        AuthType Inscrinet
        AuthName "x"
        Require inscrinet-establishment
    </Location>
    <Location "/eleves/">
        SetHandler inscrinet-school-registration
        AuthType Inscrinet
        AuthName "x"
        Require inscrinet-school-registration
    </Location>
    <Location "/individuels/">
        SetHandler inscrinet-public-registration
    </Location>
    <Location "/etat">
        SetHandler inscrinet-health
    </Location>`,
  });
  assert.equal((await fetch(`${one.url}/etat`)).status, 200);
  for (const old of ['/', '/aide']) assert.equal((await new Browser(one.url).get(old)).status, 404, old);
  for (const old of ['/gestionnaire/connexion', '/etablissement/connexion', '/inscription-etablissement/connexion', '/inscription/', '/inscription/cap/'])
    assert.match(String((await new Browser(one.url).get(old)).status), /^40[34]$/, old);
  assert.equal((await new Browser(one.url).get('/suivi/des/ecoles')).location?.replace(one.url, ''), '/suivi/des/ecoles/');
  const head = new Browser(one.url),
    pupils = new Browser(one.url);
  for (const [browser, at, service] of [
    [head, '/suivi/des/ecoles/', 'etablissement'],
    [pupils, '/eleves/', 'inscription-etablissement'],
  ]) {
    const account = one.account(service, 'open');
    assert.match((await browser.get(at)).location, new RegExp(`${at}connexion$`));
    const page = await browser.press(await browser.go(`${at}connexion`), 'Se connecter', {
      'Code établissement': account.login,
      'Mot de passe': account.password,
    });
    assert.ok(page.address.endsWith(at), page.address);
    const seen = new Set(),
      waiting = [page.address, `${one.url}/portail/`];
    while (waiting.length) {
      const address = waiting.pop().split('#')[0];
      if (seen.has(address)) continue;
      seen.add(address);
      const got = await browser.go(address);
      assert.equal(got.status, 200, address);
      if (got.pdf) continue;
      for (const element of got.html.querySelectorAll('a[href], form[action], button[formaction], link[href]')) {
        const target = new URL(element.getAttribute('href') ?? element.getAttribute('action') ?? element.getAttribute('formaction'), got.address);
        if (target.protocol === 'data:') continue;
        assert.match(target.pathname, /^\/(portail|rectorat|suivi\/des\/ecoles|eleves|individuels|assets)\//, `${address}: ${target}`);
        if (element.rawTagName === 'a') waiting.push(target.href);
      }
    }
    assert.ok(seen.size > 8, [...seen].join('\n'));
  }
  const done = await (async () => {
    let page = await pupils.press(await pupils.go('/eleves/bcp/'), 'Nouvelle inscription');
    for (const step of steps) page = await fillStep(pupils, page, step, answers()[step]);
    return pupils.press(page, 'Valider mon inscription', { 'Je certifie l’exactitude des renseignements fournis': true });
  })();
  assert.equal(done.h1, 'Inscription enregistrée');
  assert.equal((await pupils.get(done.link('Imprimer la confirmation'))).status, 200);
});

test('two virtual hosts with two bases do not mix', async () => {
  const far = await Server.make({ candidates: 0, own: true }),
    near = await Server.make({ candidates: 0, own: true });
  servers.push(far, near);
  const common = ['Templates', 'Fonts'].map((name) => `Inscrinet${name} "${near.state}/app/${name.toLowerCase()}"`).join('\n');
  const location = (service, handler, require) =>
    `<Location "/${service}/">\nSetHandler inscrinet-${handler}\nAuthType Inscrinet\nAuthName x\nRequire ${require}\n</Location>`;
  near.configure({
    global: `
    <VirtualHost 127.0.0.1:${near.port}>
      ServerName autre.test
      InscrinetDatabase "${far.database}"
      ${common}
      <Location "/">\nSetHandler inscrinet-home\nRequire all granted\n</Location>
      ${location('etablissement', 'establishment', 'inscrinet-establishment')}
      ${location('inscription-etablissement', 'school-registration', 'inscrinet-school-registration')}
    </VirtualHost>`,
  });
  await near.launch();
  const account = (of, service) => of.account(service, 'open');
  assert.notEqual(account(near, 'etablissement').password, account(far, 'etablissement').password);
  const here = { url: near.url, browser: () => new Browser(near.url) },
    there = { url: near.url, browser: () => new Browser(near.url, { host: 'autre.test' }) };
  assert.equal((await tryLogin(there.browser(), account(near, 'etablissement').login, account(near, 'etablissement').password)).status, 422);
  assert.equal((await tryLogin(here.browser(), account(far, 'etablissement').login, account(far, 'etablissement').password)).status, 422);
  const headHere = await login(near, 'etablissement', account(near, 'etablissement'), here.browser());
  const headThere = await login(near, 'etablissement', account(far, 'etablissement'), there.browser());
  assert.equal(headThere.page.h1, 'Service Établissement', headThere.page.text);
  const pupils = await login(near, 'inscription-etablissement', account(near, 'inscription-etablissement'), here.browser());
  const done = await register(pupils, { identite: { 'Prénom 1': 'Ici' } });
  assert.equal(done.h1, 'Inscription enregistrée', done.text);
  assert.equal(near.query('SELECT count(*) FROM registration'), '1');
  assert.equal(far.query('SELECT count(*) FROM registration'), '0');
  assert.match((await headHere.get('/etablissement/bcp/candidats')).text, / ICI /);
  assert.match((await headThere.get('/etablissement/bcp/candidats')).text, /Aucun candidat/);
  const crossed = there.browser();
  crossed.cookies = new Map([...headHere.cookies, ...pupils.cookies]);
  assert.ok(isLoggedOut(await crossed.get('/etablissement/bcp/')));
  assert.ok(
    isLoggedOut(await crossed.get(`/inscription-etablissement/bcp/confirmation.pdf?numero=${/(\d+)-0/.exec(done.text)[1]}`), 'inscription-etablissement'),
  );
});
