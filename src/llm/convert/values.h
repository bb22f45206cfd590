#pragma once
// The bytes of a planned tensor: rows read, transformed and encoded, a bounded stretch at a time.

#include <span>
#include <vector>

#include "core/threads.h"
#include "llm/convert/plan.h"

namespace sov::llm {

/// What storing cost: the difference of the stored values to the source's.
struct Change {
  double max_abs = 0;
  double square_sum = 0;        // of the differences
  double value_square_sum = 0;  // of the source's values
  uint64_t values = 0;
  bool exact = true;

  double rmse() const;
  /// Root of the ratio of the two sums; 0 for a tensor of zeros stored as such.
  double relative() const;
  void add(const Change& other);
};

/// Reads the transformed values of one planned tensor as f32. Holds at most one tensor's values: none unless
/// it is transposed, computed or stored in blocks that run across rows.
class Values {
 public:
  explicit Values(const PlannedTensor& tensor) : tensor_(tensor) {}

  /// Rows [first, first + count) into out (count * columns values). Errors: unsupported (dtype).
  /// Threads: safe once prepare() has returned.
  Result<> read(uint64_t first, uint64_t count, std::span<float> out) const;
  /// Gathers what cannot be read row by row.
  Result<> prepare();

 private:
  Result<> read_run(uint64_t row, uint64_t count, std::span<float> out) const;
  Result<std::vector<float>> gather_part(const Part& part) const;
  const PlannedTensor& tensor_;
  std::vector<float> whole_;
};

/// The source row that becomes row `row`.
uint64_t source_row(const PlannedTensor& tensor, uint64_t row);

/// Delivers the tensor's bytes and returns what storing changed. Encoded in parallel, cut by shape alone.
Result<Change> write_values(const PlannedTensor& tensor, ThreadPool& pool, const formats::TensorSink& sink);

/// Compares stored bytes with what write_values() would deliver: the encoding must be the same to the bit.
/// Errors: validation, naming the first row that differs.
Result<Change> compare_values(const PlannedTensor& tensor, ThreadPool& pool, Bytes stored);

}  // namespace sov::llm
