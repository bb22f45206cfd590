#pragma once
// GGUF, versions 2 and 3, little-endian.

#include <string_view>

#include "formats/model_file.h"

namespace sov::formats {

/// Begins with "GGUF".
bool looks_like_gguf(Bytes bytes);

/// Fills metadata, types, tokenizer, chat template and tensors of `model` from a whole file.
/// Errors: corrupt (offset, wanted, got), unsupported (v1, big-endian, unknown tensor or nested array types).
/// Numerics: f32 metadata scalars become the double with the same shortest decimal, so 1e-6f reads as 1e-06;
/// it rounds back to the same f32. Source: ggml/docs/gguf.md. Deviations: names must be shorter than 64 bytes
/// and dims positive (as ggml demands); arrays of arrays are refused.
Result<> read_gguf(Bytes bytes, std::string_view name, ModelFile& model);

}  // namespace sov::formats
