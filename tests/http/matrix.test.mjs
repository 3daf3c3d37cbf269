// SPDX-License-Identifier: Apache-2.0
//
// Every exam × every category that is open to it, from « Nouvelle inscription » to what is stored and printed. The row in
// the base, the summary, the confirmation (page and PDF) and the school's CSV say, field by field, what was typed. The
// school is of another kind in each exam: public, under contract, outside a contract, licensed for CCF or not.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { extend, yearOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { controlsOf, Decks, Person } from '../lib/person.mjs';
import { questionnaire, unitQuestions } from '../lib/product.mjs';
import { Server, top } from '../lib/server.mjs';
import { certify, login } from '../lib/walk.mjs';

/** Of each exam: the school's sector (public, under contract, outside one), and whether it is licensed for CCF. */
const exams = { bts: ['PU', 0], bcp: ['PU', 1], bp: ['PR', 1], cap: ['PR', 0], bep: ['HC', 0], mc4: ['PU', 1], mc5: ['HC', 1] };
const asksMore = ['bts', 'bp', 'cap', 'bcp'];
const decks = new Decks(2027),
  met = new Set(),
  clean = (text) => text.replace(/\s+/g, ' ').trim(),
  bare = (text) => text.normalize('NFC').replace(/\s+/g, '');
let server,
  session,
  account,
  school,
  walks = 0;

/** A file of the seeds as objects by its head. */
function seeds(file) {
  const lines = fs
    .readFileSync(path.join(top, 'seeds', file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain));
  return lines.slice(1).map((cells) => Object.fromEntries(lines[0].map((head, i) => [head, cells[i]])));
}
const categories = seeds('categories.csv'),
  units = seeds('units.csv');

const open = (exam, service) => [
  ...new Set(categories.filter((one) => one.service === service && one.exams.includes(`|${exam.toUpperCase()}|`)).map((one) => one.family)),
];

/** Whether some of the marks are given by the school: by right in a public school or one under contract, else by licence. */
const byCcf = (exam, service, family) =>
  service !== 'inscription' && exams[exam][0] !== 'HC' && (family === 'SCO' || (['APP', 'FPC'].includes(family) && exams[exam][1] === 1));

/** The row of the categories that a family is in this exam's school. */
function categoryOf(exam, service, family) {
  const of = categories.filter((one) => one.family === family);
  if (of.length === 1) return of[0].code;
  if (family === 'SCO') return { PU: '10', PR: '11', HC: '12' }[exams[exam][0]];
  return { APP: ['21', '20'], FPC: ['32', '30'] }[family][Number(byCcf(exam, service, family))];
}

/** Specialties of an exam that candidates can choose now, with and without units. */
function specialties(exam) {
  const found = server
    .query(
      `SELECT code FROM specialty WHERE exam = '${exam.toUpperCase()}'
         AND (first_session IS NULL OR first_session <= ${session}) AND (last_session IS NULL OR last_session >= ${session}) ORDER BY code`,
    )
    .split('\n');
  const loaded = new Set(units.map((one) => one.specialty));
  return { loaded: found.filter((one) => loaded.has(one)), others: found.filter((one) => !loaded.has(one)) };
}

before(async () => {
  server = await Server.start({ establishments: 4, candidates: 0 });
  session = yearOf(server);
  account = server.account('inscription-etablissement', 'open');
  const offered = Object.keys(exams)
    .flatMap((exam) => [...specialties(exam).loaded, specialties(exam).others[0]])
    .filter(Boolean);
  extend(server, account.login, { exams: Object.keys(exams), specialties: offered, families: ['SCO', 'APP', 'FPC'] });
  school = server.query(`SELECT id FROM establishment WHERE code = '${account.login}'`);
  const asked = questionnaire()
    .filter((row) => row.presence === 'parameter')
    .map((row) => row.name)
    .join(' ');
  for (const exam of asksMore) server.ctl(['parameter', 'set', 'questions', asked, '--exam', exam]);
  server.ctl(['parameter', 'set', 'centres', 'Dijon|Nevers', '--exam', 'bp']);
});
after(async () => {
  await server?.stop();
});

