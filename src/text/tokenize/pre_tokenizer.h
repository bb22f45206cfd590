#pragma once
// Pre-tokenizers cut normalized text into the pieces that the model sees one by one.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "text/tokenize/function_ref.h"

namespace sov::text {

struct Piece {
  std::string_view text;
  bool at_start;  // begins where the whole input begins (Metaspace's prepend_scheme "first")
};
using PieceSink = FunctionRef<void(Piece)>;

/// Emits non-empty pieces in order; they live until the sink returns. Input is valid UTF-8.
class PreTokenizer {
 public:
  virtual ~PreTokenizer() = default;
  virtual void split(Piece piece, PieceSink emit) const = 0;
};

enum class SplitBehavior { removed, isolated, merged_with_previous, merged_with_next, contiguous };
enum class Invert { no, yes };

/// Splits by a literal text, or by a regular expression (by hand-written code where the pattern is a known
/// one).
std::unique_ptr<PreTokenizer> make_literal_split(std::string_view text, SplitBehavior behavior,
                                                 Invert invert);
Result<std::unique_ptr<PreTokenizer>> make_split(std::string_view pattern, SplitBehavior behavior,
                                                 Invert invert = Invert::no);
std::unique_ptr<PreTokenizer> make_sequence(std::vector<std::unique_ptr<PreTokenizer>> stages);
/// Prepends a space unless there is one, per piece.
std::unique_ptr<PreTokenizer> make_add_prefix_space();
/// Rewrites bytes as byte-level characters.
std::unique_ptr<PreTokenizer> make_byte_chars();
enum class PrependScheme { never, first, always };
Result<PrependScheme> prepend_scheme_of(const Json& component);

struct PreTokenizerPlan {
  std::unique_ptr<PreTokenizer> stage;  // null: the text is one piece
  bool byte_level = false;              // ends in ByteLevel; the byte rewriting is left to the caller
};
/// The "pre_tokenizer" member of tokenizer.json (may be null). Errors: corrupt, unsupported by name.
Result<PreTokenizerPlan> load_pre_tokenizer(const Json& component);

}  // namespace sov::text
