#pragma once
// The table of functions that one SIMD tier exports. Arguments are plain pointers and numbers: the tiers'
// files are compiled with their own processor flags, and an inline function from a shared header compiled
// there could be picked by the linker for everybody.

#include <cstddef>
#include <cstdint>

namespace sov::compute {

/// Activations rounded to 8-bit integers, one scale per kRoundedSpan columns: x ~ scale * code.
constexpr int64_t kRoundedSpan = 32;
/// Columns whose products are summed before they are added to the output. The scales of their spans are whole
/// multiples, at most kMostParts, of one of the group.
constexpr int64_t kRoundedGroup = 256;
constexpr int kMostParts = 63;
/// Sums of codes in a group: of each 16, then of each 32.
constexpr int64_t kRoundedSums16 = kRoundedGroup / 16;
constexpr int64_t kRoundedSums = kRoundedSums16 + kRoundedGroup / 32;
/// Columns of rounded activations and unpacked codes that lie together.
constexpr int64_t kCodeSegment = 512;
/// A group's scales as whole numbers, for products of super-blocks.
struct RoundedParts {
  int16_t parts[kRoundedSums16];   // of each 16 columns, 1 to kMostParts; two of a span are equal
  int16_t totals[kRoundedSums16];  // the sums of 16 codes
  float scale;                     // of one part; NaN where a value of the group is not finite
};
struct RoundedRows {
  const int8_t* codes;        // [segments, count, kCodeSegment]; zeros from cols on, to whole groups
  const float* scales;        // one a span: the group's times the span's part
  const int32_t* totals;      // sums of codes, kRoundedSums a group
  const float* sums;          // of what the codes of a span stand for, one a span
  const RoundedParts* parts;  // one a group
  int64_t groups;             // of a row
  int64_t count;
};
/// Where the codes of some groups of a row go.
struct RoundedGroup {
  int8_t* codes;
  float* scales;
  int32_t* totals;
  float* sums;
  RoundedParts* parts;
};

/// y[t, r] = w[r] . x[t] + bias[r] for rows as they are stored.
struct CodeMatvecArgs {
  const std::byte* w;
  int64_t row_bytes;
  int64_t rows;
  int64_t cols;
  RoundedRows x;
  const float* bias;  // [rows] or null
  float* y;
  int64_t y_stride;
};

/// y[t, r] += w[r] . x[t] (+ bias[r]) over one segment's columns, for unpacked rows: of code_rows rows four
/// columns each lie side by side (pack_codes).
struct CodeTileArgs {
  const uint8_t* w;     // [rows / code_rows, kCodeSegment / 4, code_rows, 4]
  const float* scales;  // [rows / code_rows, kCodeSegment / span, code_rows]
  const float*
      offsets;      // [rows / code_rows, kCodeSegment / offset span, code_rows]; unused for types without
  const int8_t* x;  // [tokens, kCodeSegment]
  const float* x_scales;
  const int32_t* x_totals;
  const float* x_sums;
  const RoundedParts* x_parts;
  int64_t x_groups;  // from a token's scales, totals, sums and parts to the next one's
  int64_t rows;
  int64_t tokens;
  int64_t cols;        // <= kCodeSegment
  bool first_segment;  // y is set, not added to
  const float* bias;   // [rows] or null: with the last segment
  float* y;
  int64_t y_stride;
};

/// Kernels of a stored type. Quantised types have the integer ones, plain types `matvec`; of a type with
/// neither the rows are decoded to f32 first.
struct TypeKernels {
  /// y[r] = w[r] . x + bias[r] (bias may be null) for `rows` rows that start at w, row_bytes apart.
  void (*matvec)(const std::byte* w, int64_t row_bytes, int64_t rows, int64_t cols, const float* x,
                 const float* bias, float* y);
  /// One row as f32, the same bits as the codec; null: the codec is used.
  void (*unpack)(const std::byte* row, float* out, int64_t cols);

