// SPDX-License-Identifier: Apache-2.0
//
// « Sessions et calendriers » and « Ouverture des services »: what a manager changes there is seen at the next request of a
// candidate, stands in the trail with what was before, and is refused, told or taken back as it should be.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { yearOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { hold } from '../lib/hold.mjs';
import { Server, base, until } from '../lib/server.mjs';
import { login, loginManager } from '../lib/walk.mjs';

const at = '/gestionnaire/ouverture',
  sessions = '/gestionnaire/sessions',
  alone = 'Candidats individuels',
  schools = 'Établissements';
let server, all, second, year, cap, bcp;

before(async () => {
  server = await Server.start({ candidates: 60 });
  [all, second] = [await loginManager(server), await loginManager(server)];
  year = yearOf(server);
  [cap, bcp] = [(await all.go(`${sessions}/cap`)).h1, (await all.go(`${sessions}/bcp`)).h1];
});
after(async () => {
  await server?.stop();
});

const ctl = (...args) => server.ctl(args, { status: null });
const trail = (action) => server.query(`SELECT detail FROM audit_entry WHERE action = '${action}' ORDER BY id DESC LIMIT 1`);
/** The page of a candidate's exam, asked for now. */
const candidate = async (exam = 'cap') => (await new Browser(server.url).get(`/inscription/${exam}/`)).text;
const row = (what, whom, of) => `${what} ${whom}, ${of.replace(/^.*\((\w+)\)/, '$1')}`;
const windows = (exam, service = 'inscription') =>
  server.query(
    `SELECT w.opens, w.closes FROM registration_window w JOIN exam_session s ON s.id = w.exam_session
     WHERE s.exam = '${exam.toUpperCase()}' AND s.main = 1 AND w.service = '${service}' ORDER BY w.opens`,
  );
/** A minute of Paris so many days from now, as it is typed. */
const minute = (days, time = '17:00') => {
  const day = new Date(Date.now() + days * 86400000);
  return `${new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', day: '2-digit', month: '2-digit', year: 'numeric' }).format(day)} ${time}`;
};
const buttons = (page) => page.html.querySelectorAll('button').map((one) => one.text.replace(/\s+/g, ' ').trim());

// ---------------------------------------------------------------- open, close, prolong

test('closing: first what would be closed and how many type, then in effect at the next request; taken back', async () => {
  const typist = new Browser(server.url),
    first = await typist.press(await typist.go('/inscription/cap/'), 'Nouvelle inscription');
  await typist.press(first, 'Enregistrer et quitter', { 'Catégorie du candidat': 'Individuel' });
  const before = windows('cap');
  assert.match(await candidate(), /Nouvelle inscription/);
  const asked = await all.press(await all.go(at), row('Fermer maintenant', alone, cap));
  assert.equal(asked.status, 422);
  assert.match(asked.text, /CAP, session de juin \d+ \(Candidats individuels\) : du .* au .* → du .* au .*\. Une candidature est en cours de saisie\./);
  assert.equal(windows('cap'), before, 'nothing has changed yet');
  const done = await all.press(asked, 'Confirmer');
  assert.equal(done.status, 200, done.text);
  assert.match(done.text, /CAP, session de juin \d+ \(Candidats individuels\) : du .* → du /);
  assert.match(await candidate(), /closes depuis/);
  assert.doesNotMatch(await candidate(), /Nouvelle inscription/);
  assert.match(trail('window.close'), /^cap-\d+-06 inscription: du .* au .* -> du .* au .*/);
  const again = await all.press(done, row('Ouvrir maintenant', alone, cap));
  assert.equal(again.status, 422);
  assert.ok(again.errors.includes('Indiquez jusqu’à quand : aucune date de clôture à venir n’est prévue.'), again.text);
  assert.equal(again.html.querySelector('#session option[selected]').text, cap, 'which one was meant stays chosen');
  const back = await all.press(done, 'Rétablir les dates d’avant');
  assert.equal(back.status, 200, back.text);
  assert.equal(windows('cap'), before);
  assert.match(await candidate(), /Nouvelle inscription/);
  assert.match(trail('window.undo'), /^cap-\d+-06 inscription: /);
});

