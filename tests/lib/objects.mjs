// SPDX-License-Identifier: Apache-2.0
//
// What the addresses of a school's two services take that is somebody's: of every row of the table of addresses, what is
// to be tried with the numbers, papers, specialties, changes and drafts of others. A row of which it says neither what it
// takes nor why it takes nothing fails the tests that use this.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

import { optionOf } from './academy.mjs';
import { base } from './server.mjs';
import { certify, pupil, walkOn } from './walk.mjs';

/* of the others' candidates; no try ever sends one of these */
export const secrets = [
  'ZZYXOBERON - QUITTERIANE',
  'ZZYXTITANIA - QUITTERIANE',
  'ZZYXPUCK - QUITTERIANE',
  'ZZYXDRAFT',
  'Quitteriane',
  'QUITTERIANE',
  'venelle des Korrigans',
  'quitteriane@example.org',
];

/** A pupil with what only he knows: { number, code }. */
async function register(browser, exam, specialty, name, more) {
  const given = {
    ...Object.assign({}, ...Object.values(pupil)),
    Spécialité: optionOf(specialty),
    'Nom de naissance': name,
    'Prénom 1': 'Quitteriane',
    'N° et voie': '3 venelle des Korrigans',
    'Adresse électronique': 'quitteriane@example.org',
    'Vous présentez-vous en section européenne ?': 'NON',
    ...more,
  };
  const summary = await walkOn(browser, await browser.press(await browser.go(`/inscription-etablissement/${exam}/`), 'Nouvelle inscription'), given);
  const done = await browser.press(summary, 'Valider mon inscription', certify);
  return { number: /Numéro d.inscription : (\d+)-0/.exec(done.text)[1], code: /Code personnel : (\S+)/.exec(done.text)[1] };
}

/**
 * One of everything that can be named in a session of an exam, made by a school's head and a pupil's browser: more are
 * the pupils' further answers by labels.
 */
export async function populate(head, pupils, exam, specialty, more = {}) {
  const of = { specialty, born: '07/07/2008', name: 'zzyxoberon' },
    home = `/inscription-etablissement/${exam}/`,
    follow = `/etablissement/${exam}`;
  of.cancelled = (await register(pupils, exam, specialty, 'Zzyxtitania', more)).number;
  of.returned = (await register(pupils, exam, specialty, 'Zzyxpuck', more)).number;
  Object.assign(of, await register(pupils, exam, specialty, 'Zzyxoberon', more));
  const first = await pupils.press(await pupils.go(home), 'Nouvelle inscription'),
    second = await pupils.press(first, 'Suite', { 'Catégorie du candidat': more['Catégorie du candidat'] ?? 'Scolaire', Spécialité: optionOf(specialty) }),
    saved = await pupils.press(second, 'Enregistrer et quitter', { 'Nom de naissance': 'Zzyxdraft', 'Prénom 1': 'Quitteriane' });
  of.resume = /Code de reprise : (\S+)/.exec(saved.text)[1];
  of.ordinal = /dossier=(\d+)/.exec((await pupils.press(await pupils.go(home), 'Nouvelle inscription')).address)[1];
  const tick = async (at, button, value) => {
    const { action, fields } = head.prepare(await head.go(at), button);
    return head.post(action, [...fields, ['candidat', value]]);
  };
  const validation = await head.go(`${follow}/validation`);
  of.states = validation.html.querySelector('input[name=etats]').getAttribute('value');
  of.change = /changement=(\d+)/.exec((await tick(`${follow}/validation`, 'Valider', of.cancelled)).location)[1];
  assert.equal((await tick(`${follow}/retours`, 'Noter comme rendues', `${of.returned}-0`)).status, 303);
  const printed = await head.submit(await head.go(`${follow}/confirmations`), 'Imprimer', {
    'Liste des spécialités': optionOf(specialty),
    'Seulement celles jamais imprimées ou modifiées depuis': true,
  });
  of.printing = /impression=(\d+)/.exec(printed.location)[1];
  of.modifying = /dossier=(\d+)/.exec((await head.press(await head.go(`${follow}/candidat?numero=${of.number}`), 'Modifier cette inscription')).address)[1];
  of.seal = (await head.go(`${follow}/nouveau-code?numero=${of.number}`)).html.querySelector('input[name=ancien]').getAttribute('value');
  return of;
}

/** The same objects as nobody has them. */
export const absentOf = (theirs) => ({
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
});

