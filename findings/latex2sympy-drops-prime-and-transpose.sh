#!/usr/bin/env bash
# A derivative and a transpose are dropped, and a grader calls the two sides equal.
#
# latex2sympy2_extended 1.11.0 and math-verify 0.9.0.
# f'(x) is read as f(x), x' as x, and A^T as the scalar a: the prime and the transpose are gone without
# an error. math-verify, which grades answers with this reader, accepts f(x) where f'(x) is the answer.
#
# Run it with bash; it needs Python 3 with pip. It exits with 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check sympy==1.14.0 antlr4-python3-runtime==4.11.0 latex2sympy2_extended==1.11.0 math-verify==0.9.0

"$work/env/bin/python" -W ignore - > "$work/seen" <<'PROGRAM'
from latex2sympy2_extended import latex2sympy
from math_verify import parse, verify

for source in ("x'", "f'(x)", "A^T"):
    print(source, "->", latex2sympy(source))
print("f(x) graded against f'(x):", verify(parse("$f'(x)$"), parse("$f(x)$")))
PROGRAM

cat > "$work/expected" <<'EXPECTED'
x' -> x
f'(x) -> f(x)
A^T -> a
f(x) graded against f'(x): True
EXPECTED

cat "$work/seen"
diff "$work/expected" "$work/seen" > "$work/changes" || {
    echo "the behaviour has changed:" >&2
    cat "$work/changes" >&2
    exit 1
}
