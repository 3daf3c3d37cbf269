// SPDX-License-Identifier: Apache-2.0
//
// Windows of registration, on a rehearsal's clock at the end of summer time: the second at which they open and close,
// several of them, another zone, minutes of grace, a school's own closing, whoever is inside when they close.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, beforeEach, test } from 'node:test';

import { sessionOf, windowsOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { Server, until } from '../lib/server.mjs';
import { answerPage, certify, individual, loginHead, loginPupils, pupil, register, registerAlone, toSummary, toSummaryAlone, walkOn } from '../lib/walk.mjs';

/* 24 October 2026, 22:00 in Paris: summer time ends within the hours that follow */
const start = Date.UTC(2026, 9, 24, 20) / 1000,
  offset = start - Math.floor(Date.now() / 1000);
const clock = () => Math.floor(Date.now() / 1000) + offset;
const school = '/inscription-etablissement/bcp',
  alone = '/inscription/cap',
  last = 'Valider mon inscription',
  hour = 3600,
  day = 24 * hour;
let server;

before(async () => {
  server = await Server.start({ extra: `InscrinetTestMode On\nInscrinetClockOffset ${offset}\n` });
});
after(async () => {
  await server?.stop();
});

/** The windows of an exam in a service, as [opens, closes]. */
function windows(exam, service, ...all) {
  const where = `${windowsOf(exam, service)}`;
  server.query(
    [
      `DELETE FROM registration_window WHERE ${where}`,
      ...all.map(
        ([opens, closes]) =>
          `INSERT INTO registration_window (exam_session, service, opens, closes) VALUES (${sessionOf(exam)}, '${service}', ${opens}, ${closes})`,
      ),
    ].join('; '),
  );
}
const both = (...all) => {
  windows('BCP', 'inscription-etablissement', ...all);
  windows('CAP', 'inscription', ...all);
};
beforeEach(() => both([start - day, start + 30 * day]));

test('the portal says of each exam whether it is open, will be, was, or has no dates yet, and one thing only', async () => {
  const said = async () => {
    const browser = new Browser(server.url);
    const block = (await browser.go('/')).html.querySelectorAll('p').find((one) => one.text.includes('Établissements') && one.parentNode.text.includes('BCP'));
    return block.text.replace(/\s+/g, ' ').replace(/^.*? : /, '');
  };
  for (const [all, wanted] of [
    [[[start - day, start + day]], /^✓ Ouvert jusqu’au [^.]*\.$/],
    [[[start + day, start + 2 * day]], /^Pas encore ouvert\. Ouverture le [^.]*\.$/],
    [[[start - 2 * day, start - day]], /^✗ Clos depuis le [^.]*\. Les confirmations peuvent encore être réimprimées\.$/],
    [[], /^Dates à venir\.$/],
  ]) {
    both(...all);
    assert.match(await said(), wanted);
  }
});

const registered = () => Number(server.query('SELECT count(*) FROM registration'));
const drafts = () => Number(server.query('SELECT count(*) FROM draft'));
const at = (page, step) => page.address.replace(/candidature\/[a-z]+/, `candidature/${step}`);
const mayBegin = (page) => page.html.querySelectorAll('button').some((button) => button.text === 'Nouvelle inscription');
const text = (pdf) => execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
let count = 0;
const forename = () => `Fenêtre ${[...String(count++)].map((digit) => 'abcdefghij'[digit]).join('')}`;

/** « samedi 24 octobre 2026 à 22 h 00 (heure de Paris) » of an instant, by the engine's own calendar. */
function inFull(instant, zone = 'Europe/Paris', city = 'Paris') {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('fr-FR', {
      timeZone: zone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(new Date(instant * 1000))
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.weekday} ${parts.day} ${parts.month} ${parts.year} à ${Number(parts.hour)} h ${parts.minute} (heure de ${city})`;
}

/** What is seen in the very second for which the windows were set: move(now), then look(); again where the second is over before. */
async function within(move, look) {
  for (let i = 0; i < 10; i++) {
    await until('a second that has just begun', () => Date.now() % 1000 < 150);
    const now = clock();
    move(now);
    const seen = await look();
    if (clock() === now) return seen;
  }
  throw new Error('no look within one second');
}

const services = {
  'in a school': {
    exam: 'BCP',
    service: 'inscription-etablissement',
    home: school,
    browser: () => loginPupils(server),
    summary: (browser) => toSummary(browser, { identite: { 'Prénom 1': forename() } }),
    born: '07/07/2008',
    given: Object.assign({}, ...Object.values(pupil)),
    over: (day) => `Les inscriptions à cet examen sont closes depuis le ${day}. Adressez-vous à votre établissement.`,
    cancelled: 'Cette inscription a été annulée par votre établissement : elle ne peut plus être modifiée. Adressez-vous à lui.',
  },
  'in the public service': {
    exam: 'CAP',
    service: 'inscription',
    home: alone,
    browser: () => new Browser(server.url),
    summary: (browser) => toSummaryAlone(browser, 'cap', { 'Prénom 1': forename() }),
    born: '07/07/1990',
    given: individual,
    over: (day) =>
      `Les inscriptions à cet examen sont closes depuis le ${day}. Vous pouvez encore réimprimer votre confirmation ; corrigez-la alors à l’encre rouge.`,
    cancelled: 'Cette inscription a été annulée : elle ne peut plus être modifiée. Adressez-vous au service des examens.',
  },
};

for (const [where, one] of Object.entries(services)) {
  const set = (...all) => windows(one.exam, one.service, ...all);
  const done = async () => {
    const browser = await one.browser(),
      page = await browser.press(await one.summary(browser), last, certify);
    assert.equal(page.h1, 'Inscription enregistrée', page.errors?.join());
    return { browser, page, number: /numero=(\d+)/.exec(page.address)[1], code: /Code personnel : (\S+)/.exec(page.text)[1] };
  };
  const prove = async (browser, page, { number, code }) =>
    browser.submit(await browser.go(`${one.home}/${page}`), 'Suite', { "Numéro d'inscription": number, 'Date de naissance': one.born, 'Code personnel': code });
  const row = (number) => server.query(`SELECT revision || ' ' || answers FROM registration WHERE exam = '${one.exam}' AND number = ${number}`);

  test(`${where}, it opens at its second and closes at its second, for the page and for whoever begins`, async () => {
    const browser = await one.browser(),
      home = await browser.go(`${one.home}/`);
    for (const [what, move, open] of [
      ['the second before it opens', (now) => set([now + 1, now + day]), false],
      ['the second at which it opens', (now) => set([now, now + day]), true],
      ['the second after', (now) => set([now - 1, now + day]), true],
      ['the second before it closes', (now) => set([now - day, now + 1]), true],
      ['the second at which it closes', (now) => set([now - day, now]), false],
      ['the second after it', (now) => set([now - day, now - 1]), false],
    ]) {
      assert.equal(mayBegin(await within(move, () => browser.go(`${one.home}/`))), open, what);
      const before = drafts(),
        began = await within(move, () => browser.submit(home, 'Nouvelle inscription'));
      assert.equal(began.status, open ? 303 : 422, what);
      assert.equal(drafts() > before, open, what);
    }
  });

  test(`${where}, the last click counts in the second before the end, and not at the end`, async () => {
    for (const [move, wanted] of [
      [(now) => set([now - day, now + 1]), 303],
      [(now) => set([now - day, now]), 422],
    ]) {
      set([start - day, start + day]);
      const ready = [];
      for (let i = 0; i < 3; i++) {
        const browser = await one.browser();
        ready.push({ browser, page: await one.summary(browser) });
      }
      const next = () => {
        const { browser, page } = ready.shift();
        return browser.submit(page, last, certify);
      };
      const answer = await within(move, next);
      assert.equal(answer.status, wanted, answer.errors.join());
      if (wanted === 422)
        assert.deepEqual(answer.errors, [
          one.over(inFull(Number(server.query(`SELECT closes FROM registration_window WHERE ${windowsOf(one.exam, one.service)}`)))),
        ]);
    }
  });

  test(`${where}, several windows: the open one's end, the next one's beginning, the last one's end`, async () => {
    const browser = await one.browser(),
      now = clock(),
      at = (days) => now + days * day;
    const told = async () => {
      const page = await browser.go(`${one.home}/`);
      return [mayBegin(page), page.text];
    };
    set([at(-20), at(-10)], [at(-1), at(2)], [at(30), at(40)]);
    let [open, says] = await told();
    assert.ok(open);
    assert.ok(says.includes(`Clôture des inscriptions le ${inFull(at(2))}`), says);
    set([at(-20), at(-10)], [at(30), at(40)], [at(50), at(60)]);
    [open, says] = await told();
    assert.ok(!open);
    assert.ok(says.includes(`Les inscriptions à cet examen ouvriront le ${inFull(at(30))}.`), says);
    set([at(-20), at(-10)], [at(-40), at(-30)]);
    [open, says] = await told();
    assert.ok(!open);
    assert.ok(says.includes(one.over(inFull(at(-10)))), says);
    set([at(-3), at(1)], [at(-1), at(5)]);
    assert.ok((await told())[1].includes(inFull(at(5))), 'of two that are open the later end');
    set();
    assert.ok((await told())[1].includes('Les dates d’inscription à cet examen ne sont pas encore fixées.'));
  });

  test(`${where}, whoever is inside when it closes keeps his answers, is told, and validates once it opens again`, async () => {
    const browser = await one.browser(),
      summary = await one.summary(browser),
      address = await browser.get(at(summary, 'coordonnees')),
      closes = clock() - 60,
      before = registered();
    set([start - day, closes]);
    const over = one.over(inFull(closes));
    assert.equal((await browser.submit(address, 'Suite', { Commune: 'Roubaix' })).status, 303);
    assert.equal(JSON.parse(server.query('SELECT answers FROM draft ORDER BY id DESC LIMIT 1')).commune, 'Roubaix');
    for (const step of ['identite', 'recapitulatif']) {
      const page = await browser.get(at(summary, step));
      assert.ok(page.text.includes(over), step);
      assert.match(page.text, /Inscription non validée/);
      assert.match(page.text, /Vos réponses sont conservées/);
    }
    const refused = await browser.submit(summary, last, certify);
    assert.equal(refused.status, 422);
    assert.deepEqual(refused.errors, [over]);
    assert.match(refused.text, /Roubaix/);
    assert.deepEqual((await browser.submit(summary, last)).errors, ['Cochez la case pour certifier l’exactitude de vos réponses.', over]);
    assert.equal(registered(), before);
    const saved = await browser.press(refused, 'Enregistrer et quitter'),
      code = /Code de reprise : (\S+)/.exec(saved.text)[1];
    set([start - day, closes], [closes + 1, clock() + day]);
    const resumed = await browser.press(await browser.go(`${one.home}/reprise`), 'Suite', { 'Code de reprise': code, 'Date de naissance': one.born });
    const summaryAgain = await browser.go(at(resumed, 'recapitulatif'));
    assert.equal((await browser.press(summaryAgain, last, certify)).h1, 'Inscription enregistrée');
  });

  test(`${where}, minutes of grace are for a last click, by whoever had begun before the end, whether another window comes or not`, async () => {
    server.ctl(['parameter', 'set', 'grace_minutes', '5', '--exam', one.exam]);
    try {
      for (const coming of [[], [[clock() + day, clock() + 2 * day]]]) {
        const browsers = [];
        for (let i = 0; i < 2; i++) {
          set([start - day, clock() + day]);
          const browser = await one.browser();
          browsers.push([browser, await one.summary(browser)]);
        }
        server.query('UPDATE draft SET created = created - 600'); /* as if begun ten minutes ago */
        set([start - day, clock() - 295], ...coming);
        const made = await browsers[0][0].submit(browsers[0][1], last, certify);
        assert.equal(made.status, 303, `${made.errors}, ${coming.length} to come`);
        set([start - day, clock() - 301], ...coming);
        assert.equal((await browsers[1][0].submit(browsers[1][1], last, certify)).status, 422, 'after the grace');

        set([start - day, clock() + day]);
        const late = await one.browser(),
          begun = await one.summary(late);
        server.query('UPDATE draft SET created = created - 60');
        set([start - day, clock() - 90], ...coming);
        const refused = await late.submit(begun, last, certify);
        assert.equal(refused.status, 422, 'begun after the end');
        assert.equal(mayBegin(await late.go(`${one.home}/`)), false, 'nobody begins in the grace');
      }
    } finally {
      server.ctl(['parameter', 'set', 'grace_minutes', '0', '--exam', one.exam]);
    }
  });

  test(`${where}, every page of the wizard says that nothing is validated, and until when there is time, by the authority's clock`, async () => {
    try {
      for (const [zone, city] of [
        ['Indian/Reunion', 'La Réunion'],
        ['America/Martinique', 'Martinique'],
        ['Europe/Paris', 'Paris'],
      ]) {
        server.ctl(['parameter', 'set', 'fuseau', zone]);
        const browser = await one.browser(),
          closes = start + 10 * day,
          pages = [];
        set([start - day, closes]);
        const page = await walkOn(
          browser,
          await browser.press(await browser.go(`${one.home}/`), 'Nouvelle inscription'),
          { ...one.given, 'Prénom 1': forename() },
          (seen) => {
            pages.push(seen);
          },
        );
        pages.push(page, await browser.press(page, 'Enregistrer et quitter'));
        assert.ok(pages.length >= 7);
        const [said] = /Clôture des inscriptions le ([^.]*\(heure de [^)]*\))/.exec(pages[0].text).slice(1);
        assert.equal(said.replace(/ \(heure de .*/, ''), inFull(closes, zone, city).replace(/ \(heure de .*/, ''), zone);
        for (const seen of pages) {
          assert.match(seen.text, /Inscription non validée/, seen.address);
          assert.ok(seen.text.includes(said), seen.address);
          assert.match(seen.text, /Mode essai\. .*Horloge de l’essai/, seen.address);
        }
      }
    } finally {
      server.ctl(['parameter', 'set', 'fuseau', 'Europe/Paris']);
    }
  });

  test(`${where}, in the last hour the pages count the minutes`, async () => {
    const browser = await one.browser(),
      page = await browser.press(await browser.go(`${one.home}/`), 'Nouvelle inscription');
    for (const [seconds, said] of [
      [3600, null],
      [3599, '60 min'],
      [120, '2 min'],
      [61, '2 min'],
      [60, '1 min'],
      [1, '1 min'],
    ]) {
      const seen = await within(
        (now) => set([now - day, now + seconds]),
        () => browser.get(page.address),
      );
      assert.equal(/Il vous reste (\d+ min)/.exec(seen.text)?.[1] ?? null, said, `${seconds} seconds`);
    }
  });

  test(`${where}, modified until the end, not after it; printed again after it; begun before and validated after: as it was`, async () => {
    const made = await done(),
      browser = await one.browser();
    const wizard = await browser.go((await prove(browser, 'modification', made)).location),
      summary = await walkOn(browser, wizard, { ...one.given, 'Prénom 1': 'Trop', Commune: 'Roubaix' });
    const before = row(made.number),
      closes = clock() - 60,
      over = one.over(inFull(closes));
    set([start - day, closes]);
    const refused = await browser.submit(summary, last, certify);
    assert.equal(refused.status, 422);
    assert.deepEqual(refused.errors, [over]);
    assert.equal(row(made.number), before);
    const kept = drafts(),
      other = await one.browser(),
      late = await prove(other, 'modification', made);
    assert.equal(late.status, 422);
    assert.deepEqual(late.errors, [over]);
    assert.equal(drafts(), kept);
    const printed = await other.go((await prove(other, 'reimpression', made)).location);
    assert.equal(printed.h1, 'Inscription enregistrée');
    const pdf = text((await other.get(printed.link('Imprimer la confirmation'))).pdf);
    assert.match(pdf, new RegExp(`\\b${made.number}-0\\b`));
    assert.match(pdf, /Spécimen/i);
    set([start - day, clock() + day]);
    assert.match((await browser.press(summary, last, certify)).text, new RegExp(`Numéro d.inscription : ${made.number}-1 `));
  });

  test(`${where}, a cancelled registration can't be modified, and who can help is said`, async () => {
    const made = await done(),
      browser = await one.browser();
    const summary = await walkOn(browser, await browser.go((await prove(browser, 'modification', made)).location), { ...one.given, 'Prénom 1': 'Annulée' });
    server.query(`UPDATE registration SET state = 'A' WHERE exam = '${one.exam}' AND number = ${made.number}`);
    const before = row(made.number),
      begun = drafts();
    const last_ = await browser.submit(summary, last, certify);
    assert.equal(last_.status, 422, 'cancelled while it was being modified');
    assert.deepEqual(last_.errors, [one.cancelled]);
    const refused = await prove(browser, 'modification', made);
    assert.equal(refused.status, 422);
    assert.deepEqual(refused.errors, [one.cancelled]);
    assert.equal(drafts(), begun);
    assert.equal(row(made.number), before);
    const printed = await browser.go((await prove(browser, 'reimpression', made)).location);
    assert.match(printed.text, /annulée/);
    assert.ok(!printed.links().includes('Imprimer la confirmation'), 'what is cancelled has no confirmation to sign');
  });

  test(`${where}, while the base is locked the last click is a 503, and the same click passes afterwards`, async () => {
    const browser = await one.browser(),
      summary = await one.summary(browser),
      before = registered(),
      { action, fields } = browser.prepare(summary, last, certify);
    server.ctl(['lock', '--reason', 'Chargement']);
    try {
      const refused = await browser.post(action, fields);
      assert.equal(refused.status, 503);
      assert.ok(Number(refused.headers.get('retry-after')) > 0);
      assert.equal(refused.h1, 'Récapitulatif');
      assert.match(refused.text, /Motif : Chargement/);
      assert.equal(refused.value('Je certifie l’exactitude des renseignements fournis'), true);
      assert.equal(registered(), before);
    } finally {
      server.ctl(['unlock']);
    }
    assert.equal((await browser.post(action, fields)).status, 303);
  });
}

test('an end that comes while people look: before it they may, from its second on nobody may', async () => {
  const browser = new Browser(server.url),
    closes = clock() + 2,
    seen = [];
  windows('CAP', 'inscription', [start - day, closes]);
  await until('the end', async () => {
    const from = clock(),
      open = mayBegin(await browser.go(`${alone}/`));
    seen.push([from, clock(), open]);
    return from >= closes;
  });
  for (const [from, to, open] of seen) {
    if (to < closes) assert.equal(open, true, `${closes - to} s before`);
    if (from >= closes) assert.equal(open, false, 'after');
  }
  assert.ok(seen.some(([, to]) => to < closes));
});

test("summer time ends: hours are the wall's, on both sides", async () => {
  const browser = new Browser(server.url),
    column = (name) => Number(server.query(`SELECT ${name} FROM registration_window WHERE ${windowsOf('cap', 'inscription')}`));
  server.ctl(['window', 'set', 'cap', 'inscription', '2026-10-24T08:00', '2026-10-25T17:00']);
  assert.deepEqual(
    [column('opens'), column('closes')],
    [Date.UTC(2026, 9, 24, 6) / 1000, Date.UTC(2026, 9, 25, 16) / 1000],
    'at 8 in summer time, at 17 in winter time',
  );
  let page = await browser.go(`${alone}/`);
  assert.ok(mayBegin(page));
  assert.match(page.text, /Clôture des inscriptions le dimanche 25 octobre 2026 à 17 h 00 \(heure de Paris\)/);
  assert.match(page.text, /Il est maintenant samedi 24 octobre 2026 à 22 h \d\d \(heure de Paris\)/);
  const wait = Date.UTC(2026, 9, 25, 15, 59, 30) / 1000 - clock(); /* half a minute before the end: an hour later than summer time would have it */
  const winter = await Server.make({ candidates: 0, establishments: 4, extra: `InscrinetTestMode On\nInscrinetClockOffset ${offset + wait}\n` });
  try {
    winter.ctl(['window', 'set', 'cap', 'inscription', '2026-10-24T08:00', '2026-10-25T17:00']);
    await winter.launch();
    page = await new Browser(winter.url).go(`${alone}/`);
    assert.ok(mayBegin(page), page.text);
    assert.match(page.text, /Il est maintenant dimanche 25 octobre 2026 à 16 h 59 \(heure de Paris\)/);
  } finally {
    await winter.stop();
  }
});

test('a school that closes its service closes it to who is inside too, and to nobody else', async () => {
  const head = await loginHead(server),
    pupils = await loginPupils(server),
    page = await toSummary(pupils, { identite: { 'Prénom 1': forename() } }),
    address = await pupils.get(at(page, 'coordonnees')),
    before = registered();
  const made = await register(await loginPupils(server), { identite: { 'Prénom 1': forename() } }),
    proof = {
      "Numéro d'inscription": /(\d+)-0/.exec(made.text)[1],
      'Date de naissance': '07/07/2008',
      'Code personnel': /Code personnel : (\S+)/.exec(made.text)[1],
    };
  await head.press(await head.go('/etablissement/bcp/service-inscription'), 'Fermer le service');
  assert.equal((await pupils.submit(address, 'Suite', { Commune: 'Roubaix' })).status, 303, 'what is typed is kept');
  const refused = await pupils.submit(await pupils.get(page.address), last, certify);
  assert.equal(refused.status, 422);
  assert.deepEqual(refused.errors, ['Le service d’inscription de votre établissement est fermé. Adressez-vous à votre établissement.']);
  server.ctl(['parameter', 'set', 'grace_minutes', '5', '--exam', 'BCP']);
  assert.equal((await pupils.submit(refused, last, certify)).status, 422, "grace is the authority's, not the school's");
  server.ctl(['parameter', 'set', 'grace_minutes', '0', '--exam', 'BCP']);
  const others = await loginPupils(server);
  assert.deepEqual((await others.submit(await others.go(`${school}/modification`), 'Suite', proof)).errors, [
    'Le service d’inscription de votre établissement est fermé. Adressez-vous à votre établissement.',
  ]);
  assert.equal((await others.press(await others.go(`${school}/reimpression`), 'Suite', proof)).h1, 'Inscription enregistrée');
  assert.equal(registered(), before + 1);
  assert.equal((await register(await loginPupils(server, 1), { identite: { 'Prénom 1': forename() } })).h1, 'Inscription enregistrée', 'another school');
  assert.equal((await registerAlone(new Browser(server.url), 'cap', { 'Prénom 1': forename() })).h1, 'Inscription enregistrée');
  await head.press(await head.go('/etablissement/bcp/service-inscription'), 'Ouvrir le service');
  assert.equal((await pupils.press(refused, last, certify)).h1, 'Inscription enregistrée', 'as it was shown when it was refused');
});

test('drafts that nobody has touched for the days of the parameter go, and none an hour before', async () => {
  const browser = new Browser(server.url);
  await answerPage(browser, await browser.press(await browser.go(`${alone}/`), 'Nouvelle inscription'), individual);
  const days = Number(server.ctl(['parameter', 'get', 'brouillon_jours']).stdout.trim()),
    id = server.query('SELECT max(id) FROM draft'),
    real = Math.floor(Date.now() / 1000);
  const left = () => server.query(`SELECT count(*) FROM draft WHERE id = ${id}`);
  server.query(`UPDATE draft SET changed = ${real - days * day + 3600} WHERE id = ${id}`);
  server.ctl(['purge']);
  assert.equal(left(), '1', 'an hour before');
  server.query(`UPDATE draft SET changed = ${real - days * day - 60} WHERE id = ${id}`);
  server.ctl(['purge']);
  assert.equal(left(), '0', 'a minute after');
});
