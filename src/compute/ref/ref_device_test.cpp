// The definition itself, against values worked out by hand or by closed forms.
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <vector>

#include "compute/device.h"
#include "compute/pages_for_tests.h"

namespace sov::compute {
namespace {

class RefDevice : public testing::Test {
 protected:
  std::unique_ptr<Device> device_ = make_ref_device();
};

Weight f32_weight(const std::vector<float>& values, int64_t rows, int64_t cols) {
  return {DType::f32, rows, cols, reinterpret_cast<const std::byte*>(values.data())};
}

TEST_F(RefDevice, MatmulIsRowTimesRowPlusBias) {
  const std::vector<float> w = {1, 2, 3, 4, 5, 6};  // [2, 3]
  std::vector<float> x = {1, 0, -1, 2, 2, 2};
  const std::vector<float> bias = {10, 20};
  std::vector<float> y(4);
  device_->matmul(f32_weight(w, 2, 3), Rows(x.data(), 2, 3), bias, Rows(y.data(), 2, 2));
  EXPECT_EQ(y, (std::vector<float>{8, 18, 22, 50}));
}

TEST_F(RefDevice, EmbedCopiesRows) {
  const std::vector<float> w = {1, 2, 3, 4, 5, 6};
  const std::vector<int32_t> ids = {2, 0};
  std::vector<float> out(4);
  device_->embed(f32_weight(w, 3, 2), ids, Rows(out.data(), 2, 2));
  EXPECT_EQ(out, (std::vector<float>{5, 6, 1, 2}));
}

TEST_F(RefDevice, NormsMatchTheirFormulas) {
  std::vector<float> x = {3, 4};
  std::vector<float> out(2);
  const std::vector<float> weight = {1, 2};
  device_->rms_norm(Rows(x.data(), 1, 2), weight, 1, 0, Rows(out.data(), 1, 2));
  EXPECT_FLOAT_EQ(out[0], static_cast<float>(3 / std::sqrt(12.5) * 2));
  EXPECT_FLOAT_EQ(out[1], static_cast<float>(4 / std::sqrt(12.5) * 3));
  device_->layer_norm(Rows(x.data(), 1, 2), weight, std::vector<float>{0.5F, 0.25F}, 0,
                      Rows(out.data(), 1, 2));
  EXPECT_FLOAT_EQ(out[0], -1 + 0.5F);
  EXPECT_FLOAT_EQ(out[1], 2 + 0.25F);
}

TEST_F(RefDevice, ActivationsAtKnownPoints) {
  const auto at = [&](Activation f, float x) {
    device_->activate(f, Rows(&x, 1, 1));
    return x;
  };
  EXPECT_FLOAT_EQ(at(Activation::silu, 1), 0.7310585786300049F);
  EXPECT_FLOAT_EQ(at(Activation::gelu, 1), 0.8413447460685429F);
  EXPECT_FLOAT_EQ(at(Activation::gelu_tanh, 1), 0.8411919906082768F);
  EXPECT_EQ(at(Activation::relu, -2), 0);
  EXPECT_EQ(at(Activation::silu, -1000), 0);
  EXPECT_TRUE(std::isnan(at(Activation::relu, std::numeric_limits<float>::quiet_NaN())));
}

TEST_F(RefDevice, GatedScaleAddAndCap) {
  std::vector<float> gate = {1, -1};
  std::vector<float> up = {2, 3};
  device_->activate_gated(Activation::relu, Rows(gate.data(), 1, 2), Rows(up.data(), 1, 2));
  EXPECT_EQ(gate, (std::vector<float>{2, 0}));
  device_->add(Rows(up.data(), 1, 2), Rows(gate.data(), 1, 2));
  device_->scale(Rows(gate.data(), 1, 2), 0.5F);
  EXPECT_EQ(gate, (std::vector<float>{2, 1.5F}));
  device_->soft_cap(Rows(gate.data(), 1, 2), 2);
  EXPECT_FLOAT_EQ(gate[0], static_cast<float>(2 * std::tanh(1.0)));
}

TEST_F(RefDevice, RopeRotatesTheRightPairsOfEveryHead) {
  std::vector<float> cos = {0, 1};  // first pair a quarter turn, second pair still
  std::vector<float> sin = {1, 0};
  std::vector<float> x = {1, 2, 3, 4, 9,
                          5, 6, 7, 8, 9};  // two heads of 5: the last value of each is not rotated
  device_->rope(Rows(x.data(), 1, 10), 5, RopePairing::halves, Rows(cos.data(), 1, 2),
                Rows(sin.data(), 1, 2));
  EXPECT_EQ(x, (std::vector<float>{-3, 2, 1, 4, 9, -7, 6, 5, 8, 9}));
  x = {1, 2, 3, 4, 9, 5, 6, 7, 8, 9};
  device_->rope(Rows(x.data(), 1, 10), 5, RopePairing::adjacent, Rows(cos.data(), 1, 2),
                Rows(sin.data(), 1, 2));
  EXPECT_EQ(x, (std::vector<float>{-2, 1, 3, 4, 9, -6, 5, 7, 8, 9}));
}

TEST_F(RefDevice, AttentionIsCausalGroupedAndWindowed) {
  // Zero queries weigh all seen positions equally: the output is the mean of the values seen.
  std::vector<float> q(3 * 4, 0.0F);             // 3 tokens, 4 heads of 1
  std::vector<float> k(3 * 2, 1.0F);             // 2 kv heads of 1
  std::vector<float> v = {1, 10, 2, 20, 6, 60};  // [3, 2]
  std::vector<float> out(3 * 4);
  AttentionArgs args;
  const OwnedPages cache({DType::f32, 2, 1, 1}, 3);
  device_->store(Rows(k.data(), 3, 2), Rows(v.data(), 3, 2), 0, cache.pages());
  args.q = Rows(q.data(), 3, 4);
  args.kv = cache.pages();
  args.out = Rows(out.data(), 3, 4);
  args.heads = 4;
  device_->attention(args);
  EXPECT_EQ(out, (std::vector<float>{1, 1, 10, 10, 1.5F, 1.5F, 15, 15, 3, 3, 30, 30}));
  args.window = 2;
  device_->attention(args);
  EXPECT_EQ(out, (std::vector<float>{1, 1, 10, 10, 1.5F, 1.5F, 15, 15, 4, 4, 40, 40}));
}

TEST_F(RefDevice, AttentionScalesThenCapsTheScore) {
  std::vector<float> q = {2};
  std::vector<float> k = {1, 3};
  std::vector<float> v = {0, 1};
  std::vector<float> out(1);
  AttentionArgs args;
  const OwnedPages cache({DType::f32, 1, 1, 1}, 2);
  device_->store(Rows(k.data(), 2, 1), Rows(v.data(), 2, 1), 0, cache.pages());
  args.q = Rows(q.data(), 1, 1);
  args.kv = cache.pages();
  args.out = Rows(out.data(), 1, 1);
  args.heads = 1;
  args.first_position = 1;
  args.scale = 0.5F;
  device_->attention(args);
  EXPECT_FLOAT_EQ(out[0], static_cast<float>(1 / (1 + std::exp(-2.0))));
  args.soft_cap = 2;
  device_->attention(args);
  EXPECT_FLOAT_EQ(out[0], static_cast<float>(1 / (1 + std::exp(2 * (std::tanh(0.5) - std::tanh(1.5))))));
}

TEST(Weight, SliceAndRowBytesCountWholeBlocks) {
  const std::vector<std::byte> bytes(3 * 2 * 34);
  const Weight w{DType::q8_0, 3, 64, bytes.data()};
  EXPECT_EQ(w.row_bytes(), 68);
  const Weight part = w.slice(1, 2);
  EXPECT_EQ(part.rows, 2);
  EXPECT_EQ(part.data, bytes.data() + 68);
}

}  // namespace
}  // namespace sov::compute
