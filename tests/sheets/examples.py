"""Chains and reports made by hand, so that what is shown can be tested without judging anything."""

from __future__ import annotations

from pathlib import Path

from derivations import Sum, Var, derive, function, hypothesis, random_family, standard_gaussians, symbols
from derivations.catalogue import Entry, Loaded, Source
from derivations.derivation import Derivation
from derivations.kernel.report import Finding, Report, Reproduction, StepReport, Verdict, Witness

C = symbols("C", positive=True)
x, y = symbols("x y")
d_k, t = symbols("d_k t", integer=True, positive=True)
q = random_family("q", d_k)
f = function("f")

SQUARE = hypothesis(f(x), "=", x**2, for_all=x)

PROVED = Finding(Verdict.PROVED)


def small_chain() -> Derivation:
    """f(x) − y = x² − y = (…)…, in two links."""
    return derive(f(x) - y, given=[SQUARE, C > 0]).eq(x**2 - y, by=SQUARE).eq(x * x - y, tag="3")


def variance_chain() -> Derivation:
    """The variance of a sum of Gaussians over C, with a factor too many."""
    start = Var(Sum(q[t], (t, 1, d_k)) / C)
    return derive(start, given=[standard_gaussians(q)]).eq(d_k**2 / C**2).qed(start, "=", d_k**2 / C**2)


def report(chain: Derivation, findings: list[Finding] | None = None, **changes: object) -> Report:
    """A report in which each link has the finding given for it; all are proved if none is given."""
    found = findings or [PROVED] * len(chain.steps)
    steps = tuple(
        StepReport(
            number,
            step.equation,
            step.link,
            ("some-rule",),
            tuple(step.reasons),
            step.place,
            finding,
            finding.verdict,
            Witness((("d_k", "2"), ("C", "1")), "2", "4") if finding.verdict is Verdict.REFUTED else None,
            Reproduction("doit") if finding.verdict is Verdict.PROVED else None,
        )
        for number, (step, finding) in enumerate(zip(chain.steps, found, strict=True), 1)
    )
    worst = min((f.verdict for f in found), key=[Verdict.REFUTED, Verdict.OPEN, Verdict.PROVED].index)
    fields = {
        "name": chain.name or "example",
        "exercise": "2030, Exercise 1.1",
        "place": chain.place,
        "verdict": worst,
        "given": chain.given,
        "rests_on": ("standard Gaussians",),
        "steps": steps,
        "stated": chain.statement,
        "matches_stated": None if chain.statement is None else True,
    }
    return Report(**{**fields, **changes})  # type: ignore[arg-type]


def loaded(chain: Derivation, name: str = "example", title: str = "an example", prose: str = "") -> Loaded:
    """A chain as the catalogue would hand it over."""
    return Loaded(
        Entry(name, name, Source(Path("example.py"), "", "Examples", "2030, Exercise 1.1", title, prose)), chain
    )
