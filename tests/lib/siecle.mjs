// SPDX-License-Identifier: Apache-2.0
//
// Exports of SIECLE of pupils who don't exist, as schools send them: XML, or a zip of it.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { base } from './server.mjs';

/** The year in which the school year begins that is under way, as exports say it. */
export const schoolYear = () => {
  const [year, month] = new Date().toLocaleDateString('sv', { timeZone: 'Europe/Paris' }).split('-').map(Number);
  return month >= 8 ? year : year - 1;
};

const element = (name, text) => (text === undefined ? '' : `<${name}>${text}</${name}>`);
const ine = (id) => `${String(120000000 + id)}AB`;

/** A pupil of a number, in the last year of a BCP. */
export const pupil = (id, more = {}) => ({
  id,
  ine: ine(id),
  nom: `ÉLÈVE${String.fromCharCode(65 + (id % 26))}${String.fromCharCode(65 + (Math.floor(id / 26) % 26))}`,
  prenom: ['Léa', 'Noé', 'Zoé', 'Œnone', 'Karim'][id % 5],
  naissance: `${String((id % 28) + 1).padStart(2, '0')}/${String((id % 12) + 1).padStart(2, '0')}/2009`,
  mef: '24720002330',
  classe: `TMELEC${Math.floor(id / 30)}`,
  ...more,
});

/** The export of a school; in ISO-8859-15 as it declares, where it has no sign beyond. */
export function exportOf(school, pupils, { year = schoolYear(), encoding = 'latin1' } = {}) {
  const one = (p) =>
    `<ELEVE ELEVE_ID="${p.id}" ELENOET="${p.id}">${element('ID_NATIONAL', p.ine)}${element('NOM_DE_FAMILLE', p.nom)}${element('PRENOM', p.prenom)}` +
    `${element('DATE_NAISS', p.naissance)}<CODE_SEXE>${(p.id % 2) + 1}</CODE_SEXE><CODE_PAYS>100</CODE_PAYS>` +
    `<CODE_COMMUNE_INSEE_NAISS>59350</CODE_COMMUNE_INSEE_NAISS>${element('CODE_MEF', p.mef)}${element('DATE_SORTIE', p.sortie)}` +
    `<SCOLARITE_AN_DERNIER><CODE_MEF>20010018110</CODE_MEF></SCOLARITE_AN_DERNIER><ADRESSE_ID>${p.id}</ADRESSE_ID></ELEVE>\n`;
  const membership = (p) =>
    `<STRUCTURES_ELEVE ELEVE_ID="${p.id}"><STRUCTURE>${element('CODE_STRUCTURE', p.classe)}<TYPE_STRUCTURE>D</TYPE_STRUCTURE></STRUCTURE>` +
    `</STRUCTURES_ELEVE>\n`;
  const address = (p) =>
    `<ADRESSE ADRESSE_ID="${p.id}"><LIGNE1_ADRESSE>${p.id} rue Secrète</LIGNE1_ADRESSE><CODE_POSTAL>59000</CODE_POSTAL>` +
    `<LIBELLE_POSTAL>LILLE</LIBELLE_POSTAL></ADRESSE>\n`;
  const text =
    `<?xml version="1.0" encoding="ISO-8859-15"?>\n<BEE_ELEVES VERSION="2.1"><PARAMETRES><UAJ>${school}</UAJ>` +
    `<ANNEE_SCOLAIRE>${year}</ANNEE_SCOLAIRE></PARAMETRES><DONNEES>\n` +
    `<ELEVES>\n${pupils.map(one).join('')}</ELEVES>\n<STRUCTURES>\n${pupils
      .filter((p) => p.classe)
      .map(membership)
      .join('')}</STRUCTURES>\n` +
    `<ADRESSES>\n${pupils.map(address).join('')}</ADRESSES>\n</DONNEES></BEE_ELEVES>\n`;
  return Buffer.from(encoding === 'latin1' ? text.replaceAll('Œ', '\u00bc').replaceAll('œ', '\u00bd') : text, encoding);
}

/** A pupil whom a school expects, in the base as a load would have left him: « ATTENDU Zoé », 7 July 2009, with his code. */
export function expectPupil(server, login) {
  const year = schoolYear() + 1,
    school = server.query(`SELECT id FROM establishment WHERE code = '${login}'`),
    empty = base === 'pgsql' ? "''" : "X''";
  server.query(`INSERT INTO pupil (establishment, year, key, identity, listed_name, birth_name, forename_1, birth_date, sort_key)
    VALUES (${school}, ${year}, 'k', 'ATTENDU|ZOE|2009-07-07', 'ATTENDU - ZOÉ', 'Attendu', 'Zoé', '2009-07-07', ${empty})`);
}
export const expected = { 'Nom de naissance': 'attendu', 'Prénom 1': 'zoe', 'Date de naissance': '7/7/2009' };

/** A zip of one file. */
export function zipOf(bytes, name = 'ElevesAvecAdresses.xml') {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'siecle-'));
  try {
    fs.writeFileSync(path.join(folder, name), bytes);
    execFileSync('zip', ['-q', 'export.zip', name], { cwd: folder });
    return fs.readFileSync(path.join(folder, 'export.zip'));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** A form with a file, as a browser sends it: the fields of a button's form, and the file in the control « fichier ». */
export function upload(browser, page, button, bytes, name = 'ExportXML_ElevesAvecAdresses.zip', { field = 'fichier', filled = {}, ...options } = {}) {
  const { action, fields } = browser.prepare(page, button, filled);
  const boundary = '----WebKitFormBoundary7MA4YWxkTrZu0gW';
  const parts = [...fields]
    .filter(([one]) => one !== field)
    .map(([one, value]) => Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${one}"\r\n\r\n${value}\r\n`));
  const body = Buffer.concat([
    ...parts,
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`),
    bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return browser.request(action, {
    method: 'POST',
    body,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'sec-fetch-site': 'same-origin', ...options.headers },
  });
}
