#pragma once
// GPT-2's one-to-one map of the 256 bytes to printable characters, in which byte-level vocabularies are
// written.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sov::text {

/// The character (a code point below 0x200) that stands for a byte.
uint32_t byte_level_char(uint8_t byte);
/// The byte that a character stands for, if it is one of the 256.
std::optional<uint8_t> byte_level_byte(uint32_t code_point);

/// Bytes -> their characters, in UTF-8.
std::string byte_level_text(std::string_view bytes);
/// Characters -> bytes, or nothing when any character is not one of the 256.
std::optional<std::string> byte_level_bytes(std::string_view text);

}  // namespace sov::text
