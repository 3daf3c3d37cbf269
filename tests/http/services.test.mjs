// SPDX-License-Identifier: Apache-2.0
//
// The table of addresses (mod_inscrinet/routes.def), as the module dumps it: every row is asked for as a stranger, by the
// wrong method, with HEAD, with a default password and by somebody of another school.
import assert from 'node:assert/strict';
import http2 from 'node:http2';
import { after, before, test } from 'node:test';

import { sessionOf, optionOf, specialtyOf } from '../lib/academy.mjs';
import { asked, askedOf, furnish, mounts } from '../lib/addresses.mjs';
import { Browser } from '../lib/browser.mjs';
import { Server } from '../lib/server.mjs';
import { answers, individual, login, loginHead, loginPupils, steps, walkOn } from '../lib/walk.mjs';
import { wire } from '../lib/wire.mjs';

let server, made, address, manager, head, pupils, doors, alone, stranger;
const rows = await Server.routes();
const cookiesOf = (browser) => (browser.cookies.size ? { cookie: browser.cookie } : {});
const name = (row) => `${row.service} ${row.path}`;
/* a look at a way in makes a school's session forget what was done there: those are looked at by another */
const ways = ['', 'EXAM/', 'EXAM/modification', 'EXAM/reimpression', 'EXAM/eleve'];
const who = (row) =>
  row.service === 'inscription-etablissement' && ways.includes(row.path)
    ? doors
    : { sante: stranger, accueil: stranger, gestionnaire: manager, etablissement: head, 'inscription-etablissement': pupils, inscription: alone }[row.service];

before(async () => {
  server = await Server.start({ global: 'LoadModule http2_module /usr/lib/apache2/modules/mod_http2.so\nProtocols h2c http/1.1\n' });
  stranger = new Browser(server.url);
  ({ made, address, manager, head, pupils, doors, alone } = await furnish(server));
});
after(async () => {
  await server?.stop();
});

test('what is said of addresses is said of rows of the table', () => {
  const known = new Set(rows.map(name));
  assert.deepEqual(
    Object.entries(asked)
      .flatMap(([service, paths]) => Object.keys(paths).map((path) => `${service} ${path}`))
      .filter((one) => !known.has(one)),
    [],
  );
  for (const row of rows) {
    assert.ok(row.get || row.post, name(row));
    assert.equal(['accueil', 'sante'].includes(row.service), !rows.some((other) => other.service === row.service && other.needs !== 'nothing'), name(row));
  }
});

/* where whoever isn't logged in is sent: individuals have nowhere to log in, they begin at the exam's home */
const doorOf = (row) => (row.service === 'inscription' ? `${mounts.inscription}cap/` : `${mounts[row.service]}connexion`);

test("logged out: the open pages answer, every other leads to its service's connexion, or to the exam's home", async () => {
  for (const row of rows) {
    const at = address(row),
      method = row.get ? 'GET' : 'POST',
      page = await new Browser(server.url).request(at, {
        method,
        headers: row.get ? {} : { 'content-type': 'application/x-www-form-urlencoded' },
        body: row.get ? undefined : '',
      });
    if (row.needs === 'nothing') assert.equal(page.status, row.get ? 200 : 403, `${method} ${at}`); /* a POST has no token yet */
    else {
      assert.equal(page.status, 303, at);
      assert.equal(new URL(page.location, server.url).pathname, doorOf(row), at);
      assert.equal(page.headers.get('set-cookie'), null, at);
    }
  }
  for (const row of rows.filter((one) => one.post && one.needs !== 'nothing')) {
    const page = await new Browser(server.url).post(address(row), { jeton: 'x', action: 'suite' });
    assert.equal(page.status, 303, `POST ${address(row)}`);
    assert.equal(new URL(page.location, server.url).pathname, doorOf(row), `POST ${address(row)}`);
  }
});

test('logged in: every GET answers 200, with an h1 and a title that ends with the service', async () => {
  for (const row of rows.filter((one) => one.get)) {
    const at = address(row),
      page = await who(row).get(at);
    if (row.path === 'connexion') {
      /* who is logged in has nothing to do there */
      assert.equal(page.status, 303, at);
      continue;
    }
    assert.equal(page.status, 200, at);
    if (page.pdf || !page.headers.get('content-type').startsWith('text/html')) continue;
    assert.equal(page.html.querySelectorAll('h1').length, 1, at);
    assert.ok(page.title.startsWith(page.h1), `${at}: ${page.title}`);
    assert.match(
      page.title,
      {
        accueil: /Inscription aux examens professionnels$/,
        gestionnaire: /Service Gestionnaire( – Inscription aux examens professionnels)?$/,
        etablissement: /Service Établissement( – Baccalauréat professionnel \(BCP\))?( – Inscription aux examens professionnels)?$/,
        'inscription-etablissement': /Service Inscription Établissement( – Inscription aux examens professionnels)?$/,
        inscription: /Service Inscription Grand Public( – Inscription aux examens professionnels)?$/,
      }[row.service],
      at,
    );
  }
});

