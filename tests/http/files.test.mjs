// SPDX-License-Identifier: Apache-2.0
//
// The state of a candidate's file: what a manager says of one or many, what the candidate and his school read of it, the message of
// each change, how a missing piece climbs while nobody has seen to it, and reminders to a chosen group.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { Clock } from '../lib/clock.mjs';
import { Server, top } from '../lib/server.mjs';
import { Sink } from '../lib/smtp.mjs';
import { answers, certify, fillStep, login, loginHead, loginManager, loginPupils, register, registerAlone, walkOn } from '../lib/walk.mjs';

const DAY = 24 * 3600,
  home = '/gestionnaire/candidats/bcp/',
  follow = '/etablissement/bcp/';
let server, sink, clock;
before(async () => {
  clock = new Clock();
  server = await Server.start({ ...clock.options, candidates: 200 });
  sink = await Sink.start();
});
after(async () => {
  await server?.stop();
  await sink?.stop();
  clock?.end();
});

/** inscrinetctl mail at the server's own time. */
function mail() {
  const args = ['-d', server.database, 'mail', '--via', sink.url, '--from', 'e@example.org', '--templates', path.join(top, 'htdocs/messages')],
    environment = {
      ...process.env,
      ...clock.options.environment,
      LD_PRELOAD: [process.env.INSCRINET_TEST_PRELOAD, ...clock.options.preload].filter(Boolean).join(' ').replaceAll(':', ' '),
    };
  sink.messages.length = 0;
  return new Promise((resolve) => {
    const child = spawn(path.join(server.state, 'app/inscrinetctl'), args, { env: environment });
    let said = '';
    child.stdout.on('data', (data) => (said += data));
    child.stderr.on('data', (data) => (said += data));
    child.on('close', () => resolve(said.trim()));
  });
}
const sent = (to) => sink.messages.filter((one) => one.to === to);

/** Somebody of the open school; address '': none. */
async function pupil(forename, address) {
  const done = await register(await loginPupils(server), {
    identite: { 'Prénom 1': forename },
    coordonnees: { 'Adresse électronique': address, 'Téléphone mobile': '06 12 34 56 78' },
  });
  const [, number] = /Numéro d’inscription : (\d+)-0/.exec(done.text),
    [, code] = /Code personnel : (\S+)/.exec(done.text);
  return { number, code, born: '07/07/2008', name: server.query(`SELECT listed_name FROM registration WHERE exam = 'BCP' AND number = ${number}`), address };
}
/** An individual's address that isn't any more. */
function withoutAddress(exam, number) {
  const where = `exam = '${exam}' AND number = ${number}`,
    { courriel, ...rest } = JSON.parse(server.query(`SELECT answers FROM registration WHERE ${where}`));
  assert.ok(courriel);
  server.query(`UPDATE registration SET answers = '${JSON.stringify(rest).replaceAll("'", "''")}' WHERE ${where}`);
}
const day = (days) => new Date(Date.now() + (clock.moved + days * DAY) * 1000).toISOString().slice(0, 10).split('-').reverse().join('/');
const IDENTITY = 'Copie d’une pièce d’identité (carte, passeport ou titre de séjour)';
const filesOf = (...people) => `${home}dossiers?numeros=${people.map((one) => one.number).join()}`;
const ask = async (browser, people, given = {}) =>
  browser.press(await browser.go(filesOf(...people)), 'Demander cette pièce', { 'Pièce demandée': IDENTITY, 'Attendue jusqu’au': day(20), ...given });
const stated = (one) => server.query(`SELECT stated || ' ' || version FROM standing WHERE exam = 'BCP' AND number = ${one.number}`);
const prove = async (one, given = {}, exam = 'bcp', browser = new Browser(server.url)) =>
  browser.submit(await browser.go(`/inscription/${exam}/dossier`), 'Suite', {
    "Numéro d'inscription": one.number,
    'Date de naissance': one.born,
    'Code personnel': one.code,
    ...given,
  });