test('opened again until a date; taken back it is closed once more, which is confirmed', async () => {
  const before = windows('bcp', 'inscription');
  await all.press(await all.press(await all.go(at), row('Fermer maintenant', alone, bcp)), 'Confirmer');
  const closed = windows('bcp');
  const opened = await all.press(await all.go(at), 'Ouvrir maintenant', { Examen: bcp, 'Pour qui': alone, 'Nouvelle clôture': minute(3) });
  assert.equal(opened.status, 200, opened.text);
  assert.match(await candidate('bcp'), /Nouvelle inscription/);
  assert.match(opened.text, /: aucune fenêtre → du/);
  const asked = await all.press(opened, 'Rétablir les dates d’avant');
  assert.equal(asked.status, 422);
  assert.match(asked.text, /→ aucune fenêtre/);
  assert.equal((await all.press(asked, 'Confirmer')).status, 200);
  assert.equal(windows('bcp'), closed);
  assert.doesNotMatch(await candidate('bcp'), /Nouvelle inscription/);
  const [opens, closes] = before.split('|');
  server.query(
    `UPDATE registration_window SET opens = ${opens}, closes = ${closes} WHERE opens = ${closed.split('|')[0]} AND closes = ${closed.split('|')[1]}`,
  );
});

test('a coming one opens now; a day and a week more keep the hour; until a date, for one exam and both services', async () => {
  const [, closes] = windows('bep').split('|').map(Number),
    bep = (await all.go(`${sessions}/bep`)).h1;
  server.query(`UPDATE registration_window SET opens = ${Math.floor(Date.now() / 1000) + 86400} WHERE service = 'inscription'
    AND exam_session = (SELECT id FROM exam_session WHERE exam = 'BEP')`);
  assert.match(await candidate('bep'), /ouvriront le/);
  assert.match((await all.go(at)).text, /Pas encore ouvert/);
  await all.press(await all.go(at), row('Ouvrir maintenant', alone, bep));
  assert.match(await candidate('bep'), /Nouvelle inscription/);
  await all.press(await all.go(at), row('+ 1 jour', alone, bep));
  await all.press(await all.go(at), row('+ 1 semaine', alone, bep));
  const local = (instant) => new Date(instant * 1000).toLocaleString('fr-FR', { timeZone: 'Europe/Paris', timeStyle: 'short' });
  const later = Number(windows('bep').split('|')[1]);
  assert.ok(Math.abs(later - closes - 8 * 86400) <= 3600);
  assert.equal(local(later), local(closes));
  const until = await all.press(await all.go(at), 'Prolonger jusqu’à cette date', { Examen: bep, 'Pour qui': 'Tous', 'Nouvelle clôture': minute(90, '12:30') });
  assert.equal(until.status, 200, until.text);
  for (const service of ['inscription', 'inscription-etablissement']) assert.match(local(Number(windows('bep', service).split('|')[1])), /12:30/);
  assert.ok(until.text.includes(minute(90, '12:30')));
});

test('all exams at once, in one act, and taken back in one', async () => {
  const state = () => server.query('SELECT id, opens, closes FROM registration_window ORDER BY id'),
    before = state(),
    asked = await all.press(await all.go(at), 'Fermer maintenant', { Examen: 'Tous les examens', 'Pour qui': 'Tous' });
  assert.equal(asked.status, 422);
  const done = await all.press(asked, 'Confirmer');
  assert.equal(done.status, 200, done.text);
  for (const exam of ['bts', 'bcp', 'bp', 'cap', 'bep', 'mc4', 'mc5']) assert.doesNotMatch(await candidate(exam), /Nouvelle inscription/, exam);
  assert.equal((await all.press(await all.go(at), 'Fermer maintenant', { Examen: 'Tous les examens', 'Pour qui': 'Tous' })).status, 422);
  const back = await all.press(done, 'Rétablir les dates d’avant');
  assert.equal(back.status, 200, back.text);
  assert.equal(state(), before);
});

