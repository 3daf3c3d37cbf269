// SPDX-License-Identifier: Apache-2.0
//
// Candidates of past sessions: loaded from our own unloads or a CSV like them; one who comes back and proves that it is
// he begins with his data, his kept marks proposed, and nobody else does.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { byIne, byNumber, loadPrevious, returning } from '../lib/previous.mjs';
import { Server } from '../lib/server.mjs';
import { exportOf, pupil, schoolYear } from '../lib/siecle.mjs';
import { certify, individual, loginPupils, registerAlone, walkOn } from '../lib/walk.mjs';

const home = '/inscription/cap/',
  at = `${home}retrouver`,
  this_ = schoolYear() + 1,
  last = `${this_ - 1}-06`;
let server, specialty, units, general;

const person = (number, more) => returning(number, { session: last, specialite: specialty, ...more });
const load = (rows, options) => loadPrevious(server, rows, options);
const count = (table) => Number(server.query(`SELECT count(*) FROM ${table}`));
const unit = (number, code, more) => ({ examen: 'CAP', session: last, numero: number, unite: code, note: '', ...more });
const draftOf = () => JSON.parse(server.query('SELECT answers FROM draft ORDER BY id DESC LIMIT 1'));
const failures = () => Number(server.query("SELECT count(*) FROM audit_entry WHERE action = 'proof.failed'"));
const forget = (...tables) => tables.forEach((table) => server.query(`DELETE FROM ${table}`));
/* Each by a browser of its own, that nobody has counted anything of. */
const find = async (given, browser = new Browser(server.url)) => {
  forget('throttle', 'throttle_try');
  browser.page = await browser.go(at);
  const answer = await browser.submit(browser.page, 'Suite', given);
  return { browser, answer, page: answer.status === 303 ? await browser.go(new URL(answer.location, server.url).href) : answer };
};
const empty = () => forget('past_mark', 'past_candidate', 'load_change');

before(async () => {
  server = await Server.start({ candidates: 300 });
  specialty = server.query(`SELECT min(u.specialty) FROM exam_unit u JOIN specialty s ON s.code = u.specialty
    WHERE s.exam = 'CAP' AND s.last_session IS NULL AND u.kind = 'O' AND u.subject = 'GENERAL'`);
  const of = (where) => server.query(`SELECT unit FROM exam_unit WHERE specialty = '${specialty}' AND kind = 'O' AND ${where} ORDER BY rank`).split('\n');
  units = of('subject IS NULL');
  general = of("subject = 'GENERAL'");
});
after(async () => {
  await server?.stop();
});
beforeEach(() => empty());

test('our own unload of an earlier session is taken as it is: candidates, what they keep, their codes', async () => {
  const folder = path.join(server.state, 'unload'),
    whole = path.join(server.state, 'whole');
  server.ctl(['unload', 'candidates', folder]);
  server.ctl(['unload', 'all', whole]);
  const file = (name, from = folder) => {
    const to = path.join(from, name);
    fs.writeFileSync(to, fs.readFileSync(to, 'utf8').replaceAll(`;${this_}-`, `;${this_ - 1}-`));
    return to;
  };
  const valid = Number(server.query("SELECT count(*) FROM registration WHERE state = 'V'")),
    all = count('registration');
  const told = server.ctl(['load', 'previous', file('candidates.csv'), file('candidate_units.csv'), file('candidates_secrets.csv', whole)]);
  assert.match(told.stdout, new RegExp(`previous: ${valid} new, 0 changed, 0 gone, 0 unchanged, ${all - valid} left out, 0 refused; loaded as run`));
  assert.match(told.stdout, /previous_units: \d+ new, .* 0 refused/);
  assert.match(told.stdout, new RegExp(`previous_codes: 0 new, ${valid} changed`));
  assert.equal(count('past_candidate'), valid);
  const rows = fs.readFileSync(path.join(folder, 'candidate_units.csv'), 'utf8').split('\r\n');
  const kept = rows.filter((row) => /^[A-Z0-9]+;[^;]+;\d+;\d+;[^;]+;[^;]*;B;/.test(row)).length;
  assert.ok(kept > 0);
  assert.equal(Number(server.query("SELECT count(*) FROM past_mark WHERE state = 'B'")), kept);
  assert.match(server.ctl(['load', 'previous', path.join(folder, 'candidates.csv')]).stdout, new RegExp(`0 new, 0 changed, 0 gone, ${valid} unchanged`));
  const [exam, number, birth, code, name] = server
    .query(
      `SELECT r.exam, r.number, r.birth_date, r.code, r.listed_name FROM registration r
       WHERE r.exam = 'CAP' AND r.state = 'V' ORDER BY r.number LIMIT 1`,
    )
    .split('|');
  const browser = new Browser(server.url);
  const page = await browser.press(await browser.go(`/inscription/${exam.toLowerCase()}/retrouver`), 'Suite', {
    'Date de naissance': birth.split('-').reverse().join('/'),
    'N° de candidat de la session précédente': `${number}-0`,
    'Code personnel': `${code.slice(0, 4).toLowerCase()} ${code.slice(4)}`,
  });
  assert.match(page.address, /candidature\/candidature\?dossier=\d+/, page.errors?.join());
  assert.ok(name.startsWith(draftOf().nom_naissance.toUpperCase()));
});

