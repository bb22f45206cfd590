#pragma once
// Decoders turn pieces back into text, one piece at a time.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"

namespace sov::text {

enum class Literal { no, yes };  // yes: an added token, whose piece is its text

/// A decoder at work on one sequence of pieces.
class DecodeStream {
 public:
  virtual ~DecodeStream() = default;
  /// Appends what the piece adds to the text (bytes: a character may arrive in parts).
  virtual void push(std::string_view piece, Literal literal, std::string& out) = 0;
  virtual void finish(std::string&) {}
};

/// Threads: const calls are safe.
class Decoder {
 public:
  virtual ~Decoder() = default;
  virtual std::unique_ptr<DecodeStream> start() const = 0;
};

/// Byte-level characters -> bytes; an added token is written as it is.
std::unique_ptr<Decoder> make_byte_level_decoder();
/// The word mark at the start of a decoded text: kept, taken off once, or off every piece until there is
/// text.
enum class LeadingMark { keep, drop_one, drop_all };
/// SentencePiece pieces: word marks are spaces, "<0xXX>" is a byte. An added token is written as it is.
std::unique_ptr<Decoder> make_sentencepiece_decoder(LeadingMark leading);
/// The "decoder" member of tokenizer.json (null: pieces joined by spaces). Errors: corrupt, unsupported by
/// name.
Result<std::unique_ptr<Decoder>> load_decoder(const Json& component);

}  // namespace sov::text
