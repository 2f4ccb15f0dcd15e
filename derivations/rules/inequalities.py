"""The inequalities that textbooks cite by name."""

from __future__ import annotations

from collections.abc import Iterator

from derivations.kernel.matching import match
from derivations.rules._instances import Instance, inequality, pairs
from derivations.terms.arithmetic import (
    Abs,
    Add,
    Cos,
    Div,
    Exp,
    Log,
    Mul,
    Neg,
    Pow,
    Sin,
    Sqrt,
    Sub,
    Tanh,
    e,
    is_literal,
    literal,
    number,
)
from derivations.terms.probability import Covariance, Expectation, Integrable, Variance
from derivations.terms.relations import IsInteger, Ne, relation
from derivations.terms.substitution import alpha_equal
from derivations.terms.sums import Sum, Summable
from derivations.terms.term import Scope, Term
from derivations.terms.vectors import Dot

Terms = tuple[Term, ...]
ONE, TWO = number(1), number(2)


def _exponent(term: Term) -> Term | None:
    """u of e^u."""
    if isinstance(term, Exp):
        return term.operand
    return term.exponent if isinstance(term, Pow) and term.base == e else None


def _exponential(terms: Terms) -> Iterator[Instance]:
    """e^u ≥ 1 + u, and e^u > 1 + u for u ≠ 0."""
    for term in terms:
        u = _exponent(term)
        if u is not None:
            yield Instance(relation(term, ">=", 1 + u))
            yield Instance(relation(term, ">", 1 + u), (Ne(u, 0),))


exponential_inequality = inequality(
    "exponential-inequality",
    r"e^u \geq 1 + u, \quad e^u > 1 + u \text{ for } u \neq 0",
    "Hardy, Littlewood and Pólya, Inequalities, section 4.2",
    "",
    _exponential,
)


def _logarithm(terms: Terms) -> Iterator[Instance]:
    """1 − 1/u ≤ log u ≤ u − 1 for u > 0, strictly for u ≠ 1."""
    for term in terms:
        if isinstance(term, Log):
            u = term.operand
            for sign, more in (("<=", ()), ("<", (Ne(u, 1),))):
                conditions = (relation(u, ">", 0), *more)
                yield Instance(relation(term, sign, u - 1), conditions)
                yield Instance(relation(1 - 1 / u, sign, term), conditions)


bounds_of_the_logarithm = inequality(
    "bounds-of-the-logarithm",
    r"1 - \frac{1}{u} \leq \log u \leq u - 1, \text{ strictly for } u \neq 1",
    "Hardy, Littlewood and Pólya, Inequalities, section 4.2",
    "u > 0",
    _logarithm,
)


def _triangle(terms: Terms) -> Iterator[Instance]:
    """|u ± v| ≤ |u| + |v|, ||u| − |v|| ≤ |u ± v|, |Σ f| ≤ Σ |f|."""
    inside = [term.operand for term in terms if isinstance(term, Abs)]
    for u in inside:
        match u:
            case Sum(body, index, low, high):
                converges = () if high.shape == () else (Summable(body, index, low),)
                yield Instance(relation(Abs(u), "<=", Sum(Abs(body), index, low, high)), converges)
            case Sub(Abs(a), Abs(b)) | Add(Abs(a), Neg(Abs(b))):
                yield Instance(relation(Abs(u), "<=", Abs(a - b)))
                yield Instance(relation(Abs(u), "<=", Abs(a + b)))
        parts = [Abs(part) for part in _parts(u)]
        if len(parts) > 1:
            yield Instance(relation(Abs(u), "<=", sum(parts[1:], start=parts[0])))
    for n, u in enumerate(inside):
        for v in inside[:n]:
            yield Instance(relation(Abs(u + v), "<=", Abs(u) + Abs(v)))
            yield Instance(relation(Abs(u - v), "<=", Abs(u) + Abs(v)))


def _parts(term: Term) -> list[Term]:
    """The terms of a sum as it is written, without their signs."""
    match term:
        case Add(a, b) | Sub(a, b):
            return _parts(a) + _parts(b)
        case Neg(a):
            return _parts(a)
    return [term]


triangle_inequality = inequality(
    "triangle-inequality",
    r"|u \pm v| \leq |u| + |v|, \quad \bigl||u| - |v|\bigr| \leq |u \pm v|, \quad "
    r"\Bigl|\sum_i f_i\Bigr| \leq \sum_i |f_i|",
    "Rudin, Principles of Mathematical Analysis, theorems 1.33 and 3.45",
    r"\text{the sum is finite, or converges absolutely}",
    _triangle,
)


