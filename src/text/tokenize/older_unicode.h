#pragma once
// Character properties where Hugging Face's tokenizers follows other Unicode versions than Unicode 16.0
// (unicode.h): models were trained with its answers, so ids depend on them.

#include <cstdint>

namespace sov::text::older {

/// Assigned after its normal forms' version: neither changed nor reordered.
bool is_not_normalized(uint32_t c);
bool is_mark(uint32_t c);        // StripAccents
bool is_nonspacing(uint32_t c);  // BertNormalizer's strip_accents
bool is_other(uint32_t c);       // BertNormalizer's clean_text: control, format, private use, NUL, U+FFFD
bool is_bert_punctuation(uint32_t c);  // BertPreTokenizer and Punctuation
bool is_digit(uint32_t c);             // Digits
/// Lower case of one character (U+0130 apart, which becomes two).
uint32_t to_lower(uint32_t c);

}  // namespace sov::text::older
