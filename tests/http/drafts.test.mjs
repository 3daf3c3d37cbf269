// SPDX-License-Identifier: Apache-2.0
//
// Drafts at their edges, in both registration services: steps out of order, two tabs of one draft, two drafts of one
// session, drafts that are gone, a last POST that comes again or many at once, two who modify the same registration.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { extend, optionOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { Server } from '../lib/server.mjs';
import {
  answerPage,
  answers,
  certify,
  fillStep,
  individual,
  loginPupils,
  pupil,
  register,
  steps,
  stepOf,
  toSummary,
  toSummaryAlone,
  walkOn,
} from '../lib/walk.mjs';

let server;
before(async () => {
  server = await Server.start();
  extend(server, server.account('inscription-etablissement', 'open').login, { specialties: ['40025510'] });
});
after(async () => {
  await server?.stop();
});

const school = '/inscription-etablissement/bcp',
  alone = '/inscription/cap',
  last = 'Valider mon inscription';
const services = {
  'in a school': {
    home: school,
    exam: 'BCP',
    browser: () => loginPupils(server),
    given: (forename) => ({ ...Object.assign({}, ...Object.values(pupil)), 'Prénom 1': forename }),
    born: '07/07/2008',
  },
  'in the public service': {
    home: alone,
    exam: 'CAP',
    browser: () => new Browser(server.url),
    given: (forename) => ({ ...individual, 'Prénom 1': forename }),
    born: '07/07/1990',
  },
};
const begin = async (browser, home) => browser.press(await browser.go(`${home}/`), 'Nouvelle inscription');
const draftOf = (column) => server.query(`SELECT ${column} FROM draft ORDER BY id DESC LIMIT 1`);
const countOf = (exam) => Number(server.query(`SELECT count(*) FROM registration WHERE exam = '${exam}'`));
const dossier = (page) => /dossier=(\d+)/.exec(page.address)[1];
const at = (page, step) => page.address.replace(/candidature\/[a-z]+/, `candidature/${step}`);
const token = (page) => page.html.querySelector('input[name=jeton]').getAttribute('value');
const numberOf = (place) => Number(/enregistree\?numero=(\d+)$/.exec(place)?.[1] ?? assert.fail(`${place} is « Inscription enregistrée »`));
const answersOf = (exam, number) => JSON.parse(server.query(`SELECT answers FROM registration WHERE exam = '${exam}' AND number = ${number}`));
/* letters only, as a name has */
const forename = (prefix, i) => prefix + [...String(i)].map((digit) => 'abcdefghij'[digit]).join('');

