#!/usr/bin/env bash
# Pins pyproject.toml's ranges with hashes. The files name no download address, so any index serves.
set -eu
cd "$(dirname "$0")/.."
pin() {
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-header --no-annotate "$@"
}
pin pyproject.toml --constraint requirements/lts.in --output-file requirements/run.txt
pin pyproject.toml --group test --group bench --constraint requirements/lts.in --output-file requirements/test.txt
pin pyproject.toml --group test --constraint requirements/next.in --output-file requirements/next.txt
