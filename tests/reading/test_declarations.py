"""What the sentences of a document declare, and what they do not."""

from pathlib import Path

import pytest

from derivations.reading.declarations import Declared, Stated, declared_by
from derivations.reading.document import Said
from derivations.reading.extract import Extract, Sources
from derivations.reading.markdown import document
from derivations.reading.sorts import Sort, of_set, sort_of


def things(text: str) -> list[Declared | Stated]:
    sources = Sources()
    made = document(Path("notes.md"), sources.add(Path("notes.md"), text), sources)
    return [thing for piece in made.pieces if isinstance(piece, Said) for thing in declared_by(piece)]


def names(text: str) -> dict[str, str]:
    return {thing.name: thing.sort.said for thing in things(text) if isinstance(thing, Declared)}


def stated(text: str) -> list[str]:
    rows = []
    for thing in things(text):
        if isinstance(thing, Stated):
            about = thing.origin if thing.kind != "independent" else " ".join(thing.names)
            rows.append(f"{thing.kind}{' here' if thing.local else ''}: {about}")
    return rows


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Let $a$ and $b$ be real numbers.", {"a": "number", "b": "number"}),
        ("Let $n$ be a positive integer.", {"n": "integer, > 0"}),
        ("a real number $x$", {"x": "number"}),
        ("for positive constants $c$, $d$", {"c": "number, > 0", "d": "number, > 0"}),
        ("Let $X$ be a random variable following some law.", {"X": "random variable"}),
        (r"Let $X \sim \mathcal{N}(\mu, \sigma^2)$.", {"X": "random variable", r"\mu": "number", r"\sigma": "number"}),
        (r"where $C > 0$", {"C": "number, > 0"}),
        (r"with $\theta \in \mathbb{R}^d$", {r"\theta": "vector of d"}),
        (r"where $Q, K \in \mathbb{R}^{m \times n}$", {"Q": "matrix m x n", "K": "matrix m x n"}),
        (r"and $p \in (0, 1)$", {"p": "number, > 0, < 1"}),
        (r"for all $i = 1, \ldots, n$", {"i": "integer, i = 1..n"}),
        (r"Let $X_1, \ldots, X_n$ be random variables.", {"X_i": "random variable"}),
        ("Let $f$ be a smooth function.", {"f": "smooth function"}),
        ("Let $f(x) = x^2$.", {"f": "function"}),
        (r"$a \in \{0, 1\}$", {"a": "values 0, 1"}),
        ("where $d_k$ is the number of columns", {"d_k": "number"}),
    ],
)  # fmt: skip
def test_sentences_declare(text, wanted):
    assert names(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "We find $x$ in the end.",
        "Thus $X$ is a linear estimator, because it is of the form",
        "the result is $y$",
        "Then $a = b$ and so on.",
    ],
)
def test_other_sentences_declare_nothing(text):
    assert things(text) == []


def test_what_is_given_is_told_from_what_is_set_for_one_line():
    assert stated("Let $Z = Y - X$.") == ["definition: Z = Y - X"]
    assert stated("Suppose that $a > b$.") == ["relation: a > b"]
    assert stated("Setting $p = 1$, we get") == ["relation here: p = 1"]
    assert stated("If $x > 0$, then") == ["relation here: x > 0"]
    assert stated("Show that the probability of $a = 1$ is") == []


def test_independence_is_of_what_is_named():
    assert stated("Let $X$ and $Y$ be independent random variables.") == ["independent: X Y"]
    assert stated("for independent random variables $X$ and $Y$") == ["independent: X Y"]
    assert stated("the independent variable $x$") == []


def test_each_declaration_keeps_its_place():
    (first, second) = [t for t in things("ab $x$ cd.\nLet $y$ and $z$ be numbers.") if isinstance(t, Declared)]
    assert (first.name, first.start, second.name, second.start) == ("y", 16, "z", 24)


@pytest.mark.parametrize(
    ("latex", "wanted"),
    [
        (r"\mathbb{R}", Sort()),
        (r"\mathbb R_{>0}", Sort(bounds=((">", "0"),))),
        (r"\mathbb{N}", Sort(integer=True, bounds=((">=", "1"),))),
        (r"\left\lbrace 1, \ldots, n \right\rbrace", Sort(integer=True, bounds=((">=", "1"), ("<=", "n")))),
        (r"\mathcal{S}", Sort("space", space="S")),
        (r"[0, \infty)", Sort(bounds=((">=", "0"),))),
        (r"\Omega", None),
    ],
)
def test_sets_say_what_their_elements_are(latex, wanted):
    assert of_set(latex) == wanted


def test_a_sort_reads_back_from_what_it_says():
    every = (
        "number; integer, >= 1; vector of n; matrix m x n; random variable; smooth function; values 0, 1; "
        "number, > 0, < 1; random variable, i = 1..n; element of S"
    )
    for said in every.split("; "):
        found = sort_of(said)
        assert found is not None and found.said == said


def test_words_that_say_nothing_say_nothing():
    assert [sort_of(said) for said in ("wonderful", "", "the probability density", "a linear estimator")] == [None] * 4


def test_an_extract_knows_where_it_was_written():
    text = Extract.whole("abc def")
    assert text[4:].at(0) == 4 and text[4:].stripped().end == 7
