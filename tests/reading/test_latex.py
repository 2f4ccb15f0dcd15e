"""Terms from LaTeX: what formulas are read as, and what is refused."""

import contextlib
import random
from collections.abc import Iterator

import matrix_terms
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import attempt, terms

from derivations import (
    Cov,
    E,
    Eq,
    Integral,
    Ne,
    Pr,
    Prod,
    Sum,
    TermError,
    Var,
    catalogue,
    cos,
    diff,
    e,
    evaluated,
    exp,
    family,
    floor,
    function,
    latex,
    limit,
    log,
    matrix,
    oo,
    random_family,
    random_variable,
    sin,
    symbols,
    vector,
    vector_function,
)
from derivations.exercises.reinforcement_learning.markov_decision_process import process
from derivations.reading.notation import Notation
from derivations.reading.unread import Unread
from derivations.terms.arithmetic import Add, Div, Mul, Sub, is_literal, literal
from derivations.terms.special import beta_function, gamma_function
from derivations.terms.term import Term

x, y, z, a, b, mu, C, T = symbols("x y z a b mu C T")
n, d_k = symbols("n d_k", integer=True, positive=True)
i, j = symbols("i j", integer=True, lower=1, upper=n)
X, Y = random_variable("X"), random_variable("Y")
q, k = random_family("q", n, d_k), random_family("k", n, d_k)
m = symbols("m", integer=True)
NAMES = {
    "x": x, "y": y, "z": z, "a": a, "b": b, "mu": mu, "C": C, "T": T, "n": n, "d_k": d_k, "i": i, "j": j,
    "X": X, "Y": Y, "betahat_1": symbols("betahat_1"), "varepsilon": symbols("varepsilon"),
    "q": q, "k": k, "c": family("c", n), "theta": vector("theta", d_k),
    "Q": matrix("Q", q), "K": matrix("K", k),
    "f": function("f", smooth=True), "g": function("g"), "g_1": function("g_1"), "h": function("h"),
    "mu[]": family("mu", n), "pi": function("pi", bar=1),
    r"\mathbf{x}": vector_function("x", n),
}  # fmt: skip
PLAIN = {name: thing for name, thing in NAMES.items() if name != "pi"}
PROCESS = Notation.of(process)


def read(source: str, notation: object = PLAIN) -> Term:
    return latex(source, notation)