test('who comes back and proves it begins with his data; he confirms his marks and registers', async () => {
  const one = person(11);
  load([one]);
  load([unit(11, units[0], { note: '12,5' }), unit(11, general[0], { etat: 'D', dispense: 'Baccalauréat 2010' })]);
  load([{ examen: 'CAP', numero: 11, code_personnel: 'ABCD2345' }], { name: 'codes.csv' });
  assert.ok((await new Browser(server.url).go(home)).link('Retrouver mes informations').endsWith(at));
  for (const given of [byNumber('11-0', 'abcd 2345'), byIne(one), { ...byNumber(11, 'ABCD-2345'), INE: one.ine.toLowerCase() }]) {
    const { page, answer, browser } = await find(given);
    assert.match(page.address, /candidature\/candidature\?dossier=\d+/, answer.errors?.join());
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.deepEqual(draftOf(), {
      specialite: specialty,
      civilite: 'F',
      nom_naissance: one.nom_naissance,
      prenom_1: 'Œlia',
      prenom_2: 'Thị Hồng',
      date_naissance: '1990-07-07',
      pays_naissance: '99100',
      departement_naissance: '059',
      commune_naissance: 'Lille',
      nationalite: '99100',
      ine: one.ine,
      voie: '11 allée Cachée',
      complement_adresse: '2e étage',
      code_postal: '59000',
      commune: 'Lille',
      pays: '99100',
      telephone_mobile: '+33639981234',
      courriel: 'revenante@example.org',
      deja_candidat: 'O',
      ancien_numero: '11',
      ancienne_session: String(this_ - 1),
      benefice: 'O',
      [`etat-${units[0]}`]: 'B',
      [`note-${units[0]}`]: '12,50',
      [`session-${units[0]}`]: String(this_ - 1),
      [`justificatif-${units[0]}`]: 'R',
      [`etat-${general[0]}`]: 'D',
      [`dispense-${general[0]}`]: 'Baccalauréat 2010',
    });
    const seen = {};
    const summary = await walkOn(
      browser,
      page,
      { 'Catégorie du candidat': 'Individuel (candidat libre)', "Demande d'aménagement d'épreuves (handicap)": 'NON' },
      (step) => {
        if (/epreuves/.test(step.address)) seen.state = step.html.querySelector(`[name="etat-${units[0]}"] option[selected]`).text.trim();
        if (/options|choix/.test(step.address)) seen.mark = step.html.querySelector(`[name="note-${units[0]}"]`).getAttribute('value');
      },
    );
    assert.equal(seen.state, 'Bénéfice', 'proposed where it is asked');
    assert.match(summary.text, /11 allée Cachée/);
    assert.match(summary.text, /12,50/);
    if (given.INE === one.ine) {
      const done = await browser.press(summary, 'Valider mon inscription', certify);
      assert.equal(done.h1, 'Inscription enregistrée');
      const number = /(\d+)-0/.exec(done.text)[1],
        row = () => server.query(`SELECT revision, answers FROM registration WHERE exam = 'CAP' AND number = ${number}`),
        was = row();
      assert.match(was, /12,50/);
      load([person(11, { nom_naissance: 'Changée', voie: '1 rue Autre' })]);
      assert.equal(row(), was, 'whoever has registered is never changed');
      load([one]);
    }
  }
});

