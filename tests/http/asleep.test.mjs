// SPDX-License-Identifier: Apache-2.0
//
// A session that ends in the middle of the wizard: what was posted too late is kept, and only its owner comes back to it;
// and a computer that many pupils share: nothing of the one before is in reach of the next.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { extend } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { Server } from '../lib/server.mjs';
import { answerPage, certify, individual, login, loginPupils, pupil, register, steps, stepOf, toSummary, walkOn } from '../lib/walk.mjs';

let server;
before(async () => {
  server = await Server.start();
});
after(async () => {
  await server?.stop();
});

const school = '/inscription-etablissement/bcp',
  alone = '/inscription/cap',
  last = 'Valider mon inscription',
  hour = 3600,
  day = 24 * hour;
/** As if some seconds had gone by without a request. */
const pass = (seconds) => server.query(`UPDATE session SET seen = seen - ${seconds}`);
const draftOf = (column, id = '(SELECT max(id) FROM draft)') => server.query(`SELECT ${column} FROM draft WHERE id = ${id}`);
const kept = (id) => JSON.parse(draftOf('answers', id));
const registered = () => server.query('SELECT count(*) FROM registration');
const at = (page, step) => page.address.replace(/candidature\/[a-z]+/, `candidature/${step}`);
const token = (page) => page.html.querySelector('input[name=jeton]').getAttribute('value');
const labels = (page) => page.html.querySelectorAll('main form label').map((label) => label.text.trim());
const begin = async (browser, home) => browser.press(await browser.go(`${home}/`), 'Nouvelle inscription');

let visitors = 0; /* each from an address of his own: wrong proofs are counted by it */
const services = {
  'in a school': {
    home: school,
    browser: () => loginPupils(server),
    given: { ...Object.assign({}, ...Object.values(pupil)) },
    born: '07/07/2008',
    /* logs in again, and where that leads */
    back: async (browser, answer) => {
      assert.match(answer.location, /\/inscription-etablissement\/connexion$/);
      return (await login(server, 'inscription-etablissement', server.account('inscription-etablissement', 'open'), browser)).page;
    },
  },
  'in the public service': {
    home: alone,
    browser: () => new Browser(server.url, { from: `127.0.1.${++visitors}` }),
    given: individual,
    born: '07/07/1990',
    back: async (browser, answer) => {
      assert.match(answer.location, /\/inscription\/cap\/$/);
      const home = await browser.go(answer.location);
      return browser.go(home.link('La reprendre où elle en était'));
    },
  },
};

