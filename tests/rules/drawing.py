"""Instances of any rule, drawn at random: from its patterns, from links that it proved, and from loose terms.

Nothing here knows a rule by its name. A rule that was never seen is drawn from
its rows and from the kinds of node that it changes; what it asks for (a variable
to differentiate by, a term that is not random) is read off its conditions. What
no pattern can give comes from the links of `rows.py`, mutated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from rows import (
    ROWS,
    A,
    B,
    V,
    W,
    X,
    Y,
    Z,
    bell,
    bells,
    c,
    centred,
    f,
    finite,
    i,
    j,
    m,
    mu,
    n,
    p,
    pair,
    phi,
    rate,
    sample,
    smooth,
    t,
    theta,
    u,
    x,
    y,
)  # fmt: skip

from derivations import (
    Cov,
    E,
    Sum,
    Var,
    cos,
    delta,
    diff,
    dot,
    exp,
    finite_variance,
    gaussians,
    grad,
    hypothesis,
    iid,
    independent,
    limit,
    log,
    oo,
    sin,
    softmax,
    sqrt,
    standard_gaussians,
    symbols,
    tanh,
)  # fmt: skip
from derivations.algebra.normal import BudgetExhausted
from derivations.decide import provers
from derivations.kernel.facts import facts_of
from derivations.kernel.matching import META, instantiate
from derivations.kernel.reasons import Hypothesis, Row, Rule
from derivations.kernel.report import Rewrite
from derivations.kernel.rewriting import Rewriter, candidates
from derivations.terms.arithmetic import Add, Div, Mul, Neg, Number, Sub
from derivations.terms.calculus import Derivative, FreeOf, Limit
from derivations.terms.conditioning import Conditional, Density, Realisation
from derivations.terms.matrices import Matrix
from derivations.terms.probability import Covariance, Deterministic, Expectation, Variance, random_members
from derivations.terms.relations import Relation
from derivations.terms.symbols import Domain, Symbol
from derivations.terms.term import Term, TermError, as_term
from derivations.terms.vectors import VectorSymbol

T = symbols("T", positive=True)
half = Fraction(1, 2)
_square, _inverse = (lambda v: v**2), (lambda v: 1 / v)

NUMBERS: tuple[Any, ...] = (
    x, y, p, rate, n, m, mu, c[i], c[j], c[1], f(x), smooth(x), theta[1], dot(theta, phi), 0, 1, 2, -1, half,
    delta(i, j), (A @ B)[i, j], Sum(c[t], (t, 1, n)), Sum(t, (t, 1, m)),
)  # fmt: skip
RANDOM: tuple[Any, ...] = (X, Y, Z, V[i], V[j], V[1], W[i], Sum(V[t], (t, 1, n)), Sum(c[t] * W[t], (t, 1, n)))
VARIABLES: tuple[Any, ...] = (x, x, y, p, theta, c[i])

everything = (X, Y, Z, V, W)
LAWS: tuple[tuple[Any, ...], ...] = (
    (finite_variance(*everything),), (finite_variance(*everything), independent(*everything)), (pair,), (centred,),
    (standard_gaussians(*everything),), (iid(*everything, mean=mu, variance=p),), (bell, bells), (sample, finite),
    (gaussians(*everything, mean=mu, variance=p),), (iid(*everything, mean=0, variance=1),),
)  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """One application of a rule: before = after under the givens (⟺ for statements)."""

    before: Term
    after: Term
    given: tuple[Any, ...]
    trace: tuple[Rewrite, ...] = ()

    @property
    def claim(self) -> Relation:
        match self.before:
            case Limit(body, variable, point) if variable not in self.after.free:  # of which models know more
                return Relation(body, "->", self.after, variable, point)
        return Relation(self.before, "=" if self.before.shape is not None else "<=>", self.after)

    def __str__(self) -> str:
        return f"{self.claim}   given {', '.join(map(str, self.given)) or 'nothing'}"


# -- loose terms ----------------------------------------------------------------------------
class Draws:
    """Terms drawn at random; the same seed gives the same terms."""

    def __init__(self, seed: object) -> None:
        self.random = Random(str(seed))

    def one(self, things: Sequence[Any]) -> Any:
        return self.random.choice(things)

    def number(self, depth: int = 2, pool: Sequence[Any] = NUMBERS) -> Term:
        """A number-valued term, of the leaves in the pool."""
        if depth == 0 or self.random.random() < 0.35:
            return as_term(self.one(pool))
        a = self.number(depth - 1, pool)
        if self.random.random() < 0.4:
            return self.tried(self.one((exp, abs, sqrt, log, sin, cos, tanh, Neg, _square, _inverse)), a)
        return self.tried(self.one((Add, Sub, Mul, Mul, Div)), a, self.number(depth - 1, pool))

    def tried(self, build: Callable[..., Any], *parts: Term) -> Term:
        try:
            return as_term(build(*parts))
        except TermError:
            return parts[0]

    def loose(self, kinds: frozenset[type] | None = None) -> Term:
        """A term of one of the kinds, if it can be had; otherwise of any kind that rules are about."""
        for _ in range(20):
            term = self._loose()
            if kinds is None or type(term) in kinds:
                break
        return term

    def _loose(self) -> Term:
        a, b = self.number(), self.number(1)
        chance = self.number(2, (*RANDOM, *RANDOM, x, 2, c[i]))
        growing = self.number(3, (T, T, T, x, p, 1, 2, 3))
        low, high = self.one((0, 1, 1, 2, 3, -1)), self.one((n, m, n + 1, n + 2, m - 1, 5, 2 * n))
        term = self.number(2, (t, t, 2, x, p, n, f(t), c[i]))
        makers: tuple[Callable[[], Any], ...] = (
            lambda: E(chance), lambda: Var(chance), lambda: Cov(chance, self.number(1, RANDOM)),
            lambda: diff(self.number(2, (x, x, y, p, n, 2, smooth(x), f(y))), self.one((x, p))),
            lambda: grad(self.number(2, (dot(theta, phi), dot(theta, theta), x, theta[1])), theta),
            lambda: Sum(term, (t, low, high)),
            lambda: Sum(Sum(self.number(1, (f(t, u), t, u, 1)), (t, 1, n)), (u, self.one((0, 1, t)), m)),
            lambda: Sum(self.one((x, half, p, n, t)) ** t, (t, low, high)),
            lambda: Sum(t ** self.one((1, 2, 3)), (t, low, high)),
            lambda: Sum(self.one((half, -half)) ** t * self.one((1, p)), (t, low, oo)),
            lambda: log(self.one((Mul, Div))(a, b)), lambda: log(self.one((sqrt, _square, _inverse))(a)), lambda: a,
            lambda: dot(theta + self.number(1) * phi, self.one((theta, phi))),
            lambda: (self.number(1) * A @ B)[i, self.one((j, 1, i))], lambda: softmax(A)[i, self.one((1, n))],
            lambda: limit(growing, T, oo), lambda: limit(a, x, self.one((0, 1, y, p))),
        )  # fmt: skip
        return self.tried(lambda _: self.one(makers)(), a)

    def alike(self, v: Term) -> Term:
        """Something that is v, or near it."""
        more = self.number(1, (x, y, p, 1, 2))
        return self.tried(self.one((
            lambda v: v + more - more, lambda v: (v * more) / more, lambda v: sqrt(v**2), lambda v: log(exp(v)),
            lambda v: v + more**2, lambda v: v + 1, lambda v: v + exp(more), lambda v: 2 * v, lambda v: exp(log(v)),
        )), v)  # fmt: skip

    def tried_link(self, lhs: Term, sign: str, rhs: Term) -> Relation:
        return Relation(lhs, sign, rhs)

    # -- from the patterns of a rule ------------------------------------------------------------
    def instance(self, row: Row) -> Term | None:
        """The pattern with its letters filled in, as its conditions suggest."""
        letters = [s for s in sorted(row.pattern.free, key=str) if s.domain is META]
        inside = {s for node in row.pattern.walk_set if isinstance(node, Derivative) for s in node.variable.free}
        random = any(isinstance(node, (Expectation, Variance, Covariance)) for node in row.pattern.walk_set)
        found: dict[Term, Term] = {}
        for letter in sorted(letters, key=lambda s: s not in inside):
            found[letter] = self.letter(letter, letter in inside, random, row.conditions, found)
        try:
            return instantiate(row.pattern, found)
        except (TermError, AttributeError):
            return None

    def letter(
        self, letter: Symbol, moved: bool, random: bool, conditions: Sequence[Term], found: dict[Term, Term]
    ) -> Term:
        if moved:
            return as_term(self.one(VARIABLES))
        pool: Sequence[Any] = (*RANDOM, *RANDOM, x, 2) if random else NUMBERS
        variables = [v for v in found.values() if v in VARIABLES]
        if variables:  # below a derivative: what depends on the variable, and what does not
            pool = (*pool, *variables * 4) if not isinstance(variables[0], VectorSymbol) else pool
        for condition in conditions:
            if self.random.random() < 0.1:
                continue
            if isinstance(condition, Deterministic) and letter in condition.free:
                pool = NUMBERS
            if isinstance(condition, FreeOf) and letter in condition.body.free:
                pool = tuple(q for q in pool if not variables or not variables[0].free & as_term(q).free)
        return self.number(1, pool)

    # -- from what was proved -----------------------------------------------------------------------
    def mutated(self, term: Term, times: int) -> Term:
        """Another number at some places, two letters made one, an index moved."""
        for _ in range(times):
            places = list(_places(term, ()))
            if places and self.random.random() < 0.6:
                path, old = self.one(places)
                pool = [part for _, part in places] + [as_term(q) for q in (0, 1, 2, -1, x, p, n, X, V[i])]
                new = self.one((self.one(pool), self.one(pool), old + 1, old * self.one(pool), _square(old), Neg(old)))
                term = self.tried(lambda term, path=path, new=new: _replaced(term, path, new), term)
            else:
                letters = sorted((s for s in term.free if s.shape == ()), key=_named)
                if letters:
                    old, new = self.one(letters), self.one(letters)
                    new = self.one((new, old + 1, new)) if old.domain.kind == "integer" else new
                    term = self.tried(lambda term, old=old, new=new: term.substitute({old: new}), term)
        return term


def _named(letter: Symbol) -> tuple[str, int, str]:
    return letter.name, letter.tag, str(letter.domain)


def _places(term: Term, path: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], Term]]:
    """Where a number stands that may be replaced by any other."""
    if term.shape == () and not isinstance(term, Realisation):
        yield path, term
    if isinstance(term, (Symbol, Matrix)):
        return  # its dimensions are its own
    scope = term.scope()
    kept: tuple[Term, ...] = (*scope.bound, *scope.near) if scope is not None else ()
    for position, child in enumerate(term.children):
        if child in kept or hasattr(term, "sequence"):
            continue
        if isinstance(term, (Conditional, Density)) and position not in term.inside:
            continue
        if not isinstance(term, Density):
            yield from _places(child, (*path, position))


def _replaced(term: Term, path: tuple[int, ...], new: Term) -> Term:
    if not path:
        return new
    positions = iter(range(len(term.children)))
    return term.rebuild(lambda child: _replaced(child, path[1:], new) if next(positions) == path[0] else child)


# -- instances of a rule --------------------------------------------------------------------------
def seeds(name: str) -> list[tuple[Term, tuple[Any, ...]]]:
    """Sides of links that the rule proves, with their givens."""
    row = ROWS.get(name)
    links = row.proves if row is not None else ()
    return [(as_term(side), _given(link.given)) for link in links for side in (link.lhs, link.rhs)]


def _given(given: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(hypothesis(g) if isinstance(g, Relation) else g for g in given)


def applied(rule: Rule, term: Term, given: tuple[Any, ...]) -> Drawn | None:
    """What the kernel's rewriter makes of the term by this rule alone; None if it does not apply."""
    rewriter = Rewriter((rule,), "lhs", frozenset((rule,)) if rule.once else frozenset(), 60)
    try:
        after = rewriter(term, facts_of(given, provers()))
    except (BudgetExhausted, RecursionError, TermError, AttributeError):
        return None
    return Drawn(term, after, given, tuple(rewriter.trace)) if rewriter.trace else None


