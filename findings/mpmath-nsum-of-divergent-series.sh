#!/usr/bin/env bash
# Divergent and slow series get a number, without a warning.
#
# mpmath 1.3.0, `nsum` and `nprod`. Their extrapolation answers 11325.0 for 1 + 2 + 3 + …, 151.0 for the
# product of 1 + 1/n, 9.46… for the harmonic series, and 6.44 for the convergent series of n^(-1.1), whose
# sum is zeta(1.1) = 10.58. Nothing in the result tells the four apart from a good value.
#
# Run it with bash; it needs Python 3 with pip. It exits with 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check mpmath==1.3.0

"$work/env/bin/python" -W ignore - > "$work/seen" <<'PROGRAM'
from mpmath import inf, mpf, nprod, nsum, nstr, zeta

print("sum of n:", nstr(nsum(lambda n: n, [1, inf]), 8))
print("product of 1 + 1/n:", nstr(nprod(lambda n: 1 + 1 / n, [1, inf]), 8))
print("sum of 1/n:", nstr(nsum(lambda n: 1 / n, [1, inf]), 8))
print("sum of n^-1.1:", nstr(nsum(lambda n: n ** mpf("-1.1"), [1, inf]), 4), "and zeta(1.1):", nstr(zeta("1.1"), 4))
PROGRAM

cat > "$work/expected" <<'EXPECTED'
sum of n: 11325.0
product of 1 + 1/n: 151.0
sum of 1/n: 9.4633821
sum of n^-1.1: 6.438 and zeta(1.1): 10.58
EXPECTED

cat "$work/seen"
diff "$work/expected" "$work/seen" > "$work/changes" || {
    echo "the behaviour has changed:" >&2
    cat "$work/changes" >&2
    exit 1
}