for (const [where, one] of Object.entries(services)) {
  const withUnits = { BCP: '40025510', CAP: '50022137' }[one.exam];
  const summary = async (name, browser) => walkOn(browser, await begin(browser, one.home), one.given(name));

  test(`${where}, a later step leads to the first that isn't answered; nothing of it is kept`, async () => {
    const browser = await one.browser();
    let page = await begin(browser, one.home);
    for (const open of ['candidature', 'identite', 'naissance']) {
      assert.equal(stepOf(page), open);
      const before = draftOf('answers');
      for (const later of [...steps.slice(steps.indexOf(open) + 1), 'epreuves', 'choix', 'recapitulatif']) {
        const told = await browser.get(at(page, later));
        assert.equal(told.status, 303, later);
        assert.ok(told.location.endsWith(`/candidature/${open}?dossier=${dossier(page)}`), `${later}: ${told.location}`);
        for (const action of ['suite', 'valider', 'retour', 'enregistrer', 'quitter']) {
          const posted = await browser.post(at(page, later), { jeton: token(page), action, commune: 'Roubaix', certifie: 'O' });
          assert.equal(posted.status, 303, `${later} ${action}`);
          assert.ok(posted.location.endsWith(`/candidature/${open}?dossier=${dossier(page)}`), `${later} ${action}: ${posted.location}`);
        }
      }
      assert.equal(draftOf('answers'), before);
      page = await answerPage(browser, page, one.given('Ordre'));
    }
    assert.equal(stepOf(page), 'coordonnees');
    for (const unknown of ['nulle-part', 'Identite', 'enregistree'])
      assert.equal((await browser.get(at(page, 'x').replace('/x?', `/${unknown}?`))).status, 404, unknown);
  });

  test(`${where}, two tabs of one draft: what each has sent is kept, the last word of a step counts, the summary shows it`, async () => {
    const browser = await one.browser(),
      page = await summary('Onglet', browser);
    const identity = await browser.get(at(page, 'identite')),
      address = await browser.get(at(page, 'coordonnees'));
    assert.equal((await browser.submit(identity, 'Suite', { 'Prénom 1': 'Second' })).status, 303);
    assert.equal((await browser.submit(address, 'Suite', { Commune: 'Roubaix' })).status, 303);
    let kept = JSON.parse(draftOf('answers'));
    assert.deepEqual([kept.prenom_1, kept.commune], ['Second', 'Roubaix'], "of a page that was older than the other tab's answers");
    assert.equal((await browser.submit(identity, 'Suite', { 'Prénom 1': 'Premier', "Nom d'usage": 'Durand' })).status, 303);
    kept = JSON.parse(draftOf('answers'));
    assert.deepEqual([kept.prenom_1, kept.nom_usage, kept.commune], ['Premier', 'Durand', 'Roubaix']);
    const refused = await browser.submit(identity, 'Suite', { 'Prénom 1': '1', "Nom d'usage": 'Dupont' });
    assert.equal(refused.status, 422);
    kept = JSON.parse(draftOf('answers'));
    assert.deepEqual([kept.prenom_1, kept.nom_usage], ['Premier', 'Durand'], 'a step is taken as a whole, or not at all');
    const before = countOf(one.exam),
      unread = await browser.submit(page, last, certify);
    assert.equal(unread.status, 422, 'certified is what was read');
    assert.equal(
      unread.error('Je certifie l’exactitude des renseignements fournis') || unread.errors[0],
      'Vos réponses ont changé depuis l’affichage de cette page, peut-être dans un autre onglet : relisez-les ci-dessus, puis certifiez-les.',
    );
    assert.equal(unread.value('Je certifie l’exactitude des renseignements fournis'), false);
    assert.equal(countOf(one.exam), before);
    for (const shown of [unread, await browser.go(at(page, 'recapitulatif'))])
      for (const said of ['Premier', 'Durand', 'Roubaix']) assert.match(shown.text, new RegExp(said));
    const forged = browser.prepare(unread, last, certify);
    forged.fields.set('vu', 'x');
    assert.equal((await browser.post(forged.action, forged.fields)).status, 422);
    assert.equal((await browser.press(unread, last, certify)).h1, 'Inscription enregistrée');
  });

  test(`${where}, two tabs that send different steps at the same moment lose nothing`, async () => {
    const browser = await one.browser(),
      page = await summary('Ensemble', browser);
    const [identity, address, birth, situation] = await Promise.all(
      ['identite', 'coordonnees', 'naissance', 'situation'].map((step) => browser.get(at(page, step))),
    );
    for (let i = 0; i < 12; i++) {
      const word = forename('Tour', i);
      const sent = await Promise.all([
        browser.submit(identity, 'Suite', { 'Prénom 1': word }),
        browser.submit(address, 'Suite', { Commune: word }),
        browser.submit(birth, 'Suite', { 'Commune de naissance': word }),
        browser.submit(situation, 'Suite', { "Demande d'aménagement d'épreuves (handicap)": i % 2 ? 'OUI' : 'NON' }),
      ]);
      assert.deepEqual(
        sent.map((answer) => answer.status),
        [303, 303, 303, 303],
      );
      const kept = JSON.parse(draftOf('answers'));
      assert.deepEqual([kept.prenom_1, kept.commune, kept.commune_naissance, kept.amenagement], [word, word, word, i % 2 ? 'O' : 'N']);
    }
  });

  test(`${where}, « Modifier » of the summary leads to its block and back; what a change asks for anew comes first`, async () => {
    const browser = await one.browser(),
      page = await summary('Bloc', browser);
    const go = (shown, block) => browser.go(new URL(shown.html.querySelector(`a[aria-describedby="${block}"]`).getAttribute('href'), shown.address).href);
    const address = await go(page, 'coordonnees');
    assert.equal(stepOf(address), 'coordonnees');
    const refused = await browser.submit(address, 'Suite', { 'Code postal': 'x', Commune: 'Roubaix' });
    assert.equal(refused.status, 422);
    let back = await browser.press(refused, 'Suite', { 'Code postal': '59100' });
    assert.equal(back.h1, 'Récapitulatif');
    assert.match(back.text, /59100 Commune Roubaix/);
    back = await browser.press(await go(back, 'identite'), 'Retour', { 'Prénom 1': 'Retour' });
    assert.equal(back.h1, 'Récapitulatif');
    assert.match(back.text, /Prénom 1 Retour/, 'kept, as by any button');
    back = await browser.press(await go(back, 'identite'), 'Retour', { 'Prénom 1': '' });
    assert.equal(stepOf(back), 'identite', 'a summary with something missing is none');
    back = await browser.press(back, 'Suite', { 'Prénom 1': 'Bloc' });
    assert.equal(stepOf(back), 'naissance', "who didn't come from the summary goes on");
    back = await browser.go(at(back, 'recapitulatif'));
    back = await browser.press(await go(back, 'candidature'), 'Suite', { Spécialité: optionOf(withUnits) });
    assert.equal(stepOf(back), 'epreuves', 'units of another specialty');
    back = await walkOn(browser, back, {});
    assert.equal((await browser.press(back, last, certify)).h1, 'Inscription enregistrée');
  });

  test(`${where}, one tab has validated: the other, whatever it asks or sends, is led to the registration, which stays what it is`, async () => {
    const browser = await one.browser(),
      page = await summary('Validé', browser),
      older = await browser.get(at(page, 'identite'));
    const sent = browser.prepare(page, last, certify),
      done = await browser.post(sent.action, sent.fields),
      number = numberOf(done.location);
    const registered = answersOf(one.exam, number);
    for (const step of [...steps, 'recapitulatif']) assert.equal(numberOf((await browser.get(at(page, step))).location), number, step);
    for (const button of ['Suite', 'Retour', 'Enregistrer et quitter'])
      assert.equal(numberOf((await browser.submit(older, button, { 'Prénom 1': 'Trop tard' })).location), number, button);
    for (let i = 0; i < 3; i++) assert.equal(numberOf((await browser.post(sent.action, sent.fields)).location), number);
    assert.deepEqual(answersOf(one.exam, number), registered);
    assert.equal(server.query(`SELECT revision FROM registration WHERE exam = '${one.exam}' AND number = ${number}`), '0');
    assert.equal((await browser.go(done.location)).h1, 'Inscription enregistrée');
  });

  test(`${where}, ten last POSTs at once make one registration with one number`, async () => {
    const browser = await one.browser(),
      page = await summary('Dix', browser),
      before = countOf(one.exam);
    const { action, fields } = browser.prepare(page, last, certify);
    const all = await Promise.all(Array.from({ length: 10 }, () => browser.post(action, fields)));
    assert.deepEqual([...new Set(all.map((answer) => answer.status))], [303]);
    const numbers = new Set(all.map((answer) => numberOf(answer.location)));
    assert.equal(numbers.size, 1);
    assert.equal(countOf(one.exam), before + 1);
    assert.equal(
      server.query(`SELECT count(*) FROM audit_entry WHERE action = 'registration.create' AND exam = '${one.exam}' AND number = ${[...numbers][0]}`),
      '1',
    );
    assert.equal(server.query(`SELECT count(*) FROM outbox WHERE kind = 'receipt' AND exam = '${one.exam}' AND number = ${[...numbers][0]}`), '1');
  });

  test(`${where}, a draft that nobody has touched for too long is gone: 404, in words that say how to go on`, async () => {
    const browser = await one.browser(),
      page = await summary('Purge', browser),
      step = await browser.get(at(page, 'identite'));
    const before = countOf(one.exam),
      code = draftOf('code');
    server.query(`UPDATE draft SET changed = 1000 WHERE code = '${code}'`);
    server.ctl(['purge']);
    const gone = [
      await browser.get(step.address),
      await browser.submit(step, 'Suite', { 'Prénom 1': 'Perdu' }),
      await browser.submit(step, 'Enregistrer et quitter'),
      await browser.submit(page, last, certify),
      await browser.submit(page, last),
    ];
    for (const answer of gone) {
      assert.equal(answer.status, 404);
      assert.equal(answer.h1, 'Saisie introuvable');
      assert.ok(
        answer.text.includes(
          'Cette saisie n’existe plus : elle a été validée ou abandonnée dans une autre fenêtre, ou effacée après une longue interruption. ' +
            'Si elle a été validée, réimprimez sa confirmation ; sinon, commencez une nouvelle inscription.',
        ),
        answer.text,
      );
      assert.ok(
        answer.html.querySelectorAll('main a').some((a) => new URL(a.getAttribute('href'), answer.address).pathname === `${one.home}/`),
        'the way to the exam',
      );
      assert.equal(answer.headers.get('cache-control'), 'no-store');
    }
    assert.equal(countOf(one.exam), before);
    const resume = await browser.submit(await browser.go(`${one.home}/reprise`), 'Suite', { 'Code de reprise': code, 'Date de naissance': one.born });
    assert.equal(resume.status, 422);
    assert.deepEqual(resume.errors, ['Code de reprise ou date de naissance incorrect.']);
    assert.equal((await browser.get(at(page, 'identite').replace(/dossier=\d+/, 'dossier=55'))).h1, 'Page introuvable', 'one that never was is no page');
  });

  test(`${where}, a draft that another session has validated is gone for this one, and nothing of its answers is shown`, async () => {
    const first = await one.browser(),
      page = await summary('Ailleurs', first),
      step = await first.get(at(page, 'identite')),
      code = draftOf('code');
    const second = await one.browser();
    const resumed = await second.press(await second.go(`${one.home}/reprise`), 'Suite', { 'Code de reprise': code, 'Date de naissance': one.born });
    const done = await second.press(await walkOn(second, resumed, one.given('Ailleurs')), last, certify);
    assert.equal(done.h1, 'Inscription enregistrée');
    const before = countOf(one.exam);
    for (const answer of [await first.submit(step, 'Suite', { 'Prénom 1': 'Tard' }), await first.get(step.address), await first.submit(page, last, certify)]) {
      assert.equal(answer.status, 404);
      assert.equal(answer.h1, 'Saisie introuvable');
      assert.doesNotMatch(answer.body, /Ailleurs|Łukasz/);
    }
    assert.equal(countOf(one.exam), before);
    assert.equal((await first.get(`${one.home}/enregistree?numero=${numberOf(done.address)}`)).status, 404, 'what the other session knows');
  });

  test(`${where}, two sessions validate one draft at the same moment and a tab of the first changes it: one registration, of what was certified`, async () => {
    const first = await one.browser(),
      page = await summary('Deux', first),
      code = draftOf('code'),
      step = await first.get(at(page, 'coordonnees'));
    const second = await one.browser();
    const resumed = await second.press(await second.go(`${one.home}/reprise`), 'Suite', { 'Code de reprise': code, 'Date de naissance': one.born });
    const there = await walkOn(second, resumed, one.given('Deux')),
      before = countOf(one.exam);
    const sent = [
      [first, page],
      [second, there],
    ].map(([browser, from]) => ({ browser, ...browser.prepare(from, last, certify) }));
    const changed = first.prepare(step, 'Suite', { Commune: 'Tourcoing' });
    const [mine, theirs] = await Promise.all([
      ...sent.map(({ browser, action, fields }) => browser.post(action, fields)),
      first.post(changed.action, changed.fields),
    ]);
    const registered = [mine, theirs].filter((answer) => /enregistree/.test(answer.location ?? ''));
    const late = registered.length === 1 ? 404 : 422; /* the draft is gone, or is no longer what was certified */
    for (const answer of [mine, theirs]) if (!registered.includes(answer)) assert.equal(answer.status, late);
    assert.equal(countOf(one.exam), before + registered.length);
    assert.ok(registered.length <= 1, 'one draft, one registration');
    if (registered.length === 1) assert.notEqual(answersOf(one.exam, numberOf(registered[0].location)).commune, 'Tourcoing', 'nobody certified that');
    else assert.equal(JSON.parse(server.query(`SELECT answers FROM draft WHERE code = '${code}'`)).commune, 'Tourcoing');
  });

  test(`${where}, two who modify the same revision: the second is told, and nothing of his is half done`, async () => {
    const done = await (async () => {
      const browser = await one.browser();
      return browser.press(await summary('Double', browser), last, certify);
    })();
    const number = numberOf(done.address),
      code = /Code personnel : (\S+)/.exec(done.text)[1];
    const proof = { "Numéro d'inscription": `${number}-0`, 'Date de naissance': one.born, 'Code personnel': code };
    const begun = await Promise.all(
      [0, 1].map(async () => {
        const browser = await one.browser();
        return { browser, page: await browser.press(await browser.go(`${one.home}/modification`), 'Suite', proof) };
      }),
    );
    const [mine, theirs] = await Promise.all(
      begun.map(async ({ browser, page }, i) => ({
        browser,
        page: await walkOn(browser, page, { ...one.given('Double'), Commune: ['Roubaix', 'Tourcoing'][i] }),
      })),
    );
    assert.equal((await mine.browser.press(mine.page, last, certify)).h1, 'Inscription enregistrée');
    const entries = () => server.query(`SELECT count(*) FROM audit_entry WHERE action = 'registration.modify' AND exam = '${one.exam}' AND number = ${number}`);
    const revisions = () =>
      server.query(
        `SELECT (SELECT revision FROM registration WHERE exam = '${one.exam}' AND number = ${number}) || ' ' ||
         (SELECT count(*) FROM registration_revision WHERE exam = '${one.exam}' AND number = ${number})`,
      );
    assert.deepEqual([entries(), revisions(), answersOf(one.exam, number).commune], ['1', '1 1', 'Roubaix']);
    const refused = await theirs.browser.submit(theirs.page, last, certify);
    assert.equal(refused.status, 422);
    assert.deepEqual(refused.errors, [
      'Cette inscription a été modifiée entre-temps, peut-être dans un autre onglet : recommencez depuis « Modifier une inscription ».',
    ]);
    assert.match(refused.text, /Tourcoing/, 'his answers are still there to read');
    assert.deepEqual([entries(), revisions(), answersOf(one.exam, number).commune], ['1', '1 1', 'Roubaix']);
    const again = await theirs.browser.press(await theirs.browser.go(`${one.home}/modification`), 'Suite', proof);
    const second = await theirs.browser.press(await walkOn(theirs.browser, again, { ...one.given('Double'), Commune: 'Tourcoing' }), last, certify);
    assert.match(second.text, new RegExp(`Numéro d.inscription : ${number}-2 `));
    assert.ok(second.text.includes(code));
    assert.deepEqual([entries(), revisions(), answersOf(one.exam, number).commune], ['2', '2 2', 'Tourcoing']);
  });

  test(`${where}, two modifications validated at the same moment: one is made, the other told`, async () => {
    const browser = await one.browser(),
      done = await browser.press(await summary('Instant', browser), last, certify);
    const number = numberOf(done.address),
      code = /Code personnel : (\S+)/.exec(done.text)[1];
    const ready = await Promise.all(
      [0, 1, 2].map(async (i) => {
        const own = await one.browser();
        const page = await own.press(await own.go(`${one.home}/modification`), 'Suite', {
          "Numéro d'inscription": number,
          'Date de naissance': one.born,
          'Code personnel': code,
        });
        const { action, fields } = own.prepare(await walkOn(own, page, { ...one.given('Instant'), Commune: forename('Ville', i) }), last, certify);
        return () => own.post(action, fields);
      }),
    );
    const statuses = (await Promise.all(ready.map((send) => send()))).map((answer) => answer.status);
    assert.deepEqual(statuses.sort(), [303, 422, 422]);
    assert.equal(server.query(`SELECT revision FROM registration WHERE exam = '${one.exam}' AND number = ${number}`), '1');
    assert.equal(server.query(`SELECT count(*) FROM registration_revision WHERE exam = '${one.exam}' AND number = ${number}`), '1');
  });
}

