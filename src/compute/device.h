#pragma once
// The boundary between models and machines: a Device runs the operations of a transformer on rows of f32.
// `ref` (scalar, double sums) is the definition; `cpu` is the SIMD one. Every operation works on each row by
// itself with a reduction order fixed by the row's length alone, so a row's bits never depend on how many
// other rows, threads or chunks there are.

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "compute/dtype.h"
#include "compute/kv_pages.h"
#include "compute/rows.h"
#include "core/fs.h"
#include "core/result.h"
#include "core/threads.h"

namespace sov::compute {

/// A weight [rows, cols], row-major, in any dtype with a codec; each row is whole blocks, rows are
/// contiguous. Unowned: the bytes usually lie in a mapped file, at any alignment.
struct Weight {
  DType dtype = DType::f32;
  int64_t rows = 0;
  int64_t cols = 0;
  const std::byte* data = nullptr;

  bool present() const { return data != nullptr; }
  /// Rows [first, first + n): one part of a fused projection.
  Weight slice(int64_t first, int64_t n) const;
  int64_t row_bytes() const;
};

/// y = weight x + bias; bias empty or [rows].
struct Product {
  Weight weight;
  std::span<const float> bias;
  Rows y;
};

enum class Activation { silu, gelu, gelu_tanh, relu };
/// adjacent: (0,1), (2,3), ... (GGML "NORM"); halves: (0, d/2), (1, d/2+1), ... (GGML "NEOX", Hugging Face).
enum class RopePairing { adjacent, halves };

struct AttentionArgs {
  ConstRows q;                 // [T, heads * key_dim]
  KvPages kv;                  // holds positions 0 .. first_position + T - 1
  int64_t first_position = 0;  // query row t stands at first_position + t and sees keys up to itself
  int64_t heads = 0;
  int64_t window = 0;  // > 0: sees only the last `window` positions, itself included
  float scale = 1;
  float soft_cap = 0;  // > 0: score = cap * tanh(score / cap), after the scale
  Rows out;            // [T, heads * value_dim]
};

/// Threads: one caller at a time; the device spreads the work over its pool.
class Device {
 public:
  virtual ~Device() = default;
  virtual std::string_view name() const = 0;
  /// The code path chosen, e.g. "avx512", for reports.
  virtual std::string_view target() const = 0;
  virtual int threads() const = 0;

  /// y[t, r] = sum_c w[r, c] * x[t, c] (+ bias[r]).  x [T, cols] -> y [T, rows]; bias empty or [rows].
  virtual void matmul(const Weight& w, ConstRows x, std::span<const float> bias, Rows y) = 0;
  /// The same for several weights and one x, the same bits: what they share of x is prepared once.
  virtual void matmul_each(std::span<const Product> products, ConstRows x);
  /// gate.y = f(gate.weight x + gate.bias) * (up.weight x + up.bias); up.y is scratch, its contents
  /// undefined.
  virtual void matmul_gated(Activation f, const Product& gate, const Product& up, ConstRows x);
  /// out[i] = w[ids[i]] as f32. Requires (CHECKed): 0 <= id < w.rows.
  virtual void embed(const Weight& w, std::span<const int32_t> ids, Rows out) = 0;

  /// out = x / sqrt(mean(x^2) + eps) * (weight + weight_offset); x may be out. weight_offset is 1 for Gemma.
  virtual void rms_norm(ConstRows x, std::span<const float> weight, float weight_offset, float eps,
                        Rows out) = 0;
  /// out = (x - mean) / sqrt(var + eps) * weight + bias; bias may be empty.
  virtual void layer_norm(ConstRows x, std::span<const float> weight, std::span<const float> bias, float eps,
                          Rows out) = 0;
  /// y += x.
  virtual void add(ConstRows x, Rows y) = 0;
  virtual void scale(Rows x, float factor) = 0;
  /// x = cap * tanh(x / cap).
  virtual void soft_cap(Rows x, float cap) = 0;
  virtual void activate(Activation f, Rows x) = 0;
  /// gate = f(gate) * up.
  virtual void activate_gated(Activation f, Rows gate, ConstRows up) = 0;
  /// Rotates the first 2 * cos.width values of every head_dim-wide head of x [T, heads * head_dim] in place.
  /// cos, sin: [T, rotary_dim / 2], computed by nn/rope (scaling included).
  virtual void rope(Rows x, int64_t head_dim, RopePairing pairing, ConstRows cos, ConstRows sin) = 0;
  /// Puts keys and values into pages, rounded to their type (store_rows, kv_pages.h).
  virtual void store(ConstRows k, ConstRows v, int64_t first, const KvPages& to) = 0;
  /// Causal softmax attention with grouped queries: query head h reads kv head h / (heads / kv_heads).
  virtual void attention(const AttentionArgs& args) = 0;
  /// The same for several sequences, the same bits. Requires: no `out` shares memory with another's.
  virtual void attention_each(std::span<const AttentionArgs> calls);
};

struct CpuOptions {
  int threads = 0;          // 0: one per core
  std::string_view target;  // empty: the best; else sse4, avx2, avx512; neon; simd128
  bool strict = false;      // the same bits on every target: no fused multiply-adds
};

/// Scalar code with double sums on one thread: the definition of every operation.
std::unique_ptr<Device> make_ref_device();
/// Checks shapes and fills what operations would have written with zeros.
std::unique_ptr<Device> make_null_device();
/// Errors: unsupported, until there is a CUDA back end.
Result<std::unique_ptr<Device>> make_cuda_device();
/// SIMD on a thread pool. Numerics: f32 with fused sums; beside quantised weights the activations are rounded
/// to 8 bits (one scale per 32 columns), and a group of them with a value that is not finite gives NaN.
/// Errors: unsupported when the processor or build lacks the named target.
Result<std::unique_ptr<Device>> make_cpu_device(const CpuOptions& options = {});

}  // namespace sov::compute
