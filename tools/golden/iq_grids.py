#!/usr/bin/env python3
"""Writes src/compute/quant/grids.inc: the code books of the IQ1, IQ2 and IQ3 types, which are part of the file format.

Taken from gguf 0.19.0 (the values that its decoders look up). Each entry of a book is 4 or 8 values; a value is stored
as its index in the book's list of levels, 2 bits (or 4 for IQ3's eight levels), first value in the lowest bits.

Run: python tools/golden/iq_grids.py > src/compute/quant/grids.inc
"""
import numpy as np
from gguf import quants

BOOKS = [("kIq2XxsBook", quants.IQ2_XXS, 2), ("kIq2XsBook", quants.IQ2_XS, 2), ("kIq2SBook", quants.IQ2_S, 2),
         ("kIq3XxsBook", quants.IQ3_XXS, 4), ("kIq3SBook", quants.IQ3_S, 4), ("kIq1Book", quants.IQ1_S, 2)]


def entries(kind, bits: int) -> list[int]:
    kind.init_grid()
    levels = {float(level): i for i, level in enumerate(kind.grid_map)}
    grid = kind.grid.reshape(kind.grid_shape)
    return [sum(levels[float(value)] << (bits * at) for at, value in enumerate(row)) for row in grid]


def main() -> None:
    print("// Made by tools/golden/iq_grids.py; do not edit.")
    for name, kind, bits in BOOKS:
        codes = entries(kind, bits)
        assert np.max(codes) < 1 << 16
        print(f"constexpr uint16_t {name}[{len(codes)}] = {{")
        for at in range(0, len(codes), 14):
            print("    " + " ".join(f"0x{code:04x}," for code in codes[at:at + 14]))
        print("};")


if __name__ == "__main__":
    main()