async function seenBy(one, exam) {
  const browser = new Browser(server.url),
    proven = await prove(one, {}, exam, browser);
  assert.equal(proven.status, 303);
  return browser.go(proven.location);
}
const silence = /Prévenus par personne Aucun :/;
const trail = (one) =>
  server.query(
    `SELECT service || ' ' || actor || ' ' || action || ' ' || coalesce(detail, '-') FROM audit_entry WHERE exam = 'BCP' AND number = ${one.number}
     AND action LIKE 'file.%' ORDER BY id`,
  );

test('some by their numbers, asked for a piece, told by name; undone, nothing is left and nothing is sent', async () => {
  const [zoe, ana] = [await pupil('Zoé', 'zoe@example.org'), await pupil('Ana', 'ana@example.org')],
    manager = await loginManager(server);
  await mail();
  const page = await manager.go(filesOf(zoe, ana));
  for (const one of [zoe, ana]) assert.ok(page.text.includes(one.name) && page.text.includes(`${one.number}-0`));
  for (const [given, label, words] of [
    [{ 'Pièce demandée': '' }, 'Pièce demandée', /Choisissez la pièce/],
    [{ 'Pièce demandée': IDENTITY, 'Autre pièce': 'RIB' }, 'Autre pièce', /pas les deux/],
    [{ 'Autre pièce': 'x'.repeat(121) }, 'Autre pièce', /120 caractères/],
    [{ 'Pièce demandée': IDENTITY, 'Attendue jusqu’au': '' }, 'Attendue jusqu’au', /jusqu’à quand/],
    [{ 'Pièce demandée': IDENTITY, 'Attendue jusqu’au': '31/02/2027' }, 'Attendue jusqu’au', /n’existe pas|calendrier/],
    [{ 'Pièce demandée': IDENTITY, 'Attendue jusqu’au': '01/01/2020' }, 'Attendue jusqu’au', /à venir/],
  ]) {
    const wrong = await manager.submit(page, 'Demander cette pièce', { 'Attendue jusqu’au': day(20), ...given });
    assert.equal(wrong.status, 422);
    assert.match(wrong.error(label), words);
    for (const [name, value] of Object.entries(given)) if (value !== IDENTITY) assert.equal(wrong.value(name) ?? '', value, name);
  }
  const asked = await ask(manager, [zoe, ana]);
  assert.match(asked.text, new RegExp(`Une pièce est demandée à 2 candidats. Copie d’une pièce.*${zoe.number}-0 ${zoe.name}`));
  assert.match(stated(zoe), /^I 1$/);
  const undone = await manager.press(asked, 'Défaire');
  assert.match(undone.text, /2 dossiers sont de nouveau comme avant/);
  assert.equal(stated(zoe), '2');
  assert.equal((await manager.submit(asked, 'Défaire')).status, 422);
  assert.equal(await mail(), 'mail: 0 sent, 0 failed, 0 waiting');
  assert.match(trail(zoe), /^gestionnaire gestionnaire file.ask Copie .*, jusqu’au \d\d\/\d\d\/\d{4}\ngestionnaire gestionnaire file.undo Pièce demandée$/);
});

test('a page of before changes nobody: who was changed meanwhile is left alone, and named', async () => {
  const [eva, leo] = [await pupil('Eva', ''), await pupil('Léo', '')],
    manager = await loginManager(server),
    page = await manager.go(filesOf(eva, leo));
  await ask(manager, [eva]);
  const late = await manager.press(page, 'Dossier complet');
  assert.match(late.text, new RegExp(`1 dossier est déclaré complet. ${leo.number}-0.*Laissé en l’état.*${eva.number}-0`));
  assert.deepEqual([stated(eva), stated(leo)], ['I 1', 'C0 1']);
  assert.equal((await manager.submit(page, 'Dossier complet')).status, 422);
  const list = async (dossier) => (await manager.go(`${home}?dossier=${dossier}`)).html.querySelectorAll('td.number').map((cell) => cell.text.trim());
  assert.deepEqual(await list('complets'), [`${leo.number}-0`]);
  assert.deepEqual(await list('incomplets'), [`${eva.number}-0`]);
  assert.deepEqual(await list('ecartes'), []);
  assert.ok((await list('recus')).includes(`${leo.number}-0`) && !(await list('attendus')).includes(`${leo.number}-0`));
  assert.equal((await manager.get(`${home}?dossier=perdus`)).status, 404);
  const csv = (await manager.get(`${home}candidats.csv?dossier=incomplets`)).body.trim().split('\n');
  assert.equal(csv.length, 2);
  assert.match(csv[1], /;Incomplet;Valide$/);
  assert.match((await manager.press(await manager.go(filesOf(leo)), 'Écarter', { Motif: 'x' })).text, /1 dossier est écarté/);
  await manager.press(await manager.go(filesOf(leo)), 'Reprendre le dossier');
  assert.equal(stated(leo), 'C0 3', 'as complete as it was');
  server.query(`DELETE FROM standing WHERE number IN (${eva.number}, ${leo.number})`);
});

