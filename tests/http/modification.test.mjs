// SPDX-License-Identifier: Apache-2.0
//
// « Modifier une inscription » by the candidate, in both services: the revision grows, the code stays, what was is kept
// and told; given up, nothing has happened; and the same person twice: who is stopped, who is only noted.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { Server } from '../lib/server.mjs';
import { certify, individual, loginHead, loginPupils, pupil, walkOn } from '../lib/walk.mjs';

let server;
before(async () => {
  server = await Server.start();
});
after(async () => {
  await server?.stop();
});

const school = '/inscription-etablissement/bcp',
  alone = '/inscription/cap',
  last = 'Valider mon inscription';
let visitors = 0,
  count = 0;
const forename = () => `Modifiée ${[...String(count++)].map((digit) => 'abcdefghij'[digit]).join('')}`;
const services = {
  'in a school': { exam: 'BCP', home: school, browser: () => loginPupils(server), given: Object.assign({}, ...Object.values(pupil)), born: '07/07/2008' },
  'in the public service': {
    exam: 'CAP',
    home: alone,
    browser: () => new Browser(server.url, { from: `127.0.2.${++visitors}` }),
    given: individual,
    born: '07/07/1990',
  },
};
const text = (pdf) => execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });

for (const [where, one] of Object.entries(services)) {
  const row = (number, columns) => server.query(`SELECT ${columns} FROM registration WHERE exam = '${one.exam}' AND number = ${number}`);
  const count_ = () => Number(server.query(`SELECT count(*) FROM registration WHERE exam = '${one.exam}'`));
  const summary = async (browser, changes) =>
    walkOn(browser, await browser.press(await browser.go(`${one.home}/`), 'Nouvelle inscription'), { ...one.given, ...changes });
  const made = (page) => ({
    page,
    number: /Numéro d.inscription : (\d+)-/.exec(page.text)?.[1] ?? assert.fail(page.errors?.join() || page.text),
    code: /Code personnel : (\S+)/.exec(page.text)[1],
  });
  const enter = async (changes, browser) => {
    browser ??= await one.browser();
    return made(await browser.press(await summary(browser, changes), last, certify));
  };
  const modify = async ({ number, code }, born = one.born, browser) => {
    browser ??= await one.browser();
    return {
      browser,
      page: await browser.press(await browser.go(`${one.home}/modification`), 'Suite', {
        "Numéro d'inscription": `${number}-0`,
        'Date de naissance': born,
        'Code personnel': code,
      }),
    };
  };

  test(`${where}, a modification fills in what was answered, grows the revision, keeps code and number, and what was`, async () => {
    const name = forename(),
      first = await enter({ 'Prénom 1': name, Commune: 'Lille' }),
      before = JSON.parse(row(first.number, 'answers')),
      created = row(first.number, 'created');
    const { browser, page } = await modify(first);
    assert.equal(page.h1, 'Candidature', 'from the first step');
    assert.match(page.text, new RegExp(`Vous modifiez l’inscription ${first.number}-0`));
    const seen = {};
    const shown = await walkOn(browser, page, { Commune: 'Roubaix', "Nom d'usage": 'Durand' }, (step) => {
      for (const label of [
        'Prénom 1',
        'Date de naissance',
        'Commune',
        'N° et voie',
        'Adresse électronique',
        'Catégorie du candidat',
        'Civilité',
        'Forme de passage',
      ])
        if ([...step.html.querySelectorAll('label'), ...step.html.querySelectorAll('legend')].some((found) => found.text.trim() === label))
          seen[label] = step.value(label);
    });
    assert.deepEqual(
      [seen['Prénom 1'], seen['Date de naissance'], seen.Commune, seen['N° et voie'], seen['Adresse électronique'], seen.Civilité],
      [name, one.born, 'Lille', '12 rue des Lilas', 'eleonore@example.org', 'F'],
    );
    assert.ok(seen['Catégorie du candidat'] && seen['Forme de passage']);
    assert.equal(row(first.number, 'revision'), '0', 'not before the last click');
    const done = await browser.press(shown, last, certify),
      second = made(done);
    assert.equal(done.h1, 'Inscription enregistrée');
    assert.match(done.text, new RegExp(`Numéro d.inscription : ${first.number}-1 `));
    assert.deepEqual([second.number, second.code], [first.number, first.code]);
    assert.deepEqual([row(first.number, 'revision'), row(first.number, 'created')], ['1', created]);
    const after_ = JSON.parse(row(first.number, 'answers'));
    assert.deepEqual(after_, { ...before, commune: 'Roubaix', nom_usage: 'Durand' });
    const former = server.query(
      `SELECT revision || '|' || actor || '|' || answers FROM registration_revision WHERE exam = '${one.exam}' AND number = ${first.number}`,
    );
    assert.equal(former, `0|candidat|${JSON.stringify(before)}`);
    const detail = server.query(`SELECT detail FROM audit_entry WHERE action = 'registration.modify' AND exam = '${one.exam}' AND number = ${first.number}`);
    assert.match(detail, /^revision 1: /);
    assert.deepEqual(detail.slice('revision 1: '.length).split(' ').sort(), ['commune', 'nom_usage']);
    assert.match(server.ctl(['check']).stdout, /audit trail: ok/);

    const link = done.link('Imprimer la confirmation');
    assert.ok(link.endsWith(`/confirmation.pdf?numero=${first.number}`));
    const printed = text((await browser.get(link)).pdf);
    assert.match(printed, new RegExp(`\\b${first.number}-1\\b`));
    assert.doesNotMatch(printed, new RegExp(`\\b${first.number}-0\\b`));
    assert.match(printed, /ROUBAIX|Roubaix/);
    for (const typed of [`${first.number}-0`, `${first.number}-1`])
      assert.match(
        text((await browser.get(`${one.home}/confirmation.pdf?numero=${typed}`)).pdf),
        new RegExp(`\\b${first.number}-1\\b`),
        'the revision of an address is ignored',
      );
    if (where === 'in a school') {
      const list = await (await loginHead(server)).go('/etablissement/bcp/candidats?lignes=toutes');
      assert.match(list.text, new RegExp(`\\b${first.number}-1 `));
      assert.doesNotMatch(list.text, new RegExp(`\\b${first.number}-0 `));
    }
    const third = made(
      await (async () => {
        const again = await modify(first);
        return again.browser.press(await walkOn(again.browser, again.page, {}), last, certify);
      })(),
    );
    assert.match(third.page.text, new RegExp(`${first.number}-2 `), 'a modification that changes nothing is one');
    assert.equal(count_(), Number(server.query(`SELECT count(DISTINCT number) FROM registration WHERE exam = '${one.exam}'`)));
  });

  test(`${where}, given up at any step, a modification leaves the registration as it was, and its draft is no second one`, async () => {
    const first = await enter({ 'Prénom 1': forename() }),
      before = row(first.number, 'revision || answers || code || changed'),
      total = count_();
    for (const button of ['Enregistrer et quitter', 'Quitter']) {
      const { browser, page } = await modify(first);
      await browser.press(await walkOn(browser, page, { Commune: 'Dijon' }), button);
      assert.equal(row(first.number, 'revision || answers || code || changed'), before, button);
    }
    const { browser, page } = await modify(first),
      shown = await walkOn(browser, page, { Commune: 'Dijon' });
    const saved = await browser.press(shown, 'Enregistrer et quitter'),
      code = /Code de reprise : (\S+)/.exec(saved.text)[1];
    const resumed = await browser.press(await browser.go(`${one.home}/reprise`), 'Suite', { 'Code de reprise': code, 'Date de naissance': one.born });
    assert.match(resumed.text, new RegExp(`Vous modifiez l’inscription ${first.number}-0`));
    const done = made(await browser.press(await walkOn(browser, resumed, {}), last, certify));
    assert.match(done.page.text, new RegExp(`Numéro d.inscription : ${first.number}-1 `), 'resumed, it is still a modification');
    assert.equal(count_(), total);
  });

  test(`${where}, number, date or code wrong: one message, whichever it was, and no draft`, async () => {
    const first = await enter({ 'Prénom 1': forename() }),
      other = await enter({ 'Prénom 1': forename() }),
      drafts = server.query('SELECT count(*) FROM draft');
    for (const wrong of [
      { "Numéro d'inscription": other.number },
      { "Numéro d'inscription": '999999' },
      { 'Date de naissance': '08/07/2008' },
      { 'Code personnel': other.code },
      { 'Code personnel': 'ABCD' },
      { "Numéro d'inscription": 'onze' },
      { 'Date de naissance': 'hier' },
    ]) {
      const browser = await one.browser();
      for (const page of ['modification', 'reimpression']) {
        const refused = await browser.submit(await browser.go(`${one.home}/${page}`), 'Suite', {
          "Numéro d'inscription": first.number,
          'Date de naissance': one.born,
          'Code personnel': first.code,
          ...wrong,
        });
        assert.equal(refused.status, 422, JSON.stringify(wrong));
        assert.deepEqual(refused.errors, ['Numéro d’inscription, date de naissance ou code personnel incorrect.']);
      }
    }
    assert.equal(server.query('SELECT count(*) FROM draft'), drafts);
    const { page } = await modify({ number: ` ${first.number} `, code: first.code.toLowerCase().replace('-', ' ') }, one.born.replaceAll('/', '.'));
    assert.equal(page.h1, 'Candidature', 'as people write them');
  });

  test(`${where}, another date of birth proves from the moment it is validated; the former one no more`, async () => {
    const first = await enter({ 'Prénom 1': forename() }),
      corrected = one.born.replace('07/07', '08/07');
    const { browser, page } = await modify(first);
    const shown = await walkOn(browser, page, { 'Date de naissance': corrected });
    assert.equal((await modify(first)).page.h1, 'Candidature');
    made(await browser.press(shown, last, certify));
    assert.equal((await modify(first)).page.status, 422);
    assert.equal((await modify(first, corrected)).page.h1, 'Candidature');
  });
}

