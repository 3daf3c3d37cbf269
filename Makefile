# SPDX-License-Identifier: Apache-2.0
#
# make            build everything        make run        a private server with a demo academy
# make check      every test              make bench      ratios, side by side in one run
# make check-long the long tests, longer  make install    into the system's httpd
# make fuzz       drawn inputs of our own parsers, for TIME=60 seconds each, ONLY="names dates"
# make help       this list

VERSION := 0.4.0
BUILD   ?= build
# one name for one folder: what is built under the other would not see its headers change
override BUILD := $(patsubst $(CURDIR)/%,%,$(abspath $(BUILD)))
ifeq ($(origin CC),default)
CC := gcc
endif
PREFIX  ?= /usr
DESTDIR ?=

# what `make run`, `make check`, `make fuzz` and `make bench` need of Debian 12, beside git and make
PACKAGES_RUN := gcc libc6-dev apache2-bin apache2-dev libaprutil1-dbd-sqlite3 libaprutil1-dbd-pgsql libsqlite3-dev \
    libpq-dev libhpdf-dev libqrencode-dev zlib1g-dev libicu-dev libjansson-dev libcsv-dev libcrypt-dev libssl-dev \
    libcurl4-openssl-dev libxml2-dev libzip-dev libdbi-dev libinih-dev fonttools fonts-dejavu-extra mawk adduser util-linux
PACKAGES_FUZZ := $(PACKAGES_RUN) clang libclang-rt-dev
PACKAGES_CHECK := $(PACKAGES_FUZZ) openssl clang-format libcmocka-dev postgresql nodejs=node npm=npm \
    chromium-headless-shell chromium firefox-esr qpdf poppler-utils mupdf-tools ghostscript zbar-tools sqlite3 procps \
    mariadb-server libdbd-pgsql libdbd-sqlite3 libdbd-mysql zip
PACKAGES_BENCH := $(PACKAGES_RUN) postgresql nodejs=node npm=npm sqlite3 procps wrk php-fpm php-sqlite3 php-tcpdf time

MODULE := $(BUILD)/mod_inscrinet.so
CTL    := $(BUILD)/inscrinetctl
LIB    := $(BUILD)/libinscrinet.a
GEN    := $(BUILD)/gen

