#pragma once
// Text as Python sees it: a sequence of code points with Unicode's properties and full case mappings.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sov::text::jinja {

/// Reads the code point at `at` (which it advances). Text is valid UTF-8 but for surrogates in three-byte
/// form.
uint32_t next_code_point(std::string_view text, size_t& at);
void append_code_point(std::string& out, uint32_t cp);
int64_t count_code_points(std::string_view text);
std::vector<uint32_t> code_points(std::string_view text);
std::string to_utf8(const std::vector<uint32_t>& points);
/// Byte offset of the index-th code point (0 <= index <= length).
size_t byte_offset(std::string_view text, int64_t index);

bool is_space(uint32_t cp);
bool is_alpha(uint32_t cp);
bool is_decimal(uint32_t cp);
/// 0 to 9 for a decimal digit of any script, else -1.
int decimal_value(uint32_t cp);
bool is_digit(uint32_t cp);
bool is_numeric(uint32_t cp);
bool is_alnum(uint32_t cp);
bool is_lower(uint32_t cp);
bool is_upper(uint32_t cp);
bool is_title(uint32_t cp);
bool is_cased(uint32_t cp);
bool is_printable(uint32_t cp);
bool is_identifier_start(uint32_t cp);
bool is_identifier_part(uint32_t cp);

std::string upper(std::string_view text);
std::string lower(std::string_view text);
std::string casefold(std::string_view text);
std::string capitalize(std::string_view text);
std::string title(std::string_view text);
std::string swapcase(std::string_view text);

enum class Side { left, right, both };
/// Strips white space, or any code point of `chars`.
std::string_view strip(std::string_view text, Side side);
std::string_view strip(std::string_view text, std::string_view chars, Side side);
/// Splits at line boundaries, as str.splitlines().
std::vector<std::string_view> split_lines(std::string_view text, bool keep_ends = false);
/// Splits at runs of white space, at most max_splits times when that is >= 0; Side::right counts from the
/// end.
std::vector<std::string_view> split_space(std::string_view text, int64_t max_splits, Side from = Side::left);

}  // namespace sov::text::jinja
