// Models made and run by transformers (tools/golden/transformers_models.py) against ours.

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "core/json.h"
#include "llm/engine.h"
#include "llm/generate.h"

namespace sov::llm {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = "tests/golden/llm";
// f32 sums in another order than torch's: the logits of these models differ by less than 2e-5 of the largest.
constexpr double kTolerance = 1e-4;
constexpr int64_t kContext =
    101;  // prompt and 64 more; beyond the own context of the model with dynamic RoPE

struct Case {
  std::string name;
  fs::path model;  // what to open
};

Json expected(const std::string& name) {
  const std::string text = *read_text(kRoot / name / "expected.json");
  return *parse_json(text);
}

std::vector<TokenId> ids_of(const Json& list) {
  std::vector<TokenId> ids;
  for (const Json& id : list.items()) ids.push_back(static_cast<TokenId>(id.integer()));
  return ids;
}

/// A folder whose weights come from another case is put together from links.
fs::path folder_of(const std::string& name) {
  const fs::path folder = kRoot / name;
  const Json want = expected(name);
  const Json* from = want.find("weights_from");
  if (!from) return folder;
  const fs::path made = fs::path(testing::TempDir()) / strf("sov-llm-{}-{}", name, ::getpid());
  fs::remove_all(made);
  fs::create_directories(made);
  fs::copy_file(folder / "config.json", made / "config.json");
  fs::create_symlink(fs::absolute(kRoot / from->string() / "model.safetensors"), made / "model.safetensors");
  return made;
}

std::vector<Case> cases() {
  std::vector<Case> out;
  for (const auto& entry : fs::directory_iterator(kRoot)) {
    const std::string name = entry.path().filename();
    if (fs::exists(entry.path() / "config.json")) out.push_back({name, {}});
    if (fs::exists(entry.path() / (name + ".gguf"))) out.push_back({name, entry.path() / (name + ".gguf")});
  }
  std::sort(out.begin(), out.end(), [](const Case& a, const Case& b) {
    return std::tie(a.name, a.model) < std::tie(b.name, b.model);
  });
  return out;
}

std::string label(const testing::TestParamInfo<Case>& info) {
  std::string text = info.param.name + (info.param.model.empty() ? "" : "_gguf");
  std::replace(text.begin(), text.end(), '-', '_');
  return text;
}

class Golden : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    const Case& c = GetParam();
    const fs::path path = c.model.empty() ? folder_of(c.name) : c.model;
    auto model = Model::load(path);
    ASSERT_TRUE(model) << model.error().text();
    model_ = *model;
    want_ = expected(c.name);
    prompt_ = ids_of(*want_.find("prompt"));
  }

  Session session(compute::Device& device, const SessionOptions& options = {}) const {
    auto session = Session::create(model_, device, options);
    CHECK(session.has_value());
    return std::move(*session);
  }

  std::vector<std::vector<float>> all_logits(compute::Device& device, int64_t chunk) const {
    Session s = session(device, {.context = kContext, .chunk = chunk});
    std::vector<std::vector<float>> rows;
    const Result<> done = s.prefill_all(prompt_, [&](compute::ConstRows logits) {
      for (int64_t i = 0; i < logits.count; i++)
        rows.emplace_back(logits.row(i).begin(), logits.row(i).end());
    });
    CHECK(done.has_value());
    return rows;
  }

  void compare_with_transformers(compute::Device& device) const {
    const auto got = all_logits(device, 512);
    const auto& rows = want_.find("rows")->items();
    for (size_t i = 0; i < rows.size(); i++) {
      const auto& want = want_.find("logits")->items()[i].items();
      const auto& row = got[static_cast<size_t>(rows[i].integer())];
      ASSERT_EQ(row.size(), want.size());
      double largest = 0, worst = 0;
      for (size_t j = 0; j < want.size(); j++) {
        largest = std::max(largest, std::abs(want[j].number()));
        worst = std::max(worst, std::abs(want[j].number() - static_cast<double>(row[j])));
      }
      EXPECT_LT(worst, kTolerance * largest) << "row " << rows[i].integer();
    }
  }

  std::vector<TokenId> greedy(compute::Device& device) const {
    Session s = session(device, {.context = kContext});
    const auto out = generate(s, prompt_, {.max_tokens = 64, .ignore_eos = true});
    EXPECT_TRUE(out) << out.error().text();
    return out ? out->ids : std::vector<TokenId>{};
  }

  std::shared_ptr<const Model> model_;
  Json want_;
  std::vector<TokenId> prompt_;
};

TEST_P(Golden, logits_are_those_of_transformers) {
  const auto ref = compute::make_ref_device();
  compare_with_transformers(*ref);
}

TEST_P(Golden, greedy_tokens_are_those_of_transformers) {
  const auto ref = compute::make_ref_device();
  EXPECT_EQ(greedy(*ref), ids_of(*want_.find("greedy")));
}

TEST_P(Golden, chunks_and_cache_do_not_change_a_bit) {
  const auto ref = compute::make_ref_device();
  const auto whole = all_logits(*ref, 512);
  EXPECT_EQ(whole, all_logits(*ref, 1));
  EXPECT_EQ(whole, all_logits(*ref, 5));
  Session s = session(*ref, {.context = kContext});
  const auto last = s.prefill(std::span(prompt_).first(30));
  ASSERT_TRUE(last);
  for (size_t i = 30; i < prompt_.size(); i++) ASSERT_TRUE(s.decode(prompt_[i]));
  s.truncate(20);
  const auto row = s.prefill(std::span(prompt_).subspan(20));
  ASSERT_TRUE(row);
  EXPECT_TRUE(std::equal(row->begin(), row->end(), whole.back().begin(), whole.back().end()));
}

INSTANTIATE_TEST_SUITE_P(models, Golden, testing::ValuesIn(cases()), label);

}  // namespace
}  // namespace sov::llm
