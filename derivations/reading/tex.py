r"""A LaTeX document taken apart: displays, formulas in the text, theorems and proofs, macros, `\input`."""

from __future__ import annotations

import re
from pathlib import Path

from derivations.reading.document import MATHS, Complaint, Document, Turn
from derivations.reading.environments import DISPLAYS, display, inside
from derivations.reading.extract import Extract, Sources, joined
from derivations.reading.macros import Macros, Runaway, group_end
from derivations.reading.markdown import ROLES, spoken
from derivations.reading.rows import SECTIONS, lines_of

_VERBATIM = r"verbatim\*?|lstlisting|minted|comment|Verbatim|filecontents\*?|tikzpicture"
_PLAIN = re.compile(
    rf"(?P<escape>\\[^A-Za-z]|\\(?!begin\{{(?:{_VERBATIM})\}})[A-Za-z]+)|(?P<comment>%[^\n]*(?:\n[ \t]*)?)"
    rf"|\\begin\{{(?P<verbatim>{_VERBATIM})\}}",
    re.DOTALL,
)
_NOTE = re.compile(r"%+\s*derivations:\s?(.*)")
_TOKEN = re.compile(
    r"(?P<dollars>\$\$?)|\\(?P<open>[\[(])|(?P<begin>\\begin\{(?P<name>[A-Za-z]+\*?)\})|(?P<end>\\end\{[A-Za-z]+\*?\})"
    r"|\\(?P<level>part|chapter|(?:sub)*section|(?:sub)?paragraph|title)\*?\s*(?=\{)"
    r"|(?P<blank>\n[ \t]*\n|\\par(?![A-Za-z]))|(?P<escape>\\[$%&#_{}])|\\verb\*?(?P<bar>[^A-Za-z\s*])"
    r"|\\(?:begin|end)group(?![A-Za-z])"
)
_INPUT = re.compile(r"\\(?:input|include)\s*\{([^{}]*)\}")
_NEWTHEOREM = re.compile(r"\\newtheorem\*?\s*\{([A-Za-z]+)\}\s*(?:\[[^\]]*\])?\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\(?!eqref|ref|cref|Cref|autoref|cite)[A-Za-z]+\*?")
_CITE = re.compile(r"\\cite[a-z]*\*?(?:\[[^\]]*\])*\{([^{}]*)\}")
_DEEPEST = 20
LONGEST_TITLE = 300


def document(path: Path, whole: Extract, sources: Sources) -> Document:
    """What stands in a LaTeX file, and in those that it inputs from its folder."""
    made = Document(path, "latex", sources)
    macros = Macros()
    text = _included(_bare(whole, made), path.resolve().parent, made, [path.resolve()])
    for row in list(made.rows):
        if row.name == "macros:":
            called, _, means = str(row.value).partition("=")
            if not macros.declare(called, means.strip()):
                made.complaints.append(
                    Complaint(f"`{row.value}` says nothing of a macro", r"write `macros: \fit[2] = #2`", row.start)
                )
    text = macros.read(text)
    theorems = {name: called for name, called in _NEWTHEOREM.findall(text.text)}
    begin = text.text.find(r"\begin{document}")
    if begin >= 0:
        head = re.search(r"\\title\s*(?=\{)", text.text)
        if head is not None:
            made.title = text.text[head.end() + 1 : group_end(text.text, head.end()) - 1]
        end = text.text.find(r"\end{document}")
        text = text[begin + len(r"\begin{document}") : end if end >= 0 else len(text)]
    _Scan(text, made, macros, theorems).run()
    return made


def _bare(whole: Extract, made: Document) -> Extract:
    """Without comments; those that begin with `derivations:` are the document's notation."""
    parts: list[Extract] = []
    last = position = 0
    text = whole.text
    while True:
        found = _PLAIN.search(text, position)
        if found is None:
            break
        position = found.end()
        if found.group("comment"):
            note = _NOTE.match(found.group())
            if note is not None:
                made.rows += lines_of(note.group(1).strip(), whole.at(found.start()))
            parts.append(whole[last : found.start()])
            last = found.end()
        elif found.group("verbatim"):
            closing = f"\\end{{{found.group('verbatim')}}}"
            close = text.find(closing, position)
            parts.append(whole[last : found.start()])
            position = last = len(text) if close < 0 else close + len(closing)
    parts.append(whole[last:])
    return joined(parts)


def _included(text: Extract, folder: Path, made: Document, open_files: list[Path]) -> Extract:
    r"""With `\input` replaced by the file, where that lies below the document's folder."""
    parts: list[Extract] = []
    last = 0
    for found in _INPUT.finditer(text.text):
        at = text.at(found.start())
        name = found.group(1).strip()
        path = (folder / (name if Path(name).suffix else f"{name}.tex")).resolve()
        parts.append(text[last : found.start()])
        last = found.end()
        if not path.is_relative_to(folder):
            made.complaints.append(
                Complaint(
                    f"`{name}` lies outside the document's folder and is not read", "move it below the folder", at
                )
            )
        elif path in open_files or len(open_files) > _DEEPEST:
            made.complaints.append(Complaint(f"`{name}` inputs itself", "take this \\input out", at))
        elif path.suffix != ".tex" or not path.is_file():
            made.complaints.append(Complaint(f"`{name}` cannot be read", "input a .tex file below the folder", at))
        else:
            try:
                inner = made.sources.add(path, path.read_text("utf-8").replace("\r\n", "\n"))
            except (OSError, UnicodeError):
                made.complaints.append(Complaint(f"`{name}` cannot be read", "input a .tex file below the folder", at))
                continue
            parts.append(_included(_bare(inner, made), folder, made, [*open_files, path]))
    parts.append(text[last:])
    return joined(parts)


