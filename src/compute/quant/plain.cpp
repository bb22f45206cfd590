// Types of one element per block.
#include <cstring>

#include "compute/float_bits.h"
#include "compute/quant/codec.h"

namespace sov::compute {
namespace {

template <typename Stored, typename Convert>
void decode_each(const std::byte* blocks, float* out, int64_t count, Convert convert) {
  for (int64_t i = 0; i < count; i++) {
    out[i] = convert(load_unaligned<Stored>(blocks + i * static_cast<int64_t>(sizeof(Stored))));
  }
}

template <typename Stored, typename Convert>
void encode_each(const float* values, std::byte* blocks, int64_t count, Convert convert) {
  for (int64_t i = 0; i < count; i++) {
    store_unaligned<Stored>(blocks + i * static_cast<int64_t>(sizeof(Stored)), convert(values[i]));
  }
}

template <typename Number>
void decode_number(const std::byte* blocks, float* out, int64_t count) {
  decode_each<Number>(blocks, out, count, [](Number value) { return static_cast<float>(value); });
}

}  // namespace

void decode_f32(const std::byte* blocks, float* out, int64_t count) {
  if (count > 0) std::memcpy(out, blocks, static_cast<size_t>(count) * sizeof(float));
}
void decode_f16(const std::byte* blocks, float* out, int64_t count) {
  decode_each<uint16_t>(blocks, out, count, f16_to_f32);
}
void decode_bf16(const std::byte* blocks, float* out, int64_t count) {
  decode_each<uint16_t>(blocks, out, count, bf16_to_f32);
}
void decode_f64(const std::byte* b, float* out, int64_t n) { decode_number<double>(b, out, n); }
void decode_i8(const std::byte* b, float* out, int64_t n) { decode_number<int8_t>(b, out, n); }
void decode_i16(const std::byte* b, float* out, int64_t n) { decode_number<int16_t>(b, out, n); }
void decode_i32(const std::byte* b, float* out, int64_t n) { decode_number<int32_t>(b, out, n); }
void decode_i64(const std::byte* b, float* out, int64_t n) { decode_number<int64_t>(b, out, n); }
void decode_u8(const std::byte* b, float* out, int64_t n) { decode_number<uint8_t>(b, out, n); }
void decode_u16(const std::byte* b, float* out, int64_t n) { decode_number<uint16_t>(b, out, n); }
void decode_u32(const std::byte* b, float* out, int64_t n) { decode_number<uint32_t>(b, out, n); }
void decode_u64(const std::byte* b, float* out, int64_t n) { decode_number<uint64_t>(b, out, n); }
void decode_boolean(const std::byte* blocks, float* out, int64_t count) {
  decode_each<uint8_t>(blocks, out, count, [](uint8_t value) { return value != 0 ? 1.0F : 0.0F; });
}
void decode_f8_e4m3(const std::byte* blocks, float* out, int64_t count) {
  decode_each<uint8_t>(blocks, out, count, f8_e4m3_to_f32);
}
void decode_f8_e5m2(const std::byte* blocks, float* out, int64_t count) {
  decode_each<uint8_t>(blocks, out, count, f8_e5m2_to_f32);
}

void encode_f32(const float* values, std::byte* blocks, int64_t count) {
  if (count > 0) std::memcpy(blocks, values, static_cast<size_t>(count) * sizeof(float));
}
void encode_f16(const float* values, std::byte* blocks, int64_t count) {
  encode_each<uint16_t>(values, blocks, count, f32_to_f16);
}
void encode_bf16(const float* values, std::byte* blocks, int64_t count) {
  encode_each<uint16_t>(values, blocks, count, f32_to_bf16);
}
void encode_f64(const float* values, std::byte* blocks, int64_t count) {
  encode_each<double>(values, blocks, count, [](float value) { return static_cast<double>(value); });
}

}  // namespace sov::compute
