"""What an exercise says beside its chains."""

import math

import pytest

from derivations import Pi, Sum, TermError, catalogue, definition, derive, exp, family, symbols
from derivations.sheets import building, compose, figures, latex, markdown, plan, python_definitions, text
from derivations.sheets.document import said_by
from derivations.writing import backup_diagram, curve, declared, erratum, in_python, plot, prose

from .examples import C, loaded, report, small_chain, x, y


def words(made) -> str:
    return text.paragraphs(compose.text(made), 1000)


# -- prose ------------------------------------------------------------------------------------
def test_formulas_are_set_from_terms():
    f = definition(x, y + 1)
    made = prose(
        "Let {f} and {C}; a brace is {{.\n\n  {g} (8)\n\nSee {r}.", f=f, C=declared(C), g=x + y, r=small_chain()
    )
    assert words(made) == "Let x := y + 1 and C > 0; a brace is {.\n\n    x + y   (8)\n\nSee (3)."


@pytest.mark.parametrize(
    ("template", "formulas", "message"),
    [
        ("a {b}", {}, r"mentions \{b\}"),
        ("a", {"b": x}, "does not occur"),
        ("a {", {}, "write a brace twice"),
    ],
)
def test_a_text_gets_the_formulas_that_it_mentions(template, formulas, message):
    with pytest.raises(TermError, match=message):
        prose(template, **formulas)


# -- errata -----------------------------------------------------------------------------------
def composed(**attributes):
    module = type("module", (), attributes)
    chain = small_chain()
    return compose.piece(loaded(chain).entry.source, [(loaded(chain), report(chain))], module)


def test_an_erratum_shows_the_model_that_refutes_the_source():
    wrong = derive(C + C).eq(3 * C).qed(C + C, "=", 3 * C)
    (slip,) = composed(ERRATA=(erratum("page 3", "It has a 3.", "It is a 2.", refuted=wrong),)).errata
    said = text.paragraphs(slip.evidence, 1000)
    assert said.startswith("It is a 2.\n\nThe equation C + C = 3 C is refuted: with C = ")


def test_an_erratum_that_is_not_borne_out_is_refused():
    right = derive(C + C).eq(2 * C).qed(C + C, "=", 2 * C)
    with pytest.raises(catalogue.CatalogueError, match=r"'page 3' is not borne out"):
        composed(ERRATA=(erratum("page 3", "a", "b", refuted=right),))


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        (
            {"PROBLEM": "Show it."},
            "PROBLEM is written `PROBLEM = prose(…)`, with `from derivations.writing import prose`",
        ),
        ({"FIGURES": "a plot"}, "FIGURES is written `FIGURES = (plot(…), backup_diagram(…), …)`, with "),
        ({"ERRATA": (prose("a slip"),)}, "ERRATA is written `ERRATA = (erratum(…), …)`, with "),
    ],
)
def test_what_a_file_says_beside_its_chains_is_asked_for_its_kind(attributes, message):
    with pytest.raises(catalogue.CatalogueError) as error:
        composed(**attributes)
    assert message in str(error.value)


def test_where_nobody_says_what_is_asked_it_is_what_the_chains_prove():
    chain = small_chain().qed(small_chain().start, "=", x * x - y)
    made = compose.piece(loaded(chain).entry.source, [(loaded(chain), report(chain))])
    assert text.paragraphs(made.problem.statement, 1000) == "Show that f(x) - y = x x - y."


# -- figures ------------------------------------------------------------------------------------
def test_the_points_of_a_curve_are_computed_from_its_term():
    made = figures.drawn(plot("c", "x", curve(exp(x) * y, x, [0, 1], "e", {y: 2})), compose.running)
    assert made.series[0].points == ((0.0, 2.0), (1.0, 5.43656))


@pytest.fixture(scope="module")
def pieces():
    """What the package gives to its sheet, unjudged."""
    found = {}
    packaged = catalogue.load_all()
    for one in plan.of_catalogue().wanted:
        group = [(chain, None) for chain in packaged if chain.entry.source.path == one.source.path]
        found[one.source.module] = compose.piece(one.source, group, building._module(one.source))
    return found


def test_the_figures_show_the_variances_and_the_bounds_that_are_proved(pieces):
    gradient, spread = pieces["attention.rescaling"].problem.figures
    size, upper, lower = (dict(series.points) for series in gradient.series)
    assert all(size[at] <= upper[at] for at in upper)
    assert all(lower[at] <= size[at] for at in lower)
    wide, narrow = (dict(series.points) for series in spread.series)
    assert all(wide[d] ** 2 == pytest.approx(2 * d, rel=1e-4) for d in wide)
    assert all(narrow[d] ** 2 == pytest.approx(2, rel=1e-4) for d in narrow)


def test_the_backup_diagrams_follow_the_bellman_equations(pieces):
    v, q = pieces["reinforcement_learning.bellman"].problem.figures
    assert [(level.kind, level.label.text) for level in v.levels] == [
        ("state", "v(s_t)"), ("action", "a_t"), ("state", "v(s_{t+1})"),
    ]  # fmt: skip
    assert [(level.kind, level.label.text) for level in q.levels] == [
        ("action", "q(s_t, a_t)"), ("state", "s_{t+1}"), ("action", "q(s_{t+1}, a_{t+1})"),
    ]  # fmt: skip


