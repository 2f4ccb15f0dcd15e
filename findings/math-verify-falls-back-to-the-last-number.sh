#!/usr/bin/env bash
# An answer that cannot be read is graded by its last number.
#
# math-verify 0.9.0. The limit of 1/x from the right has no reading here, so the parser falls back on the
# last number it sees, 0 (of x \to 0), and x \bmod 2 becomes 2. A student who writes the unreadable limit
# is marked right where the answer is 0.
#
# Run it with bash; it needs Python 3 with pip. It exits with 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check sympy==1.14.0 antlr4-python3-runtime==4.11.0 latex2sympy2_extended==1.11.0 math-verify==0.9.0

"$work/env/bin/python" -W ignore - > "$work/seen" <<'PROGRAM'
import logging

from math_verify import parse, verify

logging.disable(logging.CRITICAL)
for source in (r"$\lim_{x\to 0^+} \frac{1}{x}$", r"$x \bmod 2$"):
    print(source, "->", parse(source)[0])
print("graded against 0:", verify(parse("$0$"), parse(r"$\lim_{x\to 0^+} \frac{1}{x}$")))
PROGRAM

cat > "$work/expected" <<'EXPECTED'
$\lim_{x\to 0^+} \frac{1}{x}$ -> 0
$x \bmod 2$ -> 2
graded against 0: True
EXPECTED

cat "$work/seen"
diff "$work/expected" "$work/seen" > "$work/changes" || {
    echo "the behaviour has changed:" >&2
    cat "$work/changes" >&2
    exit 1
}
