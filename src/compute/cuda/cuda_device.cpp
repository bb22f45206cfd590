// The place of the CUDA back end: a Device over cuBLASLt and own kernels, built only where nvcc is.
#include "compute/device.h"

namespace sov::compute {

Result<std::unique_ptr<Device>> make_cuda_device() {
  return fail(Code::unsupported,
              "device cuda: this build has no CUDA back end; the devices it has are cpu, strict, "
              "ref and null");
}

}  // namespace sov::compute
