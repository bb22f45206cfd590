// Distributions against transformers' logits processors (tools/golden/sampling.py), and what is drawn from
// them.

#include "llm/sampler.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <map>

#include "core/fs.h"
#include "core/json.h"

namespace sov::llm {
namespace {

SamplerOptions options_of(const Json& c) {
  SamplerOptions o;
  const auto real = [&](std::string_view name, double& value) {
    if (const Json* found = c.find(name)) value = found->number();
  };
  real("temperature", o.temperature);
  real("top_p", o.top_p);
  real("min_p", o.min_p);
  real("typical_p", o.typical_p);
  real("repetition_penalty", o.repetition_penalty);
  real("frequency_penalty", o.frequency_penalty);
  real("presence_penalty", o.presence_penalty);
  if (const Json* k = c.find("top_k")) o.top_k = k->integer();
  if (const Json* n = c.find("penalty_last_n")) o.penalty_last_n = n->integer();
  if (const Json* bias = c.find("logit_bias")) {
    for (const Json& row : bias->items()) {
      o.logit_bias.emplace_back(static_cast<TokenId>(row.items()[0].integer()),
                                static_cast<float>(row.items()[1].number()));
    }
  }
  return o;
}

std::vector<float> floats_of(const Json& list) {
  std::vector<float> out;
  for (const Json& value : list.items()) out.push_back(static_cast<float>(value.number()));
  return out;
}

std::vector<TokenId> ids_of(const Json& list) {
  std::vector<TokenId> out;
  for (const Json& id : list.items()) out.push_back(static_cast<TokenId>(id.integer()));
  return out;
}

/// Without the logits, which would fill a page.
std::string description(const Json& c) {
  std::string out;
  for (const auto& [name, value] : c.members()) {
    if (name != "logits" && name != "expected") out += strf("{}={} ", name, value.dump());
  }
  return out;
}

TEST(Sampler, DistributionsAreThoseOfTransformers) {
  const std::string text = *read_text("tests/golden/sampling/cases.json");
  const Json cases = *parse_json(text);
  ASSERT_GE(cases.items().size(), 80U);
  for (const Json& c : cases.items()) {
    SCOPED_TRACE(description(c));
    const auto sampler = Sampler::create(options_of(c));
    ASSERT_TRUE(sampler) << sampler.error().text();
    const auto got = sampler->distribution(floats_of(*c.find("logits")), ids_of(*c.find("history")));
    ASSERT_TRUE(got) << got.error().text();
    const auto& want = c.find("expected")->items();
    std::map<TokenId, double> by_id;
    for (const Candidate& candidate : *got) by_id[candidate.id] = candidate.probability;
    ASSERT_EQ(got->size(), want.size());
    for (const Json& row : want) {
      const auto id = static_cast<TokenId>(row.items()[0].integer());
      ASSERT_TRUE(by_id.contains(id)) << id;
      EXPECT_NEAR(by_id[id], row.items()[1].number(), 1e-6) << id;
    }
    EXPECT_EQ(got->front().id, static_cast<TokenId>(want.front().items()[0].integer()));
  }
}

Sampler make(SamplerOptions options) { return *Sampler::create(std::move(options)); }

TEST(Sampler, DrawsAsOftenAsTheDistributionSays) {
  const std::vector<float> logits = {1.0F, -2.0F, 0.5F, 3.0F, 2.5F, -1.0F};
  Sampler sampler = make({.temperature = 1.2, .top_p = 0.97, .seed = 11});
  const auto wanted = *sampler.distribution(logits, {});
  ASSERT_GE(wanted.size(), 4U);
  constexpr int kDraws = 20000;
  std::map<TokenId, int> counts;
  for (int i = 0; i < kDraws; i++) counts[*sampler.next(logits, {})]++;
  double chi_squared = 0;
  int drawn = 0;
  for (const Candidate& c : wanted) {
    const double expected = c.probability * kDraws;
    chi_squared += (counts[c.id] - expected) * (counts[c.id] - expected) / expected;
    drawn += counts[c.id];
  }
  EXPECT_EQ(drawn, kDraws) << "an id outside of the distribution";
  EXPECT_LT(chi_squared,
            20.5);  // 0.1 % of right samplers exceed it with 5 degrees of freedom; the seed is fixed
}

TEST(Sampler, DrawsWithoutAFilterAreThoseFromTheSortedDistribution) {
  std::vector<float> logits(3000);
  for (size_t i = 0; i < logits.size(); i++) logits[i] = static_cast<float>((i * 7919) % 3000) / 50.0F;
  Sampler fast = make({.temperature = 3, .seed = 5});
  Sampler sorted = make({.temperature = 3, .top_k = 3000, .seed = 5});  // a filter that keeps all
  double unlikely = 0;
  const auto all = *fast.distribution(logits, {});
  for (const Candidate& c : all) unlikely += c.probability < 1e-6 ? 1 : 0;
  ASSERT_GT(unlikely, 100);
  for (int i = 0; i < 3000; i++) ASSERT_EQ(*fast.next(logits, {}), *sorted.next(logits, {})) << i;
  // Nearly everything is in the tail: two million ids of less than a millionth each.
  std::vector<float> flat(2000000, 0.0F);
  flat[77] = 1.0F;
  Sampler from_tail = make({.temperature = 1, .seed = 5});
  Sampler from_sorted = make({.temperature = 1, .top_k = 2000000, .seed = 5});
  EXPECT_EQ(*from_tail.next(flat, {}), *from_sorted.next(flat, {}));
}

TEST(Sampler, TheSeedDecides) {
  const std::vector<float> logits(50, 0.0F);
  const auto draw = [&](uint64_t seed) {
    Sampler sampler = make({.temperature = 1, .seed = seed});
    std::vector<TokenId> ids;
    for (int i = 0; i < 20; i++) ids.push_back(*sampler.next(logits, {}));
    return ids;
  };
  EXPECT_EQ(draw(3), draw(3));
  EXPECT_NE(draw(3), draw(4));
}

TEST(Sampler, GreedyTakesTheLowestIdOfATie) {
  Sampler sampler = make({});
  EXPECT_EQ(*sampler.next(std::vector<float>{1, 7, 7, 2}, {}), 1);
  const auto all = *sampler.distribution(std::vector<float>{1, 7, 7, 2}, {});
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all.front().probability, 1);
  Sampler penalised = make({.presence_penalty = 1});
  EXPECT_EQ(*penalised.next(std::vector<float>{1, 7, 7, 2}, std::vector<TokenId>{1}), 2);
}

TEST(Sampler, RefusesLogitsThatAreNone) {
  Sampler sampler = make({});
  const float nan = std::nanf(""), infinite = std::numeric_limits<float>::infinity();
  for (const std::vector<float>& logits :
       {std::vector<float>{1, nan, 2}, {1, infinite}, {-infinite, -infinite}}) {
    const auto got = sampler.next(logits, {});
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().code(), Code::inference);
  }
  EXPECT_EQ(*sampler.next(std::vector<float>{-infinite, -5}, {}), 1);
}

TEST(Sampler, RefusesOptionsOutOfRangeByName) {
  const std::pair<SamplerOptions, std::string> wrong[] = {
      {{.temperature = -1}, "temperature"},
      {{.top_p = 0}, "top_p"},
      {{.top_p = std::nan("")}, "top_p"},
      {{.min_p = 1.5}, "min_p"},
      {{.typical_p = 0}, "typical_p"},
      {{.repetition_penalty = 0}, "repetition_penalty"},
      {{.penalty_last_n = -2}, "penalty_last_n"},
      {{.top_k = -1}, "top_k"},
  };
  for (const auto& [options, name] : wrong) {
    const auto sampler = Sampler::create(options);
    ASSERT_FALSE(sampler) << name;
    EXPECT_EQ(sampler.error().code(), Code::usage);
    EXPECT_NE(sampler.error().text().find(name), std::string::npos);
  }
  Sampler biased = make({.logit_bias = {{9, 1.0F}}});
  EXPECT_EQ(biased.next(std::vector<float>{1, 2}, {}).error().code(), Code::usage);
}

}  // namespace
}  // namespace sov::llm