# -- what is read ---------------------------------------------------------------------------
READINGS = [
    (r"\frac{1}{1+e^{-z}}", "1/(1 + e^(-z))"),
    (r"\dfrac12 x", "1/2 x"),
    (r"2\pi x", "2 π x"),
    (r"x^2y", "x² y"),
    (r"-x^2", "-x²"),
    (r"a - b - x", "a - b - x"),
    (r"a - (b - x)", "a - (b - x)"),
    (r"a/b \cdot x", "a/b x"),
    (r"x \cdot -2 y + z", "x (-2) y + z"),
    (r"\sum_{i=1}^n -2 c_i + x", "Σ_{i=1}^{n} (-2 c_i) + x"),
    (r"\left[x \log(b - a)\right]_a^b", "[x log(b - a)]_{x=a}^{b}"),
    (r"h(x | y)", "h(x | y)"),
    (r"\mu_1 - \mu", "μ_1 - μ"),
    (r"x \, (1-y) \; .", "x (1 - y)"),
    (r"10\,000 + 0.50", "10000 + 0.50"),
    (r"\left(1+\frac{1}{n}\right)^n", "(1 + 1/n)^n"),
    (r"\bigl(a+b\bigr)\Bigl[a-b\Bigr]", "(a + b) (a - b)"),
    (r"{a}^{2} {b}", "a² b"),
    (r"\sqrt{x^2} \exp[-x]", "√(x²) exp(-x)"),
    (r"\log x + y", "log x + y"),
    (r"\mathrm{log}(x) \, (y + 1)", "(log x) (y + 1)"),
    (r"E[X Y] - \hat{\beta}_1 \varepsilon", "E[X Y] - β̂_1 varepsilon"),
    (r"\ln \frac{a}{b}", "log(a/b)"),
    (r"\log \sum_{i=1}^n c_i", "log(Σ_{i=1}^{n} c_i)"),
    (r"\sin x \cos y", "sin(x) cos(y)"),
    (r"\sin^2 x", "sin(x)²"),
    (r"f(x) g(y)", "f(x) g(y)"),
    (r"a(x + y)", "a (x + y)"),
    (r"f(x)^2", "f(x)²"),
    (r"f'(x)", "∂/∂x f(x)"),
    (r"g_1'(x)", "∂/∂x g_1(x)"),
    (r"f''(x)", "∂/∂x ∂/∂x f(x)"),
    (r"|x| + 2|y|", "|x| + 2 |y|"),
    (r"\left| x \right| y \lvert z \rvert", "|x| y |z|"),
    (r"\sum_{i=1}^{n} c_i^2 + x", "Σ_{i=1}^{n} c_i² + x"),
    (r"\sum_{i,j} q_{ij}", "Σ_{i=1}^{n} Σ_{j=1}^{n} q_ij"),
    (r"\sum_{i,j=1}^{n} c_i c_j", "Σ_{i=1}^{n} Σ_{j=1}^{n} c_i c_j"),
    (r"\sum_{i \neq j} c_i", "Σ_{i=1}^{n} Σ_{j=1}^{n} (1 - δ_ij) c_i"),
    (r"\sum_{m=0}^\infty \frac{x^m}{2^m}", "Σ_{m=0}^{∞} x^m/2^m"),
    (r"\frac{\partial}{\partial x} f(x) y", "∂/∂x f(x) y"),
    (r"\frac{\mathrm{d} f(x)}{\mathrm{d} x}", "∂/∂x f(x)"),
    (r"\frac{\partial^2}{\partial x \partial y} x y^2", "∂/∂x ∂/∂y x y²"),
    (r"\partial_x x^2", "∂/∂x x²"),
    (r"\nabla_\theta \theta_1", "∇_θ θ_1"),
    (r"\lim_{T \to \infty} \frac{T}{C} \exp(-T)", "lim_{T→∞} T/C exp(-T)"),
    (r"\int_0^\infty x e^{-x} \, \mathrm{d}x", "∫_{0}^{∞} x e^(-x) dx"),
    (r"\int_{\mathbb{R}} x + 1 \, dx \cdot y", "(∫_{-∞}^{∞} (x + 1) dx) y"),
    (r"\left[x^2\right]_{x=0}^{1}", "[x²]_{x=0}^{1}"),
    (r"[x^2]_0^1", "[x²]_{x=0}^{1}"),
    (r"\mathbb{E}[X^2] - \mathrm{E}(X)^2", "E[X²] - E[X]²"),
    (r"\mathbb{E} X", "E[X]"),
    (r"\mathbb{E}\left[ X | Y = y \right]", "E[X | Y = y]"),
    (r"\mathbb{E}[|X| \mid Y]", "E[|X| | Y]"),
    (r"\operatorname{Var}(X) + 2\,\mathrm{Cov}(X,Y)", "Var(X) + 2 Cov(X, Y)"),
    (r"\mathbb V [X]", "Var(X)"),
    (r"\mathbf{q}_1^\top (\mathbf{k}_2 - \mathbf{k}_1)", "q_1ᵀ (k_2 - k_1)"),
    (r"\theta^T \theta \cdot 2", "θᵀ θ · 2"),
    (r"\left(\frac{QK^\top}{C}\right)_{i,j}", "(Q Kᵀ/C)_ij"),
    (r"\left[\text{softmax}\left(\frac{QK^\mathrm{T}}{C}\right)\right]_{1,1}", "[softmax(Q Kᵀ/C)]_11"),
    (r"\delta_{ij}", "δ_ij"),
    (r"(Q^\top Q)^{-1} Q^\top K", "(Qᵀ Q)⁻¹ Qᵀ K"),
    (r"\mathrm{tr}(K^\top Q)^2 |K^\top Q| \det(K^\top Q)", "tr(Kᵀ Q)² det(Kᵀ Q) det(Kᵀ Q)"),
    (r"\lVert \theta \rVert^2 \lVert Q \rVert_F", "‖θ‖² ‖Q‖_F"),
    (r"\theta^\top I_{d_k} \theta", "θᵀ I_{d_k} θ"),
    (r"x \overset{(4)}{=} y", "x = y"),
    (r"\lfloor x \rfloor", "⌊x⌋"),
    (r"\lfloor 2 x \rfloor", "⌊2 x⌋"),
    (r"\left\lfloor \frac{x}{2} \right\rfloor^2 y", "⌊x/2⌋² y"),
    (r"\Pr(X \leq a)^2", "Pr(X ≤ a)²"),
    (r"1 - \mathrm{Pr}\left( |X| > |a| \mid Y = y \right)", "1 - Pr(|X| > |a| | Y = y)"),
    (r"\mathbb{P}[X > a] y", "Pr(X > a) y"),
    (r"\Gamma(x + 1) y", "Γ(x + 1) y"),
    (r"\mathrm{B}(x, y)^2", "B(x, y)²"),
    (r"P(X = 1)", "Pr(X = 1)"),
    (r"x \leq y", "x ≤ y"),
    (r"(x = y) \iff (y = x)", "(x = y) ⟺ (y = x)"),
    (r"\frac{f(x)}{x} \sim x \quad (x \to \infty)", "f(x)/x ~ x  (x → ∞)"),
]


