#pragma once
// Tokenizers of model files, and text from stdin.

#include <string>

#include "core/result.h"
#include "formats/model_file.h"
#include "text/tokenizer.h"

namespace sov::apr {

/// Errors: not_found when the model carries none; the tokenizer's own.
Result<text::Tokenizer> load_tokenizer(const formats::ModelFile& model);

/// All of stdin. Errors: io; exhausted above max_bytes; cancelled by Ctrl-C.
Result<std::string> read_stdin(uint64_t max_bytes = uint64_t{1} << 28);

}  // namespace sov::apr