def test_a_backup_diagram_needs_an_equation():
    with pytest.raises(TermError, match="ends in qed"):
        backup_diagram("c", small_chain())


# -- definitions in Python ------------------------------------------------------------------------
def definitions():
    catalogue.load_all()
    for source in catalogue.sources():
        for one in getattr(building._module(source), "PYTHON", ()):
            yield pytest.param(one, id=one.function.__name__)


@pytest.mark.parametrize("one", list(definitions()))
def test_a_definition_in_python_means_what_its_formula_means(one):
    assert python_definitions.code(one).source.startswith("def ")


def one_more(x):
    return x + 1


def powers(theta_0, x):
    return theta_0 * x**2 * math.pi


def halved(x):
    return 2 * (x if x > 0 else 0)


def product(x, y):
    return math.log(x) * y


def to_base_three(x):
    return math.log(x, 3)


def looped(x):
    total = 0
    for _ in range(3):
        total += x
    return total


def tiny(x):
    return 1e-5 * x


def test_a_definition_that_means_something_else_is_told_with_the_point():
    with pytest.raises(TermError, match=r"one_more and `x - 1` differ: with x = .* the function gives"):
        python_definitions.code(in_python(one_more, x - 1, x=x))


def test_names_with_an_index_and_the_constants_of_math_are_set_as_in_formulas():
    theta_0 = symbols("theta_0")
    made = python_definitions.code(in_python(powers, theta_0 * x**2 * Pi, theta_0=theta_0, x=x))
    assert made.latex == r"\mathrm{powers}(\theta_0, x) = \theta_0 \cdot x^{2} \pi"


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (halved, "`x if x > 0 else 0` would lose its brackets: return the cases, with if and return"),
        (product, "the factor would read as a part of `math.log(x)`: put that one last"),
        (to_base_three, "`math.log(x, 3)` would read as the logarithm of a pair: write log(x) / log(base)"),
        (looped, "a loop has no formula: write a sum as sum"),
        (tiny, "`1e-05` would read as a product with e: write it as a quotient"),
    ],
    ids=lambda part: getattr(part, "__name__", None),
)
def test_what_latexify_would_set_as_something_else_is_refused(function, told):
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    with pytest.raises(TermError) as error:
        python_definitions.code(in_python(function, x, **dict.fromkeys(names, x)))
    assert told in str(error.value)


def test_the_parameters_must_be_named():
    with pytest.raises(TermError, match="takes a, b"):
        in_python(lambda a, b: a, x, a=x)


# -- the other formats ----------------------------------------------------------------------------
def sheet():
    n, k = symbols("n k", integer=True, positive=True)
    figure = plot("caption", prose("{x}", x=x), curve(exp(x), x, [0, 1], "rising"))
    piece = composed(
        PROBLEM=prose("Show {p}.", p=said_by(small_chain().given[0])),
        REMARK=prose("100 % of it."),
        FIGURES=(figure,),
        ERRATA=(erratum("p. 3", "wrong", "see"),),
        PYTHON=(in_python(total, Sum(family("a", n)[k], (k, 1, n)), a=family("a", n), n=n),),
    )
    return compose.assembled("Sheet", [("Examples", piece)], author="A. Author", date="today")


def total(a, n):
    return sum(a[k] for k in range(1, n + 1))


def test_markdown():
    made = markdown.render(sheet())
    assert made.startswith(
        "# Sheet\n\nA. Author\n\ntoday\n\n## Examples\n\n### 2030, Exercise 1.1: an example\n\nShow $f(x)"
    )
    assert "$$\n\\begin{aligned}\nf(x) - y &= x^2 - y \\\\\n&= x x - y && \\text{(3)}\n\\end{aligned}\n$$" in made
    assert "```python\ndef total(a, n):" in made
    assert "| $x$ | 0 | 1 |\n|---|---|---|\n| rising | 1 | 2.72 |" in made


def test_text():
    made = text.render(sheet())
    assert "Show f(x) = x²." in made
    assert "  x       0  1\n  rising  1  2.72" in made
    assert "Errata\n------\n\np. 3. wrong\n  Evidence. see" in made


def test_latex():
    made = latex.render(sheet())
    assert r"\\[4pt] \large A. Author \quad today\end{center}" in made
    assert r"\addlegendentry{rising}" in made
    assert r"\textbf{p. 3.} wrong \emph{Evidence.} see" in made


def test_one_chain_as_latex_needs_no_macros_of_ours():
    from derivations.sheets import document

    chain = document.chain(loaded(small_chain()))
    assert latex.render_chain(chain, "2030") == (
        "% example (2030)\nGiven $f(x) = x^2$ for all $x$; $C > 0$.\n\\begin{align*}\n"
        "  f(x) - y &= x^2 - y && \\text{$f(x) = x^2$} \\\\\n  &= x x - y \\tag{3}\n\\end{align*}\n"
    )
