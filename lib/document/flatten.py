#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""flatten.py FONT: letters composed of composed ones (ễ of ê and a tilde, ê of e and a circumflex) get outlines of
their own. libharu's reducer keeps the parts of a letter, and not the parts of its parts."""
import sys

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.ttProgram import Program

font = TTFont(sys.argv[1], recalcTimestamp=False)
glyphs = font["glyf"]
nested = [
    name
    for name in font.getGlyphOrder()
    if glyphs[name].isComposite() and any(glyphs[part.glyphName].isComposite() for part in glyphs[name].components)
]
for name in nested:
    glyph = glyphs[name]
    glyph.coordinates, glyph.endPtsOfContours, glyph.flags = glyph.getCoordinates(glyphs)
    glyph.numberOfContours = len(glyph.endPtsOfContours)
    glyph.program = Program()
    glyph.program.fromBytecode(b"")
    del glyph.components
font.save(sys.argv[1])
