#include "compute/quant/codec.h"

#include <bit>

#include "compute/quant.h"

namespace sov::compute {
namespace {

static_assert(std::endian::native == std::endian::little, "the file formats are little-endian");

constexpr Codec kCodecs[] = {
    {DType::f32, decode_f32, encode_f32},      {DType::f16, decode_f16, encode_f16},
    {DType::bf16, decode_bf16, encode_bf16},   {DType::f64, decode_f64, encode_f64},
    {DType::i8, decode_i8, nullptr},           {DType::i16, decode_i16, nullptr},
    {DType::i32, decode_i32, nullptr},         {DType::i64, decode_i64, nullptr},
    {DType::u8, decode_u8, nullptr},           {DType::u16, decode_u16, nullptr},
    {DType::u32, decode_u32, nullptr},         {DType::u64, decode_u64, nullptr},
    {DType::boolean, decode_boolean, nullptr}, {DType::f8_e4m3, decode_f8_e4m3, nullptr},
    {DType::f8_e5m2, decode_f8_e5m2, nullptr}, {DType::q4_0, decode_q4_0, encode_q4_0},
    {DType::q4_1, decode_q4_1, encode_q4_1},   {DType::q5_0, decode_q5_0, encode_q5_0},
    {DType::q5_1, decode_q5_1, encode_q5_1},   {DType::q8_0, decode_q8_0, encode_q8_0},
    {DType::q8_1, decode_q8_1, nullptr},       {DType::q2_k, decode_q2_k, encode_q2_k},
    {DType::q3_k, decode_q3_k, encode_q3_k},   {DType::q4_k, decode_q4_k, encode_q4_k},
    {DType::q5_k, decode_q5_k, encode_q5_k},   {DType::q6_k, decode_q6_k, encode_q6_k},
    {DType::q8_k, decode_q8_k, nullptr},       {DType::iq4_nl, decode_iq4_nl, encode_iq4_nl},
    {DType::iq4_xs, decode_iq4_xs, nullptr},   {DType::iq1_s, decode_iq1_s, nullptr},
    {DType::iq1_m, decode_iq1_m, nullptr},     {DType::iq2_xxs, decode_iq2_xxs, nullptr},
    {DType::iq2_xs, decode_iq2_xs, nullptr},   {DType::iq2_s, decode_iq2_s, nullptr},
    {DType::iq3_xxs, decode_iq3_xxs, nullptr}, {DType::iq3_s, decode_iq3_s, nullptr},
    {DType::tq1_0, decode_tq1_0, nullptr},     {DType::tq2_0, decode_tq2_0, nullptr},
    {DType::mxfp4, decode_mxfp4, nullptr},     {DType::nvfp4, decode_nvfp4, nullptr},
    {DType::apr_q4, decode_apr_q4, nullptr},
};

/// The bytes that `elements` values need must be exactly those given.
Result<> check_sizes(DType dtype, uint64_t elements, uint64_t bytes) {
  const auto wanted = bytes_for(dtype, elements);
  if (!wanted) {
    return fail(Code::validation, "{} values of {}: not whole blocks of {}", elements, name(dtype),
                info(dtype).block_elements);
  }
  if (*wanted != bytes) {
    return fail(Code::validation, "{} values of {} are {} bytes, got {}", elements, name(dtype), *wanted,
                bytes);
  }
  return {};
}

}  // namespace

const Codec* find_codec(DType dtype) {
  for (const Codec& codec : kCodecs) {
    if (codec.dtype == dtype) return &codec;
  }
  return nullptr;
}

bool can_dequantize(DType dtype) { return find_codec(dtype) != nullptr; }

bool can_quantize(DType dtype) {
  const Codec* codec = find_codec(dtype);
  return codec != nullptr && codec->encode != nullptr;
}

Result<> dequantize(DType dtype, Bytes data, std::span<float> out) {
  const Codec* codec = find_codec(dtype);
  if (codec == nullptr) return fail(Code::unsupported, "decoding {}: no such codec", name(dtype));
  TRY(check_sizes(dtype, out.size(), data.size()));
  codec->decode(data.data(), out.data(), static_cast<int64_t>(out.size() / info(dtype).block_elements));
  return {};
}

Result<> quantize(DType dtype, std::span<const float> values, std::span<std::byte> out) {
  if (!can_quantize(dtype)) return fail(Code::unsupported, "encoding to {}: no such codec", name(dtype));
  TRY(check_sizes(dtype, values.size(), out.size()));
  const auto count = static_cast<int64_t>(values.size() / info(dtype).block_elements);
  find_codec(dtype)->encode(values.data(), out.data(), count);
  return {};
}

}  // namespace sov::compute
