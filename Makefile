# Credkiosk. The newcomer's commands:
#
#   make run        packages, build, demo lists and badges, then the kiosk     (BOARD=generic: the first webcam)
#   make check      packages, build, lint and all tests under ASan and UBSan, then the shipping build's fault tests
#   make            credkiosk and credctl
#   make deps       the packages alone, from boards/deploy/build-depends
#   make golden     rewrite the expected screens; look at the pictures before committing
#   make fuzz T=json SECONDS=60     one fuzz target (make fuzz lists them)
#   make bench      time and memory per stage, on fixed inputs
#   make cover      line coverage per folder
#   make help       this list
#
# SPDX-License-Identifier: Apache-2.0

BUILD ?= build
MODE ?= release
BOARD ?= sim
O := $(BUILD)/$(MODE)
SHELL := /bin/bash
.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:
MAKEFLAGS += --no-builtin-rules
CHECK_MODE := check

# ---- flags ----------------------------------------------------------------------------------------------------------
CC_release := gcc
CC_check := gcc
CC_fuzz := clang
CC_cover := gcc
MODE_FLAGS_release := -O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong
MODE_FLAGS_check := -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
MODE_FLAGS_fuzz := -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
MODE_FLAGS_cover := -O0 --coverage
CC := $(CC_$(MODE))
MODE_FLAGS := $(MODE_FLAGS_$(MODE))
# Where pixels are counted: loops in vectors. Nothing here reads errno or the floating point exceptions after arithmetic,
# so no result changes.
FOLDER_FLAGS_release_symbol := -O3 -fno-math-errno -fno-trapping-math
FOLDER_FLAGS_release_lib := $(FOLDER_FLAGS_release_symbol)
FOLDER_FLAGS = $(FOLDER_FLAGS_$(MODE)_$(notdir $(patsubst %/,%,$(dir $(1)))))
CFLAGS := -std=c17 -D_GNU_SOURCE -g1 -fPIE -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wvla -Werror
# gcc alone warns of every snprintf that could cut; each of ours is measured or may cut
CFLAGS += $(if $(filter gcc,$(CC)),-Wno-format-truncation)
CPPFLAGS := -Ifirmware -Iapp -I. -MMD -MP
LDFLAGS := -pie -Wl,-z,relro,-z,now -Wl,--as-needed
SDL_CPPFLAGS := -I/usr/include/SDL2 -D_REENTRANT

