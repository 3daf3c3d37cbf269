// SPDX-License-Identifier: Apache-2.0
//
// « Fermer / ouvrir le service d'inscription » within the authority's window, and « Section européenne »: no default, to
// be answered before opening, and a later NON that is confirmed by the number of candidates whom it concerns.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { sessionOf, windowsOf } from '../lib/academy.mjs';
import { Server } from '../lib/server.mjs';
import { loginHead, loginPupils, register } from '../lib/walk.mjs';

const service = '/etablissement/bcp/service-inscription',
  section = '/etablissement/bcp/section-europeenne';
const asked = 'Gérez-vous des sections européennes ?',
  sure = 'Je confirme le passage à NON';
let server, head, school, code;

before(async () => {
  server = await Server.start({ candidates: 200 });
  head = await loginHead(server);
  code = server.account('etablissement', 'open').login;
  school = server.query(`SELECT id FROM establishment WHERE code = '${code}'`);
});
after(async () => {
  await server?.stop();
});

const exam = (columns) => server.query(`SELECT ${columns} FROM establishment_exam WHERE exam_session = ${sessionOf('bcp')} AND establishment = ${school}`);
const audit = (action) => Number(server.query(`SELECT count(*) FROM audit_entry WHERE action = '${action}'`));
const now = () => Math.floor(Date.now() / 1000);
const windows = (opens, closes) =>
  server.query(`UPDATE registration_window SET opens = ${now() + opens}, closes = ${now() + closes} WHERE ${windowsOf('bcp')}`);

test("closed and opened: the state, when, from where and by whom; the pupils' service follows at once", async () => {
  const pupils = await loginPupils(server);
  let page = await head.press(await head.go(service), 'Fermer le service');
  assert.equal(page.h1, 'Service Établissement');
  assert.ok(page.text.includes('Le service d’inscription de votre établissement est fermé.'));
  assert.equal(exam('service_open'), '0');
  assert.match((await pupils.go('/inscription-etablissement/bcp/')).text, /est fermé/);
  page = await head.go(service);
  assert.match(page.text, /est ✗ fermé/);
  assert.match(page.text, new RegExp(`Dernier changement : .* à \\d+ h \\d\\d, par ${code}, depuis 127\\.0\\.0\\.1`));
  assert.match(page.text, /L’académie a ouvert les inscriptions jusqu’au /);
  page = await head.press(page, 'Ouvrir le service');
  assert.match(page.text, /✓ Ouvert/);
  assert.ok((await pupils.go('/inscription-etablissement/bcp/')).form('Nouvelle inscription'));
  assert.deepEqual([audit('service.open'), audit('service.close')], [1, 1]);
});

