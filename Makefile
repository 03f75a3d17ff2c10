# Two commands set up a fresh Debian machine that has a Swift toolchain:
#   make demo       builds, indexes the sample candidates and answers searches
#   make test       runs all tests; make test-fast leaves out those that take long
# Others:
#   make serve      builds the server and serves the sample candidates at http://127.0.0.1:7470
#   make test-postgres  runs the tests of the library on a PostgreSQL server
#   make test-cluster  runs them on three servers over which each index is divided
#   make test-api   tests the HTTP API against its description, with and without nginx
#   make test-web   tests the page for people in Chromium: make test-web [ONLY="suggestions export"]
#   make screenshots  makes the pictures of the page in docs/images/
#   make man        writes the manual pages into .build-man/
#   make install    installs the stripped programs (the server if it was built), their manual and the completions of
#                   shells: make install [PREFIX=/usr/local] [DESTDIR=]
#   make deb        makes the Debian package in .build-deb/
#   make test-deb   installs, upgrades, removes and purges it in a Debian of its own; needs root
#   make docs       builds the library's documentation into .build-docs/
#   make soak       runs the test with many processes for an hour
#   make bench      measures: make bench [SIZE=1000000] [ROUNDS=5] [ONLY="tantivy fts5"]
#   make pairs      measures queries of frequent terms
#   make bench-postgres  measures an index on a PostgreSQL server: make bench-postgres [SIZE=1000000]
#   make bench-http measures the server beside Datasette, into benchmarks/http/RESULTS.md
#   make soak-http  puts mixed load on the server for MINUTES (10), after four to warm up
#   make relevance  measures who is found by queries that differ from the record

SWIFT ?= swift
# Statically linked, the program starts in a quarter of the time. With types made by calls rather than by their names, it
# answers in four fifths of that: for a name, the runtime looks through all conformances of the program.
# Packed relative relocations, of which there are 100,000, are applied in a tenth of the time: by glibc from 2.36 on, that of
# Debian 12. For an older one, with which such a program does not start, or a toolchain without lld: make LINKING=
LINKING ?= -Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs
RELEASE = -c release --static-swift-stdlib --disable-local-rpath --scratch-path .build-release \
  --disable-build-manifest-caching \
  -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors \
  $(LINKING)
BIN = .build-release/release/cand-search
BENCH = .build-release/release/bench
PREFIX = /usr/local
# The packages with tests. They share one build folder, so that nothing is compiled twice: then the build plan of another
# package must not be taken for this one's. The root comes last, so that its plan is what `swift build` finds.
TESTED = benchmarks server docs/examples .
SHARED = --disable-build-manifest-caching --scratch-path .build
SIZE = 100000
ROUNDS = 5
# Where the benchmarks make their corpora and indexes: some 20 GB for a million candidates.
WORK = .build-bench
PACKAGES = libsqlite3-dev libsimdjson-dev libsodium-dev libstemmer-dev libzstd-dev libcurl4-openssl-dev libpq-dev zlib1g-dev pkg-config curl
SUDO = $(shell [ "$$(id -u)" = 0 ] || echo sudo)
SOURCES = Package.swift Sources Tests benchmarks server docs/examples

.PHONY: demo build build-server serve man install deb test-deb test test-fast test-postgres test-cluster test-api build-tests build-programs resolved docs soak bench \
  test-web screenshots build-bench bench-http bench-postgres soak-http relevance pairs peers fuzz fuzz-corpus build-fuzz \
  dependencies format lint clean

demo: build
	@rm -rf .demo && mkdir -p .demo
	$(BIN) index --index .demo/candidates.db docs/samples/candidates.ndjson
	$(BIN) --index .demo/candidates.db "engineer tag:JUNIOR" --format table
	$(BIN) --index .demo/candidates.db "o'brien OR 山田 OR \"software engineer\"" --limit 5 --format table
	$(BIN) --index .demo/candidates.db --count "can_email:true is_private:false"

build: dependencies
	$(SWIFT) build $(RELEASE) --product cand-search
	$(SWIFT) build $(RELEASE) --product cand-search-sync
	$(SWIFT) build $(RELEASE) --product cand-search-manual
	@! readelf -d $(BIN) $(BIN)-sync | grep -F '$$ORIGIN' # nothing is loaded from the program's folder

build-server: dependencies resolved
	$(SWIFT) build --package-path server $(RELEASE) --product cand-search-server
	@! readelf -d $(BIN)-server | grep -F '$$ORIGIN'

