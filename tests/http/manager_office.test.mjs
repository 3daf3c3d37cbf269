// SPDX-License-Identifier: Apache-2.0
//
// What a manager does to registrations beyond the candidate's own doing: corrects one after the closing, moves it to another
// school or specialty, enters one that came on paper, decides doubles, cancels and reactivates several at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { sessionOf } from '../lib/academy.mjs';
import { Server } from '../lib/server.mjs';
import { answerPage, certify, individual, loginHead, loginManager, pupil, walkOn } from '../lib/walk.mjs';

const home = '/gestionnaire/candidats';
let server, all, reader, schools;

const column = (number, what) => server.query(`SELECT ${what} FROM registration WHERE exam = 'BCP' AND number = ${number}`);
const trail = (number, what = 'action') =>
  server.query(`SELECT ${what} FROM audit_entry WHERE exam = 'BCP' AND number = ${number} AND service = 'gestionnaire' ORDER BY id DESC LIMIT 1`);
const ofSchool = (school, more = '') =>
  server
    .query(
      `SELECT number FROM registration WHERE exam = 'BCP' AND state = 'V' AND exam_session = ${sessionOf('bcp')}
       AND establishment = (SELECT id FROM establishment WHERE code = '${school}') ${more} ORDER BY number`,
    )
    .split('\n');
const closeAll = () => server.query('UPDATE registration_window SET opens = opens - 90 * 86400, closes = opens - 80 * 86400 WHERE closes > opens - 80 * 86400');
const WHY = { Motif: 'Faute de frappe', 'Justificatif vu': 'Carte d’identité' };
/** To the first step of the wizard. */
const correct = async (browser, number, given = {}) => browser.press(await browser.go(`${home}/bcp/${number}/correction`), 'Suite', { ...WHY, ...given });
const line = (page, label) =>
  page.html
    .querySelectorAll('dl.answers div')
    .find((one) => one.querySelector('dt').text.trim() === label)
    ?.querySelector('dd')
    .text.replace(/\s+/g, ' ')
    .trim();

before(async () => {
  server = await Server.start({ candidates: 300 });
  [all, reader] = [await loginManager(server, 0), await loginManager(server, 2)];
  schools = [0, 1].map((which) => server.account('etablissement', 'open', which).login);
  closeAll();
});
after(async () => {
  await server?.stop();
});

// ---------------------------------------------------------------- correct

test('corrected after the closing by the same wizard: reason and proof wanted, what changes told before, a new revision, the history', async () => {
  const [number] = ofSchool(schools[0]),
    start = await all.go(`${home}/bcp/${number}/correction`);
  assert.equal(start.h1, 'Corriger cette inscription');
  assert.equal((await all.go(`${home}/bcp/${number}`)).link('Corriger cette inscription'), start.address);
  const wrong = await all.submit(start, 'Suite', { Motif: '', 'Justificatif vu': 'x'.repeat(121) });
  assert.equal(wrong.status, 422);
  assert.match(wrong.error('Motif'), /Indiquez le motif/);
  assert.match(wrong.error('Justificatif vu'), /120 caractères/);
  assert.equal(wrong.value('Justificatif vu').length, 121);
  assert.match((await all.submit(start, 'Suite', { ...WHY, Établissement: '0990001X' })).error('Établissement'), /lettre de contrôle/);
  const revision = Number(column(number, 'revision')),
    born = column(number, 'birth_date');
  let page = await correct(all, number);
  assert.match(page.address, new RegExp(`${home}/bcp/candidature/candidature\\?dossier=\\d+$`));
  page = await walkOn(all, page, { Commune: 'Villeneuve-sur-Lot', Classe: 'TCORR' });
  assert.equal(line(page, 'Motif'), WHY.Motif);
  assert.equal(line(page, 'Justificatif vu'), WHY['Justificatif vu']);
  assert.match(line(page, 'Classe'), /→ TCORR$/);
  assert.match(page.text, new RegExp(`portera le numéro ${number}-${revision + 1}`));
  assert.equal((await all.submit(page, 'Valider la modification')).status, 422, 'not certified');
  page = await all.press(page, 'Valider la modification', certify);
  assert.equal(page.h1, 'Dossier de candidature');
  assert.match(page.text, new RegExp(`seule la confirmation portant le numéro ${number}-${revision + 1} est valable`));
  assert.match(page.text, /Inscription modifiée \([\d-]+\), motif : Faute de frappe \(justificatif vu : Carte d’identité\).*par le compte gestionnaire/);
  assert.equal(column(number, 'revision || birth_date'), `${revision + 1}${born}`);
  assert.match(
    trail(number, "action || ' ' || detail"),
    /^registration\.modify revision \d+: .*classe.*; Faute de frappe \(justificatif vu.: Carte d’identité\)$/,
  );
  const seen = await (await loginHead(server)).go(`/etablissement/bcp/candidat?numero=${number}`);
  assert.match(seen.text, /motif : Faute de frappe.*par le service des examens/);
  assert.doesNotMatch(seen.text, /compte gestionnaire/);
});

