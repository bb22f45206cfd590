#pragma once
// The "model" member of tokenizer.json.

#include "text/tokenize/impl.h"

namespace sov::text {

/// Fills vocabulary, model and description; finishes the plan's stage for the model.
/// Errors: corrupt, unsupported by name.
Result<> load_huggingface_model(const Json& model, PreTokenizerPlan& plan, Tokenizer::Impl& impl);

}  // namespace sov::text
