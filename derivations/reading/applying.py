r"""Names in a formula, and what stands at them: subscripts, powers, primes, arguments, conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from derivations.reading.cursor import RELATIONS, Cursor, Span, Transposed
from derivations.reading.names import head_at, marks_of
from derivations.reading.notation import DensityName, Head
from derivations.reading.tokens import PARTNER, Token
from derivations.reading.unread import Unread
from derivations.terms import arithmetic, probability
from derivations.terms.calculus import diff
from derivations.terms.conditioning import density
from derivations.terms.events import SIGNS as EVENTS
from derivations.terms.events import Pr
from derivations.terms.families import Entry, Family
from derivations.terms.functions import Function
from derivations.terms.probability import random_members
from derivations.terms.relations import Relation, relation
from derivations.terms.sequences import Realisations, Sequence, Space
from derivations.terms.shapes import shapes
from derivations.terms.sums import delta
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term

MOMENTS: dict[str, tuple[str, Callable[..., Term]]] = {
    "E": ("an expectation", probability.E), "Var": ("a variance", probability.Var),
    "Cov": ("a covariance", probability.Cov), "V": ("a variance", probability.Var),
}  # fmt: skip
"""What is averaged, by the names that are used for it; V in blackboard bold alone."""
_TOPS = (r"\top", r"\intercal", r"\mathsf{T}")


class Scripts(NamedTuple):
    """What stands below and above: spans of tokens, and how many primes; `at` are the places of `_` and `^`."""

    sub: Span | None = None
    sup: Span | None = None
    primes: int = 0
    at: tuple[Token | None, Token | None] = (None, None)


class Applying(Cursor):
    """The part of the reader that is about names."""

    # -- scripts -----------------------------------------------------------------------
    def scripts(self) -> Scripts:
        """Subscript, superscript and primes, in any order."""
        sub = sup = below = above = None
        primes = 0
        while True:
            token = self.token
            if token.text == "_" and token.kind == "sign":
                if sub is not None:
                    raise self.fail(
                        "a second subscript: put both into one, or brackets around what has the first", "syntax"
                    )
                self.next()
                below, sub = token, self.argument()
            elif token.text == "^" and token.kind == "sign":
                self.next()
                span = self.argument()
                inside = [t.text for t in self.tokens[slice(*span)]]
                if inside and all(text in (r"\prime", "'") for text in inside):
                    primes += len(inside)
                elif sup is not None:
                    raise self.fail("a second superscript: put brackets around what has the first", "syntax", token)
                else:
                    above, sup = token, span
            elif token.text == "'" and token.kind == "sign":
                self.next()
                primes += 1
            else:
                return Scripts(sub, sup, primes, (below, above))

    def scripted(self, value: Any, token: Token) -> Any:
        """A term with what stands below and above it, and behind it: a component, a power, `n!`."""
        found = self.scripts()
        if found.primes:
            raise self.fail("a prime stands at what is no name", "no word", token)
        value = self.indexed(value, found, token)
        return self.powered(value, found)

    def indexed(self, value: Any, found: Scripts, token: Token) -> Any:
        if found.sub is None:
            return value
        term = self.quantity(value)
        if not term.shape:
            what = "no vector or matrix" if term.shape == () else "no quantity"
            raise self.fail(f"`{term}` is {what}, and has a subscript", "sorts", found.at[0])
        indices = self.indices(found.sub, len(term.shape))
        return self.made(lambda: term[tuple(indices)] if len(indices) > 1 else term[indices[0]], token)

    def powered(self, value: Any, found: Scripts) -> Any:
        if found.sup is not None:
            value = self.raised(value, found.sup, found.at[1] or self.token)
        while self.token.kind in ("sign", "command") and ("postfix", self.token.text) in shapes():
            token = self.next()
            term = self.quantity(value)
            value = self.made(_postfix(token.text, term), token)
            if self.token.text == token.text:
                raise self.fail(
                    f"`{token.text}{token.text}` is a sign of its own, or applies twice: bracket the first",
                    "ambiguous",
                    token,
                )
        if self.token.text in ("^", "_"):
            raise self.fail(f"`{self.token.text}` stands behind a finished factor: put brackets around it", "syntax")
        return value

    def raised(self, value: Any, span: Span, at: Token) -> Any:
        """A power, or a transpose."""
        term = self.quantity(value)
        if self.is_top(span):
            plain = self.tokens[span[0]].text == "T" and self.notation.find(Head("T")) is not None
            if term.shape == () and not plain:
                raise self.fail(f"`{term}` is a number, and has no transpose", "sorts", at)
            if term.shape and len(term.shape) == 1:
                return Transposed(term, at)
            if term.shape:
                if plain:
                    raise self.fail("this may be a transpose, or a power: write ^\\top", "ambiguous", at)
                return self.made(lambda: term.T, at)
        first = self.tokens[span[0]]
        if first.text in ("*", r"\ast", r"\star", r"\dagger") and span[1] == span[0] + 1:
            raise self.fail(f"`{term}` with `{first.text}` above it is not declared", "undeclared", at)
        if first.kind == "open" and self.partner[span[0]] == span[1] - 1:
            raise self.fail(
                "what stands in brackets above may be a power, a derivative or a mark: write a power without brackets",
                "ambiguous", at,
            )  # fmt: skip
        exponent = self.quantity(self.within(*span, self.addition))
        return self.made(lambda: arithmetic.power(term, exponent), at)

    def is_top(self, span: Span) -> bool:
        inside = self.tokens[slice(*span)]
        if len(inside) == 1:
            return inside[0].text in (r"\top", r"\intercal", "T")
        found = head_at(self.tokens, span[0], self.partner)
        return found is not None and found[1] == span[1] and found[0].base == "T"

    def indices(self, span: Span, count: int) -> list[Term]:
        """As many indices as are wanted: `i,j`, or `ij` where that can mean nothing else."""
        parts = list(self.parts(span))
        inside = self.tokens[slice(*span)]
        beside = len(parts) == 1 and len(inside) > 1 and all(token.kind in ("letter", "number") for token in inside)
        if beside:
            single = all(len(token.text) == 1 for token in inside)
            if len(inside) != count or not single:
                raise self.fail(
                    "what stands beside each other in a subscript may be several indices, or a product: "
                    "separate indices by commas, or write \\cdot", "ambiguous", inside[0],
                )  # fmt: skip
            parts = [(place, place + 1) for place in range(*span)]
        if len(parts) == 1 and count == 2 and inside[0].kind == "number" and len(inside[0].text) == 2:
            raise self.fail(
                f"`{inside[0].text}` may be one index, or two: separate them by a comma", "ambiguous", inside[0]
            )
        return [self.quantity(self.within(*part, self.addition)) for part in parts]

    def parts(self, span: Span) -> Iterable[Span]:
        """What stands between commas."""
        low, place = span[0], span[0]
        while place < span[1]:
            if self.tokens[place].text == ",":
                yield low, place
                low = place + 1
            place = self.partner.get(place, place) + 1
        yield low, span[1]

    # -- names --------------------------------------------------------------------------
    def name(self, head: Head, token: Token) -> Any:
        """What a name is, with its scripts and its arguments."""
        found = self.scripts()
        primed = Head(head.base, head.style, found.primes)
        marks = marks_of(self.tokens, *found.sub) if found.sub is not None else ""
        key = primed.base + "'" * primed.primes
        if found.sub is None and key in self.bound:
            return self.powered(self.bound[key], found)
        if marks and f"{key}_{marks}" in self.bound:
            return self.powered(self.bound[f"{key}_{marks}"], found)
        for closed in (f"{key}_{marks}", key) if marks else (key,):
            if closed in self.closed:
                raise self.fail(
                    f"`{closed}` stands behind the end of the sum over `{closed}`, which reaches to the next + or -: "
                    f"bracket what is summed, or call one of them otherwise", "ambiguous", token,
                )  # fmt: skip
        if marks:
            thing = self.notation.find(primed, marks)
            if thing is not None:
                if self.notation.twice(primed, marks):
                    raise self.fail(
                        f"`{key}_{marks}` is a name of its own, and a member of `{key}`: give one another name",
                        "ambiguous", token,
                    )  # fmt: skip
                return self.of_thing(thing, Scripts(None, found.sup, 0, found.at), token, primed)
        thing = (self.notation.find_indexed(primed) if found.sub is not None else None) or self.notation.find(primed)
        if thing is not None:
            return self.of_thing(thing, found, token, primed)
        if found.primes:
            thing = self.notation.find(head, marks) or self.notation.find(head)
            if isinstance(thing, Function):
                return self.differentiated(thing, found, token)
            raise self.undeclared(primed, found, token)
        return self.word(head, found, token)

    def of_thing(self, thing: Any, found: Scripts, token: Token, head: Head) -> Any:
        if isinstance(thing, (Family, Sequence, Realisations)):
            return self.powered(self.member(thing, found, token, head), found)
        if isinstance(thing, (Function, DensityName)):
            return self.called(thing, found, token, head)
        if isinstance(thing, Space):
            raise self.fail(f"`{thing.name}` is a space, and no quantity", "sorts", token)
        term = thing if isinstance(thing, Term) else thing.lhs
        if found.sub is not None and not term.shape:
            raise self.undeclared(head, found, token)
        if self.token.kind == "open" and term.shape == ():
            self.check_no_arguments(term, token)
        return self.powered(self.indexed(term, found, token), found)

    def member(self, thing: Any, found: Scripts, token: Token, head: Head) -> Term:
        name = thing.name if isinstance(thing, Family) else head.base
        if found.sub is None:
            raise self.fail(f"`{name}` is indexed: give its index", "sorts", token)
        count = len(thing.sizes) if isinstance(thing, Family) else 1
        bold = head.style == "bold"
        indices = self.indices(found.sub, count)
        if isinstance(thing, Family) and (len(indices) != count - bold or not indices):
            wanted = f"{count - 1}, for bold letters are its rows," if bold else str(count)
            raise self.fail(
                f"the family {name} has {wanted} index(es) here, and {len(indices)} stand below it",
                "sorts",
                found.at[0],
            )
        made: Term = self.made(lambda: thing[tuple(indices) if len(indices) > 1 else indices[0]], token)
        return made

    def check_no_arguments(self, term: Term, token: Token) -> None:
        """`x(s, t)`, of a number x, is no product."""
        place, close = self.place + 1, self.partner[self.place]
        while place < close:
            if self.tokens[place].text in (",", ";"):
                raise self.fail(
                    f"`{term}` was declared as a number, and is given arguments: declare it as a function",
                    "sorts", token,
                    name=str(term), proposal="function",
                )  # fmt: skip
            place = self.partner.get(place, place) + 1

    def undeclared(self, head: Head, found: Scripts, token: Token) -> Unread:
        """An unknown name, with what it might be."""
        written = self.written(token, found)
        above = "".join(t.text for t in self.tokens[slice(*(found.sup or (0, 0)))])
        below = [t.text for t in self.tokens[slice(*(found.sub or (0, 0)))] if t.text != ","]
        indices = below and all(letter in "ijkl" or letter in self.bound for letter in below)
        if self.token.text == "(" and above in ("", "-1") and not self.tends_ahead():
            proposal = "function"
        elif indices:
            proposal = "number, " + ", ".join(f"{i} = 1..{size}" for i, size in zip(below, "nmpq", strict=False))
        elif head.style == "bold":
            proposal = "vector of n"
        else:
            proposal = "number"
        return self.fail(
            f"`{written}` is not declared: say what it is, such as `{written}: {proposal}`", "undeclared", token,
            name=written, proposal=proposal,
        )  # fmt: skip

    def written(self, token: Token, found: Scripts) -> str:
        """The name as it stands in the source, with its subscript."""
        place = next(i for i, t in enumerate(self.tokens[: self.place + 1]) if t.start == token.start)
        ended = head_at(self.tokens, place, self.partner)
        last = self.tokens[(ended[1] if ended else place + 1) - 1].end
        body = self.source[token.start : last]
        if found.sub is not None:
            low, high = found.sub
            inner = self.source[self.tokens[low].start : self.tokens[high - 1].end]
            braces = self.tokens[low - 1].kind == "brace"
            body += f"_{{{inner}}}" if braces else f"_{inner}"
        return body + "'" * found.primes

    # -- what a name is though nobody declared it --------------------------------------------
    def word(self, head: Head, found: Scripts, token: Token) -> Any:
        if head.base in MOMENTS and (head.base != "V" or head.style == "blackboard"):
            return self.moment(head.base, head.style, found, token)
        shape = shapes().get(("function", "\\" + head.base))
        if shape is not None and head.style == "roman" and found == Scripts():
            return self.bare_function(shape, token)
        plain = head.style in ("", "roman")
        if head == Head("P", "blackboard") or plain and (head.base == "Pr" or head.base == "P" and self.event_ahead()):
            return self.probability(found, token)
        shape = shapes().get(("constant", head.base))
        if shape is not None and found.sub is None and head.style in ("", "roman"):
            return self.powered(shape.make(), found)
        upright = shapes().get(("call", rf"\mathrm{{{head.base}}}")) if head.style == "roman" else None
        shape = upright or (shapes().get(("call", head.base)) if head.style in ("", "roman") else None)
        if shape is not None and found.sub is None and found.sup is None and self.token.kind == "open":
            return self.call(shape, token)
        written = rf"\mathbf{{{head.base}}}" if head.style == "bold" else head.base
        shape = shapes().get(("indexed", written))
        if shape is not None and found.sub is not None and head.style in ("", "bold"):
            parts = [self.quantity(self.within(*part, self.addition)) for part in self.parts(found.sub)]
            if len(parts) > shape.places:
                raise self.fail(f"`{written}` has {shape.places} index(es) at most", "sorts", found.at[0])
            return self.powered(self.made(lambda: shape.make(*parts), token), found)
        if head.base == "delta" and found.sub is not None:
            indices = self.indices(found.sub, 2)
            if len(indices) == 2:
                return self.powered(self.made(lambda: delta(*indices), token), found)
        if token.kind == "text":
            raise self.fail(f"`{token.text}` is text in a formula", "no word", token)
        raise self.undeclared(head, found, token)

    def call(self, shape: Any, token: Token) -> Any:
        """`softmax(u)`: a word that takes its arguments in brackets."""
        before, after = self.arguments()
        if after is not None or len(before) != shape.places:
            raise self.fail(f"`{token.text}` takes {shape.places} argument(s)", "sorts", token)
        parts = [self.quantity(part) for part in before]
        return self.scripted(self.made(lambda: shape.make(*parts), token), token)

    # -- probabilities --------------------------------------------------------------------------
    def event_ahead(self) -> bool:
        """A bracket comes next in which something is compared: `P(X > a)` is no product."""
        if self.token.kind != "open":
            return False
        inside = self.tokens[self.place + 1 : self.partner[self.place]]
        return any(RELATIONS.get(token.text) in EVENTS for token in inside)

    def probability(self, found: Scripts, token: Token) -> Any:
        r"""`\Pr(X \leq a)`, `\Pr(X > a \mid Y = b)`."""
        if found != Scripts():
            raise self.fail("there is no word for a probability with a script: write a power behind its bracket",
                            "no word", found.at[0] or found.at[1] or token)  # fmt: skip
        if self.token.kind != "open":
            raise self.fail("a probability is of an event in brackets", "no word", token)
        opened, close = self.token, self.partner[self.place]
        if PARTNER.get(opened.text) != self.tokens[close].text:
            raise self.fail(f"`{opened.text}` and `{self.tokens[close].text}` make no bracket", "no word")
        low, self.place = self.place + 1, close + 1
        event, given = self.within(low, close, self.events, "condition")
        return self.scripted(self.made(lambda: Pr(event, given=given), token), token)

    def events(self) -> tuple[Term, Term | None]:
        """An event, and what is given behind the bar."""
        event = self.event()
        if self.token.text != "|" or self.token.side not in ("", "middle"):
            return event, None
        self.next()
        return event, self.event()

    def event(self) -> Term:
        """A random variable compared with a number."""
        left = self.quantity(self.addition())
        token = self.token
        plain = RELATIONS.get(token.text)
        if plain not in EVENTS:
            raise self.fail("there is no word for the probability of what is no comparison", "no word", token)
        self.next()
        right = self.quantity(self.addition())
        if self.token.text == "," or RELATIONS.get(self.token.text) in EVENTS:
            raise self.fail("there is no word for the probability of several comparisons at once", "no word")
        return self.made(lambda: relation(left, plain, right), token)  # type: ignore[no-any-return]

    # -- application --------------------------------------------------------------------------
    def arguments(self) -> tuple[list[Any], list[Any] | None]:
        """What stands in brackets: before the bar, and behind it (None if there is no bar)."""
        token = self.token
        close = self.partner[self.place]
        if PARTNER.get(token.text) != self.tokens[close].text:
            raise self.fail(f"`{token.text}` and `{self.tokens[close].text}` make no bracket", "no word")
        low, self.place = self.place + 1, close + 1
        found: tuple[list[Any], list[Any] | None] = self.within(low, close, self.listed, "condition")
        return found

    def listed(self) -> tuple[list[Any], list[Any] | None]:
        before: list[Any] = [self.item()]
        after: list[Any] | None = None
        while self.token.kind != "end":
            token = self.token
            if token.text in (",", ";"):
                self.next()
                (before if after is None else after).append(self.item())
            elif token.text == "|" and token.side in ("", "middle"):
                if after is not None:
                    raise self.fail(
                        "a second bar: which of them is the condition is not clear; write \\mid for it, and \\lvert … "
                        "\\rvert for an absolute value", "ambiguous",
                    )  # fmt: skip
                self.next()
                after = [self.item()]
            else:
                break
        return before, after

    def item(self) -> Any:
        """One argument: a term, or an equation `A = a`."""
        left = self.quantity(self.addition())
        token = self.token
        if token.text != "=":
            return left
        self.next()
        right = self.quantity(self.addition())
        return self.made(
            lambda: Relation(left, "=", right) if None in (left.shape, right.shape) else relation(left, "=", right),
            token,
        )

    def called(self, thing: Any, found: Scripts, token: Token, head: Head) -> Any:
        """A function, or a density, at its arguments."""
        if found.sub is not None:
            raise self.undeclared(head, found, token)
        if self.token.kind != "open" or self.tends_ahead():
            name = thing.name if isinstance(thing, Function) else thing.letter
            raise self.fail(f"`{name}` is a function: give it arguments in brackets", "sorts", token)
        if found.sup is not None:
            raise self.fail(
                "a power between a function and its arguments may be of its value, or of the function: "
                "write it behind the arguments", "ambiguous", found.at[1],
            )  # fmt: skip
        before, after = self.arguments()
        if isinstance(thing, DensityName):
            made = self.made(lambda: _density(thing, before, after or []), token)
        else:
            made = self.applied(thing, before, after, token)
        return self.scripted(made, token)

    def applied(self, function: Function, before: list[Any], after: list[Any] | None, token: Token) -> Term:
        """A function at its arguments; one that is written with a bar is another than one of the same arguments."""
        if after is not None and function.bar is None:
            function = replace(function, bar=len(before))
        if (function.bar if after is not None else None) != (len(before) if after is not None else None) or (
            after is None and function.bar is not None
        ):
            wanted = "no bar" if function.bar is None else f"a bar behind {function.bar} argument(s)"
            raise self.fail(f"`{function.name}` was declared with {wanted}", "sorts", token)
        given = [self.argument_of(part, function, token) for part in (*before, *(after or ()))]
        made: Term = self.made(lambda: function(*given), token)
        return made

    def argument_of(self, part: Any, function: Function, token: Token) -> Term:
        """`π(a = 1 | s)` is π(1 | s): the first argument is the value that a takes."""
        if isinstance(part, Relation):
            if function.bar is None or not isinstance(part.lhs, (Symbol, Entry)):
                raise self.fail(f"an equation is no argument of `{function.name}`", "sorts", token)
            return part.rhs
        term: Term = part
        return term

    def differentiated(self, function: Function, found: Scripts, token: Token) -> Any:
        """f'(x), the derivative by the one argument."""
        if found.sup is not None or self.token.kind != "open" or found.sub is not None and "_" not in function.name:
            raise self.fail(f"`{function.name}'` is read at an argument alone: write f'(x)", "no word", token)
        before, after = self.arguments()
        if after is not None or len(before) != 1 or not isinstance(before[0], Symbol):
            raise self.fail(
                f"there is no word for the derivative of `{function.name}` at what is no variable: write "
                "\\frac{\\partial}{\\partial x}", "no word", token,
            )  # fmt: skip
        made = self.made(lambda: function(before[0]), token)
        for _ in range(found.primes):
            made = self.made(_partial(made, before[0]), token)
        return self.scripted(made, token)

    def moment(self, word: str, style: str, found: Scripts, token: Token) -> Any:
        """E[X], E[X | Y = y], Var(X), Cov(X, Y); `E X` of one factor."""
        what, make = MOMENTS[word]
        if found.sub is not None:
            raise self.fail(f"there is no word for {what} with a subscript: declare the law of what is averaged",
                            "no word", found.at[0])  # fmt: skip
        if found.sup is not None:
            raise self.fail(f"{what} takes its power behind its bracket", "ambiguous", found.at[1])
        if self.token.kind != "open":
            if word == "Cov" or style == "" or not self.begins_factor():
                raise self.undeclared(Head(word), found, token)
            body = self.quantity(self.factor())
            if self.begins_factor() or self.token.text == "/":
                raise self.fail(
                    f"{what} is of one factor, and more stands beside it: write brackets", "ambiguous", token
                )
            return self.made(lambda: make(body), token)
        before, after = self.arguments()
        if word == "E" and style == "" and not any(map(random_members, before)):
            raise self.undeclared(Head(word), found, token)
        count = 2 if word == "Cov" else 1
        if len(before) != count or count == 2 and after is not None:
            raise self.fail(f"{what} is of {count} term(s)", "no word" if after else "sorts", token)
        if after is None:
            return self.scripted(self.made(lambda: make(*before), token), token)
        return self.scripted(self.made(lambda: make(*before, given=after), token), token)


def _postfix(spelling: str, term: Term) -> Callable[[], Term]:
    return lambda: shapes()["postfix", spelling].make(term)  # type: ignore[no-any-return]


def _partial(body: Term, variable: Term) -> Callable[[], Term]:
    return lambda: diff(body, variable)


def _density(name: DensityName, before: list[Any], after: list[Any]) -> Term:
    from derivations.terms.term import TermError

    count = len(name.parameters)
    if count:
        if tuple(after[-count:]) != name.parameters:
            said = ", ".join(map(str, name.parameters))
            raise TermError(f"the density {name.letter} depends on {said}: write it behind what is given")
        after = after[:-count]
    return density(name.letter, tuple(before), tuple(after), name.parameters)


__all__ = ["Applying", "Scripts"]
