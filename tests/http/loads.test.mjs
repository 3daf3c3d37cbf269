// SPDX-License-Identifier: Apache-2.0
//
// inscrinetctl load: files as academies have them into a base that a server runs on; previewed, whole or not at all,
// written down, undone.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { Server } from '../lib/server.mjs';
import { diplomas, latin1, table, uai, windows1252 } from '../lib/files.mjs';

let server;
before(async () => {
  server = await Server.start({ establishments: 5, candidates: 60 });
});
after(() => server.stop());

const ctl = (...args) => server.ctl(args, { status: null });
const rows = (sql) => server.query(sql);
let files = 0;
function file(bytes, name = `fichier-${++files}.csv`) {
  const at = path.join(server.state, name);
  fs.writeFileSync(at, bytes);
  return at;
}

function load(kind, bytes, ...options) {
  const done = ctl('load', kind, file(bytes), ...options, '--json');
  return { ...done, ...(done.stdout ? JSON.parse(done.stdout) : {}) };
}

function assertDone(done) {
  assert.equal(done.status, 0, done.stderr);
  return done;
}

/** What all tables that loads change hold, as one text. */
const contents = () =>
  [
    'SELECT * FROM specialty ORDER BY code',
    'SELECT * FROM training_programme ORDER BY mef',
    'SELECT * FROM establishment ORDER BY id',
    'SELECT service, login, establishment FROM account ORDER BY id',
    'SELECT * FROM establishment_exam ORDER BY establishment, exam_session',
    'SELECT * FROM establishment_offer ORDER BY establishment, exam_session, specialty',
    'SELECT * FROM exam_unit ORDER BY specialty, rank',
    'SELECT * FROM country ORDER BY code',
    'SELECT * FROM load_run ORDER BY id',
    'SELECT * FROM load_change ORDER BY run, ordinal',
    'SELECT locked, reason FROM base_lock',
  ]
    .map(rows)
    .join('\n--\n');

const unlocked = () => assert.equal(rows('SELECT locked FROM base_lock'), '0');

// ---------------------------------------------------------------- the national nomenclature

test('the national table of diplomas: the seven exams by their level, closed ones by their date, labels cleaned', () => {
  const national = diplomas(),
    renamed = "PILOTE D'INSTALLATIONS DE PRODUCTION PAR PROCEDES";
  const preview = assertDone(load('nomenclature', windows1252(table(national)), '--dry-run'));
  const before = contents();
  assert.equal(preview.applied, false);
  const told = (outcome) => preview.rows.filter((row) => row.outcome === outcome);
  assert.deepEqual(
    told('new').map((row) => row.row),
    ['CAP 22199 BOULANGER D’ESSAI', 'MC4 22196 ACCUEIL … RÉCEPTION'],
  );
  assert.deepEqual(
    told('changed').map(({ row, column, before: was, value }) => [row, column, was, value]),
    [[`BP 20101 ${renamed}, RENOMME`, 'libelle', renamed, `${renamed}, RENOMME`]],
  );
  assert.match(preview.summary, /^BTS 3, BCP 3, BP 3, CAP 4, BEP 3, MC4 4, MC5 3$/);
  assert.deepEqual(preview.counts, { new: 2, changed: 1, gone: 0, unchanged: 20, left_out: 6, refused: 0 });
  assert.ok(preview.warnings.some((one) => one.includes('Windows-1252')));

  const done = assertDone(load('nomenclature', windows1252(table(national))));
  assert.deepEqual([done.applied, done.counts], [true, preview.counts]);
  assert.notEqual(contents(), before);
  assert.equal(
    rows("SELECT exam, code5, label, nsf, letter, first_session, last_session, status FROM specialty WHERE code = '50022199'"),
    'CAP|22199|BOULANGER D’ESSAI|221|T|2027||verified',
  );
  unlocked();

  const again = assertDone(load('nomenclature', windows1252(table(national)), '--dry-run'));
  assert.deepEqual(again.counts, { new: 0, changed: 0, gone: 0, unchanged: 23, left_out: 6, refused: 0 }, 'twice changes nothing');
});

