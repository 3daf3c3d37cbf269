// SPDX-License-Identifier: Apache-2.0
//
// How many drafts may be begun (docs/security.md has the table): in a school by its own number, whatever the address; of
// individuals by session and by address. Only what was made counts, and it counts over a restart. One server on a moved
// clock, first with the limits that nobody has set, then with small ones.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { after, before, test } from 'node:test';

import { Browser, holder } from '../lib/browser.mjs';
import { Clock } from '../lib/clock.mjs';
import { Server, base } from '../lib/server.mjs';
import { loginPupils, registerAlone } from '../lib/walk.mjs';

const school = '/inscription-etablissement/bcp/',
  alone = '/inscription/cap/',
  cookie = 'inscrinet-inscription-etablissement',
  hour = 3600;
const clock = new Clock();
let server;
/* addresses as a proxy tells them, so that there are some of IPv6 */
const proxy = 'LoadModule remoteip_module /usr/lib/apache2/modules/mod_remoteip.so\nRemoteIPHeader X-Forwarded-For\nRemoteIPInternalProxy 127.0.0.1\n';
const set = (extra) => ({ ...clock.options, global: proxy, extra });

before(async () => {
  server = await Server.start({ candidates: 0, ...set('') });
  server.query('DELETE FROM expected_number');
});
after(async () => {
  await server?.stop();
  clock.end();
});

async function restart(extra) {
  server.process.kill('SIGTERM');
  await server.exited;
  server.configure(set(extra));
  await server.launch();
}

const drafts = () => Number(server.query('SELECT count(*) FROM draft'));
const from = (address) => new Browser(server.url, { always: { 'x-forwarded-for': address } });
/** A form that its holder sends again and again. */
async function form(browser, home, button = 'Nouvelle inscription', filled) {
  const { action, fields } = browser.prepare(await browser.go(home), button, filled);
  return () => browser.post(action, fields);
}
async function begin(browser, home) {
  return (await form(browser, home))();
}
const statuses = async (count, send) => {
  const found = [];
  for (let i = 0; i < count; i++) found.push((await send(i)).status);
  return found;
};
const all = (count, status) => Array(count).fill(status);

/** The page that says so: the way to a draft that was begun, and when there is room again. */
function assertTooMany(answer, said, least, most) {
  assert.equal(answer.status, 429, answer.errors?.join());
  const retry = Number(answer.headers.get('retry-after'));
  assert.ok(retry >= least && retry <= most, `Retry-After: ${retry}`);
  const minutes = Math.ceil(retry / 60);
  assert.deepEqual(answer.errors, [
    `Trop d’inscriptions ont été commencées ${said} par « Reprendre une inscription » ; sinon, réessayez dans ${minutes} minutes.`,
  ]);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
}
const ofSchool = 'en une heure dans votre établissement. Si vous aviez commencé la vôtre, reprenez-la avec son code de reprise,',
  ofSession = 'dans ce navigateur. Terminez-en une : reprenez-la avec son code de reprise,',
  ofAddress = 'en une heure depuis votre accès à Internet. Si vous aviez commencé la vôtre, reprenez-la avec son code de reprise,';

/** Sessions of a school's pupils, each at a computer of its own: as logins make them, less the password's comparison. */
function seats(count, like) {
  const blob = (hex) => (base === 'sqlite' ? `x'${hex}'` : `'\\x${hex}'::bytea`),
    digest = (token) => blob(crypto.createHash('sha256').update(token).digest('hex')),
    tokens = Array.from({ length: count }, () => crypto.randomBytes(32).toString('base64url'));
  server.query(
    tokens
      .map(
        (token) => `INSERT INTO session (token, service, account, epoch, csrf, created, seen, ends)
          SELECT ${digest(token)}, service, account, epoch, csrf, created, seen, ends FROM session WHERE token = ${digest(like)}`,
      )
      .join('; '),
  );
  return tokens.map((token) => holder(server.url, cookie, token));
}

// ---------------------------------------------------------------- as nobody has set it

let pupils;
test('three hundred pupils behind one address begin within ten minutes, each at a computer of his own', async () => {
  pupils = await loginPupils(server);
  const { action, fields } = pupils.prepare(await pupils.go(school), 'Nouvelle inscription'),
    before = drafts(),
    begun = [];
  for (const seat of seats(300, pupils.cookies.get(cookie))) {
    begun.push((await seat.post(action, fields)).status);
    clock.move(2);
  }
  assert.deepEqual(begun, all(300, 303));
  assert.equal(drafts() - before, 300);
});

test("an individual's session begins twenty; another one from his address goes on", async () => {
  const browser = new Browser(server.url),
    send = await form(browser, alone),
    before = drafts();
  assert.deepEqual(await statuses(20, send), all(20, 303));
  const refused = await send();
  assertTooMany(refused, ofSession, 1800, 1800);
  assert.equal(refused.link('Reprendre une inscription'), `${server.url}${alone}reprise`);
  assert.equal(drafts() - before, 20);
  assert.equal((await begin(browser, '/inscription/mc5/')).status, 429, 'whichever the exam');
  assert.equal((await begin(new Browser(server.url), alone)).status, 303);
  server.query('UPDATE session SET seen = seen - 1801 WHERE account IS NULL');
  assert.equal((await begin(browser, alone)).status, 303, 'once it has ended, the next one has begun none');
});

// ---------------------------------------------------------------- small limits, after a restart

