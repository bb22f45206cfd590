// Whole models on the strict device: the logits' bits are written down, and every SIMD target of every
// processor gives them again, whatever the number of threads and the cuts of the prompt.

#include <filesystem>
#include <gtest/gtest.h>
#include <map>

#include "compute/hardware.h"
#include "core/hash.h"
#include "core/json.h"
#include "llm/engine.h"

namespace sov::llm {
namespace {

namespace fs = std::filesystem;

std::map<std::string, uint32_t> recorded() {
  return {
#include "llm/strict_logits.inc"
  };
}

uint32_t logits_of(const std::shared_ptr<const Model>& model, std::span<const TokenId> prompt,
                   const compute::CpuOptions& options, int64_t chunk) {
  const auto device = compute::make_cpu_device(options);
  CHECK(device.has_value());
  auto session = Session::create(model, **device, {.context = 101, .chunk = chunk});
  CHECK(session.has_value());
  uint32_t sum = 0;
  const Result<> done = session->prefill_all(prompt, [&](compute::ConstRows logits) {
    for (int64_t t = 0; t < logits.count; t++) sum = crc32(std::as_bytes(logits.row(t)), sum);
  });
  CHECK(done.has_value());
  return sum;
}

TEST(Strict, ModelsGiveTheRecordedLogitsOnEveryTarget) {
  std::map<std::string, uint32_t> wanted = recorded();
  const compute::Hardware hardware = compute::detect_hardware();
  for (const auto& entry : fs::directory_iterator("tests/golden/llm")) {
    if (!fs::exists(entry.path() / "model.safetensors") || !fs::exists(entry.path() / "config.json"))
      continue;
    const auto model = Model::load(entry.path());
    ASSERT_TRUE(model) << model.error().text();
    const Json expected = *parse_json(*read_text(entry.path() / "expected.json"));
    std::vector<TokenId> prompt;
    for (const Json& id : expected.find("prompt")->items())
      prompt.push_back(static_cast<TokenId>(id.integer()));
    const std::string name = entry.path().filename();
    for (const compute::TargetInfo& tier : hardware.targets) {
      if (!tier.runs_here) continue;
      const uint32_t whole =
          logits_of(*model, prompt, {.threads = 1, .target = tier.name, .strict = true}, 512);
      const uint32_t cut = logits_of(*model, prompt, {.threads = 3, .target = tier.name, .strict = true}, 5);
      EXPECT_EQ(whole, cut) << name << " on " << tier.name;
      EXPECT_EQ(whole, wanted[name]) << tier.name << strf(": {{\"{}\", 0x{:08x}}},", name, whole);
    }
    wanted.erase(name);
  }
  EXPECT_TRUE(wanted.empty()) << "recorded, and not there: " << wanted.begin()->first;
}

}  // namespace
}  // namespace sov::llm