@pytest.mark.parametrize(("source", "text"), READINGS)
def test_a_formula_is_read(source, text):
    assert read(source).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\pi(a | x)", "π(a | x)"),
        (r"\pi(a = 1 \mid x) \log \pi(1|x)", "π(1 | x) log π(1 | x)"),
    ],
)
def test_a_function_may_have_a_bar(source, text):
    assert read(source, NAMES).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"v(s_t) = \mathbb{E}[G_t | S_t = s_t]", "v(s_t) = E[G_t | S_t = s_t]"),
        (r"\mathbb{E}[R_t + \gamma G_{t+1} | s_t, a_t]", "E[R_t + γ G_{t+1} | s_t, a_t]"),
        (r"G_t = \sum_{k=0}^{\infty} \gamma^k R_{t+k}", "G_t = Σ_{k=0}^{∞} γ^k R_{t+k}"),
        (
            r"\int_{\mathcal{S}} \int_{\mathcal{R}} p(s_{t+1}, r_t | s_t, a_t) [r_t + \gamma v(s_{t+1})] dr_t ds_{t+1}",
            "∫_S ∫_R p(s_{t+1}, r_t | s_t, a_t) (r_t + γ v(s_{t+1})) dr_t ds_{t+1}",
        ),
    ],
)
def test_a_process_is_read(source, text):
    assert read(source, PROCESS).text == text


def test_what_is_read_is_the_term_that_python_writes():
    assert read(r"\frac{1}{1+e^{-z}} x") == 1 / (1 + e ** (-z)) * x
    assert read(r"x\exp(-z)") == x * exp(-z)
    assert read(r"\sum_{m=1}^n x^m") == Sum(x ** symbols("m", integer=True), (symbols("m", integer=True), 1, n))
    assert read(r"\left[x^2\right]_0^1") == evaluated(x**2, (x, 0, 1))
    assert read(r"\sin x \cos y") == sin(x) * cos(y)
    assert read(r"\log\left(x + y\right)") == log(x + y)


def test_a_name_of_the_notation_goes_before_a_word():
    assert read("e^x", {**PLAIN, "e": y}) == y**x
    assert read(r"\pi x", {"pi": y, "x": x}) == y * x
    assert read("E X", {"E": y, "X": x}) == y * x


def test_macros_are_written_out_and_places_stay_those_of_the_source():
    from derivations.reading.extract import Extract
    from derivations.reading.macros import Macros

    macros = Macros()
    macros.read(Extract.whole(r"\newcommand{\half}[1]{\frac{#1}{2}}"))
    notation = Notation(PLAIN, macros)
    assert read(r"\half{x + y}", notation).text == "(x + y)/2"
    with pytest.raises(Unread) as caught:
        read(r"\half{x} + w", notation)
    assert (caught.value.offset, caught.value.column) == (11, 12)


def test_a_macro_that_calls_itself_is_refused():
    from derivations.reading.extract import Extract
    from derivations.reading.macros import Macros

    macros = Macros()
    macros.read(Extract.whole(r"\newcommand{\again}{x + \again}"))
    with pytest.raises(Unread, match="calls itself"):
        read(r"\again", Notation(PLAIN, macros))


