#!/usr/bin/env bash
# [1, 2] == [1, 2]: true for one interval library, false for the other.
#
# mpmath 1.3.0 (`iv`) and python-flint 0.9.0 (`arb`). For mpmath two intervals are equal when they are the
# same set; so x == y "holds" although x and y may be two different numbers. For a ball of python-flint
# equality holds only if it holds for all points, and so both == and != are false. A check ported from one to
# the other changes its meaning silently.
#
# Run it with bash; it needs Python 3 with pip. It exits with 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check mpmath==1.3.0 python-flint==0.9.0

"$work/env/bin/python" -W ignore - > "$work/seen" <<'PROGRAM'
from flint import arb
from mpmath import iv

a, b = iv.mpf([1, 2]), iv.mpf([1, 2])
print("mpmath:", a == b, a != b, "difference", a - b)
a, b = arb(1.5, 0.5), arb(1.5, 0.5)
print("flint:", a == b, a != b, "difference contains 0:", (a - b).contains(0))
PROGRAM

cat > "$work/expected" <<'EXPECTED'
mpmath: True False difference [-1.0, 1.0]
flint: False False difference contains 0: True
EXPECTED

cat "$work/seen"
diff "$work/expected" "$work/seen" > "$work/changes" || {
    echo "the behaviour has changed:" >&2
    cat "$work/changes" >&2
    exit 1
}