test('three weeks: a message, then the school, then the call list, until somebody has spoken to him; nobody is left in silence', async () => {
  const [told, mute] = [await pupil('Mail', 'mail@example.org'), await pupil('Muette', '')];
  const alone = await registerAlone(new Browser(server.url), 'cap', { 'Prénom 1': 'Seul', 'Téléphone fixe': '03 20 12 34 56' });
  const single = { number: /Numéro d’inscription : (\d+)-0/.exec(alone.text)[1], code: /Code personnel : (\S+)/.exec(alone.text)[1], born: '07/07/1990' };
  withoutAddress('CAP', single.number);
  await mail();
  let manager = await loginManager(server);
  await ask(manager, [told, mute]);
  await manager.press(await manager.go(`/gestionnaire/candidats/cap/dossiers?numeros=${single.number}`), 'Demander cette pièce', {
    'Autre pièce': 'Certificat de travail signé',
    'Attendue jusqu’au': day(20),
  });
  assert.match((await manager.go(`${home}appels`)).text, silence, 'it waits in the outbox');

  assert.equal(await mail(), 'mail: 1 sent, 0 failed, 0 waiting');
  const [message] = sent('mail@example.org');
  assert.equal(message.subject, `Dossier ${told.number}-0 : Incomplet – Baccalauréat professionnel (BCP)`);
  for (const words of [IDENTITY, `au plus tard le ${day(20)}`, told.name, 'Remettez cela à votre établissement'])
    assert.ok(message.text.includes(words), words);
  const page = await seenBy(told);
  assert.equal(page.h1, 'Où en est mon inscription ?');
  for (const words of ['Il manque quelque chose', IDENTITY, `au plus tard le ${day(20)}`, 'État du dossier, message envoyé le', 'À votre établissement'])
    assert.ok(page.text.includes(words), words);
  assert.match((await seenBy(single, 'cap')).text, /Certificat de travail signé.*Au service des examens.*Rien depuis votre inscription/);

  let head = await loginHead(server);
  let menu = await head.go(follow);
  assert.match(menu.text, /1 candidat à prévenir/, 'who has no address is the school’s at once');
  assert.match(menu.text, /Dossiers incomplets 2/);
  assert.match((await head.go(`${follow}candidats?liste=alphabetique`)).text, new RegExp(`${told.name}.*Incomplet`));
  let calls = await manager.go('/gestionnaire/candidats/cap/appels');
  assert.match(calls.text, /1 candidat à appeler.*03 20 12 34 56.*Certificat de travail signé/, 'and an individual is the office’s');
  assert.match((await manager.go('/gestionnaire/candidats')).text, /1 candidat à appeler/);

  clock.move(8 * DAY);
  head = await loginHead(server);
  menu = await head.go(follow);
  assert.match(menu.text, /2 candidats à prévenir/);
  const files = await head.go(menu.link('Dossiers incomplets'));
  assert.equal(files.h1, 'Dossiers incomplets');
  const tick = (page, one, button = 'Noter comme prévenus') => {
    const browser = page.address.includes('/etablissement/') ? head : manager,
      { action, fields } = browser.prepare(page, button);
    return browser.post(action, [...fields, ['candidat', page.html.querySelector(`#c${one.number}`).getAttribute('value')]]);
  };
  assert.equal((await head.submit(files, 'Noter comme prévenus')).status, 422);
  const seen = await head.go((await tick(files, mute)).location);
  assert.match(seen.text, new RegExp(`1 candidat est noté comme prévenu. ${mute.number}-0.*1 candidat à prévenir par vous`));
  assert.match((await head.press(seen, 'Défaire')).text, /2 candidats à prévenir par vous/);
  manager = await loginManager(server);
  assert.match((await manager.go(`${home}appels`)).text, /1 candidat à appeler.*MUETTE.*Prévenus par personne Aucun :/);

  clock.move(13 * DAY); /* three weeks */
  manager = await loginManager(server);
  head = await loginHead(server);
  calls = await manager.go(`${home}appels`);
  assert.match(calls.text, /2 candidats à appeler.*06 12 34 56 78.*échéance passée/);
  assert.match(calls.text, silence);
  const csv = (await manager.get(`${home}appels.csv`)).body.trim().split('\n');
  assert.equal(csv.length, 3);
  assert.ok(csv.some((line) => line.includes(told.name) && line.includes('06 12 34 56 78') && line.includes(IDENTITY)));
  const called = await manager.go((await tick(calls, told)).location);
  assert.match(called.text, new RegExp(`1 candidat est noté comme prévenu.*1 candidat à appeler.*Déjà prévenus.*${told.number}-0.*par gestionnaire`));
  assert.match((await head.go((await tick(await head.go(`${follow}dossiers`), mute)).location)).text, /noté comme prévenu/, 'the school may still see to it');
  assert.match((await manager.go(`${home}appels`)).text, /Personne n’est à appeler/);
  assert.match(trail(told), /gestionnaire gestionnaire file.acknowledge -$/);
  assert.match(trail(mute), /etablissement \w+ file.acknowledge -$/);
  assert.match((await manager.go(`${home}${told.number}`)).text, /Candidat prévenu.*par le compte gestionnaire/);

  const came = await manager.press(await manager.go(filesOf(told, mute)), 'Pièce reçue');
  assert.match(came.text, /La pièce de 2 candidats est notée comme reçue/);
  assert.equal(await mail(), 'mail: 1 sent, 0 failed, 0 waiting');
  assert.match(sent('mail@example.org')[0].subject, /Attendu/);
  assert.match((await seenBy(told)).text, /Votre confirmation signée est attendue.*pièce d’identité.* arrivé le/);
  assert.match((await (await loginHead(server)).go(`${follow}dossiers`)).text, /Aucun dossier de vos candidats/);
});

