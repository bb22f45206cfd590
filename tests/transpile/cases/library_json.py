import json
import sys


def default(o):
    if isinstance(o, set):
        return sorted(o)
    raise TypeError(f"Object of type {type(o).__name__} is not JSON serializable")


def hook(d):
    d["seen"] = True
    return d


def main():
    data = {"name": "Ann", "n": 3, "x": 1.5, "ok": True, "none": None, "tags": ["a", "b"], "nested": {"k": [1, {"z": "é"}]}}
    print(json.dumps(data))
    print(json.dumps(data, indent=2))
    print(json.dumps(data, indent=4, sort_keys=True))
    print(json.dumps(data, separators=(",", ":")))
    print(json.dumps(data, ensure_ascii=False, indent="\t"))
    print(json.dumps({"s": {3, 1, 2}}, default=default))
    print(json.dumps([1, 2.0, "x", None, False]))
    print(json.dumps({1: "a", 2.5: "b", True: "c", None: "d"}))
    print(json.dumps("q\"\\\n\t\u20ac"), json.dumps([]), json.dumps({}), json.dumps([], indent=2))
    print(json.dumps(float("inf")), json.dumps(float("nan")), json.dumps(1e100), json.dumps(10**15))
    text = json.dumps(data)
    back = json.loads(text)
    print(back == data, back["nested"]["k"][1]["z"], len(back["tags"]))
    print(json.loads('{"a": 1, "b": {"c": 2}}', object_hook=hook))
    print(json.loads("[1, 2.5, -3e2, true, null]"))
    print(json.loads('{"a": 1.10}', parse_float=str), json.loads('[12]', parse_int=float))
    print(json.loads('{"a": 1, "b": 2}', object_pairs_hook=lambda p: [k for k, v in p]))
    for bad in ['{"a": }', "[1, 2", "nope", "", '{"a" 1}', "[1,]", '"abc', "{'a': 1}", "1 2"]:
        try:
            json.loads(bad)
        except json.JSONDecodeError as e:
            print(repr(bad), "->", e, "|", e.msg, e.lineno, e.colno, e.pos)
    try:
        json.loads("[1,\n 2,,]")
    except ValueError as e:
        print(type(e).__name__, e)
    try:
        json.dumps({1, 2})
    except TypeError as e:
        print("TypeError:", e)
    try:
        json.dumps(float("nan"), allow_nan=False)
    except ValueError as e:
        print("ValueError:", e)
    total = 0
    for key, value in back.items():
        if isinstance(value, int) and not isinstance(value, bool):
            total += value
        elif isinstance(value, list):
            total += len(value)
        print(key, type(value).__name__)
    print(total)
    records = [{"id": i, "score": i * 1.5, "tags": [str(i)]} for i in range(3)]
    for line in records:
        print(json.dumps(line, sort_keys=True))
    json.dump({"a": [1, 2]}, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