serve: build build-server
	@mkdir -p .demo
	$(BIN) index --index .demo/candidates.db docs/samples/candidates.ndjson
	@echo "http://127.0.0.1:7470/docs describes the API; Ctrl-C stops the server"
	$(BIN) serve --index .demo/candidates.db

# The programs that were built.
PROGRAMS = $(BIN) $(BIN)-sync $(wildcard $(BIN)-server)
WRITE_MANUAL = umask 022 && $(BIN)-manual --date $(DATE) --output
# The day of the last commit: the same source makes the same pages.
DATE = $(shell git log -1 --format=%cs 2>/dev/null || date -u +%F)

man: build
	@rm -rf .build-man
	$(WRITE_MANUAL) .build-man $(PROGRAMS)

# The symbols stay in the build folder. Nothing is compiled: root may have no toolchain.
SHARE = $(DESTDIR)$(PREFIX)/share
ZSH_FUNCTIONS = site-functions
COMPLETIONS = bash:bash-completion/completions/cand-search zsh:zsh/$(ZSH_FUNCTIONS)/_cand-search \
  fish:fish/vendor_completions.d/cand-search.fish
install:
	@test -x $(BIN)-manual || $(MAKE) build
	install -d $(DESTDIR)$(PREFIX)/bin
	install -s $(PROGRAMS) $(DESTDIR)$(PREFIX)/bin
	$(WRITE_MANUAL) $(SHARE)/man $(PROGRAMS)
	@umask 022; for completion in $(COMPLETIONS); do path=$(SHARE)/$${completion#*:}; \
	  install -d $$(dirname $$path) && $(BIN) completions $${completion%%:*} >$$path || exit 1; done

# The package of the programs that were built. Its version is that of the programs.
VERSION = $(shell sed -n 's/.*static let version = "\(.*\)"/\1/p' Sources/CommandSupport/ExitStatus.swift)
DEB = .build-deb/cand-search_$(VERSION)_$(shell dpkg --print-architecture).deb
deb: PACKAGES += debhelper lintian dpkg-dev
deb: build build-server
	@rm -rf .build-deb/package && mkdir -p .build-deb/package && cp -r debian .build-deb/package/
	@sed -n 's/^Maintainer: //p' debian/control | { read -r maintainer; printf \
	  'cand-search (%s) unstable; urgency=medium\n\n  * CHANGELOG.md.gz says what has changed.\n\n -- %s  %s\n' \
	  $(VERSION) "$$maintainer" "$$(date -uRd $(DATE))"; } >.build-deb/package/debian/changelog
	cd .build-deb/package && ROOT=$(CURDIR) dpkg-buildpackage --build=binary --no-sign
	lintian --fail-on error,warning $(DEB)

# In a Debian 12 without a Swift toolchain, which debootstrap makes from the mirror of this machine.
test-deb: PACKAGES += debootstrap
test-deb: dependencies
	@test -f $(DEB) || $(MAKE) deb
	debian/test/run $(DEB)

# BUILT: what `make test` has built is not built again. SwiftPM removes the sources of what only another package in the folder
# depends on, and would fetch and compile all of that anew.
ifeq ($(origin BUILT),command line)
build-tests build-programs:
else
build-tests: dependencies resolved
	@for package in $(TESTED); do echo "building the tests of $$package"; \
	  $(SWIFT) build --build-tests $(SHARED) --package-path $$package || exit 1; done

build-programs: dependencies resolved
	$(SWIFT) build $(SHARED) --package-path server --product cand-search-server
	$(SWIFT) build $(SHARED) --product cand-search
	$(SWIFT) build $(SHARED) --product cand-search-sync
endif

# The servers' tests run one after another: all at once, they open more than a thousand files in one process. Those that
# kill PostgreSQL servers run apart: while they wait, they take the few threads that all tests of a process share.
test: PACKAGES += man-db mandoc postgresql-15
test: build-tests
	@for package in $(TESTED); do echo "testing $$package"; \
	  case $$package in server) options=--no-parallel ;; .) options="--skip PostgresTests" ;; *) options= ;; esac; \
	  $(SWIFT) test --skip-build $(SHARED) --package-path $$package $$options || exit 1; done
	$(SWIFT) test --skip-build $(SHARED) --filter PostgresTests
	@for tests in postgres cluster api web; do $(MAKE) --no-print-directory BUILT=yes test-$$tests || exit 1; done

