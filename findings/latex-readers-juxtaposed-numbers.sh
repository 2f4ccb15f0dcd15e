#!/usr/bin/env bash
# Two numbers side by side: three LaTeX readers, three values.
#
# SymPy 1.14.0 (both of its LaTeX readers) and latex2sympy2_extended 1.11.0.
# `2 3` is 23 for the ANTLR reader, 6 for the Lark reader and 5 (a mixed number) for
# latex2sympy2_extended. A thousand written with a thin space, as ISO 80000 and siunitx
# set it (`3\,000`), is 3000 for the first and 0 for the two others. None of them complains.
#
# Run it with bash; it needs Python 3 with pip. It exits with 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check sympy==1.14.0 antlr4-python3-runtime==4.11.0 lark==1.3.1 latex2sympy2_extended==1.11.0

"$work/env/bin/python" -W ignore - > "$work/seen" <<'PROGRAM'
from latex2sympy2_extended import latex2sympy
from sympy.parsing.latex import parse_latex

for source in (r"2 3", r"3\,000"):
    antlr = parse_latex(source)
    lark = parse_latex(source, backend="lark").doit()
    print(source, "->", antlr, lark, latex2sympy(source).doit())
PROGRAM

cat > "$work/expected" <<'EXPECTED'
2 3 -> 23 6 5
3\,000 -> 3000 0 0
EXPECTED

cat "$work/seen"
diff "$work/expected" "$work/seen" > "$work/changes" || {
    echo "the behaviour has changed:" >&2
    cat "$work/changes" >&2
    exit 1
}
