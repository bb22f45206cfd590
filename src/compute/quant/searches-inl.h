#pragma once
// One tier's searches. The including file defines SOV_TIER, its namespace (see cpu/kernels.h for what that
// keeps apart).

#include "compute/quant/affine_search-inl.h"
#include "compute/quant/centred_search-inl.h"

namespace sov::compute::SOV_TIER {

constexpr Searches make_searches() {
  Searches s = {};
  s.q2_k = search_affine<AffineType<16, 16, 3, 15>>;
  s.q3_k = search_centred<CentredType<-4, 3, -32, 31, 1>>;
  s.q4_k = search_affine<AffineType<8, 32, 15, 63>>;
  s.q5_k = search_affine<AffineType<8, 32, 31, 63>>;
  s.q6_k = search_centred<CentredType<-32, 31, -128, 127, 3>>;
  s.iq4_nl = search_iq4_nl;
  return s;
}

}  // namespace sov::compute::SOV_TIER
