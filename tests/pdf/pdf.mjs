// SPDX-License-Identifier: Apache-2.0
//
// The sample documents, and what other programs see of them: qpdf (is the file right?), poppler (text, fonts,
// structure, places of words), zbar (what a scanner reads).

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before } from 'node:test';

export const here = dirname(fileURLToPath(import.meta.url));
export const build = resolve(here, '../..', process.env.BUILD ?? 'build');
const sampleProgram = process.env.INSCRINET_PDF_SAMPLE ?? join(build, 'tests/confirmation_sample');
export const fonts = process.env.INSCRINET_TEST_FONTS ?? join(build, 'fonts');
export const A4 = { width: 595.28, height: 841.89 };

export let folder;
export const file = (name) => join(folder, `${name}.pdf`);

/** Run a program that must succeed and have nothing to complain of. */
export function run(program, ...args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.ifError(error);
  assert.equal(stderr, '', `${program} ${args.join(' ')}`);
  assert.equal(status, 0, `${program} ${args.join(' ')}`);
  return stdout;
}

export const text = (name) => run('pdftotext', '-layout', file(name), '-');
export const structure = (name) => run('pdfinfo', '-struct-text', file(name));
export const pages = (name) => Number(/^Pages:\s+(\d+)/m.exec(run('pdfinfo', file(name)))[1]);

/** The words of each page with their places. */
export function words(name) {
  return run('pdftotext', '-bbox', file(name), '-')
    .split('<page ')
    .slice(1)
    .map((page) =>
      [...page.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g)].map(
        ([, xMin, yMin, xMax, yMax, word]) => ({ xMin: +xMin, yMin: +yMin, xMax: +xMax, yMax: +yMax, word }),
      ),
    );
}

/** Letters of the mark across the page: no other text is so high. */
export const isMark = ({ yMin, yMax }) => yMax - yMin > 40;

/** Texts must stand in this order. */
export function assertOrder(whole, parts) {
  let from = 0;
  for (const part of parts) {
    const at = whole.indexOf(part, from);
    assert.notEqual(at, -1, `« ${part} » after ${JSON.stringify(whole.slice(Math.max(0, from - 60), from))}`);
    from = at + part.length;
  }
}

/** What a scanner reads on the first page. */
export function scan(name) {
  const picture = join(folder, `${name}-scan`);
  run('pdftoppm', '-r', '150', '-gray', '-f', '1', '-l', '1', '-singlefile', '-png', file(name), picture);
  return spawnSync('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', `${picture}.png`], { encoding: 'utf8' }).stdout.trim();
}

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'inscrinet-pdf-'));
  run(sampleProgram, fonts, folder);
});

after(() => rmSync(folder, { recursive: true, force: true }));
