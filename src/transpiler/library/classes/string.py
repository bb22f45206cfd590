import re as library_re


@when_inherited
class Template:
    delimiter = "$"
    idpattern = r"(?a:[_a-z][_a-z0-9]*)"
    braceidpattern = None
    flags = 2

    def __init__(self, template):
        self.template = template

    def _parts(self):
        mark = library_re.escape(self.delimiter)
        braced = self.braceidpattern or self.idpattern
        expression = mark + "(?:(?P<escaped>" + mark + ")|(?P<named>" + self.idpattern + ")|{(?P<braced>" + braced + ")}|(?P<invalid>))"
        return library_re.compile(expression, self.flags)

    def _invalid(self, at):
        lines = self.template[:at].splitlines(keepends=True)
        column = at - len("".join(lines[:-1]))
        raise ValueError(f"Invalid placeholder in string: line {len(lines)}, col {column}")

    def _fill(self, values, safe):
        out = []
        last = 0
        for found in self._parts().finditer(self.template):
            out.append(self.template[last:found.start()])
            last = found.end()
            name = found.group("named") or found.group("braced")
            if name is not None:
                if not safe or name in values:
                    out.append(str(values[name]))
                else:
                    out.append(found.group())
            elif found.group("escaped") is not None:
                out.append(self.delimiter)
            elif safe:
                out.append(found.group())
            else:
                self._invalid(found.start("invalid"))
        out.append(self.template[last:])
        return "".join(out)

    def substitute(self, mapping=None, /, **kws):
        values = dict(mapping or {})
        values.update(kws)
        return self._fill(values, False)

    def safe_substitute(self, mapping=None, /, **kws):
        values = dict(mapping or {})
        values.update(kws)
        return self._fill(values, True)

    def get_identifiers(self):
        names = []
        for found in self._parts().finditer(self.template):
            name = found.group("named") or found.group("braced")
            if name is not None and name not in names:
                names.append(name)
        return names

    def is_valid(self):
        return all(found.group("invalid") is None for found in self._parts().finditer(self.template))
