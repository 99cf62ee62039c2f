#!/bin/sh
# Write requirements.lock from pyproject.toml: every part, of the program and of its tests, at one
# exact version with the hashes of its files. It names no registry: pip's own settings choose that.
#
#     sh scripts/lock.sh            keep the versions that are locked, add what is new
#     sh scripts/lock.sh --upgrade  take the newest that pyproject.toml allows
set -eu
cd "$(dirname "$0")/.."
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"${PYTHON:-python3}" -m venv "$tools/venv"
"$tools/venv/bin/python" -m pip install --quiet pip-tools==7.6.2
"$tools/venv/bin/python" -m piptools compile --quiet "$@" --extra dev --generate-hashes \
    --allow-unsafe --strip-extras --no-header --no-annotate --no-emit-index-url \
    --no-emit-find-links --no-emit-trusted-host --no-emit-options \
    --output-file requirements.lock pyproject.toml
# Whatever a setting of this machine still put in: a line with an address is no part of the lock.
sed -i.old -e '/:\/\//d' -e '/^ *#/d' -e '/^--[a-z-]*url/d' -e '/^--find-links/d' requirements.lock
rm -f requirements.lock.old
