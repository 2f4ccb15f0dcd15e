r"""What binds a name: Σ, ∫, lim, [F]_a^b."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from derivations.reading.derivatives import differential
from derivations.reading.names import head_at, marks_of
from derivations.reading.notation import Head
from derivations.reading.tokens import Token
from derivations.terms import arithmetic, calculus
from derivations.terms.definite_integrals import evaluated
from derivations.terms.integrals import Integral, integral
from derivations.terms.sequences import Realisation, Space
from derivations.terms.sums import INTEGER, delta, sum_over
from derivations.terms.symbols import REAL, Symbol
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.reading.applying import Scripts
    from derivations.reading.cursor import Span
    from derivations.reading.functions import Functions


# -- sums and products -----------------------------------------------------------------------
Range = tuple[str, Symbol, Term, Term]


def summation(reader: Functions, token: Token) -> Any:
    r"""`\sum_{i=1}^n`, `\sum_{a \in \mathcal{A}}`, `\sum_{i,j}` and `\sum_{i \neq j}` of indices with a range."""
    found = reader.scripts()
    space = _span_of_space(reader, found.sub)
    if space is not None:
        return over_space(reader, *space, token)
    ranges, differ = _ranges(reader, found, token)
    body = bound_body(reader, [(key, variable) for key, variable, _, _ in ranges])
    if differ:
        one, other = (variable for _, variable, _, _ in ranges)
        body = arithmetic.multiply(arithmetic.subtract(arithmetic.number(1), delta(one, other)), body)
    for _, variable, first, last in reversed(ranges):
        body = reader.made(_bound_of(sum_over, body, variable, first, last), token)
    return body


def big(reader: Functions, token: Token, make: Callable[..., Term]) -> Any:
    r"""`\prod_{i=1}^n`: all that stands behind it, to the next + or -, must speak of i, or could be outside."""
    ranges, differ = _ranges(reader, reader.scripts(), token)
    if differ:
        raise reader.fail(f"there is no word for `{token.text}` under a condition", "no word", token)
    names = frozenset(variable.name for _, variable, _, _ in ranges)
    body = bound_body(reader, [(key, variable) for key, variable, _, _ in ranges], names)
    for _, variable, first, last in reversed(ranges):
        body = reader.made(_bound_of(make, body, variable, first, last), token)
    return body


def _span_of_space(reader: Functions, sub: Span | None) -> tuple[Span, Span] | None:
    if sub is None:
        return None
    place = next((i for i in range(*sub) if reader.tokens[i].text == r"\in"), None)
    return None if place is None else ((sub[0], place), (place + 1, sub[1]))


def _ranges(reader: Functions, found: Scripts, token: Token) -> tuple[list[Range], bool]:
    """The indices with their ranges; whether they are to differ."""
    if found.sub is None:
        raise reader.fail(f"over what is not said: write {token.text}_{{i=1}}^n", "no word", token)
    low, high = found.sub
    place = next((i for i in range(low, high) if reader.tokens[i].text in ("=", r"\neq", r"\ne")), high)
    sign = reader.tokens[place].text if place < high else ""
    if any(reader.tokens[i].text in _CONDITIONS for i in range(low, high)):
        raise reader.fail(
            f"there is no word for `{token.text}` under a condition: write {token.text}_{{i=1}}^n", "no word", token
        )
    names = [_bound_name(reader, part) for part in reader.parts((low, place))]
    if sign == "=":
        if found.sup is None:
            raise reader.fail(f"`{token.text}` has no upper end", "no word", token)
        first, last = end_of(reader, (place + 1, high)), end_of(reader, found.sup)
        if first.shape != () or isinstance(last, arithmetic.MinusInfinity):
            raise reader.fail(f"there is no word for `{token.text}` from -∞", "no word", token)
        return [(key, variable, first, last) for key, variable in names], False
    if sign:
        names += [_bound_name(reader, (place + 1, high))]
    if found.sup is not None:
        raise reader.fail(f"`{token.text}` has no lower end: write {token.text}_{{i=1}}^n", "no word", token)
    return [(key, variable, *_declared_range(reader, key, token)) for key, variable in names], bool(sign)


_CONDITIONS = ("<", ">", r"\leq", r"\le", r"\geq", r"\ge", r"\mid", "|", ":", r"\in")


def _bound_of(make: Callable[..., Term], body: Term, variable: Symbol, first: Term, last: Term) -> Callable[[], Term]:
    return lambda: make(body, (variable, first, last))


def _bound_name(reader: Functions, span: Span) -> tuple[str, Symbol]:
    """The name of an index, as it is looked up, and the integer that it stands for."""
    key, name, primes = _plain_name(reader, span, "an index")
    return key, Symbol(name, INTEGER, primes)


def _plain_name(reader: Functions, span: Span, what: str) -> tuple[str, str, int]:
    low, high = span
    found = head_at(reader.tokens, low, reader.partner) if low < high else None
    if found is None:
        raise reader.fail(f"this is no name of {what}", "no word", reader.tokens[low])
    head, place = found
    primes = 0
    while place < high and reader.tokens[place].text == "'":
        primes, place = primes + 1, place + 1
    name = head.base
    if place < high and reader.tokens[place].text == "_":
        inner = (place + 2, high - 1) if reader.tokens[place + 1].kind == "brace" else (place + 1, high)
        marks = marks_of(reader.tokens, *inner)
        name, place = (f"{name}_{marks}", high) if marks else (name, place)
    if place != high:
        raise reader.fail(f"this is no name of {what}", "no word", reader.tokens[place])
    key = head.base + "'" * primes + name[len(head.base) :]
    return key, name, primes


def _declared_range(reader: Functions, key: str, token: Token) -> tuple[Term, Term]:
    """The range of an index, as it was declared."""
    thing = reader.notation.find(Head(key.rstrip("'"), "", len(key) - len(key.rstrip("'"))))
    domain = thing.domain if isinstance(thing, Symbol) else None
    if domain is not None and domain.kind == "integer" and domain.lower is not None and domain.upper is not None:
        return domain.lower, domain.upper
    if domain is not None and domain.kind == "finite" and all(map(arithmetic.is_literal, domain.values)):
        values = sorted(arithmetic.literal(value) for value in domain.values)
        if all(value == values[0] + step for step, value in enumerate(values)) and values[0].denominator == 1:
            return arithmetic.number(values[0]), arithmetic.number(values[-1])
    raise reader.fail(
        f"the range of `{key}` is not said: write \\sum_{{{key}=1}}^n, or declare `{key}: integer, {key} = 1..n`",
        "undeclared", token, name=key, proposal=f"integer, {key} = 1..n",
    )  # fmt: skip


def bound_body(reader: Functions, names: list[tuple[str, Symbol]], wanted: frozenset[str] = frozenset()) -> Term:
    """What stands below an operator that binds names; behind it they are closed.

    wanted: names of which each factor must speak
    """
    saved = dict(reader.bound)
    reader.bound.update(names)
    for key, _ in names:
        reader.closed -= {key}
    token = reader.token
    if token.text == "-":  # Σ -2 x
        reader.next()
    bracketed = reader.token.kind in ("open", "brace")
    body = reader.quantity(reader.product(wanted=wanted))
    if token.text == "-":
        body = reader.negated(body, bracketed, token)
    reader.bound = saved
    reader.closed |= {key for key, _ in names if key not in saved}
    return body


def over_space(reader: Functions, left: Span, right: Span, token: Token) -> Any:
    r"""`\sum_{a_t \in \mathcal{A}}`, over a finite space."""
    space = _space(reader, right, token)
    variable = reader.within(*left, reader.factor)
    if not isinstance(variable, Realisation) or variable.sequence.space != space or not space.finite:
        raise reader.fail(f"`{variable}` is no value in a finite space {space.name}", "no word", token)
    body = reader.quantity(reader.product())
    return Integral(body, variable, space)


def _space(reader: Functions, span: Span, token: Token) -> Space:
    found = head_at(reader.tokens, span[0], reader.partner)
    thing = reader.notation.find(found[0]) if found is not None and found[1] == span[1] else None
    if not isinstance(thing, Space):
        written = reader.source[reader.tokens[span[0]].start : reader.tokens[span[1] - 1].end]
        raise reader.fail(f"there is no word for a sum or an integral over `{written}`", "no word", token)
    return thing


# -- integrals ---------------------------------------------------------------------------------
def integration(reader: Functions, token: Token) -> Any:
    r"""`\int_a^b … \, \mathrm{d}x`, `\int_{\mathcal{S}} … ds_t`: to its own differential."""
    found = reader.scripts()
    start = reader.place
    place, after = _owndifferential(reader, token)
    if place == start:
        raise reader.fail("an integrand before its differential is read alone", "no word", token)
    if found.sup is None and found.sub is not None and not _is_line(reader, found.sub):
        space = _space(reader, found.sub, token)
        reader.place = after
        variable = reader.factor()
        end = reader.place
        if not isinstance(variable, Realisation) or variable.sequence.space != space:
            raise reader.fail(f"`{variable}` is no value in the space {space.name}", "sorts", token)
        body = reader.quantity(reader.within(start, place, reader.addition))
        reader.place = end
        return reader.scripted(reader.made(lambda: integral(body, variable), token), token)
    low, high = _ends(reader, found.sub, found.sup, token)
    end = _name_end(reader, after)
    key, name, primes = _plain_name(reader, (after, end), "a variable")
    variable = Symbol(name, REAL, primes)
    saved, reader.bound = reader.bound, {**reader.bound, key: variable}
    body = reader.quantity(reader.within(start, place, reader.addition))
    reader.bound, reader.place = saved, end
    return reader.made(lambda: integral(body, (variable, low, high)), token)


def _is_line(reader: Functions, span: Span) -> bool:
    found = head_at(reader.tokens, span[0], reader.partner)
    return found is not None and found[1] == span[1] and found[0] == Head("R", "blackboard")


def _ends(reader: Functions, sub: Span | None, sup: Span | None, token: Token) -> tuple[Term, Term]:
    if sub is not None and sup is None:
        return arithmetic.MinusInfinity(), arithmetic.oo
    if sub is None or sup is None:
        raise reader.fail("between which ends is integrated is not said: write \\int_a^b", "no word", token)
    return end_of(reader, sub), end_of(reader, sup)


def end_of(reader: Functions, span: Span) -> Term:
    """An end of a range: a number, ∞ or −∞."""
    low, high = span
    if high - low == 2 and [t.text for t in reader.tokens[low:high]] == ["+", r"\infty"]:
        return arithmetic.oo
    if high - low == 2 and [t.text for t in reader.tokens[low:high]] == ["-", r"\infty"]:
        return arithmetic.MinusInfinity()
    return reader.quantity(reader.within(low, high, reader.addition))


def _owndifferential(reader: Functions, token: Token) -> tuple[int, int]:
    """Where the differential of an integral begins, and its variable."""
    place, pending = reader.place, 0
    while place < reader.limit:
        here = reader.tokens[place]
        if here.text == r"\int":
            pending += 1
        after = 0
        if place > 0 and reader.tokens[place - 1].text not in ("_", "^") and here.text != r"\partial":
            after = differential(reader, place, reader.limit)
            if after and reader.tokens[after].text == "^":
                after = 0
        if after:
            if (
                here.kind == "letter"
                and here.spaced != "\\"
                and (reader.notation.find(Head("d")) is not None or "d" in reader.bound)
            ):
                raise reader.fail(
                    "`d` was declared, and this may be a differential: write \\mathrm{d}", "ambiguous", here
                )
            if pending == 0:
                return place, after
            pending -= 1
            place = _name_end(reader, after)
            continue
        place = reader.partner.get(place, place) + 1
    raise reader.fail("this integral has no differential at its own level of brackets", "no word", token)


def _name_end(reader: Functions, place: int) -> int:
    """Behind a name with its subscript and primes."""
    found = head_at(reader.tokens, place, reader.partner)
    place = found[1] if found is not None else place + 1
    while place < reader.limit and reader.tokens[place].text == "'":
        place += 1
    if place < reader.limit and reader.tokens[place].text == "_":
        place = reader.partner.get(place + 1, place + 1) + 1
    return place


def named_end(reader: Functions, place: int) -> tuple[str, Symbol] | None:
    """The variable of `[F]_{x=a}^b`, told by the scripts that begin at a place, before F is read."""
    saved, reader.place = reader.place, place
    found = reader.scripts()
    reader.place = saved
    if found.sub is None or found.sup is None:
        return None
    low, high = found.sub
    place = next((i for i in range(low, high) if reader.tokens[i].text == "="), high)
    if place == high:
        return None
    key, name, primes = _plain_name(reader, (low, place), "a variable")
    return key, Symbol(name, REAL, primes)


def between_ends(reader: Functions, body: Term, variable: Symbol | None, token: Token) -> Any:
    """`[F]_{x=a}^b`; `[F]_a^b` where F has one variable. None for a power of a bracket."""
    saved = reader.place
    found = reader.scripts()
    if found.sub is None or found.sup is None:
        reader.place = saved
        return None
    low, high = found.sub
    if variable is not None:
        low = next(i for i in range(low, high) if reader.tokens[i].text == "=") + 1
    else:
        ends = end_of(reader, (low, high)), end_of(reader, found.sup)
        inside = body.free - ends[0].free - ends[1].free
        names = sorted((s for s in inside if type(s) is Symbol and s.domain.kind == "real"), key=str)
        if len(names) != 1:
            raise reader.fail("between the ends of which variable is not said: write [F]_{x=a}^b", "ambiguous", token)
        variable = names[0]
    ends = end_of(reader, (low, high)), end_of(reader, found.sup)
    return reader.made(lambda: evaluated(body, (variable, *ends)), token)


# -- limits -------------------------------------------------------------------------------------
def limit(reader: Functions, token: Token) -> Any:
    r"""`\lim_{x \to a}`; of a defined quantity T, as T tends to a."""
    found = reader.scripts()
    if found.sub is None:
        raise reader.fail("what tends to what is not said: write \\lim_{x \\to a}", "no word", token)
    low, high = found.sub
    place = next(
        (i for i in range(low, high) if reader.tokens[i].text in (r"\to", r"\rightarrow", r"\longrightarrow")), high
    )
    if place == high:
        raise reader.fail("what tends to what is not said: write \\lim_{x \\to a}", "no word", token)
    if high - place > 2 and reader.tokens[place + 2].text == "^":
        raise reader.fail("there is no word for a limit from one side", "no word", token)
    point = end_of(reader, (place + 1, high))
    key, _, primes = _plain_name(reader, (low, place), "a variable")
    bare = key.replace("'", "")
    thing = reader.bound.get(key) or reader.notation.find(Head(bare, "", primes))
    if thing is None:
        raise reader.undeclared(Head(bare, "", primes), found._replace(sub=None), reader.tokens[low])
    body = bound_body(reader, [(key, thing)]) if isinstance(thing, Symbol) else reader.quantity(reader.product())
    return reader.made(lambda: calculus.limit(body, thing, point), token)


__all__ = ["between_ends", "big", "integration", "limit", "named_end", "summation"]
