// SPDX-License-Identifier: Apache-2.0
//
// Two sessions of one exam, open side by side: the demo's BP of spring, the main one, and of autumn. A candidate registers
// in both and is a double in neither; each page, list, count, paper and change keeps to its own: every row of the table of
// addresses is walked with what is the other session's.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { extend, sessionOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { addresses, attempt, name, objectsOf, populate, read, snapshot } from '../lib/objects.mjs';
import { Server, until } from '../lib/server.mjs';
import { certify, individual, loginHead, loginPupils, registerAlone, searched, toSummaryAlone, walkOn } from '../lib/walk.mjs';

const rows = await Server.routes(),
  at = {},
  objects = objectsOf(at),
  services = { head: 'etablissement', pupils: 'inscription-etablissement', alone: 'inscription' };
let server, head, pupils, spring, autumn, school;

/* an apprentice of this exam is asked for his contract */
const apprentice = {
  'Catégorie du candidat': 'Apprenti',
  Employeur: 'Boulangerie Dupont',
  'Date de naissance': '07/07/2008',
};

/** The first specialty that a public page offers. */
const firstSpecialty = async (browser) => {
  const page = await browser.press(await browser.go(`/inscription/${spring}/`), 'Nouvelle inscription');
  return page.html.querySelector('#specialite option[value]:not([value=""])').text.trim();
};

const count = (where) => Number(server.query(`SELECT count(*) FROM registration WHERE ${where}`));
const dated = (which) => {
  const [year, month] = server.query(`SELECT year, month FROM exam_session WHERE exam = 'BP' AND main = ${which}`).split('|');
  return `bp-${year}-${month.padStart(2, '0')}`;
};

before(async () => {
  server = await Server.start({ candidates: 60 });
  spring = 'bp';
  autumn = dated(0);
  server.ctl(['parameter', 'set', 'modification_par_etablissement', 'O']);
  school = server.account('etablissement', 'open').login;
  const id = server.query(`SELECT id FROM establishment WHERE code = '${school}'`),
    offered = server
      .query("SELECT code FROM specialty WHERE exam = 'BP' AND last_session IS NULL AND code NOT IN (SELECT specialty FROM exam_unit) ORDER BY code LIMIT 2")
      .split('\n');
  extend(server, school, { exams: [spring, autumn], families: ['SCO', 'APP', 'FPC'] });
  for (const [i, exam] of [spring, autumn].entries())
    server.query(`INSERT INTO establishment_offer (establishment, exam_session, specialty) VALUES (${id}, ${sessionOf(exam)}, '${offered[i]}')`);
  head = await loginHead(server);
  pupils = await loginPupils(server);
  at.mine = await populate(head, pupils, spring, offered[0], apprentice);
  /* a printing is told by its second */
  await until('the next second', () => Math.floor(Date.now() / 1000) > Number(at.mine.printing));
  at.theirs = { ...(await populate(head, pupils, autumn, offered[1], apprentice)), school, delegate: `${school}.NEMO` };
});
after(async () => {
  await server?.stop();
});

test('each service leads to both sessions, the further one by its name', async () => {
  for (const [browser, service] of [
    [head, services.head],
    [pupils, services.pupils],
    [new Browser(server.url), services.alone],
  ]) {
    const home = await browser.go(`/${service}/`),
      links = home.links().filter((text) => /^Brevet professionnel \(BP\)/.test(text));
    assert.equal(links.length, 2, service);
    assert.equal(links[0], 'Brevet professionnel (BP)');
    assert.match(links[1], /^Brevet professionnel \(BP\) – session d’?e? ?automne \d{4}$/);
    assert.equal(new URL(home.link(links[0])).pathname, `/${service}/${spring}/`);
    assert.equal(new URL(home.link(links[1])).pathname, `/${service}/${autumn}/`);
    for (const link of links) {
      const page = await browser.go(home.link(link));
      assert.equal(page.h1, service === services.head ? 'Service Établissement' : link, `${service} ${link}`);
    }
    for (const [exam, words] of [
      [spring, /session de printemps \d{4}/i],
      [autumn, /session d’automne \d{4}/i],
    ])
      assert.match((await browser.go(`/${service}/${exam}/`)).html.text, words, `${service}/${exam}`);
  }
});

