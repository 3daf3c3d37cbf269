// SPDX-License-Identifier: Apache-2.0
//
// What a browser sends is never believed. A POST is taken only as a form of ours (type, size, token), each field once,
// in UTF-8 without controls; each answer is checked by the questionnaire's row, and what is wrong is said next to its
// control and in the summary of errors, whose link leads to that control, with every other typed value kept. What
// people typed comes back escaped, whatever it is; secrets never come back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { alike, extend, optionOf, specialtyOf, yearOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { Server } from '../lib/server.mjs';
import { answerPage, answers, fillStep, login, loginHead, loginManager, loginPupils, register, registerAlone, steps, toSummary } from '../lib/walk.mjs';
import { doneUnload } from '../lib/works.mjs';

let server;
before(async () => {
  server = await Server.start();
});
after(async () => {
  await server?.stop();
});

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const certify = { 'Je certifie l’exactitude des renseignements fournis': true };

/** The page of each step, with the answers of the steps before it. */
async function walkTo(browser, step, changes = {}) {
  const given = answers(changes);
  let page = await browser.press(await browser.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription');
  for (const one of steps.slice(0, steps.indexOf(step))) page = await fillStep(browser, page, one, given[one]);
  assert.ok(page.address.includes(`/candidature/${step}?`), `${page.address} is the step ${step}: ${page.errors}`);
  return page;
}

/** Each link of the summary of errors leads to something on the page. */
function assertLinksLead(page) {
  for (const link of page.html.querySelectorAll('.summary-of-errors a')) {
    const id = link.getAttribute('href').slice(1);
    assert.ok(page.html.querySelector(`[id="${id}"]`), `the summary's link leads to #${id}: ${page.text}`);
  }
}

function assertRefused(page, text, status = 422) {
  assert.equal(page.status, status, page.text);
  assert.ok(page.errors.includes(text), `« ${text} » is in the summary: ${JSON.stringify(page.errors)}`);
  assert.match(page.title, /^Erreur : /);
  assertLinksLead(page);
}

// ---------------------------------------------------------------- tokens

formPages.count = 0;
let unload;
/** A page of every POST of the table, by someone who may see it. */
async function formPages() {
  const head = await loginHead(server),
    pupils = await loginPupils(server),
    stranger = new Browser(server.url);
  const pages = [];
  const at = async (browser, address, button) => pages.push({ browser, page: await browser.go(address), button });
  await at(stranger, '/etablissement/connexion', 'Se connecter');
  await at(stranger, '/inscription-etablissement/connexion', 'Se connecter');
  await at(head, '/etablissement/mot-de-passe', 'Valider');
  await at(head, '/etablissement/mot-de-passe-inscription', 'Valider');
  await at(head, '/etablissement/bcp/service-inscription', 'Fermer le service');
  await at(head, '/etablissement/bcp/section-europeenne', 'Suite');
  await at(head, '/etablissement/bcp/candidats', 'Rechercher');
  await at(head, '/etablissement/bcp/validation', 'Valider');
  await at(head, '/etablissement/bcp/retours', 'Enregistrer le retour');
  await at(head, '/etablissement/bcp/confirmations', 'Imprimer');
  await at(head, '/etablissement/fiches-connexion', 'Imprimer');
  await at(head, '/etablissement/eleves', 'Déposer');
  const manager = await loginManager(server),
    school = server.account('etablissement', 'open').login,
    number = server.query(
      `SELECT min(number) FROM registration WHERE exam = 'BCP' AND state = 'V'
       AND establishment = (SELECT id FROM establishment WHERE code = '${school}')`,
    );
  unload ??= doneUnload(server);
  await at(stranger, '/gestionnaire/connexion', 'Se connecter');
  for (const [path, button] of [
    ['mot-de-passe', 'Valider'],
    ['parametres/valeur?nom=academie', 'Enregistrer'],
    ['sessions', 'Créer la session'],
    ['sessions/bcp', 'Enregistrer'],
    ['ouverture', '+ 1 jour'],
    [`etablissements/${school}`, 'Nouveau mot de passe du suivi'],
    [`etablissements/${school}`, 'Fermer Baccalauréat professionnel (BCP)'],
    [`specialites/${specialtyOf(server, 'bcp')}`, 'Enregistrer'],
    ['candidats', 'Rechercher'],
    ['candidats/bcp/', 'Rechercher'],
    [`candidats/bcp/dossiers?numeros=${number}`, 'Demander cette pièce'],
    [`candidats/bcp/${number}`, 'Annuler la candidature'],
    [`candidats/bcp/${number}/nouveau-code`, 'Délivrer le nouveau code'],
    [`candidats/bcp/${number}/correction`, 'Suite'],
    [`candidats/bcp/${number}/doublon?autre=${alike(server, number)}`, 'Ce sont deux candidats'],
    ['candidats/bcp/saisie', 'Suite'],
    ['candidats/cap/individuels', 'Imprimer'],
    ['candidats/bcp/plusieurs', 'Annuler les candidatures cochées'],
    ['etablissements/nouveau', 'Enregistrer'],
    [`etablissements/${school}/fiche`, 'Enregistrer'],
    [`etablissements/${school}/bcp/offres`, 'Enregistrer l’offre'],
    [`etablissements/${school}/bcp/candidats`, 'Rechercher'],
    ['verrouillage', 'Verrouiller la base'],
    ['chargements', 'Sauvegarder la base'],
    [`chargements/travail?${unload}`, 'Retour'],
    ['chargements/initialisation', 'Ouvrir l’activation'],
    ['journal', 'Rechercher'],
    ['', 'Quitter'],
  ])
    await at(manager, `/gestionnaire/${path}`, button);
  const candidats = '/gestionnaire/candidats/bcp/',
    group = await manager.go(`${candidats}relances?groupe=confirmations`);
  pages.push({ browser: manager, page: group, button: /Envoyer \d+ messages?/.exec(group.text)[0] });
  server.query(
    `INSERT INTO standing (exam_session, number, exam, version, changed, changed_by, stated, complete, pieces, school_from, office_from)
     SELECT exam_session, number, exam, 1, 1, 'x', 'I', -1, '[{"piece":"RIB","until":"2099-01-01","asked":1,"came":0}]', 1, 1
     FROM registration WHERE exam = 'BCP' AND number = ${number} ON CONFLICT DO NOTHING`,
  );
  await at(manager, `${candidats}appels`, 'Noter comme prévenus');
  await at(head, '/etablissement/bcp/dossiers', 'Noter comme prévenus');
  pages.push({
    browser: manager,
    page: await manager.press(await manager.go(`/gestionnaire/candidats/bcp/${number}/correction`), 'Suite', {
      Motif: 'Erreur',
      'Justificatif vu': 'Livret',
    }),
    button: 'Suite',
  });
  await at(head, `/etablissement/bcp/nouveau-code?numero=${number}`, 'Délivrer le nouveau code');
  server.ctl(['parameter', 'set', 'modification_par_etablissement', 'O']);
  await at(head, `/etablissement/bcp/candidat?numero=${number}`, 'Modifier cette inscription');
  pages.push({
    browser: head,
    page: await head.press(await head.go(`/etablissement/bcp/candidat?numero=${number}`), 'Modifier cette inscription'),
    button: 'Suite',
  });
  await at(head, '/etablissement/bcp/effectifs', 'Enregistrer');
  await at(head, '/etablissement/delegues', 'Ajouter');
  await at(head, '/etablissement/bcp/', 'Quitter');
  await at(pupils, '/inscription-etablissement/bcp/', 'Nouvelle inscription');
  await at(pupils, '/inscription-etablissement/bcp/reprise', 'Suite');
  await at(pupils, '/inscription-etablissement/bcp/eleve', 'Suite');
  await at(pupils, '/inscription-etablissement/bcp/modification', 'Suite');
  await at(pupils, '/inscription-etablissement/bcp/reimpression', 'Suite');
  await at(pupils, '/inscription-etablissement/bcp/', 'Fermer la session de l’établissement');
  for (const [page, button] of [
    ['', 'Nouvelle inscription'],
    ['reprise', 'Suite'],
    ['modification', 'Suite'],
    ['reimpression', 'Suite'],
    ['dossier', 'Suite'],
    ['code-oublie', 'Suite'],
    ['retrouver', 'Suite'],
  ])
    await at(stranger, `/inscription/cap/${page}`, button);
  const wizard = await loginPupils(server),
    alone = new Browser(server.url),
    adult = new Browser(server.url);
  pages.push({ browser: wizard, page: await walkTo(wizard, 'identite'), button: 'Suite' });
  pages.push({ browser: alone, page: await alone.press(await alone.go('/inscription/cap/'), 'Nouvelle inscription'), button: 'Suite' });
  pages.push({ browser: adult, page: await registerAlone(adult, 'cap', { 'Prénom 1': `Jeton ${'abcdefghijkl'[formPages.count++]}` }), button: 'Quitter' });
  return pages.map(({ browser, page, button }) => ({ browser, page, button, ...browser.prepare(page, button) }));
}

const shape = (address) => {
  const [, service, path] = /^\/(gestionnaire|etablissement|inscription-etablissement|inscription)\/(.*)$/.exec(new URL(address).pathname);
  const parts = path.replace(/(^|\/)(bcp|cap)(?=\/|$)/, '$1EXAM').replace(/candidature\/\w+$/, 'candidature/STEP');
  return `${service} ${parts
    .replace(/EXAM\/\d+/, 'EXAM/NUMBER')
    .replace(/\/\d{7}[A-Z](?=\/|$)/, '/UAI')
    .replace('UAI/bcp/', 'UAI/EXAM/')
    .replace(/^specialites\/\d{8}$/, 'specialites/CODE')}`;
};

test("every form of the table is refused without its token, with a wrong one, with another browser's", async () => {
  const pages = await formPages();
  const met = new Set(pages.map(({ action }) => shape(action)));
  assert.deepEqual(
    (await Server.routes())
      .filter((row) => row.post)
      .map((row) => `${row.service} ${row.path}`)
      .filter((row) => !met.has(row)),
    [],
    'rows without a form here',
  );
  const foreign = (await new Browser(server.url).get('/etablissement/connexion')).html.querySelector('input[name=jeton]').getAttribute('value');
  for (const { browser, action, fields } of pages) {
    assert.ok(fields.get('jeton').length >= 40, `${action} has a token`);
    for (const token of [null, '', 'x', foreign, `${fields.get('jeton')}x`, fields.get('jeton').slice(0, -1)]) {
      const sent = new Map(fields);
      if (token === null) sent.delete('jeton');
      else sent.set('jeton', token);
      for (const site of ['same-origin', 'same-site', 'cross-site', 'none'])
        assert.equal((await browser.post(action, sent, { headers: { 'sec-fetch-site': site } })).status, 403, `${action}, token ${token}, ${site}`);
    }
  }
  assert.equal(pages[2].browser.cookies.size > 0 && (await pages[2].browser.get('/etablissement/bcp/')).status, 200, 'nobody was logged out');
});

test('the values of a refused form come back only to a page of our own origin', async () => {
  const pupils = await loginPupils(server);
  const page = await walkTo(pupils, 'identite');
  const { action, fields } = pupils.prepare(page, 'Suite', { 'Nom de naissance': 'Quimperlé', 'Prénom 1': 'Zénaïde' });
  fields.set('jeton', 'faux');
  const body = new URLSearchParams([...fields]).toString();
  const send = (headers) => pupils.request(action, { method: 'POST', body, headers: { ...form, ...headers } });
  for (const [headers, back] of [
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-origin', origin: 'null' }, true],
    [{ origin: server.url }, true],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{}, false],
    [{ origin: 'http://ailleurs.example' }, false],
    [{ origin: 'null' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: server.url }, false],
    [{ origin: `${server.url}.ailleurs.example` }, false],
  ]) {
    const refused = await send(headers);
    assert.equal(refused.status, 403, JSON.stringify(headers));
    assert.equal(refused.body.includes('Quimperlé') && refused.body.includes('Zénaïde'), back, `values shown again: ${JSON.stringify(headers)}`);
    if (!back) assert.equal(refused.h1, 'Accès refusé');
    else
      assertRefused(refused, 'Cette page était trop ancienne pour être envoyée. Vos réponses sont conservées ci-dessous : vérifiez-les et recommencez.', 403);
  }
  const again = await send({ 'sec-fetch-site': 'same-origin' });
  assert.equal((await pupils.submit(again, 'Suite', { Civilité: 'Mme' })).status, 303, 'the page shown again has a token that is taken');
});

