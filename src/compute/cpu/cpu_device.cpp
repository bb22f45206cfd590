#include "compute/device.h"

namespace sov::compute {

Result<std::unique_ptr<Device>> make_cpu_device(const CpuOptions& options) {
  return fail(Code::unsupported, "cpu device (target '{}'): not built yet", options.target);
}

}  // namespace sov::compute
