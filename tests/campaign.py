"""A campaign over pairs of expressions: what is proved agrees in models, what was only rewritten is never refuted.

A pair is an expression and another way of writing it: commuted, distributed,
split, shifted, renamed, differentiated by SymPy, a moment that is computed here
(see `pairs`). Half of the pairs get one edit on top.

`python tests/campaign.py 12000 7` judges 12 000 pairs of seed 7 and prints the
figures of each kind, and what stayed open (Ctrl-C: so far); a sample is in
the suite (`test_campaign`).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from judging import chain, finding
from pairs import KINDS, Dice, Pair

from derivations.kernel.report import Verdict
from derivations.models.search import evaluate_in_models, refute, seconded
from derivations.terms.relations import Relation
from derivations.terms.term import TermError


@dataclass
class Tally:
    """What became of the pairs, by kind; `wrong`: what must never be."""

    verdicts: Counter[tuple[str, bool, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    still_open: list[str] = field(default_factory=list)
    doubted: list[str] = field(default_factory=list)  # by the second evaluator alone
    models: int = 0

    def count(self, verdict: str) -> int:
        return sum(n for (_, _, v), n in self.verdicts.items() if v == verdict)


def made(kind: Callable[[Dice], Pair], dice: Dice, edit: bool) -> Pair | None:
    try:
        pair = kind(dice)
        if edit:
            side = "lhs" if dice.random() < 0.3 and pair.sign != "<=>" else "rhs"
            if pair.sign == "<=>":
                new = Relation(dice.edited(pair.rhs.lhs), pair.rhs.sign, pair.rhs.rhs)  # type: ignore[attr-defined]
                return replace(pair, rhs=new)
            pair = replace(pair, **{side: dice.edited(getattr(pair, side))})
    except TermError:  # 1/0 and the like: no such line can be written
        return None
    return pair


def judge(pair: Pair) -> tuple[Verdict, Relation]:
    """Proved by the first reasons that do; otherwise what the models say."""
    for reasons in pair.reasons:
        derivation = chain(pair.lhs, pair.sign, pair.rhs, pair.given, reasons or None, pair.at)
        link = derivation.steps[0].link
        if finding(derivation).verdict is Verdict.PROVED:
            return Verdict.PROVED, link
    return (Verdict.OPEN if refute(link, pair.given) is None else Verdict.REFUTED), link


def run(count: int, seed: object, *, models: int = 6, tally: Tally | None = None) -> Tally:
    tally, dice = Tally() if tally is None else tally, Dice(str(seed))
    for turn in range(count):
        kind, edit = KINDS[turn % len(KINDS)], turn // len(KINDS) % 2 == 1
        pair = made(kind, dice, edit)
        if pair is None or pair.lhs == pair.rhs:
            continue
        try:
            verdict, link = judge(pair)
        except TermError:
            continue
        tally.verdicts[kind.__name__, edit, verdict.value] += 1
        if verdict is Verdict.PROVED:
            agreement = evaluate_in_models(link, pair.given, models, budget=60)
            tally.models += agreement.agreed
            if agreement.disagreement is not None:
                tally.wrong.append(f"proved, and false: {pair}   {agreement.disagreement}")
            elif seconded(link, pair.given, 2, budget=60) < 0:
                tally.doubted.append(str(pair))
        elif not edit and verdict is Verdict.REFUTED:
            tally.wrong.append(f"refuted, and only rewritten: {pair}")
        elif verdict is Verdict.OPEN:
            tally.still_open.append(f"{kind.__name__}{' edited' * edit}: {pair}")
    return tally


def main() -> None:
    count, seed = (*sys.argv[1:], "1000", "0")[:2] if len(sys.argv) < 3 else sys.argv[1:3]
    tally = Tally()
    with suppress(KeyboardInterrupt):  # then what there is
        run(int(count), seed, tally=tally)
    for kind in KINDS:
        for edit in (False, True):
            row = {v: tally.verdicts[kind.__name__, edit, v] for v in ("PROVED", "REFUTED", "OPEN")}
            print(f"{kind.__name__:14} {'edited' if edit else 'rewritten':10} {row}")
    print(f"in all {tally.count('PROVED')} proved, {tally.count('REFUTED')} refuted, {tally.count('OPEN')} open; "
          f"{tally.models} models of what was proved")  # fmt: skip
    for line in tally.wrong:
        print("WRONG", line)
    for line in tally.doubted:
        print("DOUBTED", line)
    for line in tally.still_open:
        print("OPEN", line)


if __name__ == "__main__":
    main()
