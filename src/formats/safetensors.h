#pragma once
// SafeTensors: one file, or shards under a model.safetensors.index.json.

#include <filesystem>
#include <string_view>

#include "formats/model_file.h"

namespace sov::formats {

/// Could be one: a plausible header length, then '{'.
bool looks_like_safetensors(Bytes bytes);

/// Appends one file's tensors to `model` (as file number `file`) and merges its __metadata__ into
/// model.metadata. Errors: corrupt for every broken rule of the specification (header length, UTF-8, JSON,
/// duplicate names, shape against size, gaps and overlaps, trailing bytes); unsupported for sub-byte types.
/// Source: the safetensors README "Format" and its reference reader's checks.
Result<> read_safetensors(Bytes bytes, std::string_view name, uint32_t file, ModelFile& model);

/// Opens every shard that an index names. Shard names must be plain file names in the index's folder; the
/// weight map must list exactly the shards' tensors. Errors: as above, and not_found for a missing shard.
Result<> open_safetensors_index(const std::filesystem::path& index, ModelFile& model);

}  // namespace sov::formats
