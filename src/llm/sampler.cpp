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

Result<> check_logits(std::span<const float> logits) {
  bool any = false;
  for (size_t i = 0; i < logits.size(); i++) {
    if (std::isnan(logits[i]) || logits[i] == std::numeric_limits<float>::infinity()) {
      return fail(Code::inference, "logit of id {} is {}", i, logits[i]);
    }
    any = any || logits[i] > -std::numeric_limits<float>::infinity();
  }
  if (!any) return fail(Code::inference, "no id has a finite logit ({} ids)", logits.size());
  return {};
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

bool penalises(const SamplerOptions& o) {
  return o.repetition_penalty != 1 || o.frequency_penalty != 0 || o.presence_penalty != 0;
}

void penalise(const SamplerOptions& o, std::span<const TokenId> history, Scores& scores) {
  if (!penalises(o)) return;
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

/// All ids but those that top-p or min-p would drop in any case, whose probability is `tail`; the sorting of
/// a large vocabulary is most of the work of drawing from it. Each of n ids below (1 - p) / n is among the
/// least likely ones that sum to 1 - p. Requires: scores from cool().
Field likely(const SamplerOptions& o, Scores scores, double& tail) {
  if (o.top_p >= 1 && o.min_p <= 0) return top_k(scores, 0);
  Scores weights(scores.size());
  double sum = 0;
  for (size_t i = 0; i < scores.size(); i++) sum += weights[i] = std::exp(scores[i]);
  const double least = std::max(o.min_p, (1 - o.top_p) * sum / static_cast<double>(scores.size()));
  for (size_t i = 0; i < scores.size(); i++) {
    if (weights[i] >= least || scores[i] == 0) continue;
    tail += weights[i] / sum;
    scores[i] = kGone;
  }
  return top_k(scores, 0);
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

/// Drops the least likely ids whose summed probability is at most 1 - p; `tail` is that of ids already
/// dropped.
void keep_top_p(double p, double tail, Field& field) {
  if (p >= 1) return;
  softmax(field);
  const double rest = 1 - tail;
  while (field.size() > 1) {
    tail += field.back().probability * rest;
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

template <typename Values>
Candidate likeliest(const Values& scores) {
  return {static_cast<TokenId>(std::max_element(scores.begin(), scores.end()) - scores.begin()), 1};
}

}  // namespace

Result<Sampler> Sampler::create(SamplerOptions options) {
  TRY(validate(options));
  return Sampler(std::move(options));
}

Result<std::vector<Candidate>> Sampler::distribution(std::span<const float> logits,
                                                     std::span<const TokenId> history) const {
  TRY(check_logits(logits));
  const bool plain = options_.logit_bias.empty() && !penalises(options_);
  if (options_.temperature == 0 && plain) return std::vector<Candidate>{likeliest(logits)};
  Scores scores(logits.begin(), logits.end());
  TRY(add_bias(options_, scores));
  penalise(options_, history, scores);
  if (std::all_of(scores.begin(), scores.end(), [](double score) { return score == kGone; })) {
    return fail(Code::inference, "the logit biases left no id to draw");
  }
  if (options_.temperature == 0) return std::vector<Candidate>{likeliest(scores)};

  cool(options_.temperature, scores);
  double tail = 0;
  Field field =
      options_.top_k > 0 ? top_k(scores, options_.top_k) : likely(options_, std::move(scores), tail);
  keep_top_p(options_.top_p, tail, field);
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
