// SPDX-License-Identifier: Apache-2.0
//
// Readers other than poppler: they open every kind of document without a word and draw the same, since a broken font
// still gives its text. Readers as old as PDF 1.4 know nothing of the object streams that tags are packed in, and find
// all that is drawn by the classic table.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { file, folder, pages, run } from './pdf.mjs';

const documents = ['candidate', 'letters', 'bac', 'long', 'cancelled', 'specimen', 'few', 'list', 'bordereau', 'slips', 'labels', 'posted', 'blank'];
const DOTS = 120; /* an inch */

/** A page as bytes of grey. */
function picture(program, args, path) {
  run(program, ...args);
  const bytes = readFileSync(path);
  const [head] = /^P5\s+(?:#.*\s+)?\d+\s+\d+\s+255\s/.exec(bytes.subarray(0, 80).toString('latin1'));
  return bytes.subarray(head.length);
}

const drawnBy = {
  poppler: (name, page) => {
    const path = join(folder, `${name}-${page}-poppler`);
    return picture(
      'pdftoppm',
      [
        '-r',
        `${DOTS}`,
        '-gray',
        '-thinlinemode',
        'shape',
        '-f',
        `${page}`,
        '-l',
        `${page}`,
        '-singlefile',
        '-scale-to-x',
        '992',
        '-scale-to-y',
        '1404',
        file(name),
        path,
      ],
      `${path}.pgm`,
    );
  },
  MuPDF: (name, page) => {
    const path = join(folder, `${name}-${page}-mupdf.pgm`);
    return picture('mutool', ['draw', '-q', '-N', '-r', `${DOTS}`, '-w', '992', '-h', '1404', '-f', '-c', 'gray', '-o', path, file(name), `${page}`], path);
  },
  Ghostscript: (name, page) => {
    const path = join(folder, `${name}-${page}-gs.pgm`);
    const options = ['-q', '-dNOPAUSE', '-dBATCH', '-dSAFER', '-sDEVICE=pgmraw', '-dGraphicsAlphaBits=4', '-dTextAlphaBits=4', '-g992x1404', '-dPDFFitPage'];
    return picture('gs', [...options, `-dFirstPage=${page}`, `-dLastPage=${page}`, `-sOutputFile=${path}`, `-r${DOTS}`, file(name)], path);
  },
};

const WIDTH = 992,
  CELL = 16;

/** The ink of each small square of a picture: programs draw thin rules and edges differently, and put them there alike. */
function cells(bytes) {
  const sums = new Float64Array(Math.ceil(WIDTH / CELL) * Math.ceil(bytes.length / WIDTH / CELL));
  for (let at = 0; at < bytes.length; at++) sums[Math.floor(at / WIDTH / CELL) * Math.ceil(WIDTH / CELL) + Math.floor((at % WIDTH) / CELL)] += 255 - bytes[at];
  return sums;
}

const ink = (sums) => sums.reduce((sum, cell) => sum + cell, 0);
const apart = (one, other) => one.reduce((sum, cell, i) => sum + Math.abs(cell - other[i]), 0) / ink(one);

test('the measure tells pages apart', () => {
  assert.ok(apart(cells(drawnBy.poppler('bac', 1)), cells(drawnBy.poppler('bac', 2))) > 0.5);
});

for (const name of documents) {
  describe(name, () => {
    for (const reader of ['MuPDF', 'Ghostscript']) {
      test(`${reader} draws what poppler draws`, () => {
        for (let page = 1; page <= Math.min(pages(name), 3); page++) {
          const expected = drawnBy.poppler(name, page),
            drawn = drawnBy[reader](name, page);
          assert.equal(drawn.length, expected.length);
          assert.ok(apart(cells(expected), cells(drawn)) < 0.35, `page ${page}: ${apart(cells(expected), cells(drawn))}`);
        }
      });
    }

    test('a reader that looks past the tags shows the same text on the same pages', () => {
      const masked = join(folder, `${name}-1.4.pdf`);
      const bytes = readFileSync(file(name)).toString('latin1');
      assert.match(bytes, /^%PDF-1\.4\n/);
      assert.match(bytes, /\/XRefStm \d+/);
      writeFileSync(masked, bytes.replaceAll('/XRefStm', '/XRefOld').replace('/MarkInfo', '/MarkNone'), 'latin1');
      assert.equal(run('pdftotext', '-layout', masked, '-'), run('pdftotext', '-layout', file(name), '-'));
      assert.equal(/^Pages: +(\d+)/m.exec(run('pdfinfo', masked))[1], `${pages(name)}`);
    });
  });
}

describe('pdf.js', () => {
  let pdfjs;
  const said = [];
  before(async () => {
    const { log } = console;
    console.log = () => {}; /* that it could not draw here */
    ({ default: pdfjs } = await import('pdfjs-dist/legacy/build/pdf.js'));
    console.log = log;
  });

  for (const name of documents) {
    test(`${name} is opened and read without a word`, async (t) => {
      const { log, warn } = console;
      t.after(() => Object.assign(console, { log, warn }));
      console.log = console.warn = (...words) => said.push(words.join(' '));
      const document = await pdfjs.getDocument({ data: new Uint8Array(readFileSync(file(name))), verbosity: pdfjs.VerbosityLevel.WARNINGS }).promise;
      let text = '';
      for (let i = 1; i <= document.numPages; i++) {
        const page = await document.getPage(i);
        await page.getOperatorList();
        text += (await page.getTextContent()).items.map((item) => item.str).join('');
        assert.equal((await page.getStructTree()).role, 'Root');
      }
      Object.assign(console, { log, warn });
      assert.deepEqual(said, []);
      assert.equal(document.numPages, pages(name));
      const letters = (words) => [...words.replace(/\s/g, '')].sort().join('');
      assert.equal(letters(text), letters(run('pdftotext', file(name), '-')));
    });
  }
});
