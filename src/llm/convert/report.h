#pragma once
// What convert() tells of its work.

#include <map>
#include <string>
#include <vector>

#include "llm/convert/plan.h"
#include "llm/convert/values.h"

namespace sov::llm {

using Changes = std::map<std::string, Change, std::less<>>;  // by the tensor's new name

/// path, format, bytes and the SHA-256 of each file.
Result<Json> describe_files(const formats::ModelFile& file, const std::filesystem::path& shown_as);
/// One entry for each tensor; dropped ones and fallbacks beside them.
void report_tensors(const Source& source, const Plan& plan, const Changes& changes, Json& report);
/// Which of tokenizer, config, chat_template, generation_config came along.
Json carried(const Source& source);

}  // namespace sov::llm