class _Scan:
    def __init__(self, whole: Extract, made: Document, macros: Macros, theorems: dict[str, str]) -> None:
        self.whole, self.text, self.made, self.macros = whole, whole.text, made, macros
        self.theorems = theorems
        self.words: list[str] = []
        self.maths: list[Extract] = []
        self.begun = 0

    def run(self) -> None:
        position = 0
        while True:
            found = _TOKEN.search(self.text, position)
            if found is None:
                break
            self.words.append(self.text[position : found.start()])
            position = self.token(found)
        self.words.append(self.text[position:])
        self.flush(len(self.text))

    def flush(self, upto: int, heading: bool = False) -> None:
        text = "".join(self.words)
        links = [f"cite:{key.strip()}" for keys in _CITE.findall(text) for key in keys.split(",")]
        plain = _COMMAND.sub(" ", _CITE.sub("[citation]", text)).replace("{", "").replace("}", "")
        plain = re.sub(r"(?<=\\eqref)|(?<=\\ref)", "", plain)
        if plain.strip():
            from dataclasses import replace

            said = spoken(_referring(text), tuple(self.maths), self.whole.at(self.begun), heading)
            self.made.pieces.append(replace(said, links=(*said.links, *links)))
            if heading:
                word = said.text.split(" ")[0].strip(".:").lower()
                if word in ROLES:
                    self.made.pieces.append(Turn(ROLES[word], said.start, said.text))
        self.words, self.maths, self.begun = [], [], upto

    def token(self, found: re.Match[str]) -> int:
        start, end = found.span()
        if found.group("dollars"):
            return self.closed(found.group("dollars"), start, end)
        if found.group("open"):
            return self.closed({"[": "\\]", "(": "\\)"}[found.group("open")], start, end)
        if found.group("begin"):
            return self.environment(found)
        if found.group("end"):
            name = found.group("end")[5:-1].rstrip("*")
            self.flush(start)
            if self.role(name) is not None:
                self.made.pieces.append(Turn("", self.whole.at(start)))
        elif found.group("level"):
            close = group_end(self.text, end, LONGEST_TITLE)
            self.flush(start)
            self.words.append(self.text[end + 1 : max(end + 1, close - 1)])
            self.flush(close, heading=True)
            return max(end, close)
        elif found.group("blank"):
            self.flush(end)
        elif found.group("bar"):
            close = self.text.find(found.group("bar"), end)
            return end if close < 0 else close + 1
        elif found.group("escape"):
            self.words.append(found.group("escape")[1:])
        return end

    def role(self, name: str) -> str | None:
        called = self.theorems.get(name, name).split(" ")[0].lower()
        return ROLES.get(called)

    def closed(self, mark: str, start: int, end: int) -> int:
        close = self.text.find(mark, end)
        while close > 0 and mark[0] == "$" and self.text[close - 1] == "\\":
            close = self.text.find(mark, close + 1)
        if close < 0:
            self.complain(f"this formula does not end: close it with `{mark}`", start)
            return len(self.text)
        inside = self.whole[end:close]
        stop = close + len(mark)
        if mark in ("$", "\\)"):
            self.words.append(MATHS.format(len(self.maths)))
            self.maths.append(self.expanded(inside))
        else:
            self.flush(start)
            self.show(inside, "", start, stop)
        return stop

    def environment(self, found: re.Match[str]) -> int:
        name = found.group("name")
        if name not in DISPLAYS:
            self.flush(found.start())
            role = self.role(name.rstrip("*"))
            end = found.end()
            if role is not None:
                title = re.compile(r"\s*\[([^\]\n]*)\]").match(self.text, end)
                called = f"{name} {title.group(1) if title else ''}".strip()
                self.made.pieces.append(Turn(role, self.whole.at(found.start()), called))
                end = title.end() if title else end
            self.begun = end
            return end
        closing = f"\\end{{{name}}}"
        close = self.text.find(closing, found.end())
        if close < 0:
            self.complain(f"`\\begin{{{name}}}` does not end: close it with `{closing}`", found.start())
            return len(self.text)
        self.flush(found.start())
        stop = close + len(closing)
        self.show(self.whole[found.end() : close], name, found.start(), stop)
        return stop

    def show(self, source: Extract, environment: str, start: int, end: int) -> None:
        formula = self.expanded(source)
        name, inner = inside(environment, formula)
        self.made.pieces.append(display(inner, name, (self.whole.at(start), self.whole.at(end))))
        self.begun = end

    def expanded(self, source: Extract) -> Extract:
        try:
            return self.macros.expand(source)
        except Runaway as error:
            self.made.complaints.append(
                Complaint(
                    rf"the macro `\{error.macro}` does not come to an end",
                    "it calls itself: define it without itself",
                    error.offset,
                )
            )
            return source

    def complain(self, message: str, start: int) -> None:
        said, _, remedy = message.partition(": ")
        self.made.complaints.append(Complaint(said, remedy, self.whole.at(start)))


def _referring(text: str) -> str:
    """Running text with its references, and without what only sets it."""
    text = _CITE.sub("[citation]", text)
    text = re.sub(r"\\label\{[^{}]*\}", "", text)
    text = re.sub(r"\\(emph|textbf|textit|text|textsc|underline)\s*(?=\{)", "", text)
    text = re.sub(r"\\(?!eqref|ref|cref|Cref|autoref)[A-Za-z]+\*?(\[[^\]]*\])?", " ", text)
    parts = re.split(r"(\\(?:eqref|ref|cref|Cref|autoref)\{[^{}]*\})", text)
    return "".join(part if part.startswith("\\") else part.replace("{", "").replace("}", "") for part in parts)


__all__ = ["SECTIONS", "document"]
