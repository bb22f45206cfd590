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

/// copy(place in the tile, place in the coded row) for `count` items; `in_row(i)` is the place of item i.
template <typename InRow, typename Copy>
void each_item(const Places& at, InRow in_row, Copy copy) {
  for (int64_t i = 0; i < at.count; i++) copy(at.offset + i * at.stride, in_row(i));
}

/// copy<bytes>(place in the tile, place in the coded row) for every item of a row. A coded row is whole
/// blocks: of q8_0 a scale and 32 codes, else one value.
template <typename Copy>
void each_item(const RowPlaces& at, Copy copy) {
  if (at.scales.count > 0) {
    constexpr int64_t kBlockBytes = kCodeBlock + 2;
    each_item(
        at.codes, [](int64_t i) { return i / kCodeBlock * kBlockBytes + 2 + i % kCodeBlock; },
        copy.template one<1>());
    each_item(at.scales, [](int64_t i) { return i * kBlockBytes; }, copy.template one<2>());
  } else if (at.codes.bytes == 2) {
    each_item(at.codes, [](int64_t i) { return 2 * i; }, copy.template one<2>());
  } else {
    each_item(at.codes, [](int64_t i) { return 4 * i; }, copy.template one<4>());
  }
}

/// Copies of a size known to the compiler: a few instructions instead of a call.
struct ToTile {
  std::byte* tile;
  const std::byte* row;
  template <int64_t Bytes>
  auto one() const {
    return
        [t = tile, r = row](int64_t in_tile, int64_t in_row) { std::memcpy(t + in_tile, r + in_row, Bytes); };
  }
};
struct FromTile {
  const std::byte* tile;
  std::byte* row;
  template <int64_t Bytes>
  auto one() const {
    return
        [t = tile, r = row](int64_t in_tile, int64_t in_row) { std::memcpy(r + in_row, t + in_tile, Bytes); };
  }
};

int64_t row_bytes(DType dtype, int64_t width) {
  return width / info(dtype).block_elements * info(dtype).block_bytes;
}

void load(const KvShape& shape, const std::byte* tile, const RowPlaces& at, std::span<float> out) {
  std::vector<std::byte> coded(static_cast<size_t>(row_bytes(shape.dtype, std::ssize(out))));
  each_item(at, FromTile{tile, coded.data()});
  find_codec(shape.dtype)
      ->decode(coded.data(), out.data(), std::ssize(out) / info(shape.dtype).block_elements);
}

/// Codes one row and spreads it over a tile.
void put(const KvShape& shape, std::span<const float> values, std::byte* tile, const RowPlaces& at,
         std::vector<std::byte>& coded) {
  coded.resize(static_cast<size_t>(row_bytes(shape.dtype, std::ssize(values))));
  find_codec(shape.dtype)
      ->encode(values.data(), coded.data(), std::ssize(values) / info(shape.dtype).block_elements);
  each_item(at, ToTile{tile, coded.data()});
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