test('a sister of it blanks nothing that she lacks: fewer columns, other ones joined, UTF-8', () => {
  const columns = ['FORMATION_DIPLOME', 'NIVEAU_FORMATION_DIPLOME', 'LIBELLE_COURT', 'LIBELLE_LONG_200', 'N_NIVEAU.LIBELLE_100'];
  const before = rows('SELECT * FROM specialty ORDER BY code');
  const sister = diplomas()
    .filter((row) => !row.LIBELLE_LONG_200.startsWith('FERME'))
    .map((row) => ({ ...row, 'N_NIVEAU.LIBELLE_100': 'x' }));
  const done = assertDone(load('nomenclature', '\ufeff' + table(sister, { columns, separator: '|' })));
  assert.equal(done.counts.changed + done.counts.new, 0, JSON.stringify(done.rows));
  assert.ok(done.warnings.some((one) => one === 'Colonnes ignorées\u00a0: N_NIVEAU.LIBELLE_100.'));
  assert.equal(rows('SELECT * FROM specialty ORDER BY code'), before);
});

test('the table of training programmes, of the diplomas that the base has', () => {
  const done = assertDone(
    load(
      'nomenclature',
      table([
        {
          MEF: '2472219911',
          DISPOSITIF_FORMATION: '247',
          FORMATION_DIPLOME: '50022199',
          DUREE_DISPOSITIF: '1',
          ANNEE_DISPOSITIF: '1',
          LIBELLE_LONG: '1CAP1 ESSAI',
          MEF_STAT_11: '23110022199',
        },
        {
          MEF: '2472219912',
          DISPOSITIF_FORMATION: '247',
          FORMATION_DIPLOME: '99999999',
          DUREE_DISPOSITIF: '2',
          ANNEE_DISPOSITIF: '1',
          LIBELLE_LONG: 'AUTRE',
          MEF_STAT_11: '23110022198',
        },
      ]),
    ),
  );
  assert.deepEqual(done.counts, { new: 1, changed: 0, gone: 0, unchanged: 0, left_out: 1, refused: 0 });
  assert.equal(
    rows("SELECT mef11, label, specialty, duration, year, last_year FROM training_programme WHERE mef = '2472219911'"),
    '23110022199|1CAP1 ESSAI|50022199|1|1|1',
  );
});

// ---------------------------------------------------------------- schools

const school = {
  UAI: '0590001W',
  nature: '320',
  secteur: 'PU',
  Dénomination: "LYCEE D'ESSAI",
  patronyme: 'BREL',
  code_postal: '59000',
  commune: 'Lille',
  departement: '59',
  academie: '09',
};
school.UAI = uai('0590001');

test('establishments: the key letter is checked, new ones have their accounts, what the file lacks stays', () => {
  const wrong = load('establishments', table([{ ...school, UAI: `0590001${uai('0590002').at(-1)}` }]));
  assert.equal(wrong.status, 1);
  assert.match(wrong.stderr, /^inscrinetctl: fichier-\d+\.csv: nothing was loaded: 1 rows are refused; the first: line 2, uai: Le code UAI doit/);
  const done = assertDone(load('establishments', latin1(table([{ ...school, UAI: school.UAI.replace(/^0/, '').toLowerCase() }], { separator: '\t' }))));
  assert.equal(done.counts.new, 1);
  assert.equal(
    rows(`SELECT kind, name, sector, families, licensed_ccf, postal_code, town, department, academy FROM establishment WHERE code = '${school.UAI}'`),
    "LP|LYCEE D'ESSAI BREL|PU||SCO||0|59000|Lille|059|09",
  );
  assert.equal(
    rows(`SELECT service FROM account WHERE login = '${school.UAI}' AND password IS NULL ORDER BY service`),
    'etablissement\ninscription-etablissement',
  );
  const less = assertDone(load('establishments', table([{ uai: school.UAI, denomination: "LYCEE D'ESSAI BREL" }])));
  assert.equal(less.counts.unchanged, 1, JSON.stringify(less.rows));
});

