#pragma once
// Tokens that are found in the text before the model sees it.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "text/tokenize/function_ref.h"
#include "text/tokenizer.h"

namespace sov::text {

struct AddedToken {
  std::string content;
  TokenId id = 0;
  bool special = false;
  bool single_word = false;  // only where no word character touches it
  bool lstrip = false;       // takes the white space before it
  bool rstrip = false;       // takes the white space after it
  bool normalized = false;   // is looked for in the normalized text
};

enum class ParseSpecial { no, yes };

/// A set of added tokens, found leftmost first, the longest at each place.
class AddedTokenSet {
 public:
  struct Segment {
    std::string_view text;
    const AddedToken* token;  // null: ordinary text
  };

  void add(AddedToken token);
  bool empty() const { return tokens_.empty(); }
  /// Emits the text's segments in order, none empty.
  void split(std::string_view text, ParseSpecial special, FunctionRef<void(Segment)> emit) const;

 private:
  struct Node {
    std::vector<std::pair<uint8_t, uint32_t>> children;  // sorted by byte
    int32_t token = -1;
  };
  const AddedToken* longest_at(std::string_view text, size_t at, size_t& length) const;

  std::vector<AddedToken> tokens_;
  std::vector<Node> nodes_ = std::vector<Node>(1);
  std::array<bool, 256> starts_{};
};

}  // namespace sov::text
