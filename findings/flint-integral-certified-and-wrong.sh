#!/usr/bin/env bash
# acb.integral returns a tight ball that does not hold the integral.
#
# python-flint 0.9.0. The integrand is called with a flag, `analytic`; one that takes it and does not pass it
# on looks right, and gives a ball of radius 10^-15 around 1.1547 for the integral of sqrt(x^2) = |x| over
# [-1, 1], which is 1: the quadrature believed that the integrand was analytic on the whole ellipse around the
# interval. With `sqrt(analytic=flag)` the ball holds 1.
#
# Run it with bash; it needs Python 3 with pip. It exits with 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check python-flint==0.9.0

"$work/env/bin/python" -W ignore - > "$work/seen" <<'PROGRAM'
from flint import acb

forgotten = acb.integral(lambda z, analytic: (z * z).sqrt(), -1, 1).real
passed_on = acb.integral(lambda z, analytic: (z * z).sqrt(analytic=analytic), -1, 1).real
print("flag forgotten:", forgotten.str(8, radius=False), "radius below 1e-12:", forgotten.rad() < 1e-12)
print("holds 1:", forgotten.contains(1))
print("flag passed on holds 1:", passed_on.contains(1))
PROGRAM

cat > "$work/expected" <<'EXPECTED'
flag forgotten: 1.1547005 radius below 1e-12: True
holds 1: False
flag passed on holds 1: True
EXPECTED

cat "$work/seen"
diff "$work/expected" "$work/seen" > "$work/changes" || {
    echo "the behaviour has changed:" >&2
    cat "$work/changes" >&2
    exit 1
}