test('in a school: what was begun before the restart counts, the last one there is room for passes, from no address more', async () => {
  await restart('InscrinetDraftsPerSchool 302\nInscrinetDraftsPerSession 5\nInscrinetDraftsPerAddress 8\n');
  const send = await form(pupils, school),
    before = drafts();
  assert.deepEqual(await statuses(2, send), all(2, 303));
  assertTooMany(await send(), ofSchool, hour - 700, hour - 600);
  const elsewhere = from('198.51.100.1');
  elsewhere.cookies.set(cookie, pupils.cookies.get(cookie));
  assertTooMany(await begin(elsewhere, school), ofSchool, hour - 700, hour - 600);
  assert.equal(drafts() - before, 2);
  assert.equal((await begin(await loginPupils(server, 1), school)).status, 303, 'another school');
  assert.equal((await begin(from('198.51.100.1'), alone)).status, 303, 'individuals there');
});

test('in a school that expects many candidates: twice as many, of the sessions that are open', async () => {
  const code = server.account('inscription-etablissement', 'open').login,
    expect = (exam, expected) =>
      server.query(`INSERT INTO expected_number (establishment, exam_session, specialty, expected) SELECT e.id, s.id, min(o.specialty), ${expected}
        FROM establishment e JOIN establishment_offer o ON o.establishment = e.id JOIN exam_session s ON s.exam = '${exam}' AND s.main = 1
        WHERE e.code = '${code}' AND o.exam_session = s.id GROUP BY e.id, s.id`);
  const send = await form(pupils, school);
  expect('BCP', 100);
  expect('CAP', 52);
  assert.deepEqual(await statuses(3, send), [303, 303, 429], 'two times 152');
  server.query("UPDATE exam_session SET state = 'closed' WHERE exam = 'CAP'");
  server.query('UPDATE expected_number SET expected = expected + 52');
  assert.equal((await send()).status, 429);
  server.query("UPDATE exam_session SET state = 'open' WHERE exam = 'CAP'");
  assert.equal((await send()).status, 303);
  server.query('DELETE FROM expected_number');
});

test('what was refused is no draft and does not count', async () => {
  const browser = from('198.51.100.2'),
    page = await browser.go(alone),
    { action, fields } = browser.prepare(page, 'Nouvelle inscription'),
    before = drafts();
  const refused = [
    ...(await statuses(3, () => browser.post(action, { ...Object.fromEntries(fields), action: 'autre' }))),
    ...(await statuses(3, () => browser.post(action, { ...Object.fromEntries(fields), jeton: 'x' }))),
    ...(await statuses(3, () => browser.post(action, { ...Object.fromEntries(fields), inconnu: '1' }))),
  ];
  server.ctl(['lock']);
  refused.push(...(await statuses(3, () => browser.post(action, fields))));
  server.ctl(['unlock']);
  server.query("UPDATE exam_session SET state = 'closed' WHERE exam = 'CAP'");
  refused.push(...(await statuses(3, () => browser.post(action, fields))));
  server.query("UPDATE exam_session SET state = 'open' WHERE exam = 'CAP'");
  assert.deepEqual(refused, [...all(3, 422), ...all(3, 403), ...all(3, 422), ...all(3, 503), ...all(3, 422)]);
  assert.equal(drafts(), before);
  assert.deepEqual(await statuses(6, () => browser.post(action, fields)), [...all(5, 303), 429]);
  assert.equal(drafts() - before, 5);
});

test('twelve at once, of a session: five', async () => {
  const browser = from('198.51.100.3'),
    send = await form(browser, alone);
  await send(); /* its session is there */
  const found = (await Promise.all(Array.from({ length: 12 }, send))).map((answer) => answer.status);
  assert.deepEqual(found.sort(), [...all(4, 303), ...all(8, 429)]);
});

test('what is modified counts as well', async () => {
  const browser = from('198.51.100.4'),
    done = await registerAlone(browser, 'cap', { 'Prénom 1': 'Mainte' });
  const proof = {
    "Numéro d'inscription": /Numéro d.inscription : (\d+)-0/.exec(done.text)[1],
    'Date de naissance': '7/7/1990',
    'Code personnel': /Code personnel : (\S+)/.exec(done.text)[1],
  };
  const send = await form(browser, `${alone}modification`, 'Suite', proof),
    before = drafts();
  assert.deepEqual(await statuses(4, send), all(4, 303));
  const refused = await send();
  assertTooMany(refused, ofSession, 1800, 1800);
  assert.equal(refused.h1, 'Modifier une inscription');
  assert.equal(drafts() - before, 4);
});

test('an address: eight in an hour, whatever the session; of IPv6 its network; the ninth after the hour', async () => {
  for (const [first, second, together] of [
    ['203.0.113.1', '203.0.113.1', true],
    ['203.0.113.2', '203.0.113.3', false],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:ffff::1', true],
    ['2001:db8:2:2::1', '2001:db8:2:3::1', false],
  ]) {
    assert.deepEqual(await statuses(8, () => begin(from(first), alone)), all(8, 303), first);
    const last = await begin(from(second), alone);
    if (together) assertTooMany(last, ofAddress, hour - 60, hour);
    else assert.equal(last.status, 303, second);
  }
  const waiting = from('203.0.113.1');
  assertTooMany(await begin(waiting, alone), ofAddress, hour - 120, hour);
  assert.equal(waiting.cookies.has('inscrinet-inscription'), false, 'no session is opened for nothing');
  clock.move(hour);
  assert.equal((await begin(waiting, alone)).status, 303);
  assert.equal((await begin(await loginPupils(server), school)).status, 303, 'and in the school');
});
