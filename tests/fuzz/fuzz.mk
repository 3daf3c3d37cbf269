# SPDX-License-Identifier: Apache-2.0
#
# Harnesses of our own parsers, tests/fuzz/fuzz_NAME.c: built with clang, whatever the rest is built with, since
# libFuzzer and its instrumentation are clang's. `make fuzz ONLY=names TIME=600` runs them by hand.
fuzzers := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
fuzz_sources := $(wildcard lib/text/*.c lib/domain/*.c lib/template/*.c lib/exchange/siecle*.c) lib/store/seed_table.c \
    lib/exchange/encoding.c \
    mod_inscrinet/posted.c mod_inscrinet/route.c mod_inscrinet/multipart.c tests/fuzz/fuzz.c
fuzz_objects := $(patsubst %.c,$(BUILD)/fuzz/obj/%.o,$(fuzz_sources))
fuzz_sanitize := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -O1

$(BUILD)/fuzz/%: private override CC := $(if $(findstring clang,$(CC)),$(CC),clang)
$(BUILD)/fuzz/%: private sanitize = $(fuzz_sanitize)
$(BUILD)/fuzz/obj/%.o: %.c
	@mkdir -p $(@D)
	@echo '  CC  $@'
	@$(COMPILE) -fsanitize=fuzzer-no-link -MMD -MP -c -o $@ $<
$(BUILD)/fuzz/parsers.a: $(fuzz_objects)
	@rm -f $@
	@echo '  AR  $@'
	@ar rcs $@ $^
$(BUILD)/fuzz/fuzz_%: tests/fuzz/fuzz_%.c $(BUILD)/fuzz/parsers.a
	@mkdir -p $(@D)
	@echo '  CC  $@'
	@$(COMPILE) -fsanitize=fuzzer -MMD -MP -Imod_inscrinet -o $@ $(filter %.c %.a,$^) $(LDFLAGS) -Wl,--as-needed $(LIBS)

.PHONY: fuzz fuzz-programs
fuzz-programs: $(fuzzers)
fuzz:
	@conf/packages $(PACKAGES_FUZZ)
	@$(MAKE) --no-print-directory -s -j"$$(nproc)" fuzz-programs
	@BUILD=$(BUILD) TIME=$(or $(TIME),60) tests/fuzz/run $(ONLY)
