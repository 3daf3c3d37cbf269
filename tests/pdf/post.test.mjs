// SPDX-License-Identifier: Apache-2.0
//
// What is posted: a confirmation whose address stands in the window of a DL or C5 envelope, and labels.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { pages, words } from './pdf.mjs';
import { rightDocument } from './right.mjs';

const MM = 72 / 25.4;
const address = [
  'Mme Éléonore WOLFESCHLEGELSTEINHAUSEN-DE MONTMORENCY',
  'RÉSIDENCE LES JARDINS D’ŒUVRARD, BÂT. B',
  '1234 BIS AVENUE DU MARÉCHAL DE LATTRE',
  'LIEU-DIT LA CROIX-AUX-BŒUFS, BP 12345',
  '51290 SAINT-REMY-EN-BOUZEMONT-SAINT-GENEST-ET-ISSON',
  'GRAND-DUCHÉ DE LUXEMBOURG',
];
/** Words that stand, even with a part of theirs, in a rectangle in millimetres from the upper left corner. */
const inside = (page, { left, right, top, bottom }) =>
  page.filter(({ xMin, xMax, yMin, yMax }) => xMax > left * MM && xMin < right * MM && yMax > top * MM && yMin < bottom * MM);

describe('a posted confirmation', () => rightDocument('posted', /^Title: +Confirmation d’inscription /m));
describe('labels', () => rightDocument('labels', /^Title: +Étiquettes$/m, { margin: { side: 14, top: 14, bottom: 14 } }));

test('of a folded sheet the window shows the address and nothing else, however it has slipped', () => {
  const [first] = words('posted'),
    shown = inside(first, { left: 110, right: 195, top: 55, bottom: 90 });
  assert.equal(shown.map(({ word }) => word).join(' '), address.join(' '));
  for (const { word, xMin, xMax, yMin, yMax } of shown)
    assert.ok(xMin >= 111 * MM && xMax <= 190 * MM && yMin >= 56 * MM && yMax <= 80 * MM, `${word}: ${[xMin, xMax, yMin, yMax].map((at) => at / MM)}`);
});

test('24 labels of 70 x 37 mm a sheet, row by row; each keeps to its own, away from the edges that printers leave white', () => {
  assert.equal(pages('labels'), 2);
  const sheets = words('labels');
  for (let label = 0; label < 30; label++) {
    const place = label % 24,
      left = (place % 3) * 70,
      top = 0.5 + Math.floor(place / 3) * 37,
      own = inside(sheets[label < 24 ? 0 : 1], { left, right: left + 70, top, bottom: top + 37 });
    assert.equal(own.map(({ word }) => word).join(' '), address.slice(0, (label % 6) + 1).join(' '), `label ${label}`);
    for (const { word, xMin, xMax, yMin, yMax } of own)
      assert.ok(xMin >= (left + 5) * MM && xMax <= (left + 65) * MM && yMin >= (top + 5) * MM && yMax <= (top + 32) * MM, `${label} ${word}`);
  }
});
