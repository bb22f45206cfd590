#pragma once
// The tokenizer, chat templates and end ids of a model on their way to another format.

#include <optional>
#include <string>
#include <vector>

#include "llm/convert/plan.h"
#include "text/tokenizer_carry.h"

namespace sov::llm {

/// The source's tokenizer in tokenizer.json's words; nothing when it carries none.
/// Errors: unsupported (a kind that is not carried yet, by name), corrupt.
Result<std::optional<text::HuggingFaceTokenizer>> carried_tokenizer(const formats::ModelFile& file);

/// tokenizer.ggml.* and tokenizer.chat_template*. A source without a tokenizer gives a warning and the model
/// "none", which llama.cpp loads for ids alone.
Result<> add_gguf_tokenizer(const Source& source, Json& metadata, std::vector<std::string>& warnings);

/// tokenizer.* and chat_template of APR metadata.
Result<> add_apr_tokenizer(const Source& source, Json& metadata, std::vector<std::string>& warnings);

/// generation_config.json: the source's, or its special ids. Null when it has neither.
Json carried_generation_config(const Source& source);

}  // namespace sov::llm