test('what is refused, with what was typed', async () => {
  for (const [button, fields, words] of [
    ['Prolonger jusqu’à cette date', { Examen: cap, 'Pour qui': alone, 'Nouvelle clôture': '' }, /Indiquez jusqu’à quand/],
    ['Prolonger jusqu’à cette date', { Examen: cap, 'Pour qui': alone, 'Nouvelle clôture': '31/02/2099 12:00' }, /n’existe pas/],
    ['Prolonger jusqu’à cette date', { Examen: cap, 'Pour qui': alone, 'Nouvelle clôture': '01/02/2020 12:00' }, /déjà passée/],
    ['Prolonger jusqu’à cette date', { Examen: cap, 'Pour qui': alone, 'Nouvelle clôture': 'demain' }, /JJ\/MM\/AAAA HH:MM/],
    ['Ouvrir maintenant', { Examen: cap, 'Pour qui': alone }, /déjà ouvert/],
    ['+ 1 jour', { 'Pour qui': alone }, /Choisissez un examen/],
    ['+ 1 jour', { Examen: cap }, /Choisissez pour qui/],
  ]) {
    const page = await all.press(await all.go(at), button, fields);
    assert.equal(page.status, 422, `${button} ${JSON.stringify(fields)}`);
    assert.match(page.text, words);
    assert.equal(page.value('Nouvelle clôture'), fields['Nouvelle clôture'] ?? '');
  }
  assert.equal((await all.get(`${at}?fait=x`)).status, 404);
  assert.equal((await all.get(`${at}?fait=1.1.2.3.4.0.0`)).status, 200, 'what was changed since is nothing to take back');
});

test('two managers: the second is shown what was changed meanwhile, and can do it then', async () => {
  const [mine, his] = [await all.go(at), await second.go(at)];
  await all.press(mine, row('+ 1 semaine', schools, cap));
  const late = await second.press(his, row('+ 1 jour', schools, cap));
  assert.equal(late.status, 422);
  assert.match(
    late.text,
    /Modifié entre-temps — CAP, session de juin \d+ \(Établissements\) : vous aviez sous les yeux du .* au .* ; c’est maintenant du .* au /,
  );
  assert.equal((await second.press(late, row('+ 1 jour', schools, cap))).status, 200);
  const stale = await all.press(await all.go(at), row('+ 1 jour', alone, cap));
  await second.press(await second.go(at), row('+ 1 jour', alone, cap));
  assert.ok(!buttons(await all.go(stale.address)).includes('Rétablir les dates d’avant'));
  const undone = await all.press(stale, 'Rétablir les dates d’avant');
  assert.equal(undone.status, 422);
  assert.match(undone.text, /ont changé depuis/);
});

test('a base that is locked stops it, with what was typed', async () => {
  ctl('lock', '--reason', 'Transfert');
  const before = windows('cap'),
    page = await all.press(await all.go(at), '+ 1 jour', { Examen: cap, 'Pour qui': alone, 'Nouvelle clôture': minute(20) });
  assert.equal(page.status, 503);
  assert.equal(page.value('Nouvelle clôture'), minute(20));
  const session = await all.press(await all.go(`${sessions}/cap`), 'Ajouter la fenêtre', { 'Pour qui': alone, Ouverture: minute(30), Clôture: minute(31) });
  assert.equal(session.status, 503);
  assert.equal(session.value('Clôture'), minute(31));
  ctl('unlock');
  assert.equal(windows('cap'), before);
});

// ---------------------------------------------------------------- who

test('who is limited sees his own exams and changes nothing', async () => {
  const password = ctl('manager', 'add', 'des.cap', '--exams', 'cap').stdout.trim(),
    limited = await login(server, 'gestionnaire', { login: 'des.cap', password });
  for (const address of [at, sessions]) {
    const page = await limited.go(address);
    assert.equal(page.status, 200);
    assert.match(page.text, /CAP/);
    assert.doesNotMatch(page.text, /BCP/);
    assert.deepEqual(buttons(page), ['Quitter']);
  }
  assert.equal((await limited.get(`${sessions}/cap`)).status, 200);
  assert.equal((await limited.get(`${sessions}/bcp`)).status, 404);
  const jeton = (await limited.go('/gestionnaire/mot-de-passe')).html.querySelector('input[name=jeton]').getAttribute('value');
  for (const path of ['ouverture', 'sessions', 'sessions/cap'])
    assert.equal((await limited.post(`/gestionnaire/${path}`, { jeton, session: 'tous', action: 'fermer' })).status, 403, path);
});

