#pragma once
// What the result holds: each tensor's name and dtype, where its rows come from and what is done to them.

#include <cstdint>
#include <string>
#include <vector>

#include "formats/model_writer.h"
#include "llm/arch/describe.h"
#include "llm/convert/storage.h"

namespace sov::llm {

/// A run of rows of a source tensor.
struct Part {
  const formats::Tensor* tensor = nullptr;
  uint64_t first_row = 0, rows = 0;
};

/// How the result's rows of one head are taken from the source's.
enum class RowOrder { same, halves_to_adjacent, adjacent_to_halves };

struct PlannedTensor {
  formats::TensorSpec spec;
  RoleAt at;
  std::string fallback;  // why the dtype is not the one asked for

  std::vector<Part> parts;        // one after the other
  bool transpose_parts = false;   // each part is [in, out]
  bool transpose_result = false;  // the result is [in, out], whole: what the parts make turned once more
  RowOrder order = RowOrder::same;
  uint64_t head_rows = 0, rotated_rows = 0;  // of a head, for order
  float add = 0;                             // to every value
  std::vector<float> computed;               // in place of parts: from the configuration

  uint64_t rows() const { return spec.shape.size() > 1 ? spec.shape[0] : 1; }
  uint64_t columns() const { return spec.shape.empty() ? 1 : spec.shape.back(); }
  /// The stored bytes need no decoding: rows move whole or not at all.
  bool is_copy() const;
  /// "copied", "rows reordered for RoPE", "transposed", ...; several joined by commas.
  std::string transform() const;
};

struct Source {
  const formats::ModelFile* file = nullptr;
  Description description;
  Config config;
  Layout layout;
};
/// Errors: describe()'s, the configuration's; model when the embedding is missing.
Result<Source> read_source(const formats::ModelFile& file);

struct Plan {
  std::vector<PlannedTensor> tensors;
  std::vector<std::string> dropped;  // tensors of the source that no result needs, with the reason
};

/// Every tensor that the target format wants for this configuration.
/// Errors: model (a missing or mis-shaped tensor, by name), unsupported (a tensor without a role, RoPE that
/// the format cannot say).
Result<Plan> make_plan(const Source& source, formats::Format target, const Quantization& quantization);

}  // namespace sov::llm
