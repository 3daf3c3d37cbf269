// SPDX-License-Identifier: Apache-2.0
//
// With a libharu that we don't know, documents are drawn by its public functions: untagged and whole, but the
// same pages.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build, file, fonts, pages, run } from './pdf.mjs';

const program = join(build, 'tests/confirmation_sample_plain');
let folder;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'inscrinet-plain-'));
  run(program, fonts, folder);
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Without looking at what poppler says of libharu's own fonts. */
const text = (path) => spawnSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout.replace(/\s+/g, ' ');

for (const name of ['candidate', 'letters', 'bac', 'long', 'adult', 'blank', 'list', 'bordereau', 'slips', 'few']) {
  test(`${name}: the same words in the same places`, () => {
    const plain = join(folder, `${name}.pdf`);
    const info = run('pdfinfo', plain);

    assert.match(info, new RegExp(`^Pages: +${pages(name)}$`, 'm'));
    assert.match(info, /^Tagged: +no$/m);
    assert.match(run('qpdf', '--check', plain), /No syntax or stream encoding errors/);
    assert.equal(text(plain), text(file(name)));
  });
}
