"""The statements of the rules, as a terminal shows them."""

from __future__ import annotations

import pytest

from derivations.rules import rules
from derivations.sheets.unicode import prose, unicode


@pytest.mark.parametrize(
    "latex, shown",
    [
        (r"\mathbb{V}[cu + b] = c^2\,\mathbb{V}[u]", "Var[cu + b] = c² Var[u]"),
        (r"\partial\frac{u}{v} = \frac{v\,\partial u - u\,\partial v}{v^2}", "∂(u/v) = (v ∂u - u ∂v)/v²"),
        (r"\log\frac{u}{v} = \log u - \log v, \quad \log(uv) = 0", "log(u/v) = log u - log v,   log(uv) = 0"),
        (r"\sum_{i=a}^{b} f_{i,j} = \sum_{k=1}^{b-a+1} f(k)", "Σ_{i=a}^{b} f_ij = Σ_{k=1}^{b-a+1} f(k)"),
        (r"\int_{\mathcal{C}} p(c \mid b)\, f(c) \, dc", "∫_C p(c | b) f(c) dc"),
        (r"e^{x+y} \neq e^x, \text{ where } x^{n-1} \geq 0", "e^(x+y) ≠ e^x, where xⁿ⁻¹ ≥ 0"),
        (r"\mathbb{E}\big[\theta^\top v\big] \to \sqrt{u + v}", "E[θᵀ v] → √(u + v)"),
    ],
)
def test_formulas(latex, shown):
    assert unicode(latex) == shown


def test_no_rule_shows_any_latex():
    for rule in rules().values():
        said = [unicode(rule.statement), unicode(rule.conditions), prose(rule.source)]
        assert not any("\\" in text or "$" in text or "  " in text.replace("   ", "") for text in said), said
