#include "text/tokenize/byte_level.h"

#include <array>

#include "core/utf8.h"

namespace sov::text {
namespace {

// Printable Latin-1 stands for itself; the other 68 bytes, in order, are U+0100 upwards.
// Source: Radford et al., "Language Models are Unsupervised Multitask Learners" (2019), the published
// encoder.
constexpr bool is_printable(uint32_t byte) {
  return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
}

struct Tables {
  std::array<uint16_t, 256> to_char{};
  std::array<int16_t, 0x200> to_byte{};
};

constexpr Tables make_tables() {
  Tables tables;
  for (auto& byte : tables.to_byte) byte = -1;
  uint32_t next = 0x100;
  for (uint32_t byte = 0; byte < 256; byte++) {
    const uint32_t code_point = is_printable(byte) ? byte : next++;
    tables.to_char[byte] = static_cast<uint16_t>(code_point);
    tables.to_byte[code_point] = static_cast<int16_t>(byte);
  }
  return tables;
}

constexpr Tables kTables = make_tables();

}  // namespace

uint32_t byte_level_char(uint8_t byte) { return kTables.to_char[byte]; }

std::optional<uint8_t> byte_level_byte(uint32_t code_point) {
  if (code_point >= kTables.to_byte.size() || kTables.to_byte[code_point] < 0) return std::nullopt;
  return static_cast<uint8_t>(kTables.to_byte[code_point]);
}

std::string byte_level_text(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 4);
  for (char byte : bytes) utf8::append(text, byte_level_char(static_cast<uint8_t>(byte)));
  return text;
}

std::optional<std::string> byte_level_bytes(std::string_view text) {
  std::string bytes;
  while (!text.empty()) {
    const utf8::Decoded c = utf8::decode(text);
    if (!c.valid) return std::nullopt;
    const std::optional<uint8_t> byte = byte_level_byte(c.code_point);
    if (!byte) return std::nullopt;
    bytes.push_back(static_cast<char>(*byte));
    text.remove_prefix(c.length);
  }
  return bytes;
}

}  // namespace sov::text
