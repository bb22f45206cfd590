#pragma once
// The table of codecs: one row per type, functions over whole blocks.

#include <cstddef>
#include <cstdint>

#include "compute/dtype.h"

namespace sov::compute {

using Decode = void (*)(const std::byte* blocks, float* out, int64_t count);
using Encode = void (*)(const float* values, std::byte* blocks, int64_t count);

struct Codec {
  DType dtype;
  Decode decode;  // `count` blocks -> count * block_elements values
  Encode encode;  // null: not built
};

/// The row of a type, or null when it has no codec.
const Codec* find_codec(DType dtype);

// plain.cpp
void decode_f32(const std::byte* blocks, float* out, int64_t count);
void decode_f16(const std::byte* blocks, float* out, int64_t count);
void decode_bf16(const std::byte* blocks, float* out, int64_t count);
void decode_f64(const std::byte* blocks, float* out, int64_t count);
void decode_i8(const std::byte* blocks, float* out, int64_t count);
void decode_i16(const std::byte* blocks, float* out, int64_t count);
void decode_i32(const std::byte* blocks, float* out, int64_t count);
void decode_i64(const std::byte* blocks, float* out, int64_t count);
void decode_u8(const std::byte* blocks, float* out, int64_t count);
void decode_u16(const std::byte* blocks, float* out, int64_t count);
void decode_u32(const std::byte* blocks, float* out, int64_t count);
void decode_u64(const std::byte* blocks, float* out, int64_t count);
void decode_boolean(const std::byte* blocks, float* out, int64_t count);
void decode_f8_e4m3(const std::byte* blocks, float* out, int64_t count);
void decode_f8_e5m2(const std::byte* blocks, float* out, int64_t count);
void encode_f32(const float* values, std::byte* blocks, int64_t count);
void encode_f16(const float* values, std::byte* blocks, int64_t count);
void encode_bf16(const float* values, std::byte* blocks, int64_t count);
void encode_f64(const float* values, std::byte* blocks, int64_t count);

// blocks_of_32.cpp
void decode_q4_0(const std::byte* blocks, float* out, int64_t count);
void decode_q4_1(const std::byte* blocks, float* out, int64_t count);
void decode_q5_0(const std::byte* blocks, float* out, int64_t count);
void decode_q5_1(const std::byte* blocks, float* out, int64_t count);
void decode_q8_0(const std::byte* blocks, float* out, int64_t count);
void decode_q8_1(const std::byte* blocks, float* out, int64_t count);
void decode_iq4_nl(const std::byte* blocks, float* out, int64_t count);
void decode_apr_q4(const std::byte* blocks, float* out, int64_t count);

// blocks_of_256.cpp
void decode_q2_k(const std::byte* blocks, float* out, int64_t count);
void decode_q3_k(const std::byte* blocks, float* out, int64_t count);
void decode_q4_k(const std::byte* blocks, float* out, int64_t count);
void decode_q5_k(const std::byte* blocks, float* out, int64_t count);
void decode_q6_k(const std::byte* blocks, float* out, int64_t count);
void decode_q8_k(const std::byte* blocks, float* out, int64_t count);
void decode_iq4_xs(const std::byte* blocks, float* out, int64_t count);

// books.cpp: the types whose codes are looked up in a book of vectors
void decode_iq1_s(const std::byte* blocks, float* out, int64_t count);
void decode_iq1_m(const std::byte* blocks, float* out, int64_t count);
void decode_iq2_xxs(const std::byte* blocks, float* out, int64_t count);
void decode_iq2_xs(const std::byte* blocks, float* out, int64_t count);
void decode_iq2_s(const std::byte* blocks, float* out, int64_t count);
void decode_iq3_xxs(const std::byte* blocks, float* out, int64_t count);
void decode_iq3_s(const std::byte* blocks, float* out, int64_t count);

// small_codes.cpp: ternary digits and 4-bit floats
void decode_tq1_0(const std::byte* blocks, float* out, int64_t count);
void decode_tq2_0(const std::byte* blocks, float* out, int64_t count);
void decode_mxfp4(const std::byte* blocks, float* out, int64_t count);
void decode_nvfp4(const std::byte* blocks, float* out, int64_t count);

// encode_32.cpp
void encode_q4_0(const float* values, std::byte* blocks, int64_t count);
void encode_q4_1(const float* values, std::byte* blocks, int64_t count);
void encode_q5_0(const float* values, std::byte* blocks, int64_t count);
void encode_q5_1(const float* values, std::byte* blocks, int64_t count);
void encode_q8_0(const float* values, std::byte* blocks, int64_t count);

// encode_searched.cpp
void encode_q2_k(const float* values, std::byte* blocks, int64_t count);
void encode_q3_k(const float* values, std::byte* blocks, int64_t count);
void encode_q4_k(const float* values, std::byte* blocks, int64_t count);
void encode_q5_k(const float* values, std::byte* blocks, int64_t count);
void encode_q6_k(const float* values, std::byte* blocks, int64_t count);
void encode_iq4_nl(const float* values, std::byte* blocks, int64_t count);

}  // namespace sov::compute