test('marks that no longer hold, or never did, are not proposed', async () => {
  load([
    person(1),
    person(2, { specialite: server.query(`SELECT max(code) FROM specialty WHERE exam = 'CAP' AND code <> '${specialty}' AND last_session IS NULL`) }),
  ]);
  const wrong = [
    { note: '9,99' },
    { note: '15', session_obtention: String(this_ - 6) },
    { note: '15', session_obtention: String(this_) },
    { note: '15', etat: 'N' },
    { etat: 'D', dispense: 'Bac' } /* of a professional unit */,
    { note: '15', unite: 'U999' },
  ];
  for (const more of wrong) {
    load([unit(1, units[0], more)]);
    await find(byIne(person(1)));
    assert.deepEqual(
      Object.keys(draftOf()).filter((name) => /^(etat|note|session|dispense|benefice)/.test(name)),
      [],
      JSON.stringify(more),
    );
    server.query('DELETE FROM past_mark');
  }
  for (const [more, there] of [
    [{ note: '10' }, '10,00'],
    [{ note: '15.5', session_obtention: String(this_ - 5) }, '15,50'],
    [{ note: '15', session_obtention: String(this_ - 7), justificatif: 'A' }, '15,00'],
  ]) {
    load([unit(1, units[0], more)]);
    await find(byIne(person(1)));
    assert.equal(draftOf()[`note-${units[0]}`], there, JSON.stringify(more));
    server.query('DELETE FROM past_mark');
  }
  load([unit(2, units[0], { note: '15' })]);
  await find(byIne(person(2)));
  assert.equal(draftOf()[`note-${units[0]}`], undefined, 'a unit of that name of another specialty');
});

test('nothing is found by name, nor by anything less than a proof; each try that fails is counted, and says the same', async () => {
  const one = person(11),
    other = person(12, { date_naissance: '1991-01-01' });
  load([one, other, person(13, { ine: '' })]);
  load(
    [
      { examen: 'CAP', session: last, numero: 11, code_personnel: 'ABCD2345' },
      { examen: 'CAP', session: last, numero: 12, code_personnel: 'WXYZ6789' },
    ],
    { name: 'codes.csv' },
  );
  const drafts = count('draft'),
    before_ = failures();
  const wrong = [
    byNumber(11, 'ABCD2346'),
    byNumber(12, 'ABCD2345'),
    byNumber(11, 'WXYZ6789'),
    byNumber(13, 'ABCD2345'),
    byNumber(99, 'ABCD2345'),
    byNumber('é', 'ABCD2345'),
    byNumber(11, 'x'),
    { ...byNumber(11, 'ABCD2345'), 'Date de naissance': '8/7/1990' },
    { ...byNumber(11, 'ABCD2345'), INE: other.ine },
    { ...byNumber(12, 'ABCD2345'), INE: one.ine },
    { ...byIne(one), 'Code personnel': 'WXYZ6789' },
    { ...byIne(one), 'Date de naissance': '1/1/1991' },
    byIne(other),
    { ...byIne(one), INE: '120000099AB' },
    { ...byIne(one), INE: 'x' },
  ];
  for (const given of wrong) {
    const { answer } = await find(given);
    assert.equal(answer.status, 422, JSON.stringify(given));
    assert.deepEqual(answer.errors, [
      'Aucun candidat d’une session précédente ne correspond à ce que vous avez saisi : vérifiez-le, ou commencez une nouvelle inscription.',
    ]);
    assert.ok(!/Revenante|Cachée/.test(answer.body));
  }
  assert.equal(failures(), before_ + wrong.length);
  for (const [given, ...errors] of [
    [{}, /date/, /Donnez votre INE, ou votre numéro de candidat et votre code personnel/],
    [{ 'Date de naissance': '7/7/1990' }, /Donnez votre INE/],
    [{ 'Date de naissance': '7/7/1990', 'Code personnel': 'ABCD2345' }, /numéro/],
    [{ 'Date de naissance': '7/7/1990', 'N° de candidat de la session précédente': '11' }, /code personnel/i],
  ]) {
    const { answer } = await find(given);
    assert.equal(answer.errors.length, errors.length, answer.errors.join());
    errors.forEach((error, i) => assert.match(answer.errors[i], error));
  }
  assert.equal(failures(), before_ + wrong.length, 'what is left empty is no try');
  const browser = new Browser(server.url),
    { action, fields } = browser.prepare(await browser.go(at), 'Suite', { 'Date de naissance': '7/7/1990' });
  const named = await browser.post(action, new Map([...fields, ['nom_naissance', one.nom_naissance], ['prenom_1', one.prenom_1]]));
  assert.equal(named.status, 422);
  assert.equal(count('draft'), drafts);
});

test('those of this session, of another exam, or who left no trace are not found', async () => {
  const one = person(11);
  for (const more of [{ session: `${this_}-06` }, { examen: 'BP', specialite: '' }]) {
    load([person(11, more)]);
    assert.equal((await find(byIne(one))).answer.status, 422);
    empty();
  }
  load([person(11, { etat: 'A' })]);
  assert.equal(count('past_candidate'), 0, 'a cancelled one');
  assert.ok(!(await new Browser(server.url).go(home)).text.includes('Retrouver mes informations'));
  load([person(11, { session: `${this_ - 1}` })]);
  assert.equal(server.query('SELECT session FROM past_candidate'), last, 'a year alone is its June');
  assert.equal((await find(byIne(one))).answer.status, 303);
});

