#pragma once
// Folders of Python programs.

#include <string>
#include <vector>

#include "core/result.h"

namespace sov::depyler {

/// Python files below a folder (or the file itself), sorted; hidden folders and __pycache__ are left out.
/// Errors: not_found.
Result<std::vector<std::string>> python_files(const std::string& path);

struct Corpus {
  std::string name, folder;
};
/// The registry: a JSON file {"corpora": {NAME: FOLDER}}; an absent file is an empty registry.
Result<std::vector<Corpus>> read_registry(const std::string& file);
Result<> write_registry(const std::string& file, const std::vector<Corpus>& corpora);

}  // namespace sov::depyler
