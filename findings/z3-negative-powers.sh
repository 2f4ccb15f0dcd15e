#!/usr/bin/env bash
# In Z3 x**-1 is not 1/x, 2**-1 is 0, and 2**n > 0 has a counterexample.
#
# z3-solver 5.4.1.0 (Python).
# `1/x` at x = 0 may have any value, `x**-1` there is 0, so the two are told apart. A power of an integer has
# the sort Int, whatever its exponent: the integer 2**-1 simplifies to 0, and 2**n > 0 is refuted by a
# negative n. The square root of -1, a real term, simplifies to 0.
#
# Run it with bash; it needs Python 3 with pip. It exits with 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check z3-solver==5.4.1.0

"$work/env/bin/python" -W ignore - > "$work/seen" <<'PROGRAM'
from z3 import Int, IntVal, Not, Real, RealVal, Solver, Sqrt, simplify


def proved(claim):
    solver = Solver()
    solver.add(Not(claim))
    return {"unsat": "proved", "sat": "has a counterexample"}.get(str(solver.check()), "unknown")


x, n = Real("x"), Int("n")
print("x**-1 simplifies to", simplify(x**-1))
print("x**-1 == 1/x", proved(x**-1 == 1 / x))
print("2**-1 simplifies to", simplify(IntVal(2) ** -1), "of sort", (IntVal(2) ** n).sort())
print("2**n > 0", proved(2**n > 0))
print("Sqrt(-1) simplifies to", simplify(Sqrt(RealVal(-1))))
PROGRAM

cat > "$work/expected" <<'EXPECTED'
x**-1 simplifies to If(x == 0, 0, 1/x)
x**-1 == 1/x has a counterexample
2**-1 simplifies to 0 of sort Int
2**n > 0 has a counterexample
Sqrt(-1) simplifies to 0
EXPECTED

cat "$work/seen"
diff "$work/expected" "$work/seen" > "$work/changes" || {
    echo "the behaviour has changed:" >&2
    cat "$work/changes" >&2
    exit 1
}
