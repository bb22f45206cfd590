#pragma once
// What a GGUF file says of a model beside its tensors.

#include <string>
#include <vector>

#include "formats/model_writer.h"
#include "llm/convert/plan.h"

namespace sov::llm {

/// Keys of general.* and of the architecture from the configuration; tokenizer and templates from the source.
/// Adds to warnings what GGUF readers will not see as the source does.
/// Errors: unsupported when GGUF cannot say what the configuration says, naming it (read back and compared),
/// or cannot hold the tokenizer.
Result<Json> gguf_metadata(const Source& source, const Plan& plan, std::string_view model_name,
                           std::vector<std::string>& warnings);

/// The keys of a GGUF file that is written again with other dtypes; types as they were.
void update_gguf_metadata(const Plan& plan, formats::ModelSpec& spec);

}  // namespace sov::llm
