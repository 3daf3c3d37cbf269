// SPDX-License-Identifier: Apache-2.0
//
// The table of addresses (mod_inscrinet/services.c), read from its source: every row is asked for as a stranger, by the
// wrong method, with HEAD, with a default password and by somebody of another school. `examples` says which address
// stands for a row; a row without one fails.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { services } from '../lib/product.mjs';
import { Server } from '../lib/server.mjs';
import { answers, fillStep, login, loginHead, loginPupils, register, steps } from '../lib/walk.mjs';
import { wire } from '../lib/wire.mjs';

const mounts = { PORTAL: '/', ESTABLISHMENT: '/etablissement/', SCHOOL: '/inscription-etablissement/' };
const examples = {
  PORTAL: { '': '', accessibilite: 'accessibilite', 'mentions-legales': 'mentions-legales', 'donnees-personnelles': 'donnees-personnelles', 'plan-du-site': 'plan-du-site', aide: 'aide' },
  ESTABLISHMENT: { connexion: 'connexion', quitter: 'quitter', '': '', 'mot-de-passe': 'mot-de-passe', 'mot-de-passe-inscription': 'mot-de-passe-inscription', 'EXAM/': 'bcp/', 'EXAM/service-inscription': 'bcp/service-inscription',
    'EXAM/section-europeenne': 'bcp/section-europeenne', 'EXAM/candidats': 'bcp/candidats',
    'EXAM/candidats.csv': 'bcp/candidats.csv', 'EXAM/saisies': 'bcp/saisies' },
  SCHOOL: { connexion: 'connexion', quitter: 'quitter', '': '', 'EXAM/': 'bcp/', 'EXAM/reprise': 'bcp/reprise', 'EXAM/reimpression': 'bcp/reimpression', 'EXAM/candidature/STEP': 'bcp/candidature/candidature?dossier=K', 'EXAM/brouillon': 'bcp/brouillon?code=C',
    'EXAM/enregistree': 'bcp/enregistree?numero=N', 'EXAM/confirmation': 'bcp/confirmation?numero=N', 'EXAM/confirmation.pdf': 'bcp/confirmation.pdf?numero=N' },
};
/* what the walk of `before` has made, in place of K, C and N */
const made = {};
const address = (row) => mounts[row.service] + examples[row.service][row.path].replace(/=([KCN])$/, (all, letter) => `=${made[letter]}`);

let server, head, pupils, stranger;
const rows = services();
const name = (row) => `${row.service} ${row.path}`;
const who = (row) => ({ PORTAL: stranger, ESTABLISHMENT: head, SCHOOL: pupils })[row.service];