// ---------------------------------------------------------------- what is a form at all

test("a field that isn't asked is a 422, on every form", async () => {
  for (const { browser, page, button, action, fields } of await formPages()) {
    if (/quitter$/.test(action)) continue; /* « Quitter » comes with the fields of the page it stands on */
    const refused = await browser.post(action, new Map([...fields, ['intrus', '1']]));
    assertRefused(refused, 'L’envoi contient une réponse à une question qui ne vous est pas posée. Rechargez la page et recommencez.');
    assert.ok(refused.form(button), `${page.address} is shown again`);
  }
});

test("a question of another step, or that this candidate isn't asked, is a 422", async () => {
  const pupils = await loginPupils(server);
  const page = await walkTo(pupils, 'identite');
  for (const name of ['voie', 'specialite', 'certifie']) {
    const { action, fields } = pupils.prepare(page, 'Suite', answers().identite);
    assertRefused(
      await pupils.post(action, new Map([...fields, [name, 'O']])),
      'L’envoi contient une réponse à une question qui ne vous est pas posée. Rechargez la page et recommencez.',
    );
  }
});

test('a repeated field is a 422, the same value or not', async () => {
  const pupils = await loginPupils(server);
  const page = await walkTo(pupils, 'identite');
  const { action, fields } = pupils.prepare(page, 'Suite', answers().identite);
  for (const value of ['Autre', fields.get('nom_naissance')]) {
    const refused = await pupils.post(action, [...fields, ['nom_naissance', value]]);
    assertRefused(refused, 'Cette réponse a été envoyée plusieurs fois. Vérifiez-la et recommencez.');
    assert.equal(refused.error('Nom de naissance'), 'Cette réponse a été envoyée plusieurs fois. Vérifiez-la et recommencez.');
    assert.equal(refused.value('Prénom 1'), 'Éléonore');
  }
  const stranger = new Browser(server.url);
  const connexion = await stranger.get('/etablissement/connexion');
  const entry = stranger.prepare(connexion, 'Se connecter', { 'Code établissement': '0990001X', 'Mot de passe': 'secret jamais redit' });
  const refused = await stranger.post(entry.action, [...entry.fields, ['code', '0990002X']]);
  assertRefused(refused, 'Cette réponse a été envoyée plusieurs fois. Vérifiez-la et recommencez.');
});

