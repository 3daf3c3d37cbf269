// SPDX-License-Identifier: Apache-2.0
//
// What other programs see of our confirmations.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { A4, assertOrder, file, here, isMark, pages, run, scan, structure, text, words } from './pdf.mjs';
import { rightDocument } from './right.mjs';

const samples = ['candidate', 'letters', 'bac', 'noted', 'long', 'cancelled', 'specimen', 'adult'];

for (const name of samples) {
  describe(name, () => rightDocument(name, /^Title: +Confirmation d’inscription 11-0 – /m));
}

test('letters come back as they were typed', () => {
  const whole = text('letters').replace(/\s+/g, ' ');

  for (const part of [
    'ŁĘCKA-NGUYỄN',
    'Erdoğan-Œuvré',
    'ȘTEFĂNIA',
    'ÇİĞDEM',
    'Thị trấn Nguyễn ẠỆ,',
    'l’Élégie ʻOkina',
    '« Les Tilleuls »',
    'Académie de démonstration',
    '« Kraków »',
  ]) {
    assert.ok(whole.includes(part), part);
  }
});

test('every Latin letter that a name may have comes back as it was typed', () => {
  const ranges = [
    [0xc0, 0xd6],
    [0xd8, 0xf6],
    [0xf8, 0x24f],
    [0x1e00, 0x1efb],
  ];
  const letters = ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)));
  const whole = text('alphabet').replace(/\s+/g, ' ');

  assert.equal(letters.length, 23 + 31 + 344 + 252);
  for (let i = 0; i < letters.length; i += 16) {
    const row = letters.slice(i, i + 16).join('');
    assert.ok(whole.includes(row), `${row} in ${whole}`);
  }
});

test('is read in the order of the page', () => {
  const read = structure('candidate');

  assertOrder(read, [
    'Document',
    'H1',
    '"Confirmation d’inscription"',
    '"N° d’inscription 11-0"',
    '"Code personnel K7QM-2XRD"',
    '"Dernière validation ',
    '"Candidat EDOSH - ',
    '"Établissement ',
    '"Catégorie Scolaire – établissement public"',
    '"Classe T BAC PRO MV A"',
    '"Forme de passage Globale"',
    '"Renseignements : ',
    'H2',
    '"Identité"',
    'P (block)',
    '"Civilité Madame"',
    'P (block)',
    '"Nom de naissance EDOSH"',
    '"Nom d’usage —"',
    '"Naissance"',
    'Nœux-les-Mines"',
    '"Coordonnées"',
    '"Situation"',
    '"Pièces à joindre (cochez-les)"',
    'L (block)',
    'LI (block)',
    'LBody',
    '"Copie d’une pièce d’identité"',
    '"Corrections (à l’encre rouge)"',
    '"Engagement du candidat"',
    'Je certifie',
    '"Fait à"',
    '"Signature du candidat"',
    '"Signature du représentant légal"',
    'CNIL',
  ]);
  assert.doesNotMatch(read, /Page 1\/1/, 'the footer is decoration');
});

test('an ordinary candidate has one page, eighteen units or long answers have two that say so', () => {
  assert.equal(pages('candidate'), 1);
  assert.equal(pages('letters'), 1);
  assert.equal(pages('adult'), 1);
  assert.equal(pages('noted'), 1);
  assert.equal(pages('bac'), 2);
  assert.equal(pages('long'), 2);
  assert.match(text('candidate'), /Page 1\/1/);
  assertOrder(text('bac'), ['Page 1/2', 'Page 2/2']);
  assertOrder(text('long'), ['Page 1/2', 'Page 2/2']);
});

