"""The search for a model that refutes a link.

Models are tried in a fixed order, small ones first. A link is refuted only
where all hypotheses are certainly true, both sides have a value, and the
relation is certainly false.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice
from typing import Any

from derivations.kernel.reasons import Hypothesis, Reason
from derivations.kernel.report import Witness
from derivations.models.comparison import compare
from derivations.models.functions import NeedsSmooth
from derivations.models.hypotheses import Problem, problem
from derivations.models.limits import judge_arrow, may_tend
from derivations.models.model import Choice, Model
from derivations.models.numbers import Divergent, Element, NoValue, Undefined, precision
from derivations.models.picking import admits, graded
from derivations.models.solutions import solutions
from derivations.models.witness import witness
from derivations.records import record
from derivations.terms.arithmetic import is_literal, literal
from derivations.terms.relations import Relation
from derivations.terms.sums import Sum
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError

PRECISIONS = (64, 256, 1024)
_FRUITLESS = 80
_ESCALATED = 4
_MOST_WORK = 25_000  # nodes; a large term gets fewer models
_MOST_WORK_COUNTING = 30_000  # where all outcomes are counted out
_MOST_WORK_THOROUGHLY = 150_000  # where so many models are wanted
_LARGEST_GRID = 2000
_PATIENCE = 200  # outcomes over which the second evaluator averages in each of many models
_MOST_DOUBTS = 3  # models in which the second evaluator does not confirm the first


@record(frozen=True)
class Agreement:
    """How a link fared: in `agreed` models both sides had a value and agreed; the first that did not."""

    agreed: int
    disagreement: Witness | None


@record(frozen=True)
class _Judged:
    """The verdict in one model: True, False, or None where the balls overlap."""

    verdict: bool | None
    model: Model
    left: Any
    right: Any


def refute(link: Relation, given: Sequence[Reason], *, budget: int = 400) -> Witness | None:
    """A model in which the hypotheses hold and the link is certainly false, or None.

    `budget` counts models; large terms get fewer. The result depends on the link and the hypotheses
    alone. A witness counts only if a second evaluator, which looks at the same model, finds
    the same. For `→` and `~` what is certain are the leading terms of both sides.
    """
    if link.sign in ("<=>", "=>"):
        return _refute_equivalence(link, given, budget)
    return _refute(link, given, budget)


def _refute_equivalence(link: Relation, given: Sequence[Reason], budget: int) -> Witness | None:
    """First at the solutions, then where one side is a hypothesis, for which a model is solved; then anywhere."""
    sides = (link.lhs, link.rhs)
    ways = (sides, sides[::-1]) if link.sign == "<=>" else (sides,)
    for stated, _ in ways:
        for solution in solutions(stated):
            found = _refute(link, [*given, *map(Hypothesis, solution)], 20)
            if found is not None:
                return found
    for stated, other in ways:
        if isinstance(stated, Relation) and isinstance(other, Relation) and stated.variable is None:
            found = _refute(other, [*given, Hypothesis(stated)], budget // 2)
            if found is not None:
                truths = ("true", "false") if stated is link.lhs else ("false", "true")
                return Witness(found.values, *truths)
    return _refute(link, given, budget)


def _refute(link: Relation, given: Sequence[Reason], budget: int) -> Witness | None:
    from derivations.models.second_opinion.confirming import confirms

    doubts = 0
    for judged in _judgements(link, given, budget):
        if judged.verdict is False:
            if confirms(judged.model, link):
                return witness(judged.model, judged.left, judged.right)
            doubts += 1
        if doubts > _MOST_DOUBTS:
            break
    return None


def seconded(link: Relation, given: Sequence[Reason], count: int, *, budget: int = 1000) -> int:
    """In how many models, of `count`, a second evaluator finds the link true; −1 if in some it, or the first, does not.

    Models in which both sides vanish are not counted, unless there are no others among the first `count`.
    """
    from derivations.models.second_opinion.confirming import opinion

    telling = degenerate = 0
    for judged in _judgements(link, given, budget, thoroughly=True):
        said = opinion(judged.model, link, _PATIENCE)
        if judged.verdict is False or said is False:
            return -1
        if _vanishes(judged.left) and _vanishes(judged.right):
            degenerate += said is True
        else:
            telling += said is True
        if telling >= count or degenerate >= (2 * count if telling else count):
            break
    return telling or min(count, degenerate)


def _vanishes(value: Any) -> bool:
    return all(map(_vanishes, value)) if isinstance(value, tuple) else bool(value == 0)


def evaluate_in_models(link: Relation, given: Sequence[Reason], count: int, *, budget: int = 400) -> Agreement:
    """Evaluate a link in up to `count` models in which its hypotheses hold.

    A ball that leaves the relation open counts as agreement: the enclosures
    overlap at the highest precision that was tried.
    """
    agreed = 0
    for judged in _judgements(link, given, budget):
        if judged.verdict is False:
            return Agreement(agreed, witness(judged.model, judged.left, judged.right))
        agreed += 1
        if agreed >= count:
            break
    return Agreement(agreed, None)


def _judgements(link: Relation, given: Sequence[Reason], budget: int, *, thoroughly: bool = False) -> Iterator[_Judged]:
    """The link judged in one model after another, where it has a value at all."""
    posed = problem(link, given)
    if posed.unusable is not None or link.variable is not None and not may_tend(posed):
        return
    smooth, fruitless, escalated, work = False, 0, 0, 0
    for choice in islice(_choices(posed), budget):
        if fruitless > _FRUITLESS:
            return
        try:
            judged = _judge(posed, Choice(choice.grid, choice.filling, smooth), PRECISIONS[0])
        except NeedsSmooth:
            if smooth:
                fruitless += 1
                continue
            smooth = True
            judged = _quietly(posed, Choice(choice.grid, choice.filling, smooth))
        except Undefined:
            continue
        except (NoValue, TermError, RecursionError):
            fruitless += 1
            continue
        if judged is None:
            continue
        fruitless = 0
        work += judged.model.work
        if judged.verdict is None and escalated < _ESCALATED:
            escalated += 1
            judged = _sharper(posed, judged)
        yield judged
        if not (posed.grid or judged.model.known or judged.model.drivers or posed.declared.active):
            return  # nothing to choose: all models are this one
        most = _MOST_WORK_COUNTING if posed.declared.active else _MOST_WORK
        if work > (_MOST_WORK_THOROUGHLY if thoroughly else most):
            return


def _quietly(posed: Problem, choice: Choice, bits: int = PRECISIONS[0]) -> _Judged | None:
    try:
        return _judge(posed, choice, bits)
    except (NoValue, TermError, RecursionError):
        return None


def _sharper(posed: Problem, judged: _Judged) -> _Judged:
    """The same model with more digits, until the balls part."""
    for bits in PRECISIONS[1:]:
        again = _quietly(posed, judged.model.choice, bits)
        if again is not None:
            judged = again
        if judged.verdict is not None:
            break
    return judged


def _judge(posed: Problem, choice: Choice, bits: int) -> _Judged | None:
    """One model; None if a hypothesis does not hold there."""
    with precision(bits):
        model = Model(posed, choice)
        if not model.holds():
            return None
        given = dict(model.used)
        model.used.clear()
        link = posed.link
        left: Any
        right: Any
        if link.sign in ("~", "->"):
            verdict, left, right = judge_arrow(model, link)
        elif link.sign == "<=>":
            left, right = model.truth(link.lhs), model.truth(link.rhs)
            verdict = None if left is None or right is None else left == right
        elif link.sign == "=>":
            left, right, verdict = model.truth(link.lhs), model.truth(link.rhs), model.truth(link)
        else:
            left, right = _worth(model, link.lhs, link), _worth(model, link.rhs, link)
            endless = [side for side in (left, right) if isinstance(side, str)]
            if len(endless) == 2:
                raise Undefined("two series that diverge")
            verdict = False if endless else compare(left, link.sign, right)
        if verdict is False and not surely(model, left, link.sign, right):
            verdict = None
        _mention(model, given)
        return _Judged(verdict, model, left, right)


def _mention(model: Model, given: dict[Any, None]) -> None:
    """A witness tells also of the numbers that the hypotheses speak of beside those of the link."""
    spoken = {s for check in (*posed_relations(model.problem),) for s in check.free}
    for key in given:
        if key[0] == "symbol" and key[1] in spoken and key in model.known:
            model.used.setdefault(key)


def posed_relations(posed: Problem) -> list[Term]:
    """What is given of numbers, as relations."""
    return [*posed.checks, *(found.relation for found in posed.solved if not found.for_all)]


def _worth(model: Model, side: Term, link: Relation) -> Any:
    """The worth of a side; of an equation that asserts the sum of a series also that it has none, in words."""
    try:
        return model(side)
    except Divergent as found:
        if not isinstance(side, Sum) or link.sign != "=" or model.problem.defined:
            raise
        return f"{'' if found.sign > 0 else '-'}∞ (the series diverges)"


def surely(model: Model, left: Any, sign: str, right: Any) -> bool:
    """Whether a false relation between random variables is false with positive probability.

    A finite distribution takes each of its values with positive probability.
    A Gaussian does not; but what is strictly wrong at one of its points is
    wrong nearby, since all operations are continuous where they have a value.
    """
    if not model.continuous or sign == "=":
        return True
    return sign in ("<", "<=", ">", ">=") and compare(left, "=", right) is False


# -- the order of the models --------------------------------------------------------------
def _choices(posed: Problem) -> Iterator[Choice]:
    """Small dimensions with simple fillings first: along the diagonals of grid × filling."""
    grid = pools(posed)
    if any(not pool for _, pool in grid):
        return
    grids = list(islice(graded([len(pool) for _, pool in grid]), _LARGEST_GRID))
    level = 0
    while True:
        for first in range(min(level, len(grids) - 1) + 1):
            places = grids[first]
            values = tuple((symbol, pool[p]) for (symbol, pool), p in zip(grid, places, strict=True))
            yield Choice(values, level - first)
        level += 1


def pools(posed: Problem) -> list[tuple[Symbol, Sequence[Any]]]:
    """The values that each symbol of the grid runs through, the usual ones first."""
    return [(symbol, _pool(posed, symbol, least)) for symbol, least in posed.grid]


def _pool(posed: Problem, symbol: Symbol, least: int) -> Sequence[Any]:
    domain = symbol.domain
    if domain.kind == "space":
        return posed.declared.points(domain.name) or [Element(domain.name, n) for n in (1, 2, 3)]
    if domain.kind == "finite":
        return domain.values
    tests = list(posed.bounds.get(symbol, ()))
    for fact in domain.facts(symbol):
        if is_literal(fact.rhs):
            tests.append((fact.sign, literal(fact.rhs)))
    if symbol in posed.declared.times:
        numbers = [Fraction(0), Fraction(1)]
    elif symbol in posed.sizes:
        numbers = [*(Fraction(least + n) for n in range(8)), Fraction(0)]
    else:
        numbers = [Fraction(n) for n in (1, 2, 3, 0, -1, 4, 5, -2, 6, 10)]
    found = [n for n in numbers if admits(n, tests)]
    return found or [n for n in _beyond(tests) if admits(n, tests)]


def _beyond(tests: Sequence[tuple[str, Fraction]]) -> Iterator[Fraction]:
    """Integers next to the bounds, where the usual ones do not satisfy them."""
    for _, bound in tests:
        floor = bound.numerator // bound.denominator
        yield from (Fraction(floor + n) for n in (0, 1, 2, 3, -1, -2))
