import csv
import io
import sys
text = "a;b;c\n1;2;3\n4;'x;y'\n\n5;6;7\n"
rows = csv.DictReader(io.StringIO(text), delimiter=";", quotechar="'", restval="-")
for row in rows:
    print(rows.line_num, row["a"], row["b"], row["c"])
print(rows.fieldnames, [r for r in rows])
r = csv.reader(io.StringIO("x\ty\n1\t2\n"), "excel-tab")
print(next(r), list(r))
print(list(csv.reader(["a, b,  c"], skipinitialspace=True)))
print(list(csv.reader(["a\\,b,c"], quoting=csv.QUOTE_NONE, escapechar="\\")))
w = csv.writer(sys.stdout, dialect="excel-tab", lineterminator="\n")
w.writerow(["a", 1, None, 2.5, True])
w = csv.writer(sys.stdout, dialect=csv.unix_dialect)
w.writerow(["q\"q", 1])
w = csv.writer(sys.stdout, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
w.writerows([["s", 1, 2.0], ("t u", -3, "x")])
w = csv.writer(sys.stdout, quoting=csv.QUOTE_NONE, escapechar="\\", lineterminator="\n")
w.writerow(["a,b", "c"])
w = csv.writer(sys.stdout, doublequote=False, escapechar="\\", lineterminator="\n")
w.writerow(['say "hi"', "c,d"])
out = io.StringIO()
d = csv.DictWriter(out, ["n", "v"], extrasaction="ignore", restval=0, dialect="unix")
d.writeheader()
d.writerow({"n": "x", "z": 1})
d.writerows([{"n": "y", "v": 2}, {"v": 3}])
print(out.getvalue(), end="")
try:
    csv.DictWriter(out, ["n"]).writerow({"m": 1})
except ValueError as e:
    print(e)
try:
    csv.reader([], dialect="nope")
except csv.Error as e:
    print("csv:", e)
try:
    csv.writer(out, delimiter="ab")
except TypeError as e:
    print(e)
first = csv.DictReader(["h,i", "1,2", "3,4"])
print(next(first), list(first), next(first, None))