test('closing while pupils are in the wizard says how many are', async () => {
  const pupils = await loginPupils(server);
  assert.doesNotMatch((await head.go(service)).text, /en cours :/);
  const first = await pupils.press(await pupils.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription');
  await pupils.press(first, 'Enregistrer et quitter', { Classe: 'TMELEC2' });
  const page = await head.go(service);
  assert.match(page.text, /1 saisie est en cours : si vous fermez le service, ce candidat ne pourra pas valider/);
  assert.ok(page.links().includes('Saisies non validées'));
  const told = () => head.go('/etablissement/bcp/').then((menu) => menu.html.querySelector('.note.done')?.text.replace(/\s+/g, ' ').trim());
  await head.submit(page, 'Fermer le service');
  assert.equal(
    await told(),
    'Le service d’inscription de votre établissement est fermé. Une saisie était en cours : ce candidat ne pourra pas valider avant la réouverture.',
  );
  await head.press(await head.go(service), 'Ouvrir le service');
  const shown = await head.go(service),
    second = await loginPupils(server); /* who begins while the head looks at the page */
  await second.press(await second.press(await second.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription'), 'Enregistrer et quitter', {
    Classe: 'TMELEC1',
  });
  await head.submit(shown, 'Fermer le service');
  assert.equal(
    await told(),
    'Le service d’inscription de votre établissement est fermé. 2 saisies étaient en cours : ces candidats ne pourront pas valider avant la réouverture.',
  );
  await head.press(await head.go(service), 'Ouvrir le service');
});

test("the authority's window: over or not fixed, it can't be opened; before it, in advance", async () => {
  const before = server.query(`SELECT opens || ',' || closes FROM registration_window WHERE ${windowsOf('bcp')}`).split(',');
  await head.press(await head.go(service), 'Fermer le service');
  const closed = await head.go(service);
  windows(-7200, -3600);
  let refused = await head.submit(closed, 'Ouvrir le service');
  assert.equal(refused.status, 422);
  assert.match(refused.errors[0], /closes depuis le .* : le service ne peut plus être ouvert/);
  assert.match((await head.go(service)).text, /L’académie a clos les inscriptions le /);
  server.query(`UPDATE registration_window SET service = 'none' WHERE ${windowsOf('bcp')}`);
  refused = await head.submit(closed, 'Ouvrir le service');
  assert.equal(refused.status, 422);
  assert.deepEqual(refused.errors, ['Les dates d’inscription à cet examen ne sont pas encore fixées par l’académie : le service ne peut pas être ouvert.']);
  assert.equal(exam('service_open'), '0');
  server.query("UPDATE registration_window SET service = 'inscription-etablissement' WHERE service = 'none'");
  windows(3600, 7200);
  assert.match((await head.go(service)).text, /L’académie ouvrira les inscriptions le .* Vous pouvez ouvrir votre service dès maintenant/);
  assert.equal((await head.submit(closed, 'Ouvrir le service')).status, 303);
  assert.match((await (await loginPupils(server)).go('/inscription-etablissement/bcp/')).text, /ouvriront le /);
  server.query(`UPDATE registration_window SET opens = ${before[0]}, closes = ${before[1]} WHERE ${windowsOf('bcp')}`);
});

test('the base locked between the look and the click: 503, nothing changed', async () => {
  const page = await head.go(service),
    state = exam('service_open'),
    answer = exam('european');
  server.query("UPDATE base_lock SET locked = 1, reason = 'essai'");
  try {
    const refused = await head.submit(page, state === '1' ? 'Fermer le service' : 'Ouvrir le service');
    assert.equal(refused.status, 503);
    assert.equal((await head.submit(await head.go(section), 'Suite', { [asked]: 'NON' })).status, 503);
    assert.deepEqual([exam('service_open'), exam('european')], [state, answer]);
  } finally {
    server.query('UPDATE base_lock SET locked = 0, reason = NULL');
  }
});

test('no default; without an answer a 422; NON when nobody is concerned needs no more', async () => {
  server.query(`UPDATE establishment_exam SET european = NULL, service_open = 0 WHERE exam_session = ${sessionOf('bcp')} AND establishment = ${school}`);
  const kept = server.query(`SELECT number FROM registration WHERE exam = 'BCP' AND establishment = ${school} AND european = 1`).split('\n').filter(Boolean);
  const page = await head.go(section);
  assert.equal(page.value(asked), null);
  for (const button of ['Suite', 'Retour', 'Quitter']) assert.ok(page.form(button));
  const refused = await head.submit(page, 'Suite');
  assert.equal(refused.status, 422);
  assert.deepEqual(refused.errors, ['Vous devez indiquer si OUI ou NON vous gérez des sections européennes.']);
  assert.equal((await head.submit(await head.go(service), 'Ouvrir le service')).status, 422, 'not before the answer');
  assert.equal((await head.submit(page, 'Retour')).status, 303);
  assert.equal(exam('european'), '');
  const menu = await head.press(page, 'Suite', { [asked]: 'NON' });
  assert.ok(menu.text.includes('Réponse enregistrée : vous ne gérez pas de sections européennes.'));
  assert.equal(exam('european'), '0');
  assert.equal(
    (await head.press(await head.go(section), 'Suite', { [asked]: 'OUI' })).text.includes(
      'Réponse enregistrée : vous gérez des sections européennes. La question sera posée aux candidats qui s’inscrivent ' +
        'désormais ; ceux qui sont déjà inscrits y répondent en modifiant leur inscription.',
    ),
    true,
  );
  assert.deepEqual(
    server.query(`SELECT number FROM registration WHERE exam = 'BCP' AND establishment = ${school} AND european = 1`).split('\n').filter(Boolean),
    kept,
    'from nothing to NON changes no candidate',
  );
  await head.press(await head.go(service), 'Ouvrir le service');
});

test('from OUI to NON: how many are concerned, nothing before it is confirmed; then their answers go, on the record', async () => {
  await register(await loginPupils(server), {
    identite: { 'Nom de naissance': 'Européen', 'Prénom 1': 'Un' },
    passage: { 'Vous présentez-vous en section européenne ?': 'OUI' },
    section: {},
  }).catch(() => {});
  const concerned = () =>
    server
      .query(
        `SELECT number || '-' || revision FROM registration WHERE exam = 'BCP' AND establishment = ${school} AND european = 1 AND state = 'V' ORDER BY number`,
      )
      .split('\n')
      .filter(Boolean);
  const before = concerned(),
    first = before[0].split('-')[0];
  assert.ok(before.length > 1);
  server.query(`UPDATE registration SET state = 'A' WHERE exam = 'BCP' AND number = ${before[1].split('-')[0]}`);
  const left = concerned(),
    entries = audit('registration.european');
  const page = await head.go(section);
  assert.equal(page.value(asked), 'O');
  assert.match(page.text, new RegExp(`Aujourd’hui, ${left.length} candidats? demande`));
  const warned = await head.submit(page, 'Suite', { [asked]: 'NON' });
  assert.equal(warned.status, 422);
  assert.deepEqual(warned.errors, [
    `${left.length} candidats ont déjà demandé la section européenne. Cochez la case pour confirmer le passage à NON, ou choisissez OUI.`,
  ]);
  assert.equal(warned.value(asked), 'N', 'what was chosen is still chosen');
  assert.equal(warned.value(sure), false);
  assert.match(warned.text, /seront effacées de leur inscription/);
  assert.deepEqual([concerned(), exam('european')], [left, '1'], 'nothing yet');
  const other = await head.submit(warned, 'Suite', { [asked]: 'NON' });
  assert.equal(other.status, 422, 'not without the tick');
  server.query(`UPDATE registration SET state = 'V' WHERE exam = 'BCP' AND number = ${before[1].split('-')[0]}`);
  const again = await head.submit(warned, 'Suite', { [asked]: 'NON', [sure]: true });
  assert.equal(again.status, 422, 'another number than the one that was confirmed is asked anew');
  assert.deepEqual(again.errors, [
    `${left.length + 1} candidats ont déjà demandé la section européenne. Cochez la case pour confirmer le passage à NON, ou choisissez OUI.`,
  ]);
  const done = await head.press(again, 'Suite', { [asked]: 'NON', [sure]: true });
  assert.equal(done.h1, 'Service Établissement');
  assert.deepEqual([concerned(), exam('european')], [[], '0']);
  assert.equal(audit('registration.european'), entries + left.length + 1);
  assert.match(
    server.query("SELECT detail FROM audit_entry WHERE action = 'establishment.european' ORDER BY id DESC LIMIT 1"),
    new RegExp(`^OUI -> NON, candidates: ${left.length + 1}$`),
  );
  const [revision, answers] = server.query(`SELECT revision, answers FROM registration WHERE exam = 'BCP' AND number = ${first}`).split('|');
  assert.equal(Number(revision), Number(before[0].split('-')[1]) + 1, 'a paper signed before is seen to be out of date');
  assert.doesNotMatch(answers, /section_europeenne/);
  assert.match(
    server.query(`SELECT answers FROM registration_revision WHERE exam = 'BCP' AND number = ${first}`),
    /section_europeenne/,
    'the answer is kept with its revision',
  );
  assert.equal((await head.get('/etablissement/bcp/candidats?liste=europeenne')).status, 404);
  assert.match(server.ctl(['check']).stdout, /audit trail: ok/);
});

test('another exam has no such question', async () => {
  assert.equal((await head.get('/etablissement/cap/section-europeenne')).status, 404);
  const token = (await head.get(section)).html.querySelector('input[name=jeton]').getAttribute('value');
  assert.equal((await head.post('/etablissement/cap/section-europeenne', { jeton: token, section_europeenne: 'N' })).status, 404);
});