/** From the exam's home to the summary: what the person says to each page. */
async function walk(browser, service, exam, person) {
  let page = await browser.press(await browser.go(`/${service}/${exam}/`), 'Nouvelle inscription');
  assert.deepEqual(
    controlsOf(page)
      .find((one) => one.name === 'categorie')
      .choices.map((one) => one.value)
      .sort(),
    open(exam, service).sort(),
    'the categories that are offered',
  );
  for (let i = 0; i < 9 && page.h1 !== 'Récapitulatif'; i++) {
    const { action, fields } = browser.prepare(page, 'Suite'),
      answer = await browser.post(action, person.fill(page, fields));
    assert.equal(answer.status, 303, `${page.h1}: ${answer.errors} ${JSON.stringify([...fields])}`);
    page = await browser.go(new URL(answer.location, page.address).href);
  }
  return page;
}

const pairs = (page) => page.html.querySelectorAll('dl.answers div').map((one) => [clean(one.querySelector('dt').text), clean(one.querySelector('dd').text)]);

/** The units of a registration in the words of its confirmation, from the seeds and what was answered. */
function unitLines(person, ccf) {
  const { kept, words } = person,
    mine = units.filter((one) => one.specialty === person.specialty);
  const head = (unit) => (unit.kind.startsWith('C:') ? mine.find((one) => one.kind === unit.kind) : unit).unit;
  const ours = mine.filter((one) => {
    if (one.kind === 'F') return kept[`facultative-${one.unit}`] === 'O';
    if (one.kind === 'SE') return kept.section_europeenne === 'O';
    return one.kind === 'O' || kept[`choix-${head(one)}`] === one.unit;
  });
  const modes = {
    CCF: 'CCF',
    PONCTUEL: 'Ponctuel',
    'PONCTUEL ECRIT': 'Ponctuel écrit',
    'PONCTUEL ORAL': 'Ponctuel oral',
    'PONCTUEL PRATIQUE': 'Ponctuel pratique',
    'PONCTUEL ECRIT+ORAL': 'Ponctuel écrit et oral',
    '': '',
  };
  return ours.map((one) => {
    const at = head(one),
      shown = {
        B: `Bénéfice : ${kept[`note-${at}`]}/20, session ${kept[`session-${at}`]}`,
        D: `Dispensé : ${kept[`dispense-${at}`]}`,
        X: 'Inapte (certificat médical)',
      };
    const state = ['F', 'SE'].includes(one.kind) ? 'Inscrit' : (shown[kept[`etat-${at}`]] ?? words[`etat-${at}`]);
    const language = ['LV1', 'LV2'].includes(one.subject) ? mine.find((other) => other.subject === one.subject).unit : one.unit;
    const choice =
      one.kind === 'SE'
        ? words.section_langue
        : [words[`activite-${one.unit}`] ?? words[`langue-${language}`], words[`activite_2-${one.unit}`]].filter(Boolean).join(', ');
    return [
      one.unit,
      one.status === 'verified' ? one.label : `${one.label} *`,
      one.coefficient.replace('.', ','),
      modes[ccf ? one.mode_ccf : one.mode_other] ?? assert.fail(one.mode_other),
      state,
      choice,
    ].map(clean);
  });
}

const columns = [
  'revision',
  'state',
  'service',
  'coalesce(establishment, 0)',
  'specialty',
  'category',
  'form',
  'birth_date',
  'european',
  'ine',
  'listed_name',
  'answers',
];

function assertStored(service, exam, number, person) {
  const cells = server.query(`SELECT ${columns.join(', ')} FROM registration WHERE exam = '${exam.toUpperCase()}' AND number = ${number}`).split('|'),
    { kept } = person;
  const european = kept.section_europeenne ? String(Number(kept.section_europeenne === 'O')) : '';
  assert.deepEqual(cells.slice(0, 11), [
    '0',
    'V',
    service,
    service === 'inscription' ? '0' : school,
    person.specialty,
    categoryOf(exam, service, person.family),
    kept.forme_passage,
    kept.date_naissance,
    european,
    kept.ine ?? '',
    listed(person),
  ]);
  assert.deepEqual(JSON.parse(cells.slice(11).join('|')), Object.fromEntries(Object.entries(kept).sort()));
  met.add(`category ${cells[5]}`);
}

const listed = ({ kept }) => [`${kept.nom_naissance} -`, kept.prenom_1, kept.prenom_2].filter(Boolean).join(' ').toLocaleUpperCase('fr');