test('in a school, the same name and birth is stopped, whatever accents and capitals; a modification into it too; an allowed homonym passes', async () => {
  const one = services['in a school'],
    given = { ...one.given, 'Prénom 1': 'Noémie', 'Nom de naissance': 'Le Goff' };
  const enter = async (changes, which = 0) => {
    const browser = await loginPupils(server, which);
    return browser.press(
      await walkOn(browser, await browser.press(await browser.go(`${school}/`), 'Nouvelle inscription'), { ...given, ...changes }),
      last,
      certify,
    );
  };
  const first = /(\d+)-0/.exec((await enter({})).text)[1],
    total = () => server.query("SELECT count(*) FROM registration WHERE exam = 'BCP'");
  const before = total();
  for (const same of [{}, { 'Nom de naissance': 'LE GOFF', 'Prénom 1': 'noemie' }, { 'Nom de naissance': 'Le-Goff' }, { 'Prénom 2': 'Autre' }]) {
    const refused = await enter(same);
    assert.equal(refused.status, 422, JSON.stringify(same));
    assert.deepEqual(refused.errors, [
      `Un candidat du même nom et de la même date de naissance est déjà pré-inscrit à cet examen dans votre établissement, sous le numéro ${first}-0. ` +
        'Si c’est vous, réimprimez votre confirmation ; si c’est un homonyme, adressez-vous à votre établissement.',
    ]);
  }
  assert.equal(total(), before);
  for (const other of [{ 'Date de naissance': '08/07/2008' }, { 'Prénom 1': 'Noémi' }, { 'Nom de naissance': 'Le Goffe' }])
    assert.equal((await enter(other)).h1, 'Inscription enregistrée', JSON.stringify(other));
  assert.equal((await enter({}, 1)).h1, 'Inscription enregistrée', "another school's pupil");
  assert.ok(
    Number(server.query(`SELECT count(*) FROM registration_double WHERE exam = 'BCP' AND other = ${first} AND reason = 'identity'`)) >= 1,
    'noted for the manager',
  );

  const twin = await enter({ 'Prénom 1': 'Naomi' }),
    number = /(\d+)-0/.exec(twin.text)[1],
    pupils = await loginPupils(server);
  const wizard = await pupils.press(await pupils.go(`${school}/modification`), 'Suite', {
    "Numéro d'inscription": number,
    'Date de naissance': '07/07/2008',
    'Code personnel': /Code personnel : (\S+)/.exec(twin.text)[1],
  });
  const shown = await walkOn(pupils, wizard, { 'Prénom 1': 'Noémie' }),
    refused = await pupils.submit(shown, last, certify);
  assert.equal(refused.status, 422);
  assert.deepEqual(refused.errors, [
    `Un candidat du même nom et de la même date de naissance est déjà pré-inscrit à cet examen dans votre établissement, sous le numéro ${first}-0. ` +
      'Si c’est vous, réimprimez votre confirmation ; si c’est un homonyme, adressez-vous à votre établissement.',
  ]);
  assert.equal(server.query(`SELECT revision FROM registration WHERE exam = 'BCP' AND number = ${number}`), '0');
  server.ctl(['duplicate', 'allow', 'bcp', first]);
  assert.equal((await pupils.press(shown, last, certify)).h1, 'Inscription enregistrée');
});