before(async () => {
  server = await Server.start();
  stranger = new Browser(server.url);
  head = await loginHead(server);
  /* a session that knows a number and a draft: done in one tab, then a new one in another is forgotten by « Nouvelle » */
  pupils = await loginPupils(server);
  const saved = await pupils.press(await pupils.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription');
  made.C = /Code de reprise : (\S+)/.exec((await pupils.press(saved, 'Enregistrer et quitter')).text)[1].replace('-', '');
  const done = await register(pupils);
  made.N = /(\d+)-0/.exec(done.text)[1];
  const session = server.query(`SELECT session FROM session_item WHERE number = ${made.N}`), draft = server.query('SELECT max(id) FROM draft');
  made.K = 77; /* the same session, as if a draft had been begun beside */
  server.query(`INSERT INTO session_item (session, ordinal, exam, draft) VALUES (${session}, 77, 'BCP', ${draft})`);
});
after(async () => { await server?.stop(); });

test('every row of the table has an address here, and no address is left over', () => {
  assert.deepEqual(rows.filter((row) => examples[row.service]?.[row.path] === undefined).map(name), []);
  const known = new Set(rows.map(name));
  assert.deepEqual(Object.entries(examples).flatMap(([service, paths]) => Object.keys(paths).map((path) => `${service} ${path}`)).filter((one) => !known.has(one)), []);
  for (const row of rows) {
    assert.ok(row.get || row.post, name(row));
    assert.equal(row.post, row.fields !== null, `${name(row)}: a POST names its fields`);
    assert.equal(row.service === 'PORTAL', !rows.some((other) => other.service === row.service && other.access !== 'ANYONE'), name(row));
  }
});

test('logged out: the open pages answer, every other leads to its service\'s connexion', async () => {
  for (const row of rows) {
    const at = address(row), method = row.get ? 'GET' : 'POST', page = await new Browser(server.url).request(at, { method, headers: row.get ? {} : { 'content-type': 'application/x-www-form-urlencoded' }, body: row.get ? undefined : '' });
    if (row.access === 'ANYONE') assert.equal(page.status, 200, at);
    else {
      assert.equal(page.status, 303, at);
      assert.equal(new URL(page.location, server.url).pathname, `${mounts[row.service]}connexion`, at);
      assert.equal(page.headers.get('set-cookie'), null, at);
    }
  }
  for (const row of rows.filter((one) => one.post && one.access !== 'ANYONE')) {
    const page = await new Browser(server.url).post(address(row), { jeton: 'x', action: 'suite' });
    assert.equal(page.status, 303, `POST ${address(row)}`);
    assert.match(page.location, /\/connexion$/);
  }
});

test('logged in: every GET answers 200, with an h1 and a title that ends with the service', async () => {
  for (const row of rows.filter((one) => one.get)) {
    const at = address(row), page = await who(row).get(at);
    if (row.path === '' && row.service !== 'PORTAL') { /* with one exam only it goes straight in */
      assert.equal(page.status, 303, at);
      assert.match(page.location, /\/bcp\/$/);
      continue;
    }
    if (row.path === 'connexion') { /* who is logged in has nothing to do there */
      assert.equal(page.status, 303, at);
      continue;
    }
    assert.equal(page.status, 200, at);
    if (page.pdf || /csv/.test(page.headers.get('content-type'))) continue;
    assert.equal(page.html.querySelectorAll('h1').length, 1, at);
    assert.ok(page.title.startsWith(page.h1), `${at}: ${page.title}`);
    assert.match(page.title, { PORTAL: /Inscription aux examens professionnels$/, ESTABLISHMENT: /Service Établissement( – Inscription aux examens professionnels)?$/, SCHOOL: /Service Inscription Établissement( – Inscription aux examens professionnels)?$/ }[row.service], at);
  }
});

test('HEAD answers as GET does, without a body', async () => {
  for (const row of rows.filter((one) => one.get)) {
    const at = address(row), browser = who(row), headers = { cookie: [...browser.cookies].map(([key, value]) => `${key}=${value}`).join('; ') };
    const got = await wire(server.url + at, { headers }), headed = await wire(server.url + at, { method: 'HEAD', headers });
    assert.equal(headed.status, got.status, at);
    assert.equal(headed.body.length, 0, at);
    for (const one of ['content-type', 'cache-control', 'etag', 'location']) assert.equal(headed.headers.get(one), got.headers.get(one), `${at}: ${one}`);
  }
});

test('the wrong method: 405, with those that are allowed', async () => {
  const cookies = (row) => ({ cookie: [...who(row).cookies].map(([key, value]) => `${key}=${value}`).join('; ') });
  for (const row of rows) {
    const at = address(row), allowed = [...(row.get ? ['GET', 'HEAD'] : []), ...(row.post ? ['POST'] : [])];
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'PROPFIND'].filter((one) => !allowed.includes(one))) {
      const answer = await wire(server.url + at, { method, headers: { ...cookies(row), 'content-type': 'application/x-www-form-urlencoded' }, body: method === 'HEAD' || method === 'GET' ? undefined : '' });
      assert.equal(answer.status, 405, `${method} ${at}`);
      assert.deepEqual(answer.headers.get('allow').split(/,\s*/).sort(), allowed.sort(), `${method} ${at}`);
    }
    assert.equal((await wire(server.url + at, { method: 'TRACE', headers: cookies(row) })).status, 405, 'TRACE');
  }
});

test('a page that doesn\'t exist is a 404, for everybody', async () => {
  for (const at of ['/inconnue', '/etablissement/inconnue', '/etablissement/bcp/inconnue', '/etablissement/xyz/', '/etablissement/xyz/candidats', '/etablissement/bcp/candidats/', '/etablissement/BCP/', '/etablissement/EXAM/', '/etablissement/connexion/', '/etablissement/candidats',
    '/inscription-etablissement/bcp/candidature/', '/inscription-etablissement/bcp/candidature', '/inscription-etablissement/bcp/candidature/STEP', '/inscription-etablissement/bcp/candidature/inconnue', '/inscription-etablissement/candidature/identite', '/inscription-etablissement/mot-de-passe', '/etablissement/bcp/reprise',
    '/gestionnaire/', '/gestionnaire/connexion', '/inscription/', '/inscription/bcp/', '/accessibilite/', '/aide/', '/portail', '/index.html', '/.git/config', '/etablissement/%2e%2e/aide%00', '/assets/', '/assets/inconnue.css', '/assets/../app/templates/list.mustache']) {
    for (const browser of [stranger, head, pupils]) {
      const page = await wire(server.url, { path: at, headers: { cookie: [...browser.cookies].map(([key, value]) => `${key}=${value}`).join('; ') } });
      assert.ok([404, 400, 403].includes(page.status) && (page.status === 404 || /%00|^\/assets/.test(at)), `${at}: ${page.status}`);
      assert.doesNotMatch(page.text(), /\/tmp\/|mustache/, at);
    }
  }
});