// ---------------------------------------------------------------- sessions

test('a new session: refused without its facts and twice; the rectorat alone sees it until it is opened', async () => {
  const create = async (fields) => all.press(await all.go(sessions), 'Créer la session', fields);
  const right = { Examen: '(BTS)', Année: `${year + 1}`, Mois: 'septembre', Période: 'septembre' };
  for (const [fields, words] of [
    [{ ...right, Examen: '' }, /Choisissez l’examen/],
    [{ ...right, Année: '27' }, /quatre chiffres, de 2000 à 2099/],
    [{ ...right, Mois: '' }, /Choisissez le mois/],
    [{ ...right, Période: 'x'.repeat(61) }, /période en toutes lettres/],
    [{ ...right, Année: `${year}`, Mois: 'juin' }, /déjà une session de ce mois/],
  ]) {
    const page = await create(fields);
    assert.equal(page.status, 422, JSON.stringify(fields));
    assert.match(page.text, words);
    assert.equal(page.value('Année'), fields.Année);
  }
  const made = await create(right),
    dated = `bts-${year + 1}-09`;
  assert.match(made.address, new RegExp(`/sessions/${dated}$`));
  assert.match(made.text, new RegExp(`\\(BTS\\) – session de septembre ${year + 1} est créée`));
  assert.match(trail('exam_session.add'), new RegExp(`^${dated} septembre$`));
  assert.equal((await new Browser(server.url).get(`/inscription/${dated}/`)).status, 404);
  const opened = await all.press(made, 'Enregistrer', { Période: 'rentrée', État: 'Ouverte' });
  assert.equal(opened.status, 200, opened.text);
  assert.match(opened.text, /En préparation, période « septembre » → Ouverte, période « rentrée »/);
  assert.equal((await new Browser(server.url).get(`/inscription/${dated}/`)).status, 200, 'at the next request');
  assert.match((await all.press(opened, 'En faire la session principale')).text, /est maintenant la session principale/);
  assert.match((await new Browser(server.url).get('/inscription/bts/')).body, /session de rentrée/);
  assert.match((await all.get(`${sessions}/${dated}`)).location, /sessions\/bts$/);
  const closed = await all.press(await all.go(`${sessions}/bts`), 'Enregistrer', { État: 'Close' });
  assert.match(await candidate('bts'), /sont closes/);
  assert.equal(closed.html.querySelectorAll('#etat option').length, 3, 'a main one is neither prepared nor archived');
  const former = `bts-${year}-06`;
  server.ctl(['unload', 'candidates', path.join(server.state, 'base/decharge'), '--exam', former]);
  const archived = await all.press(await all.go(`${sessions}/${former}`), 'Enregistrer', { État: 'Archivée' });
  assert.ok(!buttons(archived).includes('Ajouter la fenêtre'));
  const { fields } = all.prepare(archived, 'Enregistrer');
  const late = await all.post(`${sessions}/${former}`, { jeton: fields.get('jeton'), service: 'inscription', action: 'fenetre' });
  assert.equal(late.status, 403);
  assert.match(late.text, /archivée/);
});

test('two managers change a session: both values are shown to the second', async () => {
  const [mine, his] = [await all.go(`${sessions}/mc4`), await second.go(`${sessions}/mc4`)];
  await all.press(mine, 'Enregistrer', { Période: 'été' });
  const late = await second.press(his, 'Enregistrer', { Période: 'juillet' });
  assert.equal(late.status, 422);
  assert.match(late.text, /Modifié entre-temps\. La session est maintenant : Ouverte, période « été » ; vous vouliez : Ouverte, période « juillet »/);
  assert.equal(late.value('Période'), 'juillet');
  assert.equal((await second.press(late, 'Enregistrer')).status, 200);
});

