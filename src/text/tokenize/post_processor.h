#pragma once
// Post-processors: the special tokens around one encoded text. (Pairs of texts are not encoded here.)

#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "text/tokenizer.h"

namespace sov::text {

struct PostProcessor {
  std::vector<TokenId> prefix, suffix;
};

/// The "post_processor" member of tokenizer.json (may be null). Errors: corrupt, unsupported by name.
Result<PostProcessor> load_post_processor(const Json& component);

}  // namespace sov::text
