// SPDX-License-Identifier: Apache-2.0
//
// What the font files must be, looked at by fontTools, which made them: libharu reads and reduces them as they are.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { fonts, here, run } from './pdf.mjs';

/** Of a font: the letters that it draws, and those composed of parts that are composed themselves. */
function look(name) {
  const script = `
import json, sys
from fontTools.ttLib import TTFont
font = TTFont(sys.argv[1])
glyphs, letters = font["glyf"], font.getBestCmap()
composed = lambda name: glyphs[name].isComposite()
nested = [n for n in font.getGlyphOrder() if composed(n) and any(composed(part.glyphName) for part in glyphs[n].components)]
print(json.dumps({"letters": sorted(letters), "nested": nested}))`;
  return JSON.parse(run('/usr/bin/python3', '-c', script, join(fonts, name)));
}

const common = [
  ...readFileSync(resolve(here, '../../lib/document/letters.c'), 'utf8')
    .split('letters[256 - FIRST_BYTE] = {')[1]
    .split('};')[0]
    .matchAll(/0x([0-9A-F]+)/g),
]
  .map(([, hex]) => parseInt(hex, 16))
  .sort((a, b) => a - b);

for (const face of ['regular', 'bold']) {
  test(`${face}: no letter is made of letters that are made of others, whose parts libharu would lose`, () => {
    const { letters, nested } = look(`inscrinet-${face}.ttf`);
    assert.deepEqual(nested, []);
    assert.ok(letters.length > 700);
  });

  test(`${face}: what every document embeds is the common letters, all of them and no other`, () => {
    assert.deepEqual(look(`inscrinet-${face}-common.ttf`).letters, common);
  });
}
