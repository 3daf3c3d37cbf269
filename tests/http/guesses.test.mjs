// SPDX-License-Identifier: Apache-2.0
//
// No guess is free (docs/security.md has the table): tries count before they are judged, in buckets of one who tries at a
// login, of all strangers to it, of the logins that fail from one address; and none of them keeps out those who know.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';

import { Browser, holder } from '../lib/browser.mjs';
import { Server, run } from '../lib/server.mjs';
import { login, loginHead, loginPupils, registerAlone, tryLogin } from '../lib/walk.mjs';

const servers = [];
async function start(options) {
  const server = await Server.start(options);
  servers.push(server);
  return server;
}

let server;
before(async () => {
  server = await start({ establishments: 8, candidates: 20 });
});
after(async () => {
  for (const one of servers) await one.stop();
});

/** Nothing was tried yet; what is closed stays closed for ten minutes more. */
const forget = (one = server) => ['throttle', 'throttle_try', 'throttle_login'].forEach((table) => one.query(`DELETE FROM ${table}`));
const hold = (one = server) => one.query('UPDATE throttle SET blocked_until = blocked_until + 600 WHERE blocked_until > changed');
const failures = () => Number(server.query("SELECT count(*) FROM audit_entry WHERE action = 'login.failed'"));
const wrong = 'toujours faux';

const from = (i) => new Browser(server.url, { from: `127.0.${1 + Math.floor(i / 200)}.${1 + (i % 200)}` });

test('five failures hold out the address that made them, not the school, nor a known browser', async () => {
  const { login: code, password } = server.account('etablissement', 'open', 1);
  const known = await login(server, 'etablissement', { login: code, password });
  await known.press(known.page, 'Quitter');
  const attacker = new Browser(server.url),
    guess = () => tryLogin(attacker, code, 'toujours faux');
  for (let i = 0; i < 5; i++) assert.equal((await guess()).status, 422, `try ${i + 1}`);
  hold();
  const held = await guess();
  assert.equal(held.status, 429);
  const retry = Number(held.headers.get('retry-after'));
  assert.ok(retry >= 540 && retry <= 602, `Retry-After: ${retry}`);
  assert.deepEqual(held.errors, [`Trop d’essais. Patientez ${retry} secondes, puis recommencez.`]);
  assert.ok(!held.body.includes('toujours faux'));
  assert.equal((await tryLogin(attacker, code, password)).status, 429, "the right password doesn't help meanwhile");
  for (const forged of [
    { 'x-forwarded-for': '10.1.2.3' },
    { forwarded: 'for=10.1.2.3' },
    { 'x-real-ip': '10.1.2.3' },
    { 'client-ip': '10.1.2.3' },
    { 'x-client-ip': '10.1.2.3' },
  ])
    assert.equal((await tryLogin(new Browser(server.url, { always: forged }), code, password)).status, 429, JSON.stringify(forged));
  const forgedDevice = holder(server.url, 'inscrinet-appareil', `${'A'.repeat(43)}.${'B'.repeat(43)}`);
  assert.equal((await tryLogin(forgedDevice, code, password)).status, 429, 'a device that the base has not signed');
  assert.equal((await tryLogin(new Browser(server.url, { from: '127.0.0.2' }), code, password)).status, 303, 'another address');
  assert.equal((await tryLogin(known, code, password)).status, 303, 'a browser that has logged in before');
  assert.equal((await tryLogin(attacker, server.account('etablissement', 'open').login, 'faux')).status, 422, 'another school from there');
  assert.equal((await tryLogin(attacker, code, 'faux', 'inscription-etablissement')).status, 422, 'another service');
  server.query('UPDATE throttle SET blocked_until = 0');
  assert.equal((await tryLogin(attacker, code, password)).status, 303, 'once the time is over');
  assert.equal((await tryLogin(new Browser(server.url), code, 'toujours faux')).status, 422, 'and it starts from nothing again');
});