test('what stands in no control is no link of the summary', async () => {
  const pupils = await loginPupils(server);
  const page = await walkTo(pupils, 'identite');
  const { action, fields } = pupils.prepare(page, 'Suite', answers().identite);
  for (const more of ['intrus=%E9', 'intrus=1&intrus=2', 'action=suite', '"><script>alert(1)</script>=%01', 'voie=%00', '%E9=1', '=1']) {
    const refused = await pupils.post(action, `${new URLSearchParams([...fields])}&${more}`);
    assert.equal(refused.status, 422, more);
    assertLinksLead(refused);
    assert.equal(refused.html.querySelectorAll('script:not([defer])').length, 0, more);
  }
});

test('a browser that refuses cookies is told that they are wanted, and where: on each form that has no session yet', async () => {
  const { login, password } = server.account('etablissement', 'open'),
    told = /^Votre navigateur n’a renvoyé aucun cookie de ce site.*Autorisez les cookies.*réglages de votre navigateur/;
  for (const [at, button, typed] of [
    ['/etablissement/connexion', 'Se connecter', { 'Code établissement': login, 'Mot de passe': password }],
    ['/inscription-etablissement/connexion', 'Se connecter', { 'Code établissement': login, 'Mot de passe': 'x' }],
    ['/inscription/cap/', 'Nouvelle inscription', {}],
    ['/inscription/cap/reprise', 'Suite', { 'Code de reprise': 'ABCD-2345' }],
    ['/inscription/cap/modification', 'Suite', { "Numéro d'inscription": '11' }],
    ['/inscription/cap/code-oublie', 'Suite', { "Numéro d'inscription": '11' }],
  ])
    for (const origin of [{ 'sec-fetch-site': 'same-origin' }, { origin: server.url }]) {
      const browser = new Browser(server.url, { always: origin }),
        page = await browser.go(at);
      browser.cookies.clear();
      const refused = await browser.submit(page, button, typed);
      assert.equal(refused.status, 403, at);
      assert.equal(refused.errors.length, 1, at);
      assert.match(refused.errors[0], told, at);
      for (const [label, value] of Object.entries(typed)) if (label !== 'Mot de passe') assert.equal(refused.value(label), value, 'what was typed stays');
      browser.cookies.clear();
      browser.cookies.set('autre', 'x; inscrinet');
      assert.match((await browser.submit(page, button, typed)).errors[0], told, 'others’ cookies are none of ours');
    }
  const forged = await fetch(`${server.url}/inscription/cap/`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'cross-site' },
    body: new URLSearchParams({ action: 'nouvelle', jeton: 'x' }),
  });
  assert.equal(forged.status, 403);
  assert.doesNotMatch(await forged.text(), /cookie/, 'a form of another site comes without cookies');
  const kept = new Browser(server.url, { always: { 'sec-fetch-site': 'same-origin' } });
  const form = await kept.go('/inscription/cap/');
  kept.cookies.set('inscrinet-navigateur', 'A'.repeat(43));
  assert.match((await kept.submit(form, 'Nouvelle inscription', {})).errors[0], /trop ancienne/, 'who brings a cookie has an old page');
});

