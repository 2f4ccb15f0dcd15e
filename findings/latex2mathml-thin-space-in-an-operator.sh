#!/usr/bin/env bash
# A thin space inside \operatorname dissolves the operator into letters.
#
# latex2mathml 3.81.1. \operatorname{argmax} is one operator; \operatorname{arg\,max}, as amsmath sets arg max, is an
# empty operator followed by six variables, a product to every renderer and screen reader, and the starred form adds an
# operator * in front. No error is raised.
#
# Run it with bash; it needs Python 3 with pip. It exits with 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check latex2mathml==3.81.1

"$work/env/bin/python" -W ignore - > "$work/seen" <<'PROGRAM'
import re

from latex2mathml.converter import convert

for source in (r"\operatorname{argmax} f", r"\operatorname{arg\,max} f", r"\operatorname*{arg\,max} f"):
    print(source, "->", re.sub(r"</?(math|mrow)[^>]*>", "", convert(source)))
PROGRAM

cat > "$work/expected" <<'EXPECTED'
\operatorname{argmax} f -> <mo>argmax</mo><mi>f</mi>
\operatorname{arg\,max} f -> <mo /><mi>a</mi><mi>r</mi><mi>g</mi><mspace width="0.167em" /><mi>m</mi><mi>a</mi><mi>x</mi><mi>f</mi>
\operatorname*{arg\,max} f -> <mo /><mo>&#x0002A;</mo><mi>a</mi><mi>r</mi><mi>g</mi><mspace width="0.167em" /><mi>m</mi><mi>a</mi><mi>x</mi><mi>f</mi>
EXPECTED

cat "$work/seen"
diff "$work/expected" "$work/seen" > "$work/changes" || {
    echo "the behaviour has changed:" >&2
    cat "$work/changes" >&2
    exit 1
}
