#pragma once
// The books of the iq types with their levels put in: part of the formats (quant/books.cpp). Plain arrays:
// the SIMD tiers read them too (see cpu/kernels.h for what their files may include).

#include <cstdint>

namespace sov::compute {

/// `Count` vectors of `Width` integers.
template <int Count, int Width>
struct Book {
  int8_t at[Count][Width];
};

extern const Book<256, 8> kIq2Xxs;  // levels 8, 25, 43
extern const Book<512, 8> kIq2Xs;
extern const Book<1024, 8> kIq2S;
extern const Book<256, 4> kIq3Xxs;  // levels 4 to 62
extern const Book<512, 4> kIq3S;    // levels 1, 3, ... 15
extern const Book<2048, 8> kIq1;    // levels -1, 0, 1
extern const Book<256, 8> kSigns;   // bit i of the index as the sign of value i: -1 or 1

}  // namespace sov::compute
