// A strict device gives the same bits on every target: what each operation gave is written down here, and
// every tier of every processor has to give it again.
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <vector>

#include "compute/cpu/tiers.h"
#include "compute/device.h"
#include "compute/pages_for_tests.h"
#include "compute/weights_for_tests.h"
#include "core/hash.h"

namespace sov::compute {
namespace {

using Fingerprints = std::map<std::string, uint32_t>;

uint32_t fingerprint(const std::vector<float>& values) {
  return crc32(std::as_bytes(std::span<const float>(values)));
}

/// Runs every operation of a device on the same inputs.
class Operations {
 public:
  explicit Operations(Device& device) : device_(device) {}

  Fingerprints run() {
    products();
    rows();
    attention();
    return std::move(found_);
  }

 private:
  static constexpr int64_t kTokens = 19;

  void note(const std::string& name, const std::vector<float>& values) { found_[name] = fingerprint(values); }

  /// Cut as prompts and single tokens are, so that both ways to multiply are taken.
  void multiply(const Weight& w, const std::string& name) {
    const auto x = random_values(rng_, kTokens * w.cols);
    const ConstRows in(x.data(), kTokens, w.cols);
    std::vector<float> y(static_cast<size_t>(kTokens * w.rows));
    const Rows out(y.data(), kTokens, w.rows);
    device_.matmul(w, in.slice(0, 16), {}, out.slice(0, 16));
    device_.matmul(w, in.slice(16, 2), {}, out.slice(16, 2));
    device_.matmul(w, in.slice(18, 1), {}, out.slice(18, 1));
    note(name, y);
    const std::vector<int32_t> ids = {static_cast<int32_t>(w.rows - 1), 0};
    std::vector<float> rows(static_cast<size_t>(2 * w.cols));
    device_.embed(w, ids, Rows(rows.data(), 2, w.cols));
    note(name + " rows", rows);
  }

  void products() {
    for (const DType dtype : weight_types()) {
      const int64_t block = info(dtype).block_elements;
      const int64_t cols = block == 1 ? 1037 : block * (1280 / block);
      const TestWeight w(rng_, dtype, 43, cols, 1, TestWeight::Contents::any_codes);
      multiply(w.weight, std::string(name(dtype)));
    }
  }

  void rows() {
    constexpr int64_t kWidth = 333;
    const auto x = random_values(rng_, 3 * kWidth, 4);
    const auto weight = random_values(rng_, kWidth), bias = random_values(rng_, kWidth);
    const ConstRows in(x.data(), 3, kWidth);
    std::vector<float> out(x.size());
    const Rows to(out.data(), 3, kWidth);
    device_.rms_norm(in, weight, 1, 1e-6F, to);
    note("rms_norm", out);
    device_.layer_norm(in, weight, bias, 1e-5F, to);
    note("layer_norm", out);
    for (const auto& [f, name] : {std::pair(Activation::silu, "silu"), std::pair(Activation::gelu, "gelu"),
                                  std::pair(Activation::gelu_tanh, "gelu_tanh")}) {
      out = x;
      device_.activate(f, to);
      note(name, out);
      device_.activate_gated(f, to, in);
      note(std::string(name) + " gated", out);
    }
    out = x;
    device_.soft_cap(to, 2);
    note("soft_cap", out);
    rope(RopePairing::adjacent, "rope adjacent");
    rope(RopePairing::halves, "rope halves");
  }

  void rope(RopePairing pairing, const std::string& name) {
    const auto cos = random_values(rng_, 3 * 20), sin = random_values(rng_, 3 * 20);
    auto x = random_values(rng_, 3 * 144);
    device_.rope(Rows(x.data(), 3, 144), 48, pairing, ConstRows(cos.data(), 3, 20),
                 ConstRows(sin.data(), 3, 20));
    note(name, x);
  }

  void attention() {
    constexpr int64_t kHeads = 6, kDim = 32, kKeys = 600;
    for (const DType dtype : {DType::f32, DType::f16, DType::bf16, DType::q8_0}) {
      const KvShape shape = {dtype, 2, kDim, kDim};
      const OwnedPages pages(shape, kKeys);
      auto k = random_values(rng_, kKeys * 2 * kDim), v = random_values(rng_, kKeys * 2 * kDim);
      device_.store(Rows(k.data(), kKeys, 2 * kDim), Rows(v.data(), kKeys, 2 * kDim), 0, pages.pages());
      auto q = random_values(rng_, kTokens * kHeads * kDim);
      std::vector<float> out(q.size());
      AttentionArgs a;
      a.q = Rows(q.data(), kTokens, kHeads * kDim);
      a.kv = pages.pages();
      a.first_position = kKeys - kTokens;
      a.heads = kHeads;
      a.scale = 0.25F;
      a.soft_cap = dtype == DType::bf16 ? 20 : 0;
      a.window = dtype == DType::f16 ? 300 : 0;
      a.out = Rows(out.data(), kTokens, kHeads * kDim);
      device_.attention(a);
      note(strf("attention {}", name(dtype)), out);
    }
  }

  Device& device_;
  Rng rng_{7};
  Fingerprints found_;
};

Fingerprints of_target(std::string_view target, int threads) {
  const auto device = make_cpu_device({.threads = threads, .target = target, .strict = true});
  EXPECT_TRUE(device.has_value());
  return Operations(**device).run();
}

const Fingerprints kRecorded = {
#include "compute/cpu/strict_bits.inc"
};

TEST(Strict, EveryTierGivesTheRecordedBits) {
  for (const Tier& tier : tiers()) {
    if (!tier.runs_here) continue;
    for (const int threads : {1, 3}) {
      const Fingerprints got = of_target(tier.name, threads);
      EXPECT_EQ(got.size(), kRecorded.size());
      for (const auto& [name, value] : got) {
        const auto wanted = kRecorded.find(name);
        EXPECT_TRUE(wanted != kRecorded.end() && value == wanted->second)
            << tier.name << ", " << threads << " threads: " << strf("{{\"{}\", 0x{:08x}}},", name, value);
      }
    }
  }
}

/// What makes `strict` more than a name: the fast tier differs where the processor fuses.
TEST(Strict, IsNotTheFastTierWhereThatFuses) {
  for (const Tier& tier : tiers()) {
    const bool fuses = tier.name != "simd128";  // WebAssembly rounds every product
    if (!tier.runs_here || !fuses || &tier.kernels() == &tier.strict_kernels()) continue;
    const auto fast = make_cpu_device({.threads = 1, .target = tier.name});
    ASSERT_TRUE(fast.has_value());
    EXPECT_NE(Operations(**fast).run(), of_target(tier.name, 1)) << tier.name;
  }
}

}  // namespace
}  // namespace sov::compute
