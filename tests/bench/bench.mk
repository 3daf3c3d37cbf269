# SPDX-License-Identifier: Apache-2.0
#
# What `make bench` measures with: the peers, built beside the product and never installed.
bench_programs := $(BUILD)/bench/mod_bare.so $(BUILD)/bench/no_queue.so $(BUILD)/bench/bench_transaction \
    $(BUILD)/bench/bench_confirmation $(BUILD)/bench/bench_hashes $(BUILD)/bench/bench_siecle

.PHONY: bench-packages bench-programs
bench-packages:
	@conf/packages $(PACKAGES_BENCH)
	@tests/packages
bench-programs: all $(bench_programs)

$(BUILD)/bench/mod_%.so: tests/bench/mod_%.c
	@mkdir -p $(@D)
	@echo '  CC  $@'
	@$(COMPILE) -isystem $(httpd_include) -shared -o $@ $< $(LDFLAGS) -lsqlite3
$(BUILD)/bench/no_queue.so: tests/bench/no_queue.c
	@mkdir -p $(@D)
	@echo '  CC  $@'
	@$(COMPILE) -shared -o $@ $< $(LDFLAGS)
$(BUILD)/bench/bench_%: tests/bench/bench_%.c $(LIB)
	@mkdir -p $(@D)
	@echo '  CC  $@'
	@$(COMPILE) -Ilib/store -MMD -MP -o $@ $< $(LIB) $(LDFLAGS) $(LIBS)
