// SPDX-License-Identifier: Apache-2.0
//
// What other programs see of our confirmations: qpdf (is the file right?), poppler (text, fonts, structure,
// places of words). The samples are those of confirmation_sample.c.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, test } from 'node:test';

const here = dirname(fileURLToPath(import.meta.url));
const sampleProgram = process.env.INSCRINET_PDF_SAMPLE ?? join(here, '../../build/tests/confirmation_sample');
const fonts = process.env.INSCRINET_TEST_FONTS ?? join(here, '../../build/fonts');
const samples = ['candidate', 'letters', 'long', 'cancelled', 'specimen', 'adult'];
const MOST_BYTES = 40_000;
const A4 = { width: 595.28, height: 841.89 };

let folder;
const file = (name) => join(folder, `${name}.pdf`);

/** Run a program that must succeed and have nothing to complain of. */
function run(program, ...args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  assert.ifError(error);
  assert.equal(stderr, '', `${program} ${args.join(' ')}`);
  assert.equal(status, 0, `${program} ${args.join(' ')}`);
  return stdout;
}

const text = (name) => run('pdftotext', '-layout', file(name), '-');
const structure = (name) => run('pdfinfo', '-struct-text', file(name));
const pages = (name) => Number(/^Pages:\s+(\d+)/m.exec(run('pdfinfo', file(name)))[1]);

/** The words of each page with their places. */
function words(name) {
  return run('pdftotext', '-bbox', file(name), '-').split('<page ').slice(1).map((page) =>
    [...page.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g)]
      .map(([, xMin, yMin, xMax, yMax, word]) => ({ xMin: +xMin, yMin: +yMin, xMax: +xMax, yMax: +yMax, word })));
}

/** Letters of the mark across the page: no other text is so high. */
const isMark = ({ yMin, yMax }) => yMax - yMin > 40;

/** Texts must stand in this order. */
function assertOrder(whole, parts) {
  let from = 0;
  for (const part of parts) {
    const at = whole.indexOf(part, from);
    assert.notEqual(at, -1, `« ${part} » after ${JSON.stringify(whole.slice(Math.max(0, from - 60), from))}`);
    from = at + part.length;
  }
}

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'inscrinet-pdf-'));
  run(sampleProgram, fonts, folder);
});

after(() => rmSync(folder, { recursive: true, force: true }));

for (const name of samples) {
  describe(name, () => {
    test('is a right PDF', () => {
      assert.match(run('qpdf', '--check', file(name)), /PDF Version: 1\.7[^]*No syntax or stream encoding errors/);
    });

    test('is small', () => {
      assert.ok(readFileSync(file(name)).length <= MOST_BYTES, `${readFileSync(file(name)).length} bytes`);
    });

    test('tells its title and its language, and is tagged', () => {
      const info = run('pdfinfo', file(name));
      const json = JSON.parse(run('qpdf', '--json', file(name)));
      const objects = Object.values(json.qpdf[1]).map((object) => object.value).filter(Boolean);
      const catalog = objects.find((object) => object['/Type'] === '/Catalog');

      assert.match(info, /^Title: +Confirmation d’inscription 11-0 – /m);
      assert.match(info, /^Tagged: +yes$/m);
      assert.match(info, /^Page size: .*A4/m);
      assert.doesNotMatch(info, /Date:/);
      assert.equal(catalog['/Lang'], 'u:fr-FR');
      assert.equal(catalog['/MarkInfo']['/Marked'], true);
      assert.equal(catalog['/ViewerPreferences']['/DisplayDocTitle'], true);
    });

    test('has all its fonts in it, with the letters they stand for', () => {
      const rows = run('pdffonts', file(name)).trim().split('\n').slice(2);

      assert.ok(rows.length >= 2);
      for (const row of rows) {
        assert.match(row, /\s+yes\s+yes\s+yes\s+\d+\s+\d+$/);
      }
    });

    test('keeps its words apart and inside the margins', () => {
      for (const page of words(name)) {
        const plain = page.filter((word) => !isMark(word));

        for (const [i, a] of plain.entries()) {
          assert.ok(a.xMin > 40 && a.xMax < A4.width - 40 && a.yMin > 30 && a.yMax < A4.height - 15,
            `${a.word} ${JSON.stringify(a)}`);
          for (const b of plain.slice(i + 1)) {
            const width = Math.min(a.xMax, b.xMax) - Math.max(a.xMin, b.xMin);
            const height = Math.min(a.yMax, b.yMax) - Math.max(a.yMin, b.yMin);
            const least = Math.min(a.yMax - a.yMin, b.yMax - b.yMin);

            assert.ok(width < 0.5 || height < 0.3 * least, `${a.word} over ${b.word}`);
          }
        }
      }
    });
  });
}

test('letters come back as they were typed', () => {
  const whole = text('letters').replace(/\s+/g, ' ');

  for (const part of ['ŁĘCKA-NGUYỄN', 'Erdoğan-Œuvré', 'ȘTEFĂNIA', 'ÇİĞDEM', 'Thị trấn Nguyễn ẠỆ,', 'l’Élégie ʻOkina',
    '« Les Tilleuls »', 'Académie de démonstration', '« Kraków »']) {
    assert.ok(whole.includes(part), part);
  }
});

test('is read in the order of the page', () => {
  const read = structure('candidate');

  assertOrder(read, ['Document', 'H1', '"Confirmation d’inscription"', '"N° d’inscription"', '"11-0"',
    '"Code personnel"', '"K7QM-2XRD"', '"Candidat"', 'H2', '"Candidature"', 'Table', 'TH', '/Scope /Row',
    '"Catégorie de candidat"', 'TD', '"Scolaire – lycée public"', '"Identité"', '"Nom de naissance"', '"EDOSH"',
    '"Nom d’usage"', '"—"', '"Naissance"', '"Nœux-les-Mines"', '"Coordonnées"', '"Engagement du candidat"',
    'Je certifie', '"Fait à"', '"Signature du candidat"', '"Signature du représentant légal"', 'CNIL']);
  assert.doesNotMatch(read, /Page 1\/1/, 'the footer is decoration');
});

test('an ordinary candidate has one page, long answers have two that say so', () => {
  assert.equal(pages('candidate'), 1);
  assert.equal(pages('letters'), 1);
  assert.equal(pages('adult'), 1);
  assert.equal(pages('long'), 2);
  assert.match(text('candidate'), /Page 1\/1/);
  assertOrder(text('long'), ['Page 1/2', 'Page 2/2']);
});

test('a name of a hundred letters is there whole', () => {
  const read = structure('long').replace(/"\s+"/g, '');

  assertOrder(read, ['"Nom de naissance"',
    'WOLFESCHLEGELSTEINHAUSENBERGERDORFF-MONTMORENCY-LUXEMBOURG D\'ARPAJON DE LA ROCHEFOUCAULD-LIANCOURT X"']);
  assertOrder(read, ['prenom.compose.avec.un.nom.de.famille.tres.long.et.un.domaine@'
    + 'sous-domaine.etablissement.academie-de-demonstration.example.org']);
});

test('the marks across the page are said in text too', () => {
  const mark = (name) => words(name)[0].filter(isMark).map(({ word }) => word).join('');

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
