// SPDX-License-Identifier: Apache-2.0
//
// Each statement of each page fails, on SQLite at each of its rows: a page whose base has failed says so, and never that a list
// is empty, a proof wrong or a thing done.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { alike, specialtyOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { Fault, faults } from '../lib/fault.mjs';
import { Server, base, until } from '../lib/server.mjs';
import { expectPupil } from '../lib/siecle.mjs';
import { certify, loginHead, loginManager, loginPupils, queryOf, searched, toSummary, toSummaryAlone, tryLogin } from '../lib/walk.mjs';
import { donePreview } from '../lib/works.mjs';

const fault = new Fault(),
  BROKEN_OFF = 'terminated'; /* what fetch says of an answer that ends too early */
let server, head, number;

/* What a page does besides, and can do without. */
const besides = [/^(UPDATE session SET seen|session_seen)/ /* once a minute */, /^(UPDATE session SET notice|session_notice)/ /* it is shown once more */];

before(async () => {
  server = await Server.start({ global: 'StartServers 1\nServerLimit 1\nMaxRequestWorkers 16\n', ...fault.options });
  server.ctl(['parameter', 'set', 'modification_par_etablissement', 'O']);
  head = await loginHead(server);
  number = server.query(
    `SELECT number FROM registration WHERE exam = 'BCP' AND state = 'V' AND establishment =
       (SELECT id FROM establishment WHERE code = '${server.account('etablissement', 'open').login}') ORDER BY number LIMIT 1`,
  );
});
after(async () => {
  await server?.stop();
  fault.end();
});
afterEach(() => assert.doesNotMatch(server.errorLog(), /exit signal/, 'no process ended'));

/* a try that its request could not judge is forgotten in ten seconds; nor is a session noted as seen in a request that is not asked twice */
const forgotten = () => server.query(`DELETE FROM throttle_try; UPDATE session SET seen = ${Math.floor(Date.now() / 1000)}`);
/* nor is the trail sealed in vain for whoever has written, which is done then: the next one seals it */
const unsealed = () => server.errorLog().match(/INS027/g)?.length ?? 0;

/**
 * Ask again and again, each time with a later step that fails, until none is left. Gives what was wrong.
 * done: what has happened all the same, before the step that failed; last: how it ends; again: before each time.
 */
async function eachFails(what, ask, { done = () => false, last = (page) => page.status < 400, again = () => {} } = {}) {
  const wrong = [];
  for (let nth = 1; ; nth++) {
    const kind = faults[nth % faults.length];
    assert.ok(nth < 2000, `${what} comes to an end`);
    again();
    const sealings = unsealed();
    fault.order(nth, kind);
    const page = await ask().catch((error) => ({ status: error.message, text: '' }));
    const failed = fault.failed();
    fault.order(0);
    if (failed === '' || done(page) || unsealed() !== sealings) {
      if (!done(page) && !last(page)) wrong.push(`${what}: ${page.status} at last: ${page.text}`);
      return wrong;
    }
    if (![kind.status, BROKEN_OFF].includes(page.status) && !besides.some((one) => one.test(failed)))
      wrong.push(`${what}: ${page.status} instead of ${kind.status}, ${page.h1} ${page.errors}, after ${failed}`);
  }
}

