#!/usr/bin/env bash
# parse_latex(…, strict=True) calls \left( … \right)^n invalid.
#
# SymPy 1.14.0, `parse_latex` (ANTLR). `strict=True` is documented as raising an error where the reader
# would stop early. It also refuses SymPy's own way of printing a power of a sum, which the lenient mode
# reads completely and rightly: so the flag that guards against dropped input cannot be used on what
# SymPy prints.
#
# Run it with bash; it needs Python 3 with pip. It exits with 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check sympy==1.14.0 antlr4-python3-runtime==4.11.0

"$work/env/bin/python" -W ignore - > "$work/seen" <<'PROGRAM'
from sympy import latex, symbols
from sympy.parsing.latex import parse_latex

x, n = symbols("x n")
printed = latex((1 + x) ** n)
print(printed)
print("lenient:", parse_latex(printed))
try:
    print("strict:", parse_latex(printed, strict=True))
except Exception as error:
    print("strict:", type(error).__name__)
PROGRAM

cat > "$work/expected" <<'EXPECTED'
\left(x + 1\right)^{n}
lenient: (x + 1)**n
strict: LaTeXParsingError
EXPECTED

cat "$work/seen"
diff "$work/expected" "$work/seen" > "$work/changes" || {
    echo "the behaviour has changed:" >&2
    cat "$work/changes" >&2
    exit 1
}