test('HEAD answers as GET does, without a body', async () => {
  for (const row of rows.filter((one) => one.get)) {
    const at = address(row),
      browser = who(row),
      headers = cookiesOf(browser);
    const got = await wire(server.url + at, { headers }),
      headed = await wire(server.url + at, { method: 'HEAD', headers });
    assert.equal(headed.status, got.status, at);
    assert.equal(headed.body.length, 0, at);
    /* vary is mod_deflate's, of a body */
    const ofBody = ['date', 'connection', 'content-length', 'transfer-encoding', 'vary'],
      said = (answer) => [...answer.headers].filter(([name]) => !ofBody.includes(name));
    assert.deepEqual(said(headed), said(got), at);
    const length = headed.headers.get('content-length');
    if (length !== null) assert.equal(length, got.headers.get('content-length'), at);
  }
});

test('HEAD over HTTP/2: one after the other on one connection, each ends', async () => {
  const connection = http2.connect(server.url);
  const headed = (path, headers) =>
    new Promise((resolve, reject) => {
      let answer;
      const request = connection.request({ ':method': 'HEAD', ':path': path, ...headers });
      request
        .on('response', (given) => (answer = given))
        .on('error', reject)
        .on('close', () => (answer && request.rstCode === 0 ? resolve(answer) : reject(new Error(`${path}: broken off, ${request.rstCode}`))));
      request.resume().end();
    });
  try {
    for (const row of rows.filter((one) => one.get)) {
      const at = address(row),
        headers = cookiesOf(who(row)),
        got = await wire(server.url + at, { headers });
      for (let i = 0; i < (/\.(pdf|csv)$/.test(row.path) ? 20 : 1); i++) {
        const answer = await headed(at, headers);
        assert.equal(answer[':status'], got.status, at);
        for (const one of ['content-type', 'content-disposition', 'cache-control']) assert.equal(answer[one] ?? null, got.headers.get(one), `${at}: ${one}`);
      }
    }
  } finally {
    connection.close();
  }
});

test('the wrong method: 405, with those that are allowed', async () => {
  const cookies = (row) => ({ cookie: who(row).cookie });
  for (const row of rows) {
    const at = address(row),
      allowed = [...(row.get ? ['GET', 'HEAD'] : []), ...(row.post ? ['POST'] : [])];
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'PROPFIND'].filter((one) => !allowed.includes(one))) {
      const answer = await wire(server.url + at, {
        method,
        headers: { ...cookies(row), 'content-type': 'application/x-www-form-urlencoded' },
        body: method === 'HEAD' || method === 'GET' ? undefined : '',
      });
      assert.equal(answer.status, 405, `${method} ${at}`);
      assert.deepEqual(answer.headers.get('allow').split(/,\s*/).sort(), allowed.sort(), `${method} ${at}`);
    }
    assert.equal((await wire(server.url + at, { method: 'TRACE', headers: cookies(row) })).status, 405, 'TRACE');
  }
});

// ---------------------------------------------------------------- headers