test('a dated address is good for ever: that of the main session leads to the short one, with its query', async () => {
  const main = dated(1);
  for (const [browser, service] of [
    [head, services.head],
    [pupils, services.pupils],
    [new Browser(server.url), services.alone],
  ]) {
    for (const [page, query] of [
      ['', ''],
      ['candidats', '?liste=specialites'],
      ['reimpression', '?numero=11'],
    ].filter(([page]) => (service === services.head ? page !== 'reimpression' : page !== 'candidats'))) {
      const answer = await browser.get(`/${service}/${main}/${page}${query}`);
      assert.equal(answer.status, 308, `${service} ${page}`);
      assert.equal(new URL(answer.location, server.url).pathname + new URL(answer.location, server.url).search, `/${service}/${spring}/${page}${query}`);
    }
    const [, year] = /(\d{4})/.exec(main);
    for (const wrong of [
      `bp-${year}-13`,
      `bp-${year}-00`,
      `bp-${year}-6`,
      `bp-${year}`,
      `bp-${Number(year) + 3}-06`,
      `bp-${year}-06-01`,
      `BP-${year}-06`,
      `bcp-${autumn.slice(3)}`,
    ])
      assert.equal((await browser.get(`/${service}/${wrong}/`)).status, 404, `${service}/${wrong}`);
  }
});

test('a candidate registers in both sessions, and is a double in neither', async () => {
  const given = {
      'Catégorie du candidat': 'Expérience professionnelle (salarié)',
      'Nom de naissance': 'Deuxfois',
      'Prénom 1': 'Camille',
      'Je ne connais pas mon INE': false,
      INE: '2024A54321C',
    },
    numbers = [];
  for (const exam of [spring, autumn]) {
    const browser = new Browser(server.url),
      pages = [];
    const done = await browser.press(await toSummaryAlone(browser, exam, given, (page) => pages.push(page)), 'Valider mon inscription', certify);
    assert.equal(done.h1, 'Inscription enregistrée', done.text);
    for (const page of [...pages, done]) assert.ok(!/homonyme|déjà (un|une|inscrit)|même (INE|personne)/.test(page.text), page.text);
    numbers.push(/Numéro d.inscription : (\d+)-0/.exec(done.text)[1]);
  }
  assert.notEqual(numbers[0], numbers[1], 'numbers are unique in an exam whatever its session');
  for (const [i, exam] of [spring, autumn].entries()) {
    assert.equal(count(`exam = 'BP' AND number = ${numbers[i]} AND exam_session = ${sessionOf(exam)} AND state = 'V'`), 1);
    assert.ok(!server.ctl(['duplicate', 'list', exam]).stdout.includes(`\t${numbers[i]}\t`), exam);
  }
  /* in one session twice he is one */
  const again = await registerAlone(new Browser(server.url), autumn, given);
  assert.equal(again.status, 422);
  assert.match(again.errors.join(), /déjà pré-inscrit à cet examen/);
});

/** Numbers of the base, of the school in a session. */
const numbersOf = (exam, more = '') =>
  server
    .query(
      `SELECT number FROM registration WHERE exam_session = ${sessionOf(exam)}
       AND establishment = (SELECT id FROM establishment WHERE code = '${school}') ${more} ORDER BY number`,
    )
    .split('\n')
    .map(Number);
/** Without what looks like a number and is a day, an address or an example. */
const readable = (answer) => read(answer).replace(/\b\d{4}-\d\d(-\d\d)?\b|par exemple 11-0/g, '');
const numbersIn = (text) => [...new Set([...text.matchAll(/\b(\d+)-\d\b/g)].map((found) => Number(found[1])))].sort((a, b) => a - b);

test('lists, counts, files and papers of a school are those of the session that the address says', async () => {
  for (const exam of [spring, autumn]) {
    const all = numbersOf(exam),
      at = (page) => head.get(`/etablissement/${exam}/${page}`);
    assert.equal(all.length, 3);
    for (const page of ['candidats', 'candidats?liste=specialites', 'candidats?liste=passage', 'candidats.csv', 'candidats.pdf', 'validation'])
      assert.deepEqual(numbersIn(readable(await at(page))), all, `${exam} ${page}`);
    for (const page of ['retours', 'retours?liste=rendues', 'retours.csv', 'retours.pdf']) {
      const shown = numbersIn(readable(await at(page)));
      assert.ok(shown.length > 0 && shown.every((number) => all.includes(number)), `${exam} ${page}: ${shown}`);
    }
    assert.deepEqual(
      numbersIn(read(await at('confirmations.pdf?specialite=toutes'))).filter((number) => number < 1000),
      numbersOf(exam, "AND state = 'V'"),
      exam,
    );
    assert.match((await at('')).text, /Pré-inscriptions valides 2 Annulées 1 En cours de saisie 1 /, exam);
    assert.equal((await at('saisies')).text.match(/ZZYXDRAFT/g)?.length, 1, exam);
  }
});

