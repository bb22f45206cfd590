#include <algorithm>

#include "text/tokenize/bpe.h"
#include "text/tokenize/gguf_tokens.h"
#include "text/tokenize/normalizer_parts.h"
#include "text/tokenize/sentencepiece_text.h"
#include "text/tokenize/unigram.h"
#include "text/tokenize/word_cuts.h"
#include "text/tokenize/word_piece.h"

namespace sov::text {
namespace {

Result<std::vector<float>> load_scores(const Json& metadata, size_t count) {
  const Json* list = gguf_array(metadata, "tokenizer.ggml.scores");
  if (list == nullptr) return fail(Code::corrupt, "no array tokenizer.ggml.scores");
  if (list->items().size() != count) {
    return fail(Code::corrupt, "tokenizer.ggml.scores has {} entries, there are {} tokens",
                list->items().size(), count);
  }
  std::vector<float> scores;
  scores.reserve(count);
  for (const Json& score : list->items()) {
    if (!score.is_number()) return fail(Code::corrupt, "tokenizer.ggml.scores holds {}", score.kind_name());
    scores.push_back(static_cast<float>(score.number()));
  }
  return scores;
}

Result<std::optional<Charsmap>> load_charsmap(const Json& metadata) {
  const Json* list = gguf_array(metadata, "tokenizer.ggml.precompiled_charsmap");
  if (list == nullptr || list->items().empty()) return std::nullopt;
  std::string blob;
  blob.reserve(list->items().size());
  for (const Json& byte : list->items()) {
    if (byte.kind() != Json::Kind::integer || byte.integer() < -128 || byte.integer() > 255) {
      return fail(Code::corrupt, "tokenizer.ggml.precompiled_charsmap holds {}", byte.dump());
    }
    blob.push_back(static_cast<char>(byte.integer()));
  }
  TRY(Charsmap map, Charsmap::parse(blob));
  return map;
}

Result<SentencePieceText> load_text_options(const Json& metadata) {
  SentencePieceText options;
  TRY(options.add_dummy_prefix, metadata.bool_or("tokenizer.ggml.add_space_prefix", true));
  TRY(options.remove_extra_whitespaces, metadata.bool_or("tokenizer.ggml.remove_extra_whitespaces", false));
  TRY(options.charsmap, load_charsmap(metadata));
  return options;
}

LeadingMark leading_mark(const SentencePieceText& text) {
  if (text.remove_extra_whitespaces) return LeadingMark::drop_all;
  return text.add_dummy_prefix ? LeadingMark::drop_one : LeadingMark::keep;
}

bool all_bytes(const std::vector<GgufTokenType>& types) {
  return std::count(types.begin(), types.end(), GgufTokenType::byte) == 256;
}

}  // namespace

Result<> load_gguf_llama(const Json& metadata, const std::vector<GgufTokenType>& types,
                         Tokenizer::Impl& impl) {
  TRY(const std::vector<float> scores, load_scores(metadata, impl.vocabulary.size()));
  TRY(SentencePieceText text, load_text_options(metadata));
  BpeOptions options;
  options.byte_fallback = all_bytes(types);
  options.fuse_unknown = true;
  TRY(options.unknown, gguf_token_id(metadata, "tokenizer.ggml.unknown_token_id",
                                     impl.vocabulary.size() > 0 ? 0 : -1, impl.vocabulary));
  std::vector<bool> mergeable(types.size());
  for (size_t i = 0; i < types.size(); i++) {
    mergeable[i] = types[i] == GgufTokenType::normal || types[i] == GgufTokenType::unused;
  }
  TRY(auto model, Bpe::from_scores(impl.vocabulary, scores, mergeable, std::move(options)));
  impl.model = make_wordwise(std::move(model), impl.vocabulary);
  impl.decoder = make_sentencepiece_decoder(leading_mark(text));
  impl.pre_tokenizer = make_sentencepiece_text(std::move(text));
  impl.description = "SentencePiece BPE";
  impl.reads_bytes = all_bytes(types);
  return load_gguf_ends(metadata, {.add_bos = true, .bos = 1, .eos = 2}, impl);
}

Result<> load_gguf_t5(const Json& metadata, const std::vector<GgufTokenType>& types, Tokenizer::Impl& impl) {
  TRY(const std::vector<float> floats, load_scores(metadata, impl.vocabulary.size()));
  TRY(SentencePieceText text, load_text_options(metadata));
  UnigramOptions options;
  options.byte_fallback = all_bytes(types);
  TRY(options.unknown, gguf_token_id(metadata, "tokenizer.ggml.unknown_token_id",
                                     impl.vocabulary.size() > 2 ? 2 : -1, impl.vocabulary));
  const std::vector<double> scores(floats.begin(), floats.end());
  std::vector<bool> candidates(types.size());
  for (size_t i = 0; i < types.size(); i++) {
    candidates[i] = types[i] == GgufTokenType::normal;
    if (candidates[i]) options.min_score = std::min(options.min_score, scores[i]);
  }
  TRY(auto model, Unigram::make(impl.vocabulary, scores, candidates, options));
  impl.model = make_wordwise(std::move(model), impl.vocabulary);
  impl.decoder = make_sentencepiece_decoder(leading_mark(text));
  impl.pre_tokenizer = make_sentencepiece_text(std::move(text));
  impl.description = "Unigram";
  return load_gguf_ends(metadata, {.add_eos = true, .eos = 1}, impl);
}

Result<> load_gguf_bert(const Json& metadata, Tokenizer::Impl& impl) {
  TRY(impl.normalizer, load_bert_normalizer(Json::object()));
  TRY(PreTokenizerPlan plan, load_pre_tokenizer(Json(Json::Object{{"type", "BertPreTokenizer"}})));
  impl.pre_tokenizer = std::move(plan.stage);
  WordPieceOptions options;
  TRY(const auto unknown, gguf_token_id(metadata, "tokenizer.ggml.unknown_token_id", 100, impl.vocabulary));
  if (!unknown) return fail(Code::unsupported, "tokenizer.ggml.model 'bert' without an unknown token");
  options.unknown = *unknown;
  options.first_prefix = kWordMark;
  options.continuing_prefix.clear();
  TRY(impl.model, WordPiece::make(impl.vocabulary, std::move(options)));
  impl.decoder = make_sentencepiece_decoder(LeadingMark::drop_one);
  impl.description = "WordPiece";
  // [CLS] and [SEP] go by several names.
  TRY(const int64_t bos, metadata.int_or("tokenizer.ggml.cls_token_id", 101));
  TRY(const int64_t sep, metadata.int_or("tokenizer.ggml.seperator_token_id", 102));
  return load_gguf_ends(metadata, {.add_bos = true, .add_eos = true, .bos = bos, .eos = sep}, impl);
}

}  // namespace sov::text
