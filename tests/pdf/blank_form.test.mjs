// SPDX-License-Identifier: Apache-2.0
//
// What other programs see of the blank form.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertOrder, pages, run, file, structure } from './pdf.mjs';
import { rightDocument } from './right.mjs';

describe('blank', () => rightDocument('blank', /^Title: +Formulaire d’inscription – Baccalauréat professionnel, Session de juin 2027$/m));

test('is read from the head to the signatures, with every field and what can be ticked', () => {
  assertOrder(structure('blank').replace(/"\s+"/g, ' '), [
    'H1',
    '"Formulaire d’inscription"',
    '"Baccalauréat professionnel – Session de juin 2027"',
    '"À remettre à votre établissement, qui',
    'H2',
    '"Candidature"',
    '"Spécialité"',
    '"Établissement"',
    '"nom et commune',
    '"Catégorie"',
    'L (block)',
    'LI (block)',
    '"Scolaire"',
    '"Ancien scolaire"',
    '"Section européenne"',
    '"Oui"',
    '"Non"',
    '"Identité"',
    '"Date de naissance"',
    '"JJ/MM/AAAA"',
    '"Coordonnées"',
    '"Situation"',
    '"Épreuves"',
    'Table',
    '/Scope /Column',
    '"Unité"',
    '"Choix"',
    '"Engagement du candidat"',
    'Je certifie',
    '"Signature du candidat"',
    '"Signature du représentant légal"',
    '"Visa et cachet du chef d’établissement"',
    '"Cadre réservé à l’administration"',
    'CNIL',
  ]);
});

test('has twelve rows for the units', () => {
  const table = structure('blank').split('"Épreuves"')[1].split('"Engagement du candidat"')[0];

  assert.equal(table.match(/^ +TR/gm).length, 1 + 12);
  assert.equal(table.match(/^ +TD/gm).length, 6 * 12);
});

test('each page says at its foot what it is', () => {
  const sheets = run('pdftotext', '-layout', file('blank'), '-').split('\f').slice(0, -1);

  assert.equal(sheets.length, pages('blank'));
  for (const [i, sheet] of sheets.entries()) {
    assertOrder(sheet, ['Baccalauréat professionnel, Session de juin 2027', `Formulaire vierge – page ${i + 1}/${sheets.length}`]);
  }
});
