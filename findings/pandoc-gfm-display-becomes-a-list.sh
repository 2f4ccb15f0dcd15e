#!/usr/bin/env bash
# A line of a display that starts with - or = ends the display.
#
# pandoc as of pypandoc_binary 1.17, readers `gfm` and `markdown`. In GitHub's flavour the display
# `$$ a <newline> - b $$` becomes a paragraph and a list, and a line with = alone turns the first line into a heading;
# the reader `markdown` (pandoc's own) keeps the display in both cases. The same file is right or wrong by its flavour.
#
# Run it with bash; it needs Python 3 with pip. It exits with 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check pypandoc_binary==1.17

"$work/env/bin/python" -W ignore - > "$work/seen" <<'PROGRAM'
import pypandoc

for name, source in (("minus", "$$\na\n- b\n$$\n"), ("equals", "$$\na\n=\nb\n$$\n")):
    for flavour in ("markdown", "gfm"):
        page = pypandoc.convert_text(source, "html", format=flavour, extra_args=["--mathjax"])
        kinds = [tag for tag in ("math display", "<ul>", "<h1") if tag in page]
        print(name, flavour, kinds)
PROGRAM

cat > "$work/expected" <<'EXPECTED'
minus markdown ['math display']
minus gfm ['<ul>']
equals markdown ['math display']
equals gfm ['<h1']
EXPECTED

cat "$work/seen"
diff "$work/expected" "$work/seen" > "$work/changes" || {
    echo "the behaviour has changed:" >&2
    cat "$work/changes" >&2
    exit 1
}
