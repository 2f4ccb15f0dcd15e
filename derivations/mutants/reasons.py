"""The edits of what a link rests on: a hypothesis, a declaration or a reason is taken away."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from derivations.derivation import Derivation, reason_name
from derivations.kernel.reasons import FreeVariable, Rule, Step
from derivations.kernel.report import Certificate
from derivations.records import record
from derivations.replay.serial import decode, encode
from derivations.rules import rules
from derivations.terms.symbols import Domain, Symbol
from derivations.terms.term import TermError


@record(frozen=True)
class ReasonEdit:
    """A link without something it may need.

    kind:    "hypothesis", "condition" (what a symbol was declared to be), or "citation"
    dropped: the name under which a certificate would quote what is gone
    """

    kind: str
    text: str
    dropped: tuple[str, ...]
    given: tuple[Any, ...]
    step: Step

    def uses_what_was_dropped(self, certificate: Certificate) -> bool:
        """Whether a certificate quotes what is no longer there."""
        from derivations.kernel.link import names_used

        return bool(names_used(certificate) & set(self.dropped))


def reason_edits(derivation: Derivation, step: Step) -> Iterator[ReasonEdit]:
    """Every way to take something away from a link."""
    yield from _without_hypothesis(derivation, step)
    yield from _undeclared(derivation, step)
    yield from _wrong_citations(derivation, step)


def _without_hypothesis(derivation: Derivation, step: Step) -> Iterator[ReasonEdit]:
    for gone in derivation.given:
        name = reason_name(gone)
        given = tuple(g for g in derivation.given if g is not gone)
        yield ReasonEdit("hypothesis", f"without {name}", (name,), given, step)
        reasons = tuple(r for r in step.reasons if r is not gone)
        if len(reasons) < len(step.reasons):
            text = f"without {name}, which is not cited either"
            yield ReasonEdit("hypothesis", text, (name,), given, replace(step, reasons=reasons))


def _undeclared(derivation: Derivation, step: Step) -> Iterator[ReasonEdit]:
    """A symbol that is declared to be no more than a number, or an integer."""
    own = (step.link, *(r for r in step.reasons if not isinstance(r, Derivation)))
    data = encode((step.link, step.reasons, derivation.given))
    for symbol in _symbols(encode(own)):
        domain = symbol.domain
        plain = Domain("integer" if domain.kind == "integer" else "real")
        if domain == plain or domain.kind not in ("integer", "real"):
            continue
        facts = tuple(f"{fact} (declared)" for fact in domain.facts(symbol))
        new = Symbol(symbol.name, plain, symbol.tag)
        results = {reason_name(r): r for r in (*step.reasons, *derivation.given) if isinstance(r, Derivation)}
        try:
            link, reasons, given = decode(_exchanged(data, encode(symbol), encode(new)), results)
        except (TermError, ValueError):
            continue
        yield ReasonEdit("condition", f"`{symbol}` is declared without {' and '.join(facts)}", facts, given,
                         replace(step, link=link, reasons=reasons))  # fmt: skip


def _symbols(data: Any) -> list[Symbol]:
    """The plain symbols in what was encoded, those of the sizes of families included, in the order of their names."""
    found: dict[str, Symbol] = {}
    pending = [data]
    while pending:
        part = pending.pop()
        if isinstance(part, list):
            pending += part
        elif isinstance(part, dict):
            if part.get("is") == "Symbol":
                symbol = decode(part)
                found[repr(part)] = symbol
            pending += part.values()
    return [found[key] for key in sorted(found)]


def _exchanged(data: Any, old: Any, new: Any) -> Any:
    if data == old:
        return new
    if isinstance(data, list):
        return [_exchanged(part, old, new) for part in data]
    if isinstance(data, dict):
        return {key: _exchanged(part, old, new) for key, part in data.items()}
    return data


def _wrong_citations(derivation: Derivation, step: Step) -> Iterator[ReasonEdit]:
    """A reason left out; another rule, or another of the givens, in its place."""
    for gone in step.reasons:
        others = tuple(r for r in step.reasons if r is not gone)
        name = reason_name(gone)
        yield ReasonEdit("citation", f"{name} is not cited", (name,), derivation.given, replace(step, reasons=others))
        for wrong in _wrong(gone, derivation, step):
            text = f"{reason_name(wrong)} for {name}"
            yield ReasonEdit("citation", text, (name,), derivation.given, replace(step, reasons=(*others, wrong)))
    if not step.reasons:
        for wrong in list(rules().values())[:1]:
            yield ReasonEdit("citation", f"{wrong.name}, where none is needed", (), derivation.given,
                             replace(step, reasons=(wrong,)))  # fmt: skip


def _wrong(gone: Any, derivation: Derivation, step: Step) -> Iterator[Any]:
    names = sorted(rules())
    if isinstance(gone, Rule):
        start = bisect_left(names, gone.name)
        near = [rules()[names[(start + n) % len(names)]] for n in (1, 2)]
        yield from (rule for rule in near if rule not in step.reasons)
    elif not isinstance(gone, FreeVariable):
        yield from [g for g in derivation.given if g not in step.reasons][:1]
        yield rules()["linearity-of-expectation"]


__all__ = ["ReasonEdit", "reason_edits"]
