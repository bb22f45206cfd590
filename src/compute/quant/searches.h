#pragma once
// The searches behind the encoders of the K types and iq4_nl: which integers and scales a block stores. One
// source (lanes-inl.h, affine_search-inl.h, centred_search-inl.h) compiled per SIMD tier; every tier gives
// the same bits, for nothing is fused and each lane's sums run in the order of its values. Packing the result
// is encode_searched.cpp's.

#include <cstdint>

namespace sov::compute {

/// What a block of 256 values stores, before packing. Groups are those of the type: 8 of 32 or 16 of 16
/// values.
struct KBlock {
  float d;              // a half, unless too large for one: then the block cannot be stored
  float dmin;           // likewise; only where groups have minimums
  int8_t scale[16];     // one per group
  uint8_t minimum[16];  // one per group
  uint8_t code[256];    // in the order of the values, the lowest level being 0
};

/// What a block of 32 values stores in iq4_nl, before packing.
struct TableBlock {
  float d;  // as above
  uint8_t code[32];
};

/// For `count` blocks. A block with a NaN or an infinity gets arbitrary codes; it changes no other.
using KSearch = void (*)(const float* values, KBlock* out, int64_t count);
using TableSearch = void (*)(const float* values, TableBlock* out, int64_t count);

struct Searches {
  KSearch q2_k, q3_k, q4_k, q5_k, q6_k;
  TableSearch iq4_nl;
};

const Searches& searches_base();
const Searches& searches_avx2();  // x86-64 only
/// The fastest that this processor runs.
const Searches& searches();

}  // namespace sov::compute
