// GGUF v3. Source: ggml/docs/gguf.md.

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <limits>

#include "core/checked.h"
#include "formats/file_layout.h"
#include "formats/gguf_header.h"

namespace sov::formats {
namespace {

// Types of keys whose value alone does not tell: an empty list, a whole number where readers want a float.
struct KnownList {
  std::string_view key;
  GgufType element;
};
constexpr std::array<KnownList, 4> kKnownLists = {{{"tokenizer.ggml.tokens", GgufType::string},
                                                   {"tokenizer.ggml.merges", GgufType::string},
                                                   {"tokenizer.ggml.scores", GgufType::f32},
                                                   {"tokenizer.ggml.token_type", GgufType::i32}}};
constexpr std::array<std::string_view, 7> kFloatSuffixes = {".rope.freq_base",
                                                            ".rope.scaling.factor",
                                                            ".attention.layer_norm_rms_epsilon",
                                                            ".attention.layer_norm_epsilon",
                                                            ".attn_logit_softcapping",
                                                            ".final_logit_softcapping",
                                                            ".rope.scaling.attn_factor"};

bool fits_f32(double v) {
  // The reader's rule backwards: f32 when its shortest decimal reads back as v.
  const auto f = static_cast<float>(v);
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, f).ptr;
  double d = 0;
  std::from_chars(text, end, d);
  return d == v || static_cast<double>(f) == v || v != v;
}

/// The narrowest of the types that GGUF readers expect: u32 for counts, i32 for signed ones, 64 bits if need
/// be.
std::optional<GgufType> scalar_type(std::string_view key, const Json& v) {
  const bool is_float = std::any_of(kFloatSuffixes.begin(), kFloatSuffixes.end(),
                                    [&](std::string_view suffix) { return key.ends_with(suffix); });
  switch (v.kind()) {
    case Json::Kind::boolean:
      return GgufType::boolean;
    case Json::Kind::string:
      return GgufType::string;
    case Json::Kind::real:
      return is_float || fits_f32(v.number()) ? GgufType::f32 : GgufType::f64;
    case Json::Kind::unsigned_integer:
      return GgufType::u64;
    case Json::Kind::integer:
      if (is_float) return GgufType::f32;
      if (v.integer() < 0) return v.integer() >= INT32_MIN ? GgufType::i32 : GgufType::i64;
      return v.integer() <= UINT32_MAX ? GgufType::u32 : GgufType::u64;
    default:
      return std::nullopt;
  }
}

/// The type that holds every item: i32, i64 or u64 for whole numbers, f32 or f64 once one is real.
std::optional<GgufType> list_type(std::string_view key, const Json::Array& items) {
  for (const KnownList& known : kKnownLists) {
    if (known.key == key) return known.element;
  }
  if (items.empty()) return GgufType::i32;
  bool all_text = true, all_bool = true, all_numbers = true, any_real = false, f32 = true, negative = false;
  uint64_t largest = 0;
  for (const Json& item : items) {
    all_text = all_text && item.is_string();
    all_bool = all_bool && item.is_bool();
    all_numbers = all_numbers && item.is_number();
    if (!item.is_number()) continue;
    any_real = any_real || !item.is_integer();
    f32 = f32 && fits_f32(item.number());
    if (item.is_integer() && item.kind() == Json::Kind::integer && item.integer() < 0) {
      negative = true;
      largest = std::max<uint64_t>(largest, item.integer() < INT32_MIN ? uint64_t{INT64_MAX} : 0);
    } else if (item.is_integer()) {
      largest = std::max(largest, item.unsigned_integer());
    }
  }
  if (all_text) return GgufType::string;
  if (all_bool) return GgufType::boolean;
  if (!all_numbers) return std::nullopt;
  if (any_real) return f32 ? GgufType::f32 : GgufType::f64;
  if (largest <= INT32_MAX) return GgufType::i32;
  if (largest <= INT64_MAX) return GgufType::i64;
  return negative ? std::nullopt : std::optional(GgufType::u64);
}

Result<std::vector<GgufValueType>> value_types(const ModelSpec& spec) {
  const auto& members = spec.metadata.members();
  if (!spec.gguf_types.empty()) {
    if (spec.gguf_types.size() == members.size()) return spec.gguf_types;
    return fail(Code::validation, "GGUF value types: wanted {}, one for each key, got {}", members.size(),
                spec.gguf_types.size());
  }
  std::vector<GgufValueType> types;
  for (const auto& [key, value] : members) {
    const auto type = value.is_array() ? list_type(key, value.items()) : scalar_type(key, value);
    if (!type) {
      return fail(Code::validation, "key '{}': GGUF holds scalars and lists of one type, got a {}", key,
                  value.is_array() ? "mixed or nested array" : value.kind_name());
    }
    types.push_back(value.is_array() ? GgufValueType{GgufType::array, *type} : GgufValueType{*type, *type});
  }
  return types;
}

void put_text(std::string& out, std::string_view text) {
  put(out, uint64_t{text.size()});
  out += text;
}

tl::unexpected<Error> does_not_fit(std::string_view key, GgufType type, const Json& v) {
  return fail(Code::validation, "key '{}': wanted a value of type {}, got {}", key, gguf_type_name(type),
              v.is_array() || v.is_object() ? std::string(v.kind_name()) : v.dump());
}

template <typename T>
Result<> put_integer(std::string& out, std::string_view key, GgufType type, const Json& v) {
  if (!v.is_integer()) return does_not_fit(key, type, v);
  if (v.kind() == Json::Kind::unsigned_integer) {
    if (!std::is_same_v<T, uint64_t>) return does_not_fit(key, type, v);
    put(out, v.unsigned_integer());
    return {};
  }
  const int64_t i = v.integer();
  const bool negative_fits = std::is_signed_v<T> && i >= static_cast<int64_t>(std::numeric_limits<T>::min());
  const bool positive_fits = static_cast<uint64_t>(i) <= static_cast<uint64_t>(std::numeric_limits<T>::max());
  if (i < 0 ? !negative_fits : !positive_fits) return does_not_fit(key, type, v);
  put(out, static_cast<T>(i));
  return {};
}

Result<> put_scalar(std::string& out, std::string_view key, GgufType type, const Json& v) {
  switch (type) {
    case GgufType::u8:
      return put_integer<uint8_t>(out, key, type, v);
    case GgufType::i8:
      return put_integer<int8_t>(out, key, type, v);
    case GgufType::u16:
      return put_integer<uint16_t>(out, key, type, v);
    case GgufType::i16:
      return put_integer<int16_t>(out, key, type, v);
    case GgufType::u32:
      return put_integer<uint32_t>(out, key, type, v);
    case GgufType::i32:
      return put_integer<int32_t>(out, key, type, v);
    case GgufType::u64:
      return put_integer<uint64_t>(out, key, type, v);
    case GgufType::i64:
      return put_integer<int64_t>(out, key, type, v);
    case GgufType::f32:
      if (!v.is_number()) return does_not_fit(key, type, v);
      put(out, static_cast<float>(v.number()));
      return {};
    case GgufType::f64:
      if (!v.is_number()) return does_not_fit(key, type, v);
      put(out, v.number());
      return {};
    case GgufType::boolean:
      if (!v.is_bool()) return does_not_fit(key, type, v);
      put(out, static_cast<uint8_t>(v.boolean()));
      return {};
    case GgufType::string:
      if (!v.is_string()) return does_not_fit(key, type, v);
      put_text(out, v.string());
      return {};
    case GgufType::array:
      break;
  }
  return does_not_fit(key, type, v);
}

Result<> put_metadata(std::string& out, const ModelSpec& spec) {
  TRY(const auto types, value_types(spec));
  const auto& members = spec.metadata.members();
  for (size_t i = 0; i < members.size(); i++) {
    const auto& [key, value] = members[i];
    put_text(out, key);
    put(out, static_cast<uint32_t>(types[i].type));
    if (types[i].type != GgufType::array) {
      TRY(put_scalar(out, key, types[i].type, value));
      continue;
    }
    if (!value.is_array()) return does_not_fit(key, GgufType::array, value);
    put(out, static_cast<uint32_t>(types[i].element));
    put(out, uint64_t{value.items().size()});
    for (const Json& item : value.items()) TRY(put_scalar(out, key, types[i].element, item));
  }
  return {};
}

Result<uint64_t> alignment_of(const ModelSpec& spec) {
  const Json* value = spec.metadata.find("general.alignment");
  if (value == nullptr) return kGgufDefaultAlignment;
  const bool whole = value->kind() == Json::Kind::integer && value->integer() > 0;
  if (whole && std::has_single_bit(value->unsigned_integer()) &&
      value->unsigned_integer() <= kGgufMaxAlignment) {
    return value->unsigned_integer();
  }
  return fail(Code::validation, "key 'general.alignment': wanted a power of two up to {}, got {}",
              kGgufMaxAlignment, value->dump());
}

Result<> check_tensor(const TensorSpec& tensor) {
  if (tensor.name.size() > kGgufMaxTensorName) {
    return fail(Code::validation, "tensor '{}': GGUF names have at most {} bytes, got {}", tensor.name,
                kGgufMaxTensorName, tensor.name.size());
  }
  if (tensor.shape.size() > kGgufMaxDims) {
    return fail(Code::validation, "tensor '{}': GGUF tensors have at most {} dimensions, got {}", tensor.name,
                kGgufMaxDims, tensor.shape.size());
  }
  if (std::find(tensor.shape.begin(), tensor.shape.end(), 0U) != tensor.shape.end()) {
    return fail(Code::validation, "tensor '{}': GGUF tensors have no dimension of 0", tensor.name);
  }
  return {};
}

}  // namespace