/** The rows of the units in samples.h: code, label, coefficient, mode, state, choice. */
const units = readFileSync(join(here, 'samples.h'), 'utf8')
  .split('sample_bac')[1]
  .split('NULL, NULL, NULL, NULL, NULL')[0]
  .match(/\{"U[^}]*\}/g)
  .map((row) => [...row.matchAll(/"([^"]*)"|NULL|(\d)\}$/g)].map(([, given]) => given));

test('every unit is a row of its own, with what is asked and answered', () => {
  const read = structure('bac').replace(/"\s+"/g, ' ');

  assert.equal(units.length, 18);
  assertOrder(read, [
    '"Épreuves"',
    'Table',
    'TR',
    '/Scope /Column',
    '"Unité"',
    '"Épreuve"',
    '"Coef."',
    '"Mode"',
    '"État de l’inscription"',
    '"Choix"',
    ...units.flatMap(([code, label, ...rest]) => ['TR', '/Scope /Row', `"${code}"`, `"${label}`, ...rest.filter(Boolean).map((cell) => `"${cell}"`)]),
    '"* Épreuve, coefficient ou mode à vérifier',
  ]);
  assert.equal(read.match(/ \*"/g).length, 2, 'units that are not official');
});

test('the words of the units are found in the text', () => {
  const whole = text('bac').replace(/\s+/g, ' ');

  for (const word of units
    .flat()
    .filter(Boolean)
    .flatMap((cell) => cell.split(' '))) {
    assert.ok(whole.includes(word), word);
  }
});

test('headings of the units are repeated on a next page, and read once', () => {
  const heads = words('bac').map((page) => page.filter(({ word }) => word === 'Coef.').length);

  assert.deepEqual(heads, [1, 1]);
  assert.equal(structure('bac').match(/"Coef\."/g).length, 1);
});

test('without units there is what is said instead, or nothing', () => {
  assertOrder(structure('noted'), ['"Épreuves : Les épreuves de cette spécialité sont celles de son règlement', '"Engagement du candidat"']);
  assert.doesNotMatch(structure('candidate'), /"Épreuves/);
});

test('two short blocks stand side by side and are read one after the other', () => {
  const [page] = words('noted');
  const [left, right] = ['Situation', 'Modalités'].map((title) => page.find(({ word }) => word === title));

  assert.ok(Math.abs(left.yMin - right.yMin) < 1 && right.xMin > A4.width / 2);
  assertOrder(structure('noted'), ['"Situation"', '"Section européenne ', '"Recensement ', '"Modalités de passage"', '"Centre souhaité Lille"']);
});

test('every document to join is there, with its box', () => {
  const whole = structure('bac').replace(/"\s+"/g, ' ');

  assertOrder(whole, [
    '"Corrections (à l’encre rouge)"',
    '"Rubrique ou épreuve',
    '"Pièces à joindre"',
    '"Copie de l’attestation de recensement',
    '"Relevé de notes de la session 2025',
    '"Copie du diplôme',
    '"Décision du jury',
    '"Engagement du candidat"',
  ]);
  assert.equal(whole.match(/LBody/g).length, 4);
  assert.doesNotMatch(structure('adult'), /Pièces à joindre/);
  assert.doesNotMatch(structure('cancelled'), /Pièces à joindre|Corrections/);
});

test('each page says at its foot whose it is', () => {
  const sheets = run('pdftotext', '-layout', file('bac'), '-').split('\f').slice(0, 2);

  for (const [i, sheet] of sheets.entries()) {
    assertOrder(sheet, [
      'Inscription n° 11-0 – EDOSH - ÉLÉONORE MARIE',
      `Page ${i + 1}/2`,
      'Code personnel : K7QM-2XRD',
      'Dernière validation : 24/11/2026 20:31',
      'à remettre au plus tard le 04/12/2026',
    ]);
  }
});

test('a scanner reads the exam and the number, even through the mark across the page', () => {
  assert.equal(scan('candidate'), 'BCP 11-0');
  assert.equal(scan('bac'), 'BCP 11-0');
  assert.equal(scan('cancelled'), 'BCP 11-0');
  assert.equal(scan('adult'), '');
});

test('a name of a hundred letters is there whole', () => {
  const read = structure('long').replace(/"\s+"/g, '');

  assertOrder(read, ['"Nom de naissance ', 'WOLFESCHLEGELSTEINHAUSENBERGERDORFF-MONTMORENCY-LUXEMBOURG D\'ARPAJON DE LA ROCHEFOUCAULD-LIANCOURT X"']);
  assertOrder(read, ['prenom.compose.avec.un.nom.de.famille.tres.long.et.un.domaine@' + 'sous-domaine.etablissement.academie-de-demonstration.example.org']);
});

test('the marks across the page are said in text too', () => {
  const mark = (name) =>
    words(name)[0]
      .filter(isMark)
      .map(({ word }) => word)
      .join('');

  assert.equal([...mark('cancelled')].sort().join(''), [...'ANNULÉE'].sort().join(''));
  assert.equal([...mark('specimen')].sort().join(''), [...'SPÉCIMEN'].sort().join(''));
  assert.equal(mark('candidate'), '');
  assert.match(structure('cancelled'), /Inscription annulée/);
  assert.doesNotMatch(structure('cancelled'), /ANNULÉE|À remettre/);
  assert.match(structure('specimen'), /Spécimen/);
  assert.doesNotMatch(structure('specimen'), /SPÉCIMEN/);
});

test('only who must sign has a box', () => {
  const adult = text('adult');

  assert.match(adult, /Signature du candidat/);
  assert.doesNotMatch(adult, /représentant légal|chef d’établissement|À remettre/);
});
