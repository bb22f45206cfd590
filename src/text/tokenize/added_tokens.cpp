#include "text/tokenize/added_tokens.h"

#include <algorithm>

#include "core/utf8.h"
#include "text/tokenize/unicode.h"

namespace sov::text {
namespace {

utf8::Decoded last_character(std::string_view text) {
  size_t at = text.size() - 1;
  while (at > 0 && (static_cast<uint8_t>(text[at]) & 0xC0) == 0x80) at--;
  return utf8::decode(text.substr(at));
}

bool ends_with_word(std::string_view text) {
  return !text.empty() && is_word(last_character(text).code_point);
}

bool starts_with_word(std::string_view text) {
  return !text.empty() && is_word(utf8::decode(text).code_point);
}

size_t trailing_space(std::string_view text) {
  size_t end = text.size();
  while (end > 0) {
    const utf8::Decoded c = last_character(text.substr(0, end));
    if (!is_space(c.code_point)) break;
    end -= c.length;
  }
  return text.size() - end;
}

size_t leading_space(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    const utf8::Decoded c = utf8::decode(text.substr(at));
    if (!is_space(c.code_point)) break;
    at += c.length;
  }
  return at;
}

}  // namespace

void AddedTokenSet::add(AddedToken token) {
  if (token.content.empty()) return;
  starts_[static_cast<uint8_t>(token.content[0])] = true;
  uint32_t node = 0;
  for (char byte : token.content) {
    const auto wanted = static_cast<uint8_t>(byte);
    auto& children = nodes_[node].children;
    auto child = std::lower_bound(children.begin(), children.end(), std::pair{wanted, uint32_t{0}});
    if (child == children.end() || child->first != wanted) {
      child = children.insert(child, {wanted, static_cast<uint32_t>(nodes_.size())});
      node = child->second;
      nodes_.emplace_back();
    } else {
      node = child->second;
    }
  }
  nodes_[node].token = static_cast<int32_t>(tokens_.size());
  tokens_.push_back(std::move(token));
}

const AddedToken* AddedTokenSet::longest_at(std::string_view text, size_t at, size_t& length) const {
  const AddedToken* best = nullptr;
  uint32_t node = 0;
  for (size_t i = at; i < text.size(); i++) {
    const auto& children = nodes_[node].children;
    const auto byte = static_cast<uint8_t>(text[i]);
    const auto child = std::lower_bound(children.begin(), children.end(), std::pair{byte, uint32_t{0}});
    if (child == children.end() || child->first != byte) break;
    node = child->second;
    if (nodes_[node].token < 0) continue;
    best = &tokens_[static_cast<size_t>(nodes_[node].token)];
    length = i + 1 - at;
  }
  return best;
}

void AddedTokenSet::split(std::string_view text, ParseSpecial special,
                          FunctionRef<void(Segment)> emit) const {
  size_t done = 0, at = 0;
  while (!tokens_.empty() && at < text.size()) {
    if (!starts_[static_cast<uint8_t>(text[at])]) {
      at++;
      continue;
    }
    size_t length = 1;
    const AddedToken* token = longest_at(text, at, length);
    size_t begin = at;
    at += length;
    if (token == nullptr || (token->special && special == ParseSpecial::no)) continue;
    size_t end = at;
    const std::string_view before = text.substr(0, begin), after = text.substr(end);
    if (token->single_word && (ends_with_word(before) || starts_with_word(after))) continue;
    // A token's rstrip may have taken what this one begins with.
    begin = std::max(begin, done);
    if (token->lstrip) begin = std::max(begin - std::min(begin, trailing_space(before)), done);
    if (token->rstrip) end += leading_space(after);
    if (begin > done) emit({text.substr(done, begin - done), nullptr});
    emit({text.substr(begin, end - begin), token});
    done = std::max(done, end);
  }
  if (done < text.size()) emit({text.substr(done), nullptr});
}

}  // namespace sov::text
