"""Classes that inherit from string.Template."""
import string
class Loose(string.Template):
    delimiter = "%"
    idpattern = r"[a-z][a-z0-9_]*"
class Dotted(string.Template):
    idpattern = r"[_a-z][_a-z0-9.]*"
print(Loose("Hi %name, %{n}x costs 5%% %unknown").safe_substitute({"name": "bob", "n": 3}))
print(Loose("Hi %name").substitute(name="z"))
t = Dotted("$a.b and ${c.d} $$ $")
print(t.safe_substitute({"a.b": 1, "c.d": 2}))
try:
    t.substitute({"a.b": 1, "c.d": 2})
except ValueError as e:
    print(e)
try:
    Dotted("x\nyy $ z").substitute({})
except ValueError as e:
    print(e)
try:
    Dotted("$").substitute({})
except ValueError as e:
    print(e)
try:
    Loose("%a %b").substitute(a=1)
except KeyError as e:
    print("missing", e)
print(t.template, t.get_identifiers() if hasattr(t, "get_identifiers") else "", t.is_valid())