# -- what is refused, with its whole message -----------------------------------------------------
REFUSED = [
    (r"x + w", "undeclared", "line 1, column 5: `w` is not declared: say what it is, such as `w: number`"),
    (r"w(x)", "undeclared", "line 1, column 1: `w` is not declared: say what it is, such as `w: function`"),
    (r"w_i", "undeclared", "line 1, column 1: `w_i` is not declared: say what it is, such as `w_i: number, i = 1..n`"),
    (
        r"\mathbf{w}", "undeclared",
        r"line 1, column 1: `\mathbf{w}` is not declared: say what it is, such as `\mathbf{w}: vector of n`",
    ),
    (r"\mathbf{y}", "undeclared",
     r"line 1, column 1: `\mathbf{y}` is not declared: say what it is, such as `\mathbf{y}: vector of n`"),
    (
        r"\log x y", "ambiguous",
        r"line 1, column 8: `\log` takes one factor, and more stands beside it: bracket what it is of; "
        "it could be read as `(log x) y` or as `log(x y)`",
    ),
    (
        r"\log \frac{a}{b} (x)", "ambiguous",
        r"line 1, column 18: `\log` takes one factor, and more stands beside it: bracket what it is of; "
        "it could be read as `log(a/b) x` or as `log(a/b x)`",
    ),
    (
        r"\log x/y", "ambiguous",
        r"line 1, column 7: `\log` takes one factor, and more stands beside it: bracket what it is of; "
        "it could be read as `(log x)/y` or as `log(x/y)`",
    ),
    (
        r"\log(x)^2", "ambiguous",
        r"line 1, column 8: the power may be of `\log`, or of its bracket; "
        "it could be read as `(log x)²` or as `log(x²)`",
    ),
    (
        r"a/b x", "ambiguous",
        r"line 1, column 5: what stands behind the divisor may belong to it: write \frac, or brackets; "
        "it could be read as `a/b x` or as `a/(b x)`",
    ),
    (
        r"\sum_{i=1}^n c_i + c_i", "ambiguous",
        "line 1, column 22: `i` stands behind the end of the sum over `i`, which reaches to the next + or -: "
        "bracket what is summed, or call one of them otherwise",
    ),
    (
        r"\frac{\partial}{\partial x} f(x) \cdot x", "ambiguous",
        "line 1, column 40: how far the derivative by `x` reaches is not clear: bracket what is differentiated",
    ),
    (r"|x| y |z|", "ambiguous",
     r"line 1, column 1: bars can be paired in two ways here: write \lvert … \rvert"),
    (
        r"\mathbb{E}[2|X|]", "ambiguous",
        "line 1, column 15: a second bar: which of them is the condition is not clear; write \\mid for it, and "
        "\\lvert … \\rvert for an absolute value",
    ),
    (r"x^10", "ambiguous",
     "line 1, column 3: TeX takes the first digit of `10` alone: put what belongs together in braces"),
    (r"3\frac{1}{2}", "ambiguous",
     r"line 1, column 2: a number before a fraction of digits may be a mixed number: write \cdot, or +; "
     "it could be read as `3 + 1/2` or as `3 (1/2)`"),
    (r"x 2", "ambiguous", r"line 1, column 3: `2` stands behind a factor: write \cdot between them"),
    (r"x(1, 2)", "sorts",
     "line 1, column 1: `x` was declared as a number, and is given arguments: declare it as a function"),
    (r"f", "sorts", "line 1, column 1: `f` is a function: give it arguments in brackets"),
    (r"f^2(x)", "ambiguous",
     "line 1, column 2: a power between a function and its arguments may be of its value, or of the function: "
     "write it behind the arguments"),
    (r"x + \theta", "sorts",
     "line 1, column 3: mismatched shapes in `x + θ`: `x` is a number, `θ` is a vector of length d_k"),
    (r"x^\top y", "sorts", "line 1, column 2: `x` is a number, and has no transpose"),
    (r"x^{(2)}", "ambiguous",
     "line 1, column 2: what stands in brackets above may be a power, a derivative or a mark: write a power without "
     "brackets"),
    (r"q_{12}", "ambiguous",
     "line 1, column 4: `12` may be one index, or two: separate them by a comma"),
    (r"c_{ij}", "ambiguous",
     "line 1, column 4: what stands beside each other in a subscript may be several indices, or a product: separate "
     "indices by commas, or write \\cdot"),
    (r"E (x + y)", "undeclared",
     "line 1, column 1: `E` is not declared: say what it is, such as `E: number`"),
    (r"\frac{\mathrm{d} f(x)}{\mathrm{d} \mu^2}", "no word",
     "line 1, column 1: there is no word for a derivative by a power: name it"),
    (r"\mathbb{E}_{p}[X]", "no word",
     "line 1, column 11: there is no word for an expectation with a subscript: declare the law of what is averaged"),
    (r"a \pm b", "no word",
     r"line 1, column 3: there is no word for `\pm`: `±` says two things at once: write two lines"),
    (r"\foo x", "unknown command",
     r"line 1, column 1: the command `\foo` is unknown: declare it with \newcommand, or write it otherwise"),
    (r"\left\lceil x \right\rceil", "no word", "line 1, column 6: there is no word for `⌈ ⌉`"),
    (r"3!!", "ambiguous", "line 1, column 2: `!!` is a sign of its own, or applies twice: bracket the first"),
    (r"\langle x \rangle", "no word", "line 1, column 1: there is no word for `⟨ ⟩`"),
    (r"\max(x, y)", "no word", r"line 1, column 1: there is no word for `\max`"),
    (r"(x + y", "unbalanced", "line 1, column 1: `(` is not closed"),
    ("x\n + y)", "unbalanced", "line 2, column 5: `)` closes nothing: nothing is open"),
    (r"\frac{x}{", "unbalanced", "line 1, column 9: `{` is not closed"),
    (r"\frac{x}{}", "syntax", "line 1, column 10: nothing stands here"),
    (r"x +", "syntax", "line 1, column 4: something is missing here"),
    (r"x \cdot + y", "syntax", "line 1, column 9: `+` is not understood here"),
    (r"\exp{x}^2", "ambiguous", r"line 1, column 1: the power may be of `\exp`, or of what it is of: write brackets"),
    (r"\frac{dy}{dx}", "ambiguous",
     "line 1, column 1: that `y` depends on `x` is not said: declare it as a function of it"),
    (r"\left. x^2 \right|_{x=0}", "no word",
     "line 1, column 6: there is no word for what is taken at a point: put the point in"),
    (r"[x)", "no word", "line 1, column 1: `[` and `)` make no bracket"),
    (r"\Pr(a < X \leq b)", "no word",
     "line 1, column 11: there is no word for the probability of several comparisons at once"),
    (r"\Pr(X = a, Y = b)", "no word",
     "line 1, column 10: there is no word for the probability of several comparisons at once"),
    (r"\Pr(X)", "no word", "line 1, column 6: there is no word for the probability of what is no comparison"),
    (r"\Pr(X = a \mid Y)", "no word",
     "line 1, column 17: there is no word for the probability of what is no comparison"),
    (r"\Pr(x = a)", "sorts",
     "line 1, column 1: `x = a` is no event: it compares no random variable with a number"),
    (r"\Pr_a(X = b)", "no word",
     "line 1, column 4: there is no word for a probability with a script: write a power behind its bracket"),
    (r"\Pr X", "no word", "line 1, column 1: a probability is of an event in brackets"),
    (r"B(x, y)", "undeclared", "line 1, column 1: `B` is not declared: say what it is, such as `B: function`"),
    (r"\Gamma(x, y)", "sorts", r"line 1, column 1: `\Gamma` takes 1 argument(s)"),
    (r"\mathbf{\Gamma}(x)", "undeclared",
     r"line 1, column 1: `\mathbf{\Gamma}` is not declared: say what it is, such as `\mathbf{\Gamma}: function`"),
    (r"P(x + y)", "undeclared", "line 1, column 1: `P` is not declared: say what it is, such as `P: function`"),
    (r"\mathcal{P}(X = a)", "undeclared",
     r"line 1, column 1: `\mathcal{P}` is not declared: say what it is, such as `\mathcal{P}: function`"),
    (r"x \text{ if } y", "no word", "line 1, column 3: `if` is text in a formula"),
    (r"\sum_{m=-\infty}^\infty x", "no word", r"line 1, column 1: there is no word for `\sum` from -∞"),
    (r"w^{-1}(x)", "undeclared", "line 1, column 1: `w` is not declared: say what it is, such as `w: function`"),
    (r"w_{ij}", "undeclared",
     "line 1, column 1: `w_{ij}` is not declared: say what it is, such as `w_{ij}: number, i = 1..n, j = 1..m`"),
    (r"x = y = z", "syntax", "line 1, column 7: this is a chain of relations: read its sides one by one"),
    (r"x_1^2", "undeclared", "line 1, column 1: `x_1` is not declared: say what it is, such as `x_1: number`"),
    (r"\frac{x}{0}", "sorts", "line 1, column 1: division by zero in `x/0`"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "cause", "message"), REFUSED)
