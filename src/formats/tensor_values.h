#pragma once
// A tensor's values as f32, whatever its type and encoding: for statistics, conversion and inspection.

#include <span>

#include "formats/model_file.h"

namespace sov::formats {

/// What a range's begin and length must be multiples of: a block; for padded storage a row or the whole
/// tensor. At least 1.
uint64_t value_unit(const Tensor& tensor);

/// Decodes elements [begin, begin + out.size()). Begin and count are
/// multiples of value_unit(). Errors: validation (range), unsupported (types without a decoder). Numerics:
/// exact for f16, bf16, f32 and 8- and 16-bit integers; f64 and wider integers round to nearest.
Result<> read_values(const Tensor& tensor, uint64_t begin, std::span<float> out);

}  // namespace sov::formats
