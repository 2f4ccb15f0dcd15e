#!/usr/bin/env bash
# Expanded, atan2(y, x) is arctan(y/x).
#
# latexify-py 0.4.4. `expand_functions={"atan2"}` writes atan2(y, x) as arctan of the quotient, which differs from it by pi
# for negative x and does not exist at x = 0. Unexpanded, the two arguments keep their order.
#
# Run it with bash; it needs Python 3 with pip. It exits with 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check latexify-py==0.4.4

"$work/env/bin/python" -W ignore - > "$work/seen" <<'PROGRAM'
import pathlib
import sys
import tempfile

import latexify

with tempfile.TemporaryDirectory() as folder:  # latexify wants functions that stand in a file
    pathlib.Path(folder, "functions.py").write_text(
        "from math import atan2\n\n\ndef angle(y, x):\n    return atan2(y, x)\n"
    )
    sys.path.insert(0, folder)
    import functions

    print(latexify.get_latex(functions.angle, expand_functions={"atan2"}))
    print(latexify.get_latex(functions.angle))
PROGRAM

cat > "$work/expected" <<'EXPECTED'
\mathrm{angle}(y, x) = \arctan \mathopen{}\left( \frac{y}{x} \mathclose{}\right)
\mathrm{angle}(y, x) = \mathrm{atan2} \mathopen{}\left( y, x \mathclose{}\right)
EXPECTED

cat "$work/seen"
diff "$work/expected" "$work/seen" > "$work/changes" || {
    echo "the behaviour has changed:" >&2
    cat "$work/changes" >&2
    exit 1
}