test('a message that is no longer his is dropped, and he is written to anew; one that never arrives makes it the school’s', async () => {
  const [moved, refused] = [await pupil('Bouge', 'faux@example.org'), await pupil('Refus', 'refus@example.org')],
    manager = await loginManager(server);
  await mail();
  await ask(manager, [moved, refused]);
  const pupils = await loginPupils(server),
    proof = { "Numéro d'inscription": moved.number, 'Date de naissance': moved.born, 'Code personnel': moved.code };
  const page = await pupils.press(await pupils.go('/inscription-etablissement/bcp/modification'), 'Suite', proof);
  await pupils.press(await walkOn(pupils, page, { 'Adresse électronique': 'juste@example.org' }), 'Valider mon inscription', certify);
  sink.behave = ({ to }) => (to === 'refus@example.org' ? 'refuse' : 'take');
  await mail();
  assert.deepEqual(sent('faux@example.org'), []);
  assert.equal(sent('juste@example.org').length, 1, 'the receipt of the modification');
  assert.match((await manager.go(`${home}appels`)).text, silence, 'what was dropped waits again, to the right address');
  await mail();
  assert.match(sent('juste@example.org')[0].subject, new RegExp(`Dossier ${moved.number}-1 : Incomplet`));
  for (let i = 0; i < 6; i++) {
    server.query("UPDATE outbox SET next_try = 1 WHERE next_try IS NOT NULL AND kind = 'file'");
    await mail();
  }
  sink.behave = () => 'take';
  assert.match((await manager.go(`${home}appels`)).text, silence);
  const files = await (await loginHead(server)).go(`${follow}dossiers`);
  assert.match(files.text, new RegExp(`1 candidat à prévenir par vous.*${refused.name}.*À prévenir par l’établissement`));
  server.query(`DELETE FROM standing`);
});

