#pragma once
// What an APR file says of a model beside its tensors.

#include "llm/convert/plan.h"

namespace sov::llm {

/// The keys that readers of APR infer from, config.json whole as hf_config, tokenizer and chat template.
/// Errors: unsupported (a tokenizer that is not carried yet).
Result<Json> apr_metadata(const Source& source, const Plan& plan, std::string_view model_name,
                          std::vector<std::string>& warnings);

}  // namespace sov::llm