test('each further failure waits longer, up to a quarter of an hour; an unknown code is slowed down like any other', async () => {
  forget();
  const browser = new Browser(server.url, { from: '127.0.0.3' });
  const waits = [];
  for (let i = 0; i < 16; i++) {
    assert.equal((await tryLogin(browser, '0990888Z', 'faux')).status, 422);
    waits.push(Number(server.query('SELECT max(blocked_until - changed) FROM throttle')));
    server.query('UPDATE throttle SET blocked_until = 0');
  }
  /* all of them are one login that failed, and one stranger's */
  assert.deepEqual(waits, [0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
});

test('a class shares an address: twenty failures before the registration service waits', async () => {
  const { login: code, password } = server.account('inscription-etablissement', 'open');
  for (let i = 0; i < 20; i++)
    assert.equal((await tryLogin(new Browser(server.url, { from: '127.0.0.4' }), code, 'faux', 'inscription-etablissement')).status, 422);
  hold();
  const held = await tryLogin(new Browser(server.url, { from: '127.0.0.4' }), code, password, 'inscription-etablissement');
  assert.equal(held.status, 429);
  assert.ok(Number(held.headers.get('retry-after')) > 0);
});

test('an address of IPv6 counts by its /64: neighbours wait together, other networks do not', async () => {
  const one = await start({
    candidates: 0,
    global: 'LoadModule remoteip_module /usr/lib/apache2/modules/mod_remoteip.so\nRemoteIPHeader X-Forwarded-For\nRemoteIPInternalProxy 127.0.0.1\n',
  });
  const { login: code, password } = one.account('etablissement', 'open'),
    from = (address) => new Browser(one.url, { always: { 'x-forwarded-for': address } });
  for (const [first, second, buckets] of [
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:ffff:ffff:ffff:ffff', 1],
    ['2001:db8:1:2::1', '2001:db8:1:2:3::', 1],
    ['2001:db8::1', '2001:db8:0:0:1::', 1],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', 2],
    ['2001:db8::1', '2001:db8:0:1::1', 2],
    ['2001:db8::1', '2001:db9::1', 2],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.2', 2],
    ['192.0.2.1', '192.0.2.2', 2],
  ]) {
    forget(one);
    for (const address of [first, second]) assert.equal((await tryLogin(from(address), code, 'faux')).status, 422);
    /* one for each who tries, one for each address, one for all strangers to the login */
    assert.equal(Number(one.query('SELECT count(*) FROM throttle')), 2 * buckets + 1, `${first} and ${second}`);
  }
  forget(one);
  for (let i = 1; i <= 5; i++) assert.equal((await tryLogin(from(`2001:db8::${i}`), code, 'faux')).status, 422);
  hold(one);
  assert.equal((await tryLogin(from('2001:db8::a:6'), code, password)).status, 429, 'the sixth of this network');
  assert.equal((await tryLogin(from('2001:db8:0:1::1'), code, password)).status, 303, 'the first of the next one');
});

test('proofs are slowed down: five wrong ones of an individual, five lost codes, thirty wrong ones of a class', async () => {
  const proof = { "Numéro d'inscription": '999999', 'Date de naissance': '7/7/1990' };
  const withCode = { ...proof, 'Code personnel': 'ABCD-2345' };
  const pupils = await loginPupils(server);
  for (const [browser, address, filled, status, free] of [
    [new Browser(server.url), '/inscription/cap/code-oublie', proof, 303, 5],
    [new Browser(server.url), '/inscription/cap/modification', withCode, 422, 5],
    [new Browser(server.url), '/inscription/cap/reimpression', withCode, 422, 5],
    [new Browser(server.url), '/inscription/cap/reprise', { 'Code de reprise': 'ABCD-2345' }, 422, 5],
    [pupils, '/inscription-etablissement/bcp/modification', withCode, 422, 30],
    [pupils, '/inscription-etablissement/bcp/reprise', { 'Code de reprise': 'ABCD-2345' }, 422, 30],
  ]) {
    forget();
    const page = await browser.go(address),
      waits = [];
    for (let i = 0; i <= free; i++) {
      assert.equal((await browser.submit(page, 'Suite', filled)).status, status, `${address}, ${i + 1}`);
      waits.push(Number(server.query('SELECT max(blocked_until - changed) FROM throttle')));
      if (i < free) server.query('UPDATE throttle SET blocked_until = 0');
    }
    assert.deepEqual(waits, [...Array(free - 1).fill(0), 2, 4], address);
    hold();
    const held = await browser.submit(page, 'Suite', filled);
    assert.equal(held.status, 429, address);
    assert.ok(Number(held.headers.get('retry-after')) > 500, address);
  }
  forget();
});

/* What the server works, not how long it takes: that is the same on a machine that does other things beside. */
test('an unknown code, or one without a password, is as much work as a wrong password', async () => {
  const one = await start({ candidates: 0 });
  const ticks = () =>
    one
      .children()
      .map((pid) =>
        fs
          .readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /, '')
          .split(' '),
      )
      .reduce((sum, fields) => sum + Number(fields[11]) + Number(fields[12]), 0);
  const work = async (code, service) => {
    const browser = new Browser(one.url),
      page = await browser.go(`/${service}/connexion`),
      before = ticks();
    for (let i = 0; i < 12; i++) {
      forget(one);
      assert.equal((await browser.submit(page, 'Se connecter', { 'Code établissement': code, 'Mot de passe': 'un mot de passe faux' })).status, 422);
    }
    return ticks() - before;
  };
  for (const service of ['etablissement', 'inscription-etablissement']) {
    const known = await work(one.account(service, 'open').login, service);
    assert.ok(known >= 12, `a password is hashed slowly: ${known} ticks for twelve`);
    for (const code of ['0990888Z', 'pas un code', one.account('etablissement', 'fresh').login]) {
      const other = await work(code, service);
      assert.ok(other > known / 2 && other < known * 2, `${code}: ${other} ticks, of a known code ${known}`);
    }
  }
});

// ---------------------------------------------------------------- each pair of the table

test('a mark is of one login of one service: those of a class buy no guess at its head, nor anywhere else', async () => {
  forget();
  const { login: code, password } = server.account('inscription-etablissement', 'open', 1),
    marks = [];
  for (let i = 0; i < 4; i++) {
    const browser = new Browser(server.url);
    assert.equal((await tryLogin(browser, code, password, 'inscription-etablissement')).status, 303);
    marks.push(browser.cookies.get('inscrinet-appareil'));
  }
  assert.equal(new Set(marks).size, marks.length);
  forget();
  const guess = async (i) => (await tryLogin(holder(server.url, 'inscrinet-appareil', marks[i % marks.length]), code, wrong)).status;
  for (let i = 0; i < 5; i++) assert.equal(await guess(i), 422);
  hold();
  for (let i = 0; i < marks.length; i++) assert.equal(await guess(i), 429);
});

test('a browser keeps the marks of its last logins', async () => {
  forget();
  const browser = new Browser(server.url, { from: '127.0.0.7' }),
    accounts = [0, 1].map((i) => server.account('etablissement', 'open', i));
  for (const { login: code, password } of accounts) {
    assert.equal((await tryLogin(browser, code, password)).status, 303);
    await browser.submit(await browser.go('/etablissement/bcp/'), 'Quitter');
  }
  assert.equal(browser.cookies.get('inscrinet-appareil').split('~').length, 2);
  for (const { login: code, password } of accounts) {
    for (let i = 0; i < 5; i++) await tryLogin(new Browser(server.url, { from: '127.0.0.7' }), code, wrong);
    hold();
    assert.equal((await tryLogin(new Browser(server.url, { from: '127.0.0.7' }), code, password)).status, 429);
    assert.equal((await tryLogin(browser, code, password)).status, 303);
    await browser.submit(await browser.go('/etablissement/bcp/'), 'Quitter');
  }
});

test('sixty wrong passwords at once: five are judged', async () => {
  forget();
  const code = server.account('etablissement', 'open', 1).login,
    before = failures();
  const answers = await Promise.all(Array.from({ length: 60 }, () => tryLogin(new Browser(server.url), code, wrong)));
  const statuses = answers.map((answer) => answer.status);
  /* the sixth waits for the five, and then for its turn: two seconds on, one more is judged */
  const judged = statuses.filter((status) => status === 422).length;
  assert.ok(judged >= 5 && judged <= 7, `${judged} judged: ${statuses}`);
  assert.equal(statuses.filter((status) => status === 429).length, 60 - judged);
  assert.equal(failures() - before, judged);
  assert.equal(server.query('SELECT count(*) FROM throttle_try'), '0', 'no try is left behind');
});

/** Compared in a moment, however busy the machine: what is looked at is who waits for whom. */
function cheapen(code, service, password) {
  const hash = run('openssl', ['passwd', '-6', '-salt', 'rounds=1000$classe', password]).stdout.trim();
  server.query(`UPDATE account SET password = '${hash}' WHERE service = '${service}' AND login = '${code}'`);
}

test('thirty right passwords at once: all pass, in a class and of one head', async () => {
  for (const service of ['inscription-etablissement', 'etablissement']) {
    forget();
    const { login: code, password } = server.account(service, 'open', 1);
    cheapen(code, service, password);
    const answers = await Promise.all(Array.from({ length: 30 }, () => tryLogin(new Browser(server.url, { from: '127.0.0.8' }), code, password, service)));
    assert.deepEqual(
      answers.map((answer) => answer.status),
      Array(30).fill(303),
      service,
    );
  }
});

test('strangers to a login wait together: neither a mark nor an address that has succeeded waits with them', async () => {
  forget();
  const { login: code, password } = server.account('etablissement', 'open', 1),
    known = await login(server, 'etablissement', { login: code, password }, from(0));
  await known.submit(await known.go('/etablissement/bcp/'), 'Quitter');
  for (let i = 1; i <= 20; i++) assert.equal((await tryLogin(from(i), code, wrong)).status, 422, `stranger ${i}`);
  hold();
  assert.equal((await tryLogin(from(21), code, password)).status, 429, 'the one after');
  assert.equal((await tryLogin(from(0), code, password)).status, 303, 'an address that has succeeded');
  const moved = from(22);
  for (const [name, value] of known.cookies) moved.cookies.set(name, value);
  assert.equal((await tryLogin(moved, code, password)).status, 303, 'a browser that is known, anywhere');
  assert.equal((await tryLogin(from(21), server.account('etablissement', 'open').login, wrong)).status, 422, 'another login');
  server.query('UPDATE throttle SET changed = changed - 86401');
  assert.equal((await tryLogin(from(0), code, wrong)).status, 422, 'after a day all starts anew');
});

test('a spray over many logins from one address is slowed from the 31st in an hour on, never a known browser', async () => {
  forget();
  const { login: code, password } = server.account('etablissement', 'open', 1),
    known = await login(server, 'etablissement', { login: code, password }, from(100));
  await known.submit(await known.go('/etablissement/bcp/'), 'Quitter');
  const spray = (i) => tryLogin(from(100), `09903${String(i).padStart(2, '0')}${'ABCDEFGHJKLMNPRSTUVWXYZ'[(990300 + i) % 23]}`, wrong);
  for (let i = 1; i <= 30; i++) assert.equal((await spray(i)).status, 422, `login ${i}`);
  const held = await spray(31);
  assert.equal(held.status, 429);
  assert.ok(Number(held.headers.get('retry-after')) > 50 && Number(held.headers.get('retry-after')) <= 60);
  assert.equal((await tryLogin(known, code, password)).status, 303, 'a browser that is known');
  server.query('UPDATE throttle SET blocked_until = blocked_until - 60');
  assert.equal((await spray(31)).status, 422, 'one a minute');
  assert.equal((await spray(32)).status, 429);
  server.query('UPDATE throttle_login SET at = at - 3601');
  server.query('UPDATE throttle SET blocked_until = blocked_until - 60');
  for (let i = 33; i <= 34; i++) assert.equal((await spray(i)).status, 422, 'an hour later');
});

test('a pupil cannot keep his class out: from an address that has succeeded for the school every try is judged', async () => {
  forget();
  const { login: code, password } = server.account('inscription-etablissement', 'open', 1),
    seat = () => new Browser(server.url, { from: '127.0.0.10' });
  const service = 'inscription-etablissement';
  assert.equal((await tryLogin(seat(), code, password, service)).status, 303);
  for (let i = 0; i < 25; i++) assert.equal((await tryLogin(seat(), code, wrong, service)).status, 422);
  assert.equal((await tryLogin(seat(), code, password, service)).status, 303);
  const head = server.account('etablissement', 'open', 1);
  assert.equal((await tryLogin(seat(), head.login, head.password)).status, 303);
  for (let i = 0; i < 5; i++) assert.equal((await tryLogin(seat(), head.login, wrong)).status, 422);
  hold();
  assert.equal((await tryLogin(seat(), head.login, head.password)).status, 429, 'the follow-up service judges none beyond its bucket');
});

for (const [path, other] of [
  ['mot-de-passe', 'inscription-etablissement'],
  ['mot-de-passe-inscription', 'etablissement'],
])
  test(`« Mot de passe actuel » on ${path}: five tries as at a login, and nothing about « Nouveau » before it is right`, async () => {
    forget();
    const browser = await loginHead(server, 1);
    forget();
    const page = await browser.go(`/etablissement/${path}`),
      used = server.account(other, 'open', 1).password;
    const change = (current, chosen = used) =>
      browser.submit(page, 'Valider', { 'Mot de passe actuel': current, 'Nouveau mot de passe': chosen, 'Confirmation du nouveau mot de passe': `${chosen}x` });
    for (let i = 0; i < 5; i++) {
      const refused = await change(wrong);
      assert.equal(refused.status, 422);
      assert.equal(refused.errors.length, 1, refused.errors.join());
      assert.equal(refused.error('Nouveau mot de passe'), '');
    }
    hold();
    assert.equal((await change(server.account('etablissement', 'open', 1).password)).status, 429);
    assert.equal(
      (await tryLogin(new Browser(server.url), server.account('etablissement', 'open', 1).login, wrong)).status,
      422,
      'a stranger has a bucket of his own',
    );
    forget();
  });

test('a lost code is mailed once in a quarter of an hour to one registration, whoever asks', async () => {
  forget();
  const done = await registerAlone(new Browser(server.url), 'cap', { 'Prénom 1': 'Codeperdu', 'Nom de naissance': 'Oublieux' });
  assert.equal(done.h1, 'Inscription enregistrée', done.text);
  const number = /Numéro d.inscription : (\d+)-0/.exec(done.text)[1];
  const mails = () => Number(server.query(`SELECT count(*) FROM outbox WHERE kind = 'code' AND number = ${number}`));
  for (let i = 0; i < 6; i++) {
    const browser = from(300 + i);
    const answer = await browser.submit(await browser.go('/inscription/cap/code-oublie'), 'Suite', {
      "Numéro d'inscription": number,
      'Date de naissance': '7/7/1990',
    });
    assert.equal(answer.status, 303, answer.errors?.join());
  }
  assert.equal(mails(), 1);
  server.query('UPDATE throttle SET changed = changed - 901');
  const later = from(310);
  await later.submit(await later.go('/inscription/cap/code-oublie'), 'Suite', { "Numéro d'inscription": number, 'Date de naissance': '7/7/1990' });
  assert.equal(mails(), 2);
});

test('sixty wrong proofs at once: the bucket judges what it lets pass', async () => {
  forget();
  const browser = new Browser(server.url),
    page = await browser.go('/inscription/cap/reimpression');
  const answers = await Promise.all(
    Array.from({ length: 40 }, () =>
      browser.submit(page, 'Suite', { "Numéro d'inscription": '999999', 'Date de naissance': '7/7/1990', 'Code personnel': 'ABCD-2345' }),
    ),
  );
  const judged = answers.filter((answer) => answer.status === 422).length;
  assert.ok(judged >= 5 && judged <= 7, `${judged} judged: ${answers.map((one) => one.status)}`);
});

test('AuthType Basic: a pair that was right is neither compared nor counted for a minute, until its password changes', async () => {
  const one = await start({
    candidates: 0,
    establishments: 4,
    extra: '<Location "/etablissement">\nAuthType Basic\nAuthName Suivi\nAuthBasicProvider inscrinet\nRequire inscrinet-establishment\n</Location>\n',
    global: 'StartServers 1\nServerLimit 1\n',
  });
  const { login: code, password } = one.account('etablissement', 'open'),
    ask = async (secret) =>
      (
        await fetch(`${one.url}/etablissement/`, {
          redirect: 'manual',
          headers: { authorization: `Basic ${Buffer.from(`${code}:${secret}`).toString('base64')}` },
        })
      ).status;
  assert.equal(await ask(password), 200);
  one.query('DELETE FROM throttle');
  for (let i = 0; i < 5; i++) assert.equal(await ask(password), 200);
  assert.equal(one.query('SELECT count(*) FROM throttle'), '0', 'nothing was counted');
  one.query(`UPDATE account SET epoch = epoch + 1 WHERE service = 'etablissement' AND login = '${code}'`);
  assert.equal(await ask(password), 200, 'it is compared again');
  assert.notEqual(one.query('SELECT count(*) FROM throttle'), '0');
  for (let i = 0; i < 5; i++) assert.equal(await ask(wrong), 401);
  hold(one);
  assert.equal(await ask(wrong), 401);
});
