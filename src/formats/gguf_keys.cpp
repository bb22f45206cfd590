// Rules on the well-known GGUF keys. Readers of the tokenizer and the architecture rely on them: a list of u8
// read as f32, or a block count of 0, has crashed other loaders.

#include <array>
#include <bit>

#include "formats/gguf_header.h"

namespace sov::formats {
namespace {

/// One metadata entry with all that is known of it.
struct Key {
  std::string_view name;
  const Json& value;
  GgufValueType type;
  uint64_t offset;
};

std::string type_text(const GgufValueType& type) {
  return type.type == GgufType::array ? strf("array of {}", gguf_type_name(type.element))
                                      : std::string(gguf_type_name(type.type));
}

tl::unexpected<Error> wrong_type(const ByteReader& in, const Key& key, std::string_view wanted) {
  return in.corrupt(key.offset, "key '{}': wanted {}, got {}", key.name, wanted, type_text(key.type));
}

struct ListRule {
  std::string_view key;
  GgufType element;
  GgufType also;  // written by some converters
  bool per_token;
};
constexpr std::array<ListRule, 4> kListRules = {{
    {"tokenizer.ggml.tokens", GgufType::string, GgufType::string, true},
    {"tokenizer.ggml.merges", GgufType::string, GgufType::string, false},
    {"tokenizer.ggml.scores", GgufType::f32, GgufType::f32, true},
    {"tokenizer.ggml.token_type", GgufType::i32, GgufType::u32, true},
}};

Result<> check_list(const ByteReader& in, const Key& key, const Json* tokens) {
  for (const ListRule& rule : kListRules) {
    if (key.name != rule.key) continue;
    if (key.type.type != GgufType::array ||
        (key.type.element != rule.element && key.type.element != rule.also)) {
      return wrong_type(in, key, strf("array of {}", gguf_type_name(rule.element)));
    }
    const uint64_t count = key.value.items().size();
    if (rule.per_token && tokens != nullptr && tokens->is_array() && tokens->items().size() != count) {
      return in.corrupt(key.offset, "key '{}': wanted {} items, one for each token, got {}", key.name,
                        tokens->items().size(), count);
    }
  }
  return {};
}

// Counts that a model divides or allocates by. (feed_forward_length and attention.head_count are 0 in models
// without such layers.)
constexpr std::array<std::string_view, 3> kPositiveCounts = {".block_count", ".embedding_length",
                                                             ".context_length"};

Result<> check_count(const ByteReader& in, const Key& key, std::string_view architecture) {
  if (architecture.empty() || !key.name.starts_with(architecture)) return {};
  for (std::string_view suffix : kPositiveCounts) {
    if (key.name.substr(architecture.size()) != suffix) continue;
    if (!key.value.is_integer()) return wrong_type(in, key, "an integer");
    if (key.value.kind() == Json::Kind::integer && key.value.integer() <= 0) {
      return in.corrupt(key.offset, "key '{}': wanted at least 1, got {}", key.name, key.value.integer());
    }
  }
  return {};
}

Result<uint64_t> read_alignment(const ByteReader& in, const Key& key) {
  if (key.type.type != GgufType::u32) return wrong_type(in, key, "u32");
  const uint64_t alignment = key.value.unsigned_integer();
  if (!std::has_single_bit(alignment) || alignment > kGgufMaxAlignment) {
    return in.corrupt(key.offset, "key '{}': wanted a power of two up to {}, got {}", key.name,
                      kGgufMaxAlignment, alignment);
  }
  return alignment;
}

}  // namespace

Result<uint64_t> check_gguf_keys(const ByteReader& in, std::span<const uint64_t> offsets,
                                 const ModelFile& model) {
  const Json* tokens = model.metadata.find("tokenizer.ggml.tokens");
  const Json* named = model.metadata.find("general.architecture");
  const std::string_view architecture =
      named != nullptr && named->is_string() ? std::string_view(named->string()) : std::string_view();
  const auto& members = model.metadata.members();
  uint64_t alignment = kGgufDefaultAlignment;
  for (size_t i = 0; i < members.size(); i++) {
    const Key key{members[i].first, members[i].second, model.gguf_types[i], offsets[i]};
    if (key.name == "general.architecture" && key.type.type != GgufType::string) {
      return wrong_type(in, key, "string");
    }
    if (key.name == "general.alignment") {
      TRY(alignment, read_alignment(in, key));
    }
    TRY(check_list(in, key, tokens));
    TRY(check_count(in, key, architecture));
  }
  return alignment;
}

}  // namespace sov::formats
