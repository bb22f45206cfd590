#include "llm/sampler.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <type_traits>
#include <unordered_map>

namespace sov::llm {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();
constexpr double kGone = -kInfinite;

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

/// The first id with the largest score, eight chains at a time: one chain over a vocabulary of 150,000 takes
/// 0.3 ms. Requires: no NaN.
template <typename Values>
size_t index_of_largest(const Values& scores) {
  constexpr size_t kChains = 8;
  using Value = std::remove_cvref_t<decltype(scores[0])>;
  std::array<Value, kChains> largest;
  largest.fill(-std::numeric_limits<Value>::infinity());
  const size_t whole = scores.size() / kChains * kChains;
  for (size_t i = 0; i < whole; i += kChains) {
    for (size_t j = 0; j < kChains; j++) largest[j] = scores[i + j] > largest[j] ? scores[i + j] : largest[j];
  }
  for (size_t i = whole; i < scores.size(); i++) largest[0] = std::max(largest[0], scores[i]);
  const Value most = *std::max_element(largest.begin(), largest.end());
  return static_cast<size_t>(std::find(scores.begin(), scores.end(), most) - scores.begin());
}

Result<> check_logits(std::span<const float> logits) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  int32_t usable = 0;  // no early exit: the loop is vector code
  int32_t finite = 0;
  for (const float logit : logits) {
    usable += logit < kInfinity;
    finite += std::abs(logit) < kInfinity;
  }
  if (static_cast<size_t>(usable) == logits.size() && finite > 0) return {};
  for (size_t i = 0; i < logits.size(); i++) {
    if (!(logits[i] < kInfinity)) return fail(Code::inference, "logit of id {} is {}", i, logits[i]);
  }
  return fail(Code::inference, "no id has a finite logit ({} ids)", logits.size());
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
  const double largest = scores[index_of_largest(scores)];
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

/// The id at `uniform` of all, ids in order of falling probability. Few ids carry nearly everything: the less
/// likely ones are looked at and sorted only when the number falls among them. Requires: scores from cool().
TokenId draw_from_all(const Scores& scores, double uniform) {
  Scores weights(scores.size());
  double sum = 0;
  for (size_t i = 0; i < scores.size(); i++) sum += weights[i] = std::exp(scores[i]);
  double left = uniform;
  double below = kInfinite;
  TokenId id = 0;
  for (const double from : {1e-4 * sum, 1e-6 * sum, std::numeric_limits<double>::denorm_min()}) {
    Field field;
    for (size_t i = 0; i < scores.size(); i++) {
      if (weights[i] < from || weights[i] >= below) continue;
      field.push_back({static_cast<TokenId>(i), scores[i], weights[i] / sum});
    }
    sort(field);
    for (const Scored& s : field) {
      id = s.id;
      left -= s.probability;
      if (left < 0) return id;
    }
    below = from;
  }
  return id;  // rounding left a crumb
}

bool filters(const SamplerOptions& o) { return o.top_k > 0 || o.top_p < 1 || o.min_p > 0 || o.typical_p < 1; }

template <typename Values>
Candidate likeliest(const Values& scores) {
  return {static_cast<TokenId>(index_of_largest(scores)), 1};
}

/// Steps 1 to 3.
Result<Scores> adjusted(const SamplerOptions& o, std::span<const float> logits,
                        std::span<const TokenId> history) {
  TRY(check_logits(logits));
  Scores scores(logits.begin(), logits.end());
  TRY(add_bias(o, scores));
  penalise(o, history, scores);
  if (scores[index_of_largest(scores)] == kGone) {
    return fail(Code::inference, "the logit biases left no id to draw");
  }
  return scores;
}

}  // namespace

Result<Sampler> Sampler::create(SamplerOptions options) {
  TRY(validate(options));
  return Sampler(std::move(options));
}

Result<std::vector<Candidate>> Sampler::distribution(std::span<const float> logits,
                                                     std::span<const TokenId> history) const {
  TRY(Scores scores, adjusted(options_, logits, history));
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
  if (options_.temperature == 0 && options_.logit_bias.empty() && !penalises(options_)) {
    TRY(check_logits(logits));
    return likeliest(logits).id;
  }
  if (options_.temperature > 0 && !filters(options_)) {
    TRY(Scores scores, adjusted(options_, logits, history));
    cool(options_.temperature, scores);
    return draw_from_all(scores, rng_.uniform());
  }
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
