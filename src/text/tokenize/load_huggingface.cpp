#include "text/tokenize/bpe.h"
#include "text/tokenize/impl.h"
#include "text/tokenize/post_processor.h"

namespace sov::text {
namespace {

const Json& member(const Json& object, std::string_view key) {
  static const Json null;
  const Json* found = object.find(key);
  return found != nullptr ? *found : null;
}

Result<> load_vocabulary(const Json& model, Vocabulary& vocabulary) {
  const Json& vocab = member(model, "vocab");
  if (!vocab.is_object()) return fail(Code::corrupt, "model: no object 'vocab' but {}", vocab.kind_name());
  for (const auto& [piece, id] : vocab.members()) {
    if (!id.is_integer())
      return fail(Code::corrupt, "model: vocab '{}' is {}, wanted an id", piece, id.kind_name());
    TRY(vocabulary.add(piece, id.kind() == Json::Kind::integer ? id.integer() : int64_t{kMaxVocabulary}));
  }
  return {};
}

/// One merge, either "a b" or ["a", "b"].
Result<std::pair<std::string, std::string>> merge_of(const Json& item, size_t index) {
  if (item.is_array() && item.items().size() == 2 && item.items()[0].is_string() &&
      item.items()[1].is_string()) {
    return std::pair{item.items()[0].string(), item.items()[1].string()};
  }
  if (item.is_string()) {
    const std::string& text = item.string();
    const size_t space = text.find(' ');
    if (space != std::string::npos && text.find(' ', space + 1) == std::string::npos) {
      return std::pair{text.substr(0, space), text.substr(space + 1)};
    }
  }
  return fail(Code::corrupt, "model: merge {} is no pair of pieces: {}", index, item.dump());
}

Result<Merges> load_merges(const Json& model) {
  const Json& list = member(model, "merges");
  if (!list.is_array()) return fail(Code::corrupt, "model: no array 'merges' but {}", list.kind_name());
  Merges merges;
  merges.reserve(list.items().size());
  for (const Json& item : list.items()) {
    TRY(auto pair, merge_of(item, merges.size()));
    merges.push_back(std::move(pair));
  }
  return merges;
}

Result<BpeOptions> load_bpe_options(const Json& model, const Vocabulary& vocabulary) {
  BpeOptions options;
  TRY(options.byte_fallback, model.bool_or("byte_fallback", false));
  TRY(options.fuse_unknown, model.bool_or("fuse_unk", false));
  TRY(options.ignore_merges, model.bool_or("ignore_merges", false));
  TRY(options.subword_prefix, model.string_or("continuing_subword_prefix", ""));
  TRY(options.end_of_word, model.string_or("end_of_word_suffix", ""));
  TRY(const double dropout, model.number_or("dropout", 0));
  if (dropout != 0) return fail(Code::unsupported, "BPE with dropout {}: encoding would be random", dropout);
  TRY(const std::string unknown, model.string_or("unk_token", ""));
  if (!unknown.empty()) {
    options.unknown = vocabulary.find(unknown);
    if (!options.unknown) return fail(Code::corrupt, "BPE: unk_token '{}' is not in the vocabulary", unknown);
  }
  return options;
}

Result<> load_bpe(const Json& model, PreTokenizerPlan& plan, Tokenizer::Impl& impl) {
  TRY(load_vocabulary(model, impl.vocabulary));
  TRY(const Merges merges, load_merges(model));
  TRY(BpeOptions options, load_bpe_options(model, impl.vocabulary));
  // Raw bytes go straight to the model when nothing but the 256 byte characters can reach it anyway.
  const bool raw_bytes = plan.byte_level && options.subword_prefix.empty() && options.end_of_word.empty() &&
                         Bpe::covers_bytes(impl.vocabulary);
  if (plan.byte_level && !raw_bytes) {
    std::vector<std::unique_ptr<PreTokenizer>> stages;
    if (plan.stage) stages.push_back(std::move(plan.stage));
    stages.push_back(make_byte_chars());
    plan.stage = make_sequence(std::move(stages));
  }
  const ByteLevel level = raw_bytes ? ByteLevel::yes : ByteLevel::no;
  TRY(impl.model, Bpe::make(impl.vocabulary, merges, std::move(options), level));
  impl.description = plan.byte_level ? "byte-level BPE" : "BPE";
  return {};
}

Result<> load_model(const Json& tokenizer, PreTokenizerPlan& plan, Tokenizer::Impl& impl) {
  const Json& model = member(tokenizer, "model");
  if (!model.is_object()) return fail(Code::corrupt, "no object 'model' but {}", model.kind_name());
  // Files from before 'type' existed are told by their members.
  TRY(const std::string type, model.string_or("type", model.find("merges") != nullptr ? "BPE" : "unnamed"));
  if (type == "BPE") return load_bpe(model, plan, impl);
  return fail(Code::unsupported, "model '{}'", type);
}

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
  TRY(load_model(tokenizer, plan, impl));
  impl.pre_tokenizer = std::move(plan.stage);
  TRY(load_added_tokens(tokenizer, impl));
  TRY(const PostProcessor post,
      with(load_post_processor(member(tokenizer, "post_processor")), "post_processor"));
  impl.prefix = post.prefix;
  impl.suffix = post.suffix;
  TRY(impl.decoder, with(load_decoder(member(tokenizer, "decoder")), "decoder"));
  impl.bos = token_named(config, "bos_token", impl);
  impl.eos = token_named(config, "eos_token", impl);
  return {};
}

}  // namespace sov::text
