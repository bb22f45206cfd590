#pragma once
// Products of weights and activations on the pool: what the weights share of the activations is prepared
// once, rows are cut into tasks by shape, and each task runs the tier's kernels.

#include <optional>
#include <span>

#include "compute/cpu/kernels.h"
#include "compute/cpu/scratch.h"
#include "compute/cpu/tasks.h"
#include "compute/device.h"

namespace sov::compute {

class Products {
 public:
  Products(const Kernels& kernels, Tasks& tasks, ScratchPool& scratch)
      : kernels_(kernels), tasks_(tasks), scratch_(scratch) {}

  /// y = w x + bias of every product.
  void multiply(std::span<const Product> products, ConstRows x);
  /// The same for two of the same shape, then gate.y = f(gate.y) * up.y.
  void multiply_gated(Activation f, const Product& gate, const Product& up, ConstRows x);

 private:
  /// The activations as the kernels want them.
  struct Input {
    explicit Input(ConstRows rows) : x(rows) {}
    ConstRows x;
    std::optional<ScratchPool::Loan> rounded_memory, packed_memory;
    RoundedRows rounded = {};       // for types with integer kernels
    const float* packed = nullptr;  // segment by segment, for several tokens and the other types
  };
  void prepare(std::span<const Product> products, Input& input);
  void round(Input& input);
  void pack(Input& input);

  /// How many rows of a product one task takes.
  int64_t task_rows(const Product& product, int64_t tokens) const;
  /// Rows [first, first + rows) of one product.
  void multiply_rows(const Product& product, const Input& input, int64_t first, int64_t rows);
  void few_codes(const TypeKernels& type, const Product& product, const RoundedRows& x, int64_t first,
                 int64_t rows);
  void tile_codes(const TypeKernels& type, const Product& product, const RoundedRows& x, int64_t first,
                  int64_t rows);
  /// Where a tile's codes are unpacked to: see CodeTileArgs.
  struct CodeMemory {
    uint8_t* codes;
    float *scales, *offsets;
  };
  void tile_code_rows(const TypeKernels& type, const Product& product, const RoundedRows& x, int64_t first,
                      int64_t rows, const CodeMemory& memory);
  void tile_floats(const Product& product, const Input& input, int64_t first, int64_t rows);

  const Kernels& kernels_;
  Tasks& tasks_;
  ScratchPool& scratch_;
};

}  // namespace sov::compute
