#!/usr/bin/env bash
# What SymPy prints as LaTeX, SymPy reads as something else.
#
# SymPy 1.14.0, `latex` and `parse_latex` (ANTLR).
# (log x)^2 is printed with the exponent behind the bracket, \log{\left(x \right)}^{2}, and is
# read back as log(x^2); (n!)^2 is printed n!^{2} and read back as n!; y |x| is read back as y:
# the reader stops where it no longer understands, and what is left is dropped without an error.
#
# Run it with bash; it needs Python 3 with pip. It exits with 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check sympy==1.14.0 antlr4-python3-runtime==4.11.0

"$work/env/bin/python" -W ignore - > "$work/seen" <<'PROGRAM'
from sympy import Abs, factorial, latex, log, symbols
from sympy.parsing.latex import parse_latex

x, y, n = symbols("x y n")
for expression in (log(x) ** 2, factorial(n) ** 2, y * Abs(x)):
    printed = latex(expression)
    print(expression, "->", printed, "->", parse_latex(printed))
PROGRAM

cat > "$work/expected" <<'EXPECTED'
log(x)**2 -> \log{\left(x \right)}^{2} -> log(x**2, E)
factorial(n)**2 -> n!^{2} -> factorial(n)
y*Abs(x) -> y \left|{x}\right| -> y
EXPECTED

cat "$work/seen"
diff "$work/expected" "$work/seen" > "$work/changes" || {
    echo "the behaviour has changed:" >&2
    cat "$work/changes" >&2
    exit 1
}
