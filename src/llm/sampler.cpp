#include "llm/sampler.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <unordered_map>

namespace sov::llm {
namespace {

constexpr double kGone = -std::numeric_limits<double>::infinity();

Result<> in_range(std::string_view name, double value, double low, double high, std::string_view range) {
  if (value >= low && value <= high) return {};  // false for NaN
  return fail(Code::usage, "sampling: {} wants {}, got {}", name, range, value);
}

Result<> validate(const SamplerOptions& o) {
  constexpr double kLarge = std::numeric_limits<double>::max();
  constexpr double kTiny = std::numeric_limits<double>::min();
  TRY(in_range("temperature", o.temperature, 0, kLarge, "a number >= 0"));
  TRY(in_range("top_k", static_cast<double>(o.top_k), 0, kLarge, "an integer >= 0"));
  TRY(in_range("top_p", o.top_p, kTiny, 1, "a number in (0, 1]"));
  TRY(in_range("min_p", o.min_p, 0, 1, "a number in [0, 1]"));
  TRY(in_range("typical_p", o.typical_p, kTiny, 1, "a number in (0, 1]"));
  TRY(in_range("repetition_penalty", o.repetition_penalty, kTiny, kLarge, "a number > 0"));
  TRY(in_range("presence_penalty", o.presence_penalty, -kLarge, kLarge, "a finite number"));
  TRY(in_range("frequency_penalty", o.frequency_penalty, -kLarge, kLarge, "a finite number"));
  TRY(in_range("penalty_last_n", static_cast<double>(o.penalty_last_n), -1, kLarge, "an integer >= -1"));
  for (const auto& [id, bias] : o.logit_bias) {
    if (std::isnan(bias) || bias == std::numeric_limits<float>::infinity()) {
      return fail(Code::usage, "sampling: logit_bias of id {} wants a number or minus infinity, got {}", id,
                  bias);
    }
  }
  return {};
}

using Scores = std::vector<double>;  // one per id

Result<Scores> widen(std::span<const float> logits) {
  Scores scores(logits.size());
  bool any = false;
  for (size_t i = 0; i < logits.size(); i++) {
    if (std::isnan(logits[i]) || logits[i] == std::numeric_limits<float>::infinity()) {
      return fail(Code::inference, "logit of id {} is {}", i, logits[i]);
    }
    scores[i] = logits[i];
    any = any || scores[i] > kGone;
  }
  if (!any) return fail(Code::inference, "no id has a finite logit ({} ids)", logits.size());
  return scores;
}

Result<> add_bias(const SamplerOptions& o, Scores& scores) {
  for (const auto& [id, bias] : o.logit_bias) {
    if (id < 0 || static_cast<size_t>(id) >= scores.size()) {
      return fail(Code::usage, "sampling: logit_bias names id {}, the vocabulary has {}", id, scores.size());
    }
    scores[static_cast<size_t>(id)] += bias;
  }
  return {};
}

void penalise(const SamplerOptions& o, std::span<const TokenId> history, Scores& scores) {
  if (o.penalty_last_n >= 0 && history.size() > static_cast<size_t>(o.penalty_last_n)) {
    history = history.last(static_cast<size_t>(o.penalty_last_n));
  }
  std::unordered_map<TokenId, int64_t> counts;
  for (TokenId id : history) {
    if (id >= 0 && static_cast<size_t>(id) < scores.size()) counts[id]++;
  }
  for (const auto& [id, count] : counts) {
    double& score = scores[static_cast<size_t>(id)];
    score = score > 0 ? score / o.repetition_penalty : score * o.repetition_penalty;
    score -= o.frequency_penalty * static_cast<double>(count) + o.presence_penalty;
  }
}

struct Scored {
  TokenId id;
  double score;
  double probability = 0;
};
using Field = std::vector<Scored>;  // likeliest first, lower ids first on ties

void sort(Field& field) {
  std::sort(field.begin(), field.end(), [](const Scored& a, const Scored& b) {
    return a.score != b.score ? a.score > b.score : a.id < b.id;
  });
}

/// The k largest scores (all when k is 0), and those equal to the k-th; sorting only what is kept.
Field top_k(const Scores& scores, int64_t k) {
  double threshold = kGone;
  if (k > 0 && static_cast<size_t>(k) < scores.size()) {
    Scores copy = scores;
    std::nth_element(copy.begin(), copy.begin() + (k - 1), copy.end(), std::greater<>());
    threshold = copy[static_cast<size_t>(k) - 1];
  }
  Field field;
  for (size_t i = 0; i < scores.size(); i++) {
    if (scores[i] >= threshold && scores[i] > kGone) field.push_back({static_cast<TokenId>(i), scores[i]});
  }
  sort(field);
  return field;
}

/// Shifted so that the largest is 0: a tiny temperature then overflows to minus infinity only.
void cool(double temperature, Scores& scores) {
  const double largest = *std::max_element(scores.begin(), scores.end());
  for (double& score : scores) score = (score - largest) / temperature;
}

void softmax(Field& field) {
  double sum = 0;
  for (Scored& s : field) sum += s.probability = std::exp(s.score - field.front().score);
  for (Scored& s : field) s.probability /= sum;
}

/// Drops the least likely ids whose summed probability is at most 1 - p.
void keep_top_p(double p, Field& field) {
  if (p >= 1) return;
  softmax(field);
  double tail = 0;
  while (field.size() > 1) {
    tail += field.back().probability;
    if (tail > 1 - p) break;
    field.pop_back();
  }
}

void keep_min_p(double min_p, Field& field) {
  if (min_p <= 0) return;
  softmax(field);
  const double threshold = min_p * field.front().probability;
  while (field.size() > 1 && field.back().probability < threshold) field.pop_back();
}

/// Keeps the ids whose surprise is nearest to the entropy, until they carry p of the probability.
/// Source: Meister et al., "Locally Typical Sampling" (2023), section 3.
void keep_typical(double p, Field& field) {
  if (p >= 1) return;
  softmax(field);
  double entropy = 0;
  for (const Scored& s : field) {
    if (s.probability > 0) entropy -= s.probability * std::log(s.probability);
  }
  const auto strangeness = [&](const Scored& s) { return std::abs(-std::log(s.probability) - entropy); };
  std::stable_sort(field.begin(), field.end(),
                   [&](const Scored& a, const Scored& b) { return strangeness(a) < strangeness(b); });
  double mass = 0;
  size_t kept = 0;
  while (kept < field.size() && mass < p) mass += field[kept++].probability;
  field.resize(std::max<size_t>(kept, 1));
  sort(field);
}

Candidate likeliest(const Scores& scores) {
  return {static_cast<TokenId>(std::max_element(scores.begin(), scores.end()) - scores.begin()), 1};
}

}  // namespace

Result<Sampler> Sampler::create(SamplerOptions options) {
  TRY(validate(options));
  return Sampler(std::move(options));
}

Result<std::vector<Candidate>> Sampler::distribution(std::span<const float> logits,
                                                     std::span<const TokenId> history) const {
  TRY(Scores scores, widen(logits));
  TRY(add_bias(options_, scores));
  penalise(options_, history, scores);
  if (std::all_of(scores.begin(), scores.end(), [](double score) { return score == kGone; })) {
    return fail(Code::inference, "the logit biases left no id to draw");
  }
  if (options_.temperature == 0) return std::vector<Candidate>{likeliest(scores)};

  cool(options_.temperature, scores);
  Field field = top_k(scores, options_.top_k);
  keep_top_p(options_.top_p, field);
  keep_min_p(options_.min_p, field);
  keep_typical(options_.typical_p, field);
  softmax(field);
  std::vector<Candidate> out;
  out.reserve(field.size());
  for (const Scored& s : field) out.push_back({s.id, s.probability});
  return out;
}

Result<TokenId> Sampler::next(std::span<const float> logits, std::span<const TokenId> history) {
  TRY(std::vector<Candidate> candidates, distribution(logits, history));
  if (candidates.size() == 1) return candidates.front().id;
  double left = rng_.uniform();
  for (const Candidate& c : candidates) {
    left -= c.probability;
    if (left < 0) return c.id;
  }
  return candidates.back().id;  // rounding left a crumb
}

}  // namespace sov::llm