/**
 * at: { theirs, mine }, filled in before the first try. Of each row, what is tried with the objects `of`: [method,
 * parameters or fields, status (404 unless given)]; or why it takes none. SEARCH: « Rechercher » on the list's page, then a
 * GET of what was found.
 */
export function objectsOf(at) {
  const search = (of) => [of.number, `${of.number}-0`, of.name, `${of.name} quitteriane`].map((text) => ['SEARCH', { recherche: text }, 200]);
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
  /* the buttons to other pages of a list say where they lead, and don't look whether it is there */
  const turns = (of) => [
    ['POST', { vers: of.number }, 303],
    ...[
      ['vers', of.number],
      ['action', 'chercher'],
    ].map((button) => ['POST', [button, ['recherche', of.number], ['candidat', of.number]], 422]),
  ];
  const ticks = (of, more) =>
    [[of], [at.mine.number, of], [of, at.mine.number]].map((numbers) => ['POST', [...numbers.map((number) => ['candidat', number]), ...more]]);

  const written = (dossier) => [
    ['GET', { dossier }],
    ...[{ action: 'suite' }, { nom_naissance: 'Autre', action: 'suite' }, { certifie: 'O' }].map((fields) => ['POST', fields, 404, { dossier }]),
  ];

  return {
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
      ['POST', { numeros: at.mine.number, action: 'modifier' }, 404, { numero: of.number }],
    ],
    'etablissement EXAM/candidature/STEP': (of) => [of.modifying, of.ordinal].flatMap(written),
    'etablissement EXAM/nouveau-code': (of) => [
      ...known(of),
      ...[of.number, of.cancelled].map((number) => ['POST', { ancien: at.theirs.seal }, 404, { numero: number }]),
    ],
    'etablissement EXAM/validation': (of) => [
      ...search(of),
      ...places(of),
      ...known(of),
      ['GET', { changement: of.change }],
      ['POST', { defaire: of.change }],
      ['POST', { defaire: of.change, candidat: at.mine.number }],
      ...[of.number, of.cancelled].flatMap((number) => ticks(number, [])),
      ['POST', { candidat: of.number, etats: at.theirs.states }, 422],
      ...turns(of),
    ],
    'etablissement EXAM/retours': (of) => [
      ...search(of),
      ...places(of),
      ['GET', { liste: 'rendues', apres: of.returned }],
      ['SEARCH', { liste: 'rendues', recherche: of.returned }, 200],
      ...[`BCP ${of.number}-0`, `${of.number}-0`, `${of.returned}-0`, `${of.cancelled}-0`].map((paper) => ['POST', { confirmation: paper }, 422]),
      ...['rendre', 'retirer'].flatMap((action) => [of.number, of.returned].flatMap((number) => ticks(`${number}-0`, [['action', action]]))),
      ...turns(of),
    ],
    'etablissement EXAM/retours.csv': (of) => [...search(of), ['SEARCH', { liste: 'rendues', recherche: of.returned }, 200]],
    'etablissement EXAM/retours.pdf': (of) => [...search(of), ['SEARCH', { liste: 'rendues', recherche: of.returned }, 200]],
    'etablissement eleves': "those of the session's school, and the file that it has sent itself",
    'etablissement eleves.pdf': "those of the session's school",
    'etablissement fiches-connexion': "the password is that of the session's school",
    'etablissement EXAM/effectifs': (of) => [['POST', { [`effectif_${of.specialty}`]: '24' }, 422]],
    'etablissement EXAM/confirmations': (of) => [
      ['POST', { specialite: of.specialty, action: 'imprimer' }, 422],
      ['POST', { specialite: of.specialty, changees: 'O', action: 'imprimer' }, 422],
      ...[of.number, `${of.number}-0`, of.cancelled, `${at.mine.number}, ${of.number}`].map((numbers) => [
        'POST',
        { numeros: numbers, action: 'imprimer' },
        422,
      ]),
    ],
    'etablissement EXAM/confirmations.pdf': (of) => [
      ...known(of),
      ['GET', { specialite: of.specialty }],
      ['GET', { specialite: of.specialty, changees: 'O' }],
      ['GET', { specialite: of.specialty, impression: of.printing }],
      ['GET', { specialite: 'toutes', impression: of.printing }],
      ['GET', { specialite: of.specialty, numero: of.number }],
      ['GET', { specialite: 'toutes', numero: of.number }],
      ['GET', { numero: `${at.mine.number},${of.number}` }, 200],
    ],
    'etablissement EXAM/confirmation': known,
    'etablissement communes': 'no object: communes of the country, by their name',
    'etablissement EXAM/dossiers': (of) => [
      ['GET', { changement: of.change }],
      ['POST', { defaire: of.change }],
      ...[[of.number], [at.mine.number, of.number]].map((numbers) => [
        'POST',
        [...numbers.map((number) => ['candidat', `${number}.0`]), ['action', 'prevenus']],
      ]),
    ],
    'etablissement EXAM/saisies': "drafts of the session's school",
    'etablissement EXAM/classes': "classes of the session's school",

    'inscription-etablissement connexion': 'a login names an account, whose password decides',
    'inscription-etablissement quitter': 'ends the session that asks',
    'inscription-etablissement ': "lists the session's own exams",
    'inscription-etablissement EXAM/': "begins a draft of the session's school",
    'inscription-etablissement EXAM/reprise': (of) => [
      ['GET', { dossier: of.ordinal }],
      ['POST', { code: of.resume }, 422],
      ['POST', { code: of.resume, date_naissance: of.born }, 422],
    ],
    'inscription-etablissement EXAM/eleve': (of) => [
      ['POST', { nom_naissance: of.name, prenom_1: of.name, date_naissance: of.born, code: of.code, ine: '' }, 422],
      ['POST', { nom_naissance: of.name, prenom_1: of.name, date_naissance: of.born, numero: of.number, code_personnel: of.code }, 422],
    ],
    'inscription-etablissement EXAM/modification': proofs,
    'inscription-etablissement EXAM/reimpression': proofs,
    'inscription-etablissement EXAM/brouillon': (of) => [
      ['GET', { dossier: of.ordinal }],
      ['GET', { dossier: of.ordinal, code: of.resume }],
    ],
    'inscription-etablissement EXAM/candidature/STEP': (of) => [of.ordinal, of.modifying].flatMap(written),
    'inscription-etablissement communes': 'no object: communes of the country, by their name',
    'inscription-etablissement EXAM/enregistree': known,
    'inscription-etablissement EXAM/confirmation': known,
    'inscription-etablissement EXAM/confirmation.pdf': known,
    'inscription-etablissement EXAM/formulaire-vierge.pdf': 'a form without anybody',
  };
}