lib_sources := $(wildcard lib/*/*.c)
mod_sources := $(wildcard mod_inscrinet/*.c mod_inscrinet/*/*.c)
ctl_sources := $(wildcard inscrinetctl/*.c)
gen_sources := $(GEN)/sql.c $(GEN)/migrations.c
sql_sources := sql/queries.sql sql/transfer.sql $(wildcard sql/sqlite/queries.sql sql/pgsql/queries.sql)
migrations  := $(wildcard sql/schema/*.sql sql/sqlite/[0-9]*.sql sql/pgsql/[0-9]*.sql)
templates   := $(wildcard htdocs/templates/*.mustache)
messages    := $(wildcard htdocs/messages/*.mustache)
style       := htdocs/assets/inscrinet.css
script      := htdocs/assets/inscrinet.js
unit_tests  := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c))

objects = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
lib_objects := $(call objects,$(lib_sources)) $(patsubst $(GEN)/%.c,$(BUILD)/obj/gen/%.o,$(gen_sources))

# SANITIZE=1 builds with ASan and UBSan
ifdef SANITIZE
sanitize := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -O1
endif
optimize ?= -O2
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wformat=2 -Werror
apr_flags := $(shell { apr-1-config --cppflags --includes; apu-1-config --includes; } 2>/dev/null)
httpd_include := $(shell apxs -q INCLUDEDIR 2>/dev/null)
CPPFLAGS += -D_GNU_SOURCE -DINSCRINET_VERSION='"$(VERSION)"' -I$(GEN) -Ilib -isystem /usr/include/postgresql -isystem /usr/include/libxml2
COMPILE = $(CC) -std=gnu11 $(optimize) -g -fPIC -pthread $(WARNINGS) $(sanitize) $(CPPFLAGS) $(apr_flags) $(CFLAGS)

LIBS := -lhpdf -lqrencode -lz -lzip -lxml2 -lcsv -licui18n -licuuc -ljansson -lsqlite3 -lpq -lcrypt -lcrypto -laprutil-1 -lapr-1 -lm

.PHONY: all help run check check-long bench install clean fonts
all: $(MODULE) $(CTL) fonts

help:
	@sed -n '3,8s/^# //p' Makefile

# ---------------------------------------------------------------- generated: statements, migrations, assets

$(GEN)/sql.h: sql/compile.awk $(sql_sources)
	@mkdir -p $(@D)
	@awk -v out=$@ -v kind=header -f sql/compile.awk $(sql_sources)
$(GEN)/sql.c: sql/compile.awk $(sql_sources) $(GEN)/sql.h
	@awk -v out=$@ -v kind=source -f sql/compile.awk $(sql_sources)
$(GEN)/foreign_sql.h: sql/foreign.awk sql/foreign.sql
	@mkdir -p $(@D)
	@awk -f sql/foreign.awk sql/foreign.sql > $@.new && mv $@.new $@
$(GEN)/migrations.h: sql/migrations.awk $(migrations)
	@mkdir -p $(@D)
	@awk -v out=$@ -v kind=header -f sql/migrations.awk $(migrations)
$(GEN)/migrations.c: sql/migrations.awk $(migrations) $(GEN)/migrations.h
	@awk -v out=$@ -v kind=source -f sql/migrations.awk $(migrations)

# a file's name holds a hash of its bytes: browsers may keep it for a year
$(GEN)/assets.h: $(style) $(script)
	@mkdir -p $(@D) && rm -rf $(BUILD)/assets && mkdir -p $(BUILD)/assets
	@echo '/* SPDX-License-Identifier: Apache-2.0 */' > $@
	@for asset in "STYLE css $(style)" "SCRIPT js $(script)"; do \
	    set -- $$asset && hash=$$(sha256sum $$3 | cut -c1-12) && cp $$3 $(BUILD)/assets/inscrinet.$$hash.$$2 && \
	    echo "#define ASSET_$$1 \"inscrinet.$$hash.$$2\"" >> $@; \
	done

# ---------------------------------------------------------------- objects and what they make

$(BUILD)/obj/gen/%.o: $(GEN)/%.c
	@mkdir -p $(@D)
	@echo '  CC  $@'
	@$(COMPILE) -Ilib/store -MMD -MP -c -o $@ $<
$(BUILD)/obj/mod_inscrinet/%.o: mod_inscrinet/%.c | $(GEN)/assets.h $(GEN)/sql.h $(GEN)/migrations.h
	@mkdir -p $(@D)
	@echo '  CC  $@'
	@$(COMPILE) -Imod_inscrinet -isystem $(httpd_include) -MMD -MP -c -o $@ $<
$(BUILD)/obj/lib/store/seed_parameters.o: seeds/parameters.csv
$(BUILD)/obj/inscrinetctl/seeds.o: $(wildcard seeds/*.csv seeds/demo/*)
$(BUILD)/obj/inscrinetctl/%.o: inscrinetctl/%.c | $(GEN)/sql.h $(GEN)/migrations.h
	@mkdir -p $(@D)
	@echo '  CC  $@'
	@$(COMPILE) -Iinscrinetctl -Iseeds -Wa,-I,$(CURDIR)/seeds -MMD -MP -c -o $@ $<
$(BUILD)/obj/%.o: %.c | $(GEN)/sql.h $(GEN)/migrations.h $(GEN)/foreign_sql.h
	@mkdir -p $(@D)
	@echo '  CC  $@'
	@$(COMPILE) -Ilib/store -Wa,-I,$(CURDIR)/seeds -MMD -MP -c -o $@ $<

$(LIB): $(lib_objects)
	@rm -f $@
	@echo '  AR  $@'
	@ar rcs $@ $^

$(MODULE): $(call objects,$(mod_sources)) $(LIB) mod_inscrinet/exports.map
	@echo '  CC  $@'
	@$(COMPILE) -shared -o $@ $(call objects,$(mod_sources)) $(LIB) -Wl,--version-script=mod_inscrinet/exports.map \
	    -Wl,-Bsymbolic -Wl,-z,relro,-z,now $(LDFLAGS) $(LIBS)

$(CTL): $(call objects,$(ctl_sources)) $(LIB)
	@echo '  CC  $@'
	@$(COMPILE) -o $@ $^ $(LDFLAGS) -lcurl -ldbi -linih $(LIBS)

-include lib/document/fonts.mk
-include tests/bench/bench.mk
-include tests/fuzz/fuzz.mk

# ---------------------------------------------------------------- run, install

run:
	@conf/packages $(PACKAGES_RUN)
	@$(MAKE) --no-print-directory all
	@exec env BUILD=$(BUILD) conf/run

# into the system's httpd, inert until configured: module, command, templates, fonts, assets, conf examples
moddir = $(shell apxs -q LIBEXECDIR)
confdir = $(shell apxs -q SYSCONFDIR)
share = $(PREFIX)/share/inscrinet
install: all
	install -d $(DESTDIR)$(moddir) $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(share)/templates $(DESTDIR)$(share)/messages $(DESTDIR)$(share)/fonts \
	    $(DESTDIR)$(share)/assets $(DESTDIR)$(confdir)/mods-available $(DESTDIR)$(PREFIX)/share/man/man1 \
	    $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -m 644 $(MODULE) $(DESTDIR)$(moddir)/
	install -m 755 $(CTL) $(DESTDIR)$(PREFIX)/bin/
	$(CTL) --man > $(DESTDIR)$(PREFIX)/share/man/man1/inscrinetctl.1
	$(CTL) --completion > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/inscrinetctl
	install -m 644 seeds/communes.csv $(DESTDIR)$(share)/
	install -m 644 $(templates) $(DESTDIR)$(share)/templates/
	install -m 644 $(messages) $(DESTDIR)$(share)/messages/
	install -m 644 $(BUILD)/fonts/*.ttf $(DESTDIR)$(share)/fonts/
	install -m 644 $(BUILD)/assets/* $(DESTDIR)$(share)/assets/
	install -m 644 conf/inscrinet.load conf/inscrinet.conf $(DESTDIR)$(confdir)/mods-available/
	install -d $(DESTDIR)$(share)/examples && install -m 644 conf/bases.ini conf/tables.ini $(DESTDIR)$(share)/examples/

# ---------------------------------------------------------------- tests

check:
	@conf/packages $(PACKAGES_CHECK)
	@tests/run
check-long:
	@conf/packages $(PACKAGES_CHECK)
	@ONLY=long tests/run

# the command's own tests are linked with it, less its main
ctl_test_objects := $(filter-out %/main.o,$(call objects,$(ctl_sources)))
$(patsubst %,$(BUILD)/tests/test_%,seeds demo demo_candidates pupils store store_sessions scope questionnaire_any): $(ctl_test_objects)

$(BUILD)/tests/%: tests/unit/%.c $(LIB) | $(GEN)/sql.h
	@mkdir -p $(@D)
	@echo '  CC  $@'
	@$(COMPILE) -Ilib/store -MMD -MP -Iinscrinetctl -o $@ $(filter %.c %.o,$^) $(LIB) $(LDFLAGS) \
	    -lcmocka -lcurl -ldbi -linih $(LIBS)
# many threads at once: under ThreadSanitizer, whatever the others are built with
$(BUILD)/tests/test_generation $(BUILD)/tests/test_waits $(BUILD)/tests/test_prepared_fonts: private sanitize := -fsanitize=thread -O1
$(BUILD)/tests/test_prepared_fonts: $(wildcard lib/document/*.c lib/text/*.c)
$(BUILD)/tests/test_generation: mod_inscrinet/generation.c
$(BUILD)/tests/test_waits: mod_inscrinet/places.c mod_inscrinet/writers.c
$(BUILD)/tests/confirmation_sample: tests/pdf/confirmation_sample.c $(LIB)
	@mkdir -p $(@D)
	@echo '  CC  $@'
	@$(COMPILE) -MMD -MP -o $@ $< $(LIB) $(LDFLAGS) $(LIBS)
$(BUILD)/tests/foreign_writer: tests/http/foreign_writer.c $(LIB)
	@mkdir -p $(@D)
	@echo '  CC  $@'
	@$(COMPILE) -MMD -MP -o $@ $< $(LIB) $(LDFLAGS) -ldbi -linih $(LIBS)
# preloaded into a server of the tests: its clock can be moved, its libharu is another, its base can fail
$(BUILD)/tests/moved_clock.so: tests/http/moved_clock.c
$(BUILD)/tests/other_libharu.so: tests/http/other_libharu.c
$(BUILD)/tests/failing_base.so: tests/fault/failing_base.c
$(BUILD)/tests/failing_base.so: private preloads := -lsqlite3 -lpq
$(BUILD)/tests/noisy_dbi.so: tests/http/noisy_dbi.c
$(BUILD)/tests/moved_clock.so $(BUILD)/tests/other_libharu.so $(BUILD)/tests/failing_base.so $(BUILD)/tests/noisy_dbi.so:
	@mkdir -p $(@D)
	@echo '  CC  $@'
	@$(COMPILE) -shared -o $@ $< $(preloads)
.PHONY: unit-tests
unit-tests: $(unit_tests) $(BUILD)/tests/confirmation_sample $(BUILD)/tests/foreign_writer \
    $(BUILD)/tests/moved_clock.so $(BUILD)/tests/other_libharu.so $(BUILD)/tests/failing_base.so \
    $(BUILD)/tests/noisy_dbi.so

bench:
	@BUILD=$(BUILD) tests/bench/run

clean:
	rm -rf $(BUILD)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