def test_a_formula_is_refused(source, cause, message):
    with pytest.raises(Unread) as caught:
        read(source)
    assert (caught.value.cause, str(caught.value)) == (cause, message)


def test_what_is_not_declared_is_asked_for_by_name():
    with pytest.raises(Unread) as caught:
        read(r"x + \hat{\beta}_{i}")
    assert (caught.value.name, caught.value.proposal, caught.value.offset) == (
        r"\hat{\beta}_{i}",
        "number, i = 1..n",
        4,
    )


@pytest.mark.parametrize("source", ["(" * 5000 + "x" + ")" * 5000, "{" * 5000, r"\log " * 5000 + "x", "|" * 5000])
def test_deep_nesting_is_refused(source):
    with pytest.raises(Unread):
        read(source)


def test_no_text_ends_in_anything_but_a_term_or_a_refusal():
    pieces = r"\frac { } x ^ _ ( ) | \sum i = 1 \left [ ] , \mathrm \partial \int d \, ' \lim \to".split()
    pieces += r"\mathbb{E} / + - \log".split()
    draw = random.Random(5)
    for _ in range(3000):
        source = " ".join(draw.choices(pieces, k=draw.randint(1, 9)))
        with contextlib.suppress(TermError):
            read(source)


# -- round and back ---------------------------------------------------------------------------------
def writable(term: Term) -> bool:
    """Python's operators write it: no division by a literal 0."""
    return not any(isinstance(part, Div) and _is_zero(part.right) for part in term.walk_set)


