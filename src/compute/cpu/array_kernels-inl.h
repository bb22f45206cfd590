#pragma once
// One tier's table of array kernels; see kernels-inl.h.

#include "compute/cpu/array_kernels.h"
#include "compute/cpu/eigen-inl.h"
#include "compute/cpu/elementwise-inl.h"
#include "compute/cpu/gemm-inl.h"
#include "compute/cpu/reductions-inl.h"

namespace sov::compute::SOV_TIER {

constexpr ArrayKernels make_array_table(const char* name) {
  ArrayKernels k = {};
  k.name = name;
  k.gemm = gemm_kernels();
  k.element = element_kernels();
  k.reduce = reduce_kernels();
  k.eigen = eigen_kernels();
  return k;
}

}  // namespace sov::compute::SOV_TIER
