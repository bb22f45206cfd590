import pprint
from collections import Counter
c = Counter("abracadabra" * 3)
pprint.pprint(c, width=30)
pprint.pprint({"counts": c, "n": 1}, width=30)
pprint.pprint(Counter({"x" * 30: 1, "y" * 50: 5}))
pprint.pprint(c)
