r"""Fractions, and those that are derivatives: `\frac{\partial}{\partial x}`, `\partial_x`, `\nabla_\theta`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from derivations.reading.cursor import Transposed
from derivations.reading.names import head_at
from derivations.reading.notation import Head
from derivations.reading.tokens import Token
from derivations.terms import arithmetic, calculus
from derivations.terms.jacobians import jacobian
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, shape_name

if TYPE_CHECKING:
    from derivations.reading.cursor import Span
    from derivations.reading.functions import Functions


def quotient(left: Term, right: Term) -> Term:
    """left/right as written. Raises TermError where there is no quotient."""
    arithmetic.divide(left, right)  # asks for what a quotient asks for
    return arithmetic.Div(left, right)


# -- fractions and derivatives ---------------------------------------------------------------
def fraction(reader: Functions, token: Token) -> Any:
    low, high = reader.argument()
    below = reader.argument()
    if _is_derivative(reader, low, below[0], below[1]):
        return derivative(reader, (low, high), below, token)
    top = reader.quantity(reader.within(low, high, reader.addition))
    bottom = reader.quantity(reader.within(*below, reader.addition))
    return reader.scripted(reader.made(lambda: quotient(top, bottom), token), token)


def differential(reader: Functions, place: int, limit: int) -> int:
    r"""Behind a `d`, `\mathrm{d}` or `\partial` at this place, before a name; 0 if there is none."""
    token = reader.tokens[place]
    if token.text == r"\partial":
        return place + 1
    found = head_at(reader.tokens, place, reader.partner)
    if found is None or found[0].base != "d" or found[0].style not in ("", "roman") or found[1] >= limit:
        return 0
    after = reader.tokens[found[1]]
    if after.text == "^":  # d^2 x
        return found[1]
    return found[1] if head_at(reader.tokens, found[1], reader.partner) is not None else 0


def _is_derivative(reader: Functions, top: int, low: int, high: int) -> bool:
    r"""`\frac{\partial …}{\partial x}`, `\frac{\mathrm{d}}{\mathrm{d}x}`; Unread where d may be a number."""
    below = differential(reader, low, high)
    if not below:
        return False
    token = reader.tokens[top]
    found = head_at(reader.tokens, top, reader.partner)
    above = token.text == r"\partial" or found is not None and found[0].base == "d"
    if (
        above
        and token.text != r"\partial"
        and token.kind == "letter"
        and (reader.notation.find(Head("d")) is not None or "d" in reader.bound)
    ):
        raise reader.fail("`d` was declared, and this may be a derivative: write \\mathrm{d}", "ambiguous", token)
    return above


def derivative(reader: Functions, above: Span, below: Span, token: Token) -> Any:
    order, place = _order(reader, differential(reader, *above) or above[0] + _width(reader, above[0]), above[1])
    variables = reader.within(*below, lambda: _variables(reader))
    if order == 1 and len(variables) > 1 and variables[0] == variables[-1]:
        raise reader.fail("there is no word for a derivative by a power: name it", "no word", token)
    if len(variables) != order:
        raise reader.fail(
            f"a derivative of order {order} by {len(variables)} variable(s): write as many below", "syntax", token
        )
    if isinstance(variables[0], Transposed):
        by = variables[0].vector
        whole = reader.within(place, above[1], reader.product) if place < above[1] else reader.product(_name(by))
        return reader.made(lambda: jacobian(reader.quantity(whole), by), token)
    if place < above[1]:
        body = reader.quantity(reader.within(place, above[1], reader.product))
        if type(body) is Symbol and body not in variables:
            raise reader.fail(
                f"that `{body}` depends on `{variables[0]}` is not said: declare it as a function of it",
                "ambiguous", token,
            )  # fmt: skip
        return reader.scripted(_differentiated(reader, body, variables, token), token)
    return _differentiated(reader, reader.quantity(reader.product(_name(variables[-1]))), variables, token)


def _width(reader: Functions, place: int) -> int:
    found = head_at(reader.tokens, place, reader.partner)
    return 1 if found is None else found[1] - place


def _order(reader: Functions, place: int, limit: int) -> tuple[int, int]:
    """The exponent of ∂ in the numerator, and what follows."""
    if place >= limit or reader.tokens[place].text != "^":
        return 1, place
    exponent = reader.tokens[place + 1]
    inner, after = (reader.tokens[place + 2], place + 4) if exponent.kind == "brace" else (exponent, place + 2)
    if inner.kind != "number" or not inner.text.isdigit() or not 1 <= int(inner.text) <= 9:
        raise reader.fail("the order of a derivative is a number from 1 to 9", "no word", inner)
    return int(inner.text), after


def _variables(reader: Functions) -> list[Term]:
    r"""`\partial x \partial y^2` as x, y, y."""
    found: list[Term] = []
    while reader.token.kind != "end":
        after = differential(reader, reader.place, reader.limit)
        if not after:
            raise reader.fail("below a derivative stand its variables, each with its ∂", "syntax")
        reader.place = after
        token = reader.token
        factor: Any = reader.factor()
        times = 1
        if isinstance(factor, arithmetic.Pow) and arithmetic.is_literal(factor.exponent):
            factor, times = factor.base, int(arithmetic.literal(factor.exponent))
        if isinstance(factor, Transposed) and not found:
            if reader.token.kind != "end":
                raise reader.fail("a Jacobian is by one variable", "no word")
            return [factor]  # type: ignore[list-item]
        if not isinstance(factor, Term) or not 1 <= times <= 9:
            raise reader.fail("this is no variable of a derivative", "sorts", token)
        found += [factor] * times
    return found


def _differentiated(reader: Functions, body: Term, variables: list[Term], token: Token) -> Term:
    for variable in reversed(variables):
        if variable.shape:
            raise reader.fail(f"`{variable}` is {shape_name(variable.shape)}: write \\nabla_{{…}}", "no word", token)
        body = reader.made(partial_of(body, variable), token)
    return body


def partial_of(body: Term, variable: Term) -> Callable[[], Term]:
    return lambda: calculus.diff(body, variable)


def _name(variable: Term) -> str:
    return str(getattr(variable, "name", getattr(getattr(variable, "family", None), "name", "")))


def partial(reader: Functions, token: Token) -> Any:
    r"""`\partial_x f`."""
    variable = _below(reader, token)
    return _differentiated(reader, reader.quantity(reader.product(_name(variable))), [variable], token)


def nabla(reader: Functions, token: Token) -> Any:
    r"""`\nabla_\theta f`."""
    variable = _below(reader, token)
    body = reader.quantity(reader.product(_name(variable)))
    return reader.made(lambda: calculus.grad(body, variable), token)


def _below(reader: Functions, token: Token) -> Term:
    if reader.token.text != "_":
        raise reader.fail(f"`{token.text}` does not say by what: write `{token.text}_x`", "no word", token)
    reader.next()
    return reader.quantity(reader.within(*reader.argument(), reader.factor))


__all__ = ["differential", "fraction", "nabla", "partial", "quotient"]
