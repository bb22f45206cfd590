import difflib as library_difflib


class Differ:
    def __init__(self):
        self._blanks_are_junk = False

    def _matcher(self, a: str, b: str):
        if self._blanks_are_junk:
            return library_difflib._ignoring_blanks(a, b)
        return library_difflib.SequenceMatcher(None, a, b)

    def compare(self, a, b):
        older = list(a)
        newer = list(b)
        matcher = library_difflib.SequenceMatcher(None, older, newer)
        for tag, alo, ahi, blo, bhi in matcher.get_opcodes():
            if tag == "replace":
                yield from self._replaced(older, alo, ahi, newer, blo, bhi)
            elif tag == "delete":
                yield from self._marked("-", older, alo, ahi)
            elif tag == "insert":
                yield from self._marked("+", newer, blo, bhi)
            else:
                yield from self._marked(" ", older, alo, ahi)

    def _marked(self, mark: str, lines: list[str], low: int, high: int):
        for i in range(low, high):
            yield mark + " " + lines[i]

    def _blocks(self, a: list[str], alo: int, ahi: int, b: list[str], blo: int, bhi: int):
        # The shorter block comes first.
        if bhi - blo < ahi - alo:
            yield from self._marked("+", b, blo, bhi)
            yield from self._marked("-", a, alo, ahi)
        else:
            yield from self._marked("-", a, alo, ahi)
            yield from self._marked("+", b, blo, bhi)

    def _part(self, a: list[str], alo: int, ahi: int, b: list[str], blo: int, bhi: int):
        if alo < ahi:
            if blo < bhi:
                yield from self._replaced(a, alo, ahi, b, blo, bhi)
            else:
                yield from self._marked("-", a, alo, ahi)
        elif blo < bhi:
            yield from self._marked("+", b, blo, bhi)

    def _replaced(self, a: list[str], alo: int, ahi: int, b: list[str], blo: int, bhi: int):
        best = 0.74
        at_a = alo
        at_b = blo
        same_a = -1
        same_b = -1
        for j in range(blo, bhi):
            for i in range(alo, ahi):
                if a[i] == b[j]:
                    if same_a < 0:
                        same_a = i
                        same_b = j
                    continue
                matcher = self._matcher(a[i], b[j])
                if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and matcher.ratio() > best:
                    best = matcher.ratio()
                    at_a = i
                    at_b = j
        identical = False
        if best < 0.75:
            if same_a < 0:
                yield from self._blocks(a, alo, ahi, b, blo, bhi)
                return
            at_a = same_a
            at_b = same_b
            identical = True
        yield from self._part(a, alo, at_a, b, blo, at_b)
        old = a[at_a]
        new = b[at_b]
        if identical:
            yield "  " + old
        else:
            old_marks = ""
            new_marks = ""
            for tag, i1, i2, j1, j2 in self._matcher(old, new).get_opcodes():
                if tag == "replace":
                    old_marks += "^" * (i2 - i1)
                    new_marks += "^" * (j2 - j1)
                elif tag == "delete":
                    old_marks += "-" * (i2 - i1)
                elif tag == "insert":
                    new_marks += "+" * (j2 - j1)
                else:
                    old_marks += " " * (i2 - i1)
                    new_marks += " " * (j2 - j1)
            yield "- " + old
            if old_marks.strip():
                yield "? " + self._spaced(old, old_marks) + "\n"
            yield "+ " + new
            if new_marks.strip():
                yield "? " + self._spaced(new, new_marks) + "\n"
        yield from self._part(a, at_a + 1, ahi, b, at_b + 1, bhi)

    def _spaced(self, line: str, marks: str) -> str:
        # Tabs of the line stay tabs where nothing is marked.
        out = ""
        for i in range(len(marks)):
            out += line[i] if marks[i] == " " and line[i].isspace() else marks[i]
        return out.rstrip()


def ndiff(a, b):
    differ = Differ()
    differ._blanks_are_junk = True
    return differ.compare(a, b)


def restore(delta, which: int):
    mark = "- " if which == 1 else "+ "
    for line in delta:
        if line[:2] == "  " or line[:2] == mark:
            yield line[2:]


def context_diff(a, b, fromfile: str = "", tofile: str = "", fromfiledate: str = "", tofiledate: str = "", n: int = 3, lineterm: str = "\n"):
    older = list(a)
    newer = list(b)
    started = False
    signs = {"insert": "+ ", "delete": "- ", "replace": "! ", "equal": "  "}
    for group in library_difflib.SequenceMatcher(None, older, newer).get_grouped_opcodes(n):
        if not started:
            started = True
            yield "*** " + fromfile + ("\t" + fromfiledate if fromfiledate else "") + lineterm
            yield "--- " + tofile + ("\t" + tofiledate if tofiledate else "") + lineterm
        first = group[0]
        last = group[-1]
        yield "***************" + lineterm
        yield "*** " + context_range(first[1], last[2]) + " ****" + lineterm
        if any(op[0] == "replace" or op[0] == "delete" for op in group):
            for op in group:
                if op[0] != "insert":
                    for line in older[op[1]:op[2]]:
                        yield signs[op[0]] + line
        yield "--- " + context_range(first[3], last[4]) + " ----" + lineterm
        if any(op[0] == "replace" or op[0] == "insert" for op in group):
            for op in group:
                if op[0] != "delete":
                    for line in newer[op[3]:op[4]]:
                        yield signs[op[0]] + line


def context_range(start: int, stop: int) -> str:
    first = start + 1
    length = stop - start
    if length == 0:
        first -= 1
    if length <= 1:
        return str(first)
    return f"{first},{first + length - 1}"
