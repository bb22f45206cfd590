#pragma once
// The JSON companions of SafeTensors weights in a Hugging Face folder.

#include <filesystem>

#include "formats/model_file.h"

namespace sov::formats {

/// Fills config, generation_config, tokenizer and chat templates from the files that are in `folder`; absent
/// ones are left null. Errors: corrupt for JSON that does not parse or has the wrong kind, io.
/// Source: transformers' save_pretrained layout (5.x), including chat_template.jinja and additional
/// templates.
Result<> read_huggingface_companions(const std::filesystem::path& folder, ModelFile& model);

/// The tokenizer's part of it only: for an APR file that embeds no tokenizer.
Result<> read_huggingface_tokenizer(const std::filesystem::path& folder, ModelFile& model);

}  // namespace sov::formats
