// SPDX-License-Identifier: Apache-2.0
//
// What other programs see of documents of many confirmations, which leave page by page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertOrder, file, pages, run, structure } from './pdf.mjs';

const MANY = 200;
const sheets = (name) => run('pdftotext', '-layout', file(name), '-').split('\f').slice(0, -1);

test('a document of several nodes and cross-reference streams is a right PDF', () => {
  assert.match(run('qpdf', '--check', file('many')), /No syntax or stream encoding errors/);
  assert.equal(pages('many'), 2 * MANY);
  assert.match(run('pdfinfo', file('many')), /^Title: +Confirmations$[^]*^Tagged: +yes$/m);
});

test('each confirmation is what it is alone, with pages of its own', () => {
  const alone = sheets('bac'),
    together = sheets('many');

  assert.equal(together.length, 2 * MANY);
  for (const [i, sheet] of together.entries()) {
    const number = `${Math.floor(i / 2) + 1}-0`;

    assert.ok(sheet.includes(number));
    assert.equal(sheet.replaceAll(number, '11-0').replace(/ +/g, ' '), alone[i % 2].replace(/ +/g, ' '));
  }
});

test('each candidate begins on an odd page, so that no sheet has two of them', () => {
  const together = sheets('ones');
  assert.equal(together.length, 5);
  for (const [i, sheet] of together.entries())
    if (i % 2) assert.match(sheet.trim(), /^Page laissée blanche : la suite commence sur une feuille neuve\.$/);
    else assert.match(sheet, /Page 1\/1/);
  assert.doesNotMatch(structure('ones'), /blanche/, 'nobody reads it aloud');
  assert.match(sheets('many')[0], /Recto verso – Page 1\/2/);
  assert.doesNotMatch(together[0], /Recto verso/);
});

test('it is read confirmation after confirmation', () => {
  const read = structure('few');

  assertOrder(read, [
    'Document',
    ...['1-0', '2-0', '3-0'].flatMap((number) => [
      'Part',
      'H1',
      `"N° d’inscription ${number}"`,
      '"Identité"',
      '"U11"',
      '"UFSE"',
      '"Engagement du candidat"',
      '"Signature du candidat"',
      'CNIL',
    ]),
  ]);
  assert.equal(read.match(/^ *Part$/gm).length, 3);
  assert.equal(read.match(/^ *H1/gm).length, 3);
});

test('a confirmation of more elements than 16 bits count is whole', () => {
  assert.match(run('qpdf', '--check', file('endless')), /No syntax or stream encoding errors/);
  const { objects } = objectsOf('endless');
  const rows = Object.values(objects).filter((object) => object['/S'] === '/TR');
  assert.equal(rows.length, 1 + 18 + 12000);
  for (const row of rows) assert.match(objects[row['/P']]['/S'], /^\/Table$/);
});

test('the way back from each piece of a page to its element is there', () => {
  const { objects, trailer } = objectsOf('many');
  const root = objects[trailer['/Root']];
  const structureRoot = objects[root['/StructTreeRoot']];
  const leaves = objects[structureRoot['/ParentTree']]['/Kids'].map((kid) => objects[kid]);
  const owners = leaves.flatMap((leaf) => leaf['/Nums'].filter((_, i) => i % 2));
  const elements = new Set();

  assert.equal(structureRoot['/ParentTreeNextKey'], 2 * MANY);
  assert.ok(leaves.length > 1);
  assert.deepEqual(
    leaves.flatMap((leaf) => leaf['/Nums'].filter((_, i) => i % 2 === 0)),
    [...Array(2 * MANY).keys()],
  );
  assert.deepEqual(
    leaves.map((leaf) => leaf['/Limits']),
    leaves.map((leaf) => [leaf['/Nums'][0], leaf['/Nums'].at(-2)]),
  );
  walk(objects, root['/Pages'], (page, i) => {
    assert.equal(page['/StructParents'], i);
    for (const owner of owners[i]) assert.equal(objects[owner]['/Type'] ?? '/StructElem', '/StructElem');
    owners[i].forEach((owner) => elements.add(owner));
  });
  for (const owner of elements) {
    // up to the root
    let at = owner;
    for (let steps = 0; at !== root['/StructTreeRoot']; steps++) {
      assert.ok(steps < 10);
      at = objects[at]['/P'];
    }
  }
});

/** All objects by their references, and the trailer. */
function objectsOf(name) {
  const [, found] = JSON.parse(run('qpdf', '--json', '--json-key=qpdf', file(name))).qpdf;
  const objects = Object.fromEntries(Object.entries(found).map(([key, object]) => [key.replace('obj:', ''), object.value ?? object.stream?.dict]));
  return { objects, trailer: objects.trailer };
}

/** The pages, in order. */
function walk(objects, reference, see, count = { pages: 0 }) {
  const node = objects[reference];
  if (node['/Kids']) node['/Kids'].forEach((kid) => walk(objects, kid, see, count));
  else see(node, count.pages++);
}
