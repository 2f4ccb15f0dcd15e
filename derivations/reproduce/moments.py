"""Means and covariances of polynomials in declared independent random variables.

SymPy has no word for an indexed family of random variables (its own would take
every member for one variable, or for a constant). What is declared is enough
for polynomials: SymPy expands them, and a product of powers of different
members has the product of their moments as its mean. Whether two members are
different must be certain: `k_{j,t}` and `k_{m,t}` need not be.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy

from derivations.reproduce.binders import apart, climb
from derivations.reproduce.calculate import evaluate_sum
from derivations.reproduce.skeleton import Held, change_contents, show
from derivations.terms.probability import Independent, Law
from derivations.terms.sympy_image import Imager, Mean, Moment, RandomLabel


class Unknown(Exception):
    """The declared laws do not give this moment."""


class Moments:
    """What the declared laws say of means and covariances."""

    def __init__(self, given: Sequence[Any], imager: Imager) -> None:
        self.imager = imager
        laws = [g for g in given if isinstance(g, Law)]
        self.law = {family.name: law for law in laws for family in law.families}
        groups = [g for g in given if isinstance(g, Independent) or isinstance(g, Law) and g.independent]
        self.independent = [{family.name for family in group.families} for group in groups]
        self.different: set[frozenset[Any]] = set()  # pairs of indices that are known to differ

    def evaluate(self, skeleton: Any) -> Any:
        """Put in every mean, variance and covariance that the laws give."""

        def inside(content: Any) -> Any:
            return content if isinstance(content, Held) or not content.has(Moment) else climb(content, self._node)

        return change_contents(skeleton, inside)

    def _node(self, node: Any) -> Any:
        if not isinstance(node, Moment):
            return node
        try:
            return self.mean(node.args[0]) if isinstance(node, Mean) else self.covariance(node.args[0], node.args[-1])
        except Unknown:
            return node

    # -- linearity -----------------------------------------------------------------
    def mean(self, variable: Any) -> Any:
        """E[Σ c f] = Σ c E[f]."""
        return sympy.Add(*(c * self._mean_of(rest) for c, rest in self._terms(variable)))

    def _mean_of(self, rest: Any) -> Any:
        if isinstance(rest, sympy.Sum):
            return self._sum(self.mean(rest.function), rest)
        return self._product(rest)

    def covariance(self, one: Any, other: Any) -> Any:
        """Cov(Σ a f, Σ b g) = Σ Σ a b Cov(f, g)."""
        pairs = [(p, r) for p in self._terms(one) for r in self._terms(other)]
        return sympy.Add(*(a * b * self._covariance_of(f, g) for (a, f), (b, g) in pairs))

    def _covariance_of(self, one: Any, other: Any) -> Any:
        if isinstance(other, sympy.Sum) and not isinstance(one, sympy.Sum):
            one, other = other, one
        if not isinstance(one, sympy.Sum):
            return self._product(one * other) - self._product(one) * self._product(other)
        if not isinstance(other, sympy.Sum):
            return self._sum(self.covariance(one.function, other), one)
        return self._double_sum(one, other)

    def _double_sum(self, one: Any, other: Any) -> Any:
        """Σ_t Σ_s Cov(f_t, g_s), if only the terms with s = t remain."""
        (t, *range_t), (s, *range_s) = one.limits[0], other.limits[0]
        if range_t != range_s:
            raise Unknown
        fresh = sympy.Dummy(integer=True)
        self.different.add(frozenset((t, fresh)))
        if self.covariance(one.function, other.function.xreplace({s: fresh})) != 0:
            raise Unknown
        return self._sum(self.covariance(one.function, other.function.xreplace({s: t})), one)

    def _sum(self, body: Any, like: Any) -> Any:
        return evaluate_sum(sympy.Sum(body, *like.limits), {}) if body != 0 else sympy.S.Zero

    def _terms(self, variable: Any) -> list[tuple[Any, Any]]:
        """The terms of an expanded polynomial, as constants and random factors."""
        found = []
        for term in sympy.Add.make_args(sympy.expand(variable)):
            factors = sympy.Mul.make_args(term)
            random = [f for f in factors if _is_random(f)]
            if any(isinstance(f, sympy.Sum) for f in random) and (len(random) > 1 or not _is_finite(random[0])):
                raise Unknown
            found.append((sympy.Mul(*(f for f in factors if f not in random)), sympy.Mul(*random)))
        return found

    # -- products of members ---------------------------------------------------------
    def _product(self, rest: Any) -> Any:
        """E[Π X^n] = Π E[X^n] for different members that are independent."""
        powers = {} if rest == 1 else rest.as_powers_dict()
        for member, times in powers.items():
            if _label(member) is None or not (times.is_Integer and times > 0):
                raise Unknown
        if len(powers) > 1:
            self._check_independent(list(powers))
        return sympy.Mul(*(self._moment(member, int(times)) for member, times in powers.items()))

    def _check_independent(self, members: list[Any]) -> None:
        names = {_label(m).name for m in members}
        if not any(names <= group for group in self.independent):
            raise Unknown
        for n, one in enumerate(members):
            if not all(_label(one) != _label(other) or self._differ(one, other) for other in members[n + 1 :]):
                raise Unknown

    def _differ(self, one: Any, other: Any) -> bool:
        pairs = zip(one.indices, other.indices, strict=True)
        return any(frozenset((i, j)) in self.different or (i - j).is_zero is False for i, j in pairs if i != j)

    def _moment(self, member: Any, times: int) -> Any:
        """E[X^n] from the mean and the variance; for n > 2 of Gaussians alone."""
        law = self.law.get(_label(member).name)
        if law is None or law.mean is None or law.variance is None or times > 2 and law.kind != "gaussian":
            raise Unknown
        mean, variance = (self._parameter(p, law, member) for p in (law.mean, law.variance))
        before, moment = sympy.S.One, mean
        for n in range(1, times):  # E[X^{n+1}] = μ E[X^n] + n σ² E[X^{n−1}], for n = 1 whatever the law
            before, moment = moment, sympy.expand(mean * moment + n * variance * before)
        return moment

    def _parameter(self, term: Any, law: Law, member: Any) -> Any:
        indices = member.indices if isinstance(member, sympy.Indexed) else ()
        names = [self.imager(symbol) for symbol in law.indices]
        return apart(show(self.imager(term))).xreplace(dict(zip(names, indices, strict=False)))


def _is_random(expression: Any) -> bool:
    return any(isinstance(s, RandomLabel) for s in expression.free_symbols)


def _is_finite(series: Any) -> bool:
    return len(series.limits) == 1 and sympy.oo not in series.limits[0]


def _label(member: Any) -> Any:
    """The name of the family whose member it is; None if it is none."""
    label = member.base.label if isinstance(member, sympy.Indexed) else member
    return label if isinstance(label, RandomLabel) else None