/* fields that name nothing that is somebody's */
export const harmless = [
  'action',
  'vu',
  'nombre',
  'ouvrir',
  'section_europeenne',
  'confirmer',
  'nom',
  'droits',
  'fichier' /* its school is looked at */,
  'actuel',
  'nouveau',
  'code',
  'mot_de_passe',
  'date_naissance',
  'recherche' /* words of who searches */,
];

export const name = (row) => `${row.service} ${row.path}`;
const steps = ['candidature', 'identite', 'naissance', 'coordonnees', 'situation', 'passage', 'recapitulatif'];
export const addresses = (row, exam) =>
  (row.path.endsWith('STEP') ? steps : ['']).map((step) => `/${row.service}/` + row.path.replace('EXAM', exam).replace('STEP', step));
const query = (values) => {
  const text = new URLSearchParams(values).toString();
  return text && `?${text}`;
};

/* sessions, failed proofs and the audit trail are of who asks */
const apart = ['session', 'session_item', 'session_search', 'throttle', 'audit_entry', 'audit_seal'];
/** Every row of every table but those. */
export function snapshot(server) {
  const tables = server.query(
    base === 'pgsql'
      ? 'SELECT tablename FROM pg_tables WHERE schemaname = current_schema()'
      : "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
  );
  return server
    .query(
      tables
        .split('\n')
        .filter((table) => !apart.includes(table))
        .map((table) => `SELECT '${table}', one.* FROM ${table} one;`)
        .join('\n'),
    )
    .split('\n')
    .sort();
}

/** What people could read of an answer. */
export const read = (answer) =>
  (answer.pdf ? execFileSync('pdftotext', ['-layout', '-', '-'], { input: answer.pdf, encoding: 'utf8' }) : answer.body) + [...answer.headers].join(' ');

export async function attempt(browser, address, token, [method, values, , more]) {
  if (method === 'GET') return browser.get(address + query(values));
  if (method === 'SEARCH') {
    const { recherche, ...list } = values,
      found = await browser.post(address.replace(/\.\w+$/, ''), { jeton: token, action: 'chercher', recherche });
    assert.equal(found.status, 303, `${address} ${recherche}`);
    return browser.get(address + query({ ...list, recherche: /recherche=(\d+)$/.exec(found.location)[1] }));
  }
  return browser.post(address + query(more ?? {}), [['jeton', token], ...(Array.isArray(values) ? values : Object.entries(values))]);
}
