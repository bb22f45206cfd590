#pragma once
// Where models come from: a path, or the name of one that ships with the program.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace sov::apr {

struct BuiltIn {
  std::string name;
  std::filesystem::path path;
};

/// The folder of built-in models: SOV_MODELS, else the first models/ beside or above the executable.
std::optional<std::filesystem::path> models_folder();
/// Models in that folder, by name: a Hugging Face folder NAME/, or NAME.apr, NAME.gguf, NAME.safetensors.
std::vector<BuiltIn> built_in_models();

/// The path that SOURCE means; a path that exists wins over a name. Errors: not_found (names where it looked
/// and what there is), unsupported for hub references.
Result<std::filesystem::path> resolve_source(std::string_view source);

/// Bytes of a file, or of all regular files of a folder.
uint64_t size_on_disk(const std::filesystem::path& path);

}  // namespace sov::apr
