#!/usr/bin/env bash
# A limit, or a derivative, that does not exist has a value.
#
# mpmath 1.3.0. `limit` answers 1 for |x|/x at 0 (one side is tried), a number of size 10^-76 for sin x at
# infinity and 2.169 for log log x there; `diff` answers 0 for |x| at 0. There is no error and no warning.
#
# Run it with bash; it needs Python 3 with pip. It exits with 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check mpmath==1.3.0

"$work/env/bin/python" -W ignore - > "$work/seen" <<'PROGRAM'
from mpmath import diff, inf, limit, log, nstr, sin

print("|x|/x at 0:", nstr(limit(lambda x: abs(x) / x, 0), 5))
print("|sin x| at infinity is below 1e-50:", abs(limit(sin, inf)) < 1e-50)
print("log log x at infinity:", nstr(limit(lambda x: log(log(x)), inf), 5))
print("d|x|/dx at 0:", nstr(diff(abs, 0), 5))
PROGRAM

cat > "$work/expected" <<'EXPECTED'
|x|/x at 0: 1.0
|sin x| at infinity is below 1e-50: True
log log x at infinity: 2.169
d|x|/dx at 0: 0.0
EXPECTED

cat "$work/seen"
diff "$work/expected" "$work/seen" > "$work/changes" || {
    echo "the behaviour has changed:" >&2
    cat "$work/changes" >&2
    exit 1
}
