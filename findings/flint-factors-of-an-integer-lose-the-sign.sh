#!/usr/bin/env bash
# The factors of -12 multiply to 12, those of 0 to 1.
#
# python-flint 0.9.0. `fmpz.factor` returns prime powers alone: the unit -1 is left out, and 0 has no factors at
# all, while `fmpz_poly.factor` and `fmpq_poly.factor` return a constant beside their factors, sign included.
#
# Run it with bash; it needs Python 3 with pip. It exits with 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check python-flint==0.9.0

"$work/env/bin/python" -W ignore - > "$work/seen" <<'PROGRAM'
from math import prod

from flint import fmpz, fmpz_poly

for n in (-12, 0):
    factors = fmpz(n).factor()
    print(n, factors, "multiply to", prod(int(p) ** k for p, k in factors))
constant, factors = fmpz_poly([-12]).factor()
print("as a polynomial:", constant, factors)
PROGRAM

cat > "$work/expected" <<'EXPECTED'
-12 [(2, 2), (3, 1)] multiply to 12
0 [] multiply to 1
as a polynomial: -12 []
EXPECTED

cat "$work/seen"
diff "$work/expected" "$work/seen" > "$work/changes" || {
    echo "the behaviour has changed:" >&2
    cat "$work/changes" >&2
    exit 1
}
