#!/usr/bin/env bash
# SymPy's Lark reader takes \left( for \le followed by the letters f, t.
#
# SymPy 1.14.0, `parse_latex(…, backend="lark")`.
# The product that SymPy itself prints as \left(1 + x\right) \left(-1 + x\right) comes back not as an
# expression but as a parse tree marked ambiguous, and two of its readings are inequalities:
# x + 1 <= f t (x - 1), because `\left` also begins with `\le`. There is no error, and a caller who
# expects an expression gets a lark Tree.
#
# Run it with bash; it needs Python 3 with pip. It exits with 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check sympy==1.14.0 lark==1.3.1

"$work/env/bin/python" -W ignore - > "$work/seen" <<'PROGRAM'
from sympy import latex, symbols
from sympy.parsing.latex import parse_latex

x = symbols("x")
printed = latex((x - 1) * (x + 1), order="none")
read = parse_latex(printed, backend="lark")
print(printed)
print(type(read).__module__, type(read).__name__, read.data)
print(sorted({type(reading).__name__ for reading in read.children}))
print(sorted(str(reading) for reading in read.children if type(reading).__name__ == "LessThan"))
PROGRAM

cat > "$work/expected" <<'EXPECTED'
\left(1 + x\right) \left(-1 + x\right)
lark.tree Tree _ambig
['LessThan', 'Mul']
['x + 1 <= f*t(x - 1)', 'x + 1 <= f*t*(x - 1)']
EXPECTED

cat "$work/seen"
diff "$work/expected" "$work/seen" > "$work/changes" || {
    echo "the behaviour has changed:" >&2
    cat "$work/changes" >&2
    exit 1
}
