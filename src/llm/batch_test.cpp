// Sequences computed together beside the same sequences alone: the same bits.

#include "llm/batch.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <optional>

#include "core/rng.h"

namespace sov::llm {
namespace {

namespace fs = std::filesystem;
using compute::Device;

std::vector<TokenId> random_ids(Rng& rng, int64_t count, int64_t vocab) {
  std::vector<TokenId> ids(static_cast<size_t>(count));
  for (TokenId& id : ids) id = static_cast<TokenId>(rng.below(static_cast<uint64_t>(vocab)));
  return ids;
}

std::vector<float> copy(std::span<const float> row) { return {row.begin(), row.end()}; }

/// One sequence: pieces of ids, and the logits after each piece when nothing else is computed.
struct Alone {
  std::vector<std::vector<TokenId>> pieces;
  std::vector<std::vector<float>> logits;
};

/// The first piece is a prompt, longer than a block of attention for some; then come single ids and pairs.
Alone alone(const std::shared_ptr<const Model>& model, Device& device, Rng& rng, int64_t prompt,
            const SessionOptions& options) {
  Alone out;
  for (const int64_t length : {prompt, int64_t{1}, int64_t{1}, int64_t{2}, int64_t{1}}) {
    out.pieces.push_back(random_ids(rng, length, model->config().vocab));
  }
  auto session = Session::create(model, device, options);
  CHECK(session.has_value());
  for (const auto& ids : out.pieces) out.logits.push_back(copy(*session->prefill(ids)));
  return out;
}

void expect_same_together(const std::shared_ptr<const Model>& model, Device& device, DType cache_type) {
  Rng rng(3);
  const SessionOptions options = {.context = 101, .chunk = 16, .cache_type = cache_type};
  std::vector<Alone> wanted;
  for (const int64_t prompt : {1, 7, 70, 3, 33}) wanted.push_back(alone(model, device, rng, prompt, options));
  std::vector<Session> sessions;
  for (size_t i = 0; i < wanted.size(); i++) sessions.push_back(*Session::create(model, device, options));
  Batch batch(model, device);
  for (size_t step = 0; step < wanted[0].pieces.size(); step++) {
    std::vector<BatchItem> items;
    for (size_t i = 0; i < wanted.size(); i++) items.push_back({&sessions[i], wanted[i].pieces[step]});
    const auto logits = batch.append(items);
    ASSERT_TRUE(logits) << logits.error().text();
    for (size_t i = 0; i < wanted.size(); i++) {
      EXPECT_EQ(copy(logits->row(static_cast<int64_t>(i))), wanted[i].logits[step])
          << "sequence " << i << " step " << step << " on " << device.name();
    }
  }
}

TEST(Batch, GivesTheBitsOfEachSequenceAlone) {
  size_t models = 0;
  for (const auto& entry : fs::directory_iterator("tests/golden/llm")) {
    if (!fs::exists(entry.path() / "model.safetensors") || !fs::exists(entry.path() / "config.json"))
      continue;
    SCOPED_TRACE(entry.path().filename().string());
    const auto model = Model::load(entry.path());
    ASSERT_TRUE(model) << model.error().text();
    const auto cpu = compute::make_cpu_device({.threads = 3, .target = {}});
    ASSERT_TRUE(cpu);
    expect_same_together(*model, **cpu, DType::f32);
    expect_same_together(*model, *compute::make_ref_device(), DType::f32);
    models++;
  }
  EXPECT_GT(models, 3U);
}

TEST(Batch, GivesTheSameBitsWithQuantisedWeightsAndKeys) {
  const auto model = Model::load("models/micro.gguf");
  ASSERT_TRUE(model) << model.error().text();
  const auto cpu = compute::make_cpu_device({.threads = 2, .target = {}});
  ASSERT_TRUE(cpu);
  for (const DType type : {DType::f16, DType::q8_0}) expect_same_together(*model, **cpu, type);
}

class BatchErrors : public testing::Test {
 protected:
  void SetUp() override {
    model_ = *Model::load("models/micro.gguf");
    device_ = *compute::make_cpu_device({.threads = 1, .target = {}});
    for (int i = 0; i < 2; i++) sessions_.push_back(*Session::create(model_, *device_, {.context = 4}));
  }
  std::shared_ptr<const Model> model_;
  std::unique_ptr<Device> device_;
  std::vector<Session> sessions_;
};

TEST_F(BatchErrors, LeavesEverySessionAsItWas) {
  Batch batch(model_, *device_);
  const std::vector<TokenId> two = {1, 2}, many(5, 1), outside = {-1};
  ASSERT_TRUE(batch.append(std::vector<BatchItem>{{&sessions_[0], two}, {&sessions_[1], two}}));
  const auto code = [&](std::vector<BatchItem> items) -> std::optional<Code> {
    const auto result = batch.append(items);
    if (result) return std::nullopt;
    return result.error().code();
  };
  EXPECT_EQ(code({}), Code::usage);
  EXPECT_EQ(code({{&sessions_[0], two}, {&sessions_[0], two}}), Code::usage);
  EXPECT_EQ(code({{&sessions_[0], two}, {&sessions_[1], {}}}), Code::usage);
  EXPECT_EQ(code({{&sessions_[0], two}, {&sessions_[1], outside}}), Code::usage);
  EXPECT_EQ(code({{&sessions_[0], two}, {&sessions_[1], many}}), Code::exhausted);
  const auto other = *Model::load("models/micro.gguf");
  Session stranger = *Session::create(other, *device_, {.context = 4});
  EXPECT_EQ(code({{&sessions_[0], two}, {&stranger, two}}), Code::usage);
  for (const Session& session : sessions_) EXPECT_EQ(session.position(), 2);
}

}  // namespace
}  // namespace sov::llm
