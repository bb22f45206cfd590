#include "llm/convert/verify.h"

#include <algorithm>

#include "llm/engine.h"

namespace sov::llm {
namespace {

using formats::Tensor;

Result<Change> compare_tensors(const Plan& plan, const formats::ModelFile& written, ThreadPool& pool) {
  if (written.tensors.size() != plan.tensors.size()) {
    return fail(Code::validation, "wanted {} tensors, got {}", plan.tensors.size(), written.tensors.size());
  }
  Change total;
  for (const PlannedTensor& wanted : plan.tensors) {
    const Tensor* got = written.find(wanted.spec.name);
    if (!got) return fail(Code::validation, "tensor '{}' is missing", wanted.spec.name);
    if (got->dtype != wanted.spec.dtype || got->shape != wanted.spec.shape) {
      return fail(Code::validation, "tensor '{}': dtype or shape is not as written", wanted.spec.name);
    }
    TRY(const Change change, compare_values(wanted, pool, got->data));
    total.add(change);
  }
  return total;
}

}  // namespace

Result<Json> verify_output(const Source& source, const Plan& plan, const std::filesystem::path& staged,
                           ThreadPool& pool, compute::Device& device, const ConvertOptions& options) {
  TRY(const auto written, formats::open_model(staged, {.verify = formats::Verify::all}));
  TRY(const Change change, compare_tensors(plan, *written, pool));
  Json report = Json::object().set("tensors_equal", uint64_t{plan.tensors.size()});
  report.set("exact", change.exact).set("max_abs", change.max_abs).set("relative_rmse", change.relative());
  TRY(const Json inference, compare_inference(source.file->path, staged, device,
                                              {.prompt = {}, .max_tokens = options.verify_tokens}));
  for (std::string_view key : {"tokenizer_equal", "greedy_equal", "tokens_compared", "tokens_equal",
                               "max_abs_logit", "relative_logit"}) {
    report.set(key, *inference.find(key));
  }
  if (*inference.find("tokenizer_equal") == Json(false))
    return fail(Code::validation, "the tokenizer of the result gives other ids than the source's");
  if (change.exact && *inference.find("greedy_equal") == Json(false)) {
    return fail(Code::validation,
                "the result's greedy tokens are not the source's, though no value changed: {}",
                inference.find("first_difference")->dump());
  }
  return report;
}

}  // namespace sov::llm
