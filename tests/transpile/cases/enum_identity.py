"""Members of Enums compared by is with what may be None."""
from enum import Enum, auto
from typing import Optional
class Dim(Enum):
    LEN = 1
    MASS = 2

def pick(dim: Dim, wanted: Optional[Dim]) -> bool:
    return wanted is None or dim is wanted

def pick2(dim: Dim, wanted=None) -> bool:
    if wanted is not None and wanted is not dim:
        return False
    return True

print(pick(Dim.LEN, None), pick(Dim.LEN, Dim.MASS), pick2(Dim.MASS, Dim.MASS), pick2(Dim.LEN, Dim.MASS))


class Mixed(Enum):
    RED = auto()
    GREEN = auto()
    CRIMSON = 1
    LOW = -3
    NEXT = auto()
    ALSO = -2


print(list(Mixed), len(Mixed), Mixed.CRIMSON, Mixed.ALSO is Mixed.NEXT, Mixed(1), Mixed["CRIMSON"])