test('two correct the same: the second last click finds a newer revision and changes nothing; given up, nothing is left', async () => {
  const [, number] = ofSchool(schools[0]),
    other = await loginManager(server, 0),
    [mine, theirs] = [await correct(all, number), await correct(other, number)],
    drafts = () => server.query("SELECT count(*) FROM draft WHERE service = 'gestionnaire'");
  const late = await walkOn(other, theirs, { Classe: 'DEUX' }),
    first = await walkOn(all, mine, { Classe: 'UN' });
  await all.press(first, 'Valider la modification', certify);
  const refused = await other.submit(late, 'Valider la modification', certify);
  assert.equal(refused.status, 422);
  assert.match(refused.text, /a été modifiée entre-temps/);
  assert.equal(column(number, 'revision'), '1');
  assert.equal(drafts(), '1');
  const back = await other.press(await other.go(late.address), 'Abandonner la modification');
  assert.equal(back.address, `${server.url}${home}/bcp/${number}`);
  assert.equal(drafts(), '0');
  server.query(`UPDATE registration SET state = 'A' WHERE exam = 'BCP' AND number = ${number}`);
  const cancelled = await all.submit(await all.go(`${home}/bcp/${number}/correction`), 'Suite', WHY);
  assert.match(cancelled.text, /réactivez-la avant de la corriger/);
});

test('moved to another school and specialty: told before, seen in the lists of the one and no longer in those of the other', async () => {
  const [, , number] = ofSchool(schools[0]),
    id = (school) => server.query(`SELECT id FROM establishment WHERE code = '${school}'`);
  const specialty = server
    .query(
      `SELECT s.code5 || ' ' || s.label FROM establishment_offer o JOIN specialty s ON s.code = o.specialty
       WHERE o.establishment = ${id(schools[1])} AND o.exam_session = ${sessionOf('bcp')}
         AND s.code <> '${column(number, 'specialty')}' ORDER BY s.code LIMIT 1`,
    )
    .trim();
  const absent = server.query(
    `SELECT code FROM establishment WHERE id NOT IN (SELECT establishment FROM establishment_exam WHERE exam_session = ${sessionOf('bcp')}) LIMIT 1`,
  );
  if (absent) assert.match((await correct(all, number, { Établissement: absent })).error('Établissement'), /ne présente pas cette session/);
  let page = await correct(all, number, { Établissement: schools[1] });
  page = await walkOn(all, page, { Spécialité: specialty, 'Vous présentez-vous en section européenne ?': 'NON' });
  assert.match(line(page, 'Établissement'), new RegExp(`^${schools[0]} .* → ${schools[1]} `));
  assert.match(line(page, 'Spécialité'), new RegExp(`→ ${specialty.slice(0, 5)} `));
  assert.match(page.text, /passe dans les listes de : .* Elle quitte celles de : /);
  page = await all.press(page, 'Valider la modification', certify);
  assert.equal(column(number, 'establishment'), id(schools[1]));
  assert.equal(column(number, 'department'), server.query(`SELECT department FROM establishment WHERE code = '${schools[1]}'`));
  assert.match(page.text, new RegExp(`établissement : ${schools[0]} .* → ${schools[1]} `));
  const at = `/etablissement/bcp/candidat?numero=${number}`;
  assert.equal((await (await loginHead(server, 0)).get(at)).status, 404);
  assert.equal((await (await loginHead(server, 1)).get(at)).status, 200);
});

