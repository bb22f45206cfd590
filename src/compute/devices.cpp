#include "compute/devices.h"

namespace sov::compute {
namespace {

Result<std::unique_ptr<Device>> make_strict(const CpuOptions& options) {
  CpuOptions strict = options;
  strict.strict = true;
  return make_cpu_device(strict);
}

constexpr DeviceKind kKinds[] = {
    {"cpu", "SIMD on all cores", true, make_cpu_device},
    {"strict", "SIMD, the same bits on every processor", true, make_strict},
    {"ref", "scalar with double sums, slow: the definition", false,
     [](const CpuOptions&) -> Result<std::unique_ptr<Device>> { return make_ref_device(); }},
    {"null", "computes nothing: for the time spent around the operations", false,
     [](const CpuOptions&) -> Result<std::unique_ptr<Device>> { return make_null_device(); }},
    {"cuda", "NVIDIA GPUs; not built yet", false,
     [](const CpuOptions&) -> Result<std::unique_ptr<Device>> { return make_cuda_device(); }},
};

}  // namespace

std::span<const DeviceKind> device_kinds() { return kKinds; }

const DeviceKind* find_device_kind(std::string_view name) {
  for (const DeviceKind& kind : kKinds) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

}  // namespace sov::compute
