// SPDX-License-Identifier: Apache-2.0
//
// The base is locked while a form is still on its way: what it would change is looked at once more where it is written. Every
// row of the table of addresses whose POST the lock stops has its form here.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import http from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { alike, sessionOf, specialtyOf } from '../lib/academy.mjs';
import { Browser, Page } from '../lib/browser.mjs';
import { hold } from '../lib/hold.mjs';
import { Server, base, until } from '../lib/server.mjs';
import { uai } from '../lib/files.mjs';
import { byIne, loadPrevious, returning } from '../lib/previous.mjs';
import { expected, expectPupil, schoolYear } from '../lib/siecle.mjs';
import { certify, individual, loginHead, loginManager, loginPupils, pupil, walkOn } from '../lib/walk.mjs';

const refusal =
    'La base est verrouillée pour un traitement : rien n’a été enregistré. Votre saisie est conservée ci-dessous ; recommencez après la fin du traitement.',
  at = '/etablissement/bcp/';
const stopped = (await Server.routes()).filter((row) => row.post && !row.flags.includes('passes-lock')).map((row) => `${row.service} ${row.path}`);
let server, head, number;

before(async () => {
  server = await Server.start({ candidates: 200 });
  server.ctl(['parameter', 'set', 'modification_par_etablissement', 'O']);
  head = await loginHead(server);
  server.query(`UPDATE establishment_exam SET european = 0 WHERE exam_session = ${sessionOf('bcp')}`);
  number = server.query(
    `SELECT min(number) FROM registration WHERE exam = 'BCP' AND state = 'V' AND establishment =
       (SELECT id FROM establishment WHERE code = '${server.account('etablissement', 'open').login}')`,
  );
});
after(async () => {
  await server?.stop();
});

/** A form of which the head has come, and the body not yet: begun, and finish() with its page. */
function slow(browser, action, fields) {
  const body = new URLSearchParams([...fields]).toString(),
    cookie = browser.cookie;
  const request = http.request(action, {
    method: 'POST',
    agent: false,
    timeout: 60000,
    headers: {
      cookie,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      'sec-fetch-site': 'same-origin',
      expect: '100-continue',
    },
  });
  const begun = new Promise((resolve, reject) => request.on('continue', resolve).on('error', reject));
  const answered = new Promise((resolve, reject) =>
    request.on('error', reject).on('response', (answer) => {
      const parts = [];
      answer
        .on('data', (part) => parts.push(part))
        .on('end', () => resolve(new Page({ status: answer.statusCode, headers: new Headers(answer.headers) }, Buffer.concat(parts).toString(), action)));
    }),
  );
  request.flushHeaders();
  return {
    begun,
    finish: () => {
      request.end(body);
      return answered;
    },
  };
}

const tables = [
  'registration',
  'standing',
  'outbox',
  'draft',
  'pupil_code',
  'establishment_exam',
  'expected_number',
  'account',
  'state_change',
  'parameter',
  'establishment',
  'exam_session',
  'registration_window',
];
const state = () => tables.map((table) => server.query(`SELECT * FROM ${table}`).split('\n').sort());

/** What a form says that comes while the base is being locked; nothing has changed then. */
async function lockedMeanwhile({ browser, action, fields }, what) {
  const before = state(),
    form = slow(browser, action, fields);
  await form.begun; /* who he is has been looked at, and the lock with it */
  server.ctl(['lock', '--reason', 'Déchargement']);
  try {
    const page = await form.finish();
    assert.deepEqual(state(), before, what);
    return page;
  } finally {
    server.ctl(['unlock']);
  }
}

const filled = (browser, page, button, given = {}) => ({ browser, ...browser.prepare(page, button, given) });

/** A form of the school's, by the names of its fields. */
async function sent(path, fields) {
  const jeton = (await head.go(at)).html.querySelector('input[name=jeton]').getAttribute('value');
  return { browser: head, action: new URL(path, server.url).href, fields: Object.entries({ jeton, ...fields }) };
}

