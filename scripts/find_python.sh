#!/bin/sh
# Print the first Python of at least 3.11 that can make an environment.
for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$name"
        exit 0
    fi
done
echo "Klantenapp needs Python 3.11 or newer with venv (Debian: apt-get install python3-venv)." >&2
exit 1
