from typing import Any, Dict
opts: Dict[str, Any] = {"sep": None, "n": 2, "s": ","}
print("a b  c".split(opts["sep"]), "a,b,c".split(opts["s"]), "abc".find("c", opts["n"]), "abcabc".find("a", opts["n"], opts["sep"]))