const file = () => head.go(`${at}candidat?numero=${number}`);
const modification = async () => head.press(await file(), 'Modifier cette inscription');
const password = (service) => server.account(service, 'open').password;
const change = (actuel, nouveau) => ({ actuel, nouveau, confirmation: nouveau });
const ofSchool = [
  ['mot-de-passe-inscription', () => sent('/etablissement/mot-de-passe-inscription', change(password('inscription-etablissement'), 'quatre-mots-de-passe'))],
  ['delegues', () => sent('/etablissement/delegues', { nom: 'MARIE', droits: 'tout' })],
  [
    'eleves',
    () => {
      expectPupil(server, server.account('etablissement', 'open').login);
      return sent('/etablissement/eleves', { action: 'imprimer' });
    },
  ],
  ['EXAM/service-inscription', () => sent(`${at}service-inscription`, { ouvrir: 'N' })],
  ['EXAM/section-europeenne', () => sent(`${at}section-europeenne`, { section_europeenne: 'O' })],
  ['EXAM/candidat', async () => filled(head, await file(), 'Modifier cette inscription')],
  ['EXAM/candidature/STEP', async () => filled(head, await modification(), 'Suite', { Classe: 'TMELEC9' })],
  ['EXAM/candidature/STEP', async () => filled(head, await modification(), 'Abandonner la modification')],
  ['EXAM/nouveau-code', async () => filled(head, await head.go(`${at}nouveau-code?numero=${number}`), 'Délivrer le nouveau code')],
  ['EXAM/validation', () => sent(`${at}validation`, { candidat: number })],
  ['EXAM/validation', () => sent(`${at}validation`, { defaire: server.query('SELECT max(id) FROM state_change') })],
  ['EXAM/retours', () => sent(`${at}retours`, { confirmation: `${number}-${revision()}` })],
  [
    'EXAM/effectifs',
    () => sent(`${at}effectifs`, { [`effectif_${specialtyOf(server, 'bcp', { school: server.account('etablissement', 'open').login })}`]: '12' }),
  ],
  ['mot-de-passe', () => sent('/etablissement/mot-de-passe', change(password('etablissement'), 'cinq-mots-de-passe'))],
];

/* Of the rectorat. */
const managed = [
  ['sessions', 'Créer la session', { Examen: '(BTS)', Année: '2077', Mois: 'juin', Période: 'juin' }],
  ['sessions/EXAM', 'Enregistrer', { Période: 'été' }],
  ['sessions/EXAM', 'Ajouter la fenêtre', { 'Pour qui': 'Établissements', Ouverture: '01/06/2077 08:00', Clôture: '02/06/2077 17:00' }],
  ['ouverture', '+ 1 jour', { Examen: '(BCP)', 'Pour qui': 'Tous' }],
  ['candidats/EXAM/NUMBER/nouveau-code', 'Délivrer le nouveau code'],
  ['candidats/EXAM/NUMBER', 'Autoriser un homonyme'],
  ['candidats/EXAM/NUMBER/correction', 'Suite', { Motif: 'Erreur', 'Justificatif vu': 'Livret' }],
  ['candidats/EXAM/NUMBER/doublon?autre=OTHER', 'Ce sont deux candidats'],
  ['candidats/EXAM/saisie', 'Suite', { 'Date de réception': new Date().toLocaleDateString('fr-FR', { timeZone: 'Europe/Paris' }) }],
  ['candidats/EXAM/plusieurs', 'Annuler les candidatures cochées', (page) => ({ Motif: 'Erreur', [page.html.querySelector('tbody label').text]: true })],
  [
    'etablissements/nouveau',
    'Enregistrer',
    { 'Code UAI': uai('0990999'), Dénomination: 'Neuf', Nature: 'Lycée prof', Secteur: 'Public', Département: '59', Scolaire: true },
  ],
  ['etablissements/UAI/fiche', 'Enregistrer', { Commune: 'Ailleurs' }],
  ['etablissements/UAI/EXAM/offres', 'Enregistrer l’offre', (page) => ({ Spécialité: page.html.querySelectorAll('#specialite option')[1].text.trim() })],
  ['candidats/EXAM/NUMBER', 'Annuler la candidature', { Motif: 'Double inscription' }],
  ['etablissements/UAI', 'Nouveau mot de passe du suivi'],
  ['specialites/CODE', 'Enregistrer', { Intitulé: 'UN AUTRE' }],
  ['chargements/initialisation', 'Ouvrir l’activation'],
].map(([path, button, given]) => [
  `gestionnaire ${path.replace(/\?.*/, '')}`,
  async () => {
    const browser = await loginManager(server),
      at = path
        .replace('EXAM', 'bcp')
        .replace('NUMBER', number)
        .replace('OTHER', () => alike(server, number))
        .replace('CODE', specialtyOf(server, 'bcp'))
        .replace('UAI', server.account('etablissement', 'open', 1).login);
    const page = await browser.go(`/gestionnaire/${at}`);
    return filled(browser, page, button, typeof given === 'function' ? given(page) : given);
  },
  button,
]);
/* Who registers: in a school, and by himself. */
const services = {
  'inscription-etablissement': {
    home: '/inscription-etablissement/bcp/',
    browser: () => loginPupils(server, 1),
    given: { ...Object.assign({}, ...Object.values(pupil)) },
    born: '07/07/2008',
  },
  inscription: { home: '/inscription/cap/', browser: () => new Browser(server.url), given: individual, born: '07/07/1990' },
};