test('a school’s ticks outlive its session: shown again after the login, unless the file has changed; nothing is done by itself', async () => {
  const [ida, max, tom] = [await pupil('Ida', ''), await pupil('Max', ''), await pupil('Tom', '')],
    at = `${follow}dossiers`,
    manager = await loginManager(server);
  await ask(manager, [ida, max, tom]);
  const head = await loginHead(server),
    page = await head.go(at),
    { action, fields } = head.prepare(page, 'Noter comme prévenus'),
    valueOf = (one) => page.html.querySelector(`#c${one.number}`).getAttribute('value'),
    ticked = (from) => from.html.querySelectorAll('input[name=candidat][checked]').map((box) => box.getAttribute('id').slice(1)),
    posted = (...people) => head.post(action, [...fields, ...people.map((one) => ['candidat', valueOf(one)])]),
    { login: code, password } = server.account('etablissement', 'open');
  const sleep = () => server.query("UPDATE session SET seen = seen - 4000 WHERE service = 'etablissement'"),
    comeBack = async () => head.press(await head.go('/etablissement/connexion'), 'Se connecter', { 'Code établissement': code, 'Mot de passe': password });
  assert.deepEqual(ticked(page), []);
  sleep();
  assert.match((await posted(ida, max)).location, /connexion/);
  const other = await ask(manager, [max], { 'Attendue jusqu’au': day(30) });
  assert.match(other.text, /Une pièce est demandée à 1 candidat/);
  const back = await comeBack();
  assert.match(back.address, /\/etablissement\/bcp\/dossiers\?.*coches=gardees$/);
  assert.equal(back.h1, 'Dossiers incomplets');
  assert.deepEqual(ticked(back), [ida.number]);
  assert.match(back.text, /2 cases cochées ont été conservées.*Case décochée.*MAX/);
  assert.deepEqual(ticked(await head.go(back.address)), [], 'once');
  assert.equal(trail(ida).includes('acknowledge'), false);
  await ask(manager, [ida], { 'Attendue jusqu’au': day(30) });
  const noted = (...people) => {
    const unticked = [...head.prepare(back, 'Noter comme prévenus').fields].filter(([name]) => name !== 'candidat');
    return head.post(at, [...unticked, ...people.map((one) => ['candidat', valueOf(one)])]);
  };
  assert.equal((await noted(ida, tom)).status, 303, 'Tom is as he was');
  const refused = await noted(ida);
  assert.equal(refused.status, 422);
  assert.deepEqual(ticked(refused), []);
  assert.match(refused.text, /Case décochée.*IDA/);
  assert.equal((await head.get(`${at}?coches=x`)).status, 404);
  server.query('DELETE FROM standing');
});