  /// For few tokens.
  void (*matvec_codes)(const CodeMatvecArgs& args);
  /// Unpacks a segment of columns of `count` <= code_rows rows for code_tile.
  void (*pack_codes)(const std::byte* w, int64_t row_bytes, int64_t count, int64_t cols, uint8_t* codes,
                     float* scales, float* offsets);
  void (*code_tile)(const CodeTileArgs& args);
  int code_rows;          // that lie together in CodeTileArgs
  int span, offset_span;  // columns that share a scale and an offset there
};

/// Columns whose products in f32 are summed by themselves (matmul-inl.h).
constexpr int64_t kSegment = 512;
/// y[t, r] += w[r] . x[t] (+ bias[r]) over one segment's columns.
struct TileArgs {
  const float* w;  // [rows, kSegment], the first `cols` of each
  const float* x;  // [tokens, kSegment], the same
  int64_t rows;
  int64_t tokens;
  int64_t cols;        // <= kSegment, a multiple of 16
  bool first_segment;  // y is set, not added to
  const float* bias;   // [rows] or null: with the last segment
  float* y;
  int64_t y_stride;
};

constexpr int64_t kAttentionBlock = 256;  // positions whose softmax is taken at once
constexpr int64_t kScoreStride =
    kAttentionBlock + 16;  // not a power of two: rows fall on different cache sets

/// Rows of attention over some blocks: outputs are sums of values weighed by exp(score - largest).
struct AttentionState {
  float* largest;  // [rows]
  float* total;    // [rows], of the weights; 0: nothing seen
  float* out;      // [rows, value_stride]
};

/// Some tokens' query heads that share a kv head, and one block of positions.
struct AttendArgs {
  const float* q;  // [tokens, heads, dim], adjoining, times the scale of scores
  int64_t tokens;
  int64_t heads;
  int64_t dim;
  int64_t value_stride;
  const std::byte* keys;  // the kv head's tile of the block's first page (kv_pages.h)
  const std::byte* values;
  int64_t page_bytes;      // from one page's tile to the next's
  int64_t block;           // positions [block, block + 1) * kAttentionBlock
  int64_t first_position;  // of the first token; it and the ones after it see up to themselves
  int64_t window;          // > 0: sees only so many, itself included
  float soft_cap;          // 0: none
  float* scores;           // scratch, 64-byte aligned: tokens * heads * kScoreStride floats
  AttentionState state;    // of this block
};

/// Upper bounds of the tier, for `apr hw` and the benchmarks. What they return depends on all that they did,
/// so that nothing can be left out.
struct ProbeKernels {
  float (*multiply_add)(int64_t rounds);  // f32, on registers
  int64_t multiply_add_operations;        // of a round
  int32_t (*int8_dot)(int64_t rounds);    // null where the tier has none
  int64_t int8_operations;
  const char* int8_name;                            // the instructions
  float (*read)(const float* from, int64_t count);  // the sum; count: a multiple of 64
  void (*triad)(float* a, const float* b, const float* c, float s, int64_t count);
};

struct Kernels {
  const char* name;
  TypeKernels f32, f16, bf16, q8_0, q4_0, q4_1, q5_0, q5_1, q2_k, q3_k, q4_k, q5_k, q6_k, iq4_nl, iq4_xs,
      iq1_s, iq1_m, iq2_xxs, iq2_xs, iq2_s, iq3_xxs, iq3_s, tq1_0, tq2_0, mxfp4;

  void (*tile)(const TileArgs& args);
  void (*round_row)(const float* x, int64_t cols, const RoundedGroup& to);
  /// By the type of the pages. Requires: some token sees something of the block.
  void (*attend_f32)(const AttendArgs& args);
  void (*attend_f16)(const AttendArgs& args);
  void (*attend_bf16)(const AttendArgs& args);
  void (*attend_q8_0)(const AttendArgs& args);
  /// Adds a later block's state.
  void (*merge_attention)(const AttentionState& from, int64_t rows, int64_t value_stride,
                          const AttentionState& into);
  /// One row's outputs over its sum of weights.
  void (*finish_attention)(const AttentionState& state, int64_t row, int64_t value_stride, int64_t value_dim,
                           float* out);

  void (*rms_norm)(const float* x, const float* weight, float weight_offset, float eps, int64_t width,
                   float* out);
  void (*layer_norm)(const float* x, const float* weight, const float* bias, float eps, int64_t width,
                     float* out);
  void (*add)(const float* x, float* y, int64_t width);
  void (*scale)(float* x, float factor, int64_t width);
  void (*soft_cap)(float* x, float cap, int64_t width);
  /// kind: the values of Activation; up may be null (no gate).
  void (*activate)(int kind, float* x, const float* up, int64_t width);
  /// One head: pairs (x[i], x[i + pairs]) or (x[2i], x[2i + 1]).
  void (*rope_halves)(float* x, const float* cos, const float* sin, int64_t pairs);
  void (*rope_adjacent)(float* x, const float* cos, const float* sin, int64_t pairs);

  /// The approximations by themselves, for their tests.
  void (*exp)(const float* x, float* out, int64_t width);
  void (*tanh)(const float* x, float* out, int64_t width);
  void (*erfc)(const float* x, float* out, int64_t width);

  ProbeKernels probe;
};

// Strict ones round every product before it is added, as those without fused multiply-adds do anyway.
#if defined(__x86_64__)
const Kernels& kernels_sse4();
const Kernels& kernels_avx2();
const Kernels& kernels_avx2_strict();
const Kernels& kernels_avx512();
const Kernels& kernels_avx512_strict();
#else
const Kernels& kernels_portable();
const Kernels& kernels_portable_strict();
#endif

}  // namespace sov::compute