test('twenty who validate at once get twenty numbers, one after the other, none twice', async () => {
  const ready = [];
  for (let i = 0; i < 20; i++) {
    const browser = new Browser(server.url);
    ready.push({ browser, ...browser.prepare(await toSummaryAlone(browser, 'cap', { 'Prénom 1': forename('Vingt', i) }), last, certify) });
  }
  const next = Number(server.query("SELECT next FROM number_counter WHERE exam = 'CAP'")),
    before = countOf('CAP');
  const made = await Promise.all(ready.map(({ browser, action, fields }) => browser.post(action, fields)));
  assert.deepEqual(
    made.map((answer) => numberOf(answer.location)).sort((a, b) => a - b),
    Array.from({ length: 20 }, (unused, i) => next + i),
  );
  assert.equal(countOf('CAP'), before + 20);
  const names = server
    .query(`SELECT answers FROM registration WHERE exam = 'CAP' AND number >= ${next} ORDER BY number`)
    .split('\n')
    .map((line) => JSON.parse(line).prenom_1);
  assert.equal(new Set(names).size, 20);
  for (const [i, answer] of made.entries()) assert.equal(answersOf('CAP', numberOf(answer.location)).prenom_1, forename('Vingt', i), 'each his own');
});

test('one person, two drafts in two tabs: each keeps its own answers and becomes its own registration', async () => {
  const browser = new Browser(server.url),
    other = '/inscription/mc5';
  let cap = await begin(browser, alone),
    mc5 = await begin(browser, other);
  assert.notEqual(dossier(cap), dossier(mc5));
  const { 'Catégorie du candidat': unused, ...anybody } = individual,
    given = (commune) => ({ ...anybody, 'Prénom 1': 'Deux', Commune: commune });
  for (let i = 0; i < 12 && [cap, mc5].some((page) => page.h1 !== 'Récapitulatif'); i++) {
    if (cap.h1 !== 'Récapitulatif') cap = await answerPage(browser, cap, given('Lille'));
    if (mc5.h1 !== 'Récapitulatif') mc5 = await answerPage(browser, mc5, given('Dijon'));
    assert.deepEqual([cap.status, mc5.status], [200, 200], [cap.errors, mc5.errors].join());
  }
  assert.match(cap.text, /Lille/);
  assert.doesNotMatch(cap.text, /Dijon/);
  assert.match(mc5.text, /Dijon/);
  assert.equal((await browser.get(cap.address.replace(/dossier=\d+/, `dossier=${dossier(mc5)}`))).status, 404, 'an ordinal is of its exam');
  const [first, second] = [await browser.press(cap, last, certify), await browser.press(mc5, last, certify)];
  assert.deepEqual([first.h1, second.h1], ['Inscription enregistrée', 'Inscription enregistrée']);
  assert.deepEqual([answersOf('CAP', numberOf(first.address)).commune, answersOf('MC5', numberOf(second.address)).commune], ['Lille', 'Dijon']);
  for (const page of [first, second]) assert.ok((await browser.get(page.link('Imprimer la confirmation'))).pdf, page.address);
});

