"""Laws of one random variable: their parameters, where they live, their density or mass function.

A law is given, `distributed(X, Normal(mu, sigma**2))`; everything else (moments, events,
entropies) is computed from its density by integration or summation.

Source: Grimmett and Stirzaker, Probability and Random Processes, sections 3.5 and 4.4;
Casella and Berger, Statistical Inference, ch. 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from derivations.terms.arithmetic import Abs, Exp, Infinity, MinusInfinity, Pi, is_literal, literal, log, number, sqrt
from derivations.terms.combinatorics import Binomial as Choose
from derivations.terms.combinatorics import Factorial
from derivations.terms.families import Entry
from derivations.terms.relations import IsInteger, Proposition, Relation, relation
from derivations.terms.special import BetaFunction, GammaFunction
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError, as_term, scalar

if TYPE_CHECKING:
    from derivations.terms.printing import Printer

_INFINITY, _MINUS_INFINITY = Infinity(), MinusInfinity()


def _from(x: Term, centre: Term) -> Term:
    """x − centre, as one writes it."""
    return x if centre == number(0) else x - centre


def _scaled(left: Term, right: Term) -> Term:
    """left · right, as one writes it."""
    return left if right == number(1) else left * right


class Distribution(Term):
    """Base of the laws. Its fields are its parameters; it is no quantity.

    discrete: it has a mass function on whole numbers, else a density on an interval
    letter:   its usual name
    """

    shape: ClassVar[Any] = None
    discrete: ClassVar[bool] = False
    letter: ClassVar[str] = ""
    integers: ClassVar[tuple[int, ...]] = ()
    """Which parameters are whole numbers."""

    def __init__(self, *parameters: Any, **named: Any) -> None:
        given = {name: scalar(value, type(self).__name__) for name, value in named.items()}
        if len(parameters) + len(given) != len(self.names):
            raise TermError(f"{type(self).__name__}({', '.join(self.names)}): a law is made of its parameters")
        super().__init__(*(scalar(value, type(self).__name__) for value in parameters), **given)

    def density(self, x: Term) -> Term:
        """The density (or the mass function) at a point of the support."""
        raise NotImplementedError

    @property
    def support(self) -> tuple[Term, Term]:
        """The ends of where it lives."""
        return _MINUS_INFINITY, _INFINITY

    def wanted(self) -> Iterator[Relation]:
        """What the parameters satisfy for it to be a law."""
        return iter(())

    def conditions(self) -> tuple[Term, ...]:
        """The same, with which of them are whole numbers."""
        return (*self.wanted(), *(IsInteger(self.fields[n]) for n in self.integers))

    def show(self, p: Printer) -> str:
        return p.law(self.letter, self.fields)


class Normal(Distribution):
    """The normal law with this mean and variance > 0."""

    mean: Term
    variance: Term
    letter: ClassVar[str] = "N"

    def density(self, x: Term) -> Term:
        top = Exp(-(_from(x, self.mean) ** 2) / _scaled(number(2), self.variance))
        return top / sqrt(_scaled(2 * Pi, self.variance))

    def wanted(self) -> Iterator[Relation]:
        yield relation(self.variance, ">", 0)


class Uniform(Distribution):
    """The uniform law on [low, high], low < high."""

    low: Term
    high: Term
    letter: ClassVar[str] = "Uniform"

    def density(self, x: Term) -> Term:
        return 1 / (self.high - self.low)

    @property
    def support(self) -> tuple[Term, Term]:
        return self.low, self.high

    def wanted(self) -> Iterator[Relation]:
        yield relation(self.low, "<", self.high)


class _OnTheHalfLine(Distribution):
    @property
    def support(self) -> tuple[Term, Term]:
        return number(0), _INFINITY

    def wanted(self) -> Iterator[Relation]:
        for parameter in self.fields:
            yield relation(parameter, ">", 0)


class Exponential(_OnTheHalfLine):
    """The exponential law with this rate: λ e^{−λx} for x > 0."""

    rate: Term
    letter: ClassVar[str] = "Exponential"

    def density(self, x: Term) -> Term:
        return self.rate * Exp(-self.rate * x)


class Gamma(_OnTheHalfLine):
    """The gamma law with shape and rate: β^α x^{α−1} e^{−βx}/Γ(α) for x > 0."""

    alpha: Term
    rate: Term
    letter: ClassVar[str] = "Gamma"

    def density(self, x: Term) -> Term:
        return self.rate**self.alpha / GammaFunction(self.alpha) * x ** (self.alpha - 1) * Exp(-self.rate * x)


class ChiSquared(_OnTheHalfLine):
    """The χ² law with so many degrees of freedom (a number > 0)."""

    degrees: Term
    letter: ClassVar[str] = "ChiSquared"

    def density(self, x: Term) -> Term:
        half = self.degrees / 2
        return x ** (half - 1) * Exp(-x / 2) / (2**half * GammaFunction(half))


class LogNormal(Distribution):
    """The law of e^Y for a normal Y with this mean and variance."""

    mean: Term
    variance: Term
    letter: ClassVar[str] = "LogNormal"

    def density(self, x: Term) -> Term:
        top = Exp(-(_from(log(x), self.mean) ** 2) / _scaled(number(2), self.variance))
        return top / (x * sqrt(_scaled(2 * Pi, self.variance)))

    @property
    def support(self) -> tuple[Term, Term]:
        return number(0), _INFINITY

    def wanted(self) -> Iterator[Relation]:
        yield relation(self.variance, ">", 0)


class Laplace(Distribution):
    """The Laplace law with this centre and scale: e^{−|x − m|/b}/(2b)."""

    centre: Term
    scale: Term
    letter: ClassVar[str] = "Laplace"

    def density(self, x: Term) -> Term:
        return Exp(-Abs(_from(x, self.centre)) / self.scale) / _scaled(number(2), self.scale)

    def wanted(self) -> Iterator[Relation]:
        yield relation(self.scale, ">", 0)


class Cauchy(Distribution):
    """The Cauchy law with this centre and scale; it has no mean."""

    centre: Term
    scale: Term
    letter: ClassVar[str] = "Cauchy"

    def density(self, x: Term) -> Term:
        square = self.scale if self.scale == number(1) else self.scale**2
        return self.scale / (Pi * (_from(x, self.centre) ** 2 + square))

    def wanted(self) -> Iterator[Relation]:
        yield relation(self.scale, ">", 0)


class Beta(Distribution):
    """The beta law: x^{a−1} (1 − x)^{b−1}/B(a, b) for 0 < x < 1."""

    left: Term
    right: Term
    letter: ClassVar[str] = "Beta"

    def density(self, x: Term) -> Term:
        return x ** (self.left - 1) * (1 - x) ** (self.right - 1) / BetaFunction(self.left, self.right)

    @property
    def support(self) -> tuple[Term, Term]:
        return number(0), number(1)

    def wanted(self) -> Iterator[Relation]:
        yield relation(self.left, ">", 0)
        yield relation(self.right, ">", 0)


class Student(Distribution):
    """Student's law with so many degrees of freedom (a number > 0)."""

    degrees: Term
    letter: ClassVar[str] = "Student"

    def density(self, x: Term) -> Term:
        n = self.degrees
        scale = GammaFunction((n + 1) / 2) / (sqrt(n * Pi) * GammaFunction(n / 2))
        return scale * (1 + x**2 / n) ** (-(n + 1) / 2)

    def wanted(self) -> Iterator[Relation]:
        yield relation(self.degrees, ">", 0)