test('in a school: the code of his slip, or his INE, adds what is known of then; his name alone never does', async () => {
  const school = server.account('etablissement', 'open').login,
    code = server.query(`SELECT min(o.specialty) FROM establishment_offer o JOIN establishment e ON e.id = o.establishment
      JOIN exam_session s ON s.id = o.exam_session WHERE e.code = '${school}' AND s.exam = 'BCP' AND s.main = 1`),
    expected = pupil(3),
    file = path.join(server.state, 'eleves.xml');
  fs.writeFileSync(file, exportOf(school, [expected]));
  server.ctl(['load', 'pupils', file]);
  server.query("INSERT INTO pupil_code (establishment, year, key, code) SELECT establishment, year, key, 'ABCD2345' FROM pupil");
  load([
    person(21, {
      examen: 'BCP',
      specialite: code,
      nom_naissance: expected.nom,
      prenom_1: 'Autrefois',
      date_naissance: expected.naissance,
      ine: expected.ine,
      courriel: 'alors@example.org',
    }),
  ]);
  const names = { 'Nom de naissance': expected.nom, 'Prénom 1': expected.prenom, 'Date de naissance': expected.naissance };
  const ask = async (more) => {
    const pupils = await loginPupils(server);
    return pupils.submit(await pupils.go('/inscription-etablissement/bcp/eleve'), 'Suite', { ...names, ...more });
  };
  assert.equal((await ask({})).status, 303);
  assert.equal(draftOf().courriel, undefined);
  assert.equal(draftOf().deja_candidat, undefined);
  for (const proof of [{ "Code de l'élève": 'ABCD2345' }, { INE: expected.ine }]) {
    assert.equal((await ask(proof)).status, 303);
    const draft = draftOf();
    assert.equal(draft.courriel, 'alors@example.org', 'what his school knows nothing of');
    assert.equal(draft.prenom_1, expected.prenom, 'as his school has it today');
    assert.equal(draft.voie, '3 rue Secrète');
    assert.equal(draft.complement_adresse, undefined, 'an address is taken as a whole');
    assert.equal(draft.ancien_numero, '21');
  }
  assert.equal((await ask({ "Code de l'élève": 'ABCD2346', INE: expected.ine })).status, 422);
  assert.equal((await ask({ INE: expected.ine, 'N° de candidat de la session précédente': '22' })).status, 422);
  const others = await loginPupils(server, 1);
  const elsewhere = await others.submit(await others.go('/inscription-etablissement/bcp/eleve'), 'Suite', { ...names, INE: expected.ine });
  assert.equal(elsewhere.status, 303, 'who has changed school proves himself there as well');
  assert.equal(draftOf().classe, undefined, 'and finds nothing of what the other school expects');
  assert.equal(draftOf().voie, '21 allée Cachée');
  forget('pupil_private', 'pupil_code', 'pupil');
});

test('what is found is no more than proposed: nobody else sees it, and no registration is touched', async () => {
  load([person(11)]);
  const registered = () => server.query('SELECT exam, number, revision, answers FROM registration ORDER BY exam, number'),
    was = registered();
  const { page } = await find(byIne(person(11)));
  const stranger = new Browser(server.url);
  assert.equal((await stranger.get(page.address)).status, 303, 'led to where he proves himself');
  assert.ok(!/Cachée|Revenante/.test((await stranger.go(home)).body));
  assert.equal(registered(), was);
});

test('the closed, the locked and the archived find nobody', async () => {
  load([person(11)]);
  server.ctl(['lock', '--reason', 'Essai']);
  const browser = new Browser(server.url);
  const locked = await browser.submit(await browser.go(at), 'Suite', byIne(person(11)));
  assert.equal(locked.status, 503);
  server.ctl(['unlock']);
});

