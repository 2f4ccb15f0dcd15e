"""A LaTeX document taken apart: environments, theorems, macros, comments, files that it inputs."""

from pathlib import Path
from time import perf_counter

import pytest

from derivations.reading.document import Said, Turn, open_document
from derivations.reading.extract import Extract
from derivations.reading.macros import Macros, Runaway


def opened(tmp_path: Path, text: str, name: str = "notes.tex"):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return open_document(path)


def shown(document):
    return [" ".join(piece.source.text.split()) for piece in document.displays]


def test_each_kind_of_display_is_found(tmp_path):
    text = (
        "$$a=1$$ \\[a=2\\] \\begin{equation}a=3\\end{equation} \\begin{gather*}a=4\\end{gather*}"
        "\\begin{equation}\\begin{split}a&=5\\end{split}\\end{equation} \\begin{multline}a=6\\end{multline}"
    )
    document = opened(tmp_path, text)
    assert shown(document) == ["a=1", "a=2", "a=3", "a=4", "a&=5", "a=6"]
    assert [d.environment for d in document.displays] == ["", "", "equation", "gather*", "split", "multline"]


def test_comments_and_verbatim_are_passed_over_and_places_are_kept(tmp_path):
    text = "a % $$x=1$$\n\\verb|$$| \\begin{verbatim}\n$$x=2$$\n\\end{verbatim}\n100\\% of\n  $$x=3$$ % end\n"
    document = opened(tmp_path, text)
    assert shown(document) == ["x=3"]
    spot = document.sources.spot(document.displays[0].source.at(0))
    assert (spot.line, spot.column) == (6, 5)


def test_only_the_body_of_the_document_is_read(tmp_path):
    text = "\\title{On $x$}\\newcommand{\\a}{$$x=1$$}\n\\begin{document}$$x=2$$\\end{document} $$x=3$$"
    document = opened(tmp_path, text)
    assert (shown(document), document.title) == (["x=2"], "On $x$")


def test_theorems_proofs_and_sections_turn_the_argument(tmp_path):
    text = (
        "\\newtheorem{satz}{Theorem}\\begin{document}\\section{One}\\begin{satz}[Bayes] a \\end{satz}"
        "\\begin{proof} b \\end{proof}\\end{document}"
    )
    document = opened(tmp_path, text)
    turns = [(piece.role, piece.name) for piece in document.pieces if isinstance(piece, Turn)]
    assert turns == [("theorem", "satz Bayes"), ("", ""), ("proof", "proof"), ("", "")]
    assert [piece.text for piece in document.pieces if isinstance(piece, Said)] == ["One", "a", "b"]


def test_macros_are_written_out_and_keep_the_place_of_their_call(tmp_path):
    text = "\\newcommand{\\E}[1]{\\mathbb{E}[#1]}\\DeclareMathOperator{\\Var}{Var}\n$$ \\Var X = \\E{X^2} $$"
    document = opened(tmp_path, text)
    assert shown(document) == [r"\operatorname{Var} X = \mathbb{E}[X^2]"]
    source = document.displays[0].source
    inside = source.text.index("X^2")
    assert document.sources.spot(source.at(inside)).column == text.splitlines()[1].index("X^2") + 1


def test_an_optional_argument_has_its_default():
    macros = Macros()
    macros.read(Extract.whole(r"\newcommand{\norm}[2][2]{\lVert #2 \rVert_{#1}}"))
    assert macros.expand(Extract.whole(r"\norm{x} + \norm[1]{x}")).text == r"\lVert x \rVert_{2} + \lVert x \rVert_{1}"


@pytest.mark.parametrize("body", [r"\a", r"\a\a", r"{\b}\b"])
def test_a_macro_that_calls_itself_is_refused(body):
    macros = Macros()
    macros.read(Extract.whole(rf"\newcommand{{\a}}{{{body}}}\newcommand{{\b}}{{\a\a}}"))
    with pytest.raises(Runaway) as error:
        macros.expand(Extract.whole(r"x + \a"))
    assert error.value.offset == 4


def test_a_document_with_such_a_macro_tells_its_place(tmp_path):
    document = opened(tmp_path, "\\def\\a{\\a\\a}\ntext\n$$ x = \\a $$")
    (complaint,) = document.complaints
    assert complaint.message == r"the macro `\a` does not come to an end"
    assert document.sources.spot(complaint.start).line == 3


def test_the_document_may_say_what_a_macro_means(tmp_path):
    text = "% derivations: macros: \\fit[2] = #2\n\\newcommand{\\fit}[2]{\\sbox0{#2}}$$ x = \\fit{3cm}{y} $$"
    assert shown(opened(tmp_path, text)) == ["x = y"]


def test_notation_stands_in_comments(tmp_path):
    document = opened(tmp_path, "% derivations: n: integer\n%derivations: given: C > 0\n% other: x\n")
    assert [(row.name, row.value) for row in document.rows] == [("n", "integer"), ("given:", "C > 0")]


def test_files_below_the_folder_are_read_and_others_are_not(tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "one.tex").write_text("\n$$x=1$$")
    (tmp_path / "secret.tex").write_text("$$secret=1$$")
    below = tmp_path / "parts"
    (below / "main.tex").write_text("\\input{one}\\input{../secret}\\input{/etc/passwd}\\input{main}\\input{none}")
    document = open_document(below / "main.tex")
    assert shown(document) == ["x=1"]
    spot = document.sources.spot(document.displays[0].source.at(0))
    assert (Path(spot.file).name, spot.line, spot.column) == ("one.tex", 2, 3)
    assert [complaint.message for complaint in document.complaints] == [
        "`../secret` lies outside the document's folder and is not read",
        "`/etc/passwd` lies outside the document's folder and is not read",
        "`main` inputs itself",
        "`none` cannot be read",
    ]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret.tex").write_text("$$secret=1$$")
    (tmp_path / "inside" / "link.tex").symlink_to(tmp_path / "secret.tex")
    (tmp_path / "inside" / "main.tex").write_text("\\input{link}")
    assert shown(open_document(tmp_path / "inside" / "main.tex")) == []


def test_long_documents_are_taken_apart_in_linear_time(tmp_path):
    def seconds(text):
        start = perf_counter()
        opened(tmp_path, text)
        return perf_counter() - start

    for line in (
        "\\begin{align} x &= 1 \\end{align}\n",
        "$x$ % a\n",
        "\\newcommand{\\a}{b} \\a\n",
        "{{{{ \\section{a\n",
    ):
        short, long = seconds(line * 1000), seconds(line * 10_000)
        assert long < 40 * short + 0.5, line
