// The model: does each part of it behave as its definition says?
#include <algorithm>
#include <cmath>
#include <set>

#include "core/rng.h"
#include "llm/check/stages.h"
#include "llm/decoder/weights.h"
#include "llm/generate.h"
#include "llm/sampler.h"
#include "nn/rope.h"

namespace sov::llm {
namespace {

constexpr std::string_view kNoModel = "no model could be made of the file";

/// The forward pass that several stages look at; made once. Empty when it cannot be made.
const Observed* observe(CheckState& state) {
  if (state.observed || !state.model) return state.observed ? &*state.observed : nullptr;
  ProbeDevice probe(*state.device);
  Observed seen;
  seen.ids = probe_ids(*state.model);
  const Tap tap = [&](std::string_view name, compute::ConstRows rows) {
    probe.name_last(name);
    if (!name.ends_with(".mlp")) return;
    Observed::Block block{.name = std::string(name)};
    for (int64_t t = 0; t < rows.count; t++) {
      for (const float v : rows.row(t)) {
        block.finite = block.finite && std::isfinite(v);
        block.largest = std::max(block.largest, std::abs(static_cast<double>(v)));
      }
    }
    seen.mlps.push_back(block);
  };
  Result<Session> session = Session::create(state.model, probe);
  if (session) session->set_tap(&tap);
  const Result<> done =
      session ? session->prefill_all(seen.ids,
                                     [&](compute::ConstRows logits) {
                                       for (int64_t i = 0; i < logits.count; i++)
                                         seen.logits.emplace_back(logits.row(i).begin(), logits.row(i).end());
                                     })
              : Result<>(fail(session.error()));
  if (!done) {
    state.why_no_pass = done.error().text();
    return nullptr;
  }
  seen.norms = probe.norms();
  seen.attentions = probe.attentions();
  state.observed = std::move(seen);
  return &*state.observed;
}

Verdict no_pass(const CheckState& state) {
  if (!state.model) return skipped(std::string(kNoModel));
  return failed(strf("no forward pass: {}", state.why_no_pass));
}

bool finite(std::span<const float> row) {
  return std::ranges::all_of(row, [](float v) { return std::isfinite(v); });
}

constexpr std::array<std::string_view, 8> kTexts{
    "Hello, world!",
    "def f(x):\n    return x ** 2  # square\n",
    "  two  spaces,\ttabs\tand\n\n\nblank lines  ",
    "3.14159 + 1,000,000 = 0x1F",
    "na\u00efve caf\u00e9 \u00dcber stra\u00dfe",
    "\u4f60\u597d\uff0c\u4e16\u754c \u043f\u0440\u0438\u0432\u0435\u0442 \u0645\u0631\u062d\u0628\u0627",
    "\U0001f600 \U0001f469\u200d\U0001f680 \u2192 \u221e",
    "https://example.org/a?b=c&d=%20#e"};

/// Text -> ids -> text, where a space put in front is a rule of some tokenizers.
std::optional<std::string> broken_round_trip(const text::Tokenizer& tokenizer, int64_t vocab) {
  for (const std::string_view text : kTexts) {
    const std::vector<TokenId> ids = tokenizer.encode(text, {.add_special = false, .parse_special = false});
    for (const TokenId id : ids) {
      if (id < 0 || id >= vocab) return strf("'{}' gives id {}, the model knows {} ids", text, id, vocab);
    }
    std::string back = tokenizer.decode(ids, text::SkipSpecial::no);
    if (back.starts_with(' ') && !text.starts_with(' ')) back.erase(0, 1);
    if (back != text) return strf("'{}' comes back as '{}'", text, back);
  }
  return std::nullopt;
}

}  // namespace

Verdict check_tokenizer(CheckState& state) {
  if (!state.model) return skipped(std::string(kNoModel));
  const Result<const text::Tokenizer*> found = state.model->need_tokenizer();
  if (!found) {
    const bool absent = found.error().code() == Code::not_found || found.error().code() == Code::unsupported;
    return absent ? skipped(found.error().text()) : failed(found.error().text());
  }
  const text::Tokenizer& tokenizer = **found;
  const int64_t vocab = state.model->config().vocab;
  int64_t names = 0;
  for (int64_t id = 0; id < vocab; id++) names += !tokenizer.piece(static_cast<TokenId>(id)).empty();
  // Rows are padded for the hardware's sake, by one or two in a hundred; a tenth missing is a lost
  // vocabulary.
  if (names * 10 < vocab * 9)
    return failed(strf("the tokenizer names {} ids, the model has {}", names, vocab));
  if (const std::optional<std::string> broken = broken_round_trip(tokenizer, vocab)) return failed(*broken);
  return passed(strf("{} texts come back unchanged; {} ids of {}", kTexts.size(), names, vocab));
}

Verdict check_embedding(CheckState& state) {
  if (!state.model) return skipped(std::string(kNoModel));
  const Config& config = state.model->config();
  constexpr int64_t kStep = 256;
  std::vector<float> rows(static_cast<size_t>(kStep * config.hidden));
  int64_t zero = 0;
  std::set<std::vector<float>> some;  // of every 61st row: all would take the memory of the matrix
  int64_t taken = 0;
  for (int64_t first = 0; first < config.vocab; first += kStep) {
    const int64_t count = std::min(kStep, config.vocab - first);
    std::vector<int32_t> ids(static_cast<size_t>(count));
    for (int64_t i = 0; i < count; i++) ids[static_cast<size_t>(i)] = static_cast<int32_t>(first + i);
    const compute::Rows out(rows.data(), count, config.hidden);
    state.device->embed(state.model->weights().embedding, ids, out);
    for (int64_t i = 0; i < count; i++) {
      const std::span<const float> row = out.row(i);
      if (!finite(row)) return failed(strf("the row of id {} is not finite", first + i));
      zero += std::ranges::all_of(row, [](float v) { return v == 0; });
      if ((first + i) % 61 != 0 || taken > 1000) continue;
      taken++;
      some.emplace(row.begin(), row.end());
    }
  }
  if (zero * 2 > config.vocab) return failed(strf("{} of {} rows are all zero", zero, config.vocab));
  if (static_cast<int64_t>(some.size()) * 2 < taken + 1) return failed("most tokens share one vector");
  return passed(strf("{} rows, finite, {} all zero", config.vocab, zero));
}

namespace {

/// Scores of a random query and key `distance` apart depend on the distance alone.
std::optional<std::string> shift_error(CheckState& state) {
  const Config& config = state.model->config();
  const int64_t dim = config.head_dim;
  Rng rng(7);
  std::vector<float> random(static_cast<size_t>(2 * dim));
  for (float& v : random) v = static_cast<float>(2 * rng.uniform() - 1);
  for (const nn::RopeConfig& one : config.ropes) {
    const nn::Rope rope(one);
    constexpr int64_t kDistance = 3;
    const auto score = [&](int64_t at, int64_t distance) {
      std::vector<float> pair = random;
      for (int64_t half = 0; half < 2; half++) {
        const nn::Rope::Table table = rope.table(at + half * distance, 1, 64);
        state.device->rope(compute::Rows(pair.data() + half * dim, 1, dim), dim, config.pairing,
                           table.cos_rows(), table.sin_rows());
      }
      double sum = 0;
      for (int64_t i = 0; i < dim; i++)
        sum += static_cast<double>(pair[static_cast<size_t>(i)]) * pair[static_cast<size_t>(dim + i)];
      return sum;
    };
    const double near = score(0, kDistance), far = score(29, kDistance), same = score(0, 0);
    const double unit = static_cast<double>(dim) * 1e-4 * std::pow(rope.attention_factor(), 2);
    if (!(std::abs(near - far) <= unit))
      return strf("a shift changes a score from {:.6f} to {:.6f}", near, far);
    if (!(std::abs(near - same) > 0)) return strf("the distance does not change a score ({:.6f})", near);
  }
  return std::nullopt;
}

std::vector<std::pair<std::string, Config>> other_pairings(const Config& config) {
  if (config.ropes.empty()) return {};
  Config other = config;
  const bool halves = config.pairing == compute::RopePairing::halves;
  other.pairing = halves ? compute::RopePairing::adjacent : compute::RopePairing::halves;
  return {{halves ? "adjacent RoPE pairs" : "RoPE pairs of halves", other}};
}

/// Twice and half as many heads over the same matrices, where nothing else depends on their width.
std::vector<std::pair<std::string, Config>> other_heads(const Config& config) {
  std::vector<std::pair<std::string, Config>> out;
  const bool plain = std::ranges::all_of(config.ropes, [&](const nn::RopeConfig& rope) {
    return rope.dim == config.head_dim && rope.freq_factors.empty() && rope.long_factor.empty();
  });
  const float usual = 1.0F / std::sqrt(static_cast<float>(config.head_dim));
  if (!plain || config.qk_norm || std::abs(config.attention_scale - usual) > 1e-6F) return out;
  for (const bool more : {true, false}) {
    if (more ? config.head_dim % 4 != 0 : (config.heads % 2 != 0 || config.kv_heads % 2 != 0)) continue;
    Config other = config;
    other.heads = more ? config.heads * 2 : config.heads / 2;
    other.kv_heads = more ? config.kv_heads * 2 : config.kv_heads / 2;
    other.head_dim = more ? config.head_dim / 2 : config.head_dim * 2;
    other.attention_scale = 1.0F / std::sqrt(static_cast<float>(other.head_dim));
    for (nn::RopeConfig& rope : other.ropes) rope.dim = other.head_dim;
    out.emplace_back(strf("{} heads", other.heads), other);
  }
  return out;
}

}  // namespace

Verdict check_positions(CheckState& state) {
  if (!state.model) return skipped(std::string(kNoModel));
  if (const std::optional<std::string> error = shift_error(state)) return failed(*error);
  std::vector<TokenId> ids = probe_ids(*state.model);
  const Result<std::vector<std::vector<float>>> before = all_logits(state, ids);
  if (!before) return failed(before.error().text());
  size_t other = 1;
  while (other + 1 < ids.size() && ids[other] == ids[0]) other++;
  std::swap(ids[0], ids[other]);
  const Result<std::vector<std::vector<float>>> after = all_logits(state, ids);
  if (!after) return failed(after.error().text());
  if (before->back() == after->back())
    return failed("swapping two tokens leaves the last logits as they were");
  if (const std::optional<std::string> better =
          better_explained(state, other_pairings(state.model->config())))
    return failed(*better);
  return passed(state.model->config().ropes.empty()
                    ? "learned positions; swapping two tokens changes the result"
                    : "scores depend on distance alone; swapping two tokens changes the result");
}

Verdict check_projections(CheckState& state) {
  const Observed* seen = observe(state);
  if (seen == nullptr) return no_pass(state);
  for (const AttentionRecord& record : seen->attentions) {
    if (!record.finite) return failed(strf("{}: a query, key or value is not finite", record.name));
    if (!record.varied)
      return failed(strf("{}: queries or keys are the same at every position", record.name));
  }
  return passed(
      strf("{} layers: queries, keys and values are finite and differ by position", seen->attentions.size()));
}

Verdict check_attention(CheckState& state) {
  const Observed* seen = observe(state);
  if (seen == nullptr) return no_pass(state);
  constexpr double kRounding = 1e-4;  // f32 sums of up to a few dozen weights
  double worst = 0;
  for (const AttentionRecord& record : seen->attentions) {
    if (!(record.worst_sum <= kRounding))
      return failed(
          strf("{}: a row of weights sums to 1 with an error of {:.2g}", record.name, record.worst_sum));
    worst = std::max(worst, record.worst_sum);
  }
  const auto half = static_cast<size_t>(seen->ids.size() / 2);
  const Result<std::vector<std::vector<float>>> first = all_logits(state, std::span(seen->ids).first(half));
  if (!first) return failed(first.error().text());
  for (size_t i = 0; i < half; i++) {
    if ((*first)[i] != seen->logits[i] && finite((*first)[i]))
      return failed(strf("the logits of position {} depend on later tokens", i));
  }
  if (const std::optional<std::string> better = better_explained(state, other_heads(state.model->config())))
    return failed(*better);
  return passed(strf("rows sum to 1 within {:.1g}; no position sees later ones", worst));
}

Verdict check_feed_forward(CheckState& state) {
  const Observed* seen = observe(state);
  if (seen == nullptr) return no_pass(state);
  constexpr double kLargestHalf =
      65504;  // beyond it half precision overflows; trained models stay well below
  double largest = 0;
  for (const Observed::Block& block : seen->mlps) {
    if (!block.finite) return failed(strf("{}: not finite", block.name));
    if (block.largest > kLargestHalf) return failed(strf("{}: magnitude {:.3g}", block.name, block.largest));
    if (block.largest == 0) return failed(strf("{}: all zero", block.name));
    largest = std::max(largest, block.largest);
  }
  return passed(strf("{} layers, largest magnitude {:.3g}", seen->mlps.size(), largest));
}

Verdict check_norms(CheckState& state) {
  const Observed* seen = observe(state);
  if (seen == nullptr) return no_pass(state);
  constexpr double kRounding = 1e-3;  // of an RMS of 1, in f32
  double worst = 0;
  for (const NormRecord& record : seen->norms) {
    if (record.zero_weights * 2 > record.weights)
      return failed(strf("norm before {}: {} of {} weights are zero", record.name, record.zero_weights,
                         record.weights));
    if (record.silent) return failed(strf("norm before {}: the output is zero", record.name));
    if (!(record.worst <= kRounding))
      return failed(strf("norm before {}: RMS is off by {:.2g}", record.name, record.worst));
    worst = std::max(worst, record.worst);
  }
  return passed(strf("{} norms, RMS as defined within {:.1g}", seen->norms.size(), worst));
}

Verdict check_head(CheckState& state) {
  const Observed* seen = observe(state);
  if (seen == nullptr) return no_pass(state);
  for (size_t i = 0; i < seen->logits.size(); i++) {
    const std::vector<float>& row = seen->logits[i];
    if (!finite(row)) return failed(strf("the logits of position {} are not finite", i));
    const auto [low, high] = std::ranges::minmax(row);
    if (low == high) return failed(strf("the logits of position {} are all {}", i, low));
  }
  if (std::ranges::all_of(seen->logits, [&](const auto& row) { return row == seen->logits.front(); }))
    return failed("the logits are the same at every position");
  const auto [low, high] = std::ranges::minmax(seen->logits.back());
  return passed(
      strf("{} logits a position, {:.3g} to {:.3g} at the last", seen->logits.back().size(), low, high));
}

Verdict check_probabilities(CheckState& state) {
  const Observed* seen = observe(state);
  if (seen == nullptr) return no_pass(state);
  const Result<Sampler> sampler = Sampler::create({.temperature = 1});
  if (!sampler) return failed(sampler.error().text());
  for (const std::vector<float>& row : seen->logits) {
    const Result<std::vector<Candidate>> all = sampler->distribution(row, {});
    if (!all) return failed(all.error().text());
    double sum = 0;
    for (const Candidate& one : *all) sum += one.probability;
    if (!(std::abs(sum - 1) < 1e-9)) return failed(strf("the probabilities sum to {}", sum));
  }
  return passed(strf("sum to 1 at {} positions", seen->logits.size()));
}

Verdict check_sampler(CheckState& state) {
  const Observed* seen = observe(state);
  if (seen == nullptr) return no_pass(state);
  const std::vector<float>& logits = seen->logits.back();
  const auto draw = [&](double temperature, uint64_t seed) -> Result<std::vector<TokenId>> {
    TRY(Sampler sampler, Sampler::create({.temperature = temperature, .seed = seed}));
    std::vector<TokenId> ids;
    for (int i = 0; i < 32; i++) {
      TRY(const TokenId id, sampler.next(logits, {}));
      ids.push_back(id);
    }
    return ids;
  };
  const Result<std::vector<TokenId>> greedy = draw(0, 1), one = draw(1, 1), again = draw(1, 1);
  if (!greedy || !one || !again) return failed((!greedy ? greedy : !one ? one : again).error().text());
  const auto best = static_cast<TokenId>(std::ranges::max_element(logits) - logits.begin());
  if (greedy->front() != best)
    return failed(strf("greedy takes id {}, the largest logit is of {}", greedy->front(), best));
  if (*one != *again) return failed("the same seed draws different ids");
  const text::Tokenizer* tokenizer = state.model->tokenizer();
  if (tokenizer == nullptr)
    return passed("greedy is the largest logit; a seed repeats (no tokenizer: nothing decoded)");
  text::StreamDecoder stream(*tokenizer, text::SkipSpecial::yes);
  std::string streamed;
  for (const TokenId id : seen->ids) streamed += stream.push(id);
  streamed += stream.finish();
  const std::string whole = tokenizer->decode(seen->ids, text::SkipSpecial::yes);
  if (streamed != whole) return failed(strf("decoded token by token '{}', at once '{}'", streamed, whole));
  return passed("greedy is the largest logit; a seed repeats; decoding in steps equals decoding at once");
}

Verdict check_cache(CheckState& state) {
  const Observed* seen = observe(state);
  if (seen == nullptr) return no_pass(state);
  Result<Session> session = Session::create(state.model, *state.device);
  if (!session) return failed(session.error().text());
  for (size_t i = 0; i < seen->ids.size(); i++) {
    const Result<std::span<const float>> row = session->decode(seen->ids[i]);
    if (!row) return failed(row.error().text());
    const bool same = std::ranges::equal(*row, seen->logits[i]);
    if (!same && finite(*row)) return failed(strf("position {}: cached and computed at once differ", i));
    if (!finite(*row)) return failed(strf("position {}: the logits are not finite", i));
  }
  return passed(strf("{} positions, token by token and at once: the same bits", seen->ids.size()));
}

}  // namespace sov::llm
