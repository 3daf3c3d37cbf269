// SPDX-License-Identifier: Apache-2.0
//
// The walk of the product: a fresh school is activated, opened, a pupil registers, prints, and is in the list.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { Browser } from '../lib/browser.mjs';
import { Server } from '../lib/server.mjs';
import { answers, fillStep, login, loginHead, loginPupils, register, steps, toSummary } from '../lib/walk.mjs';

let server;
before(async () => {
  server = await Server.start();
});
after(async () => {
  await server?.stop();
});

const chosen = 'une phrase longue et calme';
const forPupils = 'trois mots pour la classe';

test('a fresh school: default password, forced change, section européenne, registration password, opening', async () => {
  const account = server.account('etablissement', 'fresh');
  const head = await login(server, 'etablissement', account);
  assert.equal(head.page.h1, 'Changer le mot de passe pour le suivi');
  assert.match((await head.get('/etablissement/bcp/')).location, /\/etablissement\/mot-de-passe$/);
  let page = await head.press(head.page, 'Valider', {
    'Mot de passe actuel': account.password,
    'Nouveau mot de passe': chosen,
    'Confirmation du nouveau mot de passe': chosen,
  });
  assert.equal(page.h1, 'Service Établissement');
  assert.deepEqual(
    page.html
      .querySelectorAll('.menu a')
      .map((a) => a.text)
      .slice(0, 6),
    [
      'Baccalauréat professionnel (BCP)',
      "Certificat d'aptitude professionnelle (CAP)",
      "Brevet d'études professionnelles (BEP)",
      'Mention complémentaire de niveau 4 (MC4)',
      'Mention complémentaire de niveau 5 (MC5)',
    ],
  );
  page = await head.go(page.link('Baccalauréat professionnel (BCP)'));
  assert.deepEqual(
    page.html
      .querySelectorAll('.menu a')
      .map((a) => a.text)
      .slice(0, 6),
    [
      "Fermer / ouvrir le service d'inscription",
      'Section européenne',
      "Changer le mot de passe pour le service d'inscription",
      'Changer le mot de passe pour le suivi',
      'Liste des candidats pré-inscrits',
      "Validation / Annulation d'une pré-inscription",
    ],
  );
  assert.match(page.text, /il est impératif de le changer/);

  page = await head.go(page.link("Fermer / ouvrir le service d'inscription"));
  let refused = await head.submit(page, 'Ouvrir le service');
  assert.equal(refused.status, 422);
  assert.equal(refused.errors.length, 2);

  page = await head.go('/etablissement/bcp/section-europeenne');
  assert.equal(page.value('Gérez-vous des sections européennes ?'), null);
  refused = await head.submit(page, 'Suite');
  assert.equal(refused.status, 422);
  assert.equal(refused.error('Gérez-vous des sections européennes ?'), 'Vous devez indiquer si OUI ou NON vous gérez des sections européennes.');
  page = await head.press(refused, 'Suite', { 'Gérez-vous des sections européennes ?': 'OUI' });
  assert.equal(page.h1, 'Service Établissement');

  page = await head.go(page.link("Changer le mot de passe pour le service d'inscription"));
  page = await head.press(page, 'Valider', {
    'Mot de passe actuel': account.login.toLowerCase(),
    'Nouveau mot de passe': forPupils,
    'Confirmation du nouveau mot de passe': forPupils,
  });
  assert.equal(page.h1, 'Service Établissement');
  page = await head.press(await head.go('/etablissement/bcp/service-inscription'), 'Ouvrir le service');
  assert.match(page.text, /Service d’inscription ✓ Ouvert/);

  const pupils = await login(server, 'inscription-etablissement', { login: account.login, password: forPupils });
  assert.equal(pupils.page.h1, 'Service Inscription Établissement');
  page = await pupils.go(pupils.page.link('Baccalauréat professionnel (BCP)'));
  assert.equal(page.h1, 'Baccalauréat professionnel (BCP)');
  assert.ok(page.form('Nouvelle inscription'));
});