test('offers: a file says all of a school; what it no longer names is gone, unless candidates are registered there', async () => {
  const offers = [
    { uai: school.UAI, examen: 'CAP', specialite: '22199' },
    { uai: school.UAI, examen: 'cap-2027-06', specialite: '50022138' },
  ];
  assertDone(load('offers', table(offers)));
  const here = `SELECT o.specialty FROM establishment_offer o JOIN establishment e ON e.id = o.establishment
    WHERE e.code = '${school.UAI}' ORDER BY o.specialty`;
  assert.equal(rows(here), '50022138\n50022199');
  const less = assertDone(load('offers', table(offers.slice(0, 1)), '--dry-run'));
  assert.deepEqual(less.rows, [{ outcome: 'gone', row: `${school.UAI} cap-2027-06 50022138` }]);
  assertDone(load('offers', table(offers.slice(0, 1))));
  assert.equal(rows(here), '50022199');

  const [code, session, specialty] = rows(
    `SELECT e.code, 'cap-' || s.year || '-' || substr('0' || s.month, length(s.month || '')), r.specialty
    FROM registration r JOIN establishment e ON e.id = r.establishment JOIN exam_session s ON s.id = r.exam_session
    WHERE s.exam = 'CAP' ORDER BY r.number LIMIT 1`,
  ).split('|');
  const other = rows(`SELECT code FROM specialty WHERE exam = 'CAP' AND code <> '${specialty}' AND last_session IS NULL ORDER BY code LIMIT 1`);
  const refused = load('offers', table([{ uai: code, examen: session, specialite: other }]));
  assert.equal(refused.status, 1);
  assert.ok(refused.rows.some((row) => row.outcome === 'refused' && row.row.endsWith(specialty) && /des candidats y sont inscrits/.test(row.reason)));
});

test('units and countries', () => {
  const units = [
    { specialite: '50022199', epreuve: 'EP1', unite: 'UP1', libelle: 'Pain', coefficient: '7', type: 'O', mode_ccf: 'CCF', mode_ponctuel: 'PONCTUEL PRATIQUE' },
    {
      specialite: '50022199',
      epreuve: 'EG1',
      unite: 'UG1',
      libelle: 'Français',
      coefficient: '3',
      type: 'O',
      mode_ccf: 'CCF',
      mode_ponctuel: 'PONCTUEL ECRIT',
    },
  ];
  assert.equal(assertDone(load('units', table(units))).counts.new, 2);
  const gone = assertDone(load('units', table(units.slice(0, 1))));
  assert.deepEqual([gone.counts.gone, gone.counts.unchanged], [1, 1]);
  assert.match(load('units', table([{ ...units[0], type: 'X' }])).rows[0].reason, /^Il faut O \(obligatoire\)/);
  const many = Array.from({ length: 200 }, (_, i) => ({ ...units[0], unite: `U${i}`, type: 'F', matiere: 'LVF' }));
  assert.match(load('units', table(many)).stderr, /Les épreuves de cette spécialité demandent plus de réponses/);
  const countries = assertDone(
    load(
      'countries',
      table([
        { COG: '99100', LIBCOG: 'France', codeiso2: 'FR' },
        { COG: '99998', LIBCOG: 'Pays d’essai', codeiso2: 'XE' },
      ]),
    ),
  );
  assert.deepEqual([countries.counts.unchanged, countries.counts.new], [1, 1]);
  assert.equal(rows("SELECT name, iso2, european FROM country WHERE code = '99998'"), 'Pays d’essai|XE|0');
});

test('what is loaded stands on the pages at the next request', async () => {
  const browser = new Browser(server.url);
  const step = await browser.press(await browser.go('/inscription/cap/'), 'Nouvelle inscription');
  const offered = async () => (await browser.get(step.address)).text.includes('BOULANGER D’ESSAI ENCORE');
  assert.equal(await offered(), false);
  assertDone(load('nomenclature', table(diplomas().map((row) => ({ ...row, LIBELLE_LONG_200: row.LIBELLE_LONG_200.replace('D’ESSAI', 'D’ESSAI ENCORE') })))));
  assert.equal(await offered(), true);
});

// ---------------------------------------------------------------- whole or not at all