test('each page that is looked at', async () => {
  const wrong = [];
  expectPupil(server, server.account('etablissement', 'open').login);
  await head.press(await head.go('/etablissement/eleves'), 'Imprimer les fiches');
  const at = '/etablissement/bcp/',
    school = server.account('etablissement', 'open').login,
    found = queryOf(await searched(head, `${at}candidats`, 'a'));
  for (const [who, addresses] of [
    [
      new Browser(server.url),
      [
        '/',
        '/aide',
        '/etablissement/connexion',
        '/inscription/',
        '/inscription/cap/',
        '/inscription/cap/formulaire-vierge.pdf',
        '/inscription/cap/reprise',
        '/inscription/cap/code-oublie',
        '/inscription/cap/retrouver',
      ],
    ],
    [
      head,
      [
        '/etablissement/',
        '/etablissement/mot-de-passe',
        '/etablissement/mot-de-passe-inscription',
        '/etablissement/delegues',
        '/etablissement/fiches-connexion',
        '/etablissement/eleves',
        '/etablissement/eleves.pdf',
        at,
        `${at}service-inscription`,
        `${at}section-europeenne`,
        `${at}candidats`,
        `${at}candidats?liste=specialites`,
        `${at}candidats?${found}`,
        `${at}candidats.csv`,
        `${at}candidats.csv?${found}`,
        `${at}candidats.pdf`,
        `${at}candidats.pdf?${found}`,
        `${at}candidats?liste=specialite`,
        `${at}candidat?numero=${number}`,
        `${at}nouveau-code?numero=${number}`,
        `${at}validation`,
        `${at}validation?${found}`,
        `${at}validation?numero=${number}`,
        `${at}validation?coches=gardees`,
        `${at}retours`,
        `${at}retours?${found}`,
        `${at}retours?coches=gardees`,
        `${at}retours.csv`,
        `${at}retours.pdf`,
        `${at}bordereau.pdf`,
        `${at}effectifs`,
        `${at}confirmations`,
        `${at}confirmations.pdf?specialite=toutes`,
        `${at}confirmation?numero=${number}`,
        `${at}saisies`,
        `${at}classes`,
        `${at}dossiers`,
      ],
    ],
    [
      await loginManager(server),
      [
        'parametres',
        'parametres/valeur?nom=contact&examen=bcp',
        'chargements',
        'chargements/initialisation',
        `chargements/travail?${donePreview(server)}`,
        'candidats/doublons',
        'candidats/bcp/',
        'candidats/bcp/plusieurs',
        `candidats/bcp/dossiers?numeros=${number}`,
        'candidats/bcp/appels',
        'candidats/cap/individuels',
        'candidats/cap/individuels.pdf?specialite=toutes',
        'candidats/cap/etiquettes.pdf?specialite=toutes',
        'candidats/bcp/relances?groupe=pieces',
        'candidats/bcp/saisie',
        `candidats/bcp/${number}/correction`,
        `candidats/bcp/${number}/doublon?autre=${alike(server, number)}`,
        'etablissements/nouveau',
        `etablissements/${school}`,
        `etablissements/${school}/fiche`,
        `etablissements/${school}/bcp/offres`,
        `etablissements/${school}/bcp/`,
        `suivi/bcp/classes?etablissement=${school}`,
      ].map((path) => `/gestionnaire/${path}`),
    ],
  ])
    for (const address of addresses) {
      await who.get(address); /* what processes keep is known then */
      wrong.push(...(await eachFails(address, () => who.get(address))));
    }
  assert.deepEqual(wrong, []);
});

/** A form filled once, sent as often as it takes. */
async function sent(browser, address, button, filled = {}) {
  const { action, fields } = browser.prepare(await browser.go(address), button, filled);
  return () => browser.post(action, fields);
}