const proofs = ['reprise', 'modification', 'reimpression'].map((path) => `inscription-etablissement EXAM/${path}`);

for (const row of rows.filter((one) => typeof objects[name(one)] === 'function' && one.path.startsWith('EXAM') && !proofs.includes(name(one))))
  test(`what is of the other session, at ${name(row)}: not there, or the way to where it is`, async () => {
    const browser = row.service === services.pupils ? pupils : head,
      before = snapshot(server);
    for (const [exam, other, of, own] of [
      [spring, autumn, at.theirs, at.mine],
      [autumn, spring, at.mine, at.theirs],
    ]) {
      const token = (await browser.get(`/${row.service}/${exam}/`)).html.querySelector('input[name=jeton]').getAttribute('value');
      for (const address of addresses(row, exam))
        for (const one of objectsOf({ mine: own, theirs: of })[name(row)](of)) {
          const [method, values, status = 404] = one,
            told = `${method} ${address} ${JSON.stringify(values)}`,
            answer = await attempt(browser, address, token, one);
          if (answer.status === 303) {
            const wanted = status === 303 ? exam : other; /* another page of its own list */
            assert.equal(method, status === 303 ? 'POST' : 'GET', told);
            assert.ok(new URL(answer.location, server.url).pathname.startsWith(`/${row.service}/${wanted}/`), `${told} leads to ${answer.location}`);
          } else assert.equal(answer.status, values.etats ? 404 : status, told); /* its own states, of numbers that it has not */
          for (const number of [of.number, of.cancelled, of.returned])
            if (!JSON.stringify(values).includes(number)) assert.ok(!numbersIn(readable(answer)).includes(Number(number)), `${told} tells ${number}`);
        }
    }
    assert.deepEqual(snapshot(server), before);
  });

/* a proof says who asks, not which session: it leads to the one that is meant */
test('a proof of either session, given at the other, leads to the right one', async () => {
  for (const [exam, other, of] of [
    [spring, autumn, at.theirs],
    [autumn, spring, at.mine],
  ]) {
    const proof = { "Numéro d'inscription": of.number, 'Date de naissance': of.born, 'Code personnel': of.code };
    for (const path of ['reimpression', 'modification']) {
      const answer = await pupils.submit(await pupils.go(`/${services.pupils}/${exam}/${path}`), 'Suite', proof);
      assert.equal(answer.status, 303, `${path}: ${answer.errors?.join()}`);
      assert.ok(new URL(answer.location, server.url).pathname.startsWith(`/${services.pupils}/${other}/`), answer.location);
      assert.equal((await pupils.go(answer.location)).status, 200, answer.location);
    }
    const resumed = await pupils.submit(await pupils.go(`/${services.pupils}/${exam}/reprise`), 'Suite', { 'Code de reprise': of.resume });
    assert.equal(resumed.status, 303, resumed.errors?.join());
    assert.ok(new URL(resumed.location, server.url).pathname.startsWith(`/${services.pupils}/${other}/`), resumed.location);
  }
});

test("a school's state, a window and an expected number are of one session", async () => {
  const state = (exam) =>
    server.query(`SELECT service_open FROM establishment_exam WHERE exam_session = ${sessionOf(exam)}
      AND establishment = (SELECT id FROM establishment WHERE code = '${school}')`);
  const open = async () => {
    const found = [];
    for (const exam of [spring, autumn])
      found.push((await pupils.go(`/${services.pupils}/${exam}/`)).html.querySelectorAll('button').some((one) => one.text.includes('Nouvelle inscription')));
    return found;
  };
  await head.press(await head.go(`/etablissement/${autumn}/service-inscription`), 'Fermer le service');
  assert.deepEqual([state(spring), state(autumn)], ['1', '0']);
  assert.deepEqual(await open(), [true, false]);
  await head.press(await head.go(`/etablissement/${autumn}/service-inscription`), 'Ouvrir le service');
  assert.deepEqual(await open(), [true, true]);
  server.ctl(['window', 'set', spring, services.pupils, '-2d', '-1d']);
  assert.deepEqual(await open(), [false, true]);
  server.ctl(['window', 'set', spring, services.pupils, 'now', '+9d']);
  assert.deepEqual(await open(), [true, true]);
  const page = await head.go(`/etablissement/${autumn}/effectifs`),
    field = page.html.querySelector('main input[name^=effectif_]').getAttribute('id'),
    label = page.html.querySelector(`main label[for="${field}"]`).text.replace(/\s+/g, ' ').trim();
  assert.equal((await head.submit(page, 'Enregistrer', { [label]: '12' })).status, 303);
  assert.equal(server.query(`SELECT count(*) FROM expected_number WHERE expected = 12 AND exam_session = ${sessionOf(autumn)}`), '1');
  assert.equal(server.query(`SELECT count(*) FROM expected_number WHERE expected = 12 AND exam_session = ${sessionOf(spring)}`), '0');
});

