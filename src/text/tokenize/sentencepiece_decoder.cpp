#include <algorithm>

#include "text/tokenize/byte_piece.h"
#include "text/tokenize/decoder.h"
#include "text/tokenize/word_cuts.h"

namespace sov::text {
namespace {

class SentencePieceStream final : public DecodeStream {
 public:
  explicit SentencePieceStream(LeadingMark leading) : leading_(leading) {}

  void push(std::string_view piece, Literal literal, std::string& out) override {
    const auto byte = literal == Literal::no ? byte_of_piece(piece) : std::nullopt;
    const size_t before = out.size();
    if (byte) out.push_back(static_cast<char>(*byte));
    if (!byte && literal == Literal::yes) out += piece;
    if (!byte && literal == Literal::no) push_text(piece, out);
    if (out.size() > before) leading_ = LeadingMark::keep;
  }

 private:
  void push_text(std::string_view piece, std::string& out) {
    if (leading_ != LeadingMark::keep && piece.starts_with(kWordMark)) {
      piece.remove_prefix(kWordMark.size());
      if (leading_ == LeadingMark::drop_one) leading_ = LeadingMark::keep;
    }
    while (!piece.empty()) {
      const size_t mark = std::min(piece.find(kWordMark), piece.size());
      out += piece.substr(0, mark);
      piece.remove_prefix(mark);
      if (piece.empty()) break;
      out += ' ';
      piece.remove_prefix(kWordMark.size());
    }
  }

  LeadingMark leading_;
};

class SentencePieceDecoder final : public Decoder {
 public:
  explicit SentencePieceDecoder(LeadingMark leading) : leading_(leading) {}
  std::unique_ptr<DecodeStream> start() const override {
    return std::make_unique<SentencePieceStream>(leading_);
  }

 private:
  LeadingMark leading_;
};

}  // namespace

std::unique_ptr<Decoder> make_sentencepiece_decoder(LeadingMark leading) {
  return std::make_unique<SentencePieceDecoder>(leading);
}

}  // namespace sov::text