test('each form that is sent by a school', async () => {
  const wrong = [],
    at = '/etablissement/bcp/',
    account = server.account('etablissement', 'open'),
    { password } = server.account('inscription-etablissement', 'open');
  const jeton = (await head.go(at)).html.querySelector('input[name=jeton]').getAttribute('value');
  const post = (address, fields) => () => head.post(address, { jeton, ...fields });
  const each = async (what, ask, how) => wrong.push(...(await eachFails(what, ask, how)));
  const specialty = specialtyOf(server, 'bcp', { school: account.login });
  await each('service', post(`${at}service-inscription`, { ouvrir: 'N' }));
  await each('service open', post(`${at}service-inscription`, { ouvrir: 'O' }));
  await each('européenne', post(`${at}section-europeenne`, { section_europeenne: 'O', confirmer: 'O' }));
  await each('effectifs', post(`${at}effectifs`, { [`effectif_${specialty}`]: '12' }));
  for (const list of ['candidats', 'validation', 'retours']) await each(`${list}, recherche`, post(`${at}${list}`, { recherche: 'a', action: 'chercher' }));
  await each('validation', post(`${at}validation`, { candidat: number }));
  await each('défaire', post(`${at}validation`, { defaire: server.query('SELECT max(id) FROM state_change') }));
  await each(
    'retours',
    post(`${at}retours`, { confirmation: `${number}-${server.query(`SELECT revision FROM registration WHERE exam = 'BCP' AND number = ${number}`)}` }),
  );
  server.query('UPDATE session SET notice = NULL'); /* of the last one, which would be forgotten besides */
  for (const page of ['validation', 'retours']) {
    await each(`${page}, question`, post(`${at}${page}`, { vers: 'toutes', candidat: number }), { last: (asked) => asked.status === 422 });
    await each(`${page}, ailleurs`, post(`${at}${page}`, { vers: 'toutes' }));
  }
  await each('confirmations', post(`${at}confirmations`, { numeros: number, action: 'imprimer' }));
  await each('confirmations, toutes', post(`${at}confirmations`, { specialite: 'toutes', action: 'imprimer' }));
  await each('nouveau code', await sent(head, `${at}nouveau-code?numero=${number}`, 'Délivrer le nouveau code'));
  await each('homonyme', post(`${at}candidat?numero=${number}`, { action: 'homonyme' }));
  await each('modifier', await sent(head, `${at}candidat?numero=${number}`, 'Modifier cette inscription'));
  await each('délégué', post('/etablissement/delegues', { nom: 'MARIE', droits: 'tout' }));
  await each('réinitialiser', post('/etablissement/delegues', { reinitialiser: `${account.login}.MARIE` }));
  await each('retirer', post('/etablissement/delegues', { retirer: `${account.login}.MARIE` }));
  await each('fiches', post('/etablissement/fiches-connexion', { mot_de_passe: password, nombre: '2' }), { again: forgotten });
  await each(
    'mot de passe inscription',
    post('/etablissement/mot-de-passe-inscription', { actuel: password, nouveau: 'quatre-mots-de-passe', confirmation: 'quatre-mots-de-passe' }),
    { again: forgotten },
  );
  await each(
    'mot de passe',
    post('/etablissement/mot-de-passe', { actuel: account.password, nouveau: 'cinq-mots-de-passe', confirmation: 'cinq-mots-de-passe' }),
    { again: forgotten },
  );
  const stranger = new Browser(server.url);
  await each(
    'connexion',
    await sent(stranger, '/etablissement/connexion', 'Se connecter', { 'Code établissement': account.login, 'Mot de passe': 'cinq-mots-de-passe' }),
    { done: (page) => page.status === 303, again: forgotten },
  );
  await each(
    'connexion, faux',
    await sent(new Browser(server.url), '/etablissement/connexion', 'Se connecter', { 'Code établissement': account.login, 'Mot de passe': 'faux' }),
    { last: (page) => [422, 429].includes(page.status), again: forgotten },
  );
  await each('quitter', await sent(stranger, at, 'Quitter'));
  assert.deepEqual(wrong, []);
});

test('each page and form of calendars', async () => {
  const wrong = [],
    manager = await loginManager(server),
    at = '/gestionnaire/',
    bep = { Examen: '(BEP)', 'Pour qui': 'Tous' };
  const each = async (what, ask, how) => wrong.push(...(await eachFails(what, ask, how)));
  for (const address of ['sessions', 'sessions/bcp', 'ouverture']) {
    await manager.get(at + address);
    await each(address, () => manager.get(at + address));
  }
  await each('session', await sent(manager, `${at}sessions`, 'Créer la session', { Examen: '(BTS)', Année: '2077', Mois: 'juin', Période: 'juin' }));
  await each('état', await sent(manager, `${at}sessions/bts-2077-06`, 'Enregistrer', { Période: 'été', État: 'Ouverte' }));
  await each(
    'fenêtre',
    await sent(manager, `${at}sessions/bts-2077-06`, 'Ajouter la fenêtre', {
      'Pour qui': 'Établissements',
      Ouverture: '01/06/2077 08:00',
      Clôture: '02/06/2077 17:00',
    }),
  );
  await each('principale', await sent(manager, `${at}sessions/bts-2077-06`, 'En faire la session principale'));
  await each('un jour', await sent(manager, `${at}ouverture`, '+ 1 jour', bep));
  server.query('UPDATE session SET notice = NULL'); /* of the last one, which would be forgotten besides */
  await each('fermer', await sent(manager, `${at}ouverture`, 'Fermer maintenant', bep), {
    last: (asked) => asked.status === 422 && /Confirmer/.test(asked.text),
  });
  assert.deepEqual(wrong, []);
});

test('each form that is sent by a manager', async () => {
  const wrong = [],
    manager = await loginManager(server),
    at = '/gestionnaire/parametres/valeur?nom=contact&examen=bcp';
  for (const [button, given] of [
    ['Enregistrer', { Valeur: 'DEC 9' }],
    ['Rétablir la valeur par défaut', {}],
  ])
    wrong.push(...(await eachFails(button, await sent(manager, at, button, given))));
  wrong.push(...(await eachFails('activation', await sent(manager, '/gestionnaire/chargements/initialisation', 'Ouvrir l’activation'))));
  assert.deepEqual(wrong, []);
});

