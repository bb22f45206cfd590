#include "ml/forest_file.h"

#include <cstring>

#include "formats/model_writer.h"

namespace sov::ml {
namespace {

constexpr std::string_view kType = "random_forest_classifier";

/// All trees' nodes, one column a tensor.
struct Columns {
  std::vector<int32_t> starts, feature, left, right;
  std::vector<double> threshold, weight, value;
};

Columns columns_of(const RandomForestClassifier& forest) {
  Columns out;
  for (const DecisionTreeClassifier& tree : forest.trees()) {
    out.starts.push_back(static_cast<int32_t>(out.feature.size()));
    for (const TreeNode& node : tree.nodes()) {
      out.feature.push_back(node.feature);
      out.left.push_back(node.left);
      out.right.push_back(node.right);
      out.threshold.push_back(node.threshold);
      out.weight.push_back(node.weight);
    }
    out.value.insert(out.value.end(), tree.values().begin(), tree.values().end());
  }
  out.starts.push_back(static_cast<int32_t>(out.feature.size()));
  return out;
}

Json names_json(const std::vector<std::string>& names) {
  Json out = Json::array();
  for (const std::string& name : names) out.push(name);
  return out;
}

template <typename T>
Bytes bytes_of(const std::vector<T>& values) {
  return std::as_bytes(std::span<const T>(values));
}

Bytes column_bytes(const Columns& columns, std::string_view name) {
  if (name == "forest.starts") return bytes_of(columns.starts);
  if (name == "forest.feature") return bytes_of(columns.feature);
  if (name == "forest.left") return bytes_of(columns.left);
  if (name == "forest.right") return bytes_of(columns.right);
  if (name == "forest.threshold") return bytes_of(columns.threshold);
  if (name == "forest.weight") return bytes_of(columns.weight);
  return bytes_of(columns.value);
}

Result<std::vector<std::string>> read_names(const Json& metadata, std::string_view key) {
  const Json& list = member(metadata, key);
  if (!list.is_array()) return fail(Code::model, "'{}': wanted a list of names", key);
  std::vector<std::string> out;
  for (const Json& name : list.items()) {
    if (!name.is_string()) return fail(Code::model, "'{}': wanted names, got {}", key, name.kind_phrase());
    out.push_back(name.string());
  }
  return out;
}

template <typename T>
Result<std::vector<T>> read_column(const formats::ModelFile& model, std::string_view name, DType dtype,
                                   uint64_t count) {
  const formats::Tensor* tensor = model.find(name);
  if (tensor == nullptr) return fail(Code::model, "tensor '{}' is missing", name);
  if (tensor->dtype != dtype || tensor->encoding != formats::Tensor::Encoding::plain ||
      (count != 0 && tensor->elements() != count))
    return fail(Code::model, "tensor '{}': wanted {} values of {}, got {} of {}", name, count,
                sov::name(dtype), tensor->elements(), sov::name(tensor->dtype));
  std::vector<T> out(tensor->elements());
  std::memcpy(out.data(), tensor->data.data(), out.size() * sizeof(T));
  return out;
}

Result<Columns> read_columns(const formats::ModelFile& model, size_t classes) {
  Columns out;
  TRY(out.starts, read_column<int32_t>(model, "forest.starts", DType::i32, 0));
  TRY(out.feature, read_column<int32_t>(model, "forest.feature", DType::i32, 0));
  const uint64_t nodes = out.feature.size();
  if (nodes == 0) return fail(Code::model, "tensor 'forest.feature': wanted at least one node");
  TRY(out.left, read_column<int32_t>(model, "forest.left", DType::i32, nodes));
  TRY(out.right, read_column<int32_t>(model, "forest.right", DType::i32, nodes));
  TRY(out.threshold, read_column<double>(model, "forest.threshold", DType::f64, nodes));
  TRY(out.weight, read_column<double>(model, "forest.weight", DType::f64, nodes));
  TRY(out.value, read_column<double>(model, "forest.value", DType::f64, nodes * classes));
  return out;
}

Result<DecisionTreeClassifier> read_tree(const Columns& columns, size_t tree, size_t classes,
                                         size_t features) {
  const int32_t begin = columns.starts[tree], end = columns.starts[tree + 1];
  if (begin < 0 || end <= begin || static_cast<size_t>(end) > columns.feature.size())
    return fail(Code::corrupt, "forest: tree {}: nodes {} to {} of {}", tree, begin, end,
                columns.feature.size());
  std::vector<TreeNode> nodes;
  for (auto i = static_cast<size_t>(begin); i < static_cast<size_t>(end); ++i)
    nodes.push_back(
        {columns.feature[i], columns.left[i], columns.right[i], columns.threshold[i], columns.weight[i]});
  const auto width = static_cast<ptrdiff_t>(classes);
  return DecisionTreeClassifier::from_nodes(
      std::move(nodes), {columns.value.begin() + begin * width, columns.value.begin() + end * width},
      static_cast<int>(classes), features);
}

}  // namespace

Result<> save_forest(const std::filesystem::path& path, const ForestFile& file, Overwrite overwrite) {
  const Columns columns = columns_of(file.forest);
  formats::ModelSpec spec;
  spec.metadata.set("model_type", kType)
      .set("classes", names_json(file.classes))
      .set("features", names_json(file.features));
  for (const auto& [key, value] : file.metadata.members()) spec.metadata.set(key, value);
  const uint64_t nodes = columns.feature.size();
  spec.tensors.push_back({"forest.starts", DType::i32, {columns.starts.size()}});
  for (const char* name : {"forest.feature", "forest.left", "forest.right"})
    spec.tensors.push_back({name, DType::i32, {nodes}});
  for (const char* name : {"forest.threshold", "forest.weight"})
    spec.tensors.push_back({name, DType::f64, {nodes}});
  spec.tensors.push_back({"forest.value", DType::f64, {nodes, static_cast<uint64_t>(file.forest.classes())}});
  const auto bytes = [&](const formats::TensorSpec& tensor, const formats::TensorSink& sink) {
    return sink(column_bytes(columns, tensor.name));
  };
  return formats::write_model(formats::Format::apr, path, spec, bytes, overwrite);
}

Result<ForestFile> load_forest(const std::filesystem::path& path) {
  TRY(const auto model, formats::open_model(path, {.verify = formats::Verify::all}));
  const auto in_file = [&](const Error& error) { return fail(error.with(path.string())); };
  const Json& type = member(model->metadata, "model_type");
  if (!type.is_string() || type.string() != kType)
    return fail(Code::model, "{}: wanted model_type \"{}\"", path.string(), kType);
  auto classes = read_names(model->metadata, "classes");
  if (!classes) return in_file(classes.error());
  auto features = read_names(model->metadata, "features");
  if (!features) return in_file(features.error());
  const Result<Columns> columns = read_columns(*model, classes->size());
  if (!columns) return in_file(columns.error());
  std::vector<DecisionTreeClassifier> trees;
  for (size_t t = 0; t + 1 < columns->starts.size(); ++t) {
    Result<DecisionTreeClassifier> tree = read_tree(*columns, t, classes->size(), features->size());
    if (!tree) return in_file(tree.error());
    trees.push_back(std::move(*tree));
  }
  Result<RandomForestClassifier> forest = RandomForestClassifier::from_trees(std::move(trees));
  if (!forest) return in_file(forest.error());
  Json rest = Json::object();
  for (const auto& [key, value] : model->metadata.members()) {
    if (key != "model_type" && key != "classes" && key != "features") rest.set(key, value);
  }
  return ForestFile{std::move(*forest), std::move(*classes), std::move(*features), std::move(rest)};
}

}  // namespace sov::ml
