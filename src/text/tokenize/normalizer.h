#pragma once
// Normalizers rewrite text before it is cut into pieces.

#include <memory>
#include <string>

#include "core/json.h"
#include "core/result.h"

namespace sov::text {

class Normalizer {
 public:
  virtual ~Normalizer() = default;
  /// text is valid UTF-8, before and after.
  virtual void apply(std::string& text) const = 0;
};

/// The "normalizer" member of tokenizer.json; null for a null. Errors: corrupt, unsupported by name.
Result<std::unique_ptr<Normalizer>> load_normalizer(const Json& component);

}  // namespace sov::text