/** What stands on the confirmation: all that was answered, but for what has its own place, and for the handicap. */
function confirmed(person) {
  const elsewhere = ['categorie', 'specialite', 'classe', 'forme_passage', 'amenagement'];
  return person.controls
    .filter(({ name }) => person.kept[name] !== undefined && !elsewhere.includes(name) && !name.includes('-'))
    .map(({ name, label }) => [label, person.words[name]]);
}

function read(pdf, how) {
  const done = spawnSync('pdftotext', [how, '-', '-'], { input: pdf, encoding: 'utf8' });
  assert.deepEqual([done.status, done.stderr], [0, '']);
  return done.stdout.normalize('NFC');
}

/** A typographic hyphen is drawn as the plain one. */
const drawable = (text) => text.replaceAll('\u2011', '-');

/** What stands next to a label on the paper, whether it broke over lines or not; each of its words is where a reader sees it. */
function assertDrawn(drawn, seen, label, value) {
  const at = drawn.indexOf(bare(label));
  assert.ok(drawn.includes(bare(drawable(label + value))), `« ${label} ${value} », but ${drawn.slice(Math.max(0, at), at + 200)}`);
  for (const word of drawable(value)
    .split(/ |(?=-)/)
    .filter((one) => one && one.length < 24))
    assert.ok(seen.has(word), `${label}: « ${word} » is drawn`);
}

/** The confirmation as a page has the fields and units that it should; its PDF has each of them, and what stands above them. */
async function assertConfirmed(browser, service, exam, done, number, code, person) {
  const fields = confirmed(person),
    lines = unitLines(person, byCcf(exam, service, person.family)),
    { words } = person;
  const twin = await browser.go(`/${service}/${exam}/confirmation?numero=${number}`),
    { pdf } = await browser.get(done.link('Imprimer la confirmation'));
  assert.deepEqual(pairs(twin), fields);
  assert.deepEqual(
    twin.html.querySelectorAll('tbody tr').map((row) => row.querySelectorAll('th, td').map((one) => clean(one.text))),
    lines,
  );
  const drawn = bare(read(pdf, '-raw')),
    seen = new Set(clean(read(pdf, '-layout')).split(/ |(?=-)/));
  for (const [label, value] of fields) assertDrawn(drawn, seen, label, value);
  for (const [unit, ...line] of lines) assertDrawn(drawn, seen, unit, line.join(' '));
  for (const [label, value] of [
    ['N° d’inscription', `${number}-0`],
    ['Code personnel', code],
    ['Candidat', listed(person)],
    ['Catégorie', words.categorie],
    ['Classe', words.classe],
    ['Forme de passage', words.forme_passage],
  ])
    if (value && value !== '—') assertDrawn(drawn, seen, label, value);
  assert.ok(drawn.includes(bare(words.specialite)), words.specialite);
  assert.equal(drawn.includes(bare("Demande d'aménagement")), false, "a handicap isn't printed");
  if (service !== 'inscription') assert.ok(drawn.includes(account.login));
}

/** What this registration adds to what the matrix has met: questions answered, choices made, texts that weren't typed as they are kept. */
function note({ kept, typed, controls, specialty }) {
  const [first, second] = units.filter((one) => one.specialty === specialty && one.kind.startsWith('C:')).map((one) => one.unit);
  for (const { name, kind } of controls.filter((one) => kept[one.name] !== undefined)) {
    const of = name.split('-')[0];
    met.add(of);
    if (kind !== 'text') met.add(`${of} ${kept[name]}`);
    else if (typed[name] !== kept[name]) met.add(`${of} normalised`);
  }
  met.add(kept.pays_naissance === '99100' ? 'born in France' : 'born abroad').add(kept.pays === '99100' ? 'lives in France' : 'lives abroad');
  if (kept[`etat-${first}`] === 'B' && kept[`choix-${first}`] === second) met.add('the second alternative is kept');
}

/** « Modifier une inscription »: what stands in the controls, sent as it is, is what was answered. */
async function assertSaidAgain(browser, service, exam, number, code, person) {
  let page = await browser.press(await browser.go(`/${service}/${exam}/modification`), 'Suite', {
    "Numéro d'inscription": number,
    'Date de naissance': person.words.date_naissance,
    'Code personnel': code,
  });
  for (let i = 0; i < 9 && page.h1 !== 'Récapitulatif'; i++) {
    page = await browser.press(page, 'Suite');
    assert.equal(page.status, 200, `${page.h1}: ${page.errors}`);
  }
  assert.deepEqual(pairs(page), person.told());
  const [stored, draft] = ['registration', 'draft'].map((table) =>
    JSON.parse(server.query(`SELECT answers FROM ${table} WHERE exam = '${exam.toUpperCase()}' AND number = ${number}`)),
  );
  assert.deepEqual(draft, stored);
}

