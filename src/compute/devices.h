#pragma once
// The devices by name, as users choose them.

#include <span>
#include <string_view>

#include "compute/device.h"

namespace sov::compute {

struct DeviceKind {
  std::string_view name;
  std::string_view what;  // one line for help pages
  bool threaded;          // takes CpuOptions' threads and target
  Result<std::unique_ptr<Device>> (*make)(const CpuOptions& options);
};

/// Every device there is a name for; those that are not built fail with `unsupported`.
std::span<const DeviceKind> device_kinds();
/// Null: no such name.
const DeviceKind* find_device_kind(std::string_view name);

}  // namespace sov::compute
