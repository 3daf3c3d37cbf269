// SPDX-License-Identifier: Apache-2.0
//
// A document as a browser gets it: whole, says qpdf, and what is written in it, line by line as it stands on paper.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export async function printedText(server, browser, address) {
  const answer = await browser.get(address);
  assert.equal(answer.status, 200, address);
  assert.equal(answer.headers.get('content-type'), 'application/pdf');
  const file = path.join(server.state, 'runtime/printed.pdf');
  fs.writeFileSync(file, answer.pdf);
  execFileSync('qpdf', ['--check', file], { stdio: 'pipe' });
  return {
    text: execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8', maxBuffer: 1 << 28 }),
    disposition: answer.headers.get('content-disposition'),
  };
}