# The tests of the library and of the search log once more, on a PostgreSQL server that they start and remove: about five
# minutes.
test-postgres: PACKAGES += postgresql-15
test-postgres: dependencies build-tests
	CAND_SEARCH_FAST_TESTS=1 CAND_SEARCH_TEST_ENGINE=postgresql $(SWIFT) test --skip-build $(SHARED) \
	  --filter 'CandidateSearchTests|SearchLogTests'

# The tests of the library once more, on three servers over which each index is divided.
test-cluster: PACKAGES += postgresql-15
test-cluster: dependencies build-tests
	CAND_SEARCH_FAST_TESTS=1 CAND_SEARCH_TEST_ENGINE=cluster $(SWIFT) test --skip-build $(SHARED) \
	  --filter CandidateSearchTests

# The description of the server's API against a live server, and the server behind nginx: about a minute.
test-api: PACKAGES += nginx-light openssl python3-venv
test-api: dependencies build-programs .build-venv/installed
	.build-venv/bin/python server/Tests/API/run.py

# The page for people in a browser: about two minutes.
test-web screenshots: PACKAGES += chromium fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji python3-venv
screenshots: PACKAGES += pngquant
test-web screenshots: dependencies build-programs .build-venv/installed
	.build-venv/bin/python server/Tests/Web/$(if $(filter screenshots,$@),screenshots.py,run.py $(ONLY))

