#pragma once
// Character properties as the regular expressions and pre-tokenizers of tokenizer.json use them:
// Unicode 16.0.

#include <array>
#include <cstdint>
#include <string_view>

namespace sov::text {

/// General categories, in the order of the letters in unicode_categories.inc.
enum class Category : uint8_t {
  Lu,
  Ll,
  Lt,
  Lm,
  Lo,
  Mn,
  Mc,
  Me,
  Nd,
  Nl,
  No,
  Pc,
  Pd,
  Ps,
  Pe,
  Pi,
  Pf,
  Po,
  Sm,
  Sc,
  Sk,
  So,
  Zs,
  Zl,
  Zp,
  Cc,
  Cf,
  Cs,
  Co,
  Cn
};

/// One bit per class that patterns ask about, so that a set of classes is one mask.
using ClassMask = uint16_t;
namespace char_class {
inline constexpr ClassMask upper = 1 << 0;                                            // \p{Lu}
inline constexpr ClassMask lower = 1 << 1;                                            // \p{Ll}
inline constexpr ClassMask title = 1 << 2;                                            // \p{Lt}
inline constexpr ClassMask modifier = 1 << 3;                                         // \p{Lm}
inline constexpr ClassMask other_letter = 1 << 4;                                     // \p{Lo}
inline constexpr ClassMask letter = upper | lower | title | modifier | other_letter;  // \p{L}
inline constexpr ClassMask mark = 1 << 5;                                             // \p{M}
inline constexpr ClassMask numeric = 1 << 6;                                          // \p{N}
inline constexpr ClassMask punctuation = 1 << 7;                                      // \p{P}
inline constexpr ClassMask symbol = 1 << 8;                                           // \p{S}
inline constexpr ClassMask space = 1 << 9;                                            // White_Space: \s
inline constexpr ClassMask line_break = 1 << 10;                                      // \r and \n
}  // namespace char_class

Category category_of(uint32_t code_point);
ClassMask class_of(uint32_t code_point);

inline bool is_letter(uint32_t c) { return (class_of(c) & char_class::letter) != 0; }
inline bool is_mark(uint32_t c) { return (class_of(c) & char_class::mark) != 0; }
inline bool is_numeric(uint32_t c) { return (class_of(c) & char_class::numeric) != 0; }
inline bool is_punctuation(uint32_t c) { return (class_of(c) & char_class::punctuation) != 0; }
inline bool is_space(uint32_t c) { return (class_of(c) & char_class::space) != 0; }
/// \w as Rust's regex crate defines it: Alphabetic, \p{M}, \p{Nd}, \p{Pc}, Join_Control.
bool is_word(uint32_t code_point);

}  // namespace sov::text