test('set aside with reason and remedies: not the school’s cancellation, and the school cannot take it back', async () => {
  const paul = await pupil('Paul', 'paul@example.org'),
    manager = await loginManager(server),
    head = await loginHead(server);
  await mail();
  const page = await manager.go(filesOf(paul));
  const wrong = await manager.submit(page, 'Écarter', { Motif: '', 'Voies et délais de recours': '' });
  assert.match(wrong.error('Motif'), /Indiquez le motif/);
  assert.match(wrong.error('Voies et délais de recours'), /voies et délais/);
  await manager.press(page, 'Écarter', { Motif: 'Dossier arrivé trop tard' });
  assert.equal(server.query(`SELECT state FROM registration WHERE exam = 'BCP' AND number = ${paul.number}`), 'A');
  await mail();
  assert.match(sent('paul@example.org')[0].text, /a écarté votre dossier.*\n\nMotif : Dossier arrivé trop tard\nVous pouvez demander/);
  assert.match((await seenBy(paul)).text, /a écarté votre dossier.*Motif : Dossier arrivé trop tard.*tribunal administratif/);
  assert.match((await head.go(`${follow}candidat?numero=${paul.number}`)).text, /Dossier écarté par le service des examens.*Motif Dossier arrivé trop tard/);
  assert.match(
    (await head.get(`${follow}candidats.csv`)).body,
    new RegExp(`^${paul.number}-0;.*;"?Dossier écarté\\s: Dossier arrivé trop tard"?;Annulée$`, 'm'),
  );
  const own = (await pupil('Jules', '')).number,
    reasonOf = async () =>
      (await head.get(`${follow}candidats.csv`)).body
        .split('\n')
        .find((line) => line.startsWith(`${own}-`))
        .replaceAll('\u00a0', ' ')
        .split(';')
        .slice(-2);
  const validate = head.prepare(await head.go(`${follow}validation?numero=${own}`), 'Valider');
  assert.equal((await head.post(validate.action, [...validate.fields, ['candidat', own]])).status, 303);
  assert.deepEqual(await reasonOf(), ['Annulée par l’établissement', 'Annulée']);
  await manager.press(await manager.go(`${home}${own}`), 'Réactiver la candidature', { Motif: 'Erreur' });
  assert.deepEqual(await reasonOf(), ['', 'Valide']);
  await manager.press(await manager.go(`${home}${own}`), 'Annuler la candidature', { Motif: 'Double' });
  assert.deepEqual(await reasonOf(), ['Annulée par le service des examens : Double', 'Annulée']);
  const { action, fields } = head.prepare(await head.go(`${follow}validation?numero=${paul.number}`), 'Valider');
  const refused = await head.post(action, [...fields, ['candidat', paul.number]]);
  assert.equal(refused.status, 422);
  assert.match(refused.text, /lui seul peut la réactiver/);
  const file = await manager.go(`${home}${paul.number}`),
    jeton = file.html.querySelector('input[name=jeton]').getAttribute('value');
  assert.doesNotMatch(file.text, /Réactiver la candidature/);
  assert.match((await manager.post(`${home}${paul.number}`, { jeton, motif: 'x', action: 'reactiver' })).text, /Ce dossier est écarté/);
  const back = await manager.press(await manager.go(filesOf(paul)), 'Reprendre le dossier');
  assert.match(back.text, /1 dossier est repris/);
  assert.equal(server.query(`SELECT state FROM registration WHERE exam = 'BCP' AND number = ${paul.number}`), 'V');
  await manager.press(back, 'Défaire');
  assert.equal(server.query(`SELECT state FROM registration WHERE exam = 'BCP' AND number = ${paul.number}`), 'A');
  assert.equal((await head.post(action, [...fields, ['candidat', paul.number]])).status, 422, 'still the office’s word');
  await manager.press(await manager.go(filesOf(paul)), 'Reprendre le dossier');
});

test('confirmation received, complete; a modification asks for a new one', async () => {
  const rose = await pupil('Rose', 'rose@example.org'),
    manager = await loginManager(server);
  await mail();
  const received = await manager.press(await manager.go(filesOf(rose)), 'Confirmation reçue');
  await mail();
  assert.match(sent('rose@example.org')[0].text, /Votre confirmation signée est arrivée/);
  await manager.press(received, 'Défaire');
  assert.equal(server.query(`SELECT coalesce(returned_revision, -1) FROM registration WHERE exam = 'BCP' AND number = ${rose.number}`), '-1');
  await mail();
  assert.match(sent('rose@example.org')[0].subject, /Attendu/, 'he was told, so he is told that it isn’t so');
  await manager.press(await manager.go(filesOf(rose)), 'Dossier complet');
  assert.match((await seenBy(rose)).text, /Votre dossier est complet/);
  server.query(`UPDATE registration SET revision = 1 WHERE exam = 'BCP' AND number = ${rose.number}`);
  assert.match((await seenBy(rose)).text, /Votre confirmation signée est attendue/);
  await mail();
  assert.deepEqual(sent('rose@example.org'), [], 'of a revision that is no more');
});

