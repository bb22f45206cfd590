#pragma once
// Names of element types in SafeTensors headers.

#include <optional>
#include <string_view>

#include "compute/dtype.h"

namespace sov::formats {

std::optional<DType> dtype_from_safetensors(std::string_view name);
/// Empty for types that SafeTensors lacks.
std::string_view safetensors_name(DType dtype);
/// The reference package lays tensors out by falling rank, then by name.
int safetensors_rank(DType dtype);
/// A type of the specification that we do not read: sub-byte, complex, exponent-only.
bool is_unbuilt_safetensors_dtype(std::string_view name);

}  // namespace sov::formats