test('ticks that come too late, the login that finds them, and the page that shows them', async () => {
  const wrong = [],
    account = server.account('etablissement', 'open', 1),
    kept = () => server.query('SELECT count(*) FROM kept_ticks') === '1',
    lost = () => server.query('DELETE FROM kept_ticks');
  for (const page of ['validation', 'retours']) {
    const at = `/etablissement/bcp/${page}`,
      late = await loginHead(server, 1),
      [box] = (await late.get(at)).html.querySelectorAll('tbody input[type=checkbox]'),
      { action, fields } = late.prepare(await late.get(at), 'Rechercher');
    fields.set('candidat', box.getAttribute('value'));
    server.query('UPDATE session SET seen = seen - 7200');
    head = await loginHead(server);
    const send = () => late.post(action, fields);
    wrong.push(...(await eachFails(`${page} trop tard`, send, { again: lost, done: (answer) => answer.status === 303 && kept() })));
    await send();
    assert.ok(kept());
    wrong.push(...(await eachFails('connexion, session terminée', () => late.get('/etablissement/connexion'))));
    const enter = await sent(new Browser(server.url), '/etablissement/connexion', 'Se connecter', {
      'Code établissement': account.login,
      'Mot de passe': account.password,
    });
    wrong.push(...(await eachFails('connexion, coches', enter, { again: forgotten, done: (answer) => answer.status === 303 })));
    const next = new Browser(server.url),
      { location } = await tryLogin(next, account.login, account.password),
      isTicked = (answer) => answer.status === 200 && answer.html.querySelectorAll('tbody input[checked]').length === 1;
    assert.match(location, /coches=gardees$/);
    const columns = 'account, epoch, session, at, exam_session, page, query, ticks',
      copy = server.query(`SELECT ${columns} FROM kept_ticks`).split('|');
    const again = () => server.query(`DELETE FROM kept_ticks; INSERT INTO kept_ticks (${columns}) VALUES (${copy.map((value) => `'${value}'`).join(', ')})`);
    const show = async () => {
      const answer = await next.get(location);
      if (answer.status !== 200 && /kept_ticks|ticks_take/.test(fault.failed())) assert.ok(kept(), 'what could not be shown is still there');
      return answer;
    };
    wrong.push(...(await eachFails(`${page}, coches`, show, { again, done: isTicked, last: isTicked })));
  }
  assert.deepEqual(wrong, []);
});

test('each form of the wizard, in a school and alone', async () => {
  const wrong = [];
  const each = async (what, ask, how) => wrong.push(...(await eachFails(what, ask, how)));
  for (const [browser, home, born, service] of [
    [await loginPupils(server, 1), '/inscription-etablissement/bcp/', '07/07/2008', 'inscription-etablissement'],
    [new Browser(server.url), '/inscription/cap/', '07/07/1990', 'inscription'],
  ]) {
    const alone = service === 'inscription';
    await each(`${service} nouvelle`, await sent(browser, home, 'Nouvelle inscription'));
    const first = await browser.press(await browser.go(home), 'Nouvelle inscription');
    await each(`${service} étape`, () => browser.get(first.address));
    const specialty = first.html.querySelector('#specialite option[value]:not([value=""])').text.trim();
    await each(
      `${service} suite`,
      await sent(browser, first.address, 'Suite', { 'Catégorie du candidat': alone ? 'Individuel (candidat libre)' : 'Scolaire', Spécialité: specialty }),
    );
    await each(`${service} retour`, await sent(browser, first.address, 'Retour'));
    const summary = await (alone ? toSummaryAlone(browser, 'cap') : toSummary(browser));
    await each(`${service} récapitulatif`, () => browser.get(summary.address));
    const code = /Code de reprise : (\S+)/.exec((await browser.press(summary, 'Enregistrer et quitter')).text)[1];
    await each(`${service} reprise`, await sent(browser, `${home}reprise`, 'Suite', { 'Code de reprise': code, 'Date de naissance': born }), {
      again: forgotten,
    });
    const again = await (alone ? toSummaryAlone(browser, 'cap') : toSummary(browser));
    await each(`${service} valider`, await sent(browser, again.address, 'Valider mon inscription', certify));
    const done = await browser.go(new URL((await browser.submit(again, 'Valider mon inscription', certify)).location, server.url).href);
    await each(`${service} enregistrée`, () => browser.get(done.address));
    const proof = {
      "Numéro d'inscription": /(\d+)-0/.exec(done.text)[1],
      'Date de naissance': born,
      'Code personnel': /Code personnel : (\S+)/.exec(done.text)[1],
    };
    await each(`${service} confirmation`, () => browser.get(`${home}confirmation?numero=${proof["Numéro d'inscription"]}`));
    await each(`${service} confirmation.pdf`, () => browser.get(`${home}confirmation.pdf?numero=${proof["Numéro d'inscription"]}`));
    await each(`${service} réimpression`, await sent(browser, `${home}reimpression`, 'Suite', proof), { again: forgotten });
    await each(`${service} modification`, await sent(browser, `${home}modification`, 'Suite', proof), { again: forgotten });
    if (alone)
      await each(
        `${service} code`,
        await sent(browser, `${home}code-oublie`, 'Suite', { "Numéro d'inscription": proof["Numéro d'inscription"], 'Date de naissance': born }),
        { again: forgotten },
      );
    await each(`${service} accueil`, () => browser.get(home));
    const late = await browser.press(await browser.go(home), 'Nouvelle inscription');
    const { action, fields } = browser.prepare(late, 'Suite', { 'Catégorie du candidat': 'Scolaire' });
    server.query('UPDATE session SET seen = seen - 7200');
    const isKept = (page) => page.status === 303 && server.query('SELECT answers FROM draft ORDER BY id DESC LIMIT 1') !== '{}';
    await each(`${service} trop tard`, () => browser.post(action, fields), { done: isKept });
  }
  assert.deepEqual(wrong, []);
});

