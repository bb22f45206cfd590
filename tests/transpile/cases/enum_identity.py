"""Members of Enums compared by is with what may be None."""
from enum import Enum
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
