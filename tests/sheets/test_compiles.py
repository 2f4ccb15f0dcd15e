"""LaTeX sets every variant of the packaged sheet, and of one that makes it hard, without a complaint."""

import pytest

from derivations import Eq, Sum, derive, diff, exp, function, hypothesis, oo, symbols
from derivations.checking import check_all
from derivations.sheets import building, compose, latex, pdf, plan
from derivations.sheets.model import VARIANTS
from derivations.writing import backup_diagram, curve, erratum, plot, prose

from .examples import C, loaded, report, small_chain, variance_chain

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(not pdf.available(), reason="no latexmk with pdflatex here: no sheet is compiled"),
]

SPECIAL = r"50 % of a_b & {c} cost $3 #1 ~x^2 \ <θ| “q” ≤ ᵀ é 漢 § `a` and a_name_that_is_long_without_a_space"


def complaints(sheet, tmp_path) -> list[str]:
    tex = tmp_path / "sheet.tex"
    tex.write_text(latex.render(sheet), "utf-8")
    return pdf.complaints(tex)


@pytest.fixture(scope="module")
def pieces():
    chosen = plan.of_catalogue()

    def judge(found):
        return list(zip(found, check_all((one.derivation for one in found), reproduce=False), strict=True))

    return chosen, building.pieces(chosen, judge, reproduce=False, keep=False)


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_packaged_sheet(pieces, variant, tmp_path):
    chosen, found = pieces
    assert complaints(building.sheet("Revision", found, chosen, variant), tmp_path) == []


def wide_chain():
    T, n, k = symbols("T"), symbols("n", integer=True, positive=True), symbols("k", integer=True)
    f = function("f")
    term = diff(exp(T / C) / (exp(T / C) + exp(-T / C) + exp(2 * T / C)), T)
    given = hypothesis(f(T), "=", Sum(term * term * term, (k, 1, n)) / (term + term + term), for_all=T)
    wide = term * term * term
    return derive(term, given=[given]).eq(term + term + term - term - term).tends_to(wide, T, oo).eq(wide, by=given)


def long_chain():
    chain = small_chain()
    for _ in range(30):
        chain = chain.eq(chain.end + 1).eq(chain.end)
    return chain


@pytest.mark.parametrize("variant", ["solutions", "hints"])
def test_a_hard_sheet(variant, tmp_path):
    equation = derive(C + C).eq(2 * C).qed(C + C, "=", 2 * C)
    escaped = SPECIAL.replace("{", "{{").replace("}", "}}")
    module = type("module", (), {
        "PROBLEM": prose(f"{escaped} {{wide}} {{wide}}\n\n{{wide}} (12)", wide=Eq(wide_chain().end, wide_chain().end)),
        "REMARK": prose(escaped),
        "ERRATA": (erratum(SPECIAL, escaped, escaped),),
        "FIGURES": (plot(escaped, escaped, curve(C, C, [1, 2], escaped)), backup_diagram(escaped, equation)),
        "POINTS": SPECIAL,
    })  # fmt: skip
    chains = [small_chain(), variance_chain(), wide_chain(), long_chain()]
    checked = [(loaded(c, f"chain_{n}", SPECIAL), report(c)) for n, c in enumerate(chains)]
    piece = compose.piece(checked[0][0].entry.source, checked, module)
    sheet = compose.assembled(SPECIAL, [(SPECIAL, piece)], author=SPECIAL, date=SPECIAL, variant=variant)
    assert complaints(sheet, tmp_path) == []
