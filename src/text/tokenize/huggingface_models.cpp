#include "text/tokenize/huggingface_models.h"

#include <algorithm>

#include "text/tokenize/bpe.h"
#include "text/tokenize/unigram.h"
#include "text/tokenize/word_cuts.h"
#include "text/tokenize/word_piece.h"

namespace sov::text {
namespace {

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
  // A piece found whole would be missed in parts; prefixes and suffixes mark the ends of whole pieces.
  const bool may_cut = level == ByteLevel::no && !options.ignore_merges && options.subword_prefix.empty() &&
                       options.end_of_word.empty();
  TRY(impl.model, Bpe::make(impl.vocabulary, merges, std::move(options), level));
  if (may_cut) impl.model = make_wordwise(std::move(impl.model), impl.vocabulary);
  impl.description = plan.byte_level ? "byte-level BPE" : "BPE";
  return {};
}

/// [["<unk>", 0.0], ["a", -3.2], ...]; the scores by id.
Result<std::vector<double>> load_scored_vocabulary(const Json& model, Vocabulary& vocabulary) {
  const Json& vocab = member(model, "vocab");
  if (!vocab.is_array()) return fail(Code::corrupt, "model: no array 'vocab' but {}", vocab.kind_name());
  std::vector<double> scores;
  scores.reserve(vocab.items().size());
  for (const Json& item : vocab.items()) {
    const bool is_pair = item.is_array() && item.items().size() == 2 && item.items()[0].is_string() &&
                         item.items()[1].is_number();
    if (!is_pair)
      return fail(Code::corrupt, "model: vocab {} is no piece and score: {}", scores.size(), item.dump());
    TRY(vocabulary.add(item.items()[0].string(), static_cast<int64_t>(scores.size())));
    scores.push_back(item.items()[1].number());
  }
  return scores;
}

Result<> load_unigram(const Json& model, Tokenizer::Impl& impl) {
  TRY(const std::vector<double> scores, load_scored_vocabulary(model, impl.vocabulary));
  UnigramOptions options;
  TRY(options.byte_fallback, model.bool_or("byte_fallback", false));
  TRY(const int64_t unknown, model.int_or("unk_id", -1));
  if (unknown >= static_cast<int64_t>(scores.size()))
    return fail(Code::corrupt, "Unigram: unk_id {}, the vocabulary has {} pieces", unknown, scores.size());
  if (unknown >= 0) options.unknown = static_cast<TokenId>(unknown);
  if (!scores.empty()) options.min_score = *std::min_element(scores.begin(), scores.end());
  const std::vector<bool> candidates(scores.size(), true);
  TRY(impl.model, Unigram::make(impl.vocabulary, scores, candidates, options));
  impl.model = make_wordwise(std::move(impl.model), impl.vocabulary);
  impl.description = "Unigram";
  return {};
}

Result<TokenId> unknown_of(const Json& model, std::string fallback, const Vocabulary& vocabulary) {
  TRY(const std::string piece, model.string_or("unk_token", std::move(fallback)));
  const auto id = vocabulary.find(piece);
  if (!id) return fail(Code::unsupported, "model: unk_token '{}' is not in the vocabulary", piece);
  return *id;
}

Result<> load_word_piece(const Json& model, Tokenizer::Impl& impl) {
  TRY(load_vocabulary(model, impl.vocabulary));
  WordPieceOptions options;
  TRY(options.unknown, unknown_of(model, "[UNK]", impl.vocabulary));
  TRY(options.continuing_prefix, model.string_or("continuing_subword_prefix", "##"));
  TRY(const int64_t limit, model.int_or("max_input_chars_per_word", 100));
  if (limit < 0) return fail(Code::corrupt, "WordPiece: max_input_chars_per_word {}", limit);
  options.max_characters = static_cast<size_t>(limit);
  TRY(impl.model, WordPiece::make(impl.vocabulary, std::move(options)));
  impl.description = "WordPiece";
  return {};
}

Result<> load_word_level(const Json& model, Tokenizer::Impl& impl) {
  TRY(load_vocabulary(model, impl.vocabulary));
  TRY(const TokenId unknown, unknown_of(model, "<unk>", impl.vocabulary));
  impl.model = std::make_unique<WordLevel>(impl.vocabulary, unknown);
  impl.description = "WordLevel";
  return {};
}

/// Files from before 'type' existed are told by their members.
std::string implied_type(const Json& model) {
  if (model.find("merges") != nullptr) return "BPE";
  if (member(model, "vocab").is_array()) return "Unigram";
  return model.find("max_input_chars_per_word") != nullptr ? "WordPiece" : "WordLevel";
}

}  // namespace

Result<> load_huggingface_model(const Json& model, PreTokenizerPlan& plan, Tokenizer::Impl& impl) {
  if (!model.is_object()) return fail(Code::corrupt, "no object 'model' but {}", model.kind_name());
  TRY(const std::string type, model.string_or("type", implied_type(model)));
  if (type == "BPE") return load_bpe(model, plan, impl);
  if (plan.byte_level) {
    std::vector<std::unique_ptr<PreTokenizer>> stages;
    if (plan.stage) stages.push_back(std::move(plan.stage));
    stages.push_back(make_byte_chars());
    plan.stage = make_sequence(std::move(stages));
  }
  if (type == "Unigram") return load_unigram(model, impl);
  if (type == "WordPiece") return load_word_piece(model, impl);
  if (type == "WordLevel") return load_word_level(model, impl);
  return fail(Code::unsupported, "model '{}'", type);
}

}  // namespace sov::text