const hasSession = (browser) => [...browser.cookies.keys()].some((one) => /^inscrinet-(etab|inscr)/.test(one));
const security = {
  'content-security-policy': "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** The security headers, each once; and whether a browser may keep the answer. */
function assertHeaders(answer, kept, where) {
  for (const [header, value] of Object.entries({ ...security, 'cache-control': kept ? 'private, no-cache' : 'no-store' }))
    assert.equal(answer.headers.get(header), value, `${where}: ${answer.status}, ${header}`);
  assert.equal(answer.headers.has('etag'), kept, `${where}: ${answer.status}, ETag`);
}

test('every answer of every row has the security headers once, and is kept by no browser but portal and blank forms by one without a session', async () => {
  const seen = new Set(),
    form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    seenBefore = new Browser(server.url);
  await seenBefore.get('/etablissement/connexion'); /* a cookie, and no session */
  for (const row of rows)
    for (const browser of [new Browser(server.url), seenBefore, who(row), head]) {
      const at = address(row),
        headers = cookiesOf(browser),
        unnamed = at.replace(/(\?.*)?$/, '-inconnue$1');
      for (const [path, options] of [
        [at, {}],
        [at, { method: 'HEAD' }],
        [at, { headers: { range: 'bytes=99999999-' } }],
        [unnamed, {}],
        [at.replace(/\/$/, '') || '/', {}],
        [at, { method: 'POST', headers: form, body: 'jeton=x' }],
        [at, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' }],
        [at, { method: 'DELETE' }],
      ]) {
        const answer = await wire(server.url, { path, ...options, headers: { ...headers, ...options.headers } });
        const same = (row.service === 'accueil' || row.path.endsWith('formulaire-vierge.pdf')) && answer.status === 200 && !hasSession(browser);
        assertHeaders(answer, same, `${options.method ?? 'GET'} ${path} ${hasSession(browser) ? 'with' : 'without'} a session`);
        seen.add(answer.status);
      }
    }
  assert.deepEqual([...seen].sort(), [200, 303, 308, 403, 404, 405, 415]);
});

test('so has what httpd says itself: an unchanged portal, a request that it takes for none', async () => {
  const etag = (await stranger.get('/')).headers.get('etag'),
    same = await wire(server.url, { headers: { 'if-none-match': etag } });
  assert.equal(same.status, 304);
  assertHeaders(same, true, 'unchanged');
  const known = await wire(server.url, { headers: { 'if-none-match': etag, ...cookiesOf(head) } });
  assert.equal(known.status, 200, 'to somebody who is logged in');
  assertHeaders(known, false, 'unchanged, logged in');
  for (const [status, path, options] of [
    [400, '/etablissement/%zz', {}],
    [404, '/etablissement/bcp%2fcandidats', {}],
    [405, '/etablissement/bcp/candidats', { method: 'TRACE' }],
    [417, '/etablissement/connexion', { method: 'POST', body: 'x', headers: { expect: 'le-beau-temps' } }],
  ]) {
    const answer = await wire(server.url, { path, ...options });
    assert.equal(answer.status, status, path);
    assertHeaders(answer, false, path);
  }
});

test("a page that doesn't exist is a 404, for everybody", async () => {
  for (const at of [
    '/inconnue',
    '/etablissement/inconnue',
    '/etablissement/bcp/inconnue',
    '/etablissement/xyz/',
    '/etablissement/xyz/candidats',
    '/etablissement/bcp/candidats/',
    '/etablissement/BCP/',
    '/etablissement/EXAM/',
    '/etablissement/connexion/',
    '/etablissement/candidats',
    '/inscription-etablissement/bcp/candidature/',
    '/inscription-etablissement/bcp/candidature',
    '/inscription-etablissement/bcp/candidature/STEP',
    '/inscription-etablissement/bcp/candidature/inconnue',
    '/inscription-etablissement/candidature/identite',
    '/inscription-etablissement/mot-de-passe',
    '/etablissement/bcp/reprise',
    '/gestionnaire/inconnue',
    '/gestionnaire/inconnue/',
    '/inscription/connexion',
    '/inscription/xyz/',
    '/inscription/BCP/',
    '/inscription/bcp/candidats',
    '/inscription/bcp/candidature/',
    '/inscription/code-oublie',
    '/inscription-etablissement/bcp/code-oublie',
    '/accessibilite/',
    '/aide/',
    '/portail',
    '/index.html',
    '/.git/config',
    '/etablissement/%2e%2e/aide%00',
    '/assets/',
    '/assets/inconnue.css',
    '/assets/../app/templates/list.mustache',
  ]) {
    for (const browser of [stranger, head, pupils, alone]) {
      const page = await wire(server.url, { path: at, headers: { cookie: browser.cookie } });
      assert.equal(page.status, 404, at);
      assert.doesNotMatch(page.text(), /\/tmp\/|mustache/, at);
    }
  }
});

test("an exam that the school doesn't present is a 404; with one exam only, the home goes straight in", async () => {
  const ofExam = rows.filter((row) => row.service === 'inscription-etablissement' && row.path.startsWith('EXAM')),
    pages = ofExam.filter((row) => !/=[KN]$/.test(askedOf(row))).map(address);
  assert.ok(pages.length > 5);
  for (const exam of ['bts', 'bp']) {
    /* a lycée professionnel presents neither */
    for (const at of ['', 'candidats', 'service-inscription']) assert.equal((await head.get(`/etablissement/${exam}/${at}`)).status, 404, `${exam}/${at}`);
    for (const at of pages) assert.equal((await pupils.get(at.replace('/bcp/', `/${exam}/`))).status, 404, at);
  }
  const one = await Server.start({ establishments: 4, candidates: 0 });
  try {
    const browser = await loginHead(one),
      other = await loginPupils(one);
    one.query(`DELETE FROM establishment_exam WHERE exam_session <> ${sessionOf('bcp')}`);
    assert.match((await browser.get('/etablissement/')).location, /\/etablissement\/bcp\/$/);
    assert.match((await other.get('/inscription-etablissement/')).location, /\/inscription-etablissement\/bcp\/$/);
    one.query('DELETE FROM establishment_exam');
    for (const at of ['', 'candidats', 'service-inscription', 'section-europeenne'])
      assert.equal((await browser.get(`/etablissement/bcp/${at}`)).status, 404, at);
    for (const at of pages) assert.equal((await other.get(`/inscription-etablissement/${at.replace('EXAM', 'bcp')}`)).status, 404, at);
    assert.match((await browser.go('/etablissement/')).text, /Aucun examen de votre établissement/);
  } finally {
    await one.stop();
  }
});

test('a missing last slash: 308, the query kept', async () => {
  for (const [at, to] of [
    ['/etablissement', '/etablissement/'],
    ['/inscription-etablissement', '/inscription-etablissement/'],
    ['/etablissement/bcp', '/etablissement/bcp/'],
    ['/inscription-etablissement/bcp?x=1&y=%C3%A9', '/inscription-etablissement/bcp/?x=1&y=%C3%A9'],
    ['/inscription', '/inscription/'],
    ['/inscription/mc5?x=1', '/inscription/mc5/?x=1'],
  ])
    for (const browser of [stranger, head, pupils, alone]) {
      const page = await browser.get(at);
      assert.equal(page.status, 308, at);
      assert.equal(new URL(page.location, server.url).href, server.url + to, at);
    }
  const elsewhere = await wire(server.url, { path: '//ailleurs.example/etablissement' });
  assert.ok(
    elsewhere.status === 404 || new URL(elsewhere.headers.get('location'), server.url).host === new URL(server.url).host,
    'no redirect leaves the site',
  );
});

test('a default password opens the page that replaces it, and nothing else', async () => {
  const young = await login(server, 'etablissement', server.account('etablissement', 'fresh'));
  for (const row of rows.filter((one) => one.service === 'etablissement')) {
    const at = address(row);
    if (row.needs === 'pages') {
      const page = row.get ? await young.get(at) : await young.post(at, {});
      assert.equal(page.status, 303, at);
      assert.match(page.location, /\/etablissement\/mot-de-passe$/, at);
      if (row.post)
        assert.match(
          (await young.post(at, { jeton: young.page.html.querySelector('input[name=jeton]').getAttribute('value') })).location,
          /\/mot-de-passe$/,
          `POST ${at}`,
        );
    }
  }
  assert.equal((await young.get('/etablissement/mot-de-passe')).status, 200);
  const left = await young.submit(await young.get('/etablissement/mot-de-passe'), 'Quitter');
  assert.match(left.location, /\/connexion$/);
});

test('what one school makes does not exist for another, nor for another session of the same', async () => {
  const others = await loginPupils(server, 1),
    mates = await loginPupils(server),
    { N, C } = made['inscription-etablissement'];
  const code = /Code personnel : (\S+)/.exec((await pupils.get(`/inscription-etablissement/bcp/enregistree?numero=${N}`)).text)[1];
  for (const browser of [others, mates])
    for (const row of rows.filter((one) => one.service === 'inscription-etablissement' && /=[KN]$/.test(askedOf(one))))
      assert.equal((await browser.get(address(row))).status, 404, address(row));
  assert.equal((await others.get(address({ service: 'inscription-etablissement', path: 'EXAM/brouillon' }))).status, 404, "another school's draft");
  const token = async (browser) => (await browser.get('/inscription-etablissement/bcp/')).html.querySelector('input[name=jeton]').getAttribute('value');
  assert.equal(
    (await others.post(address({ service: 'inscription-etablissement', path: 'EXAM/candidature/STEP' }), { jeton: await token(others), action: 'suite' }))
      .status,
    404,
  );
  const proof = { numero: N, date_naissance: '07/07/2008', code };
  for (const at of ['reimpression', 'modification']) {
    assert.equal(
      (await others.post(`/inscription-etablissement/bcp/${at}`, { jeton: await token(others), ...proof })).status,
      422,
      `${at}: right in everything, but of another school`,
    );
    assert.equal((await mates.post(`/inscription-etablissement/bcp/${at}`, { jeton: await token(mates), ...proof })).status, 303, at);
  }
  assert.equal((await others.post('/inscription-etablissement/bcp/reprise', { jeton: await token(others), code: C })).status, 422);
  const listed = await loginHead(server, 1);
  assert.doesNotMatch((await listed.get('/etablissement/bcp/candidats?lignes=toutes')).text, new RegExp(` ${N}-0 `));
  assert.match((await head.get('/etablissement/bcp/candidats?lignes=toutes')).text, new RegExp(` ${N}-0 `));
});

test('what an individual makes exists for nobody else, and for no school; what a school makes, for no individual', async () => {
  const other = new Browser(server.url),
    { N, C } = made.inscription;
  const done = await alone.get(`/inscription/cap/enregistree?numero=${N}`),
    code = /Code personnel : (\S+)/.exec(done.text)[1];
  await other.press(await other.go('/inscription/cap/'), 'Nouvelle inscription'); /* a session of his own */
  for (const row of rows.filter((one) => one.service === 'inscription' && /=[KN]$/.test(askedOf(one))))
    assert.equal((await other.get(address(row))).status, 404, address(row));
  const token = async (browser, service, exam) =>
    (await browser.get(`/${service}/${exam}/reprise`)).html.querySelector('input[name=jeton]').getAttribute('value');
  const proof = { numero: N, date_naissance: '07/07/1990', code };
  assert.equal((await pupils.get(`/inscription-etablissement/cap/brouillon?dossier=${made.inscription.L}`)).status, 404, "an individual's draft in a school");
  assert.equal(
    (await other.get(`/inscription/bcp/brouillon?dossier=${made['inscription-etablissement'].L}`)).status,
    404,
    "a school's draft in the public service",
  );
  for (const at of ['reimpression', 'modification'])
    assert.equal(
      (await pupils.post(`/inscription-etablissement/cap/${at}`, { jeton: await token(pupils, 'inscription-etablissement', 'cap'), ...proof })).status,
      422,
      at,
    );
  assert.equal(
    (await pupils.post('/inscription-etablissement/cap/reprise', { jeton: await token(pupils, 'inscription-etablissement', 'cap'), code: C })).status,
    422,
  );
  assert.equal(
    (await other.post('/inscription/bcp/reprise', { jeton: await token(other, 'inscription', 'bcp'), code: made['inscription-etablissement'].C })).status,
    422,
  );
  const pupilsCode = /Code personnel : (\S+)/.exec(
    (await pupils.get(`/inscription-etablissement/bcp/enregistree?numero=${made['inscription-etablissement'].N}`)).text,
  )[1];
  assert.equal(
    (
      await other.post('/inscription/bcp/reimpression', {
        jeton: await token(other, 'inscription', 'bcp'),
        numero: made['inscription-etablissement'].N,
        date_naissance: '07/07/2008',
        code: pupilsCode,
      })
    ).status,
    422,
  );
  assert.equal(
    (await other.post('/inscription/cap/reimpression', { jeton: await token(other, 'inscription', 'cap'), ...proof })).status,
    303,
    'his proof opens it anywhere',
  );
});

test('no GET changes what is registered', async () => {
  const state = () =>
    server.query(
      `SELECT (SELECT count(*) FROM registration) || ' ' || (SELECT sum(revision) FROM registration) || ' ' ||
       (SELECT count(*) FROM draft) || ' ' || (SELECT sum(service_open) || ' ' || sum(version) FROM establishment_exam) || ' ' ||
       (SELECT sum(epoch) FROM account)`,
    );
  const before = state();
  for (const row of rows.filter((one) => one.get))
    for (const more of ['', 'action=nouvelle&ouvrir=N&section_europeenne=N&certifie=O&jeton=x']) {
      const at = address(row);
      await who(row).get(`${at}${more ? (at.includes('?') ? '&' : '?') + more : ''}`);
    }
  assert.equal(state(), before);
});

test('an unknown parameter of the address is ignored', async () => {
  for (const row of rows.filter((one) => one.get && one.path !== 'connexion')) {
    const at = address(row);
    assert.equal((await who(row).get(`${at}${at.includes('?') ? '&' : '?'}utm_source=x&page_=3&%C3%A9=%ff`)).status, 200, at);
  }
});

test('a wrong value of a known parameter is a 404; an empty one counts as absent', async () => {
  const list = '/etablissement/bcp/candidats',
    school = '/inscription-etablissement/bcp';
  for (const query of [
    'liste=inconnue',
    'liste=Alphabetique',
    'lignes=10',
    'lignes=tout',
    'apres=0',
    'apres=-1',
    'apres=x',
    'apres=1x',
    'apres=1.5',
    'apres=99999999999999999999',
    'liste=specialite&specialite=99999999',
  ])
    assert.equal((await head.get(`${list}?${query}`)).status, 404, query);
  for (const query of [
    '',
    'liste=',
    'apres=',
    'lignes=',
    'liste=alphabetique',
    'lignes=toutes',
    'liste=&apres=&lignes=',
    'liste=specialite',
    'liste=specialite&specialite=',
  ])
    assert.equal((await head.get(`${list}?${query}`)).status, 200, query);
  for (const at of ['confirmation.pdf', 'confirmation', 'enregistree'])
    for (const query of [
      '',
      '?numero=',
      '?numero=x',
      '?numero=0',
      '?numero=-1',
      '?numero=99999999999999999999',
      "?numero=1'",
      `?numero=${made['inscription-etablissement'].N}x`,
    ])
      assert.equal((await pupils.get(`${school}/${at}${query}`)).status, 404, at + query);
  for (const query of ['', '?dossier=', '?dossier=x', '?dossier=0', '?dossier=-1', '?dossier=9999', '?dossier=99999999999999999999'])
    assert.equal((await pupils.get(`${school}/candidature/candidature${query}`)).status, 404, query);
  for (const [query, status] of [
    ['x', 404],
    ['identite', 404],
    ['', 200],
    ['recapitulatif', 200],
  ])
    assert.equal(
      (await pupils.get(`${address({ service: 'inscription-etablissement', path: 'EXAM/candidature/STEP' })}&depuis=${query}`)).status,
      status,
      query,
    );
  assert.equal(
    (await pupils.get(`${school}/candidature/candidature?dossier=${made['inscription-etablissement'].L}`)).status,
    404,
    'what was left is out of reach',
  );
  for (const query of [
    '',
    '?dossier=',
    '?dossier=x',
    '?dossier=0',
    '?dossier=9999',
    `?dossier=${made['inscription-etablissement'].K}`,
    `?code=${made['inscription-etablissement'].C}`,
  ])
    assert.equal((await pupils.get(`${school}/brouillon${query}`)).status, 404, query);
});

test('every step of the wizard has its address, its number and its buttons, in both services, with units and without', async () => {
  const young = Object.assign({}, ...Object.values(answers({ identite: { 'Prénom 1': 'Perle' } }))),
    school = server.account('inscription-etablissement', 'open').login;
  const withUnits = ['candidature', 'identite', 'naissance', 'coordonnees', 'situation', 'passage', 'epreuves', 'choix'];
  const of = (exam, units, within) => optionOf(specialtyOf(server, exam, { units, school: within }));
  for (const [browser, home, given, wanted] of [
    [await loginPupils(server), '/inscription-etablissement/bcp/', { ...young, Spécialité: of('bcp', false, school) }, steps],
    [new Browser(server.url), '/inscription/cap/', { ...individual, Spécialité: of('cap', false) }, steps],
    [await loginPupils(server), '/inscription-etablissement/bcp/', { ...young, Spécialité: of('bcp', true, school) }, withUnits],
    [new Browser(server.url), '/inscription/cap/', { ...individual, Spécialité: of('cap', true) }, withUnits],
  ]) {
    const seen = [];
    const page = await walkOn(browser, await browser.press(await browser.go(home), 'Nouvelle inscription'), given, (one) => seen.push(one));
    for (const [i, one] of [...seen, page].entries()) {
      assert.match(one.address, new RegExp(`${home}candidature/${[...wanted, 'recapitulatif'][i]}\\?dossier=\\d+$`));
      /* steps that the answers bring along are counted once they are known */
      assert.match(one.text, new RegExp(`Étape ${i + 1} sur ${i === 0 ? '\\d' : wanted.length + 1}`), one.address);
      assert.match(one.text, /Inscription non validée/);
      for (const button of [i === wanted.length ? 'Valider mon inscription' : 'Suite', 'Retour', 'Enregistrer et quitter', 'Quitter'])
        assert.ok(one.form(button));
    }
    assert.equal(seen.length, wanted.length, home);
  }
});