test('what a process keeps, read anew: nothing is kept of what failed in the middle', async () => {
  const browser = await loginPupils(server, 1),
    { address } = await browser.press(await browser.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription');
  const look = () => browser.get(address),
    shown = (page) => page.html.querySelector('main').innerHTML.replace(/name="jeton" value="[^"]*"/g, ''),
    whole = shown(await look());
  for (let nth = 1; ; nth += base === 'sqlite' ? 13 : 1) {
    server.query("UPDATE parameter SET value = CAST(value AS INTEGER) + 1 WHERE name = 'nomenclature'");
    fault.order(nth);
    const page = await look(),
      failed = fault.failed();
    fault.order(0);
    assert.equal(page.status, failed === '' ? 200 : faults[0].status, failed);
    assert.equal(shown(await look()), whole, failed);
    if (failed === '') {
      assert.ok(nth > (base === 'sqlite' ? 300 : 10), 'all was read anew');
      break;
    }
  }
});

test('a long list of which a part has left is broken off in the middle, and the log says so', async () => {
  const reader = await loginHead(server, 1),
    of = `(SELECT id FROM establishment WHERE code = '${server.account('etablissement', 'open', 1).login}')`,
    columns =
      'exam, exam_session, revision, service, establishment, specialty, category, state, listed_name, birth_date, form, european, ine, ' +
      'code, identity, sort_key, search_name, answers, created, changed';
  server.query(
    `INSERT INTO registration (number, ${columns})
     WITH RECURSIVE seq(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM seq WHERE i < 3000)
     SELECT 20000 + i, ${columns} FROM (SELECT * FROM registration WHERE exam = 'BCP' AND establishment = ${of} LIMIT 1) one, seq`,
  );
  server.query(`UPDATE establishment_exam SET version = version + 1 WHERE establishment = ${of}`);
  const cookie = reader.cookie;
  for (const address of ['candidats?lignes=toutes', 'candidats.csv', 'candidats.pdf', 'retours?lignes=toutes', 'retours.csv', 'retours.pdf']) {
    const told = () => server.errorLog().split('INS042: an answer was broken off: listing_').length;
    let broken = 0;
    for (let nth = base === 'sqlite' ? 4500 : 1; base === 'pgsql' || broken === 0; nth++) {
      const before = told();
      fault.order(nth);
      const answer = await fetch(`${server.url}/etablissement/bcp/${address}`, { headers: { cookie } });
      const whole = await answer.arrayBuffer().then(
        () => true,
        () => false,
      );
      if (answer.status === 200 && fault.failed() === '') break;
      assert.equal(whole, answer.status === 500, `${address}: ${fault.failed()}`); /* or nothing had left yet */
      if (!whole) await until('the log says why', () => told() === before + 1);
      broken += !whole;
    }
    assert.ok(broken > 0, address);
  }
});
