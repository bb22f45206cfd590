#pragma once
// Character properties as the regular expressions and pre-tokenizers of tokenizer.json use them.

#include <cstdint>

namespace sov::text {

bool is_letter(uint32_t code_point);       // \p{L}
bool is_mark(uint32_t code_point);         // \p{M}
bool is_numeric(uint32_t code_point);      // \p{N}
bool is_punctuation(uint32_t code_point);  // \p{P}
bool is_symbol(uint32_t code_point);       // \p{S}
bool is_space(uint32_t code_point);        // White_Space, what \s means
bool is_word(uint32_t code_point);         // \w: Alphabetic, \p{M}, \p{Nd}, \p{Pc}, Join_Control

}  // namespace sov::text
