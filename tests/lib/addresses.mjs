// SPDX-License-Identifier: Apache-2.0
//
// A real address for each row of the table (mod_inscrinet/routes.def), where there is something to see: `asked` says what an
// address needs beside its path; a row that needs something and has nothing there fails.
import fs from 'node:fs';
import path from 'node:path';

import { alike, specialtyOf } from './academy.mjs';
import { Browser } from './browser.mjs';
import { loginHead, loginManager, loginPupils, register, registerAlone } from './walk.mjs';
import { doneUnload } from './works.mjs';

export const mounts = {
  sante: '/sante',
  accueil: '/',
  gestionnaire: '/gestionnaire/',
  etablissement: '/etablissement/',
  'inscription-etablissement': '/inscription-etablissement/',
  inscription: '/inscription/',
};
/* an exam of each service, and what an address asks for beside its path */
export const exams = { gestionnaire: 'bcp', etablissement: 'bcp', 'inscription-etablissement': 'bcp', inscription: 'cap' };
const registration = {
  'EXAM/candidature/STEP': 'dossier=K',
  'EXAM/brouillon': 'dossier=L',
  'EXAM/enregistree': 'numero=N',
  'EXAM/confirmation': 'numero=N',
  'EXAM/confirmation.pdf': 'numero=N',
};
export const asked = {
  gestionnaire: {
    'parametres/valeur': 'nom=academie',
    'candidats/EXAM/dossiers': 'numeros=N',
    'candidats/EXAM/individuels.pdf': 'specialite=toutes',
    'candidats/EXAM/etiquettes.pdf': 'specialite=toutes',
    'chargements/travail': 'travail=essai',
    'chargements/rapport.csv': 'travail=essai',
    'chargements/dechargement.zip': 'travail=essai',
    'suivi/EXAM/classes': 'etablissement=E',
    'etablissements/UAI/EXAM/candidat': 'numero=N',
    'etablissements/UAI/EXAM/confirmation': 'numero=N',
    'candidats/EXAM/NUMBER/doublon': 'autre=O',
    'candidats/EXAM/candidature/STEP': 'dossier=K',
  },
  etablissement: {
    'EXAM/candidat': 'numero=N',
    'EXAM/candidature/STEP': 'dossier=K',
    'EXAM/nouveau-code': 'numero=N',
    'EXAM/confirmations.pdf': 'specialite=toutes',
    'EXAM/confirmation': 'numero=N',
  },
  'inscription-etablissement': registration,
  inscription: registration,
};
export const askedOf = (row) => asked[row.service]?.[row.path] ?? '';
/** Registers in both services, leaves drafts, a delivery of files, a correction under way. Gives who has made what, and `address` of a row. */
export async function furnish(server) {
  /* what has been made, in place of E, K, L, N and O */
  const made = { 'inscription-etablissement': {}, inscription: {}, etablissement: {}, gestionnaire: {} };
  const manager = await loginManager(server),
    head = await loginHead(server),
    pupils = await loginPupils(server),
    doors = await loginPupils(server),
    alone = new Browser(server.url);
  for (const [service, browser, home, done] of [
    ['inscription-etablissement', pupils, '/inscription-etablissement/bcp/', () => register(pupils)],
    ['inscription', alone, '/inscription/cap/', () => registerAlone(alone, 'cap')],
  ]) {
    const known = made[service],
      saved = await browser.press(await browser.go(home), 'Nouvelle inscription');
    known.C = /Code de reprise : (\S+)/.exec((await browser.press(saved, 'Enregistrer et quitter')).text)[1].replace('-', '');
    known.N = /(\d+)-0/.exec((await done()).text)[1];
    /* a session that knows a number and two drafts, as if one had been begun beside and another left */
    const [session, exam] = server.query(`SELECT session, exam FROM session_item ORDER BY session DESC LIMIT 1`).split('|');
    if (service === 'inscription-etablissement') made.etablissement.N = known.N;
    [known.K, known.L] = [77, 78];
    for (const [ordinal, pending] of [
      [known.K, 0],
      [known.L, 2],
    ])
      server.query(
        `INSERT INTO session_item (session, ordinal, exam, exam_session, draft, pending)
         SELECT ${session}, ${ordinal}, '${exam}', max(exam_session), max(id), ${pending} FROM draft WHERE exam = '${exam}'`,
      );
  }
  server.ctl(['parameter', 'set', 'modification_par_etablissement', 'O']);
  const pupil = path.join(server.state, 'eleves.csv'),
    programme = server.query(
      `SELECT min(t.mef) FROM training_programme t JOIN specialty s ON s.code = t.specialty
       WHERE t.last_year = 1 AND s.exam = 'BCP' AND s.last_session IS NULL`,
    );
  fs.writeFileSync(
    pupil,
    `uai;nom;prenom;date_naissance;classe;mef\n${server.account('etablissement', 'open').login};Zéphyr;Zoé;07/07/2008;TPRO;${programme}\n`,
  );
  server.ctl(['load', 'pupils', pupil]);
  doneUnload(server);
  server.query("INSERT INTO pupil_code (establishment, year, key, code) SELECT establishment, year, key, 'ABCD2345' FROM pupil");
  made.gestionnaire.N = made.etablissement.N;
  made.gestionnaire.E = server.account('etablissement', 'open').login;
  made.gestionnaire.O = alike(server, made.etablissement.N);
  made.gestionnaire.K = /dossier=(\d+)/.exec(
    (
      await manager.press(await manager.go(`/gestionnaire/candidats/bcp/${made.etablissement.N}/correction`), 'Suite', {
        Motif: 'Erreur',
        'Justificatif vu': 'Livret',
      })
    ).address,
  )[1];
  made.etablissement.K = /dossier=(\d+)/.exec(
    (await head.press(await head.go(`/etablissement/bcp/candidat?numero=${made.etablissement.N}`), 'Modifier cette inscription')).address,
  )[1];

  const address = (row) => {
    const query = askedOf(row).replace(/=([EKLNO])$/, (all, letter) => `=${made[row.service]?.[letter]}`);
    return (
      mounts[row.service] +
      row.path
        .replace('CODE', specialtyOf(server, 'bcp'))
        .replace('EXAM', /individuels|etiquettes/.test(row.path) ? 'cap' : exams[row.service]) /* of which there are individuals */
        .replace('STEP', 'candidature')
        .replace('NUMBER', made.etablissement.N)
        .replace('UAI', server.account('etablissement', 'open').login) +
      (query && `?${query}`)
    );
  };
  return { made, address, manager, head, pupils, doors, alone };
}
