// SPDX-License-Identifier: Apache-2.0
//
// Files as academies have them, made of rows: CSV in the encodings and with the separators that occur.
import fs from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');

/** Rows (objects) as CSV; columns: those of the first row, unless they are named. */
export function table(rows, { separator = ';', columns = Object.keys(rows[0]), end = '\n' } = {}) {
  const cell = (value) => {
    const text = value === undefined || value === null ? '' : String(value);
    return text.includes(separator) || /^"|[\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows.map((row) => columns.map((name) => row[name]))].map((cells) => cells.map(cell).join(separator) + end).join('');
}

/** A code of an establishment: seven digits and their letter. */
export const uai = (digits) => digits + 'ABCDEFGHJKLMNPRSTUVWXYZ'[Number(digits) % 23];

/** One byte a letter; letters that the encoding hasn't throw. */
function bytes(text, upper) {
  return Buffer.from(
    [...text].map((letter) => {
      const code = letter.codePointAt(0);
      if (upper[letter]) return upper[letter];
      if (code > 0xff || (code >= 0x80 && code < 0xa0)) throw new Error(`no ${letter} in this encoding`);
      return code;
    }),
  );
}
export const windows1252 = (text) => bytes(text, { '€': 0x80, '…': 0x85, Œ: 0x8c, '’': 0x92, œ: 0x9c });
export const latin1 = (text) => bytes(text.replaceAll('’', "'"), {});

/** The national table of diplomas in its 56 columns: three real specialties of each exam from the seeds, one of them
 * renamed, two new ones, and what is none of ours: closed, in common, not specified, of other levels. */
export function diplomas() {
  const [head, ...lines] = fs.readFileSync(path.join(root, 'seeds/specialties.csv'), 'utf8').trim().split('\n');
  const names = head.split(';');
  const seeds = lines.map((line) => Object.fromEntries(line.split(';').map((cell, i) => [names[i], cell])));
  const short = { BTS: 'BTS', BCP: 'BAC PRO', BP: 'BP', CAP: 'CAP', BEP: 'BEP', MC4: 'MC4', MC5: 'MC5' };
  const columns = [
    'FORMATION_DIPLOME NIVEAU_FORMATION_DIPLOME GROUPE_SPECIALITE LETTRE_SPECIALITE ANCIEN_RECME'.split(' '),
    'LIBELLE_COURT LIBELLE_STAT_33 LIBELLE_LONG_200 DATE_OUVERTURE DATE_FERMETURE'.split(' '),
    [1, 2, 3, 4, 5, 6, 7].map((i) => `ANCIEN_DIPLOME_${i}`),
    [1, 2, 3, 4, 5, 6, 7].map((i) => `NOUVEAU_DIPLOME_${i}`),
    'UNITE_CAPITALISABLE DATE_PREMIERE_SESSION DATE_DERNIERE_SESSION DATE_ARRETE_CREATION DATE_ARRETE_ABROGATION'.split(' '),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((i) => `DATE_ARRETE_MODIFICATION_${i}`),
    'COMMENTAIRE NATURE_FORMATION_DIPLOME GESTIONNAIRE_FORMATION_DIPLOME DATE_INTERVENTION NUMERO_COMPTE'.split(' '),
    'GESTION_DIFFUSION NB_MEF_OUVERT NB_MEF_FERME ID_DOCUMENT CITE_DOMAINE_FORMATION DATE_SESSION_RATTRAPAGE'.split(' '),
    'OBSERVATION ID CREATED_AT UPDATED_AT N_COMMENTAIRE CITE_DOMAINE_DETAILLE'.split(' '),
  ].flat();
  const row = (code, exam, label, more = {}) => ({
    ...Object.fromEntries(columns.map((name) => [name, ''])),
    FORMATION_DIPLOME: code,
    NIVEAU_FORMATION_DIPLOME: code.slice(0, 3),
    GROUPE_SPECIALITE: code.slice(3, 6),
    LIBELLE_COURT: exam,
    LIBELLE_LONG_200: label,
    NATURE_FORMATION_DIPLOME: '1',
    COMMENTAIRE: 'A REMPLACE LA MC "ESSAI" de 2001',
    ...more,
  });
  const real = Object.keys(short).flatMap((exam) =>
    seeds
      .filter((one) => one.exam === exam && one.source.startsWith('BCN'))
      .slice(0, 3)
      .map((one, i) =>
        row(one.code, short[exam], `${one.label}${exam === 'BP' && i === 0 ? ', RENOMME' : ''}  (${short[exam]})`, {
          LETTRE_SPECIALITE: one.letter,
          DATE_PREMIERE_SESSION: one.first_session,
          DATE_DERNIERE_SESSION: one.last_session,
        }),
      ),
  );
  return [
    ...real,
    row('50022199', 'CAP', 'BOULANGER  D’ESSAI (CAP)', { LETTRE_SPECIALITE: 'T', DATE_OUVERTURE: '01/09/2025', DATE_PREMIERE_SESSION: '2027' }),
    row('01022196', 'MC4', 'ACCUEIL … RÉCEPTION (MC NIVEAU IV)'),
    row('50022198', 'CAP', 'FERME DEPUIS LONGTEMPS (CAP)', { DATE_FERMETURE: '31/08/2001' }),
    row('40022198', 'BAC PRO', 'METIERS DE L’ESSAI 2NDE COMMUNE (BAC PRO)', { NATURE_FORMATION_DIPLOME: 'T' }),
    row('50099999', 'CAP', 'FORMATION NON SPECIFIEE', { NATURE_FORMATION_DIPLOME: '' }),
    row('50322198', 'CAPA', 'AGRICOLE (CAPA)'),
    row('56M23202', 'TH5', 'TITRE HOMOLOGUE'),
    row('32022198', 'DCESF', 'AUTRE DIPLOME DE CE NIVEAU'),
  ];
}
