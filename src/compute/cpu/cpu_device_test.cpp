// The SIMD device against `ref` on every tier that runs here, ragged sizes, misaligned weights; and bitwise
// against itself over numbers of tokens, threads and slices.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <limits>
#include <string>
#include <vector>

#include "compute/cpu/tiers.h"
#include "compute/device.h"
#include "compute/float_bits.h"
#include "compute/pages_for_tests.h"
#include "compute/quant.h"
#include "compute/weights_for_tests.h"
#include "core/rng.h"

namespace sov::compute {
namespace {

std::unique_ptr<Device> cpu(std::string_view target, int threads) {
  CpuOptions options;
  options.target = target;
  options.threads = threads;
  auto device = make_cpu_device(options);
  EXPECT_TRUE(device.has_value());
  return std::move(*device);
}

void expect_near(const std::vector<float>& got, const std::vector<float>& wanted, double tolerance) {
  ASSERT_EQ(got.size(), wanted.size());
  for (size_t i = 0; i < got.size(); i++) {
    const double scale = std::max(1.0, std::abs(static_cast<double>(wanted[i])));
    ASSERT_NEAR(static_cast<double>(got[i]), static_cast<double>(wanted[i]), tolerance * scale)
        << "value " << i;
  }
}

void expect_same_bits(const std::vector<float>& got, const std::vector<float>& wanted,
                      const std::string& what) {
  ASSERT_EQ(got.size(), wanted.size());
  for (size_t i = 0; i < got.size(); i++) {
    ASSERT_EQ(std::bit_cast<uint32_t>(got[i]), std::bit_cast<uint32_t>(wanted[i])) << what << ", value " << i;
  }
}

/// Whether the device rounds activations to 8 bits for this type (kernels.h).
bool rounds_activations(DType dtype) {
  constexpr std::array kRounded = {DType::q4_0,   DType::q4_1,   DType::q5_0,    DType::q5_1,  DType::q8_0,
                                   DType::q2_k,   DType::q3_k,   DType::q4_k,    DType::q5_k,  DType::q6_k,
                                   DType::iq4_nl, DType::iq4_xs, DType::iq1_s,   DType::iq1_m, DType::iq2_xxs,
                                   DType::iq2_xs, DType::iq2_s,  DType::iq3_xxs, DType::iq3_s, DType::tq1_0,
                                   DType::tq2_0,  DType::mxfp4};
  return std::find(kRounded.begin(), kRounded.end(), dtype) != kRounded.end();
}

/// The most that rounding x can add to a product: half a unit of each span of 32.
double rounding_of_activations(std::span<const float> weights, std::span<const float> x) {
  double total = 0;
  for (size_t first = 0; first < x.size(); first += 32) {
    double largest = 0, sum = 0;
    for (size_t i = first; i < std::min(first + 32, x.size()); i++) {
      largest = std::max(largest, static_cast<double>(std::abs(x[i])));
      sum += static_cast<double>(std::abs(weights[i]));
    }
    total += sum * largest / 254;
  }
  return total;
}

/// The error bound of the documented order: each output is a chain of cols / 16 steps of two roundings at
/// most, then four additions and the bias, relative to the sum of magnitudes; and for rounded activations
/// what their rounding adds.
void expect_within_rounding(const Weight& w, ConstRows x, const std::vector<float>& got,
                            const std::vector<float>& wanted) {
  std::vector<float> row(static_cast<size_t>(w.cols));
  for (int64_t r = 0; r < w.rows; r++) {
    const Weight one = w.slice(r, 1);
    ASSERT_TRUE(dequantize(w.dtype, {one.data, static_cast<size_t>(one.row_bytes())}, row).has_value());
    for (int64_t t = 0; t < x.count; t++) {
      double magnitude = 2;  // more than the bias
      for (size_t c = 0; c < row.size(); c++) {
        magnitude += std::abs(static_cast<double>(row[c]) * static_cast<double>(x.row(t)[c]));
      }
      double bound = (2 * std::ceil(static_cast<double>(w.cols) / 16) + 6) * 0x1p-24 * magnitude;
      if (rounds_activations(w.dtype)) bound += 1.001 * rounding_of_activations(row, x.row(t));
      const auto at = static_cast<size_t>(t * w.rows + r);
      ASSERT_NEAR(static_cast<double>(got[at]), static_cast<double>(wanted[at]), bound)
          << "row " << r << " token " << t;
    }
  }
}

class CpuDevice : public testing::TestWithParam<std::string> {
 protected:
  std::unique_ptr<Device> device_ = cpu(GetParam(), 1);
  std::unique_ptr<Device> threaded_ = cpu(GetParam(), 3);
  std::unique_ptr<Device> ref_ = make_ref_device();
  Rng rng_{42};