test('not UTF-8, NUL and control characters: a 422 next to the field, the rest kept', async () => {
  const pupils = await loginPupils(server);
  const page = await walkTo(pupils, 'identite');
  const { action, fields } = pupils.prepare(page, 'Suite', answers().identite);
  fields.delete('prenom_2');
  for (const bytes of [
    '%E9',
    'a%C3',
    '%C3%28',
    '%ED%A0%80',
    '%C0%80',
    '%F4%90%80%80',
    'a%00',
    '%00b',
    '%01',
    'a%0Ab',
    '%0D',
    '%09',
    '%1B%5B31m',
    '%7F',
    '%C2%80',
    '%C2%9F',
  ]) {
    const refused = await pupils.post(action, `${new URLSearchParams([...fields])}&prenom_2=${bytes}`);
    assert.equal(refused.status, 422, bytes);
    assertLinksLead(refused);
    const told = 'Cette réponse contient des caractères illisibles. Saisissez-la à nouveau.';
    assert.equal(refused.error('Prénom 2'), told, `${bytes} is told next to its field`);
    assert.ok(refused.errors.includes(told));
    assert.equal(refused.value('Nom de naissance'), 'Łukasz-N’Guyễn');
    assert.equal(refused.value('Prénom 1'), 'Éléonore');
  }
  const taken = await pupils.post(action, `${new URLSearchParams([...fields])}&prenom_2=`);
  assert.equal(taken.status, 303);
});

