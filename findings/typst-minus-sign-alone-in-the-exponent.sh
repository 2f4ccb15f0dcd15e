#!/usr/bin/env bash
# In Typst, x^-1 sets the minus as the exponent and the 1 beside it.
#
# typst 0.15.2 (Python wheel), math mode. An exponent is one token: `x^-1` attaches the minus alone and goes on
# with 1 on the line, and so does `x_-1`. A subscript, though, swallows a bracket that follows without a space:
# `a_i(x)` sets "i(x)" as the subscript, where `a_i (x)` applies. All of it compiles without a warning.
#
# Run it with bash; it needs Python 3 with pip. It exits with 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check typst==0.15.2

"$work/env/bin/python" -W ignore - > "$work/seen" <<'PROGRAM'
import json
import os
import tempfile

import typst


def plain(node):
    if node["func"] == "attach":
        marks = "".join(f" {k}[{plain(node[k])}]" for k in ("t", "b") if k in node)
        return plain(node["base"]) + marks
    if "children" in node:
        return " ".join(filter(None, map(plain, node["children"])))
    return plain(node["body"]) if "body" in node else node.get("text", "")


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "formula.typ")
    for formula in ("x^-1", "x^(-1)", "a_i(x)", "a_i (x)"):
        with open(path, "w") as file:
            file.write(f"${formula}$\n")
        (found,) = json.loads(typst.query(path, "math.equation"))
        print(formula, "->", plain(found["body"]).replace("\u2212", "-"))
PROGRAM

cat > "$work/expected" <<'EXPECTED'
x^-1 -> x t[-] 1
x^(-1) -> x t[- 1]
a_i(x) -> a b[i ( x )]
a_i (x) -> a b[i] ( x )
EXPECTED

cat "$work/seen"
diff "$work/expected" "$work/seen" > "$work/changes" || {
    echo "the behaviour has changed:" >&2
    cat "$work/changes" >&2
    exit 1
}
