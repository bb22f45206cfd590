#pragma once
// What the machine can do at most, measured beside a model's own speed.

#include <optional>

#include "apps/apr/app.h"
#include "compute/device.h"
#include "llm/profile.h"

namespace sov::apr {

struct Peaks {
  double bytes_per_second = 0;  // read
  double flops_per_second = 0;  // f32 multiply-adds
};

/// With the device's tier and threads, in well under a second; nothing for a device without a SIMD tier.
Result<std::optional<Peaks>> measure_peaks(App& app, const compute::Device& device);

/// The least time that the work can take: its bytes at the read bandwidth or its operations at the f32 peak,
/// whichever is longer. Products of quantised weights run on integers and may beat it.
double least_seconds(const llm::Work& work, const Peaks& peaks);

Json peaks_json(const std::optional<Peaks>& peaks);

}  // namespace sov::apr
