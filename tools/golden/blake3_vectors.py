#!/usr/bin/env python3
"""BLAKE3 digests of bytes 0,1,...,250,0,1,... at the lengths of the official test vectors.

Made with the PyPI package blake3 (bindings to the reference implementation).
Usage: blake3_vectors.py > tests/golden/core/blake3.txt      lines: LENGTH HEX
"""
from blake3 import blake3

LENGTHS = [0, 1, 2, 3, 63, 64, 65, 127, 128, 129, 1023, 1024, 1025, 2048, 2049, 3072, 3073, 4096, 4097,
           5120, 5121, 6144, 6145, 7168, 7169, 8192, 8193, 16384, 31744, 102400]

for length in LENGTHS:
    print(length, blake3(bytes(i % 251 for i in range(length))).hexdigest())
