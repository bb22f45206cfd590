#include "core/utf8.h"

#include <algorithm>

namespace sov::utf8 {
namespace {

struct Lead {
  size_t length;      // 0: not a lead byte
  uint8_t low, high;  // bounds of the second byte
};

Lead lead_of(uint8_t b) {
  if (b < 0x80) return {1, 0, 0};
  if (b >= 0xC2 && b <= 0xDF) return {2, 0x80, 0xBF};
  if (b == 0xE0) return {3, 0xA0, 0xBF};
  if (b == 0xED) return {3, 0x80, 0x9F};
  if (b >= 0xE1 && b <= 0xEF) return {3, 0x80, 0xBF};
  if (b == 0xF0) return {4, 0x90, 0xBF};
  if (b >= 0xF1 && b <= 0xF3) return {4, 0x80, 0xBF};
  if (b == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

/// Number of bytes at the start of text that form a valid sequence or a valid beginning of one.
size_t valid_bytes(std::string_view text, const Lead& lead) {
  if (lead.length == 0) return 0;
  size_t n = 1;
  while (n < lead.length && n < text.size()) {
    const auto b = static_cast<uint8_t>(text[n]);
    const uint8_t low = n == 1 ? lead.low : 0x80;
    const uint8_t high = n == 1 ? lead.high : 0xBF;
    if (b < low || b > high) break;
    n++;
  }
  return n;
}

}  // namespace

Decoded decode(std::string_view text) {
  const auto first = static_cast<uint8_t>(text[0]);
  if (first < 0x80) return {first, 1, true};
  const Lead lead = lead_of(first);
  const size_t n = valid_bytes(text, lead);
  if (n < lead.length || n == 0) return {kReplacement, std::max<size_t>(n, 1), false};
  uint32_t cp = first & (0xFFU >> (lead.length + 1));
  for (size_t i = 1; i < lead.length; i++) cp = (cp << 6) | (static_cast<uint8_t>(text[i]) & 0x3FU);
  return {cp, lead.length, true};
}

void append(std::string& out, uint32_t cp) {
  const auto put = [&out](uint32_t byte) { out += static_cast<char>(byte); };
  if (cp < 0x80) {
    put(cp);
  } else if (cp < 0x800) {
    put(0xC0 | (cp >> 6));
    put(0x80 | (cp & 0x3F));
  } else if (cp < 0x10000) {
    put(0xE0 | (cp >> 12));
    put(0x80 | ((cp >> 6) & 0x3F));
    put(0x80 | (cp & 0x3F));
  } else {
    put(0xF0 | (cp >> 18));
    put(0x80 | ((cp >> 12) & 0x3F));
    put(0x80 | ((cp >> 6) & 0x3F));
    put(0x80 | (cp & 0x3F));
  }
}

bool is_valid(std::string_view text) { return valid_prefix(text) == text.size(); }

size_t valid_prefix(std::string_view text) {
  size_t i = 0;
  while (i < text.size()) {
    const Decoded d = decode(text.substr(i));
    if (!d.valid) return i;
    i += d.length;
  }
  return i;
}

size_t complete_prefix(std::string_view text) {
  for (size_t back = 1; back <= std::min<size_t>(3, text.size()); back++) {
    const std::string_view tail = text.substr(text.size() - back);
    const Lead lead = lead_of(static_cast<uint8_t>(tail[0]));
    if (lead.length == 0) continue;  // a continuation byte: look further back
    const bool cut = lead.length > back && valid_bytes(tail, lead) == back;
    return cut ? text.size() - back : text.size();
  }
  return text.size();
}

std::string replace_invalid(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const Decoded d = decode(text.substr(i));
    if (d.valid) {
      out.append(text.substr(i, d.length));
    } else {
      append(out, kReplacement);
    }
    i += d.length;
  }
  return out;
}

}  // namespace sov::utf8