/* who takes part in which session must not hang on what the plain address means by the time of a click */
test('another session becomes the main one while pages are open: nothing typed is lost, nothing hits the other session', async () => {
  const visitor = new Browser(server.url),
    main = (exam) => server.ctl(['session', 'main', exam]),
    former = dated(1),
    given = {
      ...individual,
      'Catégorie du candidat': 'Expérience professionnelle (salarié)',
      'Nom de naissance': 'Bascule',
      INE: '2024A77777C',
      'Je ne connais pas mon INE': false,
    };
  const step = await visitor.press(await visitor.press(await visitor.go(`/inscription/${spring}/`), 'Nouvelle inscription'), 'Suite', {
      'Catégorie du candidat': given['Catégorie du candidat'],
      Spécialité: await firstSpecialty(visitor),
    }),
    service = await head.go(`/etablissement/${spring}/service-inscription`);
  assert.match(step.address, new RegExp(`/inscription/${spring}/candidature/identite`));
  main(autumn);
  try {
    assert.equal((await visitor.go(step.address)).address, step.address.replace(`/${spring}/`, `/${former}/`));
    const next = await visitor.submit(step, 'Suite', { Civilité: 'Mme', 'Nom de naissance': 'Bascule', 'Prénom 1': 'Camille' });
    assert.equal(next.status, 303, next.errors.join());
    assert.match(next.location, new RegExp(`/inscription/${former}/candidature/naissance`));
    const done = await visitor.press(await walkOn(visitor, await visitor.go(next.location), given), 'Valider mon inscription', certify),
      number = /Numéro d.inscription : (\d+)-0/.exec(done.text)[1];
    assert.equal(count(`exam = 'BP' AND number = ${number} AND exam_session = ${sessionOf(former)}`), 1);
    assert.equal((await head.submit(service, 'Fermer le service')).status, 303);
    assert.deepEqual(
      [former, autumn].map((exam) =>
        server.query(`SELECT service_open FROM establishment_exam WHERE exam_session = ${sessionOf(exam)}
          AND establishment = (SELECT id FROM establishment WHERE code = '${school}')`),
      ),
      ['0', '1'],
    );
  } finally {
    main(former);
  }
  await head.press(await head.go(`/etablissement/${spring}/service-inscription`), 'Ouvrir le service');
});

test('a session that is closed takes nobody, not even in the minutes of grace, and says that it is closed', async () => {
  const late = new Browser(server.url);
  server.ctl(['parameter', 'set', 'grace_minutes', '60', '--exam', autumn]);
  const summary = await toSummaryAlone(late, autumn, {
    'Catégorie du candidat': 'Expérience professionnelle (salarié)',
    'Nom de naissance': 'Retard',
    INE: '2024A88888C',
    'Je ne connais pas mon INE': false,
  });
  server.ctl(['window', 'set', autumn, 'inscription', '-2d', 'now']);
  server.ctl(['session', 'set', autumn, '--state', 'closed']);
  try {
    const answer = await late.submit(summary, 'Valider mon inscription', certify);
    assert.equal(answer.status, 422);
    assert.deepEqual(answer.errors, ['Les inscriptions à cette session d’examen sont closes.']);
    assert.match((await late.go(`/inscription/${autumn}/`)).text, /Les inscriptions à cette session d’examen sont closes\./);
    assert.match((await head.go(`/etablissement/${autumn}/service-inscription`)).text, /Les inscriptions à cette session d’examen sont closes\./);
    assert.match((await late.go('/')).text, /session d’automne \d{4} Établissements : ✗ Clos\./);
  } finally {
    server.ctl(['session', 'set', autumn, '--state', 'open']);
    server.ctl(['window', 'set', autumn, 'inscription', 'now', '+9d']);
  }
  assert.equal((await late.submit(summary, 'Valider mon inscription', certify)).status, 303);
});