def near_misses(rule: Rule, term: Term, given: tuple[Any, ...]) -> list[tuple[Term, Term, Term]]:
    """Where the rule would apply at the root but for one condition: (before, after, that condition)."""
    from derivations.kernel.conditions import discharge

    known, found = facts_of(given, provers()), []
    try:
        for candidate in candidates(rule, term, known):
            missing = [one for one in candidate.conditions if discharge(one, known) is None]
            if len(missing) == 1:
                found.append((term, candidate.result, missing[0]))
    except (BudgetExhausted, RecursionError, TermError, AttributeError):
        return []
    return found


def wanted(rule: Rule, term: Term, given: tuple[Any, ...]) -> tuple[Relation, ...]:
    """What the first way of applying the rule at the root that asks something of numbers asks of them."""
    try:
        for candidate in candidates(rule, term, facts_of(given, provers())):
            of_numbers = [one for one in candidate.conditions if isinstance(one, Relation) and not random_members(one)]
            asked = tuple(one for one in of_numbers if one.free and not isinstance(one.lhs, Number))
            if asked:
                return asked
    except (BudgetExhausted, RecursionError, TermError, AttributeError):
        pass
    return ()


def broken(rule: Rule, term: Term, given: tuple[Any, ...]) -> Iterator[tuple[Relation, tuple[Any, ...]]]:
    """Each condition in turn with the givens, all other conditions, and its negation."""
    conditions = wanted(rule, term, given)
    for one in conditions:
        yield one, (*given, *(hypothesis(other) for other in conditions if other != one), hypothesis(one.negation))