  std::vector<float> multiply(Device& device, const Weight& w, ConstRows x, std::span<const float> bias) {
    std::vector<float> y(static_cast<size_t>(x.count * w.rows));
    device.matmul(w, x, bias, Rows(y.data(), x.count, w.rows));
    return y;
  }
};

std::vector<std::string> targets() {
  std::vector<std::string> out;
  for (const Tier& tier : tiers()) {
    if (tier.runs_here) out.emplace_back(tier.name);
  }
  return out;
}
INSTANTIATE_TEST_SUITE_P(Tiers, CpuDevice, testing::ValuesIn(targets()),
                         [](const auto& test) { return test.param; });

TEST_P(CpuDevice, MatmulAgreesWithRefForEveryTypeRaggedAndMisaligned) {
  for (const DType dtype : weight_types()) {
    const int64_t block = info(dtype).block_elements;
    for (const int64_t cols :
         block == 1 ? std::vector<int64_t>{1, 7, 16, 33, 577} : std::vector<int64_t>{block, 3 * block}) {
      for (const int64_t rows : {1, 4, 7, 35}) {
        for (const int64_t tokens : {1, 2, 5, 50}) {
          TestWeight w(rng_, dtype, rows, cols, static_cast<size_t>(rng_.below(8)));
          auto x = random_values(rng_, tokens * cols);
          const auto bias = random_values(rng_, rows);
          const ConstRows in(x.data(), tokens, cols);
          SCOPED_TRACE(strf("{} [{}, {}] x {}", name(dtype), rows, cols, tokens));
          expect_within_rounding(w.weight, in, multiply(*device_, w.weight, in, bias),
                                 multiply(*ref_, w.weight, in, bias));
          if (HasFatalFailure()) return;
        }
      }
    }
  }
}

TEST_P(CpuDevice, MatmulBitsDoNotDependOnTokensThreadsOrSlices) {
  for (const DType dtype : weight_types()) {
    const int64_t block = info(dtype).block_elements;
    for (const int64_t cols : {block == 1 ? int64_t{1037} : 5 * block, block == 1 ? int64_t{64} : block}) {
      const int64_t rows = 201;
      const int64_t tokens = 53;
      TestWeight w(rng_, dtype, rows, cols, 1);
      auto x = random_values(rng_, tokens * cols);
      const auto bias = random_values(rng_, rows);
      const ConstRows in(x.data(), tokens, cols);
      const auto whole = multiply(*device_, w.weight, in, bias);
      expect_same_bits(multiply(*threaded_, w.weight, in, bias), whole, strf("{} threads", name(dtype)));
      std::vector<float> one_by_one;
      std::vector<float> chunked;
      for (int64_t t = 0; t < tokens; t++) {
        const auto row = multiply(*threaded_, w.weight, in.slice(t, 1), bias);
        one_by_one.insert(one_by_one.end(), row.begin(), row.end());
      }
      expect_same_bits(one_by_one, whole, strf("{} one by one", name(dtype)));
      for (int64_t t = 0; t < tokens; t += 7) {
        const auto part = multiply(*device_, w.weight, in.slice(t, std::min<int64_t>(7, tokens - t)), bias);
        chunked.insert(chunked.end(), part.begin(), part.end());
      }
      expect_same_bits(chunked, whole, strf("{} chunked", name(dtype)));
      std::vector<float> sliced(static_cast<size_t>(tokens * rows));
      const Rows out(sliced.data(), tokens, rows);
      for (int64_t first = 0; first < rows; first += 37) {
        const int64_t n = std::min<int64_t>(37, rows - first);
        const std::span<const float> part_bias(bias.data() + first, static_cast<size_t>(n));
        threaded_->matmul(w.weight.slice(first, n), in, part_bias, out.columns(first, n));
      }
      expect_same_bits(sliced, whole, strf("{} sliced", name(dtype)));
      if (HasFatalFailure()) return;
    }
  }
}

/// The same weights one product at a time.
TEST_P(CpuDevice, ProductsThatShareAnInputGiveTheBitsOfEachAlone) {
  constexpr int64_t kCols = 768;
  for (const int64_t tokens : {1, 3, 9}) {
    const auto x = random_values(rng_, tokens * kCols);
    const ConstRows in(x.data(), tokens, kCols);
    const DType types[] = {DType::q4_k, DType::f16, DType::q6_k, DType::nvfp4, DType::q8_0};
    const int64_t rows[] = {300, 37, 128, 20, 1};
    std::vector<std::unique_ptr<TestWeight>> weights;
    std::vector<std::vector<float>> biases, out;
    for (size_t i = 0; i < std::size(types); i++) {
      weights.push_back(std::make_unique<TestWeight>(rng_, types[i], rows[i], kCols, 1));
      biases.push_back(i % 2 == 0 ? random_values(rng_, rows[i]) : std::vector<float>());
      out.emplace_back(static_cast<size_t>(tokens * rows[i]));
    }
    std::vector<Product> products;
    for (size_t i = 0; i < weights.size(); i++) {
      products.push_back({weights[i]->weight, biases[i], Rows(out[i].data(), tokens, rows[i])});
    }
    threaded_->matmul_each(products, in);
    for (size_t i = 0; i < weights.size(); i++) {
      expect_same_bits(out[i], multiply(*device_, weights[i]->weight, in, biases[i]),
                       strf("{}, {} tokens", name(types[i]), tokens));
    }
  }
}

TEST_P(CpuDevice, GatedProductsGiveTheBitsOfTheirSteps) {
  constexpr int64_t kCols = 512, kRows = 333;
  for (const DType dtype : {DType::q8_0, DType::bf16, DType::q5_k}) {
    for (const int64_t tokens : {1, 4, 11}) {
      const auto x = random_values(rng_, tokens * kCols);
      const ConstRows in(x.data(), tokens, kCols);
      TestWeight gate(rng_, dtype, kRows, kCols, 1), up(rng_, dtype, kRows, kCols, 1);
      const auto bias = random_values(rng_, kRows);
      auto wanted = multiply(*device_, gate.weight, in, bias);
      const auto other = multiply(*device_, up.weight, in, {});
      device_->activate_gated(Activation::silu, Rows(wanted.data(), tokens, kRows),
                              ConstRows(other.data(), tokens, kRows));
      std::vector<float> got(wanted.size()), scratch(wanted.size());
      threaded_->matmul_gated(Activation::silu, {gate.weight, bias, Rows(got.data(), tokens, kRows)},
                              {up.weight, {}, Rows(scratch.data(), tokens, kRows)}, in);
      expect_same_bits(got, wanted, strf("{}, {} tokens", name(dtype), tokens));
    }
  }
}

TEST_P(CpuDevice, DecodedAndStoredWeightsGiveTheSameBits) {
  for (const DType dtype : weight_types()) {
    const int64_t cols = info(dtype).block_elements == 1 ? 100 : 512;
    TestWeight w(rng_, dtype, 9, cols, 3);
    std::vector<float> decoded(static_cast<size_t>(9 * cols));
    ASSERT_TRUE(dequantize(dtype, {w.weight.data, static_cast<size_t>(9 * w.weight.row_bytes())}, decoded)
                    .has_value());
    if (!rounds_activations(dtype)) {
      const Weight plain{DType::f32, 9, cols, reinterpret_cast<const std::byte*>(decoded.data())};
      auto x = random_values(rng_, cols);
      const ConstRows in(x.data(), 1, cols);
      expect_same_bits(multiply(*device_, w.weight, in, {}), multiply(*device_, plain, in, {}),
                       std::string(name(dtype)));
    }
    std::vector<float> rows(static_cast<size_t>(2 * cols));
    const std::vector<int32_t> ids = {8, 1};
    device_->embed(w.weight, ids, Rows(rows.data(), 2, cols));
    expect_same_bits(std::vector<float>(rows.begin(), rows.begin() + cols),
                     std::vector<float>(decoded.begin() + 8 * cols, decoded.end()), "embed");
    if (HasFatalFailure()) return;
  }
}

TEST_P(CpuDevice, TheLargestCodesAndActivationsDoNotOverflow) {
  for (const DType dtype : weight_types()) {
    if (!rounds_activations(dtype)) continue;
    for (const int code : {0x00, 0xFF}) {
      const int64_t cols = 512;
      TestWeight w(rng_, dtype, 4, cols, 0);
      w.fill_codes(code);
      for (const float value : {1.0F, -1.0F}) {
        std::vector<float> x(static_cast<size_t>(2 * cols), value);
        const ConstRows in(x.data(), 2, cols);
        SCOPED_TRACE(strf("{} codes {}", name(dtype), code));
        for (const int64_t tokens : {1, 2}) {
          const ConstRows some = in.slice(0, tokens);
          expect_within_rounding(w.weight, some, multiply(*device_, w.weight, some, {}),
                                 multiply(*ref_, w.weight, some, {}));
        }
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST_P(CpuDevice, ActivationsThatAreNotFiniteOrTinyAreNotHidden) {
  const int64_t cols = 320;
  TestWeight w(rng_, DType::q8_0, 5, cols, 0);
  for (const float bad : {std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity(),
                          std::numeric_limits<float>::quiet_NaN()}) {
    for (const size_t at : {size_t{0}, size_t{255}, size_t{319}}) {
      auto x = random_values(rng_, 3 * cols);
      x[static_cast<size_t>(cols) + at] = bad;  // in the second token only
      const auto y = multiply(*device_, w.weight, ConstRows(x.data(), 3, cols), {});
      for (size_t i = 0; i < y.size(); i++) EXPECT_EQ(std::isnan(y[i]), i >= 5 && i < 10) << i;
      for (const float value : multiply(*device_, w.weight, ConstRows(x.data() + cols, 1, cols), {})) {
        EXPECT_TRUE(std::isnan(value));
      }
    }
  }
  std::vector<float> tiny(static_cast<size_t>(cols), 0x1p-120F);
  for (const float value : multiply(*device_, w.weight, ConstRows(tiny.data(), 1, cols), {})) {
    EXPECT_LT(std::abs(value), 0x1p-100F);
  }
  for (float& value : tiny) value = 0x1p-90F;
  const ConstRows small(tiny.data(), 1, cols);
  const auto got = multiply(*device_, w.weight, small, {});
  const auto wanted = multiply(*ref_, w.weight, small, {});
  for (size_t i = 0; i < got.size(); i++) EXPECT_NEAR(got[i] * 0x1p90F, wanted[i] * 0x1p90F, 1e-3);
}

TEST_P(CpuDevice, RowOperationsAgreeWithRef) {
  for (const int64_t width : {1, 15, 16, 31, 896}) {
    for (const int64_t tokens : {1, 3, 70}) {
      SCOPED_TRACE(strf("[{}, {}]", tokens, width));
      const auto x = random_values(rng_, tokens * width, 4);
      auto up = random_values(rng_, tokens * width);
      const auto weight = random_values(rng_, width);
      const auto bias = random_values(rng_, width);
      const auto compare = [&](auto operation, double tolerance = 2e-6) {
        std::vector<float> got = x;
        std::vector<float> again = x;
        std::vector<float> wanted = x;
        operation(*device_, Rows(got.data(), tokens, width));
        operation(*threaded_, Rows(again.data(), tokens, width));
        operation(*ref_, Rows(wanted.data(), tokens, width));
        expect_near(got, wanted, tolerance);
        expect_same_bits(again, got, "threads");
      };
      compare([&](Device& d, Rows r) { d.rms_norm(r, weight, 1, 1e-6F, r); });
      if (width > 1) compare([&](Device& d, Rows r) { d.layer_norm(r, weight, bias, 1e-5F, r); }, 1e-5);
      if (width > 1) compare([&](Device& d, Rows r) { d.layer_norm(r, weight, {}, 1e-5F, r); }, 1e-5);
      compare([&](Device& d, Rows r) { d.add(Rows(up.data(), tokens, width), r); });
      compare([&](Device& d, Rows r) { d.scale(r, 0.37F); });
      compare([&](Device& d, Rows r) { d.soft_cap(r, 2.5F); });
      for (const Activation f :
           {Activation::silu, Activation::gelu, Activation::gelu_tanh, Activation::relu}) {
        compare([&](Device& d, Rows r) { d.activate(f, r); });
        compare([&](Device& d, Rows r) { d.activate_gated(f, r, Rows(up.data(), tokens, width)); });
      }
      if (HasFatalFailure()) return;
    }
  }
}

TEST_P(CpuDevice, RopeAgreesWithRef) {
  for (const int64_t head_dim : {2, 6, 64, 80}) {
    for (const int64_t pairs : {head_dim / 2, head_dim / 4}) {
      for (const RopePairing pairing : {RopePairing::adjacent, RopePairing::halves}) {
        const int64_t tokens = 5;
        auto cos = random_values(rng_, tokens * pairs);
        auto sin = random_values(rng_, tokens * pairs);
        auto got = random_values(rng_, tokens * 3 * head_dim);
        auto wanted = got;
        const ConstRows c(cos.data(), tokens, pairs);
        const ConstRows s(sin.data(), tokens, pairs);
        device_->rope(Rows(got.data(), tokens, 3 * head_dim), head_dim, pairing, c, s);
        ref_->rope(Rows(wanted.data(), tokens, 3 * head_dim), head_dim, pairing, c, s);
        expect_near(got, wanted, 1e-6);
        if (HasFatalFailure()) return;
      }
    }
  }
}

struct AttentionCase {
  int64_t heads, kv_heads, dim, value_dim, tokens, keys, window;
  float soft_cap;
};

class AttentionData {
 public:
  AttentionData(Rng& rng, const AttentionCase& c, DType dtype)
      : case_(c),
        q_(random_values(rng, c.tokens * c.heads * c.dim)),
        k_(random_values(rng, c.keys * c.kv_heads * c.dim)),
        v_(random_values(rng, c.keys * c.kv_heads * c.value_dim)),
        cache_({dtype, c.kv_heads, c.dim, c.value_dim}, c.keys) {
    store_rows(keys(), values(), 0, cache_.pages());
  }

  /// Tokens [first, first + n) attended by `device`.
  std::vector<float> run(Device& device, int64_t first, int64_t n) {
    std::vector<float> out(static_cast<size_t>(n * case_.heads * case_.value_dim));
    AttentionArgs a;
    a.q = Rows(q_.data(), case_.tokens, case_.heads * case_.dim).slice(first, n);
    a.kv = cache_.pages();
    a.first_position = case_.keys - case_.tokens + first;
    a.heads = case_.heads;
    a.window = case_.window;
    a.scale = 1 / std::sqrt(static_cast<float>(case_.dim));
    a.soft_cap = case_.soft_cap;
    a.out = Rows(out.data(), n, case_.heads * case_.value_dim);
    device.attention(a);
    return out;
  }

  Rows keys() { return {k_.data(), case_.keys, case_.kv_heads * case_.dim}; }
  Rows values() { return {v_.data(), case_.keys, case_.kv_heads * case_.value_dim}; }
  const KvPages& pages() const { return cache_.pages(); }

 private:
  AttentionCase case_;
  std::vector<float> q_, k_, v_;
  OwnedPages cache_;
};

constexpr AttentionCase kAttentionCases[] = {
    {1, 1, 1, 1, 1, 1, 0, 0},         {14, 2, 64, 64, 20, 33, 0, 0},    {6, 3, 20, 20, 9, 9, 0, 0},
    {8, 1, 128, 128, 3, 600, 0, 0},   {4, 4, 80, 48, 12, 40, 5, 0},     {10, 2, 32, 32, 40, 70, 16, 30},
    {2, 2, 256, 256, 1, 300, 0, 50},  {9, 3, 16, 100, 17, 17, 1, 0},    {3, 1, 33, 17, 270, 530, 0, 0},
    {2, 1, 32, 64, 60, 800, 300, 0},  {64, 1, 24, 24, 3, 513, 255, 10}, {1, 1, 40, 40, 70, 290, 4, 0},
    {12, 4, 64, 32, 1, 1000, 256, 0},
};

TEST_P(CpuDevice, AttentionAgreesWithRefAndDoesNotDependOnChunks) {
  for (const AttentionCase& c : kAttentionCases) {
    for (const DType dtype : {DType::f32, DType::f16, DType::bf16, DType::q8_0}) {
      if (!check_kv_shape({dtype, c.kv_heads, c.dim, c.value_dim})) continue;
      SCOPED_TRACE(strf("heads {}/{} dim {} tokens {} keys {} window {} in {}", c.heads, c.kv_heads, c.dim,
                        c.tokens, c.keys, c.window, name(dtype)));
      AttentionData data(rng_, c, dtype);
      const auto whole = data.run(*device_, 0, c.tokens);
      expect_near(whole, data.run(*ref_, 0, c.tokens), 5e-6);
      expect_same_bits(data.run(*threaded_, 0, c.tokens), whole, "threads");
      std::vector<float> one_by_one;
      for (int64_t t = 0; t < c.tokens; t++) {
        const auto row = data.run(*threaded_, t, 1);
        one_by_one.insert(one_by_one.end(), row.begin(), row.end());
      }
      expect_same_bits(one_by_one, whole, "one by one");
      if (HasFatalFailure()) return;
    }
  }
}

// What comes later, or lies before the window, must not be touched: not even as 0 * NaN.
TEST_P(CpuDevice, AttentionDoesNotSeeWhatIsBesideIt) {
  const AttentionCase c = {4, 2, 32, 32, 30, 300, 20, 0};
  AttentionData data(rng_, c, DType::f32);
  const auto before = data.run(*device_, 0, 10);  // positions 270 to 279, which see 251 and up
  for (int64_t position = 0; position < c.keys; position++) {
    if (position > 250 && position < 280) continue;
    for (float& value : data.keys().row(position)) value = std::numeric_limits<float>::quiet_NaN();
    for (float& value : data.values().row(position)) value = std::numeric_limits<float>::infinity();
  }
  store_rows(data.keys(), data.values(), 0, data.pages());
  const auto whole = data.run(*threaded_, 0, c.tokens);
  expect_same_bits(std::vector<float>(whole.begin(), whole.begin() + std::ssize(before)), before,
                   "beside NaNs");
  EXPECT_TRUE(std::isnan(whole.back()));
}

TEST_P(CpuDevice, StoresWhatRefStores) {
  const AttentionCase c = {4, 2, 64, 32, 1, 53, 0, 0};
  for (const DType dtype : {DType::f32, DType::f16, DType::bf16, DType::q8_0}) {
    AttentionData data(rng_, c, dtype);
    const OwnedPages pages(data.pages().shape, c.keys);
    threaded_->store(data.keys().slice(0, 21), data.values().slice(0, 21), 0, pages.pages());
    threaded_->store(data.keys().slice(21, 32), data.values().slice(21, 32), 21, pages.pages());
    const auto bytes = static_cast<size_t>(4 * pages.pages().shape.page_bytes());
    EXPECT_EQ(std::memcmp(pages.pages().data, data.pages().data, bytes), 0) << name(dtype);
  }
}

TEST_P(CpuDevice, NotANumberStaysVisible) {
  std::vector<float> x(40, 1.0F);
  x[33] = std::numeric_limits<float>::quiet_NaN();
  const std::vector<float> w(40 * 5, 0.0F);
  const auto y = multiply(*device_, {DType::f32, 5, 40, reinterpret_cast<const std::byte*>(w.data())},
                          ConstRows(x.data(), 1, 40), {});
  for (const float value : y) EXPECT_TRUE(std::isnan(value));
  for (const Activation f : {Activation::silu, Activation::gelu, Activation::gelu_tanh, Activation::relu}) {
    auto copy = x;
    device_->activate(f, Rows(copy.data(), 1, 40));
    EXPECT_TRUE(std::isnan(copy[33]));
    EXPECT_FALSE(std::isnan(copy[32]));
  }
}

/// Distance in units of the last place of the wanted value (denormals count from the least normal's).
double ulps(float got, double wanted) {
  if (std::isnan(wanted)) return std::isnan(got) ? 0 : 1e9;
  const auto rounded = static_cast<float>(wanted);
  if (std::isinf(rounded)) return got == rounded ? 0 : 1e9;
  int exponent = 0;
  std::frexp(std::max(std::abs(wanted), 0x1p-126), &exponent);
  return std::abs(static_cast<double>(got) - wanted) / std::ldexp(1.0, exponent - 24);
}

TEST_P(CpuDevice, TranscendentalsAreWithinAFewUlps) {
  const Kernels* kernels = *choose_tier(GetParam());
  std::vector<float> x = {0.0F,
                          -0.0F,
                          1e-30F,
                          -1e-30F,
                          88.5F,
                          88.72283F,
                          88.73F,
                          100.0F,
                          1e30F,
                          -87.0F,
                          -88.0F,
                          -103.0F,
                          -104.0F,
                          -105.0F,
                          -1e30F,
                          0.625F,
                          -0.625F,
                          1.0F,
                          -1.0F,
                          10.5F,
                          std::numeric_limits<float>::infinity(),
                          -std::numeric_limits<float>::infinity(),
                          std::numeric_limits<float>::quiet_NaN()};
  for (int i = 0; i < 200000; i++) x.push_back(static_cast<float>((rng_.uniform() - 0.5) * 200));
  for (int i = 0; i < 200000; i++) x.push_back(static_cast<float>((rng_.uniform() - 0.5) * 6));
  std::vector<float> out(x.size());
  const auto worst = [&](auto kernel, auto exact) {
    kernel(x.data(), out.data(), static_cast<int64_t>(x.size()));
    double most = 0;
    for (size_t i = 0; i < x.size(); i++) {
      const double error = ulps(out[i], exact(static_cast<double>(x[i])));
      if (error > most) most = error;
      EXPECT_LT(error, 1000) << "at " << x[i] << " got " << out[i];
    }
    return most;
  };
  EXPECT_LT(worst(kernels->exp, [](double v) { return std::exp(v); }), 2.0);
  EXPECT_LT(worst(kernels->tanh, [](double v) { return std::tanh(v); }), 3.0);
  EXPECT_LT(worst(kernels->erfc, [](double v) { return std::erfc(v); }), 10.0);
}

TEST(CpuDevice, RefusesTargetsItDoesNotHave) {
  CpuOptions options;
  options.target = "mmx";
  const auto device = make_cpu_device(options);
  ASSERT_FALSE(device.has_value());
  EXPECT_EQ(device.error().code(), Code::unsupported);
  options.target = "";
  options.threads = -1;
  EXPECT_EQ(make_cpu_device(options).error().code(), Code::usage);
}

}  // namespace
}  // namespace sov::compute
