#!/usr/bin/env bash
# fmpq(1, 2) hashes like Fraction(1, 2), and is not equal to it.
#
# python-flint 0.9.0. The hash of an fmpq is that of the equal Fraction, and fmpq(3) == 3, but fmpq(1, 2) and
# Fraction(1, 2) are unequal: a look-up in a dict or set whose keys are Fractions finds the bucket and misses
# the key, for every value that is no integer. Fraction(fmpq(1, 2)) is a TypeError.
#
# Run it with bash; it needs Python 3 with pip. It exits with 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check python-flint==0.9.0

"$work/env/bin/python" -W ignore - > "$work/seen" <<'PROGRAM'
from fractions import Fraction

from flint import fmpq

half = fmpq(1, 2)
print("same hash:", hash(half) == hash(Fraction(1, 2)), " equal:", half == Fraction(1, 2))
print("in a set:", half in {Fraction(1, 2)}, " integers:", fmpq(3) in {Fraction(3)}, fmpq(3) in {3})
try:
    Fraction(half)
except TypeError as error:
    print("TypeError:", error)
PROGRAM

cat > "$work/expected" <<'EXPECTED'
same hash: True  equal: False
in a set: False  integers: False True
TypeError: argument should be a string or a Rational instance
EXPECTED

cat "$work/seen"
diff "$work/expected" "$work/seen" > "$work/changes" || {
    echo "the behaviour has changed:" >&2
    cat "$work/changes" >&2
    exit 1
}
