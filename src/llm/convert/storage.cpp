#include "llm/convert/storage.h"

#include <array>

#include "compute/quant.h"
#include "formats/model_writer.h"
#include "llm/convert.h"

namespace sov::llm {
namespace {

using formats::Format;

constexpr std::array kTable = {
    Quantization{"keep", std::nullopt},        Quantization{"f32", DType::f32},
    Quantization{"f16", DType::f16},           Quantization{"bf16", DType::bf16},
    Quantization{"q8_0", DType::q8_0},         Quantization{"q4_0", DType::q4_0},
    Quantization{"q4_1", DType::q4_1},         Quantization{"q5_0", DType::q5_0},
    Quantization{"q5_1", DType::q5_1},         Quantization{"iq4_nl", DType::iq4_nl},
    Quantization{"q2_k", DType::q2_k},         Quantization{"q3_k", DType::q3_k},
    Quantization{"q4_k", DType::q4_k},         Quantization{"q5_k", DType::q5_k},
    Quantization{"q6_k", DType::q6_k},         Quantization{"q4_k_m", DType::q4_k, true},
    Quantization{"q5_k_m", DType::q5_k, true},
};

struct Spelling {
  std::string_view other, name;
};
constexpr std::array kSpellings = {
    Spelling{"fp32", "f32"}, Spelling{"fp16", "f16"},    Spelling{"int8", "q8_0"}, Spelling{"int4", "q4_0"},
    Spelling{"q4k", "q4_k"}, Spelling{"q6k", "q6_k"},    Spelling{"q8", "q8_0"},   Spelling{"q4", "q4_0"},
    Spelling{"q5k", "q5_k"}, Spelling{"q4km", "q4_k_m"}, Spelling{"none", "keep"},
};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

Result<> check_built(const Quantization& row, Format target) {
  if (!row.dtype) return {};
  for (DType dtype : {*row.dtype, row.mix ? DType::q6_k : *row.dtype}) {
    if (!compute::can_quantize(dtype))
      return fail(Code::unsupported, "quantize {}: encoding {} is not built yet", row.name, name(dtype));
    if (!formats::can_store(target, dtype)) {
      return fail(Code::unsupported, "quantize {}: {} files cannot hold {}", row.name,
                  formats::format_name(target), name(dtype));
    }
  }
  return {};
}

/// The next dtype to try where rows are not whole blocks of one.
DType fall_back(DType dtype) {
  switch (dtype) {
    case DType::q2_k:
    case DType::q3_k:
      return DType::iq4_nl;
    case DType::q4_k:
      return DType::q5_0;
    case DType::q5_k:
      return DType::q5_1;
    case DType::q6_k:
      return DType::q8_0;
    default:
      return DType::f16;
  }
}

StoredAs fitting(DType wanted, Format target, uint64_t row) {
  DType dtype = wanted;
  const auto bad_rows = [&] { return row % info(dtype).block_elements != 0; };
  while (bad_rows() || !formats::can_store(target, dtype) || !compute::can_quantize(dtype)) {
    dtype = fall_back(dtype);
  }
  if (dtype == wanted) return {dtype, {}};
  return {dtype, strf("rows of {} values are not whole blocks of {}", row, name(wanted))};
}

bool is_float(DType dtype) { return dtype == DType::f32 || dtype == DType::f16 || dtype == DType::bf16; }

/// As it is if the format has the dtype; else the narrowest float that loses nothing that matters.
StoredAs kept(Format target, const Storage& tensor) {
  const uint64_t row = tensor.shape.back();
  const bool storable = formats::can_store(target, tensor.source) &&
                        row % info(tensor.source).block_elements == 0 &&
                        (is_float(tensor.source) || (tensor.plain && is_quantized(tensor.source)));
  if (storable) return {tensor.source, {}};
  const bool quantized = is_quantized(tensor.source) || tensor.source == DType::i8;
  return {quantized ? DType::f16 : DType::f32,
          strf("{} files cannot hold {}", formats::format_name(target), name(tensor.source))};
}

/// The layers whose attn_v and ffn_down a mix keeps finer: the first and last eighth and every third between.
bool is_finer_layer(int64_t layer, int64_t layers) {
  const int64_t first = layers / 8, last = 7 * layers / 8;
  return layer < first || layer >= last || (layer - first) % 3 == 2;
}

/// What llama-quantize stores under the mix's name (tools/parity/quantize_check.py compares). Its one special
/// case among our architectures are the 70B models: eighty layers, whose small attn_v serves many heads.
DType mixed(DType base, const Storage& tensor, const Config& config) {
  const Role role = tensor.at.role;
  const bool sensitive = role == Role::v || role == Role::down || role == Role::qkv;
  if (tensor.is_head || (sensitive && is_finer_layer(tensor.at.layer, config.layers))) return DType::q6_k;
  const bool shared_by_many = config.layers == 80 && config.kv_heads < config.heads;
  if (role == Role::v && shared_by_many && base == DType::q4_k) return DType::q5_k;
  return base;
}

}  // namespace

std::vector<std::string_view> quantization_names() {
  std::vector<std::string_view> names;
  for (const Quantization& row : kTable) names.push_back(row.name);
  return names;
}

Result<Quantization> find_quantization(std::string_view wanted, Format target) {
  std::string name = lower(wanted);
  for (const Spelling& spelling : kSpellings) {
    if (name == spelling.other) name = spelling.name;
  }
  std::string names;
  for (const Quantization& row : kTable) {
    names += (names.empty() ? "" : ", ") + std::string(row.name);
    if (row.name != name) continue;
    TRY(check_built(row, target));
    return row;
  }
  return fail(Code::usage, "quantize: wanted one of {}, got '{}'", names, wanted);
}

StoredAs choose_storage(const Quantization& wanted, Format target, const Storage& tensor,
                        const Config& config) {
  const bool is_matrix = tensor.shape.size() > 1;
  // llama.cpp adds positions to f32 rows, so a GGUF's are f32.
  const bool vector = !is_matrix || (target == Format::gguf && tensor.at.role == Role::positions);
  if (vector) {
    const bool keep = target == Format::safetensors && !wanted.dtype && is_float(tensor.source);
    return {keep ? tensor.source : DType::f32, {}};
  }
  if (!wanted.dtype) return kept(target, tensor);
  const DType dtype = wanted.mix ? mixed(*wanted.dtype, tensor, config) : *wanted.dtype;
  return fitting(dtype, target, tensor.shape.back());
}

}  // namespace sov::llm