test('a preview changes nothing; what is refused is told by line and column; undoing puts all of it back', () => {
  const rows = [
    person(11),
    person(12, { prenom_1: '' }),
    person(13, { examen: 'ZZZ' }),
    person(14, { session: 'été' }),
    person(15, { numero: '?' }),
    person(11),
  ];
  const refused = load(rows, { status: 1, options: ['--dry-run', '--json'] });
  assert.equal(count('past_candidate'), 0);
  const told = JSON.parse(refused.stdout);
  assert.deepEqual(
    told.rows.filter((row) => row.outcome === 'refused').map((row) => [row.line, row.column ?? null]),
    [
      [3, 'prenom_1'],
      [4, 'examen'],
      [5, 'session'],
      [6, 'numero'],
      [7, null],
    ],
  );
  assert.match(load(rows, { options: ['--tolerate', '90%'] }).stdout, /1 new, 0 changed, 0 gone, 0 unchanged, 0 left out, 5 refused/);
  load([unit(11, units[0], { note: '12' })], { name: 'notes.csv' });
  const changed = JSON.parse(load([person(11, { voie: '9 rue Neuve', ine: '' })], { options: ['--dry-run', '--json'] }).stdout);
  assert.deepEqual(
    changed.rows.map((row) => [row.column, row.before, row.value]),
    [['voie', '11 allée Cachée', '9 rue Neuve']],
    'by the names of answers; an INE is not taken away by an empty one',
  );
  const { voie, complement_adresse, ...less } = person(11);
  assert.match(load([less]).stdout, /1 unchanged/, 'what a file has no column for stays');
  assert.ok(voie && complement_adresse);
  const run = (kind) => server.query(`SELECT max(id) FROM load_run WHERE kind = '${kind}' AND added > 0 AND undone IS NULL`);
  assert.match(server.ctl(['load', 'undo', run('previous')], { status: 1 }).stderr, /1 of its rows were changed or are referred to/);
  server.ctl(['load', 'undo', run('previous_units')]);
  server.ctl(['load', 'undo', run('previous')]);
  assert.equal(count('past_candidate') + count('past_mark'), 0);
});

test('retention: pupils and past candidates of bygone years go, with what undoing would bring back; this year’s stay', () => {
  const school = server.account('etablissement', 'open').login,
    year = Number(new Date().toLocaleDateString('sv', { timeZone: 'Europe/Paris' }).slice(0, 4)),
    file = path.join(server.state, 'eleves.xml');
  const expect = (of) => {
    fs.writeFileSync(file, exportOf(school, [pupil(of)], { year: of - 1 }));
    server.ctl(['load', 'pupils', file]);
  };
  expect(year - 1);
  server.query("INSERT INTO pupil_code (establishment, year, key, code) SELECT establishment, year, key, 'ABCD2345' FROM pupil");
  expect(year);
  server.ctl(['parameter', 'set', 'anciens_candidats_ans', '3']);
  load([person(11, { session: `${year - 3}-11` }), person(12, { session: `${year - 1}-06` })]);
  load([unit(11, units[0], { session: `${year - 3}-11`, note: '12' })]);
  server.ctl(['parameter', 'set', 'anciens_candidats_ans', '1']);
  assert.match(server.ctl(['purge', '--dry-run']).stdout, /would go: pupils and past candidates of bygone years: 2\n/);
  assert.match(server.ctl(['purge']).stdout, /^pupils and past candidates of bygone years: 2$/m);
  assert.equal(server.query('SELECT year FROM pupil'), String(year));
  assert.equal(count('pupil_private'), 1);
  assert.equal(count('pupil_code'), 0);
  assert.equal(server.query('SELECT number FROM past_candidate'), '12');
  assert.equal(count('past_mark'), 0);
  assert.equal(Number(server.query(`SELECT count(*) FROM load_change WHERE changes LIKE '%${year - 1},"%'`)), 0, "a bygone pupil's undoing");
  assert.equal(Number(server.query(`SELECT count(*) FROM load_change WHERE changes LIKE '%"${year - 3}-11"%'`)), 0);
  assert.match(server.ctl(['purge']).stdout, /^pupils and past candidates of bygone years: 0$/m);
  const old = load([person(11, { session: `${year - 3}-11` })]);
  assert.match(old.stdout, /1 left out, 0 refused/, 'what would go tonight is not taken');
  assert.match(old.stdout, /anciens_candidats_ans/);
  forget('pupil_private', 'pupil_code', 'pupil');
});

test('too many tries are stopped, for a while', async () => {
  const own = await Server.start({ candidates: 20 });
  try {
    loadPrevious(own, [person(11)]);
    const browser = new Browser(own.url);
    let answer;
    for (let i = 0; i < 40 && answer?.status !== 429; i++) answer = await browser.submit(await browser.go(at), 'Suite', byIne(person(12)));
    assert.equal(answer.status, 429);
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
    assert.equal((await browser.submit(await browser.go(at), 'Suite', byIne(person(11)))).status, 429, 'nor is the right one looked at');
  } finally {
    await own.stop();
  }
});