def _is_zero(term: Term) -> bool:
    return is_literal(term) and literal(term) == 0


@settings(max_examples=200, deadline=None)
@given(terms(10))
def test_what_is_printed_reads_back(term):
    assume(writable(term))
    assert latex(term.latex, Notation.of(term)) == term


letters = st.sampled_from([x, y, X, Y, NAMES["c"][1], q[1, 2], 2 * x, 1 - y])


def _calculus(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """Every binder, moment and derivative around what there is."""
    around = [
        lambda u: diff(u, x), lambda u: diff(u, q[1, 2]), lambda u: limit(u, x, oo), lambda u: limit(u, x, 0),
        lambda u: Integral(u, (x, 0, oo)), lambda u: Integral(u, (y, -oo, x)), lambda u: evaluated(u, (x, 0, 1)),
        E, Var, lambda u: Cov(u, X), lambda u: E(u, given=[Y]), lambda u: Var(u, given=[Eq(Y, y)]), abs, exp, log,
        lambda u: Sum(u, (m, 1, n)), lambda u: Prod(u, (m, 1, n)), lambda u: NAMES["f"](u) ** 2, lambda u: u**2,
    ]  # fmt: skip
    return st.one_of(
        st.builds(lambda wrap, u: attempt(wrap, u), st.sampled_from(around), inner),
        st.builds(lambda node, u, v: node(u, v), st.sampled_from([Add, Sub, Mul, Div]), inner, inner),
    )


@settings(max_examples=200, deadline=None)
@given(st.recursive(letters, _calculus, max_leaves=6))
def test_what_is_printed_of_integrals_limits_and_moments_reads_back(term):
    assume(writable(term))
    assert latex(term.latex, PLAIN) == term


@pytest.mark.parametrize(
    "term",
    [
        floor(x), floor(x / 2) ** 2 * y, 2 * floor(x + y), floor(floor(x) / 2), Pr(x < X), 1 - Pr(abs(X) > abs(a)),
        Pr(X + a <= 0, given=Y - b > 0) * Pr(Ne(Y, b)) ** 2, Pr(Eq(X + Y, n)) / Pr(Eq(Y, n)), Pr(Eq(X, n)) * n,
        gamma_function(x + 1) ** 2 / x, beta_function(x, y + 1) ** 2 * x,
    ],
)  # fmt: skip
def test_what_is_printed_of_probabilities_and_floors_reads_back(term):
    assert latex(term.latex, PLAIN) == term


def test_a_declared_name_goes_before_a_probability():
    assert read("P(x)", {**NAMES, "P": function("P")}).text == "P(x)"
    with pytest.raises(Unread, match="an equation is no argument"):
        read("P(X = a)", {**NAMES, "P": function("P")})


def test_what_is_printed_of_matrices_reads_back():
    for seed in range(150):
        draw = random.Random(seed)
        shape = draw.choice([(), matrix_terms.N, (matrix_terms.n, matrix_terms.n), (matrix_terms.m, matrix_terms.n)])
        term = matrix_terms.term(draw, shape, draw.randint(2, 10))
        assert latex(term.latex, Notation.of(term)) == term


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("betahat", r"\hat{\beta}"), ("xbar_1", r"\bar{x}_1"), ("varepsilon_i", r"\varepsilon_i"), ("ell", r"\ell"),
        ("AIC_c", r"\mathrm{AIC}_c"), ("phi", r"\phi"), ("varphi", r"\varphi"), ("s'", "s'"),
        ("rebar", r"\mathrm{rebar}"),
        ("x1", "x_1"), ("k_1_2", "k_{1,2}"),
    ],
)  # fmt: skip
def test_names_are_printed_and_read(name, printed):
    symbol = symbols(name)
    assert symbol.latex == printed
    assert latex(printed, {name: symbol}) == symbol


