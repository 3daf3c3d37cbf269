// SPDX-License-Identifier: Apache-2.0
//
// What an exam's menu shows at a glance: registered and expected, cancelled, drafts, to be printed, changed since, handed
// in, by specialty and in all; how long it is to the closing; and « Effectifs attendus », where a school says what it
// expects.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { windowsOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { Server } from '../lib/server.mjs';
import { login, loginHead, loginPupils } from '../lib/walk.mjs';

const at = '/etablissement/bcp/effectifs',
  menu = '/etablissement/bcp/';
let server, head, school;

before(async () => {
  server = await Server.start({ candidates: 200 });
  head = await loginHead(server);
  school = server.query(`SELECT id FROM establishment WHERE code = '${server.account('etablissement', 'open').login}'`);
});
after(async () => {
  await server?.stop();
});

const clean = (element) => element.text.replace(/\s+/g, ' ').trim();
const figures = (page) =>
  Object.fromEntries(page.html.querySelectorAll('.figures div').map((one) => [clean(one.querySelector('dt')), clean(one.querySelector('dd'))]));
const lines = (page) =>
  page.html.querySelectorAll('table.progress tbody tr, table.progress tfoot tr').map((line) => line.querySelectorAll('td, th').map(clean));
const mine = `FROM registration WHERE exam = 'BCP' AND establishment = ${school}`;
const count = (where) => Number(server.query(`SELECT count(*) FROM registration WHERE exam = 'BCP' AND establishment = ${school} AND ${where}`));
const touch = () => server.query(`UPDATE establishment_exam SET version = version + 1 WHERE establishment = ${school}`);

test('the figures at a glance and by specialty are those of the base', async () => {
  server.query(`UPDATE registration SET printed_revision = 0 WHERE exam = 'BCP' AND establishment = ${school} AND number % 2 = 0`);
  server.query(`UPDATE registration SET revision = 1 WHERE exam = 'BCP' AND establishment = ${school} AND number % 6 = 0`);
  server.query(`UPDATE registration SET state = 'A' WHERE exam = 'BCP' AND establishment = ${school} AND number % 7 = 0`);
  server.query(`UPDATE registration SET returned_revision = revision WHERE exam = 'BCP' AND establishment = ${school} AND number % 5 = 0`);
  touch();
  const pupils = await loginPupils(server);
  await pupils.press(await pupils.press(await pupils.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription'), 'Enregistrer et quitter', {
    Classe: 'T1',
  });
  const page = await head.go(menu),
    valid = count("state = 'V'");
  assert.deepEqual(figures(page), {
    'Service d’inscription': '✓ Ouvert',
    'Pré-inscriptions valides': String(valid),
    Annulées: String(count("state = 'A'")),
    'En cours de saisie': '1',
    'Modifiées depuis l’impression': String(count("state = 'V' AND printed_revision < revision")),
    'Dossiers incomplets': '0',
    'Confirmations rendues': `${count("state = 'V' AND returned_revision = revision")} sur ${valid}`,
  });
  const shown = lines(page);
  assert.equal(shown.at(-1)[1], 'Ensemble');
  assert.deepEqual(
    shown.at(-1).slice(3),
    [
      count("state = 'A'"),
      count("state = 'V' AND printed_revision IS NULL"),
      count("state = 'V' AND printed_revision < revision"),
      count("state = 'V' AND returned_revision = revision"),
    ].map(String),
  );
  for (const [inscrits, label] of shown.slice(0, -1))
    assert.equal(
      inscrits,
      String(count(`state = 'V' AND specialty = (SELECT code FROM specialty WHERE exam = 'BCP' AND code5 = '${label.slice(0, 5)}')`)),
      label,
    );
  assert.ok(mine);
});

test('how long it is to the closing: days, hours, minutes; before it opens and after it', async () => {
  const now = () => Math.floor(Date.now() / 1000),
    window = (opens, closes) => server.query(`UPDATE registration_window SET opens = ${now() + opens}, closes = ${now() + closes} WHERE ${windowsOf('bcp')}`);
  for (const [seconds, said] of [
    [12 * 86400 + 3000, 'dans 12 jours'],
    [2 * 86400 - 60, 'dans 47 heures'],
    [5 * 3600 + 600, 'dans 5 heures'],
    [40 * 60 - 20, 'dans 40 minutes'],
    [45, 'dans 1 minute'],
  ]) {
    window(-86400, seconds);
    assert.ok((await head.go(menu)).text.includes(`Clôture des inscriptions ${said}, le `), said);
  }
  window(86400, 2 * 86400);
  assert.match((await head.go(menu)).text, /Les inscriptions ouvriront le /);
  window(-86400, -60);
  assert.match((await head.go(menu)).text, /Les inscriptions sont closes depuis le /);
  window(-86400, 86400);
});

