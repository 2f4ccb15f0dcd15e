#!/usr/bin/env bash
# 1/2 x and 1/a x are grouped differently, and 0/0 simplifies to 0.
#
# mathjs 15.2.0. An implicit product binds tighter than a quotient, unless numerator and denominator are numbers:
# 1/2 x is (1/2) x while 1/a x is 1/(a x). So putting 2 for a in the text changes the value: with x = 8 the two are 4
# and 1/16. `simplify` turns 0/0 and 0/x into 0, where `evaluate` gives NaN for the first.
#
# Run it with bash; it needs node and npm. It exits with 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mathjs@15.2.0 > /dev/null

cat > "$work/program.mjs" <<'PROGRAM'
import * as math from 'mathjs'
const scope = { a: 2, x: 8 }
for (const source of ['1/2 x', '1/a x']) {
  console.log(source, '->', math.parse(source).toString({ parenthesis: 'all' }), '=', math.evaluate(source, scope))
}
for (const source of ['0/0', '0/x']) console.log(source, 'simplifies to', math.simplify(source).toString())
console.log('0/0 evaluates to', math.evaluate('0/0'))
PROGRAM
node "$work/program.mjs" > "$work/seen"

cat > "$work/expected" <<'EXPECTED'
1/2 x -> (1 / 2) x = 4
1/a x -> 1 / (a x) = 0.0625
0/0 simplifies to 0
0/x simplifies to 0
0/0 evaluates to NaN
EXPECTED

cat "$work/seen"
diff "$work/expected" "$work/seen" > "$work/changes" || {
    echo "the behaviour has changed:" >&2
    cat "$work/changes" >&2
    exit 1
}
