#include "compute/cpu/cpuid.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace sov::compute {

#if defined(__x86_64__)
namespace {

enum Register { kEax, kEbx, kEcx, kEdx };
using Leaf = std::array<uint32_t, 4>;

Leaf leaf(uint32_t number, uint32_t part = 0) {
  Leaf out = {};
  __get_cpuid_count(number, part, &out[kEax], &out[kEbx], &out[kEcx], &out[kEdx]);
  return out;
}

/// Register sets that the system saves on a task switch; only these may be used.
uint64_t saved_state(const Leaf& first) {
  if (((first[kEcx] >> 27) & 1) == 0) return 0;  // no XGETBV
  uint32_t low = 0;
  uint32_t high = 0;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return static_cast<uint64_t>(high) << 32 | low;
}

enum class State { sse, avx, avx512, amx };
bool saves(uint64_t saved, State state) {
  switch (state) {
    case State::sse:
      return true;
    case State::avx:
      return (saved & 0x6) == 0x6;
    case State::avx512:
      return (saved & 0xE6) == 0xE6;
    case State::amx:
      return (saved & 0x60000) == 0x60000;
  }
  return false;
}

struct Bit {
  std::string_view name;
  uint32_t leaf, part;
  Register reg;
  int bit;
  State state;
};
// Source: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2A, CPUID.
constexpr Bit kBits[] = {
    {"sse4_2", 1, 0, kEcx, 20, State::sse},
    {"ssse3", 1, 0, kEcx, 9, State::sse},
    {"avx", 1, 0, kEcx, 28, State::avx},
    {"f16c", 1, 0, kEcx, 29, State::avx},
    {"fma", 1, 0, kEcx, 12, State::avx},
    {"avx2", 7, 0, kEbx, 5, State::avx},
    {"bmi2", 7, 0, kEbx, 8, State::sse},
    {"avx_vnni", 7, 1, kEax, 4, State::avx},
    {"avx512f", 7, 0, kEbx, 16, State::avx512},
    {"avx512dq", 7, 0, kEbx, 17, State::avx512},
    {"avx512bw", 7, 0, kEbx, 30, State::avx512},
    {"avx512vl", 7, 0, kEbx, 31, State::avx512},
    {"avx512_vnni", 7, 0, kEcx, 11, State::avx512},
    {"avx512_bf16", 7, 1, kEax, 5, State::avx512},
    {"avx512_fp16", 7, 0, kEdx, 23, State::avx512},
    {"amx_tile", 7, 0, kEdx, 24, State::amx},
    {"amx_int8", 7, 0, kEdx, 25, State::amx},
    {"amx_bf16", 7, 0, kEdx, 22, State::amx},
};

std::string brand_string() {
  char text[49] = {};
  if (leaf(0x80000000U)[kEax] < 0x80000004U) return "unknown x86-64";
  for (uint32_t i = 0; i < 3; i++) {
    const Leaf part = leaf(0x80000002U + i);
    std::memcpy(text + 16 * i, part.data(), 16);
  }
  std::string brand = text;
  while (!brand.empty() && brand.back() == ' ') brand.pop_back();
  const size_t start = brand.find_first_not_of(' ');
  return start == std::string::npos ? "unknown x86-64" : brand.substr(start);
}

}  // namespace

CpuFeatures cpu_features() {
  CpuFeatures out;
  const uint64_t saved = saved_state(leaf(1));
  for (const Bit& bit : kBits) {
    const bool set = ((leaf(bit.leaf, bit.part)[bit.reg] >> bit.bit) & 1) != 0;
    if (set && saves(saved, bit.state)) out.flags.push_back(bit.name);
  }
  const auto runs = [&out](std::string_view tier) {
    return std::ranges::all_of(tier_flags(tier), [&](std::string_view flag) {
      return std::ranges::find(out.flags, flag) != out.flags.end();
    });
  };
  out.sse4 = runs("sse4");
  out.avx2 = runs("avx2");
  out.avx512 = runs("avx512");
  out.brand = brand_string();
  return out;
}
#else
CpuFeatures cpu_features() { return {}; }
#endif

std::span<const std::string_view> tier_flags(std::string_view tier) {
  // Those of src/compute/targets.cmake.
  static constexpr std::string_view kSse4[] = {"ssse3", "sse4_2"};
  static constexpr std::string_view kAvx2[] = {"avx2", "fma", "f16c"};
  static constexpr std::string_view kAvx512[] = {"avx2",     "fma",      "f16c",     "avx512f",
                                                 "avx512bw", "avx512dq", "avx512vl", "avx512_vnni"};
  if (tier == "sse4") return kSse4;
  if (tier == "avx2") return kAvx2;
  if (tier == "avx512") return kAvx512;
  return {};
}

}  // namespace sov::compute
