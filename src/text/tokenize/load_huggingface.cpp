#include "text/tokenize/encode_limits.h"
#include "text/tokenize/huggingface_models.h"
#include "text/tokenize/impl.h"
#include "text/tokenize/post_processor.h"

namespace sov::text {
namespace {

Result<AddedToken> added_token_of(const Json& item) {
  AddedToken token;
  TRY(const int64_t id, item.get_int("id"));
  if (id < 0 || id >= kMaxVocabulary) return fail(Code::unsupported, "added token with id {}", id);
  token.id = static_cast<TokenId>(id);
  TRY(token.content, item.get_string("content"));
  TRY(token.special, item.bool_or("special", false));
  TRY(token.single_word, item.bool_or("single_word", false));
  TRY(token.lstrip, item.bool_or("lstrip", false));
  TRY(token.rstrip, item.bool_or("rstrip", false));
  TRY(token.normalized, item.bool_or("normalized", !token.special));
  return token;
}

Result<> load_added_tokens(const Json& tokenizer, Tokenizer::Impl& impl) {
  const Json& list = member(tokenizer, "added_tokens");
  if (list.is_null()) return {};
  if (!list.is_array()) return fail(Code::corrupt, "added_tokens is {}, wanted an array", list.kind_name());
  for (const Json& item : list.items()) {
    TRY(const AddedToken token, added_token_of(item));
    TRY(impl.add(token));
  }
  return {};
}

/// "bos_token": "<s>" or {"content": "<s>", ...}.
std::optional<TokenId> token_named(const Json& config, std::string_view key, const Tokenizer::Impl& impl) {
  const Json* entry = config.find(key);
  if (entry != nullptr && entry->is_object()) entry = entry->find("content");
  if (entry == nullptr || !entry->is_string()) return std::nullopt;
  return impl.find(entry->string());
}

}  // namespace

Result<> load_huggingface(const Json& tokenizer, const Json& config, Tokenizer::Impl& impl) {
  if (!tokenizer.is_object())
    return fail(Code::corrupt, "tokenizer.json is {}, wanted an object", tokenizer.kind_name());
  TRY(impl.normalizer, with(load_normalizer(member(tokenizer, "normalizer")), "normalizer"));
  TRY(PreTokenizerPlan plan, with(load_pre_tokenizer(member(tokenizer, "pre_tokenizer")), "pre_tokenizer"));
  TRY(load_huggingface_model(member(tokenizer, "model"), plan, impl));
  impl.pre_tokenizer = std::move(plan.stage);
  TRY(load_added_tokens(tokenizer, impl));
  TRY(const PostProcessor post,
      with(load_post_processor(member(tokenizer, "post_processor")), "post_processor"));
  impl.prefix = post.prefix;
  impl.suffix = post.suffix;
  TRY(impl.truncation, with(load_truncation(member(tokenizer, "truncation")), "truncation"));
  TRY(impl.padding, with(load_padding(member(tokenizer, "padding")), "padding"));
  TRY(impl.decoder, with(load_decoder(member(tokenizer, "decoder")), "decoder"));
  impl.bos = token_named(config, "bos_token", impl);
  impl.eos = token_named(config, "eos_token", impl);
  return {};
}

}  // namespace sov::text