def _monotone(terms: Terms) -> Iterator[Instance]:
    """u ≤ v ⟹ f(u) ≤ f(v) for exp, log, √, tanh; for powers where both are ≥ 0, for even ones if |u| ≤ v."""
    for one, other in pairs(terms):
        u, v = _exponent(one), _exponent(other)
        if u is not None and v is not None:
            yield from _increasing(one, other, u, v)
        match one, other:
            case (Log(u), Log(v)):
                yield from _increasing(one, other, u, v, relation(u, ">", 0))
            case (Sqrt(u), Sqrt(v)):
                yield from _increasing(one, other, u, v, relation(u, ">=", 0))
            case (Tanh(u), Tanh(v)):
                yield from _increasing(one, other, u, v)
            case (Pow(u, n), Pow(v, m)) if n == m and is_literal(n) and literal(n) > 0:
                yield from _increasing(one, other, u, v, relation(u, ">=", 0))
                if literal(n).denominator == 1 and literal(n) % 2 == 0:
                    yield from _increasing(one, other, Abs(u), v)
                    yield from _increasing(one, other, Abs(u), Abs(v))


def _increasing(one: Term, other: Term, u: Term, v: Term, *conditions: Term) -> Iterator[Instance]:
    yield Instance(relation(one, "<=", other), (relation(u, "<=", v), *conditions))
    yield Instance(relation(one, "<", other), (relation(u, "<", v), *conditions))


monotonicity = inequality(
    "monotonicity",
    r"u \leq v \implies e^u \leq e^v, \ \log u \leq \log v, \ \sqrt{u} \leq \sqrt{v}, \ u^n \leq v^n, \ "
    r"\sum u \leq \sum v, \ \mathbb{E}[u] \leq \mathbb{E}[v]",
    "any textbook of calculus, e.g. Spivak, Calculus, ch. 11 and 18",
    r"\text{where they are defined; } u \geq 0 \text{ for powers, } |u| \leq |v| \text{ for even ones}",
    _monotone,
    termwise=True,
)


def _jensen(terms: Terms) -> Iterator[Instance]:
    """φ(E[Y]) ≤ E[φ(Y)] for convex φ, ≥ for concave ones."""
    for term in terms:
        if not isinstance(term, Expectation) or term.shape != ():
            continue
        match term.body:
            case Exp(y):
                yield from _of_means(Exp(Expectation(y)), "<=", term, y)
            case Pow(base, y) if base == e:
                yield from _of_means(Pow(e, Expectation(y)), "<=", term, y)
            case Abs(y):
                yield from _of_means(Abs(Expectation(y)), "<=", term, y)
            case Pow(y, n) if is_literal(n) and literal(n).denominator == 1 and literal(n) > 0:
                if literal(n) % 2 == 0:
                    yield from _of_means(Pow(Expectation(y), n), "<=", term, y)
                else:
                    yield from _of_means(Pow(Expectation(y), n), "<=", term, y, relation(y, ">=", 0))
            case Log(y):
                yield from _of_means(Log(Expectation(y)), ">=", term, y, relation(y, ">", 0))
            case Sqrt(y):
                yield from _of_means(Sqrt(Expectation(y)), ">=", term, y, relation(y, ">=", 0))
            case Div(c, y) if is_literal(c) and literal(c) > 0:
                yield from _of_means(Div(c, Expectation(y)), "<=", term, y, relation(y, ">", 0))


def _of_means(of_mean: Term, sign: str, mean_of: Term, inside: Term, *surely: Term) -> Iterator[Instance]:
    # surely: what is known of one outcome says nothing of a mean
    below = tuple([(condition, Scope(random=True)) for condition in surely])
    yield Instance(relation(of_mean, sign, mean_of), (Integrable(inside, 1),), below)


jensen_inequality = inequality(
    "jensen-inequality",
    r"\varphi(\mathbb{E}[X]) \leq \mathbb{E}[\varphi(X)] \text{ for } \varphi(x) = e^x, |x|, x^{2n}, "
    r"-\log x, -\sqrt{x}, 1/x",
    "Billingsley, Probability and Measure, section 21; Jensen (1906)",
    r"X \text{ is integrable, and lies where } \varphi \text{ is defined and convex}",
    _jensen,
)


