#include "text/tokenize/word_cuts.h"

#include "core/utf8.h"

namespace sov::text {
namespace {

/// The start of the last character of a non-empty text.
size_t last_character(std::string_view text) {
  size_t at = text.size() - 1;
  while (at > 0 && (static_cast<uint8_t>(text[at]) & 0xC0) == 0x80) at--;
  return at;
}

class Wordwise final : public Model {
 public:
  Wordwise(std::unique_ptr<Model> whole, const Vocabulary& vocabulary)
      : whole_(std::move(whole)), cuts_(vocabulary) {}

  void encode(std::string_view piece, Scratch& scratch, std::vector<TokenId>& out) const override {
    cuts_.split(piece, [&](std::string_view part) { whole_->encode(part, scratch, out); });
  }
  std::optional<TokenId> byte_id(uint8_t byte) const override { return whole_->byte_id(byte); }
  std::string_view name() const override { return whole_->name(); }

 private:
  std::unique_ptr<Model> whole_;
  WordCuts cuts_;
};

}  // namespace

WordCuts::WordCuts(const Vocabulary& vocabulary) : enabled_(vocabulary.find(kWordMark).has_value()) {
  for (size_t id = 0; id < vocabulary.size(); id++) {
    const std::string_view piece = vocabulary.piece(static_cast<TokenId>(id));
    for (size_t at = piece.find(kWordMark); at != std::string_view::npos;
         at = piece.find(kWordMark, at + kWordMark.size())) {
      if (at == 0) continue;
      const size_t before = last_character(piece.substr(0, at));
      crossed_.insert(utf8::decode(piece.substr(before)).code_point);
    }
  }
}

bool WordCuts::may_cut_after(std::string_view text) const {
  // Within a run of marks no cut is made: pieces of several marks are common, and long runs are rare.
  if (text.ends_with(kWordMark)) return false;
  return crossed_.empty() || !crossed_.contains(utf8::decode(text.substr(last_character(text))).code_point);
}

void WordCuts::split(std::string_view text, FunctionRef<void(std::string_view)> emit) const {
  size_t done = 0;
  for (size_t at = text.find(kWordMark[0], 1); enabled_ && at != std::string_view::npos;
       at = text.find(kWordMark[0], at + 1)) {
    if (!text.substr(at).starts_with(kWordMark) || !may_cut_after(text.substr(done, at - done))) continue;
    emit(text.substr(done, at - done));
    done = at;
  }
  emit(text.substr(done));
}

std::unique_ptr<Model> make_wordwise(std::unique_ptr<Model> whole, const Vocabulary& vocabulary) {
  return std::make_unique<Wordwise>(std::move(whole), vocabulary);
}

}  // namespace sov::text
