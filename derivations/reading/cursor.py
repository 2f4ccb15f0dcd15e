r"""Where a reader stands among the tokens of a formula, and how it says what is wrong there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from derivations.reading.names import head_at
from derivations.reading.notation import Notation
from derivations.reading.tokens import Token, partners, tokens_of
from derivations.reading.unread import Unread
from derivations.terms.relations import SIGNS
from derivations.terms.shapes import Shape
from derivations.terms.term import Term, TermError

Read = TypeVar("Read")
Span = tuple[int, int]

RELATIONS = {written: plain for plain, (written, _) in SIGNS.items()} | {
    r"\le": "<=", r"\leqslant": "<=", r"\ge": ">=", r"\geqslant": ">=", r"\ne": "!=", r"\lt": "<", r"\gt": ">",
    r"\Leftrightarrow": "<=>", r"\Longleftrightarrow": "<=>", r"\rightarrow": "->", r"\longrightarrow": "->",
}  # fmt: skip
TIMES = (r"\cdot", r"\times", r"\ast", "*", r"\bullet")
NO_WORD = {
    r"\pm": "`±` says two things at once: write two lines", r"\mp": "`∓` says two things at once: write two lines",
    r"\ldots": "write a sum with dots as `\\sum`", r"\cdots": "write a sum with dots as `\\sum`",
    r"\dots": "write a sum with dots as `\\sum`",
}  # fmt: skip
NO_FACTOR = {
    *RELATIONS, *TIMES, *NO_WORD, r"\choose", r"\over", r"\atop", r"\in", r"\notin", r"\div", r"\approx", r"\propto",
    r"\perp", r"\equiv", r"\subset", r"\subseteq", r"\simeq", r"\cong", r"\implies", r"\Rightarrow", r"\Longrightarrow",
    r"\mapsto", r"\coloneqq", r"\ll", r"\gg", r"\\", r"\end", r"\forall", r"\land", r"\wedge",
    r"\vee", r"\cap", r"\cup", r"\overset", r"\stackrel", r"\circ", r"\setminus", r"\therefore", r"\because", r"\oplus",
}  # fmt: skip


class Transposed:
    """uᵀ, of a vector u: a term together with the vector that it multiplies."""

    def __init__(self, vector: Term, token: Token) -> None:
        self.vector, self.token = vector, token


class Cursor:
    """The tokens of one formula, a place among them, and what is known there."""

    def __init__(self, source: str, notation: Notation) -> None:
        self.source, self.notation = source, notation
        self.tokens = tokens_of(source)
        self.partner = partners(self.tokens)
        self.place, self.limit = 0, len(self.tokens) - 1
        self.context = ""
        """"condition" where a bar separates, "absolute" where it closes."""
        self.bound: dict[str, Term] = {}
        self.closed: frozenset[str] = frozenset()
        """Names whose sum has ended, at this level of brackets."""
        self.depth = 0

    # -- tokens ----------------------------------------------------------------------
    @property
    def token(self) -> Token:  # type: ignore[override]
        """The token at hand; one of kind "end" at the end of the group."""
        if self.place < self.limit:
            return self.tokens[self.place]
        last = self.tokens[self.limit]
        return Token("end", "", last.start, last.start, last.spaced)

    def next(self) -> Token:
        token = self.token
        self.place += 1
        return token

    def fail(
        self, message: str, cause: str, token: Token | None = None, readings: Sequence[str] = (), **more: str
    ) -> Unread:
        """What is to be raised, at a token (the one at hand if none is named)."""
        return Unread(message, (token or self.token).start, cause, readings, **more)

    def within(self, low: int, high: int, read: Callable[[], Read], context: str = "") -> Read:
        """What `read` makes of the tokens from `low` to `high`, all of them."""
        saved = self.place, self.limit, self.context, self.closed
        self.place, self.limit, self.context = low, high, context
        if low == high:
            raise self.fail("nothing stands here", "syntax", self.tokens[low])
        result = read()
        if self.place < self.limit:
            raise self.unexpected()
        self.place, self.limit, self.context, self.closed = saved
        return result

    def unexpected(self) -> Unread:
        token = self.token
        if token.kind == "end":
            return self.fail("something is missing here", "syntax")
        if token.text in NO_WORD:
            return self.fail(f"there is no word for `{token.text}`: {NO_WORD[token.text]}", "no word")
        if token.text == ",":
            return self.fail("a comma stands where no list is: what is before it takes no arguments", "syntax")
        if token.text in RELATIONS:
            return self.fail(f"`{token.text}` relates two sides, and stands inside of one", "syntax")
        if token.kind == "bar":
            return self.fail("this bar closes nothing, and separates nothing", "ambiguous")
        return self.fail(f"`{token.text}` is not understood here", "no word" if token.kind == "command" else "syntax")

    def argument(self) -> tuple[int, int]:
        """The group, or the single token, that a command or a script takes; a number gives its first digit."""
        token = self.token
        if token.kind == "end":
            raise self.unexpected()
        if token.kind == "brace":
            low, high = self.place + 1, self.partner[self.place]
            self.place = high + 1
            return low, high
        if token.kind == "number" and len(token.text) > 1:
            raise self.fail(
                f"TeX takes the first digit of `{token.text}` alone: put what belongs together in braces", "ambiguous"
            )
        if token.kind == "command":
            found = head_at(self.tokens, self.place, self.partner)
            if found is not None and found[1] <= self.limit:
                low, self.place = self.place, found[1]
                return low, self.place
            if self.tokens[self.place + 1].kind == "brace":
                raise self.fail(f"put `{token.text}{{…}}` in braces", "syntax")
        self.place += 1
        return self.place - 1, self.place

    def made(self, build: Callable[[], Any], token: Token) -> Any:
        """What `build` makes; what is wrong with it is told at the token."""
        try:
            return build()
        except Unread:
            raise
        except TermError as error:
            raise self.fail(str(error), "sorts", token) from None

    def quantity(self, value: Any) -> Term:
        """A term; Unread for a transposed vector that multiplies nothing."""
        if isinstance(value, Transposed):
            return self.made(lambda: value.vector.T, value.token)  # type: ignore[no-any-return]
        term: Term = value
        return term

    def shown(self, build: Callable[[], Any]) -> str:
        """A reading as it would print."""
        try:
            return str(self.quantity(build()))
        except TermError as error:
            return f"nothing ({error})"

    # -- what the grammar adds ---------------------------------------------------------
    def addition(self) -> Any:
        """A sum."""
        raise NotImplementedError

    def product(self, about: str = "", wanted: frozenset[str] = frozenset()) -> Any:
        """Factors beside each other."""
        raise NotImplementedError

    def negated(self, term: Any, bracketed: bool, token: Token) -> Term:
        """-u, of what stood in brackets or not."""
        raise NotImplementedError

    def factor(self) -> Any:
        """One factor with its scripts."""
        raise NotImplementedError

    def bare_function(self, shape: Shape, token: Token) -> Term:
        r"""`\log u`, `\log(u)`, `\log^2 u`."""
        raise NotImplementedError

    def begins_factor(self) -> bool:
        """Something comes next that is multiplied without a sign."""
        raise NotImplementedError

    def tends_ahead(self) -> bool:
        r"""`(T \to \infty)` comes next."""
        raise NotImplementedError