test('an exam that isn\'t built, or that the school doesn\'t present, is a 404', async () => {
  for (const exam of ['bts', 'bp', 'cap', 'bep', 'mc4', 'mc5']) {
    assert.equal((await head.get(`/etablissement/${exam}/`)).status, 404, exam);
    assert.equal((await pupils.get(`/inscription-etablissement/${exam}/`)).status, 404, exam);
  }
  const one = await Server.start({ establishments: 4, candidates: 0 });
  try {
    one.query('DELETE FROM establishment_exam WHERE exam = \'BCP\'');
    const browser = await loginHead(one), other = await loginPupils(one);
    for (const at of ['', 'candidats', 'service-inscription', 'section-europeenne']) assert.equal((await browser.get(`/etablissement/bcp/${at}`)).status, 404, at);
    assert.equal((await other.get('/inscription-etablissement/bcp/')).status, 404);
    assert.match((await browser.go('/etablissement/')).text, /Aucun examen de votre établissement/);
  } finally {
    await one.stop();
  }
});

test('a missing last slash: 308, the query kept', async () => {
  for (const [at, to] of [['/etablissement', '/etablissement/'], ['/inscription-etablissement', '/inscription-etablissement/'], ['/etablissement/bcp', '/etablissement/bcp/'], ['/inscription-etablissement/bcp?x=1&y=%C3%A9', '/inscription-etablissement/bcp/?x=1&y=%C3%A9']])
    for (const browser of [stranger, head, pupils]) {
      const page = await browser.get(at);
      assert.equal(page.status, 308, at);
      assert.equal(new URL(page.location, server.url).href, server.url + to, at);
    }
  const elsewhere = await wire(server.url, { path: '//ailleurs.example/etablissement' });
  assert.ok(elsewhere.status === 404 || new URL(elsewhere.headers.get('location'), server.url).host === new URL(server.url).host, 'no redirect leaves the site');
});

test('a default password opens the page that replaces it, and nothing else', async () => {
  const young = await login(server, 'etablissement', server.account('etablissement', 'fresh'));
  for (const row of rows.filter((one) => one.service === 'ESTABLISHMENT')) {
    const at = address(row);
    if (row.access === 'LOGGED_IN') {
      const page = row.get ? await young.get(at) : await young.post(at, {});
      assert.equal(page.status, 303, at);
      assert.match(page.location, /\/etablissement\/mot-de-passe$/, at);
      if (row.post) assert.match((await young.post(at, { jeton: young.page.html.querySelector('input[name=jeton]').getAttribute('value') })).location, /\/mot-de-passe$/, `POST ${at}`);
    }
  }
  assert.equal((await young.get('/etablissement/mot-de-passe')).status, 200);
  const left = await young.submit(await young.get('/etablissement/mot-de-passe'), 'Quitter');
  assert.match(left.location, /\/connexion$/);
});

test('what one school makes does not exist for another, nor for another session of the same', async () => {
  const others = await loginPupils(server, 1), mates = await loginPupils(server);
  const code = /Code personnel : (\S+)/.exec((await pupils.get(`/inscription-etablissement/bcp/enregistree?numero=${made.N}`)).text)[1];
  for (const browser of [others, mates])
    for (const row of rows.filter((one) => one.service === 'SCHOOL' && /=[KN]$/.test(examples.SCHOOL[one.path])))
      assert.equal((await browser.get(address(row))).status, 404, address(row));
  assert.equal((await others.get(address({ service: 'SCHOOL', path: 'EXAM/brouillon' }))).status, 404, 'another school\'s draft');
  const token = async (browser) => (await browser.get('/inscription-etablissement/bcp/')).html.querySelector('input[name=jeton]').getAttribute('value');
  assert.equal((await others.post(address({ service: 'SCHOOL', path: 'EXAM/candidature/STEP' }), { jeton: await token(others), action: 'suite' })).status, 404);
  const proof = { numero: made.N, date_naissance: '07/07/2008', code };
  assert.equal((await others.post('/inscription-etablissement/bcp/reimpression', { jeton: await token(others), ...proof })).status, 422, 'right in everything, but of another school');
  assert.equal((await mates.post('/inscription-etablissement/bcp/reimpression', { jeton: await token(mates), ...proof })).status, 303);
  assert.equal((await others.post('/inscription-etablissement/bcp/reprise', { jeton: await token(others), code: made.C })).status, 422);
  const listed = await loginHead(server, 1);
  assert.doesNotMatch((await listed.get('/etablissement/bcp/candidats?lignes=toutes')).text, new RegExp(` ${made.N}-0 `));
  assert.match((await head.get('/etablissement/bcp/candidats?lignes=toutes')).text, new RegExp(` ${made.N}-0 `));
});