test('a session that ended keeps the step that was posted; its login leads back to it', async () => {
  const [, , , number] = ofSchool(schools[0]),
    page = await correct(all, number);
  server.query('UPDATE session SET seen = seen - 4000 WHERE id = (SELECT session FROM session_item WHERE draft = (SELECT max(draft) FROM session_item))');
  const away = await answerPage(all, page, { Classe: 'TARD' });
  assert.equal(away.h1, 'Connexion');
  const { login, password } = server.account('gestionnaire', 'open');
  const back = await all.press(away, 'Se connecter', { Identifiant: login, 'Mot de passe': password });
  assert.match(back.address, new RegExp(`${home}/bcp/candidature/`));
  assert.equal((await all.go(back.address.replace(/candidature\/\w+/, 'candidature/candidature'))).value('Classe'), 'TARD');
});

// ---------------------------------------------------------------- on paper

test('a paper is entered by the same wizard; the day on which it came counts, not today; its origin is told', async () => {
  server.query(`DELETE FROM registration_window WHERE exam_session = ${sessionOf('bcp')}`);
  server.query(`INSERT INTO registration_window (exam_session, service, opens, closes) VALUES
    (${sessionOf('bcp')}, 'inscription-etablissement', 1760000000, 1762000000), (${sessionOf('bcp')}, 'inscription', 1760000000, 1761000000),
    (${sessionOf('cap')}, 'inscription', 1760000000, 1761000000)`);
  const start = await all.go(`${home}/bcp/saisie`);
  assert.equal(start.h1, 'Saisir un dossier papier');
  assert.equal((await all.go(`${home}/bcp/`)).link('Saisir un dossier papier'), start.address);
  const day = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10).split('-').reverse().join('/');
  for (const [given, words] of [
    [{ 'Date de réception': '' }, /Indiquez le jour/],
    [{ 'Date de réception': '31/02/2026' }, /./],
    [{ 'Date de réception': '01/01/2090' }, /pas encore venu/],
    [{ 'Date de réception': day(1763000000), Établissement: schools[0] }, /n’étaient pas ouvertes le/],
    [{ 'Date de réception': day(1761900000) }, /n’étaient pas ouvertes le/],
  ]) {
    const wrong = await all.submit(start, 'Suite', given);
    assert.equal(wrong.status, 422, JSON.stringify(given));
    assert.match(wrong.error('Date de réception'), words);
    assert.equal(wrong.value('Date de réception'), given['Date de réception']);
  }
  const came = day(1761900000);
  let page = await all.press(start, 'Suite', { 'Date de réception': came, Établissement: schools[0] });
  const given = { ...Object.assign({}, ...Object.values(pupil)), 'Nom de naissance': 'Papyrus', 'Vous présentez-vous en section européenne ?': 'NON' };
  page = await walkOn(all, page, given);
  assert.equal(line(page, 'Reçu le'), came);
  page = await all.press(page, 'Enregistrer l’inscription', certify);
  assert.match(page.text, /Dossier papier enregistré : inscription \d+-0\./);
  const number = /(\d+)-0/.exec(page.text)[1];
  assert.match(page.text, new RegExp(`Dossier papier saisi \\(${number}-0\\), reçu le ${came}.*par le service des examens`));
  assert.equal(column(number, "service || ' ' || received"), `gestionnaire ${came.split('/').reverse().join('-')}`);
  assert.equal(trail(number, "action || ' ' || detail"), `registration.create dossier papier reçu le ${came}`);
  const list = await all.go(`${home}/bcp/?specialite=${column(number, 'specialty')}`);
  assert.match(list.html.querySelectorAll('tbody tr').find((row) => row.text.includes('PAPYRUS')).text, new RegExp(`Dossier papier reçu le ${came}`));
  const file = (await all.get(`${home}/bcp/candidats.csv`)).body.split('\n');
  assert.ok(file.find((row) => row.includes('PAPYRUS')).includes(`;${came};`));
  assert.ok((await (await loginHead(server)).go(`/etablissement/bcp/candidat?numero=${number}`)).text.includes(`reçu le ${came}`));

  page = await all.press(await all.go(`${home}/cap/saisie`), 'Suite', { 'Date de réception': day(1760500000) });
  page = await walkOn(all, page, { ...individual, 'Nom de naissance': 'Seul' });
  page = await all.press(page, 'Enregistrer l’inscription', certify);
  assert.match(page.text, /Candidat individuel/);
  page = await all.press(await all.go(`${home}/bcp/saisie`), 'Suite', { 'Date de réception': day(1760500000) });
  assert.equal((await all.press(page, 'Abandonner la saisie')).address, `${server.url}${home}/bcp/`);
});

