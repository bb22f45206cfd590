// How likely text is to a model, in order and out of order.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/rng.h"
#include "llm/check/stages.h"
#include "llm/decoder/forward.h"
#include "llm/generate.h"
#include "nn/kv_cache.h"

namespace sov::llm {
namespace {

// Plain things that nearly every training corpus is full of: code, prose, an enumeration.
constexpr std::array<std::string_view, 3> kPassages{
    "def add(a, b):\n    return a + b\n\n\ndef is_even(n):\n    return n % 2 == 0\n\n\nfor i in range(10):\n"
    "    print(i)\n",
    "The capital of France is Paris. The capital of Italy is Rome. The sun rises in the east and sets in the "
    "west.",
    "One, two, three, four, five, six, seven, eight, nine, ten. Monday, Tuesday, Wednesday, Thursday, "
    "Friday."};
constexpr size_t kMostTokens = 64;  // of a passage
constexpr int kShuffles = 2;        // of each passage

/// -log p of ids[1..] each.
Result<std::vector<double>> surprises(const Config& config, const Weights& weights, compute::Device& device,
                                      std::span<const TokenId> ids) {
  Decoder decoder(config, weights, device);
  const auto count = static_cast<int64_t>(ids.size());
  nn::KvCache cache(config.layers, cache_shape(config, DType::f32), count);
  TRY(cache.reserve(count));
  const Piece piece = {ids, 0, count, &cache};
  const compute::Rows hidden = decoder.forward({&piece, 1}, nullptr);
  const compute::ConstRows logits = decoder.logits(hidden, nullptr);
  std::vector<double> out;
  for (int64_t i = 0; i + 1 < count; i++)
    out.push_back(-log_probability(logits.row(i), ids[static_cast<size_t>(i) + 1]));
  return out;
}

Result<double> surprise(const Config& config, const Weights& weights, compute::Device& device,
                        std::span<const TokenId> ids) {
  TRY(const std::vector<double> all, surprises(config, weights, device, ids));
  return std::accumulate(all.begin(), all.end(), 0.0);
}

std::vector<TokenId> shuffled_ids(std::vector<TokenId> ids, uint64_t seed) {
  Rng rng(seed);
  for (size_t i = ids.size(); i > 2; i--)
    std::swap(ids[i - 1], ids[1 + rng.below(i - 1)]);  // the first stays
  return ids;
}

std::vector<TokenId> passage_ids(const Model& model, std::string_view text) {
  std::vector<TokenId> ids = model.tokenizer()->encode(text, {.add_special = true, .parse_special = false});
  const auto most = std::min<size_t>(kMostTokens, static_cast<size_t>(model.config().context));
  if (ids.size() > most) ids.resize(most);
  const auto outside = [&](TokenId id) { return id < 0 || id >= model.config().vocab; };
  if (std::ranges::any_of(ids, outside)) ids.clear();
  return ids;
}

}  // namespace

std::vector<TokenId> probe_ids(const Model& model) {
  std::vector<TokenId> ids;
  if (model.tokenizer() != nullptr) ids = passage_ids(model, kPassages[0]);
  const auto most = static_cast<size_t>(std::min<int64_t>(24, model.config().context - 8));
  if (ids.size() > most) ids.resize(most);
  for (int64_t i = 0; ids.size() < std::min<size_t>(8, most); i++)
    ids.push_back(static_cast<TokenId>((i * 37 + 11) % model.config().vocab));
  return ids;
}

Result<std::vector<std::vector<float>>> all_logits(const CheckState& state, std::span<const TokenId> ids,
                                                   int64_t chunk) {
  TRY(Session session, Session::create(state.model, *state.device, {.chunk = chunk}));
  std::vector<std::vector<float>> rows;
  TRY(session.prefill_all(ids, [&](compute::ConstRows logits) {
    for (int64_t i = 0; i < logits.count; i++) rows.emplace_back(logits.row(i).begin(), logits.row(i).end());
  }));
  return rows;
}

Result<Likelihood> likelihood(const CheckState& state, const Config& config) {
  const Model& model = *state.model;
  Likelihood out;
  double text = 0, shuffled = 0;
  uint64_t seed = 1;
  for (const std::string_view passage : kPassages) {
    const std::vector<TokenId> ids = passage_ids(model, passage);
    if (ids.size() < 8) continue;
    if (state.cancel != nullptr && state.cancel->load()) return fail(Code::cancelled, "scoring text");
    TRY(const double sum, surprise(config, model.weights(), *state.device, ids));
    text += sum;
    for (int i = 0; i < kShuffles; i++) {
      TRY(const double other, surprise(config, model.weights(), *state.device, shuffled_ids(ids, seed++)));
      shuffled += other / kShuffles;
    }
    out.tokens += static_cast<int64_t>(ids.size()) - 1;
  }
  if (out.tokens == 0) return fail(Code::inference, "the tokenizer makes no usable ids of plain text");
  out.text = text / static_cast<double>(out.tokens);
  out.shuffled = shuffled / static_cast<double>(out.tokens);
  return out;
}

namespace {

/// A passage written twice: how surprising the tokens of each copy are. Any trained transformer reads the
/// second off the first, and does it through positions and heads.
struct Repetition {
  double first = 0, second = 0;  // nats a token
};

Result<Repetition> repetition(const CheckState& state, const Config& config) {
  const Model& model = *state.model;
  Repetition out;
  int64_t passages = 0;
  for (const std::string_view passage : kPassages) {
    std::vector<TokenId> ids =
        model.tokenizer()->encode(passage, {.add_special = false, .parse_special = false});
    ids.resize(std::min({ids.size(), kMostTokens, static_cast<size_t>(config.context / 2)}));
    const auto outside = [&](TokenId id) { return id < 0 || id >= config.vocab; };
    if (ids.size() < 8 || std::ranges::any_of(ids, outside)) continue;
    if (state.cancel != nullptr && state.cancel->load()) return fail(Code::cancelled, "scoring text");
    std::vector<TokenId> twice = ids;
    twice.insert(twice.end(), ids.begin(), ids.end());
    TRY(const std::vector<double> all, surprises(config, model.weights(), *state.device, twice));
    const auto middle = all.begin() + static_cast<ptrdiff_t>(ids.size());
    out.first += std::accumulate(all.begin(), middle, 0.0) / static_cast<double>(ids.size());
    out.second += std::accumulate(middle, all.end(), 0.0) / static_cast<double>(all.end() - middle);
    passages++;
  }
  if (passages == 0) return fail(Code::inference, "the tokenizer makes no usable ids of plain text");
  out.first /= static_cast<double>(passages);
  out.second /= static_cast<double>(passages);
  return out;
}

}  // namespace

std::optional<std::string> better_explained(const CheckState& state,
                                            const std::vector<std::pair<std::string, Config>>& others) {
  constexpr double kClearly =
      0.3;  // nats a token; the shipped models lose 0.5 to 2 under a wrong configuration
  if (state.model == nullptr || state.model->tokenizer() == nullptr) return std::nullopt;
  const Result<Repetition> own = repetition(state, state.model->config());
  if (!own) return std::nullopt;
  for (const auto& [what, config] : others) {
    const Result<Repetition> other = repetition(state, config);
    if (!other || !(other->second + kClearly < own->second || !std::isfinite(own->second))) continue;
    const Result<Likelihood> language = likelihood(state, config);
    if (!language || !(language->gain() >= kLeastGain)) continue;  // chance favoured one kind of noise
    return strf("with {} a repeated text is likelier ({:.2f} nats a token) than as the file says ({:.2f})",
                what, other->second, own->second);
  }
  return std::nullopt;
}

Verdict check_likelihood(CheckState& state) {
  if (!state.model) return skipped("no model could be made of the file");
  const Result<const text::Tokenizer*> tokenizer = state.model->need_tokenizer();
  if (!tokenizer) return skipped(strf("needs text: {}", tokenizer.error().message()));
  const Result<Likelihood> found = likelihood(state, state.model->config());
  if (!found) return failed(found.error().text());
  const double chance = std::log(static_cast<double>(state.model->config().vocab));
  const std::string numbers =
      strf("plain text {:.2f} nats a token, its tokens shuffled {:.2f}, guessing {:.2f}", found->text,
           found->shuffled, chance);
  if (!(found->gain() >= kLeastGain))
    return failed(
        strf("{}: the model does not know text from its shuffle (untrained weights, or damaged weights, "
             "vocabulary or configuration)",
             numbers));
  if (!(found->text < chance)) return failed(strf("{}: worse than guessing", numbers));
  return passed(numbers);
}

}  // namespace sov::llm