Result<FileLayout> plan_gguf(const ModelSpec& spec) {
  TRY(const uint64_t alignment, alignment_of(spec));
  FileLayout layout;
  std::string& head = layout.head;
  head = "GGUF";
  put(head, uint32_t{3});
  put(head, uint64_t{spec.tensors.size()});
  put(head, uint64_t{spec.metadata.members().size()});
  TRY(put_metadata(head, spec));
  uint64_t offset = 0;
  for (size_t i = 0; i < spec.tensors.size(); i++) {
    const TensorSpec& tensor = spec.tensors[i];
    TRY(check_tensor(tensor));
    TRY(const uint64_t size, spec_bytes(tensor));
    put_text(head, tensor.name);
    put(head, static_cast<uint32_t>(tensor.shape.size()));
    for (auto dim = tensor.shape.rbegin(); dim != tensor.shape.rend(); ++dim) put(head, *dim);
    put(head, static_cast<uint32_t>(info(tensor.dtype).ggml_id));
    put(head, offset);
    layout.tensors.push_back({i, offset, size});
    const auto end = checked_add(offset, size);
    const auto next = end ? checked_align(*end, alignment) : std::nullopt;
    if (!next || *next > INT64_MAX)
      return fail(Code::validation, "tensors: the file would exceed 2^63 bytes");
    offset = *next;
  }
  const uint64_t data_start = spec.tensors.empty() ? head.size() : *checked_align(head.size(), alignment);
  for (FileLayout::Placement& place : layout.tensors) place.offset += data_start;
  layout.end = data_start + offset;
  return layout;
}

}  // namespace sov::formats
