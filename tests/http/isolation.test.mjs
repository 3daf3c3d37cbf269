// SPDX-License-Identifier: Apache-2.0
//
// A school can never see or change another's candidates: every row of the table of addresses that takes an object (a
// number, a paper, a specialty, a change, a draft, a delegate …) is given another school's. The answer is the one that
// an object gets that doesn't exist, nothing of the base changes, nobody's name is told. A row of which `objects` says
// neither what it takes nor why it takes nothing fails.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { extend, optionOf } from '../lib/academy.mjs';
import { Server, top } from '../lib/server.mjs';
import { loginHead, loginPupils, certify, pupil, walkOn } from '../lib/walk.mjs';

let server, head, pupils, mine, theirs, absent;
const rows = (await Server.routes()).filter((row) => ['etablissement', 'inscription-etablissement'].includes(row.service));
/* of the other school's candidates; no try ever sends one of these */
const secrets = [
  'ZZYXOBERON - QUITTERIANE',
  'ZZYXTITANIA - QUITTERIANE',
  'ZZYXPUCK - QUITTERIANE',
  'ZZYXDRAFT',
  'Quitteriane',
  'QUITTERIANE',
  'venelle des Korrigans',
  'quitteriane@example.org',
];

/** One of the other school's pupils, with what only he knows. */
async function register(browser, name) {
  const given = {
    ...Object.assign({}, ...Object.values(pupil)),
    Spécialité: optionOf(theirs.specialty),
    'Nom de naissance': name,
    'Prénom 1': 'Quitteriane',
    'N° et voie': '3 venelle des Korrigans',
    'Adresse électronique': 'quitteriane@example.org',
    'Vous présentez-vous en section européenne ?': 'NON',
  };
  const summary = await walkOn(browser, await browser.press(await browser.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription'), given);
  const done = await browser.press(summary, 'Valider mon inscription', certify);
  return { number: /Numéro d.inscription : (\d+)-0/.exec(done.text)[1], code: /Code personnel : (\S+)/.exec(done.text)[1] };
}

/** What the other school does, so that there is one of everything that can be named. */
async function populate() {
  const id = (which) => server.query(`SELECT id FROM establishment WHERE code = '${server.account('etablissement', 'open', which).login}'`);
  const code = server.account('etablissement', 'open', 1).login;
  theirs = {
    school: code,
    specialty: server.query(`SELECT min(code) FROM specialty WHERE exam = 'BCP' AND last_session IS NULL
        AND code NOT IN (SELECT specialty FROM exam_unit)
        AND code NOT IN (SELECT specialty FROM establishment_offer WHERE establishment = ${id(0)})
        AND code NOT IN (SELECT specialty FROM registration WHERE establishment = ${id(0)})`),
  };
  server.query(`DELETE FROM registration WHERE establishment = ${id(1)}`);
  extend(server, code, { exams: ['bp'], specialties: [theirs.specialty] });
  const other = await loginHead(server, 1),
    candidates = await loginPupils(server, 1);
  const cancelled = await register(candidates, 'Zzyxtitania'),
    returned = await register(candidates, 'Zzyxpuck');
  Object.assign(theirs, await register(candidates, 'Zzyxoberon'), {
    cancelled: cancelled.number,
    returned: returned.number,
    born: '07/07/2008',
    name: 'zzyxoberon',
  });
  const draft = await walkTo(candidates),
    saved = await candidates.press(draft, 'Enregistrer et quitter', { 'Nom de naissance': 'Zzyxdraft', 'Prénom 1': 'Quitteriane' });
  theirs.resume = /Code de reprise : (\S+)/.exec(saved.text)[1];
  theirs.ordinal = /dossier=(\d+)/.exec((await candidates.press(await candidates.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription')).address)[1];
  const tick = async (at, button, value) => {
    const { action, fields } = other.prepare(await other.go(at), button);
    return other.post(action, [...fields, ['candidat', value]]);
  };
  const validation = await other.go('/etablissement/bcp/validation');
  theirs.states = validation.html.querySelector('input[name=etats]').getAttribute('value');
  theirs.change = /changement=(\d+)/.exec((await tick('/etablissement/bcp/validation', 'Valider', theirs.cancelled)).location)[1];
  assert.equal((await tick('/etablissement/bcp/retours', 'Noter comme rendues', `${theirs.returned}-0`)).status, 303);
  const printed = await other.submit(await other.go('/etablissement/bcp/confirmations'), 'Imprimer', {
    'Liste des spécialités': optionOf(theirs.specialty),
    'Seulement celles jamais imprimées ou modifiées depuis': true,
  });
  theirs.printing = /impression=(\d+)/.exec(printed.location)[1];
  theirs.modifying = /dossier=(\d+)/.exec(
    (await other.press(await other.go(`/etablissement/bcp/candidat?numero=${theirs.number}`), 'Modifier cette inscription')).address,
  )[1];
  theirs.seal = (await other.go(`/etablissement/bcp/nouveau-code?numero=${theirs.number}`)).html.querySelector('input[name=ancien]').getAttribute('value');
  assert.match((await other.press(await other.go('/etablissement/delegues'), 'Ajouter', { 'Nom du délégué': 'Obéron', Droits: 'Tout' })).text, /OBERON créé/);
  theirs.delegate = `${code}.OBERON`;
}

async function walkTo(browser) {
  const page = await browser.press(await browser.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription');
  return browser.press(page, 'Suite', { 'Catégorie du candidat': 'Scolaire', Spécialité: optionOf(theirs.specialty) });
}

before(async () => {
  server = await Server.start({ candidates: 60 });
  server.ctl(['parameter', 'set', 'modification_par_etablissement', 'O']);
  await populate();
  head = await loginHead(server);
  pupils = await loginPupils(server);
  mine = {
    number: server.query(
      `SELECT min(number) FROM registration WHERE exam = 'BCP' AND state = 'V'
       AND establishment = (SELECT id FROM establishment WHERE code = '${server.account('etablissement', 'open').login}')`,
    ),
  };
  absent = {
    ...theirs,
    number: '999999',
    cancelled: '999998',
    returned: '999997',
    specialty: '99999999',
    change: '999999',
    printing: '12345',
    delegate: `${theirs.school}.NEMO`,
    resume: 'ABCD-2345',
    code: 'ABCD-2345',
    ordinal: '9999',
    modifying: '9999',
    name: 'zzyxnemo',
  };
});
after(async () => {
  await server?.stop();
});

const search = (of) => [of.number, `${of.number}-0`, of.name, `${of.name} quitteriane`].map((text) => ['GET', { recherche: text }, 200]);
const places = (of) =>
  [of.number, of.cancelled].flatMap((number) => [
    ['GET', { apres: number }],
    ['GET', { apres: number, lignes: 'toutes' }],
  ]);
const lists = (of) => [
  ...search(of),
  ...places(of),
  ['GET', { liste: 'specialite', specialite: of.specialty }],
  ['GET', { liste: 'specialites', apres: of.number }],
  ['GET', { liste: 'passage', apres: of.number }],
];
const known = (of) => [of.number, `${of.number}-0`, of.cancelled].map((number) => ['GET', { numero: number }]);
const proofs = (of) => [
  ['POST', { numero: of.number, date_naissance: of.born, code: of.code }, 422],
  ['POST', { numero: `${of.number}-0`, date_naissance: of.born, code: of.code }, 422],
];
const ticks = (of, more) =>
  [[of], [mine.number, of], [of, mine.number]].map((numbers) => ['POST', [...numbers.map((number) => ['candidat', number]), ...more]]);

const written = (dossier) => [
  ['GET', { dossier }],
  ...[{ action: 'suite' }, { nom_naissance: 'Autre', action: 'suite' }, { certifie: 'O' }].map((fields) => ['POST', fields, 404, { dossier }]),
];

/** Of each row, what is tried with the objects `of`: [method, parameters or fields, status (404 unless given)]; or why it takes none. */
const objects = {
  'etablissement connexion': 'a login names an account, whose password decides',
  'etablissement quitter': 'ends the session that asks',
  'etablissement ': "lists the session's own exams",
  'etablissement mot-de-passe': "the account is the session's",
  'etablissement mot-de-passe-inscription': "the account is that of the session's school",
  'etablissement delegues': (of) => [
    ['POST', { reinitialiser: of.delegate }],
    ['POST', { retirer: of.delegate }],
    ['POST', { retirer: of.school }],
  ],
  'etablissement EXAM/': "figures of the session's school",
  'etablissement EXAM/service-inscription': "opens and closes that of the session's school",
  'etablissement EXAM/section-europeenne': "answers for the session's school",
  'etablissement EXAM/candidats': lists,
  'etablissement EXAM/candidats.csv': (of) => [
    ...search(of),
    ['GET', { liste: 'specialite', specialite: of.specialty }],
    ['GET', { liste: 'specialite', specialite: of.specialty, pour: 'excel' }],
  ],
  'etablissement EXAM/candidats.pdf': (of) => [...search(of), ['GET', { liste: 'specialite', specialite: of.specialty }]],
  'etablissement EXAM/bordereau.pdf': (of) => [['GET', { specialite: of.specialty }]],
  'etablissement EXAM/candidat': (of) => [
    ...known(of),
    ['POST', { action: 'modifier' }, 404, { numero: of.number }],
    ['POST', { numeros: of.number, action: 'modifier' }],
    ['POST', { numeros: mine.number, action: 'modifier' }, 404, { numero: of.number }],
  ],
  'etablissement EXAM/candidature/STEP': (of) => [of.modifying, of.ordinal].flatMap(written),
  'etablissement EXAM/nouveau-code': (of) => [
    ...known(of),
    ...[of.number, of.cancelled].map((number) => ['POST', { ancien: theirs.seal }, 404, { numero: number }]),
  ],
  'etablissement EXAM/validation': (of) => [
    ...search(of),
    ...places(of),
    ['GET', { changement: of.change }],
    ['POST', { defaire: of.change }],
    ['POST', { defaire: of.change, candidat: mine.number }],
    ...[of.number, of.cancelled].flatMap((number) => ticks(number, [])),
    ['POST', { candidat: of.number, etats: theirs.states }, 422],
  ],
  'etablissement EXAM/retours': (of) => [
    ...search(of),
    ...places(of),
    ['GET', { liste: 'rendues', apres: of.returned }],
    ['GET', { liste: 'rendues', recherche: of.returned }, 200],
    ...[`BCP ${of.number}-0`, `${of.number}-0`, `${of.returned}-0`, `${of.cancelled}-0`].map((paper) => ['POST', { confirmation: paper }, 422]),
    ...['rendre', 'retirer'].flatMap((action) => [of.number, of.returned].flatMap((number) => ticks(`${number}-0`, [['action', action]]))),
  ],
  'etablissement EXAM/retours.csv': (of) => [...search(of), ['GET', { liste: 'rendues', recherche: of.returned }, 200]],
  'etablissement EXAM/retours.pdf': (of) => [...search(of), ['GET', { liste: 'rendues', recherche: of.returned }, 200]],
  'etablissement fiches-connexion': "the password is that of the session's school",
  'etablissement EXAM/effectifs': (of) => [['POST', { [`effectif_${of.specialty}`]: '24' }, 422]],
  'etablissement EXAM/confirmations': (of) => [
    ['POST', { specialite: of.specialty, action: 'imprimer' }, 422],
    ['POST', { specialite: of.specialty, changees: 'O', action: 'imprimer' }, 422],
    ...[of.number, `${of.number}-0`, of.cancelled, `${mine.number}, ${of.number}`].map((numbers) => ['POST', { numeros: numbers, action: 'imprimer' }, 422]),
  ],
  'etablissement EXAM/confirmations.pdf': (of) => [
    ...known(of),
    ['GET', { specialite: of.specialty }],
    ['GET', { specialite: of.specialty, changees: 'O' }],
    ['GET', { specialite: of.specialty, impression: of.printing }],
    ['GET', { specialite: 'toutes', impression: of.printing }],
    ['GET', { specialite: of.specialty, numero: of.number }],
    ['GET', { specialite: 'toutes', numero: of.number }],
    ['GET', { numero: `${mine.number},${of.number}` }, 200],
  ],
  'etablissement EXAM/confirmation': known,
  'etablissement EXAM/saisies': "drafts of the session's school",

  'inscription-etablissement connexion': 'a login names an account, whose password decides',
  'inscription-etablissement quitter': 'ends the session that asks',
  'inscription-etablissement ': "lists the session's own exams",
  'inscription-etablissement EXAM/': "begins a draft of the session's school",
  'inscription-etablissement EXAM/reprise': (of) => [
    ['GET', { dossier: of.ordinal }, 200],
    ['POST', { code: of.resume }, 422],
    ['POST', { code: of.resume, date_naissance: of.born }, 422],
  ],
  'inscription-etablissement EXAM/modification': proofs,
  'inscription-etablissement EXAM/reimpression': proofs,
  'inscription-etablissement EXAM/brouillon': (of) => [
    ['GET', { dossier: of.ordinal }],
    ['GET', { dossier: of.ordinal, code: of.resume }],
  ],
  'inscription-etablissement EXAM/candidature/STEP': (of) => [of.ordinal, of.modifying].flatMap(written),
  'inscription-etablissement EXAM/enregistree': known,
  'inscription-etablissement EXAM/confirmation': known,
  'inscription-etablissement EXAM/confirmation.pdf': known,
  'inscription-etablissement EXAM/formulaire-vierge.pdf': 'a form without anybody',
};

/* fields that name nothing that is somebody's */
const harmless = [
  'action',
  'vu',
  'nombre',
  'ouvrir',
  'section_europeenne',
  'confirmer',
  'nom',
  'droits',
  'actuel',
  'nouveau',
  'code',
  'mot_de_passe',
  'date_naissance',
];

const name = (row) => `${row.service} ${row.path}`;
const browserOf = (row) => (row.service === 'inscription-etablissement' ? pupils : head);
const steps = ['candidature', 'identite', 'naissance', 'coordonnees', 'situation', 'passage', 'recapitulatif'];
const addresses = (row, exam = 'bcp') =>
  (row.path.endsWith('STEP') ? steps : ['']).map((step) => `/${row.service}/` + row.path.replace('EXAM', exam).replace('STEP', step));
const query = (values) => {
  const text = new URLSearchParams(values).toString();
  return text && `?${text}`;
};

/* sessions, failed proofs and the audit trail are of who asks */
const apart = ['session', 'session_item', 'throttle', 'audit_entry', 'audit_seal'];
const tables = fs
  .readdirSync(path.join(top, 'sql/schema'))
  .flatMap((file) => [...fs.readFileSync(path.join(top, 'sql/schema', file), 'utf8').matchAll(/^CREATE TABLE (\w+)/gm)].map((found) => found[1]))
  .filter((table) => !apart.includes(table));
const snapshot = () =>
  server
    .query(tables.map((table) => `SELECT '${table}', one.* FROM ${table} one;`).join('\n'))
    .split('\n')
    .sort();

/** What people could read of an answer. */
const read = (answer) =>
  (answer.pdf ? execFileSync('pdftotext', ['-layout', '-', '-'], { input: answer.pdf, encoding: 'utf8' }) : answer.body) + [...answer.headers].join(' ');

async function attempt(browser, address, token, [method, values, , more]) {
  if (method === 'GET') return browser.get(address + query(values));
  return browser.post(address + query(more ?? {}), [['jeton', token], ...(Array.isArray(values) ? values : Object.entries(values))]);
}

test('every row of both services says which objects it takes, or why none', () => {
  assert.deepEqual(
    rows.map(name).filter((one) => objects[one] === undefined),
    [],
  );
  const there = new Set(rows.map(name));
  assert.deepEqual(
    Object.keys(objects).filter((one) => !there.has(one)),
    [],
  );
  for (const row of rows) {
    const said = objects[name(row)],
      tries = typeof said === 'string' ? [] : said(theirs);
    assert.ok(typeof said === 'string' || (tries.length > 0 && tries.every(([method]) => (method === 'GET' ? row.get : row.post))), name(row));
    const sent = new Set(
      tries
        .filter(([method]) => method === 'POST')
        .flatMap(([, fields]) => (Array.isArray(fields) ? fields : Object.entries(fields)).map(([field]) => field.replace(/^effectif_.*/, 'effectif_*'))),
    );
    const own = row.fields.includes('nouveau') ? ['confirmation'] : [];
    assert.deepEqual(
      row.fields.map((field) => field.replace('+', '')).filter((field) => ![...harmless, ...own, ...sent].includes(field)),
      [],
      `${name(row)}: fields that no try sends`,
    );
  }
});

test("what is taken for another school's is there: its own people find it", async () => {
  const all = snapshot();
  for (const table of ['registration', 'draft', 'state_change', 'state_change_item', 'account', 'establishment_exam', 'parameter'])
    assert.ok(
      all.some((line) => line.startsWith(`${table}|`)),
      table,
    );
  const other = await loginHead(server, 1);
  for (const at of [
    `candidats?recherche=${theirs.name}`,
    `candidats?liste=specialite&specialite=${theirs.specialty}`,
    `candidats.csv?recherche=${theirs.number}`,
    `validation?changement=${theirs.change}`,
    `retours?liste=rendues&recherche=${theirs.returned}`,
    `confirmation?numero=${theirs.number}`,
    `confirmations.pdf?numero=${theirs.number}`,
    `confirmations.pdf?specialite=toutes&impression=${theirs.printing}`,
    'saisies',
  ]) {
    const page = await other.get(`/etablissement/bcp/${at}`);
    assert.equal(page.status, 200, at);
    assert.ok(
      secrets.some((secret) => read(page).includes(secret)),
      at,
    );
  }
  const candidates = await loginPupils(server, 1);
  assert.equal(
    (await candidates.submit(await candidates.go('/inscription-etablissement/bcp/reprise'), 'Suite', { 'Code de reprise': theirs.resume })).status,
    303,
  );
  assert.equal(
    (
      await candidates.submit(await candidates.go('/inscription-etablissement/bcp/reimpression'), 'Suite', {
        "Numéro d'inscription": theirs.number,
        'Date de naissance': theirs.born,
        'Code personnel': theirs.code,
      })
    ).status,
    303,
  );
});

for (const row of rows.filter((one) => typeof objects[name(one)] === 'function'))
  test(`another school's, at ${name(row)}: as if it didn't exist`, async () => {
    const browser = browserOf(row),
      before = snapshot();
    const token = (await browser.get(`/${row.service}/bcp/`)).html.querySelector('input[name=jeton]').getAttribute('value');
    for (const address of addresses(row)) {
      const tries = objects[name(row)](theirs),
        nothing = objects[name(row)](absent);
      for (const [i, one] of tries.entries()) {
        const told = `${one[0]} ${address} ${JSON.stringify(one[1])}`,
          answer = await attempt(browser, address, token, one),
          other = await attempt(browser, address, token, nothing[i]);
        assert.equal(answer.status, one[2] ?? 404, told);
        assert.equal(other.status, answer.status, `${told}: told from one that doesn't exist`);
        assert.deepEqual(
          (answer.errors ?? []).map((text) => text.replaceAll(/\d+/g, 'N')),
          (other.errors ?? []).map((text) => text.replaceAll(/\d+/g, 'N')),
          told,
        );
        for (const secret of secrets) assert.ok(!read(answer).includes(secret), `${told} tells ${secret}`);
      }
    }
    assert.deepEqual(snapshot(), before);
  });

test('an exam that only the other school presents is a 404 at every address, whatever is sent', async () => {
  const before = snapshot();
  for (const row of rows.filter((one) => one.path.startsWith('EXAM')))
    for (const address of addresses(row, 'bp')) {
      const browser = browserOf(row),
        token = (await browser.get(`/${row.service}/bcp/`)).html.querySelector('input[name=jeton]').getAttribute('value');
      if (row.get)
        assert.equal(
          (
            await browser.get(
              `${address}?${new URLSearchParams({ numero: theirs.number, specialite: theirs.specialty, dossier: theirs.ordinal, code: theirs.resume })}`,
            )
          ).status,
          404,
          address,
        );
      if (row.post && row.needs === 'pages') assert.equal((await browser.post(address, { jeton: token })).status, 404, `POST ${address}`);
    }
  assert.deepEqual(snapshot(), before);
});

test("a token of another school's session opens no form", async () => {
  const other = await loginHead(server, 1),
    foreign = (await other.get('/etablissement/bcp/')).html.querySelector('input[name=jeton]').getAttribute('value'),
    before = snapshot();
  for (const row of rows.filter((one) => one.post && one.path !== 'connexion'))
    for (const address of addresses(row))
      assert.equal(
        (await browserOf(row).post(`${address}?numero=${mine.number}`, { jeton: foreign })).status,
        /STEP/.test(row.path) ? 404 : 403,
        address,
      ); /* without a dossier there is no step to show again */
  assert.deepEqual(snapshot(), before);
});
