// SPDX-License-Identifier: Apache-2.0
//
// What every document of ours must be.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { A4, file, isMark, run, structure, words } from './pdf.mjs';

/** margin: what the layout leaves white. */
export function rightDocument(name, title, { margin = { side: 40, top: 30, bottom: 15 }, mostBytes = 40_000 } = {}) {
  test('is a right PDF', () => {
    assert.match(run('qpdf', '--check', file(name)), /PDF Version: 1\.4[^]*No syntax or stream encoding errors/);
  });

  test('is small', () => {
    assert.ok(readFileSync(file(name)).length <= mostBytes, `${readFileSync(file(name)).length} bytes`);
  });

  test('tells its title and its language, and is tagged', () => {
    const info = run('pdfinfo', file(name));
    const json = JSON.parse(run('qpdf', '--json', file(name)));
    const objects = Object.values(json.qpdf[1])
      .map((object) => object.value)
      .filter(Boolean);
    const catalog = objects.find((object) => object['/Type'] === '/Catalog');

    assert.match(info, title);
    assert.match(info, /^Tagged: +yes$/m);
    assert.match(info, /^Page size: .*A4/m);
    assert.doesNotMatch(info, /Date:/);
    assert.equal(catalog['/Lang'], 'u:fr-FR');
    assert.equal(catalog['/MarkInfo']['/Marked'], true);
    assert.equal(catalog['/ViewerPreferences']['/DisplayDocTitle'], true);
  });

  test('keeps the rules of PDF/UA-1 that a program can check', () => {
    const [, found] = JSON.parse(run('qpdf', '--json', '--json-stream-data=inline', '--decode-level=generalized', file(name))).qpdf;
    const objects = Object.fromEntries(Object.entries(found).map(([key, object]) => [key.replace('obj:', ''), object.value ?? object.stream]));
    const all = Object.values(objects),
      pages = all.filter((object) => object['/Type'] === '/Page'),
      elements = all.filter((object) => object['/S'] && object['/P']);
    const parent = (element) => objects[element['/P']],
      inside = (element, type) => parent(element)['/S'] === type;

    for (const page of pages) {
      assert.equal(page['/Tabs'], '/S', '7.18.3: the order of tabs is that of the structure');
      let depth = 0;
      const drawn = Buffer.from(objects[page['/Contents']].data, 'base64').toString('latin1');
      for (const [operator] of drawn.matchAll(/\((?:\\.|[^\\)])*\)|<[0-9A-F]+>|[A-Za-z*]+/g)) {
        if (operator === 'BDC' || operator === 'BMC') depth++;
        else if (operator === 'EMC') depth--;
        else if (/^(Tj|S|f|Do|re)$/.test(operator)) assert.equal(depth, 1, '7.1: what is drawn is real content or an artifact, and not both');
      }
      assert.equal(depth, 0);
    }
    for (const element of elements) {
      const type = element['/S'];
      assert.match(type, /^\/(Document|Part|H1|H2|P|Table|TR|TH|TD|L|LI|LBody)$/, '7.1: standard types only');
      if (type !== '/TD') assert.ok([element['/K']].flat().length > 0, `7.1: ${type} holds something; a cell may be empty`);
      if (type === '/TH') assert.match((objects[element['/A']] ?? element['/A'])['/Scope'], /^\/(Row|Column)$/, '7.5: a heading says what of');
      if (type === '/TR') assert.ok(inside(element, '/Table'), '7.5');
      if (type === '/TH' || type === '/TD') assert.ok(inside(element, '/TR'), '7.5');
      if (type === '/LI') assert.ok(inside(element, '/L'), '7.6');
      if (type === '/LBody') assert.ok(inside(element, '/LI'), '7.6');
    }
    const headings = structure(name).match(/^ *H[12]\b/gm) ?? [];
    assert.match(headings[0].trim(), /^H1$/, '7.4: headings begin at the first level and skip none');
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
        assert.ok(
          a.xMin > margin.side && a.xMax < A4.width - margin.side && a.yMin > margin.top && a.yMax < A4.height - margin.bottom,
          `${a.word} ${JSON.stringify(a)}`,
        );
        for (const b of plain.slice(i + 1)) {
          const width = Math.min(a.xMax, b.xMax) - Math.max(a.xMin, b.xMin);
          const height = Math.min(a.yMax, b.yMax) - Math.max(a.yMin, b.yMin);
          const least = Math.min(a.yMax - a.yMin, b.yMax - b.yMin);

          assert.ok(width < 0.5 || height < 0.3 * least, `${a.word} over ${b.word}`);
        }
      }
    }
  });
}