// ---------------------------------------------------------------- doubles

test('doubles: side by side, two candidates or one, with a reason; decided on what was seen, and undone', async () => {
  const [one, other] = ofSchool(schools[1]);
  server.query(`DELETE FROM registration_double`);
  server.query(
    `INSERT INTO registration_double (exam, number, other, reason, found)
     VALUES ('BCP', ${other}, ${one}, 'identity', 0), ('BCP', ${one}, ${other}, 'identity', 0)`,
  );
  const at = `${home}/bcp/${one}/doublon?autre=${other}`,
    list = await all.go(`${home}/doublons`);
  assert.equal((await all.go(home)).link('Doubles présumés'), list.address);
  assert.equal(list.html.querySelectorAll('tbody tr').length, 1, 'each pair once');
  const pair = await all.go(list.html.querySelector('tbody a').getAttribute('href'));
  assert.equal(pair.address, `${server.url}${at}`);
  const names = pair.html.querySelectorAll('thead a').map((link) => link.text.trim());
  assert.deepEqual(
    names,
    [one, other].map((number) => column(number, "number || '-' || revision || ' ' || listed_name")),
  );
  assert.ok(pair.html.querySelectorAll('tbody th').some((cell) => cell.text.startsWith('≠ Nom de naissance')));
  assert.deepEqual(
    (await reader.go(at)).html.querySelectorAll('main button').map((button) => button.text),
    ['Quitter'],
  );
  assert.equal((await all.get(`${home}/bcp/${one}/doublon?autre=999999`)).status, 404);
  const others = ofSchool(schools[1])[3];
  assert.equal((await all.get(`${home}/bcp/${one}/doublon?autre=${others}`)).status, 404, 'they do not look alike');

  const noReason = await all.submit(pair, `Annuler ${names[1].split(' ')[0]}`);
  assert.equal(noReason.status, 422);
  assert.match(noReason.error('Motif'), /Indiquez le motif/);
  const decided = await all.press(pair, `Annuler ${names[1].split(' ')[0]}`, { Motif: 'Inscrit deux fois' });
  assert.match(decided.text, new RegExp(`un seul candidat. L’inscription ${other}-\\d+ est annulée`));
  assert.equal(column(other, 'state'), 'A');
  assert.match(trail(other, "action || ' ' || detail"), /^registration\.cancel Inscrit deux fois$/);
  assert.match((await all.go(`${home}/doublons`)).text, /Aucun double n’est à décider/);
  assert.match((await all.go(`${home}/doublons?decides=O`)).text, /Un seul candidat/);
  const late = await all.submit(pair, 'Ce sont deux candidats');
  assert.equal(late.status, 422);
  assert.match(late.text, /vient de changer/);
  const undone = await all.press(await all.go(at), 'Défaire la décision');
  assert.equal(column(other, 'state'), 'V');
  const two = await all.press(undone, 'Ce sont deux candidats');
  assert.match(two.text, /Décidé le .* par gestionnaire : deux candidats/);
  assert.equal(column(one, 'homonym_allowed') + column(other, 'homonym_allowed'), '11');
  await all.press(two, 'Défaire la décision');
  assert.equal(column(one, 'homonym_allowed') + column(other, 'homonym_allowed'), '00');
  assert.equal(server.query('SELECT count(*) FROM registration_double WHERE decided IS NOT NULL'), '0');
  for (const wrong of ['decides=N', 'apres=bcp', 'apres=bcp.1', 'apres=xyz.1.2']) assert.equal((await all.get(`${home}/doublons?${wrong}`)).status, 404, wrong);
});