def weakened(found: Drawn, draws: Draws) -> tuple[Term, tuple[Any, ...]] | None:
    """The term and its givens with one letter of which less is declared: no sign, no bounds."""
    sizes = {s for v in found.before.walk_set for part in getattr(v, "shape", None) or () for s in part.free}
    letters = [s for s in found.before.free if s.shape == () and s.domain.kind in ("real", "integer")]
    letters = [s for s in letters if s.domain != Domain(s.domain.kind) and s not in sizes]
    if not letters:
        return None
    old = draws.one(sorted(letters, key=_named))
    change: dict[Term, Term] = {old: Symbol(old.name, Domain(old.domain.kind), old.tag)}
    try:
        given = tuple(
            hypothesis(g.relation.substitute(change)) if isinstance(g, Hypothesis) and not g.for_all
            else g.substitute(change) if isinstance(g, Term) else g
            for g in found.given
        )  # fmt: skip
        term = found.before.substitute(change)
    except TermError:
        return None
    return None if any(old in part.walk_set for part in (term, *given) if isinstance(part, Term)) else (term, given)


def drawn(rule: Rule, draws: Draws) -> Iterator[tuple[Term, tuple[Any, ...]]]:
    """Terms to which the rule may apply, with givens, without end."""
    known = seeds(rule.name)
    yield from known
    while True:
        way = draws.random.random()
        if rule.rows and way < 0.5:
            term = draws.instance(draws.one(rule.rows))
            if term is not None:
                yield term, draws.one(LAWS)
        elif known and way < 0.85:
            term, given = draws.one(known)
            if given and draws.random.random() < 0.3:
                given = tuple(g for g in given if g is not draws.one(given))
            yield draws.mutated(term, draws.one((1, 1, 2, 3))), given
        else:
            yield draws.loose(rule.kinds), draws.one(LAWS)


