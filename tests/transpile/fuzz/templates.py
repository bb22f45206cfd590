"""Text with holes, from which the differential fuzzer makes programs of one feature.

  «int»          an expression of that type, of depth 2; «int0» is a literal or a name, «int1» of depth 1, «int_» a literal
  «a¦b¦c»        one of these; an alternative may have holes of its own
  #+ NAME TYPE   the expressions below may name this variable;  #- NAME: no longer
  ? LINE         this line, with its indented block, or not
  * LINE         of the lines marked so that stand together, some in any order
  > CALL         a call of the program, not a line of it
  ⏎              a new line, indented as this one
  §              the number of the program, so that names differ
"""
import re

from expressions import Expressions

HOLE = re.compile("«([^«»]*)»")
KIND = re.compile(r"(.*?)([0123_]?)$")
KINDS = {"int", "float", "str", "bool"}


def indent_of(line):
    return len(line) - len(line.lstrip())


def is_kind(text):
    return text in KINDS or re.match(r"(list|dict|set|tuple)\[", text) is not None


class Template:
    def __init__(self, rng, number):
        self.rng, self.number = rng, number
        self.scope = {}
        self.make = Expressions(rng, self.scope, []).make

    def hole(self, match):
        part = self.rng.choice(match.group(1).split("¦"))
        kind, depth = KIND.match(part).groups()
        if not is_kind(kind):
            return part
        if depth == "_":
            return Expressions(self.rng, {}, []).literal(kind)
        return self.make(kind, int(depth or 2))

    def filled(self, line):
        while HOLE.search(line):
            line = HOLE.sub(self.hole, line, count=1)
        return line.replace("§", str(self.number))

    def lines(self, lines):
        """The lines with the marks ? and * decided."""
        out, at = [], 0
        while at < len(lines):
            mark, body = lines[at].lstrip()[:2], indent_of(lines[at])
            if mark == "* ":
                end = at
                while end < len(lines) and lines[end].lstrip().startswith("* ") and indent_of(lines[end]) == body:
                    end += 1
                group = [line[:body] + line[body + 2:] for line in lines[at:end]]
                out += self.rng.sample(group, self.rng.randint(1, min(len(group), 7)))
                at = end
            elif mark == "? ":
                end = at + 1
                while end < len(lines) and indent_of(lines[end]) > body:
                    end += 1
                if self.rng.random() < 0.5:
                    out.append(lines[at][:body] + lines[at][body + 2:])
                    out += self.lines(lines[at + 1:end])
                at = end
            else:
                out.append(lines[at])
                at += 1
        return out

    def write(self, text):
        """(text of the program, its calls)"""
        code, calls = [], []
        for line in self.lines([line for line in text.strip("\n").split("\n") if line.strip()]):
            words = line.split(None, 2)
            if words[0] == "#+":
                self.scope[words[1]] = words[2]
            elif words[0] == "#-":
                self.scope.pop(words[1])
            elif words[0] == ">":
                calls.append(self.filled(line.lstrip()[2:]))
            else:
                code.append(self.filled(line).replace("⏎", "\n" + " " * indent_of(line)))
        return "\n".join(code), calls