test('windows: added, changed, removed; refused with what was typed; what is odd is said', async () => {
  const page = `${sessions}/mc5`,
    add = async (fields) => all.press(await all.go(page), 'Ajouter la fenêtre', { 'Pour qui': alone, ...fields });
  for (const [fields, words] of [
    [{ Ouverture: minute(40), Clôture: minute(39) }, /La clôture vient avant l’ouverture/],
    [{ Ouverture: '', Clôture: minute(39) }, /Indiquez la date et l’heure d’ouverture/],
    [{ Ouverture: minute(40), Clôture: '14/11/2026' }, /JJ\/MM\/AAAA HH:MM/],
    [{ Ouverture: minute(40), Clôture: minute(41), Libellé: 'x'.repeat(61) }, /60 caractères/],
    [{ Ouverture: minute(40), Clôture: minute(41), 'Pour qui': '' }, /pour qui/],
  ]) {
    const refused = await add(fields);
    assert.equal(refused.status, 422, JSON.stringify(fields));
    assert.match(refused.text, words);
    for (const label of ['Ouverture', 'Clôture']) assert.equal(refused.value(label), fields[label]);
  }
  const added = await add({ Ouverture: '01/10/2095 00:00', Clôture: '11/11/2095 17:00', Libellé: 'tardives' });
  assert.equal(added.status, 200, added.text);
  assert.match(added.text, /aucune fenêtre → du 01\/10\/2095 00:00 au 11\/11\/2095 17:00/);
  assert.match(added.text, /Se ferme un jour férié \(armistice de 1918\)/);
  assert.match(added.text, /S’ouvre à minuit/);
  assert.match((await add({ Ouverture: '02/10/2095 08:00', Clôture: '03/10/2095 17:00' })).text, /Chevauche la fenêtre du 01\/10\/2095 00:00/);
  const link = added.html
    .querySelectorAll('a')
    .find((a) => /Modifier.*2095/.test(a.text))
    .getAttribute('href');
  const edit = await all.go(link);
  assert.equal(edit.value('Clôture'), '11/11/2095 17:00');
  assert.equal(edit.value('Libellé'), 'tardives');
  const changed = await all.press(edit, 'Enregistrer la fenêtre', { Clôture: '15/11/2095 17:00' });
  assert.match(changed.text, /au 11\/11\/2095 17:00 → du 01\/10\/2095 00:00 au 15\/11\/2095 17:00/);
  const late = await all.press(edit, 'Enregistrer la fenêtre', { Clôture: '14/11/2095 17:00' });
  assert.equal(late.status, 422);
  assert.match(late.text, /vous aviez sous les yeux du .* au 11\/11\/2095 17:00 ; c’est maintenant du .* au 15\/11\/2095 17:00/);
  assert.equal(late.value('Clôture'), '14/11/2095 17:00');
  const remove = buttons(changed).find((one) => /^Retirer .*15\/11\/2095/.test(one));
  assert.match((await all.press(changed, remove)).text, /au 15\/11\/2095 17:00 → aucune fenêtre/);
  assert.equal((await all.press(changed, remove)).status, 422, 'it is gone');
  assert.equal((await all.get(`${page}?fenetre=999999`)).status, 404);
  const open = buttons(await all.go(page)).find((one) => one.startsWith(`Retirer ${alone}`)),
    asked = await all.press(await all.go(page), open);
  assert.equal(asked.status, 422);
  assert.match(asked.text, /Ce qui serait fermé plus tôt/);
  assert.match(await candidate('mc5'), /Nouvelle inscription/);
  await all.press(asked, 'Confirmer');
  assert.doesNotMatch(await candidate('mc5'), /Nouvelle inscription/);
});