test('what a school has in hand is told, too', async () => {
  const nour = await pupil('Nour', 'nour@example.org'),
    head = await loginHead(server);
  await mail();
  await head.press(await head.go(`${follow}retours`), 'Enregistrer le retour', { 'Numéro de la confirmation': `${nour.number}-0` });
  await mail();
  assert.match(sent('nour@example.org')[0].text, /Votre confirmation signée est arrivée/);
  assert.match((await seenBy(nour)).text, /Votre confirmation signée est arrivée.*État du dossier, message envoyé/);
});

test('the proof: one answer whatever is wrong, failures count; nothing else of the public service opens by it', async () => {
  const mia = await pupil('Mia', ''),
    browser = new Browser(server.url);
  const texts = [];
  for (const given of [{ "Numéro d'inscription": '999999' }, { 'Date de naissance': '08/07/2008' }, { 'Code personnel': 'ABCD-EFGH' }]) {
    const wrong = await prove(mia, given, 'bcp', browser);
    assert.equal(wrong.status, 422);
    texts.push(wrong.errors.join());
  }
  assert.equal(new Set(texts).size, 1);
  const proven = await prove(mia, {}, 'bcp', browser);
  assert.equal((await browser.go(proven.location)).status, 200);
  assert.match((await browser.go(proven.location)).headers.get('cache-control'), /no-store/);
  for (const page of ['confirmation', 'confirmation.pdf', 'enregistree'])
    assert.equal((await browser.get(`/inscription/bcp/${page}?numero=${mia.number}`)).status, 404, page);
  assert.equal((await new Browser(server.url).get(`/inscription/bcp/dossier?numero=${mia.number}`)).status, 404);
  const guesser = new Browser(server.url, { from: '127.0.0.9' });
  let status;
  for (let i = 0; i < 7; i++) status = (await prove(mia, { 'Code personnel': 'ABCD-EFGH' }, 'bcp', guesser)).status;
  assert.equal(status, 429);
});

test('whose: another department’s are not there, who only reads has no buttons, a school undoes nothing of the office', async () => {
  const lou = await pupil('Lou', ''),
    manager = await loginManager(server),
    head = await loginHead(server),
    reader = await loginManager(server, 2);
  const asked = await ask(manager, [lou]),
    change = /changement=(\d+)/.exec(asked.address)[1];
  const jeton = async (browser, at) => (await browser.go(at)).html.querySelector('input[name=jeton]').getAttribute('value');
  assert.equal((await head.post(`${follow}dossiers`, { jeton: await jeton(head, `${follow}dossiers`), defaire: change })).status, 404);
  assert.equal((await head.get(`${follow}dossiers?changement=${change}`)).status, 404);
  assert.deepEqual(
    (await reader.go(filesOf(lou))).html.querySelectorAll('main button').map((button) => button.text),
    ['Quitter'],
  );
  assert.equal((await reader.post(filesOf(lou), { jeton: await jeton(reader, filesOf(lou)), vu: `${lou.number}.1`, action: 'complet' })).status, 403);
  const password = server.ctl(['manager', 'add', 'ailleurs', '--departments', '02A']).stdout.trim(),
    elsewhere = await login(server, 'gestionnaire', { login: 'ailleurs', password });
  assert.equal((await elsewhere.get(filesOf(lou))).status, 404);
  assert.equal((await elsewhere.get(`${filesOf(lou)}&changement=${change}`)).status, 404);
  const token = await jeton(elsewhere, home);
  for (const fields of [{ vu: `${lou.number}.1`, action: 'complet' }, { defaire: change }])
    assert.equal((await elsewhere.post(filesOf(lou), { jeton: token, ...fields })).status, 404);
  assert.equal((await elsewhere.post(`${home}appels`, { jeton: token, candidat: `${lou.number}.1`, action: 'prevenus' })).status, 404);
  assert.match((await elsewhere.go(`${home}appels`)).text, /Personne n’est à appeler/);
  assert.match(stated(lou), /^I 1$/);
  server.query('DELETE FROM standing');
});

