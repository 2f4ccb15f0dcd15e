"""What came out of a check: plain frozen data. Renderers only read it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from derivations.kernel.reasons import Place
from derivations.records import record
from derivations.terms.relations import Relation
from derivations.terms.term import Term


class Verdict(StrEnum):
    """What became of a link; a chain is never better than its worst link."""

    PROVED = "PROVED"
    REFUTED = "REFUTED"
    OPEN = "OPEN"


@record(frozen=True)
class Condition:
    """A side condition: the proposition, where it came from, and by what it was discharged (None: not)."""

    statement: Term
    origin: str
    discharged_by: tuple[str, ...] | None


@record(frozen=True)
class Rewrite:
    """One application of a reason: at this path of that side, `before` became `after`."""

    reason: str
    side: str
    path: tuple[int, ...]
    before: Term
    after: Term
    conditions: tuple[Condition, ...] = ()


@record(frozen=True)
class Multiple:
    """`factor · (lhs − rhs)` of an equation, as a cited reason states it."""

    reason: str
    equation: Relation
    factor: Term


@record(frozen=True)
class Certificate:
    """How a link was proved: the rewriting of both sides, and what closed the gap.

    closing: "plain-algebra" for a zero difference of normal forms, else the
             name of the rule that closed it
    grounds: the hypotheses that the closing rested on
    multiples, scale: where equations were used together, `scale · (lhs − rhs) = Σ multiples`
    """

    rewrites: tuple[Rewrite, ...]
    closing: str
    conditions: tuple[Condition, ...]
    cases: tuple[tuple[str, Certificate], ...] = ()
    grounds: tuple[str, ...] = ()
    multiples: tuple[Multiple, ...] = ()
    scale: Term | None = None


@record(frozen=True)
class Witness:
    """A model in which the hypotheses hold and the link is false.

    values: what was chosen, as (name, value) in plain text
    left, right: the worth of both sides, exact or as a certified ball
    """

    values: tuple[tuple[str, str], ...]
    left: str
    right: str


@record(frozen=True)
class Finding:
    """What the kernel says of one link.

    problem: for an open link, the message in plain words; empty if proved
    tries:   what the author might do next
    residual: what is left of lhs − rhs after normalisation
    holds:    open only for a formal reason: the sides agree wherever both are defined
    idle:     of a proved link: the reasons that were cited and not needed
    fault:    the kernel found a proof of what is false in a model: an error of the engine's own
    """

    verdict: Verdict
    certificate: Certificate | None = None
    conditions: tuple[Condition, ...] = ()
    residual: Term | None = None
    problem: str = ""
    tries: tuple[str, ...] = ()
    holds: bool = False
    idle: tuple[str, ...] = ()
    fault: bool = False

    @property
    def notes(self) -> tuple[str, ...]:
        """What is remarked of a link that is proved: it fails only under --strict."""
        if not self.idle or self.certificate is None:
            return ()
        verb = "was" if len(self.idle) == 1 else "were"
        idle = f"{', '.join(f'`{name}`' for name in self.idle)} {verb} not needed"
        alone = not self.certificate.rewrites and not self.certificate.cases
        return (f"holds by {self.certificate.closing.replace('-', ' ')}; {idle}" if alone else idle,)


@record(frozen=True)
class Reproduction:
    """What SymPy made of the same link.

    operation: the SymPy operation that arrived at the right side, None if
               SymPy has no word for the step or did not arrive
    disputed:  SymPy arrived at something that it calls different
    """

    operation: str | None = None
    disputed: bool = False
    note: str = ""


@record(frozen=True)
class StepReport:
    """One judged link. `by` names its reasons, `finding` says how it was judged.

    whole: at the last link, a model in which the chain's statement is false
    """

    number: int
    equation: str | None
    link: Relation
    by: tuple[str, ...]
    reasons: tuple[Any, ...]
    place: Place
    finding: Finding
    verdict: Verdict
    witness: Witness | None = None
    reproduction: Reproduction | None = None
    seconds: float = 0.0
    whole: Witness | None = None

    @property
    def disputed(self) -> bool:
        """SymPy arrives at something else."""
        return self.reproduction is not None and self.reproduction.disputed


@record(frozen=True)
class Report:
    """One checked derivation. `problems` are wrong with the chain as a whole; `notes` say how it was read."""

    name: str
    exercise: str
    place: Place
    verdict: Verdict
    given: tuple[Any, ...]
    rests_on: tuple[str, ...]
    steps: tuple[StepReport, ...]
    stated: Relation | None = None
    matches_stated: bool | None = None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def fault(self) -> bool:
        """The engine contradicts itself: what its kernel proves is false in a model."""
        return any(step.finding.fault or step.whole is not None for step in self.steps)

    def __str__(self) -> str:
        from derivations.exploring.showing import text

        return text(self)

    __repr__ = __str__

    def __bool__(self) -> bool:
        """Every link is proved, they prove the statement, and SymPy arrives nowhere else."""
        return self.verdict is Verdict.PROVED and not any(step.disputed for step in self.steps)
