#include "compute/cpu/row_decoder.h"

namespace sov::compute {

const TypeKernels* type_kernels(const Kernels& kernels, DType dtype) {
  switch (dtype) {
    case DType::f32:
      return &kernels.f32;
    case DType::f16:
      return &kernels.f16;
    case DType::bf16:
      return &kernels.bf16;
    case DType::q8_0:
      return &kernels.q8_0;
    case DType::q4_0:
      return &kernels.q4_0;
    case DType::q4_1:
      return &kernels.q4_1;
    case DType::q5_0:
      return &kernels.q5_0;
    case DType::q5_1:
      return &kernels.q5_1;
    case DType::q2_k:
      return &kernels.q2_k;
    case DType::q3_k:
      return &kernels.q3_k;
    case DType::q4_k:
      return &kernels.q4_k;
    case DType::q5_k:
      return &kernels.q5_k;
    case DType::q6_k:
      return &kernels.q6_k;
    case DType::iq4_nl:
      return &kernels.iq4_nl;
    case DType::iq4_xs:
      return &kernels.iq4_xs;
    case DType::iq1_s:
      return &kernels.iq1_s;
    case DType::iq1_m:
      return &kernels.iq1_m;
    case DType::iq2_xxs:
      return &kernels.iq2_xxs;
    case DType::iq2_xs:
      return &kernels.iq2_xs;
    case DType::iq2_s:
      return &kernels.iq2_s;
    case DType::iq3_xxs:
      return &kernels.iq3_xxs;
    case DType::iq3_s:
      return &kernels.iq3_s;
    case DType::tq1_0:
      return &kernels.tq1_0;
    case DType::tq2_0:
      return &kernels.tq2_0;
    case DType::mxfp4:
      return &kernels.mxfp4;
    default:
      return nullptr;
  }
}

}  // namespace sov::compute
