#pragma once
// How keys and values of past positions lie in memory: pages of 16 positions, made for the kernels that read
// them. Within a page and a kv head the keys lie column by column, so that one vector holds the same column
// of 16 keys and a score is one chain of multiply-adds over the columns; the values lie row by row.

#include <span>

#include "compute/dtype.h"
#include "compute/rows.h"
#include "core/result.h"

namespace sov::compute {

constexpr int64_t kPagePositions = 16;

/// Page: for every kv head its keys [key_dim][16], then its values [16][value_stride()], in `dtype`. q8_0:
/// the codes in this order, then the f16 scales, [key_dim / 32][16] and [16][value_dim / 32].
struct KvShape {
  DType dtype = DType::f32;  // f32, f16, bf16 or q8_0
  int64_t kv_heads = 0;
  int64_t key_dim = 0;
  int64_t value_dim = 0;

  /// Columns of a stored value; those beyond value_dim are zeros.
  int64_t value_stride() const { return (value_dim + 15) / 16 * 16; }
  int64_t key_bytes() const;    // of one head in one page
  int64_t value_bytes() const;  // the same
  int64_t page_bytes() const { return kv_heads * (key_bytes() + value_bytes()); }
};

/// Errors: unsupported when the type has no such layout or does not fit the head's width.
Result<> check_kv_shape(const KvShape& shape);

/// The pages of one layer, one after the other, 64-byte aligned and zero until written. Unowned.
struct KvPages {
  KvShape shape;
  std::byte* data = nullptr;
  int64_t positions = 0;  // that may be read or written

  std::byte* keys(int64_t page, int64_t head) const {
    return data + page * shape.page_bytes() + head * (shape.key_bytes() + shape.value_bytes());
  }
  std::byte* values(int64_t page, int64_t head) const { return keys(page, head) + shape.key_bytes(); }
};

/// Rounds rows to the pages' type and puts them at positions first, first + 1, ...
/// Shapes: k [T, kv_heads * key_dim], v [T, kv_heads * value_dim].
void store_rows(ConstRows k, ConstRows v, int64_t first, const KvPages& to);

/// One head's key at a position, as attention sees it. Shapes: out [key_dim].
void load_key(const KvPages& from, int64_t position, int64_t head, std::span<float> out);
/// The same for the value. Shapes: out [value_dim].
void load_value(const KvPages& from, int64_t position, int64_t head, std::span<float> out);

}  // namespace sov::compute