test("in a school a second draft is another pupil's: the first tab is told, its answers wait under their code", async () => {
  const pupils = await loginPupils(server),
    first = await begin(pupils, school),
    filled = await fillStep(pupils, first, 'candidature', answers().candidature),
    code = draftOf('code');
  const second = await begin(pupils, school);
  assert.notEqual(dossier(first), dossier(second));
  const before = draftOf('answers');
  for (const answer of [await pupils.get(filled.address), await pupils.submit(filled, 'Suite', pupil.identite)]) assert.equal(answer.status, 404);
  assert.equal(draftOf('answers'), before, 'nothing of the first in the second');
  const resumed = await pupils.press(await pupils.go(`${school}/reprise`), 'Suite', { 'Code de reprise': code });
  assert.equal(resumed.value('Classe'), 'TMELEC2');
});

test("a last POST of a draft of another session, with a right token of one's own: 404, nothing registered", async () => {
  const pupils = await loginPupils(server),
    page = await toSummary(pupils, { identite: { 'Prénom 1': 'Étranger' } });
  const others = await loginPupils(server),
    theirs = await begin(others, school),
    before = countOf('BCP');
  const { fields } = pupils.prepare(page, last, certify);
  for (const ordinal of ['0', '-1', '2', '7', '99999999999999999999', 'x', '1x', '']) {
    const answer = await others.post(at(theirs, 'recapitulatif').replace(/dossier=\d+/, `dossier=${ordinal}`), new Map([...fields, ['jeton', token(theirs)]]));
    assert.equal(answer.status, 404, ordinal);
  }
  const forged = await others.post(at(theirs, 'recapitulatif'), fields);
  assert.equal(forged.status, 403, `the other session's token: ${forged.location}`);
  assert.equal(countOf('BCP'), before);
  assert.equal((await pupils.press(page, last, certify)).h1, 'Inscription enregistrée');
});

test('the numbers of an exam are its own, and a cancelled one is never given again', async () => {
  const pupils = await loginPupils(server),
    done = await register(pupils, { identite: { 'Prénom 1': 'Annulé' } }),
    number = numberOf(done.address);
  server.query(`UPDATE registration SET state = 'A' WHERE exam = 'BCP' AND number = ${number}`);
  const next = await register(await loginPupils(server), { identite: { 'Prénom 1': 'Suivant' } });
  assert.equal(numberOf(next.address), number + 1);
});
