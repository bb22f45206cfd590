#include "apps/apr/roofline.h"

#include <algorithm>

#include "compute/hardware.h"

namespace sov::apr {

Result<std::optional<Peaks>> measure_peaks(App& app, const compute::Device& device) {
  if (device.name() != "cpu") return std::optional<Peaks>();
  Progress progress("measuring the machine", 0, app.progress());
  ThreadPool pool(device.threads());
  TRY(compute::SpeedProbe probe, compute::SpeedProbe::create(pool, {.target = std::string(device.target()),
                                                                    .cancel = &app.interrupts.flag()}));
  return std::optional(Peaks{.bytes_per_second = probe.read(pool).median * 1e9,
                             .flops_per_second = probe.f32(pool).median * 1e9});
}

double least_seconds(const llm::Work& work, const Peaks& peaks) {
  return std::max(work.bytes / peaks.bytes_per_second, work.flops / peaks.flops_per_second);
}

Json peaks_json(const std::optional<Peaks>& peaks) {
  if (!peaks) return {};
  return Json::object()
      .set("read_gb_per_s", peaks->bytes_per_second * 1e-9)
      .set("f32_gflop_per_s", peaks->flops_per_second * 1e-9);
}

}  // namespace sov::apr
