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

# those that every document embeds: letter_of_byte (letters.c)
common_letters := U+0020-0022,U+0025-003B,U+003F-005A,U+005F,U+0061-007A,U+00A0,U+00A7,U+00AB,U+00B0
common_letters := $(common_letters),U+00B7,U+00BB,U+00C0-00CF,U+00D1-00D6,U+00D8-00DD,U+00DF-00EF,U+00F1-00F6
common_letters := $(common_letters),U+00F8-00FD,U+00FF,U+0152,U+0153,U+0160,U+0161,U+0178,U+017D,U+017E
common_letters := $(common_letters),U+2013,U+2014,U+2018,U+2019,U+201C,U+201D,U+2022,U+2026,U+20AC

fonts: $(foreach face,regular bold,$(BUILD)/fonts/inscrinet-$(face).ttf $(BUILD)/fonts/inscrinet-$(face)-common.ttf)
$(BUILD)/fonts/inscrinet-regular.ttf $(BUILD)/fonts/inscrinet-regular-common.ttf: $(FONT_REGULAR)
$(BUILD)/fonts/inscrinet-bold.ttf $(BUILD)/fonts/inscrinet-bold-common.ttf: $(FONT_BOLD)
# Letters that the font lacks are drawn as its box, which is kept. The tables dropped serve layout engines and
# formulas. No date of the build goes in: the same bytes each time.
subset = pyftsubset $(filter %.ttf,$^) --output-file=$@ --notdef-outline --no-hinting --layout-features='' \
    --drop-tables+=FFTM,GDEF,GPOS,GSUB,MATH,gasp --no-recalc-timestamp
$(BUILD)/fonts/inscrinet-%-common.ttf: lib/document/fonts.mk
	@mkdir -p $(@D)
	$(subset) --unicodes='$(common_letters)'
$(BUILD)/fonts/inscrinet-%.ttf: lib/document/fonts.mk lib/document/flatten.py
	@mkdir -p $(@D)
	$(subset) --unicodes='$(font_letters)'
	/usr/bin/python3 lib/document/flatten.py $@
