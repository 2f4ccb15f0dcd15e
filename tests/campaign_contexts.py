"""A campaign over contexts: whatever is proved in one is true in models of it, which know nothing of the kernel.

A context is put together from parts: bounds of bounds, sizes, definitions that
are random or move, ties between members, entries and components, laws and
graphs, processes with parameters, statements for all. In each, a term that the
parts speak of is rewritten at random: by any rule, by what is given, by a
result that is cited for other values, or by a guess. Each link that the
engine calls proved, and the statement of the chain, is then evaluated in
models by two evaluators (`derivations.models`).

`python tests/campaign_contexts.py --contexts 2000 --seed 7 --seconds 600`
prints the figures, what was found false, and by which parts and reasons; a
sample is in the suite (`test_campaign_contexts`).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from judging import finding

from derivations import (
    Cov,
    E,
    Eq,
    Sum,
    Var,
    decision_process,
    definition,
    dependence,
    derive,
    diff,
    dot,
    exp,
    family,
    finite_variance,
    function,
    gaussians,
    grad,
    hypothesis,
    iid,
    independent,
    law,
    limit,
    matrix,
    oo,
    random_family,
    random_variable,
    softmax,
    sqrt,
    standard_gaussians,
    symbols,
    vector,
)
from derivations.derivation import Derivation, reason_name
from derivations.kernel.notation import collisions
from derivations.kernel.report import Verdict
from derivations.models.search import refute
from derivations.rules import rules
from derivations.terms.arithmetic import Abs, Sqrt
from derivations.terms.relations import Relation
from derivations.terms.term import Term, TermError, as_term


class Dice(Random):
    """Choices at random; the same seed makes the same choices."""

    def one(self, things: Sequence[Any]) -> Any:
        return self.choice(things)

    def some(self, things: Sequence[Any], most: int) -> list[Any]:
        return self.sample(list(things), self.randint(0, min(most, len(things))))


@dataclass
class Context:
    """What is declared and given, and what may be said of it."""

    parts: list[str] = field(default_factory=list)
    numbers: list[Any] = field(default_factory=list)
    moving: list[Any] = field(default_factory=list)  # what one may differentiate by
    tending: list[tuple[Any, Any]] = field(default_factory=list)
    chance: list[Any] = field(default_factory=list)
    terms: list[Any] = field(default_factory=list)
    given: list[Any] = field(default_factory=list)
    results: list[Derivation] = field(default_factory=list)


def result(lhs: Any, sign: str, rhs: Any, given: Sequence[Any] = (), by: Any = None) -> Derivation:
    made: Derivation = derive(lhs, list(given)).link(sign, rhs, by=by).qed(lhs, sign, rhs)
    return made


x, y, z = symbols("x y z")
k, i, j = symbols("k i j", integer=True)
p = symbols("p", positive=True)
f, g = function("f"), function("g", smooth=True)
X, Y, Z = random_variable("X"), random_variable("Y"), random_variable("Z")
Part = Callable[[Dice, Context], None]


# -- the parts ----------------------------------------------------------------------------
def bounds(dice: Dice, c: Context) -> None:
    """Bounds of bounds; a result of one of them; a bound that moves."""
    low = dice.one((x, p, y))
    b = symbols("b", lower=low)
    u = symbols("u", **{dice.one(("lower", "upper")): dice.one((b, b, low))})
    c.numbers += [u, b, low]
    c.moving += [u, b, low]
    c.terms += [abs(u - low), abs(b - low) / p, sqrt((u - b) ** 2), abs(u - (u + 1)) + 1, abs(low - 1)]
    first, second = dice.one(((u, low), (b, low), (u, b)))
    below = "lower" if u.domain.lower is not None else "upper"
    small, large = (second, first) if below == "lower" or first is b else (first, second)
    c.results += [result(abs(large - small), "=", large - small), result(large - small, ">=", 0)]
    if low is p:
        c.tending += [(p, oo)]


def sizes(dice: Dice, c: Context) -> None:
    """Sizes that bound indices, rows whose results are cited for other sizes."""
    d = symbols("d", integer=True, **dice.one(({"positive": True}, {"nonnegative": True}, {"lower": 2})))
    n = symbols("n", integer=True, positive=True)
    q, s = family("q", n, d), family("c", d)
    squares = Sum(q[1, k] * q[1, k], (k, 1, d))
    c.numbers += [q[1, 1], q[1, 2], s[1], s[2], s[d], d]
    c.moving += [q[1, 1], q[1, 2], s[1], s[k]]
    c.terms += [
        squares,
        dot(q[1], q[1]),
        Sum(s[k], (k, 1, d)),
        Sum(s[k], (k, 1, d - 1)) + s[d],
        Sum(k, (k, 1, d)),
        Sum(1, (k, 1, d)),
    ]
    c.results += [
        result(squares, "=", dot(q[1], q[1]), by="dot-product"),
        result(Sum(k, (k, 1, d)), "=", d * (d + 1) / 2, by="sums-of-powers"),
    ]
    c.given += dice.some(
        [d >= 5, Eq(q[1, 1], 1), Eq(s[1], s[2]), Eq(d, 3), hypothesis(s[k] > 0, for_all=k), Eq(q[1, 5], 1)], 3
    )
    c.tending += [(d, oo)]


def ties(dice: Dice, c: Context) -> None:
    """Members, entries, components that an equation ties to each other."""
    d = symbols("m", integer=True, lower=2)
    q, theta, phi = family("a", d, d), vector("theta", d), vector("phi", d)
    A = matrix("A", q)
    c.numbers += [q[1, 1], q[1, 2], A[1, 2], theta[1], theta[2], dot(theta, phi)]
    c.moving += [q[1, 1], q[1, 2], theta[1], theta, theta]
    c.terms += [
        dot(theta, theta),
        dot(theta, phi) ** 2,
        A[1, 1] * A[1, 2],
        (A @ A)[1, 1],
        softmax(A)[1, 2],
        dot(q[1], theta),
        q[1, 1] * x,
    ]
    c.given += dice.some(
        [
            Eq(A[1, 1], A[1, 2]),
            Eq(q[1, 1], q[1, 2]),
            Eq(theta[1], theta[2]),
            Eq(theta[1], x),
            Eq(dot(theta, theta), 1),
            Eq(x, y),
            Eq(q[1, 1], f(x)),
            definition(z, theta[1] ** 2),
            definition(y, q[1, 2] + 1),
        ],
        2,
    )


def laws(dice: Dice, c: Context) -> None:
    """Random variables, their laws, dependence; families of them."""
    d = symbols("l", integer=True, **dice.one(({"positive": True}, {"lower": 2})))
    V, W = random_family("V", d), random_family("W", d)
    mu, v = symbols("mu"), symbols("v", nonnegative=True)
    all_of_them = (X, Y, Z, V, W)
    c.given += dice.one(
        (
            [standard_gaussians(*all_of_them)],
            [iid(*all_of_them, mean=mu, variance=v)],
            [finite_variance(*all_of_them)],
            [gaussians(*all_of_them, mean=0, variance=v)],
            [finite_variance(*all_of_them), independent(X, V, W)],
            [finite_variance(*all_of_them), dice.one((dependence((X, Y), (Y, Z)), dependence((X, Z), (Y, Z))))],
            [law(V[i], mean=mu, variance=v), independent(X, Y), finite_variance(X, Y, Z, W)],
        )
    )
    c.chance += [
        X,
        Y,
        Z,
        V[1],
        V[2],
        V[i],
        W[1],
        Sum(V[k], (k, 1, d)),
        Sum(V[k] * W[k], (k, 1, d)),
        X * Y,
    ]
    c.numbers += [mu, v]
    c.tending += [(d, oo)]


def random_definitions(dice: Dice, c: Context) -> None:
    """Symbols and functions that are random by definition, in chains."""
    T, U = symbols("T U")
    c.given += [definition(T, dice.one((Z, X + Z, X * Y, x * X, V_[1], dot_)))]
    c.given += dice.some([definition(U, T + 1), definition(U, x * T), Eq(U, T)], 1)
    c.chance += [T, T, T * Z, U, T + X, T**2]
    c.terms += [
        T**2 + 1,
        T * x,
        E(Z * T),
        E((T + Z) ** 2, given=Eq(Y, T)),
        E((Y + Z) ** 2, given=Eq(Y, T)),
        Var(T),
        Cov(T, Z),
        E(Y * Z, given=Y),
    ]
    c.given += [standard_gaussians(X, Y, Z, V_)] if not any(hasattr(one, "families") for one in c.given) else []
    c.moving += [T]


V_ = random_family("R", symbols("r", integer=True, lower=2))
dot_ = V_[1] * V_[2]


def definitions_that_move(dice: Dice, c: Context) -> None:
    """Symbols that are defined by what one differentiates by, or lets tend."""
    s, t = symbols("s t")
    c.given += [
        definition(s, dice.one((x**2, p + x, exp(p), f(x), x * y, g(x) + p))),
        *dice.some([definition(t, s * x), Eq(t, s), Eq(y, 2 * x)], 1),
    ]
    c.given += dice.some([definition(f(z), z**2 + 1), definition(f(z), abs(z)), Eq(g(x), x)], 1)
    c.numbers += [s, t, s, f(s), g(x), g(s)]
    c.moving += [x, p, s, y]
    c.terms += [s * x, f(s) - s, s / p, g(s) * x, abs(s - t), f(x) + s]
    c.tending += [(p, oo), (x, 0), (p, oo)]


def processes(dice: Dice, c: Context) -> None:
    """A decision process: its parameters by component, its value functions, what is given about it."""
    gamma = symbols("gamma", lower=0, upper=1)
    t = symbols("h", integer=True, nonnegative=True)
    theta = vector("omega", symbols("w", integer=True, positive=True))
    mdp = decision_process(gamma, t, parameters=(theta,), finite=dice.one(("A", "A", "")))
    c.given += [
        mdp.bounded_rewards,
        *dice.some(
            [mdp.markov, mdp.homogeneous, mdp.smooth_policy, mdp.return_definition, mdp.state_values, gamma < 1], 5
        ),
    ]
    reward, value = E(mdp.R[t], given=mdp.s[t]), E(mdp.G[t], given=mdp.s[t])
    c.moving += [theta[1], theta, theta[1], gamma]
    c.terms += [
        reward,
        value,
        E(mdp.G[t], given=[mdp.s[t], mdp.a[t]]),
        E(mdp.R[t]),
        E(mdp.R[t] * theta[1], given=mdp.s[t]),
        mdp.v(mdp.s[t]),
    ]
    c.numbers += [theta[1], reward]


def for_all(dice: Dice, c: Context) -> None:
    """Recurrences, and statements for all whose parameters bound each other."""
    first = symbols("o", integer=True, nonnegative=True)
    last = symbols("e_1", integer=True, lower=first)
    s = family("s", oo)
    c.given += dice.one(
        (
            [hypothesis(f(y + 1), "=", f(y) + 1, for_all=y)],
            [hypothesis(s[k + 1], "=", 2 * s[k], for_all=k)],
            [hypothesis(f(last), "=", last - first, for_all=(first, last))],
            [hypothesis(f(last), ">=", first, for_all=last)],
            [hypothesis(Sum(f(k), (k, first, last)), "=", last, for_all=last)],
        )
    )
    c.numbers += [f(first), f(last), f(first + 1), s[3], s[first + 1], f(y + 1), f(x)]
    c.terms += [
        f(last) - f(first),
        Sum(f(k), (k, first, last)),
        s[2] * s[3],
        f(f(y + 1)),
        abs(last - first),
        Sum(f(k), (k, 1, 3)),
    ]
    c.results += [result(abs(last - first), "=", last - first), result(last, ">=", first)]


PARTS: tuple[Part, ...] = (bounds, sizes, ties, laws, random_definitions, definitions_that_move, processes, for_all)


def context(dice: Dice) -> Context:
    """Two or three parts together."""
    made = Context(numbers=[x, y, p, as_term(1), as_term(2), as_term(0)], moving=[x, p], terms=[x, y * x])
    for part in dice.sample(PARTS, dice.one((1, 1, 2, 3))):
        if part in (laws, random_definitions) and made.parts and "processes" in made.parts:
            continue
        if part is processes and {"laws", "random_definitions"} & set(made.parts):
            continue
        part(dice, made)
        made.parts.append(part.__name__)
    dice.shuffle(made.given)
    made.results = [one for one in made.results if one.check(reproduce=False).verdict is Verdict.PROVED]
    return made


# -- terms, and what is made of them ---------------------------------------------------------
def start(dice: Dice, c: Context) -> Term:
    """A term that the context speaks of, often below a binder, or a side of a result for other values."""
    if c.results and dice.random() < 0.5:
        stated = dice.one(c.results).statement
        term = instance(dice, c, dice.one((stated.lhs, stated.lhs, stated.rhs)))
    elif c.chance and dice.random() < 0.6:
        a, b = dice.one(c.chance), dice.one(c.chance)
        term = dice.one(
            (
                E(a * b),
                E(a + b),
                Var(a + b),
                Cov(a, b),
                E(a**2),
                E(dice.one(c.numbers) * a),
                Var(dice.one(c.numbers) * a),
                E(a * b, given=dice.one((Y, X))),
                E((a + b) ** 2, given=Eq(Y, dice.one((x, dice.one(c.numbers))))),
            )
        )
    else:
        term = dice.one(c.terms)
    return wrapped(dice, c, term)


def wrapped(dice: Dice, c: Context, term: Term) -> Term:
    way = dice.random()
    if way > 0.6:
        return term
    if way < 0.25:
        by = dice.one(c.moving)
        return grad(term, by) if by.shape else diff(term, by)
    if way < 0.35 and c.tending:
        variable, point = dice.one(c.tending)
        return limit(term / dice.one((1, variable, p)), variable, point)
    if way < 0.45:
        return term + dice.one((1, -1)) * dice.one(c.numbers)
    if way < 0.55:
        return term * dice.one(c.numbers)
    return f(term)


def instance(dice: Dice, c: Context, term: Term) -> Term:
    """The same for another value of a letter."""
    letters = sorted((s for s in term.free if s.shape == ()), key=str)
    if not letters:
        return term
    old = dice.one(letters)
    whole = old.domain.kind == "integer"
    new = dice.one(
        (old + 1, old - 1, as_term(5), as_term(1), 2 * old)
        if whole
        else (old + 1, old - 1, dice.one(c.numbers), -old, as_term(0))
    )
    return term.substitute({old: new})


def guesses(dice: Dice, term: Term) -> Term:
    """What somebody might write next: without a bar, a root, a limit; a bound name for a free one."""
    places = [part for part in term.walk_set if isinstance(part, (Abs, Sqrt))]
    if places:
        part = dice.one(sorted(places, key=str))
        inner = part.children[0]
        return term.substitute(
            {part: dice.one((inner, -inner)) if isinstance(part, Abs) else dice.one((inner, dice.one((x, p))))}
        )
    return dice.one((as_term(0), term * 1, term + x - x, as_term(1)))


def step(dice: Dice, c: Context, chain: Derivation) -> Derivation | None:
    """The chain with one more line, by a rule, by what is given, by a result, or by a guess; None if nothing fits."""
    kinds = {type(part) for part in chain.end.walk()}
    fitting = [rule for rule in rules().values() if rule.kinds is None or not kinds.isdisjoint(rule.kinds)]
    given = [g for g in c.given if not isinstance(g, Relation) or g.sign == "="]
    for _ in range(TRIES):
        pool = dice.one((fitting, given or fitting, c.results or fitting))
        try:
            if dice.random() < 0.1:
                longer = chain.eq(guesses(dice, chain.end), by=dice.one((None, None, dice.one(pool))))
            else:
                longer = chain.apply(*dice.sample(pool, min(len(pool), dice.one((1, 1, 1, 2)))))
        except (TermError, RecursionError):
            continue
        if longer.end != chain.end and longer.end.size < 200:
            return longer
    return None


TRIES = 12


# -- the campaign -------------------------------------------------------------------------------
@dataclass
class Tally:
    """What was tried, and what came out proved and false."""

    contexts: int = 0
    applications: int = 0
    proved: int = 0
    parts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    wrong: dict[tuple[str, ...], str] = field(default_factory=dict)
    crashed: dict[str, str] = field(default_factory=dict)


def run(
    contexts: int, seed: object, *, seconds: float = 1e9, links: int = 4, chains: int = 10, tally: Tally | None = None
) -> Tally:
    """So many contexts, so many chains in each, of so many links at most."""
    tally, dice, end = tally or Tally(), Dice(str(seed)), time.monotonic() + seconds
    while tally.contexts < contexts and time.monotonic() < end:
        try:
            c = context(dice)
        except TermError:
            continue
        tally.contexts += 1
        tally.parts.update(c.parts)
        for _ in range(chains):
            try:
                _chain(dice, c, links, tally)
            except (TermError, RecursionError):
                continue
            except Exception as error:  # a fault of another kind, which is counted too
                trace = error.__traceback__
                while trace is not None and trace.tb_next is not None:
                    trace = trace.tb_next
                where = (
                    f"{type(error).__name__} {trace.tb_frame.f_code.co_filename.split('/')[-1]}:{trace.tb_lineno}"
                    if trace
                    else ""
                )
                tally.crashed.setdefault(where, str(error))
    return tally


def tending(dice: Dice, c: Context, chain: Derivation) -> Derivation:
    """The chain with a last line `→`, where the kernel proves one."""
    variable, point = dice.one(c.tending)
    by = dice.one(("dominant-term", "continuity"))
    try:
        value = derive(limit(chain.end, variable, point), chain.given).apply(by).end
        longer = chain.tends_to(value, variable, point, by=by)
    except (TermError, RecursionError):
        return chain
    return longer if finding(longer).verdict is Verdict.PROVED else chain


def _chain(dice: Dice, c: Context, links: int, tally: Tally) -> None:
    """One chain of links that the kernel proves; each, and what they say together, is held against models."""
    chain = derive(start(dice, c), list(c.given))
    for _ in range(dice.randint(1, links)):
        longer = step(dice, c, chain)
        if longer is None:
            break
        tally.applications += 1
        link = longer.steps[-1]
        by = tuple(map(reason_name, link.reasons))
        if finding(longer).verdict is not Verdict.PROVED:
            continue
        chain = longer
        tally.proved += 1
        tally.reasons.update(by)
        if refute(link.link, list(chain.given), budget=BUDGET) is not None:
            _wrong(tally, c, chain, link.link, by)
    chain = tending(dice, c, chain) if c.tending and dice.random() < 0.4 else chain
    if len(chain.steps) < 2 or any(True for _ in collisions(chain)):
        return
    last = chain.steps[-1].link
    sign = last.sign if last.variable is not None else "=" if chain.start.shape is not None else "<=>"
    stated = chain.qed(chain.start, sign, chain.end).statement
    if stated is not None and refute(stated, list(chain.given), budget=BUDGET) is not None:
        _wrong(tally, c, chain, stated, [reason_name(r) for one in chain.steps for r in one.reasons])


BUDGET = 12


def _wrong(tally: Tally, c: Context, chain: Derivation, link: Relation, by: Sequence[str]) -> None:
    key = tuple(sorted(set(by))) or ("plain-algebra",)
    given = "; ".join(map(reason_name, chain.given))
    tally.wrong.setdefault(key, f"{link.text}   by {', '.join(by)}   given {given}   [{', '.join(c.parts)}]")


def main() -> None:
    read = argparse.ArgumentParser(description="A campaign over contexts.")
    read.add_argument("--contexts", type=int, default=200)
    read.add_argument("--seed", default="0")
    read.add_argument("--seconds", type=float, default=1e9)
    asked = read.parse_args()
    tally = Tally()
    with suppress(KeyboardInterrupt):  # then what there is
        run(asked.contexts, asked.seed, seconds=asked.seconds, tally=tally)
    print(f"{tally.contexts} contexts, {tally.applications} applications, {tally.proved} proved")
    print(f"{len(tally.wrong)} kinds proved and false")
    print("parts:", dict(tally.parts))
    print("reasons that proved something:", len(tally.reasons))
    for line in tally.wrong.values():
        print("WRONG", line)
    for where, said in tally.crashed.items():
        print("CRASHED", where, said)


if __name__ == "__main__":
    main()