REQUIREMENTS = $(wildcard server/Tests/*/requirements.txt)
.build-venv/installed: $(REQUIREMENTS)
	python3 -m venv .build-venv
	.build-venv/bin/pip install --quiet --disable-pip-version-check $(addprefix -r ,$(REQUIREMENTS))
	@touch $@

# The packages beside the library are built with the same versions of its dependencies.
resolved:
	@$(SWIFT) package resolve
	@for package in benchmarks server docs/examples; do cmp -s Package.resolved $$package/Package.resolved || \
	  cp Package.resolved $$package/; done

# Without the tests that are marked `.slow`.
test-fast: export CAND_SEARCH_FAST_TESTS = 1
test-fast: test

# DocC over the declarations of the module that was built.
MODULES = .build/debug
ifeq ($(shell command -v docc),)
docs:
	@echo "make docs: SKIPPED: this toolchain has no docc, so the documentation was not checked" >&2
else
docs: dependencies
	$(SWIFT) build $(SHARED) --target CandidateSearch
	@rm -rf .build-docs && mkdir -p .build-docs/symbols
	$(SWIFT) symbolgraph-extract -module-name CandidateSearch -minimum-access-level public -skip-synthesized-members \
	  -target $$($(SWIFT) -print-target-info | sed -n 's/.*"unversionedTriple": "\(.*\)".*/\1/p') -I $(MODULES)/Modules \
	  $(foreach target,CSimdJSON CSQLiteSettings,-Xcc -ISources/$(target)/include \
	    -Xcc -fmodule-map-file=$(MODULES)/$(target).build/module.modulemap) \
	  $(foreach map,$(wildcard Sources/*/module.modulemap .build/checkouts/GRDB.swift/Sources/GRDBSQLite/module.modulemap), \
	    -Xcc -fmodule-map-file=$(map)) -output-dir .build-docs/symbols
	docc convert Sources/CandidateSearch/CandidateSearch.docc --additional-symbol-graph-dir .build-docs/symbols \
	  --fallback-display-name CandidateSearch --fallback-bundle-identifier CandidateSearch \
	  --output-path .build-docs/CandidateSearch --warnings-as-errors
endif

# Many processes on one index, killed at random, for SECONDS; `make test` does it for a minute.
soak: SECONDS = 3600
soak: dependencies
	$(SWIFT) build --build-tests $(SHARED)
	SOAK_SECONDS=$(SECONDS) $(SWIFT) test --skip-build $(SHARED) --filter SoakTests

# Everything beside the peers, into benchmarks/RESULTS.md.
bench: build build-bench peers
	$(BENCH) run --size $(SIZE) --rounds $(ROUNDS) --work $(WORK) --output benchmarks \
	  --peers benchmarks/peers --python .build-peers/venv/bin/python $(addprefix --only ,$(ONLY))

build-bench: dependencies resolved
	$(SWIFT) build --package-path benchmarks $(RELEASE) --product bench

# Who is found by queries that differ from the record, into benchmarks/relevance/RESULTS.md: make relevance
# [SIZES="40000 400000"].
SIZES = 40000 400000
relevance: build-bench peers
	$(BENCH) relevance varied $(addprefix --size ,$(SIZES)) --work $(WORK) --peers benchmarks/peers

# Pairs, triples and ORs of the most frequent terms: make pairs [SIZE=1000000].
pairs: build-bench peers
	mkdir -p benchmarks/pairs
	$(BENCH) pairs --size $(SIZE) --work $(WORK) --peers benchmarks/peers > benchmarks/pairs/RESULTS.md

# The corpus and its index, for the server.
$(WORK)/http-$(SIZE).db: build build-bench
	mkdir -p $(WORK)
	$(BENCH) corpus --records $(SIZE) --output $(WORK)/http-$(SIZE).ndjson
	$(BIN) index --index $@ --connector corpus $(WORK)/http-$(SIZE).ndjson

# The index on a PostgreSQL server beside a file, and beside tsvector alone.
bench-postgres: PACKAGES += postgresql-15
bench-postgres: build build-bench peers
	@mkdir -p $(WORK)/postgresql
	@test -f $(WORK)/postgresql/$(SIZE).ndjson || $(BENCH) corpus --records $(SIZE) > $(WORK)/postgresql/$(SIZE).ndjson
	.build-peers/venv/bin/python benchmarks/postgresql/measure.py --corpus $(WORK)/postgresql/$(SIZE).ndjson \
	  --programs .build-release/release --work $(WORK)/postgresql

bench-http: PACKAGES += wrk
bench-http: dependencies peers build-server $(WORK)/http-$(SIZE).db
	.build-peers/venv/bin/python benchmarks/http/measure.py --server $(BIN)-server --index $(WORK)/http-$(SIZE).db \
	  --corpus $(WORK)/http-$(SIZE).ndjson --work $(WORK)/http-$(SIZE) --peers benchmarks/peers \
	  > benchmarks/http/RESULTS.md

soak-http: MINUTES = 10
soak-http: build-server $(WORK)/http-$(SIZE).db
	python3 benchmarks/http/soak.py --bin .build-release/release --index $(WORK)/http-$(SIZE).db \
	  --work $(WORK)/soak --minutes $(MINUTES)

peers:
	benchmarks/peers/install.sh

# Coverage-guided fuzzing of what reads strangers' bytes: make fuzz [TARGET="reader query"] [SECONDS=3600]. Targets run
# one after another. What is found is added to .build-fuzz/corpus, what breaks something is written beside it.
TARGET = decoder reader query page
FUZZ = SWIFT_BACKTRACE=enable=no FUZZ_TARGET=$$target .build-fuzz/release/fuzz
# The corpus that a test replays: an input a line, in Base64.
KEPT = Tests/Fixtures/fuzz

build-fuzz: dependencies
	FUZZ_TARGET=any $(SWIFT) build -c release --sanitize=fuzzer --scratch-path .build-fuzz --product fuzz
	@for target in $(TARGET); do \
	  mkdir -p .build-fuzz/corpus/$$target; number=0; \
	  while read -r input; do number=$$((number + 1)); \
	    echo "$$input" | base64 -d >.build-fuzz/corpus/$$target/kept-$$number; done <$(KEPT)/$$target.base64; \
	done

fuzz: SECONDS = 60
fuzz: build-fuzz
	@for target in $(TARGET); do \
	  $(FUZZ) -max_total_time=$(SECONDS) -max_len=2048 -timeout=10 -rss_limit_mb=2048 \
	    -artifact_prefix=.build-fuzz/$$target- -print_final_stats=1 .build-fuzz/corpus/$$target || exit 1; \
	done

# Keeps of the corpus the inputs of at most 400 bytes that reach most.
fuzz-corpus: build-fuzz
	@for target in $(TARGET); do \
	  rm -rf .build-fuzz/kept && mkdir -p .build-fuzz/kept && \
	  $(FUZZ) -set_cover_merge=1 -max_len=400 .build-fuzz/kept .build-fuzz/corpus/$$target 2>/dev/null && \
	  for input in .build-fuzz/kept/*; do base64 -w0 "$$input"; echo; done | sort >$(KEPT)/$$target.base64 || exit 1; \
	done; ls -l $(KEPT)

dependencies:
	@missing=$$(for p in $(PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	  $(SUDO) apt-get update -q && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -q $$missing; \
	fi

format:
	$(SWIFT) format --in-place --recursive --parallel $(SOURCES)

lint:
	$(SWIFT) format lint --strict --recursive --parallel $(SOURCES)

clean:
	rm -rf .build .build-* .demo benchmarks/.build docs/examples/.build
