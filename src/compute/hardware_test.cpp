#include "compute/hardware.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "compute/cpu/tiers.h"

namespace sov::compute {
namespace {

TEST(Hardware, DescribesThisMachine) {
  const Hardware hardware = detect_hardware();
  EXPECT_FALSE(hardware.cpu.empty());
  EXPECT_GE(hardware.cores, 1);
  EXPECT_GT(hardware.memory_bytes, uint64_t{64} << 20);
  EXPECT_LE(hardware.available_bytes, hardware.memory_bytes);
  EXPECT_GE(hardware.last_cache_bytes, hardware.l3_bytes);
  EXPECT_EQ(hardware.targets.size(), tiers().size());
}

TEST(Hardware, ATargetRunsExactlyWhenNoFlagIsMissing) {
#if defined(SOV_EMULATE_AVX512)
  GTEST_SKIP() << "a tier runs here that this processor lacks";
#endif
  const Hardware hardware = detect_hardware();
  for (const TargetInfo& target : hardware.targets) {
    EXPECT_EQ(target.runs_here, target.missing.empty()) << target.name;
    for (const std::string& flag : target.missing) {
      EXPECT_EQ(std::ranges::count(hardware.isa, flag), 0) << target.name << " " << flag;
    }
  }
  const Result<const Kernels*> best = choose_tier("");
  ASSERT_TRUE(best);
  EXPECT_EQ(hardware.target, (*best)->name);
}

/// What the probe kernels return says whether they did their work.
TEST(Probe, KernelsComputeWhatTheyClaim) {
  std::vector<float> buffer(3 * 1024);
  for (size_t i = 0; i < buffer.size(); i++) buffer[i] = static_cast<float>(i);
  for (const Tier& tier : tiers()) {
    if (!tier.runs_here) continue;
    const ProbeKernels& probe = tier.kernels().probe;
    EXPECT_EQ(probe.read(buffer.data(), 1024), 1023 * 1024 / 2) << tier.name;
    std::vector<float> copy = buffer;
    probe.triad(copy.data(), copy.data() + 1024, copy.data() + 2048, 2, 1024);
    EXPECT_EQ(copy[5], buffer[1024 + 5] + 2 * buffer[2048 + 5]) << tier.name;
    // Every chain tends to 1 from whatever it starts with, so their sum is lanes times chains.
    EXPECT_EQ(probe.multiply_add(200) * 2, static_cast<float>(probe.multiply_add_operations)) << tier.name;
    if (probe.int8_dot == nullptr) continue;
    EXPECT_NE(probe.int8_name, std::string_view()) << tier.name;
    EXPECT_EQ(probe.int8_dot(7), probe.int8_operations / 2 * 3 * 2 * 7) << tier.name;  // 3 times 2
  }
}

TEST(Probe, MeasuresMoreThanNothing) {
  ThreadPool pool(2);
  Result<SpeedProbe> probe =
      SpeedProbe::create(pool, {.target = {}, .runs = 3, .seconds = 0.01, .buffer_bytes = 8 << 20});
  ASSERT_TRUE(probe) << probe.error().text();
  for (const Measured& m : {probe->read(pool), probe->triad(pool), probe->f32(pool)}) {
    EXPECT_EQ(m.runs, 3);
    EXPECT_GT(m.lowest, 0.01);
    EXPECT_LE(m.lowest, m.median);
    EXPECT_LE(m.median, m.highest);
  }
}

TEST(Probe, RefusesAnUnknownTarget) {
  ThreadPool pool(1);
  const Result<SpeedProbe> created = SpeedProbe::create(pool, {.target = "avx9"});
  ASSERT_FALSE(created);
  EXPECT_EQ(created.error().code(), Code::unsupported);
}

}  // namespace
}  // namespace sov::compute
