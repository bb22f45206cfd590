#pragma once
// Byte-pair encoding over characters, or directly over bytes for byte-level vocabularies.

#include <array>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "text/tokenize/merge_table.h"
#include "text/tokenize/model.h"
#include "text/tokenize/vocabulary.h"

namespace sov::text {

struct BpeOptions {
  std::optional<TokenId> unknown;
  bool byte_fallback = false;  // a character that is missing becomes its bytes' "<0xXX>" pieces
  bool fuse_unknown = false;   // neighbouring unknowns become one
  bool ignore_merges = false;  // a piece that is in the vocabulary is not tokenized further
  std::string subword_prefix;  // on every character but the first
  std::string end_of_word;     // on the last character
};

using Merges = std::vector<std::pair<std::string, std::string>>;
enum class ByteLevel { no, yes };

/// Repeatedly joins the neighbours whose pair has the lowest rank, leftmost first.
/// byte_level: pieces come as raw bytes, the vocabulary is written in byte-level characters.
/// Source: Sennrich, Haddow and Birch, "Neural Machine Translation of Rare Words with Subword Units" (2016).
class Bpe final : public Model {
 public:
  /// vocabulary outlives the model. Errors: corrupt (a merge names no piece), unsupported (too many merges).
  static Result<std::unique_ptr<Bpe>> make(const Vocabulary& vocabulary, const Merges& merges,
                                           BpeOptions options, ByteLevel byte_level);

  /// SentencePiece's BPE has scores instead of merges: any two neighbours whose joined text is a mergeable
  /// piece may join, the highest score first. Equal scores (trainers write none) go by id, not by place.
  /// Requires: an entry of scores and of mergeable for every id.
  static Result<std::unique_ptr<Bpe>> from_scores(const Vocabulary& vocabulary, std::span<const float> scores,
                                                  const std::vector<bool>& mergeable, BpeOptions options);

  void encode(std::string_view piece, Scratch& scratch, std::vector<TokenId>& out) const override;
  std::optional<TokenId> byte_id(uint8_t byte) const override;
  std::string_view name() const override { return "BPE"; }

  /// Whether a vocabulary has all 256 byte-level characters, as raw bytes need.
  static bool covers_bytes(const Vocabulary& vocabulary);

 private:
  Bpe(const Vocabulary& vocabulary, BpeOptions options)
      : vocabulary_(vocabulary), options_(std::move(options)) {}
  Result<> add_merges(const Merges& merges);
  void tokenize(std::string_view piece, Scratch& scratch, std::vector<TokenId>& out) const;
  void characters(std::string_view piece, std::vector<TokenId>& symbols) const;
  bool fall_back(std::string_view character, std::vector<TokenId>& symbols) const;
  void merge_short(std::span<TokenId> symbols, std::vector<TokenId>& out) const;
  void merge_long(Scratch& scratch, std::vector<TokenId>& out) const;

  const Vocabulary& vocabulary_;
  BpeOptions options_;
  bool byte_level_ = false;
  std::array<TokenId, 256> bytes_{};  // byte-level: the byte's piece; byte fallback: its "<0xXX>"; -1 = none
  MergeTable merges_;
};

}  // namespace sov::text