test("a pupil registers, prints the confirmation and is in the school's list", async () => {
  const pupils = await loginPupils(server);
  const summary = await toSummary(pupils);
  assert.equal(summary.h1, 'Récapitulatif');
  assert.match(summary.text, /Inscription non validée/);
  for (const shown of [
    'Catégorie du candidat Scolaire',
    'Nom de naissance Łukasz-N’Guyễn',
    'Date de naissance 07/07/2008',
    'Téléphone mobile 06 39 98 12 34',
    'Forme de passage Globale',
    'Pays de naissance France',
  ])
    assert.ok(summary.text.includes(shown), `${shown} is in: ${summary.text}`);

  const certify = { 'Je certifie l’exactitude des renseignements fournis': true };
  const without = await pupils.submit(summary, 'Valider mon inscription');
  assert.equal(without.status, 422);
  const first = await pupils.submit(summary, 'Valider mon inscription', certify);
  assert.equal(first.status, 303);
  const again = await pupils.submit(summary, 'Valider mon inscription', certify);
  assert.equal(again.status, 303);
  assert.equal(again.location, first.location);

  const done = await pupils.go(first.location);
  assert.equal(done.h1, 'Inscription enregistrée');
  const number = /Numéro d’inscription : (\d+)-0/.exec(done.text)[1];
  const code = /Code personnel : ([A-Z2-9]{4}-[A-Z2-9]{4})/.exec(done.text)[1];

  const { status, headers, pdf } = await pupils.get(done.link('Imprimer la confirmation'));
  assert.equal(status, 200);
  assert.equal(headers.get('content-type'), 'application/pdf');
  assert.equal(headers.get('cache-control'), 'no-store');
  const file = path.join(server.state, 'confirmation.pdf');
  fs.writeFileSync(file, pdf);
  assert.equal(spawnSync('qpdf', ['--check', file]).status, 0);
  const text = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  assert.equal(text.stderr, '');
  for (const drawn of [`${number}-0`, code, 'Łukasz-N’Guyễn', 'Œnone', 'Nœux-les-Mines', '07/07/2008'])
    assert.ok(text.stdout.includes(drawn), `${drawn} in ${text.stdout}`);
  assert.match(spawnSync('pdfinfo', [file], { encoding: 'utf8' }).stdout, /^Pages: +[12]$/m, 'one sheet for an ordinary candidate');
  const twice = await pupils.get(`/inscription-etablissement/bcp/confirmation.pdf?numero=${number}`);
  assert.ok(twice.pdf.equals(pdf), 'the same data give the same bytes');

  const twin = await pupils.get(`/inscription-etablissement/bcp/confirmation?numero=${number}`);
  assert.ok(twin.text.includes('Łukasz-N’Guyễn') && twin.text.includes(code));

  const head = await loginHead(server);
  const list = await head.go('/etablissement/bcp/candidats');
  assert.equal(list.h1, 'Liste des candidats pré-inscrits');
  assert.ok(list.text.includes(`${number}-0 ŁUKASZ-N’GUYỄN - ÉLÉONORE ŒNONE 07/07/2008`), list.text);
});

test('a phone offers digits where digits are asked, and letters elsewhere', async () => {
  const pupils = await loginPupils(server),
    summary = await toSummary(pupils, { identite: { 'Prénom 1': 'Digitaline' } }),
    modes = async (step) =>
      Object.fromEntries(
        (await pupils.go(summary.address.replace('recapitulatif', step))).html
          .querySelectorAll('main input[type=text]')
          .map((input) => [input.id, input.getAttribute('inputmode') ?? null]),
      );
  const birth = await modes('naissance'),
    address = await modes('coordonnees');
  assert.deepEqual([birth.date_naissance, birth.ine, address.code_postal, address.voie], ['numeric', null, 'numeric', null]);
});

