"""A Markdown document taken apart: `$ … $`, `$$ … $$`, fenced maths, LaTeX environments, front matter.

One scan from left to right, which looks at no character more than a fixed
number of times. Code, comments and what is escaped are left alone.
"""

from __future__ import annotations

import re
from pathlib import Path

from derivations.reading.document import MATHS, Complaint, Displayed, Document, Said, Turn
from derivations.reading.environments import DISPLAYS, display, inside
from derivations.reading.extract import Extract, Sources
from derivations.reading.rows import front_matter

_FENCE = r"^[ ]{0,3}(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^\n`]*)$"
_TOKEN = re.compile(
    rf"(?P<escape>\\[$`*_\\#])|{_FENCE}|(?P<comment><!--)|(?P<code>`+)|(?P<dollars>\$\$?)"
    r"|\\(?P<open>[\[(])|(?P<begin>\\begin\{(?P<name>[A-Za-z]+\*?)\})"
    r"|(?P<heading>^[ ]{0,3}\#{1,6}[ \t][^\n]*)|(?P<blank>\n[ \t]*(?=\n|\Z))",
    re.MULTILINE,
)
_LINK = re.compile(r"\[((?:[^\[\]]|⟦\d+⟧)*)\]\(([^()\s]*)[^()]*\)")
_REFERENCE = re.compile(r"\\(?:eqref|ref|cref|Cref|autoref)\{([^{}]*)\}")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>")
_ROLE = re.compile(
    r"\s*(?:[#>*_ ]|\d+[.)])*\s*(?P<word>Theorem|Proposition|Lemma|Corollary|Claim|Statement|Exercise|Problem|Question"
    r"|Proof|Solution|Answer|Derivation|Definition|Example|Remark|Note(?!\s+that))\b[^\n]{0,60}?(?:[:.]|\*\*|__|$)",
    re.MULTILINE,
)
_TITLE = re.compile(
    r"\s*[\w,.()&\- ]{0,40}\b(?:Exercise|Problem|Question|Theorem|Section|Part)\s+"
    r"[\dA-Z]+(?:\.\d+)*[\w ,:()\-]{0,40}\s*"
)
"""A line of its own such as `2023, Exercise 2.1`."""
ROLES = {
    **dict.fromkeys(("theorem", "proposition", "lemma", "corollary", "claim", "statement"), "theorem"),
    **dict.fromkeys(("exercise", "problem", "question"), "theorem"),
    **dict.fromkeys(("proof", "solution", "answer", "derivation"), "proof"),
    **dict.fromkeys(("definition", "example", "remark", "note"), ""),
}


def document(path: Path, whole: Extract, sources: Sources) -> Document:
    """What stands in a Markdown file."""
    made = Document(path, "markdown", sources)
    start = front_matter(whole, made)
    _Scan(whole, made).run(start)
    return made