/** The forms of a service, each made in a browser of its own. */
function ofCandidates({ home, browser: open, given, born }) {
  const begin = async (browser) => browser.press(await browser.go(home), 'Nouvelle inscription');
  const first = async (button) => {
    const browser = await open(),
      page = await begin(browser),
      Spécialité = page.html.querySelector('#specialite option[value]:not([value=""])').text.trim();
    return filled(browser, page, button, { 'Catégorie du candidat': given['Catégorie du candidat'], Spécialité });
  };
  const last = async (name, button, more = {}) => {
    const browser = await open();
    return filled(browser, await walkOn(browser, await begin(browser), { ...given, 'Prénom 1': name }), button, more);
  };
  return [
    [
      'EXAM/',
      async () => {
        const browser = await open();
        return filled(browser, await browser.go(home), 'Nouvelle inscription');
      },
    ],
    ...['Suite', 'Retour', 'Enregistrer et quitter'].map((button) => ['EXAM/candidature/STEP', () => first(button), button]),
    ['EXAM/candidature/STEP', () => last('Amarante', 'Valider mon inscription', certify), 'Valider'],
    [
      'EXAM/modification',
      async () => {
        const { browser, action, fields } = await last('Bérénice', 'Valider mon inscription', certify),
          done = await browser.go(new URL((await browser.post(action, fields)).location, server.url).href);
        return filled(browser, await browser.go(`${home}modification`), 'Suite', {
          "Numéro d'inscription": /(\d+)-0/.exec(done.text)[1],
          'Date de naissance': born,
          'Code personnel': /Code personnel : (\S+)/.exec(done.text)[1],
        });
      },
    ],
  ];
}

/* Whom his school expects. */
const pupilsOwn = [
  'inscription-etablissement EXAM/eleve',
  async () => {
    const { home, browser: open } = services['inscription-etablissement'],
      browser = await open();
    expectPupil(server, server.account('inscription-etablissement', 'open', 1).login);
    return filled(browser, await browser.go(`${home}eleve`), 'Suite', expected);
  },
];

/* Who was a candidate of a past session. */
const back = [
  'inscription EXAM/retrouver',
  async () => {
    const browser = new Browser(server.url),
      one = returning(11, { session: `${schoolYear()}-06` });
    loadPrevious(server, [one]);
    return filled(browser, await browser.go('/inscription/cap/retrouver'), 'Suite', byIne(one));
  },
];

const revision = () => server.query(`SELECT revision FROM registration WHERE exam = 'BCP' AND number = ${number}`);
/* to whose file a piece is missing */
const asked = (path, fields) => async () => {
  const manager = await loginManager(server),
    jeton = (await manager.go('/gestionnaire/mot-de-passe')).html.querySelector('input[name=jeton]').getAttribute('value');
  return { browser: manager, action: new URL(path(), server.url).href, fields: Object.entries({ jeton, ...fields() }) };
};
const vu = () => `${number}.${server.query(`SELECT coalesce(max(version), 0) FROM standing WHERE exam = 'BCP' AND number = ${number}`)}`,
  files = '/gestionnaire/candidats/bcp/';
const piece = { autre_piece: 'RIB', jusqu_au: '01/12/2099' };
const ofFiles = [
  [
    'gestionnaire candidats/EXAM/dossiers',
    asked(
      () => `${files}dossiers?numeros=${number}`,
      () => ({ vu: vu(), action: 'demander', ...piece }),
    ),
  ],
  [
    'gestionnaire candidats/EXAM/appels',
    asked(
      () => `${files}appels`,
      () => ({ candidat: vu(), action: 'prevenus' }),
    ),
  ],
  [
    'gestionnaire candidats/EXAM/dossiers',
    asked(
      () => `${files}dossiers?numeros=${number}`,
      () => ({ defaire: server.query('SELECT max(id) FROM standing_change') }),
    ),
    'défaire',
  ],
  ['etablissement EXAM/dossiers', () => sent(`${at}dossiers`, { candidat: vu(), action: 'prevenus' })],
  [
    'gestionnaire candidats/EXAM/relances',
    async () => {
      const manager = await loginManager(server);
      return filled(
        manager,
        await manager.go(`${files}relances?groupe=confirmations`),
        /Envoyer \d+ messages?/.exec((await manager.go(`${files}relances?groupe=confirmations`)).text)[0],
      );
    },
  ],
];
const correcting = async (browser) =>
  browser.press(await browser.go(`/gestionnaire/candidats/bcp/${number}/correction`), 'Suite', { Motif: 'Erreur', 'Justificatif vu': 'Livret' });