for (const [where, one] of Object.entries(services)) {
  const upTo = async (browser, step) => {
    let page = await begin(browser, one.home);
    while (stepOf(page) !== step) {
      page = await answerPage(browser, page, { ...one.given, 'Prénom 1': 'Dormeuse' });
      assert.equal(page.status, 200, page.errors?.join());
    }
    return page;
  };
  const asleep = async (step, seconds = hour) => {
    const browser = await one.browser(),
      page = await upTo(browser, step);
    pass(seconds);
    return { browser, page, id: draftOf('id') };
  };

  test(`${where}, answers posted after the session's end are in the draft, wrong ones too; the date of birth brings them back`, async () => {
    const { browser, page, id } = await asleep('coordonnees');
    const answer = await browser.submit(page, 'Suite', { 'N° et voie': '3 rue Basse', 'Code postal': '59', Commune: 'Roubaix' });
    assert.equal(answer.status, 303);
    assert.deepEqual([kept(id).voie, kept(id).commune, kept(id).code_postal], ['3 rue Basse', 'Roubaix', '59']);
    const told = /Votre session a expiré ; vos réponses ont été conservées\./;
    if (one.home === school) assert.match((await browser.get(answer.location)).text.replace(/\s+/g, ' '), told, 'at the door');
    const asked = await one.back(browser, answer);
    assert.equal(asked.h1, 'Reprendre une inscription');
    assert.ok(asked.html.querySelector('.note.done').text.replace(/\s+/g, ' ').includes('Votre session a expiré ; vos réponses ont été conservées.'));
    assert.deepEqual(labels(asked), ['Date de naissance']);
    assert.doesNotMatch(asked.body, /Dormeuse|Łukasz|Roubaix|rue Basse/);

    const ordinal = /dossier=(\d+)/.exec(asked.address)[1],
      before = draftOf('answers', id),
      count = registered();
    for (const step of ['candidature', 'coordonnees', 'recapitulatif']) {
      const address = at(page, step).replace(/dossier=\d+/, `dossier=${ordinal}`);
      for (const led of [
        await browser.get(address),
        await browser.post(address, { jeton: token(asked), action: 'suite', commune: 'Dijon' }),
        await browser.post(address, { jeton: token(asked), action: 'valider', certifie: 'O' }),
        await browser.post(address, { jeton: token(asked), action: 'enregistrer' }),
        await browser.post(address, { jeton: token(asked), action: 'quitter' }),
      ]) {
        assert.equal(led.status, 303, step);
        assert.ok(led.location.endsWith(`${one.home}/reprise?dossier=${ordinal}`), led.location);
      }
    }
    assert.deepEqual([draftOf('answers', id), registered()], [before, count]);

    const missing = await browser.submit(asked, 'Suite');
    assert.deepEqual([missing.status, missing.error('Date de naissance')], [422, 'Indiquez votre date de naissance.']);
    for (const wrong of ['08/07/2008', '7 juillet', '01/01/1990']) {
      const refused = await browser.submit(asked, 'Suite', { 'Date de naissance': wrong });
      assert.equal(refused.status, 422, wrong);
      assert.equal(refused.error('Date de naissance'), 'Code de reprise ou date de naissance incorrect.');
    }
    assert.equal((await browser.get(at(page, 'coordonnees').replace(/dossier=\d+/, `dossier=${ordinal}`))).status, 303, 'still not');
    const back = await browser.press(asked, 'Suite', { 'Date de naissance': one.born });
    assert.equal(stepOf(back), 'coordonnees');
    assert.deepEqual(
      [back.value('N° et voie'), back.value('Commune'), back.value('Code postal')],
      ['3 rue Basse', 'Roubaix', '59'],
      'to be mended where it was wrong',
    );
    assert.doesNotMatch(back.text, /Votre session a expiré/, 'told once');
    const done = await browser.press(await walkOn(browser, back, { ...one.given, 'Prénom 1': 'Dormeuse', Commune: 'Roubaix' }), last, certify);
    assert.equal(done.h1, 'Inscription enregistrée');
  });

  test(`${where}, without a date of birth it is the code that brings them back, and nothing shows it`, async () => {
    const { browser, page, id } = await asleep('identite'),
      code = draftOf('code', id);
    const answer = await browser.submit(page, 'Suite', { Civilité: 'Mme', 'Nom de naissance': 'Dormeuse', 'Prénom 1': 'Ana' });
    assert.equal(kept(id).nom_naissance, 'Dormeuse');
    const asked = await one.back(browser, answer);
    assert.deepEqual(labels(asked), ['Code de reprise']);
    assert.ok(!asked.body.includes(code) && !asked.body.includes(`${code.slice(0, 4)}-${code.slice(4)}`));
    const missing = await browser.submit(asked, 'Suite');
    assert.deepEqual([missing.status, missing.error('Code de reprise')], [422, 'Indiquez votre code de reprise.']);
    for (const wrong of ['ABCD-2345', code.slice(1)]) assert.equal((await browser.submit(asked, 'Suite', { 'Code de reprise': wrong })).status, 422, wrong);
    const back = await browser.press(asked, 'Suite', { 'Code de reprise': code });
    assert.equal(stepOf(back), 'identite');
    assert.equal(back.value('Nom de naissance'), 'Dormeuse');
  });

  test(`${where}, a page that is asked for after the session's end leads back the same way`, async () => {
    const { browser, page } = await asleep('coordonnees'),
      answer = await browser.get(page.address);
    assert.equal(answer.status, 303);
    const back = await browser.press(await one.back(browser, answer), 'Suite', { 'Date de naissance': one.born });
    assert.equal(stepOf(back), 'coordonnees');
  });

  test(`${where}, the last click after the session's end registers nobody; after the proof the summary is there`, async () => {
    const browser = await one.browser(),
      page = await walkOn(browser, await begin(browser, one.home), { ...one.given, 'Prénom 1': 'Clic' }),
      count = registered();
    pass(hour);
    const answer = await browser.submit(page, last, certify);
    assert.equal(answer.status, 303);
    assert.equal(registered(), count);
    const back = await browser.press(await one.back(browser, answer), 'Suite', { 'Date de naissance': one.born });
    assert.equal(back.h1, 'Récapitulatif');
    assert.equal((await browser.press(back, last, certify)).h1, 'Inscription enregistrée');
  });

  test(`${where}, a day later nothing leads to the draft any more but its code`, async () => {
    const { browser, page, id } = await asleep('coordonnees', day + 60),
      code = draftOf('code', id),
      before = draftOf('answers', id);
    const answer = await browser.submit(page, 'Suite', { Commune: 'Trop tard' });
    assert.equal(answer.status, 303);
    assert.equal(draftOf('answers', id), before, 'a page as old as this changes nothing');
    const home = where === 'in a school' ? await one.back(browser, answer) : await browser.go(answer.location);
    assert.notEqual(home.h1, 'Reprendre une inscription');
    assert.doesNotMatch((await browser.go(`${one.home}/`)).text, /vous attend/);
    const resumed = await browser.press(await browser.go(`${one.home}/reprise`), 'Suite', { 'Code de reprise': code, 'Date de naissance': one.born });
    assert.equal(resumed.h1, 'Candidature');
  });

  test(`${where}, after « Quitter » an old page finds nothing, is kept by nothing`, async () => {
    const browser = await one.browser(),
      page = await upTo(browser, 'coordonnees'),
      id = draftOf('id'),
      cookies = new Map(browser.cookies);
    const left =
      where === 'in a school'
        ? await browser.press(await browser.go(`${school}/`), 'Fermer la session de l’établissement')
        : await browser.press(page, 'Quitter');
    assert.equal(left.status, 200);
    const before = draftOf('answers', id),
      out = where === 'in a school' ? '/inscription-etablissement/connexion' : `${alone}/`;
    const thief = new Browser(server.url);
    thief.cookies = cookies; /* the cookie that the browser had */
    for (const one of [browser, thief]) {
      const answer = await one.submit(page, 'Suite', { Commune: 'Dijon' });
      assert.deepEqual([answer.status, new URL(answer.location, page.address).pathname], [303, out]);
      assert.equal(draftOf('answers', id), before);
      const asked = await one.get(page.address);
      assert.deepEqual([asked.status, new URL(asked.location, page.address).pathname], [303, out]);
      assert.doesNotMatch((await one.go(page.address)).body, /Dormeuse|Łukasz|vous attend/);
    }
  });

  test(`${where}, « Quitter » once the session has ended leaves nothing that is found again but by its code`, async () => {
    const { browser, page, id } = await asleep('coordonnees'),
      code = draftOf('code', id);
    const left = await browser.post(`/${page.address.split('/')[3]}/quitter`, { jeton: token(page) });
    assert.equal(left.status, 303);
    assert.match(left.headers.get('clear-site-data'), /"cache"/);
    const home = where === 'in a school' ? await one.back(browser, left) : await browser.go(left.location);
    assert.doesNotMatch(home.text, /Votre session a expiré/);
    assert.doesNotMatch((await browser.go(`${one.home}/`)).text, /vous attend/);
    const resumed = await browser.press(await browser.go(`${one.home}/reprise`), 'Suite', { 'Code de reprise': code, 'Date de naissance': one.born });
    assert.equal(resumed.h1, 'Candidature');
  });

  test(`${where}, a page of a session that has ended is refused without its token`, async () => {
    const { browser, page, id } = await asleep('coordonnees'),
      before = draftOf('answers', id);
    for (const jeton of ['', 'x', token(await (await one.browser()).go(`${one.home}/reprise`))])
      assert.equal((await browser.post(page.address, { jeton, action: 'suite', commune: 'Dijon' })).status, 403);
    assert.equal(draftOf('answers', id), before);
  });

  test(`${where}, while the base is locked a page that comes too late waits: 503, then it is kept`, async () => {
    const { browser, page, id } = await asleep('coordonnees'),
      before = draftOf('answers', id),
      { action, fields } = browser.prepare(page, 'Suite', { Commune: 'Tourcoing' });
    server.ctl(['lock', '--reason', 'Déchargement']);
    try {
      const answer = await browser.post(action, fields);
      assert.equal(answer.status, 503);
      assert.ok(Number(answer.headers.get('retry-after')) > 0);
      assert.equal(draftOf('answers', id), before);
    } finally {
      server.ctl(['unlock']);
    }
    assert.equal((await browser.post(action, fields)).status, 303, 'the same again');
    assert.equal(kept(id).commune, 'Tourcoing');
  });
}

