#pragma once
// How SentencePiece prepares a text: rules rewrite it, white space becomes word marks, a mark goes in front.

#include <memory>
#include <optional>

#include "text/tokenize/charsmap.h"
#include "text/tokenize/pre_tokenizer.h"

namespace sov::text {

/// The fields of SentencePiece's NormalizerSpec.
struct SentencePieceText {
  bool add_dummy_prefix = true;           // a mark before every stretch of text between added tokens
  bool remove_extra_whitespaces = false;  // at both ends, and all but one in between
  std::optional<Charsmap> charsmap;       // rewrites first, the longest rule at each place
};

/// A stage that emits each piece as one prepared piece, or nothing when only white space is removed.
/// Bytes that are no UTF-8 pass through.
/// Source: sentencepiece, normalizer.cc (the order of its steps).
std::unique_ptr<PreTokenizer> make_sentencepiece_text(SentencePieceText options);

}  // namespace sov::text