test('one wrong row refuses the file; tolerated ones are told and written beside it', () => {
  const good = Array.from({ length: 49 }, (_, i) => ({ COG: String(99900 + i), LIBCOG: `Pays ${i}` }));
  const bad = [...good, { COG: 'X', LIBCOG: 'faux' }];
  const before = contents();
  const refused = load('countries', table(bad));
  assert.equal(refused.status, 1);
  assert.deepEqual(
    refused.rows.filter((row) => row.outcome === 'refused'),
    [{ outcome: 'refused', line: 51, column: 'code', value: 'X', reason: 'Il faut le code de l’INSEE\u00a0: cinq chiffres, par exemple 99100.' }],
  );
  assert.equal(contents(), before);
  assert.equal(load('countries', table(bad), '--tolerate', '1%').status, 1, '2 of a hundred are more than 1');
  assert.equal(contents(), before);
  const name = 'tolere.csv';
  const done = ctl('load', 'countries', file(table(bad), name), '--tolerate', '2%');
  assert.equal(done.status, 0, done.stderr);
  assert.match(done.stderr, /1 rows are refused: .*tolere\.csv\.refused\.csv/);
  const left = path.join(server.state, `${name}.refused.csv`);
  assert.equal(
    fs.readFileSync(left, 'utf8'),
    'ligne;motif;colonne;valeur\n51;"Il faut le code de l’INSEE\u00a0: cinq chiffres, par exemple 99100.";code;X\n'.replace(/"/g, ''),
  );
  assert.equal(fs.statSync(left).mode & 0o777, 0o600);
  assert.equal(rows("SELECT count(*) FROM country WHERE name LIKE 'Pays _%' AND code LIKE '999%' AND code < '99950'"), '49');
  unlocked();
});

test('a file that breaks off, repeats itself, lacks a column or is another one changes nothing, in clear words', () => {
  const before = contents();
  const says = (kind, bytes, words) => {
    const done = ctl('load', kind, file(bytes));
    assert.equal(done.status, 1, done.stdout);
    assert.match(done.stderr.trim().split('\n').at(-1), words);
    assert.equal(contents(), before);
  };
  says('countries', 'code;nom\n99001;A\n99002;"B\n', /La ligne 3 n’a pas de fin/);
  says('countries', 'code;nom\n99001;A\n99002\n', /line 3: La ligne a 1 cellules au lieu de 2/);
  says('countries', 'code;nom\n99001;A\n99001;B\n', /line 3: «\u00a099001\u00a0» se trouve déjà à la ligne 2\./);
  says('countries', 'code;libelle_court\n99001;A\n', /Il manque dans l’en-tête\u00a0: nom\./);
  says('countries', 'code;nom\n99001;A\0B\n', /line 2: La colonne «\u00a0nom\u00a0» contient/);
  says('offers', 'PK\x03\x04', /C’est un classeur ou une archive/);
  says('establishments', table([{ ...school, nature: '999' }, school]), /line 2, nature: Nature inconnue/);
  says('offers', table([{ uai: school.UAI, examen: 'BTX', specialite: '22199' }]), /line 2, examen: Il faut un examen/);
  says('offers', table([{ uai: school.UAI, examen: 'CAP', specialite: '00000' }]), /line 2, specialite: Cette spécialité n’est pas dans la base/);
  assert.equal(ctl('load', 'countries', path.join(server.state, 'nulle-part.csv')).status, 1);
  for (const words of [
    ['load'],
    ['load', 'x', 'y'],
    ['load', 'countries'],
    ['load', 'countries', 'x', '--tolerate', '101'],
    ['load', 'undo'],
    ['load', 'list', 'x'],
  ])
    assert.equal(ctl(...words).status, 2, words.join(' '));
});

test('a formula in a file for machines is a text like any other', () => {
  assertDone(load('countries', table([{ code: '99997', nom: '=SOMME(A1)' }])));
  assert.equal(rows("SELECT name FROM country WHERE code = '99997'"), '=SOMME(A1)');
});

// ---------------------------------------------------------------- the journal, undoing

test('the journal tells who loaded what, and what came of it', () => {
  const bytes = table([{ code: '99996', nom: 'Journal' }]);
  const done = assertDone(load('countries', bytes));
  const list = JSON.parse(ctl('load', 'list', '--json').stdout);
  assert.equal(list[0].run, done.run);
  assert.deepEqual(
    [list[0].kind, list[0].new, list[0].can_be_undone, list[0].sha256],
    ['countries', 1, true, crypto.createHash('sha256').update(bytes).digest('hex')],
  );
  assert.match(ctl('load', 'list').stdout, new RegExp(`^${done.run}\t\\d\\d/\\d\\d/\\d{4} \\d\\d:\\d\\d\tcountries\t`, 'm'));
  assert.match(rows("SELECT detail FROM audit_entry WHERE action = 'load.countries' ORDER BY id DESC LIMIT 1"), new RegExp(`^run ${done.run}, 1 new, `));
  assert.equal(
    rows("SELECT count(*) FROM load_change c JOIN load_run r ON r.id = c.run WHERE r.kind = 'countries'"),
    '1',
    'what earlier runs changed is forgotten',
  );
});

test('an undone run leaves rows as they were, gone ones back', () => {
  const units = (list) => table(list.map(([unite, libelle]) => ({ specialite: '50022199', epreuve: 'EP1', unite, libelle, type: 'O' })));
  assertDone(
    load(
      'units',
      units([
        ['UP1', 'Pain'],
        ['UP2', 'Viennoiserie'],
        ['UP3', 'Vente'],
      ]),
    ),
  );
  const before = rows('SELECT * FROM exam_unit ORDER BY specialty, rank');
  const done = assertDone(
    load(
      'units',
      units([
        ['UP1', 'Pain et tradition'],
        ['UP2', 'Viennoiserie'],
      ]),
    ),
  );
  assert.deepEqual([done.counts.changed, done.counts.gone], [1, 1]);
  assert.match(ctl('load', 'undo', done.run, '--dry-run').stdout, /^would put back 2 rows$/m);
  const undone = ctl('load', 'undo', done.run);
  assert.equal(undone.status, 0, undone.stderr);
  assert.equal(rows('SELECT * FROM exam_unit ORDER BY specialty, rank'), before);
  assert.match(ctl('load', 'undo', done.run).stderr, /is undone already/);
  assert.match(ctl('load', 'undo', 999).stderr, /there is no such run/);
  unlocked();
});

test('a run is not undone where rows were changed or are referred to since: the first ten are named', () => {
  const countries = Array.from({ length: 12 }, (_, i) => ({ code: String(99800 + i), nom: `Pays nouveau ${i}` }));
  const done = assertDone(load('countries', table(countries)));
  rows("UPDATE country SET name = 'Autre' WHERE code LIKE '998%' AND code <> '99998'");
  const before = contents();
  const refused = ctl('load', 'undo', done.run);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /isn't undone: 12 of its rows were changed or are referred to since: (Pays nouveau \d+;){10}…$/m);
  assert.equal(contents(), before);
  const cited = assertDone(load('establishments', table([{ ...school, UAI: uai('0590003') }])));
  assertDone(load('offers', table([{ uai: uai('0590003'), examen: 'CAP', specialite: '22199' }])));
  assert.match(ctl('load', 'undo', cited.run).stderr, /1 of its rows were changed or are referred to since: 0590003/);
});

test('what an undo needs is forgotten after thirty days', () => {
  const done = assertDone(load('countries', table([{ code: '99995', nom: 'Vieux' }])));
  rows(`UPDATE load_run SET at = at - 31 * 86400 WHERE id = ${done.run}`);
  assert.match(ctl('purge').stdout, /changes of loads older than 30 days: 1$/m);
  assert.match(ctl('load', 'undo', done.run).stderr, /too long ago/);
});

// ---------------------------------------------------------------- the lock

test('a lock that stood before stays, one of a killed command is taken over', () => {
  assert.equal(ctl('lock', '--reason', 'Travaux').status, 0);
  assertDone(load('countries', table([{ code: '99994', nom: 'Sous clé' }])));
  assert.equal(rows('SELECT locked, reason FROM base_lock'), '1|Travaux');
  assert.equal(ctl('unlock').status, 0);
  rows(`UPDATE base_lock SET locked = 1, reason = 'x', holder = 'inscrinetctl ${os.hostname()} 1 999999'`);
  const done = assertDone(load('countries', table([{ code: '99993', nom: 'Repris' }])));
  assert.match(done.stderr, /its lock is taken over/);
  unlocked();
});