test('expected numbers are entered by specialty, compared on the menu, and taken back', async () => {
  const page = await head.go(at);
  assert.equal(page.h1, 'Effectifs attendus');
  const [first, second] = page.html.querySelectorAll('label').map(clean);
  const told = await head.press(page, 'Enregistrer', { [first]: '24', [second]: ' 0 ' });
  assert.ok(told.text.includes('Les effectifs attendus sont enregistrés.'));
  assert.equal((await head.go(at)).value(first), '24');
  const line = lines(told).find((one) => one[1] === first),
    meter = told.html.querySelectorAll('meter').find((one) => one.getAttribute('aria-label') === first);
  assert.match(line[0], /^\d+ sur 24$/);
  assert.equal(clean(meter), line[0]);
  assert.equal(meter.getAttribute('max'), String(Math.max(24, Number(line[0].split(' ')[0]))));
  assert.match(figures(told)['Pré-inscriptions valides'], /^\d+ sur 24$/);
  assert.equal(server.query("SELECT count(*) FROM audit_entry WHERE action = 'establishment.expected'"), '1');
  for (const bad of ['x', '-1', '1.5', '10000', '1e3', '9 9']) {
    const refused = await head.submit(page, 'Enregistrer', { [first]: bad, [second]: '7' });
    assert.equal(refused.status, 422, bad);
    assert.deepEqual(refused.errors, ['Indiquez un nombre de candidats, de 0 à 9999.']);
    assert.deepEqual([refused.value(first), refused.value(second)], [bad, '7'], 'what was typed comes back');
    assert.ok(refused.html.querySelector(`[id="${refused.html.querySelector('.summary-of-errors a').getAttribute('href').slice(1)}"]`));
  }
  const { action, fields } = head.prepare(page, 'Enregistrer', { [first]: '3' });
  for (const intruder of ['effectif_00000000', 'effectif_', 'effectif', 'specialite'])
    assert.equal((await head.post(action, [...fields, [intruder, '3']])).status, 422, intruder);
  assert.equal((await head.go(at)).value(first), '24');
  const empty = await head.press(await head.go(at), 'Enregistrer', { [first]: '', [second]: '' });
  assert.equal(empty.html.querySelectorAll('meter').length, 0);
  assert.equal(server.query(`SELECT count(*) FROM expected_number WHERE establishment = ${school}`), '0');
});

test('each school has its own; a locked base keeps them', async () => {
  const page = await head.go(at),
    [first] = page.html.querySelectorAll('label').map(clean);
  await head.press(page, 'Enregistrer', { [first]: '11' });
  const other = await loginHead(server, 1),
    theirs = await other.go(at);
  assert.ok(theirs.html.querySelectorAll('input[type=text]').every((input) => input.getAttribute('value') === ''));
  server.query('UPDATE base_lock SET locked = 1');
  const refused = await head.submit(page, 'Enregistrer', { [first]: '12' });
  assert.equal(refused.status, 503);
  assert.equal(refused.value(first), '12');
  server.query('UPDATE base_lock SET locked = 0');
  assert.equal((await head.go(at)).value(first), '11');
});

test('who was here before: the first access of the school, when and from where, and the last login, at the home and in each menu', async () => {
  const account = server.account('etablissement', 'fresh'),
    chosen = 'une phrase longue et calme',
    said = (page) => page.html.querySelectorAll('main p.hint').map(clean);
  const intruder = new Browser(server.url, { from: '127.0.0.9' });
  await login(server, 'etablissement', account, intruder);
  const inside = await intruder.press(intruder.page, 'Valider', {
    'Mot de passe actuel': account.password,
    'Nouveau mot de passe': chosen,
    'Confirmation du nouveau mot de passe': chosen,
  });
  const day = 'Premier accès de l’établissement : \\w+ \\d+\\S* \\S+ \\d{4} à \\d+ h \\d\\d, depuis 127\\.0\\.0\\.9\\.';
  assert.match(said(inside).join(' '), new RegExp(`^${day}$`), 'nobody before the first');
  server.query("UPDATE account SET last_login = 1790000000 WHERE last_login IS NOT NULL AND login = '" + account.login + "'");
  const owner = await login(server, 'etablissement', { ...account, password: chosen });
  for (const page of [owner.page, await owner.go('/etablissement/'), await owner.go(menu)]) {
    const [before, first] = said(page);
    assert.match(before, /^Connexion précédente : \w+ 21 septembre 2026 à 1\d h 13, depuis 127\.0\.0\.9\.$/, page.address);
    assert.match(first, new RegExp(`^${day}$`), page.address);
  }
  const changed = await owner.press(await owner.go('/etablissement/mot-de-passe'), 'Valider', {
    'Mot de passe actuel': chosen,
    'Nouveau mot de passe': `${chosen} encore`,
    'Confirmation du nouveau mot de passe': `${chosen} encore`,
  });
  assert.match(said(changed)[0], /21 septembre 2026/, 'a change of password is no login');
  const pupils = await loginPupils(server);
  assert.doesNotMatch((await pupils.go('/inscription-etablissement/')).text, /Premier accès|Connexion précédente/);
});
