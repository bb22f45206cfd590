// Timed runs of the probe kernels.
#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "compute/cpu/tiers.h"
#include "compute/hardware.h"

namespace sov::compute {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kFewestRuns = 3;
constexpr int64_t kTaskFloats = 256 * 1024;  // 1 MiB: a few hundred microseconds
constexpr int64_t kTasksPerThread = 8;
constexpr double kRunSeconds = 0.004;  // of the probes on registers: far above a wake-up

uint64_t default_buffer() {
  constexpr uint64_t kMiB = uint64_t{1} << 20;
  const Hardware hardware = detect_hardware();
  const uint64_t wanted = std::clamp(4 * hardware.last_cache_bytes, 64 * kMiB, 1024 * kMiB);
  const uint64_t most = hardware.available_bytes / 4;
  return most > 0 ? std::max(8 * kMiB, std::min(wanted, most)) : wanted;
}

}  // namespace

struct SpeedProbe::Impl {
  struct Free {
    void operator()(float* memory) const { std::free(memory); }
  };

  SpeedOptions options;
  const Kernels* kernels = nullptr;
  std::unique_ptr<float, Free> buffer;
  int64_t floats = 0;  // a multiple of 3 * kTaskFloats
  std::atomic<int64_t> sink{0};

  /// Times work() until there are enough runs; `amount` is what one run does, in units of 1e9.
  template <typename Work>
  Measured measure(double amount, const Work& work) {
    std::vector<double> rates;
    const Clock::time_point start = Clock::now();
    const auto seconds_since = [](Clock::time_point from) {
      return std::chrono::duration<double>(Clock::now() - from).count();
    };
    while (static_cast<int>(rates.size()) < std::max(1, options.runs)) {
      if (rates.size() >= kFewestRuns && seconds_since(start) > options.seconds) break;
      if (!rates.empty() && options.cancel != nullptr && options.cancel->load()) break;
      const Clock::time_point begin = Clock::now();
      work();
      rates.push_back(amount / std::max(1e-9, seconds_since(begin)));
    }
    std::ranges::sort(rates);
    return {rates[rates.size() / 2], rates.front(), rates.back(), static_cast<int>(rates.size())};
  }

  /// A probe on registers, with as many rounds as take kRunSeconds.
  template <typename Kernel>
  Measured measure_rounds(ThreadPool& pool, Kernel kernel, int64_t operations) {
    int64_t rounds = 1000;
    const int64_t tasks = pool.size() * kTasksPerThread;
    const auto work = [&] {
      pool.run(tasks, [&](int64_t) { sink += static_cast<int64_t>(kernel(rounds)); });
    };
    for (double seconds = 0; seconds < kRunSeconds && rounds < int64_t{1} << 40;) {
      rounds *= 2;
      const Clock::time_point begin = Clock::now();
      work();
      seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    }
    return measure(static_cast<double>(tasks * rounds * operations) * 1e-9, work);
  }
};

SpeedProbe::SpeedProbe(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SpeedProbe::SpeedProbe(SpeedProbe&&) noexcept = default;
SpeedProbe& SpeedProbe::operator=(SpeedProbe&&) noexcept = default;
SpeedProbe::~SpeedProbe() = default;

Result<SpeedProbe> SpeedProbe::create(ThreadPool& pool, const SpeedOptions& options) {
  auto impl = std::make_unique<Impl>();
  impl->options = options;
  TRY(impl->kernels, choose_tier(options.target));
  const uint64_t bytes = options.buffer_bytes > 0 ? options.buffer_bytes : default_buffer();
  const int64_t step = 3 * kTaskFloats;
  impl->floats = std::max<int64_t>(1, static_cast<int64_t>(bytes / sizeof(float)) / step) * step;
  impl->buffer.reset(
      static_cast<float*>(std::aligned_alloc(4096, static_cast<size_t>(impl->floats) * sizeof(float))));
  if (impl->buffer == nullptr) return fail(Code::exhausted, "a buffer of {} bytes to measure with", bytes);
  float* const all = impl->buffer.get();
  pool.run(impl->floats / kTaskFloats,
           [&](int64_t task) { std::fill_n(all + task * kTaskFloats, kTaskFloats, 1.0F); });
  return SpeedProbe(std::move(impl));
}

Measured SpeedProbe::read(ThreadPool& pool) {
  const float* const all = impl_->buffer.get();
  const auto work = [&] {
    pool.run(impl_->floats / kTaskFloats, [&](int64_t task) {
      impl_->sink += static_cast<int64_t>(impl_->kernels->probe.read(all + task * kTaskFloats, kTaskFloats));
    });
  };
  return impl_->measure(static_cast<double>(impl_->floats) * sizeof(float) * 1e-9, work);
}

Measured SpeedProbe::triad(ThreadPool& pool) {
  const int64_t third = impl_->floats / 3;
  float* const a = impl_->buffer.get();
  const auto work = [&] {
    pool.run(third / kTaskFloats, [&](int64_t task) {
      float* const at = a + task * kTaskFloats;
      impl_->kernels->probe.triad(at, at + third, at + 2 * third, 0.5F, kTaskFloats);
    });
  };
  return impl_->measure(static_cast<double>(third) * 12e-9, work);
}

Measured SpeedProbe::f32(ThreadPool& pool) {
  const ProbeKernels& probe = impl_->kernels->probe;
  return impl_->measure_rounds(pool, probe.multiply_add, probe.multiply_add_operations);
}

std::optional<Measured> SpeedProbe::int8_dot(ThreadPool& pool) {
  const ProbeKernels& probe = impl_->kernels->probe;
  if (probe.int8_dot == nullptr) return std::nullopt;
  return impl_->measure_rounds(pool, probe.int8_dot, probe.int8_operations);
}

std::string_view SpeedProbe::target() const { return impl_->kernels->name; }
std::string_view SpeedProbe::int8_instructions() const { return impl_->kernels->probe.int8_name; }
uint64_t SpeedProbe::buffer_bytes() const { return static_cast<uint64_t>(impl_->floats) * sizeof(float); }

}  // namespace sov::compute