def loose_links(rule: Rule, draws: Draws) -> Iterator[tuple[Relation, tuple[Any, ...]]]:
    """Relations that a rule may show as a whole, without end: some are true, some nearly so."""
    known = [(link, _given(link.given)) for link in (ROWS[rule.name].proves if rule.name in ROWS else ())]
    for link, given in known:
        yield Relation(as_term(link.lhs), link.sign, as_term(link.rhs), *(link.at or ())), given
    while True:
        given = draws.one(((), (), (hypothesis(x > 0),), (hypothesis(y >= x),)))
        a = draws.number(2, (x, y, p, rate, 1, 2, c[i], f(x)))
        b = draws.one((a * (1 + 0 * a), draws.alike(a), draws.alike(a), draws.number(1, (x, y, p, 1, 0, 2))))
        yield draws.tried_link(a, draws.one(("=", "=", "<=", "<", ">=", "!=")), b), given
        g = draws.number(3, (T, T, T, x, p, 1, 2, 3))
        more = draws.one((1, x, log(T), T, 1 / T, exp(-T), sin(T)))
        h = draws.one((draws.tried(Add, g, as_term(more)), draws.tried(Mul, g, 1 + as_term(more) / T**2), g))
        yield Relation(g, "~", h, T, as_term(oo)), given
        yield Relation(limit(g, T, oo), "=", limit(h, T, oo)), given
        yield Relation(g, "->", as_term(draws.one((0, 0, 1, x, p))), T, as_term(oo)), given
        if known:
            link, given = draws.one(known)
            letters = sorted((s for s in as_term(link.lhs).free if s.shape == ()), key=_named)
            sides = [as_term(link.lhs), as_term(link.rhs)]
            if letters:
                change = {draws.one(letters): draws.number(1)}
                sides = [draws.tried(lambda v, change=change: v.substitute(change), side) for side in sides]
            yield draws.tried_link(sides[0], link.sign, draws.one((sides[1], draws.mutated(sides[1], 1)))), given


__all__ = ["Drawn", "Draws", "applied", "broken", "drawn", "loose_links", "near_misses", "seeds", "wanted", "weakened"]