# -- mass functions --------------------------------------------------------------------------
class _Discrete(Distribution):
    discrete: ClassVar[bool] = True

    @property
    def support(self) -> tuple[Term, Term]:
        return number(0), _INFINITY


class Bernoulli(_Discrete):
    """1 with probability p, else 0."""

    p: Term
    letter: ClassVar[str] = "Bernoulli"

    def density(self, x: Term) -> Term:
        return self.p**x * (1 - self.p) ** (1 - x)

    def chances(self) -> tuple[tuple[Term, Term], ...]:
        """Its values with their probabilities."""
        return (number(0), 1 - self.p), (number(1), self.p)

    @property
    def support(self) -> tuple[Term, Term]:
        return number(0), number(1)

    def wanted(self) -> Iterator[Relation]:
        yield relation(self.p, ">=", 0)
        yield relation(self.p, "<=", 1)


class BinomialLaw(_Discrete):
    """The number of successes among n ≥ 0 independent trials."""

    n: Term
    p: Term
    letter: ClassVar[str] = "Binomial"
    integers: ClassVar[tuple[int, ...]] = (0,)

    def density(self, x: Term) -> Term:
        return Choose(self.n, x) * self.p**x * (1 - self.p) ** (self.n - x)

    @property
    def support(self) -> tuple[Term, Term]:
        return number(0), self.n

    def wanted(self) -> Iterator[Relation]:
        yield relation(self.n, ">=", 0)
        yield relation(self.p, ">=", 0)
        yield relation(self.p, "<=", 1)