test("a session in preparation is nobody's, a closed one takes no registration, an archived one is only read", async () => {
  const visitor = new Browser(server.url),
    set = (state) => server.ctl(['session', 'set', autumn, '--state', state]);
  set('preparation');
  const proof = { "Numéro d'inscription": at.theirs.number, 'Date de naissance': at.theirs.born, 'Code personnel': at.theirs.code },
    wrong = await pupils.submit(await pupils.go(`/${services.pupils}/${spring}/reimpression`), 'Suite', proof);
  assert.equal(wrong.status, 422);
  assert.ok(!wrong.body.includes('automne'));
  for (const [browser, service] of [
    [head, services.head],
    [pupils, services.pupils],
    [visitor, services.alone],
  ]) {
    assert.equal((await browser.get(`/${service}/${autumn}/`)).status, 404, service);
    assert.ok(!(await browser.go(`/${service}/`)).text.includes('automne'), service);
  }
  for (const state of ['closed', 'archived']) {
    if (state === 'archived') server.ctl(['unload', 'candidates', path.join(server.state, 'base/decharge'), '--exam', autumn]);
    set(state);
    assert.equal((await head.get(`/etablissement/${autumn}/candidats`)).status, 200);
    for (const [browser, service] of [
      [pupils, services.pupils],
      [visitor, services.alone],
    ]) {
      const home = await browser.go(`/${service}/${autumn}/`);
      assert.equal(home.status, 200);
      assert.ok(!home.html.querySelectorAll('button').some((one) => one.text.includes('Nouvelle inscription')), `${service} ${state}`);
    }
  }
  const validation = await head.go(`/etablissement/${autumn}/validation`),
    { action, fields } = head.prepare(validation, 'Valider'),
    before = snapshot(server),
    refused = await head.post(action, [...fields, ['candidat', at.theirs.number]]);
  assert.equal(refused.status, 403);
  assert.deepEqual(refused.errors, ['Cette session d’examen est archivée : ses listes restent à consulter et à imprimer, rien n’y change plus.']);
  for (const row of rows.filter((one) => one.service === services.head && one.post && one.path.startsWith('EXAM') && !one.flags.includes('passes-lock')))
    for (const address of addresses(row, autumn).slice(0, 1)) {
      const query = `?numero=${at.theirs.number}&dossier=${at.theirs.modifying}`,
        there = (await head.get(address + query)).status !== 404;
      assert.equal((await head.post(address + query, { jeton: fields.get('jeton') })).status, there ? 403 : 404, address);
    }
  assert.equal((await head.submit(validation, 'Retour')).status, 303);
  for (const page of ['candidats', 'validation', 'retours'])
    assert.equal((await searched(head, `/etablissement/${autumn}/${page}`, 'zzyx')).value('Nom ou numéro'), 'zzyx', `${page} is searched`);
  for (const [words, said] of [
    [['window', 'remove', server.query(`SELECT min(id) FROM registration_window WHERE exam_session = ${sessionOf(autumn)}`)], /archived/],
    [['duplicate', 'allow', autumn, at.theirs.number], /archived/],
    [['session', 'main', autumn], /is archived/],
    [['session', 'set', spring, '--state', 'preparation'], /main session/],
    [['session', 'set', spring, '--state', 'archived'], /main session/],
    [['session', 'set', spring, '--period', ' '], /in words/],
    [['session', 'set', spring, '--period', 'a\rb'], /not a text/],
  ])
    assert.match(server.ctl(words, { status: 1 }).stderr, said, words.join(' '));
  assert.deepEqual(snapshot(server), before);
  set('preparation');
  assert.match(server.ctl(['session', 'main', autumn], { status: 1 }).stderr, /is in preparation/);
  set('open');
  server.ctl(['session', 'main', autumn]);
  assert.equal((await visitor.get(`/inscription/${autumn}/`)).status, 308);
  assert.equal((await visitor.get(`/inscription/${dated(0)}/`)).status, 200);
  assert.deepEqual(
    numbersIn(readable(await head.get('/etablissement/bp/candidats'))),
    [at.theirs.number, at.theirs.cancelled, at.theirs.returned].map(Number).sort((a, b) => a - b),
  );
});