test('an individual is stopped by his own INE and date of birth only; whoever looks alike is registered, and noted', async () => {
  const enter = async (changes) => {
    const browser = services['in the public service'].browser();
    return browser.press(
      await walkOn(browser, await browser.press(await browser.go(`${alone}/`), 'Nouvelle inscription'), {
        ...individual,
        'Nom de naissance': 'Kerbrat',
        'Prénom 1': 'Gwenn',
        ...changes,
      }),
      last,
      certify,
    );
  };
  const withINE = { INE: '0494004062M', 'Je ne connais pas mon INE': false };
  const first = await enter(withINE),
    number = /(\d+)-0/.exec(first.text)[1],
    doubles = (of) => server.query(`SELECT reason FROM registration_double WHERE exam = 'CAP' AND number = ${of} AND other = ${number}`);
  const refused = await enter({ ...withINE, 'Nom de naissance': 'Tout autre', 'Prénom 1': 'Nom' });
  assert.equal(refused.status, 422);
  assert.deepEqual(refused.errors, [
    'Un candidat de même INE et de même date de naissance est déjà pré-inscrit à cet examen. Si c’est vous, ' +
      'utilisez « Modifier une inscription » ; sinon, adressez-vous au service des examens.',
  ]);
  assert.doesNotMatch(refused.text, new RegExp(`\\b${number}-0\\b|Kerbrat`), "a stranger learns nobody's number or name");
  for (const [like, reason] of [
    [{}, 'identity'],
    [{ 'Nom de naissance': 'Gwenn', 'Prénom 1': 'Kerbrat' }, 'swapped'],
    [{ ...withINE, 'Date de naissance': '08/07/1990', 'Nom de naissance': 'Seul' }, 'ine'],
  ]) {
    const done = await enter(like);
    assert.equal(done.h1, 'Inscription enregistrée', reason);
    assert.equal(doubles(/(\d+)-0/.exec(done.text)[1]), reason);
    assert.doesNotMatch(done.text, /déjà/, 'nothing is told');
  }
  const other = await enter({ 'Prénom 1': 'Personne' });
  assert.equal(doubles(/(\d+)-0/.exec(other.text)[1]), '');

  const browser = services['in the public service'].browser(),
    proof = {
      "Numéro d'inscription": /(\d+)-0/.exec(other.text)[1],
      'Date de naissance': '07/07/1990',
      'Code personnel': /Code personnel : (\S+)/.exec(other.text)[1],
    };
  const wizard = await browser.press(await browser.go(`${alone}/modification`), 'Suite', proof);
  const stopped = await browser.submit(await walkOn(browser, wizard, withINE), last, certify);
  assert.equal(stopped.status, 422);
  assert.deepEqual(stopped.errors, [
    'Un candidat de même INE et de même date de naissance est déjà pré-inscrit à cet examen. Si c’est vous, ' +
      'utilisez « Modifier une inscription » ; sinon, adressez-vous au service des examens.',
  ]);
  const own = await browser.press(await browser.go(`${alone}/modification`), 'Suite', {
    "Numéro d'inscription": number,
    'Date de naissance': '07/07/1990',
    'Code personnel': /Code personnel : (\S+)/.exec(first.text)[1],
  });
  assert.match((await browser.press(await walkOn(browser, own, {}), last, certify)).text, new RegExp(`${number}-1 `), 'nobody is his own double');
});

test('two who are the same person and validate at the same moment: one registers, the other is told', async () => {
  const ready = [];
  for (let i = 0; i < 4; i++) {
    const pupils = await loginPupils(server),
      page = await walkOn(pupils, await pupils.press(await pupils.go(`${school}/`), 'Nouvelle inscription'), {
        ...services['in a school'].given,
        'Prénom 1': 'Jumelle',
      });
    const { action, fields } = pupils.prepare(page, last, certify);
    ready.push(() => pupils.post(action, fields));
  }
  assert.deepEqual((await Promise.all(ready.map((send) => send()))).map((answer) => answer.status).sort(), [303, 422, 422, 422]);
});
