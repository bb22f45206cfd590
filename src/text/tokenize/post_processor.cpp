#include "text/tokenize/post_processor.h"

#include "text/tokenize/vocabulary.h"

namespace sov::text {
namespace {

Result<TokenId> id_of(const Json& value, std::string_view what) {
  if (value.kind() != Json::Kind::integer || value.integer() < 0 || value.integer() >= kMaxVocabulary) {
    return fail(Code::corrupt, "{}: {} is no token id", what, value.dump());
  }
  return static_cast<TokenId>(value.integer());
}

/// {"SpecialToken": {"id": "<s>", ...}} -> the ids of special_tokens["<s>"].
Result<> add_special(const Json& special_tokens, const Json& item, std::vector<TokenId>& out) {
  TRY(const std::string name, item.get_string("id"));
  const Json* token = special_tokens.find(name);
  const Json* ids = token != nullptr ? token->find("ids") : nullptr;
  if (ids == nullptr || !ids->is_array()) {
    return fail(Code::corrupt, "TemplateProcessing: special token '{}' has no ids", name);
  }
  for (const Json& value : ids->items()) {
    TRY(const TokenId id, id_of(value, name));
    out.push_back(id);
  }
  return {};
}

Result<PostProcessor> load_template(const Json& component) {
  const Json* single = component.find("single");
  const Json* special_tokens = component.find("special_tokens");
  if (single == nullptr || !single->is_array() || special_tokens == nullptr) {
    return fail(Code::corrupt, "TemplateProcessing: no array 'single' or no 'special_tokens'");
  }
  PostProcessor post;
  bool text_seen = false;
  for (const Json& item : single->items()) {
    if (const Json* special = item.find("SpecialToken")) {
      TRY(add_special(*special_tokens, *special, text_seen ? post.suffix : post.prefix));
    } else if (item.find("Sequence") != nullptr && !text_seen) {
      text_seen = true;
    } else {
      return fail(Code::unsupported, "TemplateProcessing: {}", item.dump());
    }
  }
  if (!text_seen) return fail(Code::unsupported, "TemplateProcessing: the template leaves the text out");
  return post;
}

/// Bert and Roberta: ["[CLS]", 101] and ["[SEP]", 102].
Result<PostProcessor> load_cls_sep(const Json& component) {
  PostProcessor post;
  for (const auto& [key, out] : {std::pair{"cls", &post.prefix}, std::pair{"sep", &post.suffix}}) {
    const Json* pair = component.find(key);
    if (pair == nullptr || !pair->is_array() || pair->items().size() != 2) {
      return fail(Code::corrupt, "'{}' is no pair of piece and id", key);
    }
    TRY(const TokenId id, id_of(pair->items()[1], key));
    out->push_back(id);
  }
  return post;
}

Result<PostProcessor> load_sequence(const Json& component) {
  const Json* list = component.find("processors");
  if (list == nullptr || !list->is_array()) return fail(Code::corrupt, "Sequence: no array 'processors'");
  PostProcessor all;
  for (const Json& item : list->items()) {
    TRY(const PostProcessor outer, load_post_processor(item));
    all.prefix.insert(all.prefix.begin(), outer.prefix.begin(), outer.prefix.end());
    all.suffix.insert(all.suffix.end(), outer.suffix.begin(), outer.suffix.end());
  }
  return all;
}

}  // namespace

Result<PostProcessor> load_post_processor(const Json& component) {
  if (component.is_null()) return PostProcessor{};
  TRY(const std::string type, component.get_string("type"));
  if (type == "ByteLevel") return PostProcessor{};  // trims offsets, adds no ids
  if (type == "TemplateProcessing") return load_template(component);
  if (type == "BertProcessing" || type == "RobertaProcessing") return load_cls_sep(component);
  if (type == "Sequence") return load_sequence(component);
  return fail(Code::unsupported, "post-processor '{}'", type);
}

}  // namespace sov::text
