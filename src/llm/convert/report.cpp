#include "llm/convert/report.h"

#include "core/hash.h"

namespace sov::llm {
namespace {

Json shape_json(const std::vector<uint64_t>& shape) {
  Json out = Json::array();
  for (uint64_t dim : shape) out.push(dim);
  return out;
}

std::string source_names(const PlannedTensor& tensor) {
  std::string names;
  for (const Part& part : tensor.parts) names += (names.empty() ? "" : " + ") + part.tensor->name;
  return names;
}

Json dtype_before(const PlannedTensor& tensor) {
  if (tensor.parts.empty()) return {};
  const formats::Tensor& first = *tensor.parts[0].tensor;
  return first.encoding == formats::Tensor::Encoding::scaled ? Json("apr_q8") : Json(name(first.dtype));
}

}  // namespace

Result<Json> describe_files(const formats::ModelFile& file, const std::filesystem::path& shown_as) {
  uint64_t bytes = 0;
  Json hashes = Json::object();
  for (const MappedFile& mapped : file.files) {
    bytes += mapped.bytes().size();
    hashes.set(mapped.path().filename().string(), hex(sha256(mapped.bytes())));
  }
  Json out = Json::object().set("path", shown_as.string());
  out.set("format", formats::format_name(file.format)).set("version", file.variant);
  return out.set("bytes", bytes).set("sha256", std::move(hashes));
}

void report_tensors(const Source&, const Plan& plan, const Changes& changes, Json& report) {
  Json tensors = Json::array(), fallbacks = Json::array(), dropped = Json::array();
  for (const PlannedTensor& t : plan.tensors) {
    Json row = Json::object().set("name", source_names(t)).set("new_name", t.spec.name);
    row.set("dtype_before", dtype_before(t)).set("dtype", name(t.spec.dtype));
    row.set("shape", shape_json(t.spec.shape)).set("transform", t.transform());
    if (const auto change = changes.find(t.spec.name); change != changes.end()) {
      row.set("max_abs", change->second.max_abs).set("rmse", change->second.rmse());
      row.set("relative_rmse", change->second.relative());
    }
    tensors.push(std::move(row));
    if (t.fallback.empty()) continue;
    fallbacks.push(
        Json::object().set("tensor", t.spec.name).set("dtype", name(t.spec.dtype)).set("reason", t.fallback));
  }
  for (const std::string& line : plan.dropped) dropped.push(line);
  report.set("tensors", std::move(tensors)).set("dropped", std::move(dropped));
  report.set("fallbacks", std::move(fallbacks));
}

Json carried(const Source& source) {
  const formats::ModelFile& file = *source.file;
  const Json* none = file.metadata.find("tokenizer.ggml.model");
  const bool tokenizer =
      file.tokenizer.kind != formats::TokenizerSource::Kind::none && !(none && *none == Json("none"));
  Json out = Json::object().set("tokenizer", tokenizer).set("config", true);
  out.set("chat_template", file.chat_template.has_value());
  return out.set("generation_config", file.generation_config.is_object());
}

}  // namespace sov::llm