class _Scan:
    def __init__(self, whole: Extract, made: Document) -> None:
        self.whole, self.text, self.made = whole, whole.text, made
        self.words: list[str] = []
        self.maths: list[Extract] = []
        self.begun = 0
        self.never: set[str] = set()  # closing marks that do not come any more

    def run(self, position: int) -> None:
        self.begun = position
        for_next = position
        while True:
            found = _TOKEN.search(self.text, for_next)
            if found is None:
                break
            self.say(self.text[for_next : found.start()])
            for_next = self.token(found)
        self.say(self.text[for_next:])
        self.flush(len(self.text))

    # -- what is said ------------------------------------------------------------------
    def say(self, words: str) -> None:
        self.words.append(words)

    def flush(self, upto: int, heading: bool = False) -> None:
        """What was said since the last display or paragraph is a run of its own."""
        text = "".join(self.words)
        if text.strip():
            said = spoken(text, tuple(self.maths), self.whole.at(self.begun), heading)
            role = _ROLE.match(text)
            if role is not None:
                word = role.group("word").lower()
                self.made.pieces.append(Turn(ROLES[word], said.start, role.group(0).strip(" *_#:>.\n")))
            elif not self.maths and _TITLE.fullmatch(text) and "\n" not in text.strip():
                self.made.pieces.append(Turn("theorem", said.start, text.strip(" *_#:>.\n")))
            self.made.pieces.append(said)
            if heading and not self.made.title:
                self.made.title = said.text.strip(" #")
        self.words, self.maths, self.begun = [], [], upto

    # -- what stands between -------------------------------------------------------------
    def token(self, found: re.Match[str]) -> int:
        kind = found.lastgroup if found.lastgroup not in ("info", "name") else ""
        start, end = found.span()
        if found.group("escape"):
            self.say(found.group("escape")[1:])
        elif found.group("fence"):
            return self.fence(found)
        elif found.group("comment"):
            return self.until("-->", end, "this comment does not end: close it with `-->`", start)
        elif found.group("code"):
            return self.code(found)
        elif found.group("dollars"):
            return self.dollars(found)
        elif found.group("open"):
            return self.brackets(found)
        elif found.group("begin"):
            return self.environment(found)
        elif found.group("heading"):
            self.flush(start)
            self.say(found.group("heading"))
            self.flush(end, heading=True)
        elif kind == "blank":
            self.say("\n")
            self.flush(end)
        return end

    def until(self, mark: str, start: int, complaint: str, begun: int) -> int:
        """Behind the next `mark`, the text between being passed over."""
        end = self.find(mark, start)
        if end < 0:
            self.complain(complaint, begun)
            return len(self.text)
        return end + len(mark)

    def find(self, mark: str, start: int) -> int:
        if mark in self.never:
            return -1
        end = self.text.find(mark, start)
        if end < 0:
            self.never.add(mark)
        return end

    def complain(self, message: str, start: int) -> None:
        said, _, remedy = message.partition(": ")
        self.made.complaints.append(Complaint(said, remedy, self.whole.at(start)))

    def fence(self, found: re.Match[str]) -> int:
        mark = found.group("fence")
        end = re.compile(rf"^[ ]{{0,3}}{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$", re.MULTILINE)
        close = end.search(self.text, found.end()) if mark not in self.never else None
        inside = found.end() + 1
        if close is None:
            self.never.add(mark)
            return len(self.text) if found.group("info").strip() else found.end()
        if found.group("info").strip().lower() in ("math", "latex-math", "{math}"):
            self.flush(found.start())
            self.show(self.whole[inside : close.start()], "", found.start(), close.end())
        return close.end()

    def code(self, found: re.Match[str]) -> int:
        mark = found.group("code")
        closing = re.compile(rf"(?<!`){mark}(?!`)")
        if mark in self.never:
            return found.end()
        end = closing.search(self.text, found.end())
        if end is None:
            self.never.add(mark)
            return found.end()
        return end.end()

    def dollars(self, found: re.Match[str]) -> int:
        start, end = found.span()
        if found.group() == "$$":
            close = self.find("$$", end)
            if close < 0:
                self.complain("this display does not end: close it with `$$`", start)
                return len(self.text)
            self.flush(start)
            self.show(self.whole[end:close], "", start, close + 2)
            return close + 2
        close = self.find("$", end)
        while close > 0 and self.text[close - 1] == "\\":
            close = self.find("$", close + 1)
        between = self.text[end:close] if close >= 0 else ""
        money = self.text[close + 1 : close + 2].isdigit() if close >= 0 else True
        if close < 0 or not between.strip() or between[0].isspace() or "\n\n" in between or money:
            self.say("$")
            return end
        self.inline(self.whole[end:close])
        return close + 1

    def inline(self, maths: Extract) -> None:
        self.say(MATHS.format(len(self.maths)))
        self.maths.append(maths)

    def brackets(self, found: re.Match[str]) -> int:
        closing = {"[": "\\]", "(": "\\)"}[found.group("open")]
        close = self.find(closing, found.end())
        if close < 0:
            self.say(found.group("open"))
            return found.end()
        inside = self.whole[found.end() : close]
        if closing == "\\)":
            self.inline(inside)
        else:
            self.flush(found.start())
            self.show(inside, "", found.start(), close + 2)
        return close + 2

    def environment(self, found: re.Match[str]) -> int:
        name = found.group("name")
        if name not in DISPLAYS:
            self.say(found.group())
            return found.end()
        closing = f"\\end{{{name}}}"
        close = self.find(closing, found.end())
        if close < 0:
            self.complain(f"`\\begin{{{name}}}` does not end: close it with `{closing}`", found.start())
            return len(self.text)
        self.flush(found.start())
        stop = close + len(closing)
        self.show(self.whole[found.end() : close], name, found.start(), stop)
        return stop

    def show(self, source: Extract, environment: str, start: int, end: int) -> None:
        name, inner = inside(environment, source)
        outer = (self.whole.at(start), self.whole.at(end))
        self.made.pieces.append(display(inner, name, outer))
        self.begun = end


def spoken(text: str, maths: tuple[Extract, ...], start: int, heading: bool = False) -> Said:
    """What is said in a run of text, with its links told apart from its words."""
    links = [target for _, target in _LINK.findall(text)]
    links += [f"#{label.strip()}" for labels in _REFERENCE.findall(text) for label in labels.split(",")]
    words = _LINK.sub(r"\1", text)
    words = _REFERENCE.sub(r"(\1)", words)
    words = _TAG.sub(" ", words)
    return Said(re.sub(r"[ \t\n]+", " ", words.replace("*", "").replace("~", " ")).strip(), maths, tuple(links),
                heading, start)  # fmt: skip


__all__ = ["Displayed", "document", "spoken"]
