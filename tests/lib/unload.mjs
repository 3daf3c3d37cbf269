// SPDX-License-Identifier: Apache-2.0
//
// Unloads as another system reads them: the folder, its description, its files' rows.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** RFC 4180 with semicolons: rows of cells, null where nothing stands between two of them. */
export function parse(text) {
  const rows = [];
  let row = [],
    at = 0;
  while (at < text.length) {
    let cell = null;
    if (text[at] === '"') {
      cell = '';
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        assert.ok(at < text.length, 'a quote stays open');
        if (text[at] === '"') at++;
        cell += text[at];
      }
      at++;
    } else {
      const end = at + text.slice(at).search(/[;\r\n]/);
      assert.ok(end >= at, 'the last line has its end');
      if (end > at) cell = text.slice(at, end);
      at = end;
    }
    row.push(cell);
    if (text[at] === ';') at++;
    else {
      assert.equal(text.slice(at, at + 2), '\r\n');
      at += 2;
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

/** The rows of a file as objects by column. */
export function rowsOf(folder, name) {
  const [header, ...rows] = parse(fs.readFileSync(path.join(folder, name), 'utf8'));
  return rows.map((row) => {
    assert.equal(row.length, header.length);
    return Object.fromEntries(row.map((cell, i) => [header[i], cell]));
  });
}

export const packageOf = (folder) => JSON.parse(fs.readFileSync(path.join(folder, 'datapackage.json'), 'utf8'));

/** Every file of a folder by its name. */
export const contents = (folder) => Object.fromEntries(fs.readdirSync(folder).map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]));

/** The description says what is there: columns, rows, bytes, SHA-256, and nothing else is there. */
export function assertDescribed(folder) {
  const told = packageOf(folder),
    files = contents(folder);
  assert.deepEqual(Object.keys(files).sort(), ['datapackage.json', ...told.resources.map((one) => one.path)].sort());
  for (const one of told.resources) {
    const bytes = fs.readFileSync(path.join(folder, one.path)),
      [header, ...rows] = parse(files[one.path]);
    assert.equal(one.bytes, bytes.length, one.path);
    assert.equal(one.hash, `sha256:${sha256(bytes)}`, one.path);
    assert.equal(one.rows, rows.length, one.path);
    assert.deepEqual(
      one.schema.fields.map((field) => field.name),
      header,
    );
    assert.ok(
      one.schema.fields.every((field) => field.title),
      one.path,
    );
  }
  return told;
}
