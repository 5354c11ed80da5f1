#!/bin/sh
# Prints a Python >= 3.11.2 that can make virtual environments, or says in one line what is missing.
# Each candidate is run: version managers leave names on PATH that answer "not found" when called.
set -u
check='import sys; sys.exit(0 if sys.version_info[:3] >= (3, 11, 2) else 1)'
parts='import ensurepip, venv'
found=''
for name in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
    "$name" -c "$check" >/dev/null 2>&1 || continue
    found=$name
    if "$name" -c "$parts" >/dev/null 2>&1; then
        printf '%s\n' "$name"
        exit 0
    fi
done
if [ -n "$found" ]; then
    printf '%s saknar venv/ensurepip: installera det (på Debian och Ubuntu: apt install python3-venv).\n' "$found" >&2
else
    printf 'Ingen Python 3.11.2 eller senare hittades (sökte: %s).\n' "${PYTHON:-python3.13 python3.12 python3.11 python3}" >&2
fi
exit 1