const ofManager = [
  ...[
    ['Suite', { Classe: 'TMELEC9' }],
    ['Abandonner la modification', {}],
  ].map(([button, given]) => [
    'candidats/EXAM/candidature/STEP',
    async () => {
      const manager = await loginManager(server);
      return filled(manager, await correcting(manager), button, given);
    },
  ]),
  [
    'etablissements/UAI',
    async () => {
      const manager = await loginManager(server);
      return filled(manager, await manager.go(`/gestionnaire/etablissements/${server.account('etablissement', 'fresh').login}`), 'Fermer l’activation');
    },
  ],
  [
    'parametres/valeur',
    async () => {
      const manager = await loginManager(server);
      return filled(manager, await manager.go('/gestionnaire/parametres/valeur?nom=division'), 'Enregistrer', { Valeur: 'DEC 9' });
    },
  ],
];
const forms = [
  ...ofFiles,
  ...ofManager.map(([path, make]) => [`gestionnaire ${path}`, make]),
  ...ofSchool.map(([path, make]) => [`etablissement ${path}`, make]),
  pupilsOwn,
  back,
  ...managed,
  ...Object.entries(services).flatMap(([service, of]) => ofCandidates(of).map(([path, make, button = '']) => [`${service} ${path}`, make, button])),
];

test('every row whose POST the lock stops has its form here', () => {
  assert.deepEqual([...new Set(forms.map(([row]) => row))].sort(), [...new Set(stopped)].sort());
});

for (const [row, make, button = ''] of forms)
  test(`${row} ${button}: locked meanwhile, it changes nothing and says so; sent again, it does`, async () => {
    const form = await make(),
      page = await lockedMeanwhile(form, row);
    assert.equal(page.status, 503, page.text);
    assert.ok(Number(page.headers.get('retry-after')) > 0);
    assert.ok(page.errors.includes(refusal), page.text);
    assert.match(page.text, /Motif : Déchargement/);
    if (button === 'Suite' && row.endsWith('STEP')) assert.notEqual(page.value('Spécialité'), null, 'what was typed stands there');
    const before = state(),
      again = await form.browser.post(form.action, form.fields);
    assert.equal(again.status, 303, again.text);
    assert.notDeepEqual(state(), before);
  });

for (const [service, of] of Object.entries(services)) {
  test(`${service}: « Quitter » leaves a base that is locked meanwhile; the draft stays as it was`, async () => {
    const browser = await of.browser(),
      page = await browser.press(await browser.go(of.home), 'Nouvelle inscription');
    const answer = await lockedMeanwhile(filled(browser, page, 'Quitter', { 'Catégorie du candidat': of.given['Catégorie du candidat'] }), service);
    assert.equal(answer.status, 303);
    assert.notEqual((await browser.get(page.address)).status, 200, 'he has left');
  });

  test(`${service}: what comes after the end of a session isn't kept in a base that is locked meanwhile, and is once it is open`, async () => {
    const browser = await of.browser(),
      page = await browser.press(await browser.go(of.home), 'Nouvelle inscription'),
      form = filled(browser, page, 'Suite', { 'Catégorie du candidat': of.given['Catégorie du candidat'] });
    server.query('UPDATE session SET seen = seen - 7200');
    const answer = await lockedMeanwhile(form, service);
    assert.equal(answer.status, 503);
    assert.equal(answer.h1, 'Service momentanément indisponible', 'no page of somebody who is logged in');
    const before = state();
    assert.equal((await browser.post(form.action, form.fields)).status, 303);
    assert.notDeepEqual(state(), before, 'kept');
  });
}

test('whoever locks the base waits for those who have seen it open', { skip: base === 'pgsql' ? false : 'on SQLite one writes at a time' }, async () => {
  const form = await forms.find(([row, , button]) => row === 'inscription EXAM/candidature/STEP' && button === 'Suite')[1](),
    other = await hold(server, 'BEGIN; LOCK TABLE draft IN EXCLUSIVE MODE'),
    waiting = (count) => async () =>
      Number(server.query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")) === count;
  const writer = form.browser.post(form.action, form.fields);
  try {
    await until('the writer to wait', waiting(1));
    spawn(path.join(server.state, 'app/inscrinetctl'), ['-d', server.database, 'lock', '--reason', 'Déchargement'], { stdio: 'ignore' });
    await until('the locker to wait for him', waiting(2));
    assert.equal(server.query('SELECT locked FROM base_lock'), '0');
  } finally {
    await other.release();
  }
  try {
    assert.equal((await writer).status, 303);
    await until('the lock', () => server.query('SELECT locked FROM base_lock') === '1');
  } finally {
    server.ctl(['unlock']);
  }
});
