r"""Brackets, bars and bare functions: `[F]_{x=a}^b`, `|u|`, `\sqrt{u}`, `\log u`."""

from __future__ import annotations

from typing import Any

from derivations.reading import operators
from derivations.reading.applying import Applying
from derivations.reading.cursor import NO_FACTOR
from derivations.reading.tokens import PARTNER, Token
from derivations.terms import arithmetic
from derivations.terms.linear_algebra import Determinant, det, norm
from derivations.terms.rounding import floor
from derivations.terms.shapes import Shape, shapes
from derivations.terms.term import Term, shape_name

_TRIGONOMETRIC = (r"\sin", r"\cos", r"\tanh")


class Functions(Applying):
    """The part of the reader that is about brackets and functions."""

    def bracketed(self) -> Any:
        r"""What stands in brackets of any kind, with its scripts: `[F]_{x=a}^b`, `(A)_{i,j}`."""
        token = self.token
        close = self.partner[self.place]
        other = self.tokens[close]
        if "." in (token.text, other.text):
            raise self.fail("there is no word for what is taken at a point: put the point in", "no word")
        if other.text != PARTNER.get(token.text):
            raise self.fail(f"`{token.text}` and `{other.text}` make no bracket", "no word")
        if token.text in "⟨⌈":
            raise self.fail(f"there is no word for `{token.text} {other.text}`", "no word")
        low, self.place = self.place + 1, close + 1
        ends = token.text == "[" and self.token.text in ("_", "^")
        named = operators.named_end(self, self.place) if ends else None
        outer = self.bound
        self.bound = {**outer, named[0]: named[1]} if named is not None else outer
        value = self.within(low, close, self.addition)
        self.bound = outer
        if token.text == "⌊":
            body = self.quantity(value)
            value = self.made(lambda: floor(body), token)
        if ends and getattr(value, "shape", None) == ():
            found = operators.between_ends(self, value, named[1] if named is not None else None, token)
            if found is not None:
                return self.scripted(found, token)
        return self.scripted(value, token)

    def braced(self) -> Any:
        r"""What stands in braces: a sum, or `n \choose k`."""
        left = self.addition()
        shape = shapes().get(("between", self.token.text))
        if shape is None:
            return left
        token = self.next()
        right = self.addition()
        return self.made(lambda: shape.make(self.quantity(left), self.quantity(right)), token)

    def absolute(self) -> Term:
        """|u|, or what else is written between bars."""
        token = self.token
        here = self.place
        if token.side == "left":
            close = self.partner[here]
            self.place = close + 1
            body = self.within(here + 1, close, self.addition)
        elif token.side:
            raise self.fail(f"there is no word for `{token.text}` here", "no word")
        else:
            self.next()
            saved, self.context = self.context, "absolute"
            body = self.addition()
            self.context = saved
            if self.token.text != token.text or self.token.side in ("left", "middle"):
                raise self.fail("this bar has no partner", "unbalanced", token)
            self.next()
            self.check_bars(token)
        body = self.quantity(body)
        if token.text == "‖":
            return self.norm(body, token)
        if isinstance(body, Determinant) and self.tokens[here + 1].kind == "bar":
            raise self.fail("two bars may be a norm, or the absolute value of a determinant", "ambiguous", token)
        if body.shape and len(body.shape) == 2:
            return self.made(lambda: det(body), token)  # type: ignore[no-any-return]
        return self.made(lambda: abs(body), token)  # type: ignore[no-any-return]

    def norm(self, body: Term, token: Token) -> Term:
        r"""`\lVert v \rVert` and `\lVert v \rVert_2` of a vector, `\lVert A \rVert_F` of a matrix."""
        below = ""
        if self.token.text == "_":
            self.next()
            low, high = self.argument()
            below = "".join(t.text for t in self.tokens[low:high])
        matrix = len(body.shape or ()) == 2
        if below not in (("F",) if matrix else ("", "2")):
            which = f"_{below}" if below else " without a subscript"
            raise self.fail(f"there is no word for the norm{which} of {shape_name(body.shape)}", "no word", token)
        return self.made(lambda: norm(body), token)  # type: ignore[no-any-return]

    def check_bars(self, opened: Token) -> None:
        """`|a| b |c|` is |a| b |c|, or |a |b| c|."""
        token = self.token
        if token.kind in ("end", "bar", "close", "unbrace") or token.text in NO_FACTOR or token.kind == "sign":
            return
        place = self.place
        while place < self.limit:
            token = self.tokens[place]
            if token.kind == "bar" and token.side == "":
                raise self.fail("bars can be paired in two ways here: write \\lvert … \\rvert", "ambiguous", opened)
            place = self.partner.get(place, place) + 1

    def grouped(self, shape: Shape, token: Token) -> Term:
        r"""`\sqrt{u}`, `\binom{n}{k}`."""
        if self.token.text == "[":
            raise self.fail(f"there is no word for `{token.text}` with an option: write a power", "no word")
        parts = [self.quantity(self.within(*self.argument(), self.addition)) for _ in range(shape.places)]
        return self.made(lambda: shape.make(*parts), token)

    def bare_function(self, shape: Shape, token: Token) -> Term:
        r"""`\log u`, `\log(u)`, `\log^2 u`."""
        power = None
        if self.token.text == "_":
            raise self.fail(f"there is no word for `{token.text}` with a subscript: write a quotient", "no word")
        if self.token.text == "^":
            self.next()
            low, high = self.argument()
            power = self.quantity(self.within(low, high, self.addition))
            if not arithmetic.is_literal(power) or arithmetic.literal(power) < 2:
                raise self.fail(
                    f"`{token.text}` with this exponent may be an inverse, or a power: bracket it", "ambiguous", token
                )
        close = self.partner.get(self.place, self.place)
        if self.token.kind == "open" and self.tokens[close + 1].text != "_" and not self.tends_ahead():
            made = self.applied_to_bracket(shape, token)
        else:
            made = self.applied_to_factor(shape, token)
        return made if power is None else self.made(lambda: arithmetic.power(made, power), token)

    def applied_to_bracket(self, shape: Shape, token: Token) -> Term:
        opened = self.token
        close = self.partner[self.place]
        if PARTNER.get(opened.text) != self.tokens[close].text:
            raise self.fail(f"`{opened.text}` and `{self.tokens[close].text}` make no bracket", "no word")
        low, self.place = self.place + 1, close + 1
        body = self.quantity(self.within(low, close, self.addition))
        made: Term = self.made(lambda: shape.make(body), token)
        after = self.token
        if after.text == "^":
            self.next()
            exponent = self.within(*self.argument(), self.addition)
            readings = [
                self.shown(lambda: arithmetic.power(made, exponent)),
                self.shown(lambda: shape.make(arithmetic.power(body, exponent))),
            ]
            raise self.fail(f"the power may be of `{token.text}`, or of its bracket", "ambiguous", after, readings)
        if after.kind == "open" and after.spaced != "\\" and token.text != r"\exp" and not self.tends_ahead():
            self.refuse_beside(shape, token, body, self.factor())
        return made

    def applied_to_factor(self, shape: Shape, token: Token) -> Term:
        if self.token.kind == "end" or self.token.text in NO_FACTOR or self.token.kind == "sign":
            raise self.fail(f"`{token.text}` is given nothing", "syntax", token)
        if self.token.kind == "brace" and self.tokens[self.partner[self.place] + 1].text == "^":
            raise self.fail(
                f"the power may be of `{token.text}`, or of what it is of: write brackets", "ambiguous", token
            )
        body = self.quantity(self.factor())
        after = self.token
        beside = after.text == "/" or self.begins_factor()
        again = ("function", after.text) in shapes() and (
            after.text == token.text or {after.text, token.text} <= set(_TRIGONOMETRIC)
        )
        if beside and not again:
            slash = after.text == "/"
            if slash:
                self.next()
            self.refuse_beside(shape, token, body, self.factor(), slash, after)
        return self.made(lambda: shape.make(body), token)

    def refuse_beside(
        self, shape: Shape, token: Token, body: Term, more: Any, slash: bool = False, at: Token | None = None
    ) -> None:
        join = "/" if slash else ""
        readings = [
            self.shown(lambda: joined(shape.make(body), join, self.quantity(more))),
            self.shown(lambda: shape.make(joined(body, join, self.quantity(more)))),
        ]
        raise self.fail(
            f"`{token.text}` takes one factor, and more stands beside it: bracket what it is of", "ambiguous",
            at or token, readings,
        )  # fmt: skip


def joined(left: Term, sign: str, right: Term) -> Term:
    """A product, or a quotient, as written."""
    if sign == "/":
        return operators.quotient(left, right)
    shape = shapes().get(("infix", sign))
    if shape is not None:
        made: Term = shape.make(left, right)
        return made
    if left.shape and right.shape:
        return left @ right
    if arithmetic._is_negative(left):  # written in brackets, and kept there
        checked = arithmetic.multiply(right, left)
        return arithmetic.Mul(left, right) if checked is not None else checked
    return arithmetic.multiply(left, right)


__all__ = ["Functions", "joined"]
