# SPDX-License-Identifier: Apache-2.0
#
# The two faces of all documents: DejaVu Sans Condensed, reduced to the letters that names of Europe and their
# documents are written with. Documents embed parts of them, so each byte counts.

FONT_REGULAR ?= /usr/share/fonts/truetype/dejavu/DejaVuSansCondensed.ttf
FONT_BOLD    ?= /usr/share/fonts/truetype/dejavu/DejaVuSansCondensed-Bold.ttf

# Latin with all its accents, okina, modifier apostrophe, what else Windows-1252 has, general punctuation, euro,
# numero, trade mark, arrows, minus, check mark and cross. The font lacks U+1EFC to 1EFF (old Welsh), which are
# left out silently.
font_letters := U+0020-007E,U+00A0-017F,U+0180-024F,U+02BB,U+02BC,U+02C6,U+02DC,U+1E00-1EFF,U+2010-2027,U+2030
font_letters := $(font_letters),U+2032-203A,U+20AC,U+2116,U+2122,U+2190-2193,U+2212,U+2713,U+2717

fonts: $(BUILD)/fonts/inscrinet-regular.ttf $(BUILD)/fonts/inscrinet-bold.ttf
$(BUILD)/fonts/inscrinet-regular.ttf: $(FONT_REGULAR)
$(BUILD)/fonts/inscrinet-bold.ttf: $(FONT_BOLD)
# Letters that the font lacks are drawn as its box, which is kept. The tables dropped serve layout engines and
# formulas. No date of the build goes in: the same bytes each time.
$(BUILD)/fonts/inscrinet-%.ttf: lib/document/fonts.mk
	@mkdir -p $(@D)
	pyftsubset $(filter %.ttf,$^) --output-file=$@ --unicodes='$(font_letters)' --notdef-outline --no-hinting \
	    --layout-features='' --drop-tables+=FFTM,GDEF,GPOS,GSUB,MATH,gasp --no-recalc-timestamp