test('193 fields or more than 64 KB: 413; anything but an urlencoded form: 415', async () => {
  const stranger = new Browser(server.url);
  const entry = stranger.prepare(await stranger.get('/etablissement/connexion'), 'Se connecter');
  const token = entry.fields.get('jeton');
  const many = (count) => [['jeton', token], ...Array.from({ length: count - 1 }, (_, i) => [`f${i}`, ''])];
  assert.equal((await stranger.post(entry.action, many(192))).status, 422);
  for (const count of [193, 194, 1000]) assert.equal((await stranger.post(entry.action, many(count))).status, 413, `${count} fields`);
  assert.equal((await stranger.post(entry.action, `jeton=${token}&code=${'a'.repeat(60000)}`)).status, 422);
  for (const size of [65537, 70000, 1 << 20]) {
    const refused = await stranger.post(entry.action, `jeton=${token}&code=${'a'.repeat(size)}`);
    assert.equal(refused.status, 413, `${size} bytes`);
    assert.ok(refused.text.includes('L’envoi est trop volumineux. Raccourcissez vos réponses et recommencez.'));
  }
  const body = `jeton=${token}&code=1&mot_de_passe=2`;
  for (const type of [
    'multipart/form-data; boundary=x',
    'application/json',
    'text/plain',
    'application/x-www-form-urlencodedx',
    'application/x-www-form',
    '',
  ]) {
    const refused = await stranger.request(entry.action, { method: 'POST', body: Buffer.from(body), headers: type ? { 'content-type': type } : {} });
    assert.equal(refused.status, 415, type);
    assert.ok(refused.text.includes('Le format de l’envoi n’est pas celui d’un formulaire de ce site.'));
  }
  for (const type of [
    'application/x-www-form-urlencoded;charset=UTF-8',
    'APPLICATION/X-WWW-FORM-URLENCODED',
    'application/x-www-form-urlencoded ; charset=utf-8',
  ])
    assert.equal((await stranger.request(entry.action, { method: 'POST', body: Buffer.from(body), headers: { 'content-type': type } })).status, 422, type);
});

// ---------------------------------------------------------------- answers

