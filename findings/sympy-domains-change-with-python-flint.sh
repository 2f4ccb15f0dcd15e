#!/usr/bin/env bash
# Installing python-flint changes what SymPy's ZZ and QQ accept.
#
# SymPy 1.14.0 with and without python-flint 0.9.0. SymPy chooses its ground types by what is installed, without
# an import: beside python-flint, QQ("0.1") and QQ(0.1) are errors, ZZ(3)/ZZ(2) raises where it gave 1.5, and
# ZZ(2) == 2.0 turns from True to False. (SYMPY_GROUND_TYPES=python brings the first behaviour back.)
#
# Run it with bash; it needs Python 3 with pip. It exits with 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check sympy==1.14.0

"$work/env/bin/python" -W ignore - > "$work/seen" <<'PROGRAM'
import subprocess
import sys

program = """
from sympy import QQ, ZZ
from sympy.external.gmpy import GROUND_TYPES

def told(compute):
    try:
        return repr(compute())
    except Exception as error:
        return type(error).__name__

print(GROUND_TYPES, told(lambda: QQ("0.1")), told(lambda: QQ(0.1)), told(lambda: ZZ(3) / ZZ(2)), told(lambda: ZZ(2) == 2.0))
"""
subprocess.run([sys.executable, "-c", program], check=True)
install = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "python-flint==0.9.0"]
subprocess.run(install, check=True)
subprocess.run([sys.executable, "-c", program], check=True)
PROGRAM

cat > "$work/expected" <<'EXPECTED'
python MPQ(1,10) MPQ(3602879701896397,36028797018963968) 1.5 True
flint ValueError TypeError DomainError False
EXPECTED

cat "$work/seen"
diff "$work/expected" "$work/seen" > "$work/changes" || {
    echo "the behaviour has changed:" >&2
    cat "$work/changes" >&2
    exit 1
}