class Poisson(_Discrete):
    """λ^k e^{−λ}/k! for k ≥ 0."""

    rate: Term
    letter: ClassVar[str] = "Poisson"

    def density(self, x: Term) -> Term:
        return self.rate**x * Exp(-self.rate) / Factorial(x)

    def wanted(self) -> Iterator[Relation]:
        yield relation(self.rate, ">", 0)


class Geometric(_Discrete):
    """The number of trials up to the first success: p (1 − p)^{k−1} for k ≥ 1."""

    p: Term
    letter: ClassVar[str] = "Geometric"

    def density(self, x: Term) -> Term:
        return self.p * (1 - self.p) ** (x - 1)

    @property
    def support(self) -> tuple[Term, Term]:
        return number(1), _INFINITY

    def wanted(self) -> Iterator[Relation]:
        yield relation(self.p, ">", 0)
        yield relation(self.p, "<=", 1)


# -- a law is given ----------------------------------------------------------------------------
class Distributed(Proposition):
    """variable ~ law. An index of the variable that is a letter stands for every index."""

    variable: Term
    law: Term

    @property
    def families(self) -> tuple[Any, ...]:
        return (self.variable.family,)  # type: ignore[attr-defined]

    @property
    def indices(self) -> tuple[Symbol, ...]:
        return self.variable.indices  # type: ignore[attr-defined,no-any-return]

    def show(self, p: Printer) -> str:
        return f"{p(self.variable)} {p.sign('~')} {p(self.law)}"

    def ties(self) -> Iterator[Relation]:
        """A law ties its variable to the letters of its parameters."""
        for parameter in self.law.fields:
            if parameter.free:
                yield Relation(self.variable, "=", parameter)


def distributed(variable: Any, law: Any) -> Distributed:
    """Hypothesis: the random variable, or each member `X[i]` of a family, has this law.

    Nothing is said about independence: add `independent(X, Y)`. The law's
    parameters satisfy what makes it a law (σ² > 0, 0 ≤ p ≤ 1, …): that is
    known where the law is given.

    >>> from derivations import Normal, distributed, random_variable, symbols
    >>> X, (mu, v) = random_variable("X"), symbols("mu v")
    >>> distributed(X, Normal(mu, v))
    X ~ N(μ, v)

    Raises TermError for what is no random variable, or parameters that are out of range.
    """
    from derivations.terms.probability import _families, random_members

    term = as_term(variable)
    if not isinstance(term, Entry):
        raise TermError(f"distributed() needs a random variable or a member of a random family, not `{term}`")
    _families((term,), "law")
    for index in term.indices:
        if not isinstance(index, Symbol) or term.indices.count(index) > 1:
            raise TermError(
                f"distributed(): the index `{index}` of `{term}` must be a letter: it stands for every index"
            )
    if not isinstance(law, Distribution):
        raise TermError(f"`{law}` is no law: write Normal(mu, sigma**2), Exponential(rate), …")
    check_parameters(law)
    culprit = min((m for f in law.fields for m in random_members(f)), key=str, default=None)
    if culprit is not None:
        raise TermError(f"the parameters of a law are numbers, but `{culprit}` is random")
    return Distributed(term, law)


def check_parameters(law: Distribution) -> None:
    """Raises TermError for parameters in digits that make no law."""
    for wanted in law.wanted():
        if is_literal(wanted.lhs) and is_literal(wanted.rhs):
            a, b = literal(wanted.lhs), literal(wanted.rhs)
            if not {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[wanted.sign]:
                raise TermError(f"`{law}` is no law: `{wanted}` is false")
    for n in law.integers:
        if is_literal(law.fields[n]) and literal(law.fields[n]).denominator != 1:
            raise TermError(f"`{law}` is no law: `{law.fields[n]}` is no whole number")


LAWS: tuple[type[Distribution], ...] = (
    Normal, Uniform, Exponential, Gamma, ChiSquared, LogNormal, Laplace, Cauchy, Beta, Student,
    Bernoulli, BinomialLaw, Poisson, Geometric,
)  # fmt: skip
"""All laws there are."""
