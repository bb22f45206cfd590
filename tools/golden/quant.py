#!/usr/bin/env python3
"""Golden data for the block codecs: tests/golden/quant/<type>.bin.

Made with gguf 0.19.0 and numpy 2.4.6. Each file: magic "SOVQ", u32 blocks, u32 block elements, u32 block bytes, then
the blocks, then gguf.quants.dequantize of them as f32. For types that gguf can encode, <type>_encode.bin follows the
same header with f32 values, then gguf.quants.quantize of them.

Blocks are random bytes (every bit pattern is a valid block) whose f16 scales come from a list with NaN, infinities,
zeros of both signs, denormals, the largest finite and ordinary values.

Run: python tools/golden/quant.py [output folder]
"""
import pathlib
import struct
import sys

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType as Type
from gguf.quants import dequantize, quantize

SCALES = np.array([0x0000, 0x8000, 0x0001, 0x8001, 0x03FF, 0x0400, 0x7BFF, 0xFBFF, 0x7C00, 0xFC00, 0x7E00, 0xFE01,
                   0x3C00, 0xBC00, 0x2E66, 0x1234], dtype=np.uint16)
# Byte offsets of the f16 scales in a block.
SCALES_AT = {Type.Q4_0: [0], Type.Q4_1: [0, 2], Type.Q5_0: [0], Type.Q5_1: [0, 2], Type.Q8_0: [0],
             Type.Q2_K: [80, 82], Type.Q3_K: [108], Type.Q4_K: [0, 2], Type.Q5_K: [0, 2], Type.Q6_K: [208],
             Type.IQ4_NL: [0], Type.IQ4_XS: [0], Type.IQ1_S: [0], Type.IQ1_M: [], Type.IQ2_XXS: [0], Type.IQ2_XS: [0],
             Type.IQ2_S: [0], Type.IQ3_XXS: [0], Type.IQ3_S: [0], Type.TQ1_0: [52], Type.TQ2_0: [64], Type.MXFP4: [],
             Type.NVFP4: []}
ENCODED = [Type.Q8_0, Type.Q4_0, Type.Q4_1, Type.Q5_0, Type.Q5_1, Type.BF16, Type.F16]


def header(blocks: int, elements: int, size: int) -> bytes:
    return b"SOVQ" + struct.pack("<III", blocks, elements, size)


def random_blocks(kind: Type, rng: np.random.Generator) -> np.ndarray:
    elements, size = GGML_QUANT_SIZES[kind]
    count = 48 if elements == 32 else 20
    blocks = rng.integers(0, 256, (count, size), dtype=np.uint8)
    for k, at in enumerate(SCALES_AT[kind]):
        for b in range(count):
            if b < 16 + 16 * k:
                scale = SCALES[(b * (1 + 4 * k) + 3 * k) % len(SCALES)]
            else:
                scale = rng.normal(0, 0.01, 1).astype(np.float16).view(np.uint16)[0]
            blocks[b, at:at + 2] = np.array([scale], dtype=np.uint16).view(np.uint8)
    return blocks


def values_to_encode(rng: np.random.Generator) -> np.ndarray:
    """Finite blocks of 32: random of many magnitudes and shapes, constant, zero, outliers, ties, tiny, denormal, huge.

    No block mixes zeros of both signs without a negative value: numpy's minimum of these depends on its vector width.
    """
    rows = [rng.normal(0, 10.0 ** rng.integers(-4, 4), 32) for _ in range(40)]
    rows += [np.zeros(32), -np.zeros(32), np.full(32, 0.37), np.full(32, -1.5), np.full(32, 1e-41)]
    outlier = rng.normal(0, 0.01, 32)
    outlier[7] = -9.5
    ramp = np.arange(32)
    rows += [outlier, ramp * 0.5 - 8, 8 - ramp * 0.5, ramp * 1.0 - 127, rng.normal(0, 1e-9, 32),
             rng.uniform(0, 1, 32), rng.uniform(-60000, 60000, 32), np.abs(outlier)]
    rows += [rng.standard_t(2, 32) * 0.02 for _ in range(16)]
    rows += [rng.uniform(low, low + 3, 32) for low in (-7, -1, 0.5, 40)]
    # Halves of the step, so that every code is a tie: centred types reach -8 (4 bits) or -16 (5 bits) steps, the others
    # 15 or 31 from their minimum.
    for steps in (8, 16):
        for d in (1.0, -1.0, 0.0625, 3.0):
            row = d * (rng.integers(-2 * steps, 2 * steps, 32) * 0.5)
            row[rng.integers(0, 32)] = -d * steps
            rows.append(row)
    for steps in (15, 31):
        for d in (1.0, 0.0625, 3.0):
            row = d * rng.integers(0, 2 * steps + 1, 32) * 0.5 - 2
            row[:2] = (-2, d * steps - 2)
            rows.append(row)
    # The same magnitude with both signs: the first one gives the scale its sign.
    rows += [np.where(rng.integers(0, 2, 32) == 1, 2.5, -2.5) for _ in range(4)]
    # Scales around the smallest half, the smallest normal f32, and 1 / d beyond f32.
    rows += [rng.normal(0, scale, 32) for scale in (1e-6, 4e-7, 1e-7, 1e-30, 1e-37, 1e-38, 1e-39, 1e-41)]
    # Scales around the largest half, and a range beyond f32.
    rows += [rng.normal(0, scale, 32) for scale in (1e5, 3e5, 1e6, 1e20, 1e38)]
    return np.array(rows, dtype=np.float32)


def main() -> None:
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "tests/golden/quant")
    folder.mkdir(parents=True, exist_ok=True)
    np.seterr(all="ignore")
    for kind in SCALES_AT:
        rng = np.random.default_rng(20240 + kind)
        blocks = random_blocks(kind, rng)
        values = dequantize(blocks, kind).astype(np.float32)
        elements, size = GGML_QUANT_SIZES[kind]
        name = kind.name.lower()
        (folder / f"{name}.bin").write_bytes(header(len(blocks), elements, size) + blocks.tobytes() + values.tobytes())
    for kind in ENCODED:
        rng = np.random.default_rng(777 + kind)
        elements, size = GGML_QUANT_SIZES[kind]
        values = values_to_encode(rng)
        blocks = quantize(values, kind)
        count = values.size // elements
        name = kind.name.lower()
        (folder / f"{name}_encode.bin").write_bytes(
            header(count, elements, size) + values.tobytes() + blocks.tobytes())


if __name__ == "__main__":
    main()