test('the next pupil finds nothing of the one before', async () => {
  const pupils = await loginPupils(server);
  const done = await register(pupils, { identite: { 'Prénom 1': 'Barnabé' } });
  assert.equal(done.h1, 'Inscription enregistrée');
  const pdf = done.link('Imprimer la confirmation');
  assert.equal((await pupils.get(pdf)).status, 200);
  const home = await pupils.go(done.link('Nouvelle inscription'));
  for (const at of [pdf, done.address]) assert.equal((await pupils.get(at)).status, 404, `${at} once somebody else may sit there`);
  const next = await pupils.press(home, 'Nouvelle inscription');
  for (const way of ['modification', 'reimpression']) {
    const begun = await pupils.press(await pupils.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription');
    await pupils.go(`/inscription-etablissement/bcp/${way}`);
    assert.equal((await pupils.get(begun.address)).status, 404, way);
  }
  assert.equal(next.h1, 'Candidature');
  assert.equal((await pupils.get(pdf)).status, 404);
});

test('kept and resumed by code and date of birth; reprinted by number, date of birth and personal code', async () => {
  const pupils = await loginPupils(server);
  const given = answers({ identite: { 'Prénom 1': 'Capucine' } });
  let page = await pupils.press(await pupils.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription');
  for (const step of steps.slice(0, 3)) page = await fillStep(pupils, page, step, given[step]);
  page = await pupils.press(page, 'Enregistrer et quitter', { Commune: 'Roubaix' });
  assert.equal(page.h1, 'Inscription conservée');
  const code = /Code de reprise : ([A-Z2-9]{4}-[A-Z2-9]{4})/.exec(page.text)[1];
  const resume = await pupils.go('/inscription-etablissement/bcp/reprise');
  assert.equal((await pupils.submit(resume, 'Suite', { 'Code de reprise': code })).status, 422);
  assert.equal((await pupils.submit(resume, 'Suite', { 'Code de reprise': code, 'Date de naissance': '08/07/2008' })).status, 422);
  page = await pupils.press(resume, 'Suite', { 'Code de reprise': code.toLowerCase(), 'Date de naissance': '7.7.2008' });
  for (const step of steps.slice(0, 3)) page = await fillStep(pupils, page, step, given[step]);
  assert.equal(page.value('Commune'), 'Roubaix');
  for (const step of steps.slice(3)) page = await fillStep(pupils, page, step, given[step]);
  const done = await pupils.press(page, 'Valider mon inscription', { 'Je certifie l’exactitude des renseignements fournis': true });
  const number = /(\d+)-0/.exec(done.text)[1],
    personal = /Code personnel : (\S+)/.exec(done.text)[1];

  const others = await loginPupils(server);
  assert.equal((await others.get(`/inscription-etablissement/bcp/confirmation.pdf?numero=${number}`)).status, 404);
  const reprint = await others.go('/inscription-etablissement/bcp/reimpression');
  const proof = { "Numéro d'inscription": `${number}-0`, 'Date de naissance': '07072008', 'Code personnel': personal };
  const wrong = await others.submit(reprint, 'Suite', { ...proof, 'Date de naissance': '07/07/2007' });
  assert.equal(wrong.status, 422);
  assert.deepEqual(wrong.errors, ['Numéro d’inscription, date de naissance ou code personnel incorrect.']);
  page = await others.press(reprint, 'Suite', proof);
  assert.equal(page.h1, 'Inscription enregistrée');
  assert.equal((await others.get(page.link('Imprimer la confirmation'))).status, 200);
});

test('a twin in the same school is told how to go on', async () => {
  const pupils = await loginPupils(server);
  await register(pupils, { identite: { 'Prénom 1': 'Désirée' } });
  const again = await register(pupils, { identite: { 'Nom de naissance': "LUKASZ N'GUYEN", 'Prénom 1': 'desiree' } });
  assert.equal(again.status, 422);
  assert.match(again.errors[0], /déjà pré-inscrit à cet examen dans votre établissement, sous le numéro \d+-0/);
});

test('the audit trail holds every registration and its chain verifies', () => {
  const { stdout } = server.ctl(['check']);
  assert.match(stdout, /audit trail: ok, \d+ entries/);
  assert.equal(Number(server.query("SELECT count(*) FROM audit_entry WHERE action = 'registration.create' AND service = 'inscription-etablissement'")), 4);
});

test('nobody is logged in after « Quitter »', async () => {
  const head = await loginHead(server);
  const cookies = new Map(head.cookies);
  const page = await head.press(head.page, 'Quitter');
  assert.equal(page.h1, 'Connexion');
  const thief = new Browser(server.url);
  thief.cookies = cookies;
  assert.match((await thief.get('/etablissement/bcp/')).location, /\/connexion$/);
});