// ---------------------------------------------------------------- several at once

test('every act is one of the page with ticks: what it asks for and keeps, told by name, undone; each with its reason where it needs one', async () => {
  const path = `${home}/bcp/plusieurs`,
    [one, other] = ofSchool(schools[0], 'AND number NOT IN (SELECT number FROM standing)').slice(-2),
    stated = (number) => server.query(`SELECT stated FROM standing WHERE exam = 'BCP' AND number = ${number}`),
    post = async (page, button, more = {}, ticks = [one, other]) => {
      const { action, fields } = all.prepare(page, button, more);
      return all.post(action, [...fields, ...ticks.map((number) => ['candidat', number])]);
    },
    act = async (button, more) => all.go((await post(await all.go(`${path}?lignes=toutes`), button, more)).location),
    tomorrow = new Date(Date.now() + 30 * 86400000).toISOString().slice(0, 10).split('-').reverse().join('/'),
    acts = [
      ['Demander cette pièce', { 'Autre pièce': 'Livret', 'Attendue jusqu’au': tomorrow }, 'Une pièce est demandée à 2 candidats. Livret, jusqu’au', 'I'],
      ['Pièce reçue', { 'Autre pièce': 'Livret' }, 'La pièce de 2 candidats est notée comme reçue. Livret', ''],
      ['Confirmation reçue', {}, 'La confirmation de 2 candidats est notée comme reçue.', ''],
      ['Dossier complet', {}, '2 dossiers sont déclarés complets.', /^C\d+$/],
      ['Écarter', { Motif: 'Hors délai' }, '2 dossiers sont écartés. Hors délai', 'E'],
      ['Candidat prévenu', {}, '2 candidats sont notés comme prévenus.', 'E'],
      ['Reprendre le dossier', {}, '2 dossiers sont repris.', /^C\d+$/],
      ['Annuler les candidatures cochées', { Motif: 'À leur demande' }, '2 candidatures sont annulées. À leur demande', /^C\d+$/],
      ['Réactiver les candidatures cochées', { Motif: 'Erreur' }, '2 candidatures sont réactivées. Erreur', /^C\d+$/],
    ];
  const page = await all.go(`${path}?lignes=toutes`);
  for (const [button, given, label, words] of [
    ['Demander cette pièce', { 'Attendue jusqu’au': tomorrow }, 'Pièce', /Choisissez la pièce/],
    ['Demander cette pièce', { 'Autre pièce': 'Livret' }, 'Attendue jusqu’au', /jusqu’à quand/],
    ['Pièce reçue', { 'Autre pièce': 'x'.repeat(121) }, 'Autre pièce', /120 caractères/],
    ['Écarter', {}, 'Motif', /le candidat le lit/],
    ['Écarter', { Motif: 'x', 'Voies et délais de recours': '' }, 'Voies et délais de recours', /voies et délais/],
    ['Annuler les candidatures cochées', {}, 'Motif', /Indiquez le motif/],
    ['Réactiver les candidatures cochées', { Motif: 'x'.repeat(121) }, 'Motif', /120 caractères/],
  ]) {
    const wrong = await post(page, button, given);
    assert.equal(wrong.status, 422, button);
    assert.match(wrong.error(label), words);
    for (const [name, value] of Object.entries(given)) assert.equal(wrong.value(name), value, 'nothing typed is lost');
    assert.equal(wrong.html.querySelectorAll('input[checked][name=candidat]').length, 2, 'nor a tick');
  }
  assert.match((await post(page, 'Réactiver les candidatures cochées', { Motif: 'x' })).text, /Rien n’a été changé/);
  for (const [button, given, told, becomes] of acts) {
    const done = await act(button, given);
    assert.ok(done.text.includes(told), `${button}: ${done.text.slice(0, 600)}`);
    for (const number of [one, other]) {
      assert.ok(done.html.querySelector('.note.done').text.includes(column(number, 'listed_name')), button);
      if (typeof becomes === 'string') assert.equal(stated(number), becomes, button);
      else assert.match(stated(number), becomes, button);
    }
    if (button !== 'Écarter' && button !== 'Annuler les candidatures cochées') continue;
    assert.equal(column(one, 'state'), 'A');
    const back = await all.press(done, 'Défaire');
    assert.match(back.text, /2 dossiers sont de nouveau comme avant/);
    assert.equal(column(one, 'state') + column(other, 'state'), 'VV', button);
    await act(button, given);
  }
  assert.equal(column(one, 'state') + column(other, 'state'), 'VV');
  /* of a page of before: whose file was changed since is left alone, and named */
  const before = await all.go(`${path}?lignes=toutes`);
  await all.press(await all.go(`${home}/bcp/dossiers?numeros=${one}`), 'Écarter', { Motif: 'Double' });
  await all.press(await all.go(`${home}/bcp/dossiers?numeros=${one}`), 'Reprendre le dossier');
  const late = await all.go((await post(before, 'Annuler les candidatures cochées', { Motif: 'x' })).location);
  assert.match(late.text, new RegExp(`1 candidature est annulée.* ${other}-\\d.*Laissé en l’état.*${one}-\\d`));
  const again = await post(before, 'Annuler les candidatures cochées', { Motif: 'x' });
  assert.equal(again.status, 422);
  assert.match(again.text, /Cases décochées/);
  await all.press(late, 'Défaire');
  assert.equal(column(other, 'state'), 'V');
  assert.equal((await reader.get(path)).status, 403);
});

