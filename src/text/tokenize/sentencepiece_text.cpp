#include "text/tokenize/sentencepiece_text.h"

#include <algorithm>

#include "core/utf8.h"
#include "text/tokenize/word_cuts.h"

namespace sov::text {
namespace {

class SentencePieceStage final : public PreTokenizer {
 public:
  explicit SentencePieceStage(SentencePieceText options) : options_(std::move(options)) {}

  void split(Piece piece, PieceSink emit) const override {
    std::string text;
    text.reserve(piece.text.size() + piece.text.size() / 2 + kWordMark.size());
    const bool plain = !options_.charsmap && !options_.remove_extra_whitespaces;
    plain ? mark_spaces(piece.text, text) : normalize(piece.text, text);
    if (!text.empty()) emit({text, piece.at_start});
  }

 private:
  void mark_spaces(std::string_view text, std::string& out) const {
    if (options_.add_dummy_prefix) out += kWordMark;
    append_marked(text, out);
  }

  static void append_marked(std::string_view text, std::string& out) {
    for (size_t at = 0; at < text.size();) {
      const size_t space = std::min(text.find(' ', at), text.size());
      out.append(text, at, space - at);
      if (space < text.size()) out += kWordMark;
      at = space + 1;
    }
  }

  void normalize(std::string_view text, std::string& out) const {
    const bool trims = options_.remove_extra_whitespaces;
    while (trims && !text.empty()) {
      const auto [length, replaced] = next(text);
      if (replaced != " ") break;
      text.remove_prefix(length);
    }
    if (text.empty()) return;
    if (options_.add_dummy_prefix) out += kWordMark;
    bool after_space = trims;
    while (!text.empty()) {
      auto [length, replaced] = next(text);
      while (after_space && replaced.starts_with(' ')) replaced.remove_prefix(1);
      append_marked(replaced, out);
      if (!replaced.empty()) after_space = trims && replaced.ends_with(' ');
      text.remove_prefix(length);
    }
    while (trims && out.ends_with(kWordMark)) out.resize(out.size() - kWordMark.size());
  }

  /// The longest rule at the text's start, or its first character.
  Charsmap::Match next(std::string_view text) const {
    if (options_.charsmap) {
      if (const auto match = options_.charsmap->longest(text)) return *match;
    }
    const size_t length = std::min(utf8::decode(text).length, text.size());
    return {length, text.substr(0, length)};
  }

  SentencePieceText options_;
};

}  // namespace

std::unique_ptr<PreTokenizer> make_sentencepiece_text(SentencePieceText options) {
  return std::make_unique<SentencePieceStage>(std::move(options));
}

}  // namespace sov::text
