"""Products: the logarithm of one is a sum, and a factor may be taken out of it."""

from __future__ import annotations

from collections.abc import Iterator

from derivations.kernel.facts import Facts
from derivations.kernel.reasons import Candidate, Rule
from derivations.terms.arithmetic import Add, Log, Sub, is_literal, literal, number
from derivations.terms.defined import IsDefined
from derivations.terms.products import Prod
from derivations.terms.relations import relation
from derivations.terms.sums import Sum
from derivations.terms.term import Term


def _logarithm(term: Term, facts: Facts) -> Iterator[Candidate]:
    """log Π f(i) = Σ log f(i)."""
    match term:
        case Log(Prod(body, index, low, high)):
            total = Sum(Log(body), index, low, high)
            yield Candidate(total, (IsDefined(total),))


logarithm_of_a_product = Rule(
    "logarithm-of-a-product",
    r"\log \prod_{i=a}^{b} f(i) = \sum_{i=a}^{b} \log f(i)",
    "Spivak, Calculus, ch. 18, corollary 2",
    r"f(i) > 0 \text{ for each } i",
    rewrite=_logarithm,
    roots=(Log,),
    operation="doit",
)


def _last(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Π_{i=a}^{b} f(i) = Π_{i=a}^{b−1} f(i) · f(b), for a ≤ b."""
    if isinstance(term, Prod):
        body, index, low, high = term.fields
        shorter, last = _before(high)
        rest = Prod(body, index, low, shorter)
        yield Candidate(rest * body.substitute({index: last}), (relation(high, ">=", low),))


def _first(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Π_{i=a}^{b} f(i) = f(a) · Π_{i=a+1}^{b} f(i), for a ≤ b."""
    if isinstance(term, Prod):
        body, index, low, high = term.fields
        second = number(literal(low) + 1) if is_literal(low) else Add(low, number(1))
        rest = Prod(body, index, second, high)
        yield Candidate(body.substitute({index: low}) * rest, (relation(high, ">=", low),))


def _before(high: Term) -> tuple[Term, Term]:
    """b − 1 and b; n and n + 1 where b is written n + 1."""
    if is_literal(high):
        return number(literal(high) - 1), high
    if isinstance(high, Add) and high.right == number(1):
        return high.left, high
    return Sub(high, number(1)), high


splitting_off_the_last_factor = Rule(
    "splitting-off-the-last-factor",
    r"\prod_{i=a}^{b} f(i) = \left(\prod_{i=a}^{b-1} f(i)\right) f(b)",
    "Graham, Knuth, Patashnik, Concrete Mathematics, section 2.1",
    r"a \leq b",
    rewrite=_last,
    roots=(Prod,),
    operation="doit",
    once=True,
)
splitting_off_the_first_factor = Rule(
    "splitting-off-the-first-factor",
    r"\prod_{i=a}^{b} f(i) = f(a) \prod_{i=a+1}^{b} f(i)",
    "Graham, Knuth, Patashnik, Concrete Mathematics, section 2.1",
    r"a \leq b",
    rewrite=_first,
    roots=(Prod,),
    operation="doit",
    once=True,
)

__all__ = ["logarithm_of_a_product", "splitting_off_the_first_factor", "splitting_off_the_last_factor"]
