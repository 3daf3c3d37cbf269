// SPDX-License-Identifier: Apache-2.0
//
// Candidates of a past session who don't exist, as files bring them: a CSV of them, one of their units, and what they
// type to be found.
import fs from 'node:fs';
import path from 'node:path';

import { table } from './files.mjs';

/** One who comes back, of a number; more are columns of his row. */
export const returning = (number, more = {}) => ({
  examen: 'CAP',
  session: '2026-06',
  numero: number,
  etat: 'V',
  specialite: '',
  civilite: 'F',
  nom_naissance: `Revenante${String.fromCharCode(65 + (number % 26))}`,
  prenom_1: 'Œlia',
  prenom_2: 'Thị Hồng',
  date_naissance: '1990-07-07',
  pays_naissance: '99100',
  departement_naissance: '059',
  commune_naissance: 'Lille',
  nationalite: '99100',
  ine: `${120000000 + number}AB`,
  voie: `${number} allée Cachée`,
  complement_adresse: '2e étage',
  code_postal: '59000',
  commune: 'Lille',
  pays: '99100',
  telephone_mobile: '+33639981234',
  courriel: 'revenante@example.org',
  ...more,
});

const csv = (rows) => table(rows, { columns: [...new Set(rows.flatMap(Object.keys))], end: '\r\n' });

/** `load previous` of rows; the command's answer. */
export function loadPrevious(server, rows, { status, options = [], name = 'anciens.csv' } = {}) {
  const file = path.join(server.state, name);
  fs.writeFileSync(file, typeof rows === 'string' ? rows : csv(rows));
  return server.ctl(['load', 'previous', file, ...options], { status });
}

/** What he types: his birth, and his number with his code, or his INE. */
export const byNumber = (number, code) => ({
  'Date de naissance': '7/7/1990',
  'N° de candidat de la session précédente': String(number),
  'Code personnel': code,
});
export const byIne = (row) => ({ 'Date de naissance': '7/7/1990', INE: row.ine });
