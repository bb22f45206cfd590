#pragma once
// Conversion of tensors between f32 and every stored type. Decoding is bit-identical to the PyPI `gguf`
// package.

#include <span>

#include "compute/dtype.h"
#include "core/fs.h"
#include "core/result.h"

namespace sov::compute {

/// All types but those that types.def lists without a codec.
bool can_dequantize(DType dtype);
bool can_quantize(DType dtype);

/// Decodes out.size() values. Bytes may lie at any alignment.
/// Errors: unsupported when the type has no decoder; validation when the sizes do not match.
Result<> dequantize(DType dtype, Bytes data, std::span<float> out);

/// Encodes values.size() values into exactly bytes_for(dtype, values.size()) bytes.
/// Errors: unsupported when the type has no encoder; validation when the sizes do not match.
/// Numerics: f16 and bf16 round to nearest even; q8_0, q4_0, q4_1, q5_0, q5_1 give the bits of
/// gguf.quants.quantize for finite input (quant/encode_32.cpp names the one exception); q2_k to q6_k and
/// iq4_nl search for the scales of least squared error (quant/affine_search-inl.h, centred_search-inl.h).
/// Blocks are coded by themselves, with the same bytes on every SIMD tier, so any split among threads gives
/// the same. A NaN or an infinity becomes NaNs or infinities in its whole block, never plausible numbers:
/// NaNs where scales are searched for, else what its infinite or NaN scale gives. The same holds for values
/// beyond the type's range.
Result<> quantize(DType dtype, std::span<const float> values, std::span<std::byte> out);

}  // namespace sov::compute
