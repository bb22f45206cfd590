#pragma once
// From a file's tensors to a decoder's weights: names, shapes, layouts.

#include <memory>

#include "formats/model_file.h"
#include "llm/arch/describe.h"
#include "llm/config.h"
#include "llm/decoder/weights.h"

namespace sov::llm {

struct Loaded {
  Config config;
  std::unique_ptr<Weights> weights;  // points into the file
  uint64_t parameters = 0;
};

/// Errors: model (a missing or mis-shaped tensor, by name), unsupported (dtype, or a tensor without a role).
Result<Loaded> load_decoder(const formats::ModelFile& file, const Description& description);

}  // namespace sov::llm
