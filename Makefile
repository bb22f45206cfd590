# Verbs; each does its own set-up. `make help` lists them.
SHELL := /bin/bash
JOBS ?= $(shell nproc)

.PHONY: help run build test test-full test-targets lint fmt bench asan tsan fuzz page clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z%-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

build: ## release binaries in out/bin
	@tools/setup build
	@SOV_TESTS=OFF tools/build release apr
	@mkdir -p out/bin && cp build/release/bin/apr out/bin/apr.new && mv out/bin/apr.new out/bin/apr

run: build ## write Python with the model that ships here
	@printf "def fibonacci(n):"
	@out/bin/apr run micro "def fibonacci(n):"

test: ## unit, command-line and documentation tests, and the lint that needs no clang
	@tools/setup build test
	@tools/run_tests

test-full: ## test, then sanitizers, all SIMD targets, peers from PyPI and ten minutes of fuzzing per parser
	@tools/setup build test lint fuzz targets wasm browser
	@tools/run_tests --full

test-targets: ## compute on the SIMD targets this processor lacks: avx512 emulated, 64-bit ARM under qemu
	@tools/setup build test targets
	@tools/run_tests --targets

lint: ## format, layers, docs, clang-tidy and a warning-free clang build (LINT=--no-tidy or --quick for less)
	@tools/setup build test lint
	@tools/lint $(LINT)

fmt: ## rewrite the sources in the house format
	@tools/setup lint
	@git ls-files '*.cpp' '*.h' | xargs clang-format-19 -i

bench: ## speed beside llama.cpp (SOV_PEERS, SOV_MODELS and BENCH=options: see bench/README.md)
	@bench/run --check $(BENCH)
	@tools/setup build
	@SOV_TESTS=OFF tools/build release apr llm_bench
	@bench/run $(BENCH)

asan: ## unit tests under ASan and UBSan
	@tools/setup build test lint fuzz
	@tools/build asan && ctest --test-dir build/asan --output-on-failure

tsan: ## unit tests under TSan
	@tools/setup build test lint fuzz
	@tools/build tsan && ctest --test-dir build/tsan --output-on-failure

fuzz: ## fuzz every parser for FUZZ_SECONDS each (default 600)
	@tools/setup build lint fuzz
	@tools/fuzz $${FUZZ_SECONDS:-600}

page: ## out/depyler.html: the Python-to-Rust translator in a browser, one file
	@tools/setup build wasm
	@tools/page

demo-%: ## a demo of the course, e.g. make demo-kv-cache
	@if [ -x demos/run ] && demos/run --has $*; then demos/run $*; \
	else echo "unsupported: demo '$*' is not built yet" >&2; exit 9; fi

clean: ## remove build/ and out/
	rm -rf build out
