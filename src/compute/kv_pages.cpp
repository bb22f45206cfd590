#include "compute/kv_pages.h"

#include <cstring>
#include <vector>

#include "compute/quant/codec.h"

namespace sov::compute {
namespace {

constexpr int64_t kCodeBlock = 32;  // of q8_0

/// Where the parts of one stored row go: `count` items of `bytes`, item i at offset + i * stride of the tile.
struct Places {
  int64_t offset, count, bytes, stride;
};

struct RowPlaces {
  Places codes, scales;  // no scales: count is 0
};

RowPlaces key_places(const KvShape& s, int64_t slot) {
  if (s.dtype == DType::q8_0) {
    const int64_t codes = s.key_dim * kPagePositions;
    return {{slot, s.key_dim, 1, kPagePositions},
            {codes + 2 * slot, s.key_dim / kCodeBlock, 2, 2 * kPagePositions}};
  }
  const int64_t bytes = info(s.dtype).block_bytes;
  return {{bytes * slot, s.key_dim, bytes, bytes * kPagePositions}, {}};
}

RowPlaces value_places(const KvShape& s, int64_t slot) {
  const int64_t width = s.value_stride();
  if (s.dtype == DType::q8_0) {
    const int64_t blocks = s.value_dim / kCodeBlock;
    return {{slot * width, s.value_dim, 1, 1}, {kPagePositions * width + 2 * slot * blocks, blocks, 2, 2}};
  }
  const int64_t bytes = info(s.dtype).block_bytes;
  return {{bytes * slot * width, s.value_dim, bytes, bytes}, {}};
}

/// body(place in the tile, place in the coded row, bytes) for every item of a row. A coded row is whole
/// blocks: of q8_0 a scale and 32 codes, else one value.
template <typename Body>
void each_item(const RowPlaces& at, Body body) {
  const bool scaled = at.scales.count > 0;
  for (int64_t i = 0; i < at.codes.count; i++) {
    const int64_t in_row =
        scaled ? i / kCodeBlock * (kCodeBlock + 2) + 2 + i % kCodeBlock : i * at.codes.bytes;
    body(at.codes.offset + i * at.codes.stride, in_row, at.codes.bytes);
  }
  for (int64_t i = 0; i < at.scales.count; i++) {
    body(at.scales.offset + i * at.scales.stride, i * (kCodeBlock + 2), at.scales.bytes);
  }
}

int64_t row_bytes(DType dtype, int64_t width) {
  return width / info(dtype).block_elements * info(dtype).block_bytes;
}

void load(const KvShape& shape, const std::byte* tile, const RowPlaces& at, std::span<float> out) {
  std::vector<std::byte> coded(static_cast<size_t>(row_bytes(shape.dtype, std::ssize(out))));
  each_item(at, [&](int64_t in_tile, int64_t in_row, int64_t bytes) {
    std::memcpy(coded.data() + in_row, tile + in_tile, static_cast<size_t>(bytes));
  });
  find_codec(shape.dtype)
      ->decode(coded.data(), out.data(), std::ssize(out) / info(shape.dtype).block_elements);
}

/// Codes one row and spreads it over a tile.
void put(const KvShape& shape, std::span<const float> values, std::byte* tile, const RowPlaces& at,
         std::vector<std::byte>& coded) {
  coded.resize(static_cast<size_t>(row_bytes(shape.dtype, std::ssize(values))));
  find_codec(shape.dtype)
      ->encode(values.data(), coded.data(), std::ssize(values) / info(shape.dtype).block_elements);
  each_item(at, [&](int64_t in_tile, int64_t in_row, int64_t bytes) {
    std::memcpy(tile + in_tile, coded.data() + in_row, static_cast<size_t>(bytes));
  });
}

}  // namespace

int64_t KvShape::key_bytes() const { return row_bytes(dtype, key_dim) * kPagePositions; }
int64_t KvShape::value_bytes() const { return row_bytes(dtype, value_stride()) * kPagePositions; }

Result<> check_kv_shape(const KvShape& shape) {
  switch (shape.dtype) {
    case DType::f32:
    case DType::f16:
    case DType::bf16:
      return {};
    case DType::q8_0:
      if (shape.key_dim % kCodeBlock == 0 && shape.value_dim % kCodeBlock == 0) return {};
      return fail(Code::unsupported, "key/value cache in q8_0: a head of {} values is not whole blocks of {}",
                  shape.key_dim % kCodeBlock == 0 ? shape.value_dim : shape.key_dim, kCodeBlock);
    default:
      return fail(Code::unsupported, "key/value cache: type must be f32, f16, bf16 or q8_0, got {}",
                  name(shape.dtype));
  }
}

void store_rows(ConstRows k, ConstRows v, int64_t first, const KvPages& to) {
  const KvShape& s = to.shape;
  std::vector<std::byte> coded;
  for (int64_t t = 0; t < k.count; t++) {
    const int64_t page = (first + t) / kPagePositions, slot = (first + t) % kPagePositions;
    const RowPlaces key = key_places(s, slot), value = value_places(s, slot);
    for (int64_t head = 0; head < s.kv_heads; head++) {
      put(s, k.columns(head * s.key_dim, s.key_dim).row(t), to.keys(page, head), key, coded);
      put(s, v.columns(head * s.value_dim, s.value_dim).row(t), to.values(page, head), value, coded);
    }
  }
}

void load_key(const KvPages& from, int64_t position, int64_t head, std::span<float> out) {
  const KvShape& s = from.shape;
  load(s, from.keys(position / kPagePositions, head), key_places(s, position % kPagePositions), out);
}

void load_value(const KvPages& from, int64_t position, int64_t head, std::span<float> out) {
  const KvShape& s = from.shape;
  load(s, from.values(position / kPagePositions, head), value_places(s, position % kPagePositions), out);
}

}  // namespace sov::compute