/** A registration from its first page to its paper; what the school's CSV says of it. */
async function register(browser, service, exam, family, specialty) {
  const pupils = ['SCO', 'APP', 'EADS', 'EADA'].includes(family);
  const person = new Person(decks, ++walks, { family, specialty, session, adult: !pupils, optionalMost: exam === 'bts' ? 4 : 2 });
  const summary = await walk(browser, service, exam, person);
  assert.deepEqual(pairs(summary), person.told());
  const done = await browser.press(summary, 'Valider mon inscription', certify);
  assert.equal(done.h1, 'Inscription enregistrée', done.text);
  const number = /Numéro d’inscription : (\d+)-0/.exec(done.text)[1],
    code = /Code personnel : (\S+)/.exec(done.text)[1];
  assertStored(service, exam, number, person);
  await assertConfirmed(browser, service, exam, done, number, code, person);
  await assertSaidAgain(browser, service, exam, number, code, person);
  note(person);
  return [`${number}-0`, listed(person), person.words.date_naissance, person.words.specialite, person.words.forme_passage, '', 'Valide'];
}

/** Each family with a specialty whose units are loaded, in turn; the first one also with one that has none. */
function cells(exam, service) {
  const { loaded, others } = specialties(exam),
    families = open(exam, service);
  const from = loaded.length ? loaded : others;
  return [
    ...families.map((family, i) => [family, from.at(-1 - (i % from.length))]),
    ...(loaded.length && others.length && service === 'inscription-etablissement' ? [[families[0], others[0]]] : []),
  ];
}

for (const exam of Object.keys(exams)) {
  test(`${exam}: the pupils of a school, in every category`, async () => {
    const [sector, licensed] = exams[exam];
    server.query(`UPDATE establishment SET sector = '${sector}', licensed_ccf = ${licensed} WHERE id = ${school}`);
    const browser = await login(server, 'inscription-etablissement', account),
      wanted = [];
    for (const [family, specialty] of cells(exam, 'inscription-etablissement'))
      wanted.push(await register(browser, 'inscription-etablissement', exam, family, specialty));
    const head = await login(server, 'etablissement', server.account('etablissement', 'open'));
    const rows = (await head.get(`/etablissement/${exam}/candidats.csv`)).body
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(';'));
    assert.deepEqual(rows.sort(), wanted.sort());
  });

  test(`${exam}: individuals, in every category`, async () => {
    for (const [family, specialty] of cells(exam, 'inscription')) await register(new Browser(server.url), 'inscription', exam, family, specialty);
  });
}

test('nothing is left of the drafts, and the matrix met all that it is for', () => {
  assert.equal(server.query('SELECT count(*) FROM draft WHERE number IS NULL'), '0');
  assert.equal(Number(server.query('SELECT count(*) FROM registration')), walks);
  /* whether adults are trained at CCF intégral is nothing that the base knows of a school: category 31 is the office's to give */
  const given = categories
    .map((one) => one.code)
    .filter((code) => code !== '31')
    .map((code) => `category ${code}`);
  const states = ['I', 'B', 'D', 'A', 'X', 'E', 'N'].map((state) => `etat ${state}`),
    both = ['deja_candidat', 'benefice', 'amenagement', 'section_europeenne', 'section_substitution'];
  const normalised = [
    'nom_naissance',
    'prenom_1',
    'date_naissance',
    'telephone_mobile',
    'telephone_fixe',
    'courriel',
    'ine',
    'code_postal',
    'voie',
    'note',
    'dispense',
  ].map((name) => `${name} normalised`);
  const wanted = [
    ...questionnaire().map((row) => row.name),
    ...unitQuestions().map((row) => row.name),
    ...given,
    ...states,
    ...both.flatMap((name) => [`${name} O`, `${name} N`]),
    ...normalised,
    'choix U30A',
    'choix U30B',
    'the second alternative is kept',
    'forme_passage G',
    'forme_passage P',
    'justificatif R',
    'justificatif A',
    'born in France',
    'born abroad',
    'lives in France',
    'lives abroad',
  ];
  assert.deepEqual(
    wanted.filter((one) => !met.has(one)),
    [],
  );
});
