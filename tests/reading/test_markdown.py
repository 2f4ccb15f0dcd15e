"""A Markdown document taken apart: what is said, what is displayed, and where."""

from pathlib import Path
from time import perf_counter

from derivations.reading.document import Displayed, Said, Turn, open_document


def opened(tmp_path: Path, text: str, name: str = "notes.md"):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return open_document(path)


def shown(document):
    return [piece.source.text.strip() for piece in document.displays]


def test_displays_are_found_in_dollars_brackets_fences_and_environments(tmp_path):
    text = "a\n$$ x = 1 $$\n\\[ x = 2 \\]\n```math\nx = 3\n```\n\\begin{align}\nx &= 4\n\\end{align}\n"
    document = opened(tmp_path, text)
    assert shown(document) == ["x = 1", "x = 2", "x = 3", "x &= 4"]
    assert [d.environment for d in document.displays] == ["", "", "", "align"]


def test_code_comments_and_escaped_dollars_are_no_formulas(tmp_path):
    text = "It costs \\$5 and `$x$`.\n\n```python\n$$ no $$\n```\n<!-- $$ x = 1 $$ -->\nso $5 and $6.\n"
    document = opened(tmp_path, text)
    assert shown(document) == []
    assert not any(piece.maths for piece in document.pieces if isinstance(piece, Said))


def test_every_display_keeps_its_place(tmp_path):
    document = opened(tmp_path, "one\n\ntwo $a$\n$$\n  x = 1\n$$\n")
    (display,) = document.displays
    source = display.source.stripped()
    assert str(document.sources.spot(source.at(0))).endswith("notes.md:5:3")
    assert str(document.sources.spot(source.at(4))).endswith("notes.md:5:7")


def test_labels_and_tags_are_kept_apart_from_the_formula(tmp_path):
    document = opened(tmp_path, "$$ \\label{eq:a} x = 1 \\tag{3} $$\n\n$$ y = 2, \\quad (4) $$\n")
    first, second = document.displays
    assert (first.labels, first.tag, first.source.text.strip()) == (("eq:a",), "3", "x = 1")
    assert (second.tag, second.source.text.strip()) == ("4", "y = 2")


def test_a_number_that_is_an_argument_is_no_tag(tmp_path):
    (display,) = opened(tmp_path, "$$ y = f(4) $$\n").displays
    assert (display.tag, display.source.text.strip()) == ("", "y = f(4)")


def test_theorems_and_proofs_are_told_apart(tmp_path):
    text = "**Theorem:** Let\n$$ x = 1 $$\n\n**Proof:** It is\n$$ x = 1 $$\n\n## Exercise 2\n\nSolution. So\n"
    document = opened(tmp_path, text)
    assert [piece.role for piece in document.pieces if isinstance(piece, Turn)] == [
        "theorem",
        "proof",
        "theorem",
        "proof",
    ]


def test_links_and_references_are_kept(tmp_path):
    document = opened(tmp_path, "By [the mean](/P/mean) and \\eqref{eq:a}, $x$ is 1.\n")
    (said,) = [piece for piece in document.pieces if isinstance(piece, Said)]
    assert said.links == ("/P/mean", "#eq:a")
    assert said.text == "By the mean and (eq:a), ⟦0⟧ is 1."


def test_front_matter_is_the_notation(tmp_path):
    text = "---\ntitle: Notes\nnotation:\n  n: integer, n >= 1\n  no: 1e3\ngiven: [defined, C > 0]\n---\nText\n"
    document = opened(tmp_path, text)
    assert [(row.name, row.value) for row in document.rows] == [
        ("n", "integer, n >= 1"), ("no", "1e3"), ("given:", "defined"), ("given:", "C > 0"),
    ]  # fmt: skip
    assert document.sources.spot(document.rows[0].start).line == 4
    assert document.title == "Notes"


def test_front_matter_that_is_no_yaml_is_told_with_its_place(tmp_path):
    document = opened(tmp_path, "---\nnotation: [a\nb: c\n---\nText\n")
    (complaint,) = document.complaints
    assert complaint.message.startswith("the front matter cannot be read")
    assert document.sources.spot(complaint.start).line == 3


def test_a_reference_in_the_front_matter_is_refused(tmp_path):
    document = opened(tmp_path, "---\na: &x [1, 2]\nb: [*x, *x]\n---\n")
    assert document.complaints[0].message == "the front matter cannot be read: it is no YAML"


def test_a_display_that_does_not_end_is_told(tmp_path):
    document = opened(tmp_path, "one\n\n$$ x = 1\n\ntwo\n")
    (complaint,) = document.complaints
    assert (complaint.message, complaint.remedy) == ("this display does not end", "close it with `$$`")
    assert document.sources.spot(complaint.start).line == 3


def test_long_documents_are_taken_apart_in_linear_time(tmp_path):
    def seconds(text):
        start = perf_counter()
        opened(tmp_path, text)
        return perf_counter() - start

    for line in (
        "$$ x = 1 $$\n\n",
        "`a ``b $x$ <!-- \n",
        "$ $$ \\[ \\(\n",
        "```\n~~~~\n",
        "\\begin{align} x\n",
        "[a](b [c\n",
    ):
        short, long = seconds(line * 1000), seconds(line * 10_000)
        assert long < 40 * short + 0.5, line


def test_everything_is_a_piece(tmp_path):
    document = opened(tmp_path, "# Title\n\nLet $x$ be\n$$ x $$\n")
    assert [type(piece) for piece in document.pieces] == [Said, Said, Displayed]
