"""Equations between matrices, used together: what follows from them by multiplying, adding and cancelling.

Each relation is `word → rest`: N P = I and P N = I for N = P⁻¹ of a sum P, and the equations that were
cited. They are completed for a while, as Knuth and Bendix (and Buchberger, in free algebras: Mora 1994)
complete rules: where two words overlap, both ways of rewriting must give the same. Whatever is done, each
new relation is a consequence of the ones before it, for all sizes; so a difference that comes to 0 is 0.
An invertible factor on the outside of all that is left may be multiplied away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derivations.algebra.ring import Ratio, Ring
from derivations.algebra.words import (
    Letter,
    Word,
    flipped,
    generator,
    has,
    letter,
    product,
    reduced,
    transposed,
    unit,
    word_of,
)
from derivations.records import record
from derivations.terms.linear_algebra import Identity, Trace
from derivations.terms.matrices import is_square
from derivations.terms.matrix_properties import Idempotent, Orthogonal

_MOST_RULES = 40
_MOST_PAIRS = 160
_LONGEST = 14
_DEEPEST = 4  # factors multiplied away
_PATIENCE = 200  # rewritings of one quantity


@record(frozen=True, eq=False)
class Oriented:
    """word = rest, where the word is the largest of all."""

    word: Word
    rest: Ratio


def vanishes(s: Ring, difference: Ratio, equations: Sequence[Ratio] = ()) -> bool:
    """Whether the difference is shown to be 0 by what inverses of sums are, and by the equations `… = 0`."""
    if s.is_zero(difference):
        return True
    system = System(s)
    for equation in equations:
        system.assume(equation)
    letters = _letters(s, difference)
    system.alphabet |= letters
    if not system.rules and not any(one[0] in s.sums or has(s, one[0], Idempotent) for one in letters):
        if not any(one[2] for one in letters):
            return False
    for g in sorted({one[0] for one in system.alphabet if one[2] and one[0] in s.sums}):
        system.invert(g)
    if system.multiplied_away(system.reduce(difference)):
        return True
    system.complete()
    return system.multiplied_away(system.reduce(difference))


def _letters(s: Ring, ratio: Ratio) -> set[Letter]:
    """All letters of the words in it, those of numbers and of sums that are inverted included."""
    found: set[Letter] = set()
    low = s.lowest(ratio)
    pending = [g for g, n in enumerate(low.num.degrees() if low.num else ()) if n]
    seen: set[int] = set()
    while pending:
        g = pending.pop()
        if g in seen:
            continue
        seen.add(g)
        if s.atoms[g].shape or g in s.words:
            for one in word_of(s, g):
                found.add(one)
                if one[0] in s.sums:
                    pending += [h for h, n in enumerate(s.sums[one[0]].num.degrees()) if n]
    return found


class System:
    """Relations between words, and what they make of a quantity."""

    def __init__(self, s: Ring) -> None:
        self.s = s
        self.rules: list[Oriented] = []
        self.alphabet: set[Letter] = set()

    # -- relations -------------------------------------------------------------------
    def assume(self, equation: Ratio) -> None:
        """equation = 0, and its transpose."""
        self.alphabet |= _letters(self.s, equation)
        self.add(equation)
        self.add(transposed(self.s, equation))

    def invert(self, g: int) -> None:
        """N P = P N = I, and the same transposed."""
        s, inside = self.s, self.s.sums[g]
        self.alphabet |= _letters(s, inside)
        one = unit(s, s.atoms[g].shape[0])
        for turned in (False, True):
            whole = transposed(s, inside) if turned else inside
            inverse = s.gen(generator(s, (letter(s, g, turned, True),)))
            self.add(product(s, inverse, whole) - one)
            self.add(product(s, whole, inverse) - one)

    def add(self, relation: Ratio) -> bool:
        """Orient a relation by its largest word, if the coefficient of that is known not to be 0."""
        s = self.s
        left = self.reduce(relation)
        parts = sorted(s.linear_parts(left), key=lambda part: self._rank(part[0]), reverse=True)
        if not parts or len(self.rules) >= _MOST_RULES:
            return False
        g, factor = parts[0]
        word = self._word(g)
        if not word or len(word) > _LONGEST or s.number_of(factor) is None and not s.nonzero(factor):
            return False
        self.rules.append(Oriented(word, s.gen(g) - left / factor))
        return True

    def _word(self, g: int) -> Word:
        return () if isinstance(self.s.atoms[g], Identity) else word_of(self.s, g)

    def _rank(self, g: int) -> tuple[int, int, Word]:
        """Longer words are larger; of one length, those with inverses of sums."""
        word = self._word(g)
        return len(word), sum(one[0] in self.s.sums for one in word), word

    # -- completing -------------------------------------------------------------------
    def complete(self) -> None:
        """New relations from overlaps, the shortest first, until there are none or patience ends."""
        done: set[tuple[int, int, int]] = set()
        sided: set[int] = set()
        for _ in range(_MOST_PAIRS):
            pair = min(self._overlaps(done), default=None, key=lambda found: found[0])
            if pair is not None:
                _, i, j, k = pair
                done.add((i, j, k))
                self.add(self._overlapped(self.rules[i], self.rules[j], k))
                continue
            fresh = next((n for n in range(len(self.rules)) if n not in sided), None)
            if fresh is None:
                return
            sided.add(fresh)
            for new in list(self._beside(self.rules[fresh])):
                self.add(new)

    def _overlaps(self, done: set[tuple[int, int, int]]) -> Iterator[tuple[int, int, int, int]]:
        for i, first in enumerate(self.rules):
            for j, second in enumerate(self.rules):
                for k in range(1, min(len(first.word), len(second.word))):
                    if (i, j, k) not in done and first.word[-k:] == second.word[:k]:
                        yield len(first.word) + len(second.word) - k, i, j, k

    def _overlapped(self, first: Oriented, second: Oriented, k: int) -> Ratio:
        s = self.s
        s.spend(5)
        after = s.gen(generator(s, second.word[k:]))
        before = s.gen(generator(s, first.word[:-k]))
        return product(s, first.rest, after) - product(s, before, second.rest)

    def _beside(self, rule: Oriented) -> Iterator[Ratio]:
        """The relation, multiplied by the inverse of its first or last letter, or by what is idempotent there."""
        s = self.s
        relation = s.gen(generator(s, rule.word)) - rule.rest
        for at_left, one in ((True, rule.word[0]), (False, rule.word[-1])):
            for other in self._undoing(one):
                factor = s.gen(generator(s, (other,)))
                yield product(s, factor, relation) if at_left else product(s, relation, factor)

    def _undoing(self, one: Letter) -> Iterator[Letter]:
        """Letters of the alphabet that multiply with it to less than two letters."""
        g, turned, inverted = one
        if not is_square(self.s.atoms[g]) or g in self.s.sums and inverted:
            return
        opposite = letter(self.s, g, turned, not inverted)
        if opposite in self.alphabet:
            yield opposite
        elif has(self.s, g, Orthogonal):
            yield letter(self.s, g, not turned, False)
        if has(self.s, g, Idempotent) and not inverted:
            yield one

    # -- reducing ----------------------------------------------------------------------
    def reduce(self, ratio: Ratio) -> Ratio:
        """Rewrite words, and the words inside numbers, by the rules."""
        for _ in range(_PATIENCE):
            changed = self._step(ratio)
            if changed is None:
                return ratio
            self.s.spend(1)
            ratio = changed
        return ratio

    def _step(self, ratio: Ratio) -> Ratio | None:
        s = self.s
        low = s.lowest(ratio)
        for g, n in enumerate(low.num.degrees() if low.num else ()):
            if n and (s.atoms[g].shape or g in s.words):
                changed = self._rewritten(g)
                if changed is not None:
                    return self._exchanged(low, g, changed)
        return None

    def _exchanged(self, low: Ratio, g: int, value: Ratio) -> Ratio:
        """low with its generator g replaced."""
        s, total = self.s, self.s.zero
        for exponents, coefficient in low.num.terms():
            left = [int(n) for n in exponents]
            n, left[g] = left[g], 0
            term = Ratio(s.monomial(left).num * coefficient, s.one)
            total = total + (term * value.power(n) if n else term)
        return total / Ratio(low.den, s.one)

    def _rewritten(self, g: int) -> Ratio | None:
        s = self.s
        if isinstance(s.atoms[g], Identity):
            return None
        word = word_of(s, g)
        turns = 1
        if isinstance(s.atoms[g], Trace):
            turns = len(word)
        for turn in range(turns):
            turned = word[turn:] + word[:turn]
            for form in (turned, flipped(s, turned)) if not s.atoms[g].shape else (turned,):
                found = self._once(form)
                if found is not None:
                    return self._closed(g, *found)
        return None

    def _once(self, word: Word) -> tuple[Word, Ratio, Word] | None:
        for rule in self.rules:
            n = len(rule.word)
            for start in range(len(word) - n + 1):
                if word[start : start + n] == rule.word:
                    return word[:start], rule.rest, word[start + n :]
        return None

    def _closed(self, g: int, before: Word, rest: Ratio, after: Word) -> Ratio:
        """before · rest · after, as what the generator is: a word, a number uᵀ…v, or a trace."""
        from derivations.algebra.matrices import trace_of

        s = self.s
        total = s.zero
        for h, factor in s.linear_parts(rest):
            middle = self._word(h)
            letters = (*before, *middle, *after)
            if isinstance(s.atoms[g], Trace):
                size = None if letters else s.atoms[h].shape[0]
                made = trace_of(s, reduced(s, letters, size))
            else:
                made = reduced(s, letters, s.atoms[h].shape[0] if not letters else None)
            total = total + factor * made
        return total

    # -- multiplying away ------------------------------------------------------------------
    def multiplied_away(self, difference: Ratio, depth: int = 0) -> bool:
        """Whether it is 0, perhaps after it is multiplied by an invertible matrix that stands inverted outside."""
        s = self.s
        left = s.lowest(difference)
        if s.is_zero(left):
            return True
        if (
            depth >= _DEEPEST
            or not all(s.atoms[g].shape for g, _ in self._shaped(left))
            or not list(self._shaped(left))
        ):
            return False
        ends = {(True, self._word(g)[0]) for g, _ in self._shaped(left) if self._word(g)}
        ends |= {(False, self._word(g)[-1]) for g, _ in self._shaped(left) if self._word(g)}
        for at_left, one in sorted(ends):
            if not one[2]:
                continue
            factor = s.gen(one[0]) if one[0] not in s.sums else s.sums[one[0]]
            factor = transposed(s, factor) if one[1] else factor
            made = product(s, factor, left) if at_left else product(s, left, factor)
            if self.multiplied_away(self.reduce(made), depth + 1):
                return True
        return False

    def _shaped(self, ratio: Ratio) -> list[tuple[int, Ratio]]:
        s = self.s
        low = s.lowest(ratio)
        shaped = any(n and s.atoms[g].shape for g, n in enumerate(low.num.degrees() if low.num else ()))
        return list(s.linear_parts(low)) if shaped else []


__all__ = ["Oriented", "System", "vanishes"]