test('whoever keeps the marks of all his units but one says so on one page', async () => {
  const school = server.account('inscription-etablissement', 'open'),
    melec = '40025510';
  extend(server, school.login, { families: ['SCO', 'FPC'], specialties: [melec] });
  const pupils = await login(server, 'inscription-etablissement', school);
  const units = server.query(`SELECT unit FROM exam_unit WHERE specialty = '${melec}' AND kind = 'O' ORDER BY rank`).split('\n'),
    kept = units.filter((one) => one !== 'U11');
  assert.ok(kept.length >= 12);
  const known = {
    ...Object.assign({}, ...Object.values(answers({ identite: { 'Prénom 1': 'Gardienne' } }))),
    Spécialité: optionOf(melec),
    'Avez-vous déjà été candidat à cet examen ?': 'OUI',
    "Demandez-vous le bénéfice de notes ou d'unités ?": 'OUI',
    'Vous présentez-vous en section européenne ?': 'OUI',
  };
  const states = Object.fromEntries(kept.map((unit) => [`etat-${unit}`, 'B'])),
    year = yearOf(server) - 1;
  const asked = kept.flatMap((unit) => [
    [`note-${unit}`, '12,5'],
    [`justificatif-${unit}`, 'R'],
    [`session-${unit}`, String(year)],
    [`academie-${unit}`, '06'],
    [`origine-${unit}`, 'Cuisine'],
  ]);
  let page = await pupils.press(await pupils.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription');
  while (!/epreuves/.test(page.address)) page = await answerPage(pupils, page, known);
  const first = pupils.prepare(page, 'Suite');
  page = await pupils.go((await pupils.post(first.action, new Map([...first.fields, ...Object.entries(states), ['facultative-UF1', 'O']]))).location);
  const { action, fields } = pupils.prepare(page, 'Suite');
  const sent = new Map([
    ...fields,
    ...asked,
    ['langue-U4', 'ANG'],
    ['langue-UF1', 'ITA'],
    ['section_langue', 'ANG'],
    ['section_discipline', 'Mathématiques'],
    ['section_substitution', 'N'],
  ]);
  assert.ok(sent.size > 64, `${sent.size} fields`);
  const next = await pupils.post(action, sent);
  assert.equal(next.status, 303, next.text);
  page = await pupils.press(await pupils.go(next.location), 'Valider mon inscription', certify);
  assert.equal(page.h1, 'Inscription enregistrée', page.text);
  const stored = JSON.parse(server.query("SELECT answers FROM registration WHERE exam = 'BCP' ORDER BY number DESC LIMIT 1"));
  for (const [name, value] of [...Object.entries(states), ...asked]) assert.equal(stored[name], name.startsWith('note') ? '12,50' : value, name);
});

test('dates as people write them', async () => {
  const pupils = await loginPupils(server);
  const page = await walkTo(pupils, 'naissance');
  for (const typed of ['7/7/2008', '07.07.2008', '07-07-2008', '07 07 2008', '07072008', ' 07/07/2008 ', '7-07-2008']) {
    const next = await pupils.press(page, 'Suite', { ...answers().naissance, 'Date de naissance': typed });
    assert.equal(next.h1, 'Coordonnées', typed);
    assert.equal((await pupils.press(next, 'Retour')).value('Date de naissance'), '07/07/2008', typed);
  }
});

test("what doesn't apply may stay empty: no INE with the tick, no département abroad", async () => {
  const pupils = await loginPupils(server);
  const page = await walkTo(pupils, 'naissance');
  const next = await pupils.submit(page, 'Suite', {
    ...answers().naissance,
    INE: '',
    'Je ne connais pas mon INE': true,
    'Pays de naissance': 'Allemagne',
    'Département de naissance': '',
  });
  assert.equal(next.status, 303, next.text);
});

// ---------------------------------------------------------------- what was typed, shown

const hostile = '"><img src=x onerror=alert(1)>';

function assertHarmless(page, where) {
  assert.equal(page.html.querySelectorAll('script:not([defer]), img, iframe, svg, b').length, 0, `${where}: no element of the candidate's`);
  for (const one of page.html.querySelectorAll('*'))
    for (const name of Object.keys(one.attributes)) assert.ok(!/^on/.test(name), `${where}: ${one.rawTagName} has ${name}`);
}

test('hostile markup is text wherever it is shown', async () => {
  const pupils = await loginPupils(server),
    head = await loginHead(server);
  const street = hostile,
    town = "<script>alert(1)</script>&amp;'",
    klass = '{{token}}<b>"\'';
  const changes = {
    candidature: { Classe: klass },
    naissance: { 'Commune de naissance': town },
    identite: { 'Prénom 1': 'Gédéon' },
    coordonnees: { 'N° et voie': street },
  };
  const summary = await toSummary(pupils, changes);
  assert.equal(summary.h1, 'Récapitulatif', summary.text);
  const shown = (page, where, values = [street, town, klass]) => {
    assertHarmless(page, where);
    for (const value of values)
      assert.ok(
        page.html.querySelectorAll('dd, p, th, td, strong').some((one) => one.text.includes(value)),
        `${where} shows ${value} as it was typed: ${page.text}`,
      );
  };
  shown(summary, 'summary');
  const contact = await pupils.go(summary.address.replace('recapitulatif', 'coordonnees'));
  assertHarmless(contact, 'wizard');
  assert.equal(contact.value('N° et voie'), street);
  const done = await pupils.press(summary, 'Valider mon inscription', certify);
  const number = /(\d+)-0/.exec(done.text)[1];
  const twin = await pupils.get(`/inscription-etablissement/bcp/confirmation?numero=${number}`);
  shown(twin, 'twin');
  /* names refuse such signs: whatever stands in the base is shown as text all the same */
  const name = `${hostile} - <script>alert(2)</script>`;
  server.query(`UPDATE registration SET listed_name = '${name}' WHERE exam = 'BCP' AND number = ${number}`);
  const list = await head.go('/etablissement/bcp/candidats?lignes=toutes');
  shown(list, 'list', [name]);
  shown(await pupils.get(`/inscription-etablissement/bcp/enregistree?numero=${number}`), 'done', [name]);
  shown(await pupils.get(`/inscription-etablissement/bcp/confirmation?numero=${number}`), 'twin', [name]);
  const wrong = await head.get(`/etablissement/bcp/candidats?liste=${encodeURIComponent(hostile)}`);
  assert.equal(wrong.status, 404);
  assertHarmless(wrong, '404');
  assertHarmless(await head.get(`/etablissement/${encodeURIComponent(hostile)}`), '404 of a path');
});

test('decomposed accents are kept as composed ones', async () => {
  const pupils = await loginPupils(server);
  const typed = 'Zoe\u0308-Agne\u0300s',
    composed = typed.normalize('NFC');
  assert.notEqual(typed, composed);
  const done = await register(pupils, { identite: { 'Prénom 1': typed } });
  assert.equal(done.h1, 'Inscription enregistrée', done.text);
  const number = /(\d+)-0/.exec(done.text)[1];
  const twin = await pupils.get(`/inscription-etablissement/bcp/confirmation?numero=${number}`);
  assert.ok(twin.body.includes(composed));
  assert.ok(!twin.body.includes(typed));
  assert.ok(server.query(`SELECT answers FROM registration WHERE exam = 'BCP' AND number = ${number}`).includes(composed));
  assert.ok(server.query(`SELECT listed_name FROM registration WHERE exam = 'BCP' AND number = ${number}`).includes(composed.toUpperCase()));
});

test('no step can be skipped, and the summary wants its tick', async () => {
  const pupils = await loginPupils(server);
  const page = await walkTo(pupils, 'identite');
  for (const step of ['naissance', 'coordonnees', 'passage', 'recapitulatif']) {
    const address = page.address.replace('identite', step);
    assert.match((await pupils.get(address)).location, /\/candidature\/identite\?dossier=\d+$/);
    assert.match(
      (await pupils.post(address, { jeton: page.html.querySelector('input[name=jeton]').getAttribute('value'), action: 'valider', certifie: 'O' })).location,
      /\/candidature\/identite\?dossier=\d+$/,
    );
  }
  const summary = await toSummary(pupils, { identite: { 'Prénom 1': 'Firmin' } });
  for (const more of [{}, { certifie: 'N' }, { certifie: '' }]) {
    const { action, fields } = pupils.prepare(summary, 'Valider mon inscription');
    assertRefused(await pupils.post(action, new Map([...fields, ...Object.entries(more)])), 'Cochez la case pour certifier l’exactitude de vos réponses.');
  }
});

// ---------------------------------------------------------------- passwords

test('new passwords: what is refused, next to its field; nothing that was typed comes back', async () => {
  const account = server.account('etablissement', 'open'),
    other = server.account('inscription-etablissement', 'open');
  const name = server.query(`SELECT name FROM establishment WHERE code = '${account.login}'`);
  const word = name
    .split(/[\s'’-]+/)
    .filter((one) => one.length >= 5 && !/lyc|prof|centre/i.test(one))
    .at(-1);
  assert.ok(word, name);
  const good = 'quatre mots sans rapport';
  const cases = [
    ['nouveau', { 'Nouveau mot de passe': '' }, 'Choisissez un nouveau mot de passe.'],
    ['nouveau', { 'Nouveau mot de passe': 'onze signes' }, 'Choisissez un mot de passe d’au moins 12 caractères.'],
    ['nouveau', { 'Nouveau mot de passe': 'é'.repeat(11) }, 'Choisissez un mot de passe d’au moins 12 caractères.'],
    ['nouveau', { 'Nouveau mot de passe': 'phrase longue '.repeat(10) }, 'Choisissez un mot de passe de 128 caractères au plus.'],
    [
      'nouveau',
      { 'Nouveau mot de passe': `mon code ${account.login}` },
      'Le nouveau mot de passe ne doit pas contenir votre code ou votre identifiant : choisissez-en un autre.',
    ],
    [
      'nouveau',
      { 'Nouveau mot de passe': `mon code ${account.login.toLowerCase()}` },
      'Le nouveau mot de passe ne doit pas contenir votre code ou votre identifiant : choisissez-en un autre.',
    ],
    [
      'nouveau',
      { 'Nouveau mot de passe': `nous sommes ${word.toUpperCase()}` },
      'Le nouveau mot de passe ne doit pas contenir le nom de l’établissement : choisissez-en un autre.',
    ],
    [
      'nouveau',
      { 'Nouveau mot de passe': 'motdepasse2027' },
      'Ce mot de passe est trop courant ou trop régulier : choisissez par exemple une phrase de quelques mots sans rapport entre eux.',
    ],
    [
      'nouveau',
      { 'Nouveau mot de passe': 'aaaaaaaaaaaaaaaa' },
      'Ce mot de passe est trop courant ou trop régulier : choisissez par exemple une phrase de quelques mots sans rapport entre eux.',
    ],
    [
      'confirmation',
      { 'Confirmation du nouveau mot de passe': 'quatre mots sans Rapport' },
      'La confirmation est différente du nouveau mot de passe : saisissez deux fois le même.',
    ],
    ['confirmation', { 'Confirmation du nouveau mot de passe': '' }, 'La confirmation est différente du nouveau mot de passe : saisissez deux fois le même.'],
    ['actuel', { 'Mot de passe actuel': '' }, 'Indiquez le mot de passe actuel.'],
    [
      'actuel',
      { 'Mot de passe actuel': "ce n'est pas lui" },
      'Le mot de passe actuel est incorrect : saisissez à nouveau celui avec lequel vous vous connectez.',
    ],
    ['actuel', { 'Mot de passe actuel': account.login }, 'Le mot de passe actuel est incorrect : saisissez à nouveau celui avec lequel vous vous connectez.'],
  ];
  const labels = { actuel: 'Mot de passe actuel', nouveau: 'Nouveau mot de passe', confirmation: 'Confirmation du nouveau mot de passe' };
  for (const [address, own, foreign] of [
    ['mot-de-passe', account.password, other.password],
    ['mot-de-passe-inscription', other.password, account.password],
  ]) {
    const head = await loginHead(server);
    const page = await head.go(`/etablissement/${address}`);
    for (const [field, changes, wanted] of [
      ...cases,
      ['nouveau', { 'Nouveau mot de passe': own }, 'Le nouveau mot de passe doit être différent de l’ancien : choisissez-en un autre.'],
      ['nouveau', { 'Nouveau mot de passe': foreign }, 'Ce mot de passe est celui de l’autre service, et chacun doit avoir le sien : choisissez-en un autre.'],
    ]) {
      const chosen = changes['Nouveau mot de passe'] ?? good;
      const filled = { 'Mot de passe actuel': own, 'Nouveau mot de passe': chosen, 'Confirmation du nouveau mot de passe': chosen, ...changes };
      const refused = await head.submit(page, 'Valider', filled);
      assert.equal(refused.error(labels[field]), wanted, `${address}: ${JSON.stringify(changes)}`);
      assertRefused(refused, wanted);
      for (const typed of Object.values(filled))
        if (typed && typed !== account.login) assert.ok(!refused.body.includes(typed), `${address}: ${typed} isn't in the page`);
      for (const input of refused.html.querySelectorAll('input[type=password]')) assert.equal(input.getAttribute('value'), '');
    }
  }
});

test('a wrong login tells what is missing and never gives the password back', async () => {
  const stranger = new Browser(server.url);
  const page = await stranger.get('/etablissement/connexion');
  const empty = await stranger.submit(page, 'Se connecter');
  assert.equal(empty.error('Code établissement'), 'Indiquez votre code établissement.');
  assert.equal(empty.error('Mot de passe'), 'Indiquez votre mot de passe.');
  assertRefused(empty, 'Indiquez votre code établissement.');
  const wrong = await stranger.submit(page, 'Se connecter', { 'Code établissement': hostile, 'Mot de passe': 'sésame de personne' });
  assertHarmless(wrong, 'connexion');
  assert.equal(wrong.value('Code établissement'), hostile);
  assert.ok(!wrong.body.includes('sésame de personne'));
  const denied = await stranger.request('/etablissement/connexion', {
    method: 'POST',
    body: 'jeton=x&code=0990001X&mot_de_passe=sesame+de+personne',
    headers: { ...form, 'sec-fetch-site': 'same-origin' },
  });
  assert.equal(denied.status, 403);
  assert.equal(denied.value('Code établissement'), '0990001X');
  assert.ok(!denied.body.includes('sesame de personne'));
});

test('resuming and reprinting: what is missing, next to its field', async () => {
  const pupils = await loginPupils(server);
  const resume = await pupils.submit(await pupils.go('/inscription-etablissement/bcp/reprise'), 'Suite', { 'Date de naissance': '7/7/2008' });
  assertRefused(resume, 'Indiquez votre code de reprise.');
  assert.equal(resume.error('Code de reprise'), 'Indiquez votre code de reprise.');
  assert.equal(resume.value('Date de naissance'), '7/7/2008');
  const reprint = await pupils.submit(await pupils.go('/inscription-etablissement/bcp/reimpression'), 'Suite', {});
  for (const [label, wanted] of [
    ["Numéro d'inscription", 'Indiquez votre numéro d’inscription.'],
    ['Date de naissance', 'Indiquez votre date de naissance.'],
    ['Code personnel', 'Indiquez votre code personnel.'],
  ]) {
    assertRefused(reprint, wanted);
    assert.equal(reprint.error(label), wanted);
  }
  const proof = { "Numéro d'inscription": '9999', 'Date de naissance': '7/7/2008', 'Code personnel': 'ABCD-2345' };
  for (const changes of [{}, { "Numéro d'inscription": 'x' }, { 'Date de naissance': '31/31/2008' }, { 'Code personnel': "'" }]) {
    const refused = await pupils.submit(reprint, 'Suite', { ...proof, ...changes });
    assert.equal(refused.status, 422);
    assert.deepEqual(refused.errors, ['Numéro d’inscription, date de naissance ou code personnel incorrect.']);
    assertLinksLead(refused);
  }
});
