#pragma once
// A random forest as an .apr file (APR v2).
//
// Tensors: forest.starts i32 [trees + 1], the first node of each tree; forest.feature, forest.left,
// forest.right i32 [nodes], children counted within their tree; forest.threshold, forest.weight f64 [nodes];
// forest.value f64 [nodes, classes]. Metadata: "model_type": "random_forest_classifier", "classes" and
// "features" (names), and whatever the maker adds, provenance above all.

#include <filesystem>

#include "core/fs.h"
#include "core/json.h"
#include "ml/random_forest.h"

namespace sov::ml {

struct ForestFile {
  RandomForestClassifier forest;
  std::vector<std::string> classes, features;  // names
  Json metadata = Json::object();              // the rest
};

/// Writes the file whole or not at all. Errors: validation when it exists and may not be overwritten; io.
Result<> save_forest(const std::filesystem::path& path, const ForestFile& file, Overwrite overwrite);

/// Errors: not_found, io, corrupt (also checksums), model when the file holds something else.
Result<ForestFile> load_forest(const std::filesystem::path& path);

}  // namespace sov::ml
