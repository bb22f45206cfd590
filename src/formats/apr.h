#pragma once
// APR files of every variant: v2 (APR\0, APR2), APR1 (JSON, its compressed wrapper, whisper.apr's), APRN,
// presentar's layered files and realizar's transformer files.

#include <string_view>

#include "formats/model_file.h"

namespace sov::formats {

/// Begins with "APR\0", "APR1", "APR2" or "APRN".
bool looks_like_apr(Bytes bytes);

/// Fills `model` from a whole file. Variants whose payload is not named tensors are described in metadata and
/// get a warning instead of tensors. Checksums: see OpenOptions.
/// Errors: corrupt (offset, wanted, got), unsupported (encrypted, column-major, unknown versions and codecs),
/// exhausted (decompression budget).
Result<> read_apr(Bytes bytes, std::string_view name, const OpenOptions& options, ModelFile& model);

}  // namespace sov::formats