test('a session that is too old, though it was used a moment ago, is one that has ended', async () => {
  const pupils = await loginPupils(server),
    page = await answerPage(pupils, await begin(pupils, school), { Classe: 'TMELEC7' });
  server.query('UPDATE session SET ends = ends - 86000');
  const answer = await pupils.submit(page, 'Suite', { 'Nom de naissance': 'Tardive' });
  assert.match(answer.location, /\/connexion$/);
  assert.equal(kept(draftOf('id')).nom_naissance, 'Tardive');
});

test("who logs in with another school's password finds nothing of the draft", async () => {
  const pupils = await loginPupils(server),
    page = await answerPage(pupils, await begin(pupils, school), {});
  pass(hour);
  await pupils.submit(page, 'Suite', { 'Nom de naissance': 'Ailleurs' });
  await login(server, 'inscription-etablissement', server.account('inscription-etablissement', 'open', 1), pupils);
  assert.equal(pupils.page.h1, 'Service Inscription Établissement');
  assert.doesNotMatch((await pupils.go(`${school}/`)).text, /vous attend/);
  assert.equal((await pupils.get(page.address)).status, 404);
});

test('the next pupil of the class, logged in at the same machine, begins anew: what waited is out of reach', async () => {
  const pupils = await loginPupils(server),
    page = await answerPage(pupils, await begin(pupils, school), {});
  pass(hour);
  const asked = await services['in a school'].back(pupils, await pupils.submit(page, 'Suite', { 'Nom de naissance': 'Absente' })),
    code = draftOf('code');
  const home = await pupils.go(`${school}/`);
  assert.match(home.text, /vous attend/);
  const next = await pupils.press(home, 'Nouvelle inscription');
  assert.equal(next.h1, 'Candidature');
  assert.equal((await pupils.get(page.address)).status, 404);
  assert.equal((await pupils.get(asked.address)).status, 404);
  assert.doesNotMatch((await pupils.go(`${school}/`)).text, /vous attend/);
  const resumed = await pupils.press(await pupils.go(`${school}/reprise`), 'Suite', { 'Code de reprise': code });
  assert.equal(resumed.h1, 'Candidature');
});

