#include "compute/array.h"

#include <algorithm>
#include <cstdlib>

#include "compute/cpu/array_kernels.h"
#include "compute/cpu/memory.h"
#include "compute/cpu/scratch.h"
#include "compute/cpu/tiers.h"

namespace sov::compute {
namespace {

Result<int64_t> area(int64_t rows, int64_t cols) {
  if (rows < 0 || cols < 0)
    return fail(Code::usage, "a matrix of {} x {}: sizes must not be negative", rows, cols);
  int64_t count = 0;
  if (__builtin_mul_overflow(rows, cols, &count)) {
    return fail(Code::exhausted, "a matrix of {} x {} does not fit the memory", rows, cols);
  }
  return count;
}

const ArrayKernels& array_kernels_of(std::string_view tier) {
#if defined(__x86_64__)
  if (tier == "sse4") return array_kernels_sse4();
  if (tier == "avx2") return array_kernels_avx2();
  CHECK(tier == "avx512");
  return array_kernels_avx512();
#else
  CHECK(tier == kPortableTier);
  return array_kernels_portable();
#endif
}

}  // namespace

void FloatBuffer::Free::operator()(float* memory) const { std::free(memory); }

Result<FloatBuffer> FloatBuffer::create(int64_t count) {
  if (count < 0) return fail(Code::usage, "an array of {} values: the size must not be negative", count);
  FloatBuffer out;
  out.count_ = count;
  if (count == 0) return out;
  size_t bytes = 0;
  if (!__builtin_mul_overflow(static_cast<size_t>(count), sizeof(float), &bytes)) {
    out.memory_.reset(allocate_floats(bytes));
  }
  if (out.memory_ == nullptr) return fail(Code::exhausted, "no memory for an array of {} values", count);
  return out;
}

Result<Vector> Vector::create(int64_t size) {
  Vector out;
  TRY(out.values_, FloatBuffer::create(size));
  return out;
}

Result<Vector> Vector::zeros(int64_t size) {
  TRY(Vector out, create(size));
  std::ranges::fill(out.span(), 0.0F);
  return out;
}

Result<Vector> Vector::from(std::span<const float> values) {
  TRY(Vector out, create(static_cast<int64_t>(values.size())));
  std::ranges::copy(values, out.data());
  return out;
}

Result<Matrix> Matrix::create(int64_t rows, int64_t cols) {
  TRY(const int64_t count, area(rows, cols));
  Matrix out;
  TRY(out.values_, FloatBuffer::create(count));
  out.rows_ = rows;
  out.cols_ = cols;
  return out;
}

Result<Matrix> Matrix::zeros(int64_t rows, int64_t cols) {
  TRY(Matrix out, create(rows, cols));
  std::ranges::fill(out.values(), 0.0F);
  return out;
}

Result<Matrix> Matrix::identity(int64_t size) {
  TRY(Matrix out, zeros(size, size));
  for (int64_t i = 0; i < size; i++) out.at(i, i) = 1;
  return out;
}

Result<Matrix> Matrix::from(int64_t rows, int64_t cols, std::span<const float> values) {
  TRY(const int64_t count, area(rows, cols));
  if (count != static_cast<int64_t>(values.size())) {
    return fail(Code::usage, "a matrix of {} x {} needs {} values, got {}", rows, cols, count, values.size());
  }
  TRY(Matrix out, create(rows, cols));
  std::ranges::copy(values, out.data());
  return out;
}

Result<Matrix> Matrix::from(MatrixView view) {
  TRY(Matrix out, create(view.rows, view.cols));
  for (int64_t r = 0; r < view.rows; r++) {
    for (int64_t c = 0; c < view.cols; c++) out.at(r, c) = view.at(r, c);
  }
  return out;
}

Result<ArrayContext> ArrayContext::create(ThreadPool& pool, std::string_view target) {
  TRY(const Kernels* tier, choose_tier(target));
  return ArrayContext(pool, *tier);
}

ArrayContext::ArrayContext(ThreadPool& pool, const Kernels& tier)
    : pool_(&pool),
      row_kernels_(&tier),
      kernels_(&array_kernels_of(tier.name)),
      scratch_(std::make_unique<ScratchPool>()) {}
ArrayContext::ArrayContext(ArrayContext&&) noexcept = default;
ArrayContext& ArrayContext::operator=(ArrayContext&&) noexcept = default;
ArrayContext::~ArrayContext() = default;

std::string_view ArrayContext::target() const { return kernels_->name; }

}  // namespace sov::compute