def _cauchy_schwarz(terms: Terms) -> Iterator[Instance]:
    """⟨u, v⟩² ≤ ⟨u, u⟩⟨v, v⟩ for E[uv], Cov(u, v), uᵀv and finite Σ uv."""
    for term in terms:
        match term:
            case Expectation(Mul(u, v)) if u.shape == v.shape == ():
                finite = (Integrable(u, 2), Integrable(v, 2))
                yield from _product(term, Expectation(Pow(u, TWO)), Expectation(Pow(v, TWO)), finite)
            case Covariance(u, v):
                yield from _product(term, Variance(u), Variance(v))
            case Dot(u, v):
                yield from _product(term, Dot(u, u), Dot(v, v))
            case Sum(Mul(u, v), index, low, high) if high.shape == () and u.shape == v.shape == ():
                squares = [Sum(Pow(w, TWO), index, low, high) for w in (u, v)]
                yield from _product(term, squares[0], squares[1])


def _product(term: Term, one: Term, other: Term, conditions: Terms = ()) -> Iterator[Instance]:
    yield Instance(relation(Pow(term, TWO), "<=", one * other), conditions)
    yield Instance(relation(Abs(term), "<=", Sqrt(one) * Sqrt(other)), conditions)
    yield Instance(relation(term, "<=", Sqrt(one) * Sqrt(other)), conditions)


cauchy_schwarz = inequality(
    "cauchy-schwarz",
    r"\mathbb{E}[uv]^2 \leq \mathbb{E}[u^2]\,\mathbb{E}[v^2], \quad \mathrm{Cov}(u, v)^2 \leq "
    r"\mathbb{V}[u]\,\mathbb{V}[v], \quad (u^\top v)^2 \leq (u^\top u)(v^\top v), \quad "
    r"\Bigl(\sum_i u_i v_i\Bigr)^2 \leq \sum_i u_i^2 \sum_i v_i^2",
    "Hardy, Littlewood and Pólya, Inequalities, theorems 7 and 181",
    r"u \text{ and } v \text{ have finite second moments; the sums are finite}",
    _cauchy_schwarz,
)


def _one_of_many(terms: Terms) -> Iterator[Instance]:
    """f_i ≤ Σ_k f_k for a ≤ i ≤ b, if all f_k ≥ 0."""
    for total in terms:
        if not isinstance(total, Sum) or total.high.shape != () or total.shape != ():
            continue
        for term in terms:
            found = match(total.body, term, (total.variable,)) if term != total else None
            if found is None or total.variable not in found:
                continue
            at = found[total.variable]
            if alpha_equal(total.body.substitute({total.variable: at}), term):
                conditions = (IsInteger(at), relation(at, ">=", total.low), relation(at, "<=", total.high))
                below = ((relation(total.body, ">=", 0), total.scope()),)
                yield Instance(relation(term, "<=", total), conditions, below)


term_of_a_nonnegative_sum = inequality(
    "term-of-a-nonnegative-sum",
    r"f_i \leq \sum_{k=a}^{b} f_k",
    "ordered fields: what is added is not negative",
    r"a \leq i \leq b, \text{ all } f_k \geq 0",
    _one_of_many,
)


def _range(terms: Terms) -> Iterator[Instance]:
    """−1 ≤ sin u ≤ 1, −1 ≤ cos u ≤ 1, −1 < tanh u < 1."""
    for term in terms:
        if isinstance(term, (Sin, Cos, Tanh)):
            sign = "<" if isinstance(term, Tanh) else "<="
            for bounded in (term, Abs(term), Pow(term, TWO)):
                yield Instance(relation(bounded, sign, ONE))
            yield Instance(relation(-ONE, sign, term))


range_of_sine_cosine_tanh = inequality(
    "range-of-sine-cosine-tanh",
    r"|\sin u| \leq 1, \quad |\cos u| \leq 1, \quad |\tanh u| < 1",
    "Spivak, Calculus, ch. 15 and 18",
    "",
    _range,
)

__all__ = [
    "bounds_of_the_logarithm", "cauchy_schwarz", "exponential_inequality", "jensen_inequality", "monotonicity",
    "range_of_sine_cosine_tanh", "term_of_a_nonnegative_sum", "triangle_inequality",
]  # fmt: skip