test("an individual with two drafts finds both after his session's end, each behind its own proof", async () => {
  const browser = services['in the public service'].browser(),
    cap = await answerPage(browser, await begin(browser, alone), individual),
    capCode = draftOf('code');
  const bep = await answerPage(browser, await begin(browser, '/inscription/bep'), individual),
    bepCode = draftOf('code');
  pass(hour);
  assert.equal((await browser.submit(cap, 'Suite', { 'Nom de naissance': 'Premier' })).status, 303);
  for (const [exam, code, name] of [
    ['cap', capCode, 'Premier'],
    ['bep', bepCode, ''],
  ]) {
    const home = await browser.go(`/inscription/${exam}/`),
      asked = await browser.go(home.link('La reprendre où elle en était'));
    assert.equal((await browser.submit(asked, 'Suite', { 'Code de reprise': exam === 'cap' ? bepCode : capCode })).status, 422, "the other's code");
    const back = await browser.press(asked, 'Suite', { 'Code de reprise': code });
    assert.equal(stepOf(back), 'identite');
    assert.equal(back.value('Nom de naissance'), name);
  }
});

test("an individual who comes back by the exam's home, or begins anew from a page of before, is told what waits for him", async () => {
  const one = services['in the public service'];
  for (const way of ['home', 'Nouvelle inscription']) {
    const browser = one.browser(),
      home = await browser.go(`${alone}/`),
      page = await answerPage(browser, await browser.press(home, 'Nouvelle inscription'), one.given),
      code = draftOf('code'),
      old = await browser.go(`${alone}/`);
    pass(hour);
    if (way !== 'home') assert.equal((await browser.press(old, way)).h1, 'Candidature');
    const again = await browser.go(`${alone}/`);
    assert.match(again.text, /vous attend/, way);
    assert.equal((await browser.get(page.address)).status, 303, 'not before it is proved');
    const back = await browser.press(await browser.go(again.link('La reprendre où elle en était')), 'Suite', { 'Code de reprise': code });
    assert.equal(stepOf(back), 'identite');
  }
  const idle = one.browser();
  await begin(idle, alone);
  pass(day + 60);
  assert.doesNotMatch((await idle.go(`${alone}/`)).text, /vous attend/);
});