test("last year's calendar: previewed, the same weekdays, whole or not at all; what is there already isn't added twice", async () => {
  const made = await all.press(await all.go(sessions), 'Créer la session', { Examen: '(CAP)', Année: `${year + 1}`, Mois: 'juin', Période: 'juin' }),
    dated = `cap-${year + 1}-06`,
    count = () => Number(server.query(`SELECT count(*) FROM registration_window WHERE exam_session = (SELECT max(id) FROM exam_session)`));
  const preview = await all.go(
    made.html
      .querySelectorAll('a')
      .find((a) => a.text.includes('Aperçu'))
      .getAttribute('href'),
  );
  assert.match(preview.text, /session de juin \d+, 52 semaines plus tard/);
  assert.equal(count(), 0, 'a preview changes nothing');
  const sooner = await all.go(
    preview.html
      .querySelectorAll('a')
      .find((a) => a.text === 'Une semaine plus tôt')
      .getAttribute('href'),
  );
  assert.match(sooner.text, /51 semaines plus tard/);
  await all.press(await all.go(at), row('+ 1 jour', alone, cap));
  const late = await all.press(preview, 'Appliquer ce calendrier');
  assert.equal(late.status, 422);
  assert.match(late.text, /Modifié entre-temps — CAP/);
  const done = await all.press(late, 'Appliquer ce calendrier');
  assert.equal(done.status, 200, done.text);
  assert.equal(count(), 2);
  const weekday = (instant) =>
    new Date(instant * 1000).toLocaleString('fr-FR', { timeZone: 'Europe/Paris', weekday: 'long', hour: '2-digit', minute: '2-digit' });
  const [former, later] = [
    windows('cap'),
    server.query(`SELECT opens, closes FROM registration_window WHERE service = 'inscription'
    AND exam_session = (SELECT max(id) FROM exam_session)`),
  ].map((one) => one.split('|').map(Number));
  for (const i of [0, 1]) {
    assert.equal(weekday(later[i]), weekday(former[i]));
    assert.ok(Math.abs(later[i] - former[i] - 364 * 86400) <= 3600);
  }
  const twice = await all.go(`${sessions}/${dated}?reprise=cap-${year}-06`);
  assert.match(twice.text, /Existe déjà/);
  assert.ok(!buttons(twice).includes('Appliquer ce calendrier'));
  for (const query of ['reprise=bcp-2027-06', 'reprise=x', `reprise=cap-${year}-06&semaines=x`, `reprise=${dated}`])
    assert.equal((await all.get(`${sessions}/${dated}?${query}`)).status, 404, query);
  assert.match(trail('window.copy'), new RegExp(`^${dated} inscription`));
});

test('the picture has a band for each window of a living session, and the table says the same dates', async () => {
  const page = await all.go(sessions),
    living = Number(server.query("SELECT count(*) FROM registration_window w JOIN exam_session s ON s.id = w.exam_session WHERE s.state <> 'archived'"));
  const bands = page.html.querySelectorAll('svg rect');
  assert.equal(bands.length, living);
  const table = page.html.querySelector('table').text;
  for (const band of bands) assert.ok(table.includes(band.querySelector('title').text), band.toString());
  assert.ok(page.html.querySelector('svg desc').text.length > 20);
  assert.equal(page.html.querySelectorAll('[style], script').length, 0);
});

test('a window that somebody changes at the same moment is not written over', { skip: base !== 'pgsql' && 'one writer at a time' }, async () => {
  const page = await all.go(at),
    before = server.query('SELECT max(closes) FROM registration_window'),
    waiting = () => server.query("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%registration_window%'");
  const other = await hold(server, `BEGIN; UPDATE registration_window SET closes = ${before} + 60`),
    pressed = all.press(page, '+ 1 jour', { Examen: 'Tous les examens', 'Pour qui': 'Tous' });
  await until('the page waits for the window', () => waiting() !== '0');
  await other.release('COMMIT');
  const late = await pressed;
  assert.equal(late.status, 422, late.text);
  assert.match(late.text, /Quelqu’un d’autre vient de changer/);
  assert.equal(server.query('SELECT count(*) FROM registration_window WHERE closes <> (SELECT max(closes) FROM registration_window)'), '0');
});
