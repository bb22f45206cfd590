#include "formats/apr_dtype.h"

#include <array>

#include "core/checked.h"

namespace sov::formats {
namespace {

constexpr uint64_t kScaleBytes = 4;

/// One reading of an id: a type, or AprQ8 (i8 with one scale).
struct Candidate {
  uint8_t id;
  DType dtype;
  bool apr_q8 = false;
};

// By id: aprender's numbers first, then those of realizar's converter (raw GGML ids) and of a converter of
// January 2026 (8 = Q4_K or Q5_K, 9 = Q6_K, 10 = Q8_0).
constexpr std::array kCandidates = {
    Candidate{0, DType::f32},      Candidate{1, DType::f16},        Candidate{2, DType::bf16},
    Candidate{2, DType::q4_0},     Candidate{3, DType::f64},        Candidate{3, DType::q4_1},
    Candidate{4, DType::i32},      Candidate{5, DType::i64},        Candidate{6, DType::i8},
    Candidate{6, DType::q5_0},     Candidate{7, DType::u8},         Candidate{7, DType::q5_1},
    Candidate{8, DType::apr_q4},   Candidate{8, DType::q8_0},       Candidate{8, DType::q4_k},
    Candidate{8, DType::q5_k},     Candidate{9, DType::i8, true},   Candidate{9, DType::q6_k},
    Candidate{9, DType::q8_1},     Candidate{10, DType::q8_0},      Candidate{10, DType::q2_k},
    Candidate{11, DType::q3_k},    Candidate{12, DType::q4_k},      Candidate{13, DType::q5_k},
    Candidate{14, DType::q6_k},    Candidate{15, DType::q8_k},      Candidate{30, DType::bf16},
    Candidate{128, DType::apr_q4}, Candidate{129, DType::i8, true},
};

/// Bytes when each run of `row` elements fills whole blocks, the last one padded.
std::optional<uint64_t> padded_bytes(DType dtype, uint64_t row, uint64_t elements) {
  const DTypeInfo& type = info(dtype);
  if (row == 0 || elements == 0) return 0;
  const uint64_t blocks = row / type.block_elements + (row % type.block_elements != 0 ? 1 : 0);
  const auto all = checked_mul(blocks, elements / row);
  return all ? checked_mul(*all, type.block_bytes) : std::nullopt;
}

std::optional<AprType> match(const Candidate& candidate, std::span<const uint64_t> shape, uint64_t elements,
                             uint64_t size) {
  if (candidate.apr_q8) {
    if (checked_add(elements, kScaleBytes) != size) return std::nullopt;
    return AprType{DType::i8, Tensor::Encoding::scaled, true};
  }
  const auto plain = bytes_for(candidate.dtype, elements);
  if (plain == size) return AprType{candidate.dtype};
  if (!is_quantized(candidate.dtype) || elements == 0) return std::nullopt;
  // AprQ4 is blocked over the flat tensor, K-quants over rows.
  const uint64_t row = candidate.dtype == DType::apr_q4 || shape.empty() ? elements : shape.back();
  if (padded_bytes(candidate.dtype, row, elements) != size) return std::nullopt;
  return AprType{candidate.dtype, Tensor::Encoding::padded_rows};
}

bool says_q4_k(const Json& metadata) {
  const Json* model_type = metadata.find("model_type");
  if (model_type != nullptr && *model_type == Json("transformer_lm_q4k")) return true;
  const Json* quantization = metadata.find("quantization");
  const Json* type = quantization == nullptr ? nullptr : quantization->find("quant_type");
  return type != nullptr && *type == Json("Q4_K");
}

}  // namespace

std::optional<AprType> resolve_apr_dtype(uint8_t id, std::span<const uint64_t> shape, uint64_t size,
                                         const Json& metadata) {
  const auto elements = checked_product(shape);
  if (!elements) return std::nullopt;
  std::optional<AprType> found;
  for (const Candidate& candidate : kCandidates) {
    if (candidate.id != id) continue;
    const auto type = match(candidate, shape, *elements, size);
    if (!type) continue;
    if (!found) found = type;
    if (type->dtype == DType::q4_k && found->dtype == DType::apr_q4 && says_q4_k(metadata)) found = type;
  }
  return found;
}

std::string apr_dtype_candidates(uint8_t id) {
  std::string names;
  for (const Candidate& candidate : kCandidates) {
    if (candidate.id != id) continue;
    if (!names.empty()) names += " or ";
    names += candidate.apr_q8 ? "apr_q8" : name(candidate.dtype);
  }
  return names;
}

std::optional<uint8_t> apr_dtype_id(DType dtype) {
  // The ids that every reader takes alike: the others collide between writers, or are read as f32 by some.
  constexpr std::array<std::pair<DType, uint8_t>, 11> kWritten = {{{DType::f32, 0},
                                                                   {DType::f16, 1},
                                                                   {DType::f64, 3},
                                                                   {DType::i32, 4},
                                                                   {DType::i64, 5},
                                                                   {DType::i8, 6},
                                                                   {DType::u8, 7},
                                                                   {DType::q4_k, 12},
                                                                   {DType::q6_k, 14},
                                                                   {DType::bf16, 30},
                                                                   {DType::apr_q4, 128}}};
  for (const auto& [type, id] : kWritten) {
    if (type == dtype) return id;
  }
  return std::nullopt;
}

}  // namespace sov::formats