// ---------------------------------------------------------------- a computer that pupils share

const secrets = /Partagée|Łukasz|Nœux|rue des Lilas|eleonore@|0494004062M/;
/** What a pupil leaves in the browser's history: every address of his draft and of his registration. */
async function pupilWasHere(browser) {
  const summary = await toSummary(browser, { identite: { 'Prénom 1': forename() } });
  const addresses = [...steps, 'recapitulatif'].map((step) => at(summary, step));
  const done = await browser.press(summary, last, certify),
    number = /numero=(\d+)/.exec(done.address)[1],
    code = /Code personnel : (\S+)/.exec(done.text)[1];
  return {
    number,
    code,
    addresses: [...addresses, ...['enregistree', 'confirmation', 'confirmation.pdf'].map((page) => `${school}/${page}?numero=${number}`)],
  };
}
let count = 0;
const forename = () => `Partagée ${'abcdefghijklmnopqrstuvwxyz'[count++]}`;

const ways = {
  'Nouvelle inscription': (browser) => begin(browser, school),
  'Enregistrer et quitter': async (browser) => browser.press(await begin(browser, school), 'Enregistrer et quitter'),
  'Quitter, in the wizard': async (browser) => browser.press(await begin(browser, school), 'Quitter'),
  'Modifier une inscription': async (browser, other) => browser.press(await browser.go(`${school}/modification`), 'Suite', other),
  'Réimprimer la confirmation': async (browser, other) => browser.press(await browser.go(`${school}/reimpression`), 'Suite', other),
  'Reprendre une inscription': async (browser) => {
    await begin(await loginPupils(server), school);
    return browser.press(await browser.go(`${school}/reprise`), 'Suite', { 'Code de reprise': draftOf('code') });
  },
};
for (const [way, go] of Object.entries(ways))
  test(`after « ${way} » the addresses of the pupil before are 404, and show nothing of him`, async () => {
    const other = await register(await loginPupils(server), { identite: { 'Nom de naissance': 'Autre', 'Prénom 1': forename() } });
    const pupils = await loginPupils(server),
      { addresses } = await pupilWasHere(pupils);
    assert.equal((await pupils.get(addresses.at(-1))).status, 200, 'as long as he sits there');
    const next = await go(pupils, {
      "Numéro d'inscription": /(\d+)-0/.exec(other.text)[1],
      'Date de naissance': '07/07/2008',
      'Code personnel': /Code personnel : (\S+)/.exec(other.text)[1],
    });
    assert.equal(next.status, 200, next.errors?.join());
    for (const address of addresses) {
      const answer = await pupils.get(address);
      assert.equal(answer.status, 404, address);
      assert.doesNotMatch(answer.body, secrets, address);
      assert.equal(answer.headers.get('cache-control'), 'no-store', address);
    }
  });

