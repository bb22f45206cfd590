#pragma once
// The decoders of tokenizer.json: each turns a list of tokens into another, and what is left is joined.
// Here the tokens pass one by one, so that text comes out as ids come in.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "text/tokenize/decoder.h"
#include "text/tokenize/function_ref.h"

namespace sov::text {

/// Part of a token; `ends` when the token is complete with it. After Fuse all text is one token in many
/// parts.
struct TokenPart {
  std::string_view text;
  bool ends;
};
using PartSink = FunctionRef<void(TokenPart)>;

/// One decoder at work on one sequence of tokens.
class DecodeStage {
 public:
  virtual ~DecodeStage() = default;
  virtual void push(TokenPart part, PartSink next) = 0;
  /// No more parts; a token may still be open.
  virtual void finish(PartSink next) = 0;
};

/// Makes the stage afresh for each sequence. Threads: const calls are safe.
class StageFactory {
 public:
  virtual ~StageFactory() = default;
  virtual std::unique_ptr<DecodeStage> start() const = 0;
};

/// A decoder of tokenizer.json that is made of stages (a Sequence is its members' stages).
/// Errors: corrupt, unsupported by name.
Result<std::vector<std::unique_ptr<StageFactory>>> load_decode_stages(const Json& component);
std::unique_ptr<Decoder> make_decode_chain(std::vector<std::unique_ptr<StageFactory>> stages);

}  // namespace sov::text
