import re as library_re


@when_inherited
class Template:
    delimiter = "$"
    idpattern = "[_a-z][_a-z0-9]*"
    braceidpattern = ""

    def __init__(self, template):
        self.template = template

    def _expanded(self, values, safe):
        mark = library_re.escape(self.delimiter)
        braced = self.braceidpattern or self.idpattern
        pattern = library_re.compile(
            f"{mark}(?:(?P<escaped>{mark})|(?P<named>{self.idpattern})|\\{{(?P<braced>{braced})\\}}|(?P<invalid>))",
            library_re.IGNORECASE)
        out = []
        at = 0
        for found in pattern.finditer(self.template):
            out.append(self.template[at:found.start()])
            at = found.end()
            name = found.group("named") or found.group("braced")
            if name:
                out.append(found.group() if safe and name not in values else str(values[name]))
            elif found.group("escaped") is not None:
                out.append(self.delimiter)
            elif safe:
                out.append(found.group())
            else:
                before = self.template[:found.start("invalid")].splitlines(True)
                column = len(before[-1]) if before else 1
                raise ValueError(f"Invalid placeholder in string: line {max(len(before), 1)}, col {column}")
        out.append(self.template[at:])
        return "".join(out)

    def substitute(self, mapping=None, /, **kwds):
        return self._expanded({**dict(mapping or {}), **kwds}, False)

    def safe_substitute(self, mapping=None, /, **kwds):
        return self._expanded({**dict(mapping or {}), **kwds}, True)
