r"""Terms from LaTeX: a precedence parser, by hand, that knows what each name is.

How tightly things bind, from the tightest: scripts and postfix; application; products
and quotients; sums; relations. What formulas leave to the reader is decided so:

- A name before a bracket is applied if it was declared a function, and multiplied otherwise.
- A bare function takes one factor: `\log x` in `\log x + y`. What stands beside that factor without
  a sign is refused, for both `(\log x) y` and `\log (x y)` are written so.
- Σ, ∏, lim and derivatives reach to the next `+`, `-` or relation at their own level of brackets, ∫ to
  its differential. A bound name behind its sum is refused.
- `a/b c` is refused; `a/b \cdot c` goes from left to right.
- A bar is a condition where one may stand and an operand has ended, and an absolute value elsewhere;
  where bars can be paired in two ways they are refused.

Nothing is guessed: what is left open is an `Unread` that names the place and both readings.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from derivations.reading import operators
from derivations.reading.cursor import NO_FACTOR, RELATIONS, TIMES, Transposed
from derivations.reading.functions import Functions, joined
from derivations.reading.names import head_at
from derivations.reading.notation import Notation
from derivations.reading.tokens import PARTNER, Token
from derivations.reading.unread import Unread
from derivations.terms import arithmetic
from derivations.terms.relations import Relation, relation
from derivations.terms.shapes import shapes
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError
from derivations.terms.vectors import dot

DEEPEST = 80
"""How deeply factors may stand in factors."""


class Factor:
    """One factor of a product, what joins it to the one before, and where it begins."""

    def __init__(self, value: Any, sign: str, token: Token) -> None:
        self.value, self.sign, self.token = value, sign, token

    @property
    def free(self) -> frozenset[Symbol]:
        """The names that it speaks of."""
        term: Term = self.value.vector if isinstance(self.value, Transposed) else self.value
        return term.free


class Reader(Functions):
    """Reads the tokens of one formula, once, from left to right."""

    # -- statements -------------------------------------------------------------------
    def statement(self) -> Term:
        """The whole formula: a term, a relation, or `A ⟺ B`."""
        left = self.clause()
        if RELATIONS.get(self.token.text) == "<=>":
            sign = self.next()
            right = self.clause()
            left = self.made(lambda: relation(left, "<=>", right), sign)
        while self.token.text in (".", ",", ";"):  # the display's own punctuation
            self.next()
        if self.token.kind != "end":
            raise self.unexpected()
        return left

    def clause(self) -> Term:
        """One side of ⟺, or the whole formula; it may stand in brackets."""
        close = self.partner.get(self.place, self.limit)
        after = self.tokens[close + 1] if close < self.limit else None
        stands_alone = after is not None and (after.kind == "end" or RELATIONS.get(after.text) == "<=>")
        plain = self.token.text in "([{" and self.tokens[close].text == PARTNER.get(self.token.text)
        if self.token.kind == "open" and plain and stands_alone:  # ⌊u⌋ and ⟨u⟩ are no brackets
            low, self.place = self.place + 1, close + 1
            return self.within(low, close, self.related)
        return self.related()

    def related(self) -> Term:
        left = self.quantity(self.addition())
        sign = self.sign()
        if sign is None:
            return left
        token, plain = sign
        right = self.quantity(self.addition())
        if plain == "<=>":
            raise self.fail("⟺ stands between two statements", "sorts", token)
        tends = self.tends() if self.tends_ahead() else None
        again = self.place
        if self.sign() is not None:
            raise self.fail("this is a chain of relations: read its sides one by one", "syntax", self.tokens[again])
        made = self.made(lambda: relation(left, plain, right), token)
        return Relation(left, plain, right, *tends) if tends is not None else made

    def sign(self) -> tuple[Token, str] | None:
        r"""A relation sign, also with something above it, `\overset{(4)}{=}`; ⟺ is left alone."""
        token = self.token
        plain = RELATIONS.get(token.text)
        if plain is not None and plain != "<=>":
            self.next()
            return token, plain
        if token.text in (r"\overset", r"\stackrel", r"\underset"):
            self.next()
            self.argument()
            low, high = self.argument()
            inner = RELATIONS.get(self.tokens[low].text) if high == low + 1 else None
            if inner is None:
                raise self.fail(f"`{token.text}` is read over a relation sign alone", "no word", token)
            return token, inner
        if token.text in (r"\approx", r"\propto", r"\in", r"\perp", r"\equiv", r"\simeq", r"\subset", r"\cong", ":"):
            raise self.fail(f"there is no word for `{token.text}`", "no word", token)
        return None

    def tends_ahead(self) -> bool:
        r"""`(T \to \infty)` comes next."""
        if self.token.text != "(" or self.place + 1 >= self.limit:
            return False
        found = head_at(self.tokens, self.place + 1, self.partner)
        return found is not None and RELATIONS.get(self.tokens[found[1]].text) == "->"

    def tends(self) -> tuple[Term, Term]:
        close = self.partner[self.place]
        low, self.place = self.place + 1, close + 1

        def inside() -> tuple[Term, Term]:
            variable = self.factor()
            self.next()
            return variable, self.addition()

        return self.within(low, close, inside)

    # -- sums and products ------------------------------------------------------------
    def addition(self) -> Any:
        """A sum; `-a b` is the negative of a product."""
        before = self.closed
        token = self.token
        if token.text in ("+", "-"):
            self.next()
        bracketed = self.token.kind in ("open", "brace")
        left = self.product()
        if token.text == "-":
            left = self.negated(left, bracketed, token)
        while self.token.text in ("+", "-"):
            token = self.next()
            right = self.product()
            build = arithmetic.add if token.text == "+" else arithmetic.subtract
            left = self.made(partial(build, self.quantity(left), self.quantity(right)), token)
        self.closed = before
        return left

    def negated(self, term: Any, bracketed: bool, token: Token) -> Term:
        term = self.quantity(term)
        if bracketed and isinstance(term, arithmetic.Number):
            return arithmetic.Neg(term)  # -(3) is not the number -3
        return self.made(lambda: arithmetic.negate(term), token)

    def product(self, about: str = "", wanted: frozenset[str] = frozenset()) -> Any:
        """Factors beside each other, and quotients.

        about:  the variable of a derivative in front of them
        wanted: the names that a product in front of them binds
        """
        factors = [Factor(None, "", self.token)]
        factors[0].value = self.factor()
        while True:
            token = self.token
            infix = shapes().get(("infix", token.text))
            if token.text in TIMES or token.text == "/" or infix is not None:
                self.next()
                sign = "/" if token.text == "/" else "*" if infix is None else token.text
            elif self.begins_factor():
                sign = ""
            else:
                return self.multiplied(factors)
            factor = Factor(None, sign, self.token)
            first = self.token
            factor.value = self.negative_factor() if sign == "*" and first.text == "-" else self.factor()
            self.check_slash(factors, factor)
            self.check_mixed(factors[-1], factor)
            if about:
                self.check_reach(factors, factor, first, about)
            if wanted and (factor.sign == "/" or not wanted & {symbol.name for symbol in factor.free}):
                raise self.fail(
                    "whether this factor is one of the product, or stands behind it, is not clear: write brackets",
                    "ambiguous", first,
                )  # fmt: skip
            factors.append(factor)

    def negative_factor(self) -> Term:
        r"""What `\cdot -` begins: a factor, negated."""
        token = self.next()
        bracketed = self.token.kind in ("open", "brace")
        return self.negated(self.factor(), bracketed, token)

    def check_slash(self, before: list[Factor], new: Factor) -> None:
        r"""`a/b c` is (a/b) c, or a/(b c)."""
        if new.sign or before[-1].sign != "/":
            return
        apart, inside = [*before, new], [*before[:-1], self.together(before[-1], new)]
        readings = [self.shown(lambda: self.multiplied(apart)), self.shown(lambda: self.multiplied(inside))]
        raise self.fail(
            "what stands behind the divisor may belong to it: write \\frac, or brackets",
            "ambiguous",
            new.token,
            readings,
        )

    def check_mixed(self, before: Factor, new: Factor) -> None:
        r"""`3\frac{1}{2}` is 3.5, or 1.5."""
        digits = isinstance(new.value, arithmetic.Div) and all(
            isinstance(u, arithmetic.Number) for u in new.value.children
        )
        if digits and not new.sign and before.token.kind == "number" and isinstance(before.value, arithmetic.Number):
            whole, part = before.value, new.value
            readings = [
                self.shown(lambda: arithmetic.add(whole, part)),
                self.shown(lambda: arithmetic.multiply(whole, arithmetic.divide(part.left, part.right))),
            ]
            raise self.fail("a number before a fraction of digits may be a mixed number: write \\cdot, or +",
                            "ambiguous", new.token, readings)  # fmt: skip

    def together(self, left: Factor, right: Factor) -> Factor:
        return Factor(self.multiplied([Factor(left.value, "", left.token), right]), left.sign, left.token)

    def check_reach(self, before: list[Factor], new: Factor, first: Token, about: str) -> None:
        """A derivative of `(u) v`, or of `u · v`, may be meant of u alone."""
        value = new.value.vector if isinstance(new.value, Transposed) else new.value
        if not any(symbol.name == about for symbol in new.free) and about not in {
            getattr(getattr(part, "family", None), "name", "") for part in value.walk_set
        }:
            return
        if before[0].token.kind == "open" or new.sign == "*" and first.kind != "number":
            raise self.fail(
                f"how far the derivative by `{about}` reaches is not clear: bracket what is differentiated",
                "ambiguous",
                new.token,
            )

    def multiplied(self, factors: list[Factor]) -> Any:
        """The product of factors, from the left; uᵀv is one of them, but in v uᵀ w, which begins with a matrix."""
        if len(factors) == 1:
            return factors[0].value
        made: Term | None = None
        place = 0
        while place < len(factors):
            factor = factors[place]
            value, place = factor.value, place + 1
            if isinstance(value, Transposed) and place < len(factors) and (made is None or len(made.shape or ()) != 1):
                right = factors[place]
                if right.sign in ("", "*") and len(getattr(right.value, "shape", None) or ()) == 1:
                    value, place = (self.made(partial(dot, value.vector, right.value), right.token), place + 1)
            term = self.quantity(value)
            made = term if made is None else self.made(partial(joined, made, factor.sign, term), factor.token)
        return made

    def begins_factor(self) -> bool:
        """Something comes next that is multiplied without a sign."""
        token = self.token
        match token.kind:
            case "letter" | "brace" | "text":
                return True
            case "number":
                raise self.fail(f"`{token.text}` stands behind a factor: write \\cdot between them", "ambiguous")
            case "open":
                return not self.tends_ahead()
            case "bar":
                return token.side == "left" or token.side == "" and self.context == ""
            case "command":
                return token.text not in NO_FACTOR and ("infix", token.text) not in shapes()
        return False

    # -- factors -------------------------------------------------------------------------
    def factor(self) -> Any:
        """One factor with its scripts."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.fail(f"factors are nested more than {DEEPEST} deep: name the parts of this formula", "too deep")
        value = self.factor_at(self.token)
        self.depth -= 1
        return value

    def factor_at(self, token: Token) -> Any:
        match token.kind:
            case "number":
                self.next()
                return self.scripted(arithmetic.number(Decimal(token.text)), token)
            case "open":
                return self.bracketed()
            case "brace":
                low, high = self.argument()
                return self.scripted(self.within(low, high, self.braced), token)
            case "bar":
                return self.scripted(self.absolute(), token)
            case "command" if token.text in operators.OPERATORS:
                self.next()
                return operators.OPERATORS[token.text](self, token)
            case "command" if ("big", token.text) in shapes():
                self.next()
                return operators.big(self, token, shapes()["big", token.text].make)
            case "command" if ("function", token.text) in shapes():
                self.next()
                return self.bare_function(shapes()["function", token.text], token)
            case "command" if ("groups", token.text) in shapes():
                self.next()
                return self.scripted(self.grouped(shapes()["groups", token.text], token), token)
            case "command" if ("call", token.text) in shapes():
                self.next()
                if self.token.kind != "open":
                    raise self.fail(f"`{token.text}` takes its arguments in brackets", "syntax", token)
                return self.call(shapes()["call", token.text], token)
        found = head_at(self.tokens, self.place, self.partner)
        if found is not None:
            head, self.place = found
            return self.name(head, token)
        if token.text in operators.KNOWN:
            raise self.fail(f"there is no word for `{token.text}`", "no word")
        if token.kind == "command" and token.text not in NO_FACTOR:
            raise self.fail(
                f"the command `{token.text}` is unknown: declare it with \\newcommand, or write it otherwise",
                "unknown command",
            )
        if token.kind == "text":
            raise self.fail(f"`{token.text}` is text in a formula", "no word")
        raise self.unexpected()


def latex(source: str, notation: Any = None) -> Term:
    r"""The term, or the relation, that a formula in LaTeX is; `notation` says what its names are.

    `notation` maps names to what was declared, or is a `Notation`.

    >>> from derivations import latex, symbols
    >>> latex(r"\frac{1}{1 + e^{-z}}", {"z": symbols("z")})
    1/(1 + e^(-z))

    Raises `Unread`, a TermError with its place, its cause and the readings that are possible, for what
    does not say one thing.
    """
    if not isinstance(source, str):
        raise TermError(f"latex() reads text, not `{source!r}`")
    known = notation if isinstance(notation, Notation) else Notation(notation or {})
    text, places = source, None
    try:
        if known.macros is not None and "\\" in source:
            from derivations.reading.extract import Extract
            from derivations.reading.macros import Runaway

            try:
                places = known.macros.expand(Extract.whole(source))
            except Runaway as error:
                message = f"the macro `\\{error.macro}` calls itself, or makes too much"
                raise Unread(message, error.offset, "too deep") from None
            text = places.text
        return Reader(text, known).statement()
    except Unread as error:
        if places is not None and error.cause != "too deep":
            error.offset = places.at(error.offset)
        raise error.within(source) from None


__all__ = ["Reader", "latex"]
