#include <algorithm>

#include "text/tokenize/byte_piece.h"
#include "text/tokenize/decoder.h"
#include "text/tokenize/word_cuts.h"

namespace sov::text {
namespace {

class SentencePieceStream final : public DecodeStream {
 public:
  explicit SentencePieceStream(bool dummy_prefix) : drop_space_(dummy_prefix) {}

  void push(std::string_view piece, Literal literal, std::string& out) override {
    const auto byte = literal == Literal::no ? byte_of_piece(piece) : std::nullopt;
    if (byte) out.push_back(static_cast<char>(*byte));
    if (!byte && literal == Literal::yes) out += piece;
    if (!byte && literal == Literal::no) push_text(piece, out);
    drop_space_ = false;
  }

 private:
  void push_text(std::string_view piece, std::string& out) const {
    if (drop_space_ && piece.starts_with(kWordMark)) piece.remove_prefix(kWordMark.size());
    while (!piece.empty()) {
      const size_t mark = std::min(piece.find(kWordMark), piece.size());
      out += piece.substr(0, mark);
      piece.remove_prefix(mark);
      if (piece.empty()) break;
      out += ' ';
      piece.remove_prefix(kWordMark.size());
    }
  }

  bool drop_space_;
};

class SentencePieceDecoder final : public Decoder {
 public:
  explicit SentencePieceDecoder(bool dummy_prefix) : dummy_prefix_(dummy_prefix) {}
  std::unique_ptr<DecodeStream> start() const override {
    return std::make_unique<SentencePieceStream>(dummy_prefix_);
  }

 private:
  bool dummy_prefix_;
};

}  // namespace

std::unique_ptr<Decoder> make_sentencepiece_decoder(bool dummy_prefix) {
  return std::make_unique<SentencePieceDecoder>(dummy_prefix);
}

}  // namespace sov::text