def lines() -> Iterator[Term]:
    for loaded in catalogue.load_all():
        derivation = loaded.derivation
        yield from derivation.lines
        if derivation.statement is not None:
            yield derivation.statement
        for given_ in derivation.given:
            stated = getattr(given_, "relation", given_)
            if isinstance(stated, Term) and stated.kinds and hasattr(stated, "sign"):
                yield stated


def test_every_line_of_the_catalogue_reads_back():
    for line in dict.fromkeys(lines()):
        assert latex(line.latex, Notation.of(line)) == line


def test_a_word_of_a_vocabulary_is_one_row():
    from derivations.terms.shapes import SHAPES, Shape, shapes

    kinds = {shape.kind for shape in shapes().values()}
    assert {"function", "groups", "constant", "call", "infix", "indexed"} <= kinds
    assert all(isinstance(shape, Shape) for shape in SHAPES)


def test_every_function_of_one_number_reads_back():
    from derivations.terms import words
    from derivations.terms.arithmetic import Unary

    functions = [word for word in words() if issubclass(word, Unary) and word.word]
    assert len(functions) >= 7
    for word in functions:
        for term in (word(x), word(x + 1), word(x) ** 2, 2 * word(y) * word(x), word(x) * (x + y)):
            assert latex(term.latex, PLAIN) == term


def test_a_product_over_an_index_is_read_where_each_factor_speaks_of_it():
    c = NAMES["c"]
    for term in (Prod(c[m] * (1 - c[m]), (m, 1, n)), Prod(x * c[m] * y, (m, 1, n)), x * Prod(c[m], (m, 1, n)) + c[1]):
        assert latex(term.latex, PLAIN) == term
    with pytest.raises(Unread, match="whether this factor is one of the product"):
        read(r"\prod_{m=1}^n c_m x")


def test_reading_takes_linear_time():
    from time import process_time

    def seconds(count: int) -> float:
        source = " ".join([r"\frac{x^2}{1 + e^{-z}} \left(a - |b|\right)"] * count)
        started = process_time()
        for _ in range(3):
            with contextlib.suppress(TermError):
                read(rf"f({source})")
        return process_time() - started

    seconds(10)
    assert seconds(1200) < 40 * max(seconds(100), 0.01)