for (const [where, one] of Object.entries(services))
  test(`${where}, the page of the code may be printed again, and is nobody else's: no address holds the code`, async () => {
    const browser = await one.browser(),
      saved = await browser.press(await answerPage(browser, await begin(browser, one.home), one.given), 'Enregistrer et quitter', {
        'Nom de naissance': 'Gardée',
      });
    const code = /Code de reprise : (\S+)/.exec(saved.text)[1];
    assert.match(saved.address, /\/brouillon\?dossier=\d+$/);
    assert.ok((await browser.get(saved.address)).text.includes(code));
    assert.equal((await browser.get(saved.address.replace('brouillon', 'candidature/identite'))).status, 404, 'the draft itself is out of reach');
    assert.doesNotMatch((await browser.go(`${one.home}/`)).text, /vous attend/);
    const other = await one.browser();
    await begin(other, one.home);
    assert.equal((await other.get(saved.address)).status, 404, 'another session');
    if (where === 'in a school') {
      await begin(browser, one.home);
      assert.equal((await browser.get(saved.address)).status, 404, 'the next pupil');
    }
    const resumed = await other.press(await other.go(`${one.home}/reprise`), 'Suite', { 'Code de reprise': code });
    assert.equal(stepOf(resumed), 'candidature');
    pass(hour);
    const later = await browser.get(saved.address);
    assert.equal(later.status, 303);
    assert.ok(!(await browser.go(later.location)).body.includes(code));
    assert.ok(!server.accessLog().includes(code) && !server.accessLog().includes(code.replace('-', '')));
  });

test("« Quitter » of the school's session: every address leads to the login, the browser is told to forget its cache", async () => {
  const pupils = await loginPupils(server),
    { addresses } = await pupilWasHere(pupils),
    home = await pupils.go(`${school}/`);
  const left = await pupils.submit(home, 'Fermer la session de l’établissement');
  assert.equal(left.status, 303);
  assert.match(left.headers.get('clear-site-data'), /"cache"/);
  for (const address of addresses) {
    const answer = await pupils.get(address);
    assert.equal(answer.status, 303, address);
    assert.match(answer.location, /\/connexion$/);
    assert.doesNotMatch(answer.body, secrets);
  }
});

test('« Quitter » of an individual: his session is gone, and his addresses with it', async () => {
  const browser = new Browser(server.url),
    page = await walkOn(browser, await begin(browser, alone), { ...individual, 'Prénom 1': forename() });
  const left = await browser.submit(page, 'Quitter');
  assert.equal(left.status, 303);
  assert.match(left.headers.get('clear-site-data') ?? '', /"cache"/);
  for (const step of [...steps, 'recapitulatif']) {
    const answer = await browser.get(at(page, step));
    assert.equal(answer.status, 303);
    assert.match(answer.location, /\/inscription\/cap\/$/);
  }
  assert.doesNotMatch((await browser.go(at(page, 'identite'))).body, secrets);
});

test('no page of the registration services may be kept; in a school no control remembers', async () => {
  extend(server, server.account('inscription-etablissement', 'open').login, { specialties: ['40025510'] });
  for (const [where, one] of Object.entries(services)) {
    const browser = await one.browser(),
      seen = [];
    const look = (page) => {
      seen.push(page);
      assert.equal(page.headers.get('cache-control'), 'no-store', page.address);
      if (where !== 'in a school') return;
      for (const control of page.html.querySelectorAll('main input:not([type=hidden]), main select')) {
        let form = control;
        while (form.rawTagName !== 'form') form = form.parentNode;
        assert.equal(control.getAttribute('autocomplete') ?? form.getAttribute('autocomplete'), 'off', `${page.address}: ${control.getAttribute('name')}`);
      }
    };
    for (const path of ['', '/reprise', '/modification', '/reimpression']) {
      const page = await browser.go(`${one.home}${path || '/'}`);
      look(page);
      if (path) look(await browser.submit(page, 'Suite'));
    }
    const specialty = where === 'in a school' ? { Spécialité: '25510' } : {};
    const summary = await walkOn(browser, await begin(browser, one.home), { ...one.given, ...specialty, 'Prénom 1': forename() }, look);
    look(summary);
    look(await browser.submit(summary, last));
    look(await browser.get(at(summary, 'naissance')));
    look(await browser.submit(await browser.get(at(summary, 'naissance')), 'Suite', { 'Date de naissance': '31/02/2008' }));
    const done = await browser.press(summary, last, certify);
    look(done);
    look(await browser.go(done.link('La confirmation en version accessible (page web)')));
    assert.equal((await browser.get(done.link('Imprimer la confirmation'))).headers.get('cache-control'), 'no-store');
    look(await browser.press(await begin(browser, one.home), 'Enregistrer et quitter'));
    assert.ok(seen.length >= 18, String(seen.length));
  }
});