test('reminders to a group: looked at before, never to who is registered, and afterwards who was reached', async () => {
  const manager = await loginManager(server),
    at = `${home}relances`;
  const begin = async (forename, address) => {
    const pupils = await loginPupils(server);
    let page = await pupils.press(await pupils.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription');
    for (const step of ['candidature', 'identite', 'naissance'])
      page = await fillStep(pupils, page, step, { ...answers()[step], ...(step === 'identite' ? { 'Prénom 1': forename } : {}) });
    return pupils.press(page, 'Enregistrer et quitter', { 'Adresse électronique': address });
  };
  server.ctl(['window', 'extend', 'bcp', 'inscription-etablissement', '+90d']); /* no reminders but ours */
  server.query('DELETE FROM draft; DELETE FROM outbox');
  await pupil('Inscrite', 'inscrite@example.org');
  await mail();
  await begin('Inscrite', 'inscrite@example.org');
  await begin('Retard', 'retard@example.org');
  await begin('Perdu', 'perdu@example.org');
  await begin('Injoignable', '');
  assert.equal((await manager.get(`${at}?groupe=amis`)).status, 404);
  const chosen = await manager.go(`${at}?groupe=brouillons`);
  assert.match(chosen.text, /Candidats 3 Recevront un message 2 Sans adresse électronique 1 .*déjà inscrits 1/);
  assert.match(chosen.text, /INJOIGNABLE/);
  const late = await begin('Nouveau', 'nouveau@example.org');
  assert.ok(late);
  const changed = await manager.submit(chosen, 'Envoyer 2 messages');
  assert.equal(changed.status, 422);
  assert.match(changed.text, /Le groupe a changé.*Recevront un message 3/);
  const run = await manager.press(changed, 'Envoyer 3 messages');
  assert.match(run.text, /Reçus : 0. En cours d’envoi : 3. Non envoyés : 0. Sans adresse électronique : 1/);
  await register(await loginPupils(server), { identite: { 'Prénom 1': 'Retard' }, coordonnees: { 'Adresse électronique': '' } });
  sink.behave = ({ to }) => (to === 'perdu@example.org' ? 'refuse' : 'take');
  await mail();
  assert.deepEqual(
    sink.messages.map((one) => one.to),
    ['nouveau@example.org'],
    'who has registered since is told nothing',
  );
  for (let i = 0; i < 6; i++) {
    server.query("UPDATE outbox SET next_try = 1 WHERE next_try IS NOT NULL AND kind = 'reminder'");
    await mail();
  }
  sink.behave = () => 'take';
  const after = await manager.go(run.address);
  assert.match(after.text, /Reçus : 1. En cours d’envoi : 0. Non envoyés : 2. Sans adresse électronique : 1.*PERDU.*Message refusé.*INJOIGNABLE.*Sans adresse/);
  assert.equal((await (await loginManager(server, 1)).get(run.address)).status, 404, 'a run is its author’s');
  assert.match(server.query("SELECT detail FROM audit_entry WHERE action = 'reminder.send'"), /^bcp drafts, 3$/);

  const mine = await pupil('Confirme', 'confirme@example.org');
  await mail();
  const papers = await manager.go(`${at}?groupe=confirmations`);
  const button = /Envoyer \d+ messages?/.exec(papers.text)[0];
  await manager.press(papers, button);
  server.query(`UPDATE registration SET returned_revision = revision WHERE exam = 'BCP' AND state = 'V' AND number <> ${mine.number}`);
  await mail();
  assert.deepEqual([...new Set(sink.messages.map((one) => one.to))], ['confirme@example.org'], 'whose came back meanwhile is told nothing');
  assert.match(sink.messages[0].subject, new RegExp(`Confirmation ${mine.number}-0 à rendre`));
  await ask(manager, [mine]);
  server.query('DELETE FROM outbox');
  const pieces = await manager.go(`${at}?groupe=pieces`);
  await manager.press(pieces, 'Envoyer 1 message');
  await mail();
  assert.match(sink.messages[0].subject, /Incomplet/);
});
