#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// seeds/communes.mjs FOLDER: seeds/communes.csv out of the npm package @etalab/decoupage-administratif, unpacked in FOLDER
// (`npm pack @etalab/decoupage-administratif@6.0.0`, then tar). Its data is INSEE's code officiel géographique and La
// Poste's postal codes, under the Licence Ouverte.
import fs from 'node:fs';
import path from 'node:path';

const communes = JSON.parse(fs.readFileSync(path.join(process.argv[2], 'data/communes.json'), 'utf8'));
const types = { 'commune-actuelle': 'A', 'arrondissement-municipal': 'M', 'commune-deleguee': 'D', 'commune-associee': 'S' };

/** « 01 » of the mainland has three signs, as the overseas ones: 001, 02A, 974. */
const department = (code) => (/^9[78]/.test(code) ? code.slice(0, 3) : `0${code.slice(0, 2)}`);

const rows = communes.flatMap((one) => {
  const chief = one.chefLieu ?? one.commune ?? '';
  const postal = one.codesPostaux?.length ? `|${one.codesPostaux.join('|')}|` : '';
  const named = [one.code, types[one.type], one.nom, department(one.code), chief, postal];
  const former = (one.anciensCodes ?? []).filter((code) => code !== one.code).map((code) => [code, 'O', '', department(code), one.code, '']);
  return [named, ...(one.type === 'commune-actuelle' ? former : [])];
});
rows.sort((a, b) => (a[0] + a[1] < b[0] + b[1] ? -1 : 1));
const seen = new Set();
const kept = rows.filter(([code, type]) => !seen.has(code + type) && seen.add(code + type));
const lines = [['code', 'type', 'nom', 'departement', 'chef_lieu', 'codes_postaux'], ...kept];
fs.writeFileSync(path.join(import.meta.dirname ?? 'seeds', 'communes.csv'), lines.map((cells) => cells.join(';')).join('\n') + '\n');