test('no GET changes what is registered', async () => {
  const state = () => server.query(`SELECT (SELECT count(*) FROM registration) || ' ' || (SELECT sum(revision) FROM registration) || ' ' || (SELECT count(*) FROM draft) || ' ' || (SELECT sum(service_open) || ' ' || sum(version) FROM establishment_exam) || ' ' || (SELECT sum(epoch) FROM account)`);
  const before = state();
  for (const row of rows.filter((one) => one.get)) for (const more of ['', 'action=nouvelle&ouvrir=N&section_europeenne=N&certifie=O&jeton=x']) {
    const at = address(row);
    await who(row).get(`${at}${more ? (at.includes('?') ? '&' : '?') + more : ''}`);
  }
  assert.equal(state(), before);
});

test('an unknown parameter of the address is ignored', async () => {
  for (const row of rows.filter((one) => one.get && one.path !== '' && one.path !== 'connexion')) {
    const at = address(row);
    assert.equal((await who(row).get(`${at}${at.includes('?') ? '&' : '?'}utm_source=x&page_=3&%C3%A9=%ff`)).status, 200, at);
  }
});

test('a wrong value of a known parameter is a 404; an empty one counts as absent', async () => {
  const list = '/etablissement/bcp/candidats', school = '/inscription-etablissement/bcp';
  for (const query of ['liste=inconnue', 'liste=Alphabetique', 'lignes=10', 'lignes=tout', 'apres=0', 'apres=-1', 'apres=x', 'apres=1x', 'apres=1.5', 'apres=99999999999999999999'])
    assert.equal((await head.get(`${list}?${query}`)).status, 404, query);
  for (const query of ['', 'liste=', 'apres=', 'lignes=', 'recherche=', 'liste=alphabetique', 'lignes=toutes', 'liste=&apres=&lignes=&recherche=&specialite='])
    assert.equal((await head.get(`${list}?${query}`)).status, 200, query);
  for (const at of ['confirmation.pdf', 'confirmation', 'enregistree'])
    for (const query of ['', '?numero=', '?numero=x', '?numero=0', '?numero=-1', '?numero=99999999999999999999', '?numero=1\'', `?numero=${made.N}x`])
      assert.equal((await pupils.get(`${school}/${at}${query}`)).status, 404, at + query);
  for (const query of ['', '?dossier=', '?dossier=x', '?dossier=0', '?dossier=-1', '?dossier=9999', '?dossier=99999999999999999999']) assert.equal((await pupils.get(`${school}/candidature/candidature${query}`)).status, 404, query);
  for (const query of ['', '?code=', '?code=x', '?code=ABCD2345']) assert.equal((await pupils.get(`${school}/brouillon${query}`)).status, 404, query);
});

test('every step of the wizard has its address, its number and its buttons', async () => {
  const browser = await loginPupils(server), given = answers({ identite: { 'Prénom 1': 'Perle' } });
  let page = await browser.press(await browser.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription');
  for (const [i, step] of [...steps, 'recapitulatif'].entries()) {
    assert.match(page.address, new RegExp(`/bcp/candidature/${step}\\?dossier=\\d+$`));
    assert.match(page.text, new RegExp(`Étape ${i + 1} sur 6`));
    assert.match(page.text, /Inscription non validée/);
    for (const button of [step === 'recapitulatif' ? 'Valider mon inscription' : 'Suite', 'Retour', 'Enregistrer et quitter', 'Quitter']) assert.ok(page.form(button));
    if (step !== 'recapitulatif') page = await fillStep(browser, page, step, given[step]);
  }
});