test('a thousand ticks of whom some changed meanwhile: done and named, the others named and not done, undone at once', async () => {
  const session = sessionOf('bcp'),
    [model] = ofSchool(schools[1]);
  server.query(`INSERT INTO registration (exam, exam_session, number, revision, service, establishment, specialty, category, state, listed_name,
      birth_date, form,
      code, identity, sort_key, search_name, answers, created, changed, department)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
    SELECT exam, exam_session, 500000 + i, 0, service, establishment, specialty, category, 'V', 'MILLE - N' || i, birth_date, form,
      code, 'mille' || i, sort_key, 'MILLE', answers, created, changed, department FROM registration CROSS JOIN n WHERE exam = 'BCP' AND number = ${model}`);
  const path = `${home}/bcp/plusieurs`,
    list = await all.go(`${home}/bcp/`);
  assert.match(list.link('Agir sur plusieurs candidats'), /plusieurs\?etat=/);
  const page = await all.go(`${path}?lignes=toutes`);
  assert.equal(page.h1, 'Agir sur plusieurs candidats');
  const wanted = Array.from({ length: 1000 }, (_, i) => String(500001 + i)),
    ticks = wanted.map((number) => ['candidat', number]);
  const post = async (from, button, more) => {
    const { action, fields } = all.prepare(from, button, more);
    return all.post(action, [...fields, ...ticks]);
  };
  const none = await all.submit(page, 'Annuler les candidatures cochées', { Motif: 'x' });
  assert.match(none.text, /Cochez au moins un candidat/);
  const noReason = await post(page, 'Annuler les candidatures cochées');
  assert.equal(noReason.status, 422);
  assert.equal(noReason.html.querySelectorAll('input[checked][name=candidat]').length, 1000, 'ticks come back');
  server.query("UPDATE registration SET state = 'A' WHERE exam = 'BCP' AND number IN (500007, 500900)");
  const answer = await post(page, 'Annuler les candidatures cochées', { Motif: 'Dossiers vides' });
  assert.equal(answer.status, 303);
  const done = await all.go(answer.location);
  assert.match(done.text, /998 candidatures sont annulées. Dossiers vides 500001-0 MILLE - N1 /);
  assert.match(
    done.text,
    /Laissés en l’état, car il n’y avait rien à y changer, ou quelqu’un d’autre venait de le faire : 500007-0 MILLE - N7 500900-0 MILLE - N900/,
  );
  const cancelled = () => server.query(`SELECT count(*) FROM registration WHERE exam_session = ${session} AND number > 500000 AND state = 'A'`);
  assert.equal(cancelled(), '1000');
  assert.equal(server.query("SELECT count(*) FROM audit_entry WHERE action = 'registration.cancel' AND detail = 'Dossiers vides'"), '998');
  assert.match((await (await loginHead(server, 1)).go('/etablissement/bcp/candidat?numero=500001')).text, /motif : Dossiers vides/);
  const undone = await all.press(done, 'Défaire');
  assert.match(undone.text, /998 dossiers sont de nouveau comme avant/);
  assert.equal(
    server.query("SELECT count(*) FROM audit_entry WHERE action = 'registration.restore' AND detail LIKE 'décision sur plusieurs%' AND number > 500000"),
    '998',
  );
  assert.equal(cancelled(), '2');
  assert.equal((await all.submit(done, 'Défaire')).status, 422, 'once');
  /* ticks that aren't validated: another page asks, a session that has ended keeps them */
  const ticked = (from) => from.html.querySelectorAll('input[checked][name=candidat]').map((box) => box.getAttribute('value')),
    first = await all.go(path),
    two = first.html
      .querySelectorAll('input[name=candidat]')
      .slice(3, 5)
      .map((box) => box.getAttribute('value')),
    turned = async (button) => {
      const { action, fields } = all.prepare(first, button);
      return all.post(action, [...fields, ...two.map((number) => ['candidat', number])]);
    };
  const asked = await turned('Page suivante');
  assert.equal(asked.status, 422);
  assert.ok(asked.html.querySelector('#question'));
  assert.deepEqual(ticked(asked), two);
  assert.match((await all.press(asked, 'Continuer sans valider')).address, /apres=\d+/);
  server.query("UPDATE session SET seen = seen - 4000 WHERE service = 'gestionnaire'");
  const { login, password } = server.account('gestionnaire', 'open');
  assert.equal((await turned('Annuler les candidatures cochées')).status, 303);
  const back = await all.press(await all.go('/gestionnaire/connexion'), 'Se connecter', { Identifiant: login, 'Mot de passe': password });
  assert.match(back.address, /candidats\/bcp\/plusieurs\?.*coches=gardees/);
  assert.deepEqual(ticked(back), two);
  const other = await loginManager(server, 1);
  assert.equal(
    (
      await other.post(path, {
        jeton: (await other.go('/gestionnaire/')).html.querySelector('input[name=jeton]').getAttribute('value'),
        candidat: '500001',
        action: 'annuler',
        motif: 'x',
      })
    ).status,
    422,
  );
  assert.equal((await all.get(`${path}?changement=999999`)).status, 404);
});
