#!/usr/bin/env bash
# A fraction as text loses its brackets, and with them its meaning.
#
# pylatexenc 2.11, `LatexNodes2Text`. (a + b)/c becomes a+b/c and e^(x+y) becomes e^x+y: both read as something
# else. \Pr and \coloneqq vanish, \| vanishes between P and Q, and \tfrac12 becomes the number 12.
#
# Run it with bash; it needs Python 3 with pip. It exits with 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check pylatexenc==2.11

"$work/env/bin/python" -W ignore - > "$work/seen" <<'PROGRAM'
from pylatexenc.latex2text import LatexNodes2Text

as_text = LatexNodes2Text().latex_to_text
for source in (r"\frac{a+b}{c}", r"e^{x+y}", r"\Pr(A)", r"a \coloneqq b", r"\mathrm{KL}[P\|Q]", r"\tfrac12"):
    print(source, "->", " ".join(as_text(source).split()))
PROGRAM

cat > "$work/expected" <<'EXPECTED'
\frac{a+b}{c} -> a+b/c
e^{x+y} -> e^x+y
\Pr(A) -> (A)
a \coloneqq b -> a b
\mathrm{KL}[P\|Q] -> KL[PQ]
\tfrac12 -> 12
EXPECTED

cat "$work/seen"
diff "$work/expected" "$work/seen" > "$work/changes" || {
    echo "the behaviour has changed:" >&2
    cat "$work/changes" >&2
    exit 1
}