# ---- sources --------------------------------------------------------------------------------------------------------
# *_main.c are programs; everything else lands in one archive, from which each program takes what it needs.
# sandbox_extra.c says which further system calls a build may make: none when shipping, ASan's in the other modes.
SOURCES := $(shell find firmware app boards -name '*.c' ! -name '*_main.c' ! -name 'sandbox_extra.c' | sort)
ARCHIVE := $(O)/libcredkiosk.a
TEST_LIB_SOURCES := $(filter-out tests/lib/fuzz_replay.c tests/lib/sandbox_extra.c,$(wildcard tests/lib/*.c))
TEST_ARCHIVE := $(O)/libtest.a
EXTRA_release := $(O)/obj/app/kiosk/sandbox_extra.o
EXTRA_check := $(O)/obj/tests/lib/sandbox_extra.o
EXTRA_fuzz := $(EXTRA_check)
EXTRA_cover := $(EXTRA_check)
SANDBOX_EXTRA := $(EXTRA_$(MODE))

# ---- programs and what each of them links ---------------------------------------------------------------------------
CRYPTO_LIBS := -lmbedcrypto -lsodium -ljansson
LIBS_credkiosk := -lSDL2 -lSDL2_ttf -lfribidi -lpng -linih -lmbedcrypto -lsodium
LIBS_credkiosk-reader := -lzbar -lturbojpeg -lseccomp
LIBS_credkiosk-verifier := $(CRYPTO_LIBS) -lsqlite3 -lz -lseccomp
LIBS_credkiosk-installer := $(CRYPTO_LIBS) -lsqlite3 -lseccomp
LIBS_credkiosk-stick := -lseccomp
LIBS_credkiosk-simcam := -lpng -lturbojpeg
LIBS_credctl := -lmbedx509 $(CRYPTO_LIBS) -lsqlite3 -lz -lpng -lqrencode -lturbojpeg -linih -lseccomp
ALL_LIBS := $(sort $(LIBS_credkiosk) $(LIBS_credkiosk-reader) $(LIBS_credkiosk-verifier) $(LIBS_credctl)) -lcmocka -lm
MAIN_credkiosk := app/kiosk/face_main.c
MAIN_credkiosk-reader := app/kiosk/reader_main.c
MAIN_credkiosk-verifier := app/kiosk/verifier_main.c
MAIN_credkiosk-installer := app/kiosk/installer_main.c
MAIN_credkiosk-stick := app/kiosk/stick_main.c
MAIN_credkiosk-simcam := boards/sim/simcam_main.c
MAIN_credctl := app/credctl/credctl_main.c
PROGRAMS := credkiosk credkiosk-reader credkiosk-verifier credkiosk-installer credkiosk-stick credkiosk-simcam credctl
BUILT := $(foreach p,$(PROGRAMS),$(if $(wildcard $(MAIN_$(p))),$(O)/bin/$(p)))

.PHONY: all run check deps golden fuzz bench cover help clean lint tests faults bin catalogues
all: bin catalogues

bin: $(BUILT) $(O)/share/credkiosk/contexts
	@mkdir -p $(BUILD)/bin
	@for p in $(notdir $(BUILT)); do ln -sf ../$(MODE)/bin/$$p $(BUILD)/bin/$$p; done

# PREFIX/bin/credctl finds what ships with it in PREFIX/share/credkiosk.
$(O)/share/credkiosk/contexts:
	@mkdir -p $(@D)
	@ln -sfn $(CURDIR)/assets/contexts $@

object = $(patsubst %.c,$(O)/obj/%.o,$(1))

$(O)/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	@echo "  cc $<"
	@$(CC) $(CFLAGS) $(MODE_FLAGS) $(call FOLDER_FLAGS,$<) $(CPPFLAGS) $(CPPFLAGS_$(notdir $(patsubst %/,%,$(dir $<)))) -c $< -o $@
CPPFLAGS_paint := $(SDL_CPPFLAGS)

# When the program is compiled: no clock may say less. Set SOURCE_DATE_EPOCH for the same bytes each time.
$(O)/obj/app/kiosk/build_time.o: CPPFLAGS += -DBUILD_TIME_S=$(or $(SOURCE_DATE_EPOCH),$(shell date +%s))LL

$(ARCHIVE): $(call object,$(SOURCES))
	@rm -f $@
	@ar rcs $@ $^

$(TEST_ARCHIVE): $(call object,$(TEST_LIB_SOURCES))
	@rm -f $@
	@ar rcs $@ $^

.SECONDEXPANSION:
$(O)/bin/%: $$(call object,$$(MAIN_$$*)) $(ARCHIVE) $(SANDBOX_EXTRA)
	@mkdir -p $(@D)
	@echo "  ld $@"
	@$(CC) $(MODE_FLAGS) $(LDFLAGS) $(filter %.o %.a,$^) -o $@ $(LIBS_$*) -lm

# ---- translations: .po to .mo, read by app/screen/catalogue.c --------------------------------------------------------
CATALOGUES := $(patsubst assets/lang/%.po,$(BUILD)/assets/lang/%.mo,$(wildcard assets/lang/*.po))
catalogues: $(CATALOGUES)
$(BUILD)/assets/lang/%.mo: assets/lang/%.po
	@mkdir -p $(@D)
	@msgfmt --check -o $@ $<

# ---- packages -------------------------------------------------------------------------------------------------------
deps:
	@boards/deploy/install-packages.sh boards/deploy/build-depends

# ---- tests ----------------------------------------------------------------------------------------------------------
# *_test.c: a program that prints TAP. *.bats: bats. lint/*.sh: a script that prints TAP. fuzz/*_fuzz.c: a target,
# replayed over its corpus. Each writes one stream to $(O)/tap; tests/lib/total.sh adds them up.
TEST_SOURCES := $(shell find tests -name '*_test.c' | sort)
BATS := $(shell find tests -name '*.bats' | sort)
LINTS := $(wildcard tests/lint/*.sh)
FUZZERS := $(patsubst tests/fuzz/%_fuzz.c,%,$(wildcard tests/fuzz/*_fuzz.c))
TEST_BIN = $(patsubst tests/%.c,$(O)/tests/%,$(1))
TAP := $(O)/tap
tap_of = $(patsubst %,$(TAP)/%.tap,$(subst /,.,$(1)))

$(O)/tests/%_test: $(O)/obj/tests/%_test.o $(TEST_ARCHIVE) $(ARCHIVE) $(SANDBOX_EXTRA)
	@mkdir -p $(@D)
	@echo "  ld $@"
	@$(CC) $(MODE_FLAGS) $(LDFLAGS) $^ -o $@ $(ALL_LIBS)

$(O)/tests/fuzz/%_replay: $(O)/obj/tests/fuzz/%_fuzz.o $(O)/obj/tests/lib/fuzz_replay.o $(TEST_ARCHIVE) $(ARCHIVE) $(SANDBOX_EXTRA)
	@mkdir -p $(@D)
	@echo "  ld $@"
	@$(CC) $(MODE_FLAGS) $(LDFLAGS) $^ -o $@ $(ALL_LIBS)

RUN_TEST = BUILD=$(BUILD) MODE=$(MODE) BIN=$(O)/bin tests/lib/run_test.sh
define test_rule
.PHONY: $(call tap_of,$(1))
$(call tap_of,$(1)): $(2) bin catalogues
	@$$(RUN_TEST) $$@ $(3)
endef
$(foreach t,$(TEST_SOURCES),$(eval $(call test_rule,$(t),$(call TEST_BIN,$(t)),$(call TEST_BIN,$(t)))))
$(foreach t,$(BATS),$(eval $(call test_rule,$(t),,bats --formatter tap $(t))))
$(foreach t,$(LINTS),$(eval $(call test_rule,$(t),,$(t))))
$(foreach t,$(FUZZERS),$(eval $(call test_rule,fuzz/$(t),$(O)/tests/fuzz/$(t)_replay,$(O)/tests/fuzz/$(t)_replay tests/fuzz/corpus/$(t))))

FAULTS := $(filter tests/faults/%,$(TEST_SOURCES) $(BATS))
lint: $(call tap_of,$(LINTS))
tests: $(call tap_of,$(TEST_SOURCES) $(BATS)) $(foreach t,$(FUZZERS),$(call tap_of,fuzz/$(t)))
faults: $(call tap_of,$(FAULTS))
# One test or folder: make test T=tests/unit/codec
.PHONY: test
test: $(call tap_of,$(filter $(T)%,$(TEST_SOURCES) $(BATS) $(LINTS)))
	@tests/lib/total.sh $(filter-out $(BUILD)/interop.json,$^)

check: deps
	@rm -rf $(BUILD)/check/tap $(BUILD)/release/tap $(BUILD)/check/interop
	@$(MAKE) -j2 MODE=check bin catalogues
	@$(MAKE) -j2 -k MODE=check tests || true
	@$(MAKE) -j2 MODE=release bin
	@$(MAKE) -j2 -k MODE=release lint faults || true
	@tests/lib/interop_table.sh $(BUILD)/check/interop $(BUILD)/interop.json
	@tests/lib/total.sh $(BUILD)/check/tap $(BUILD)/release/tap

# ---- fuzzing --------------------------------------------------------------------------------------------------------
SECONDS ?= 60
$(O)/tests/fuzz/%: $(O)/obj/tests/fuzz/%_fuzz.o $(TEST_ARCHIVE) $(ARCHIVE) $(SANDBOX_EXTRA)
	@mkdir -p $(@D)
	@$(CC) $(MODE_FLAGS) -fsanitize=fuzzer $(LDFLAGS) $^ -o $@ $(ALL_LIBS)
ifeq ($(T),)
fuzz:
	@echo "make fuzz T=TARGET SECONDS=60, where TARGET is one of: $(FUZZERS)"
else
fuzz:
	@$(MAKE) -j2 MODE=fuzz $(BUILD)/fuzz/tests/fuzz/$(T)
	@mkdir -p $(BUILD)/fuzz/corpus/$(T) tests/fuzz/corpus/$(T)
	@cd $(BUILD)/fuzz && ./tests/fuzz/$(T) -max_total_time=$(SECONDS) -timeout=5 -rss_limit_mb=2048 -max_len=65536 \
	    -artifact_prefix=crash-$(T)- corpus/$(T) $(CURDIR)/tests/fuzz/corpus/$(T)
endif

# ---- benchmarks, coverage -------------------------------------------------------------------------------------------
BENCHES := $(wildcard tests/bench/*_bench.c)
$(O)/bench/%: $(O)/obj/tests/bench/%.o $(TEST_ARCHIVE) $(ARCHIVE) $(SANDBOX_EXTRA)
	@mkdir -p $(@D)
	@$(CC) $(MODE_FLAGS) $(LDFLAGS) $^ -o $@ $(ALL_LIBS)
bench: deps
	@$(MAKE) -j2 MODE=release bin catalogues $(patsubst tests/bench/%.c,$(BUILD)/release/bench/%,$(BENCHES))
	@BUILD=$(BUILD) BIN=$(BUILD)/release/bin tests/bench/run.sh

cover: deps
	@$(MAKE) -j2 MODE=cover bin catalogues
	@$(MAKE) -j2 -k MODE=cover tests || true
	@tests/lib/coverage.sh $(BUILD)/cover

# ---- the kiosk ------------------------------------------------------------------------------------------------------
run: deps
	@$(MAKE) -j2 MODE=release all
	@BUILD=$(BUILD) BOARD=$(BOARD) assets/demo/run.sh

golden:
	@$(MAKE) -j2 MODE=check all
	@$(MAKE) MODE=check GOLDEN=1 test T=tests/screens

help:
	@sed -n '/^#   /s/^#   //p' Makefile

clean:
	rm -rf $(BUILD)

-include $(shell test -d $(O) && find $(O) -name '*.d')
