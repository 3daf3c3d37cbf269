// SPDX-License-Identifier: Apache-2.0
//
// What other programs see of lists and slips.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertOrder, file, pages, run, structure, words } from './pdf.mjs';
import { rightDocument } from './right.mjs';

const SLIP_MARGIN = { side: 20, top: 15, bottom: 10 };

describe('list', () => rightDocument('list', /^Title: +Liste des candidats par spécialité$/m, { mostBytes: 60_000 }));
describe('bordereau', () => rightDocument('bordereau', /^Title: +Bordereau d’envoi des confirmations$/m));
describe('slips', () => rightDocument('slips', /^Title: +Accès des établissements$/m, { margin: SLIP_MARGIN }));

const sheets = (name) => run('pdftotext', '-layout', file(name), '-').split('\f').slice(0, -1);

test('every page of a list says which one it is, of how many', () => {
  const list = sheets('list');

  assert.equal(list.length, 5);
  for (const [i, sheet] of list.entries()) {
    assert.match(
      sheet,
      new RegExp(
        'Liste des candidats par spécialité – Baccalauréat professionnel, session de juin 2027 – ' +
          `0590001A Lycée professionnel Jean-Moulin, Lille +Page ${i + 1}/5`,
      ),
    );
  }
});

test('a list is read row by row, its headings once for each table', () => {
  const read = structure('list').replace(/"\s+"/g, ' ');
  const rows = [...Array(120).keys()].flatMap((i) => ['TR', '/Scope /Row', `"${i + 1}-${(i + 1) % 3}"`, 'TD']);

  assertOrder(read, [
    'H1',
    '"Liste des candidats par spécialité"',
    '"Baccalauréat professionnel, session de juin 2027"',
    '"0590001A Lycée',
    'H2',
    '"Groupe 1"',
    'Table',
    '/Scope /Column',
    '"Numéro"',
    '"État"',
    ...rows.slice(0, 4 * 70),
    '"Sous-total : 70 candidats"',
    'H2',
    '"Groupe 2"',
    'Table',
    ...rows.slice(4 * 70),
    '"Total : 120 candidats"',
  ]);
  assert.equal(read.match(/"Numéro"/g).length, 2);
});

test('a group begins a page where that is asked', () => {
  const groups = sheets('list').map((sheet) => /Groupe \d( \(suite\))?/.exec(sheet)?.[0]);

  assert.deepEqual(groups, ['Groupe 1', 'Groupe 1 (suite)', 'Groupe 1 (suite)', 'Groupe 2', 'Groupe 2 (suite)']);
  assert.doesNotMatch(structure('list'), /suite/, 'which is read once');
});

test('each page of a table has its headings', () => {
  for (const page of words('list')) {
    assert.equal(page.filter(({ word }) => word === 'Numéro').length, 1);
  }
});

test('a bordereau has its rows and its count', () => {
  const [sheet] = sheets('bordereau');

  assert.equal(pages('bordereau'), 1);
  assert.equal(sheet.match(/EDOSH - ÉLÉONORE MARIE/g).length, 30);
  assertOrder(sheet, [
    'Remise',
    '11-0',
    '40-0',
    '30 confirmations',
    'Récapitulatif',
    'Jointes',
    '22704',
    'Fait à',
    'Signature et cachet du chef d’établissement',
    'Page 1/1',
  ]);
  assertOrder(structure('bordereau').replace(/"\s+"/g, ' '), [
    'Table',
    '"Remise"',
    '"40-0"',
    '"30 confirmations"',
    'H2',
    '"Récapitulatif"',
    'Table',
    '/Scope /Column',
    '"Jointes"',
    '/Scope /Row',
    '"22704 Technicien du bâtiment"',
    '"30"',
    '"Fait à"',
    '"Signature et cachet',
  ]);
});

test('each slip says how to log in, a pupil’s with his code', () => {
  const read = structure('slips').replace(/"\s+"/g, ' ');

  assert.equal(pages('slips'), 2);
  assert.equal(read.match(/^ *H1/gm).length, 14);
  assertOrder(
    read,
    [...Array(13).keys()].flatMap((i) => [
      'Part',
      'H1',
      '"Adresse du service https://inscrinet.exemple.fr/etablissement/"',
      `"Code établissement 059${String(i + 1).padStart(4, '0')}A"`,
      '"Mot de passe Kp7-Qm2x-Rd9w"',
      '"Première connexion du',
    ]),
  );
  assertOrder(read, [
    'Part',
    '"ŒUVRARD-LEFÈVRE - ÉLÉONORE',
    '"TMELEC2, Lycée professionnel Jean-Moulin',
    '"Adresse du service https://inscrinet.exemple.fr/inscription-etablissement/"',
    '"Code établissement 0590001A"',
    '"Code de l’élève ABCD-2345"',
  ]);
});
