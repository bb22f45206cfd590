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


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        out = self._filled(format_string, args, kwargs, used, 2, [0])
        self.check_unused_args(used, args, kwargs)
        return out

    def _filled(self, format_string, args, kwargs, used, depth, counter):
        if depth < 0:
            raise ValueError("Max string recursion exceeded")
        out = []
        for literal, name, spec, conversion in self.parse(format_string):
            if literal:
                out.append(literal)
            if name is None:
                continue
            if name == "":
                if counter[0] < 0:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                name = str(counter[0])
                counter[0] += 1
            elif name.isdigit():
                if counter[0] > 0:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                counter[0] = -1
            found, key = self.get_field(name, args, kwargs)
            used.add(key)
            value = self.convert_field(found, conversion)
            text = spec or ""
            inner = self._filled(text, args, kwargs, used, depth - 1, counter) if "{" in text else text
            out.append(str(self.format_field(value, inner)))
        return "".join(out)

    def parse(self, format_string):
        at = 0
        literal = ""
        size = len(format_string)
        while at < size:
            c = format_string[at]
            if c == "{" or c == "}":
                if at + 1 < size and format_string[at + 1] == c:
                    yield literal + c, None, None, None
                    literal = ""
                    at += 2
                    continue
                if c == "}":
                    raise ValueError("Single '}' encountered in format string")
                depth = 1
                end = at + 1
                while end < size and depth > 0:
                    if format_string[end] == "{":
                        depth += 1
                    elif format_string[end] == "}":
                        depth -= 1
                    end += 1
                if depth > 0:
                    if at + 1 == size:
                        raise ValueError("Single '{' encountered in format string")
                    raise ValueError("expected '}' before end of string")
                field = format_string[at + 1:end - 1]
                cut = len(field)
                brackets = 0
                for i in range(len(field)):
                    if field[i] == "[":
                        brackets += 1
                    elif field[i] == "]":
                        brackets -= 1
                    elif brackets == 0 and (field[i] == "!" or field[i] == ":"):
                        cut = i
                        break
                name = field[:cut]
                rest = field[cut:]
                conversion = None
                if rest.startswith("!"):
                    conversion = rest[1:2]
                    rest = rest[2:]
                yield literal, name, rest[1:], conversion
                literal = ""
                at = end
            else:
                literal += c
                at += 1
        if literal:
            yield literal, None, None, None

    def get_field(self, field_name, args, kwargs):
        cut = len(field_name)
        for i in range(len(field_name)):
            if field_name[i] == "." or field_name[i] == "[":
                cut = i
                break
        first = field_name[:cut]
        key = int(first) if first.isdigit() else first
        value = self.get_value(key, args, kwargs)
        rest = field_name[cut:]
        while rest:
            if rest[0] == ".":
                end = 1
                while end < len(rest) and rest[end] != "." and rest[end] != "[":
                    end += 1
                value = getattr(value, rest[1:end])
                rest = rest[end:]
            else:
                end = rest.index("]")
                inner = rest[1:end]
                value = value[int(inner)] if inner.isdigit() else value[inner]
                rest = rest[end + 1:]
        return value, key

    def get_value(self, key, args, kwargs):
        if isinstance(key, int):
            return args[key]
        return kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        if conversion == "s":
            return str(value)
        if conversion == "r":
            return repr(value)
        if conversion == "a":
            return ascii(value)
        raise ValueError(f"Unknown conversion specifier {conversion}")
