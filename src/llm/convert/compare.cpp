// Two models on the same prompt.

#include <algorithm>
#include <cmath>

#include "llm/convert.h"
#include "llm/engine.h"

namespace sov::llm {
namespace {

constexpr std::string_view kText =
    "def add(a, b):\n    return a + b\n\nHello, world! It costs 12.50 €, naïve?";

/// Texts that take the paths of a tokenizer apart: cases, digits, spaces, scripts, special pieces.
constexpr std::string_view kProbes[] = {
    kText,
    "",
    " ",
    "  two  spaces\n\n\n\ttabs",
    "I'll we've DON'T 1234567890 3.14159e-10",
    "日本語 Ελληνικά עברית العربية 한국어 🙂👩‍👩‍👧",
    "e\u0301 \u00e9 \u1e69\u0323",
    "<s>[INST] <|im_start|>user\n<|endoftext|></s>",
};

struct Pair {
  std::shared_ptr<const Model> left, right;
};

/// Null when there is nothing to compare with: the left model has no tokenizer that works.
Result<Json> tokenizers_equal(const Pair& models) {
  const text::Tokenizer *left = models.left->tokenizer(), *right = models.right->tokenizer();
  if (!left) return Json();
  if (!right) return Json(false);
  for (std::string_view probe : kProbes) {
    for (bool special : {false, true}) {
      const text::EncodeOptions options{.add_special = special, .parse_special = special};
      const std::vector<TokenId> ids = left->encode(probe, options);
      if (ids != right->encode(probe, options) || left->decode(ids) != right->decode(ids)) return Json(false);
    }
  }
  return Json(true);
}

std::vector<TokenId> prompt_ids(const Model& model, const std::string& prompt) {
  std::vector<TokenId> ids;
  if (model.tokenizer()) {
    ids = model.tokenizer()->encode(prompt.empty() ? kText : std::string_view(prompt));
  }
  const int64_t vocab = model.config().vocab;
  if (ids.empty()) {
    for (int64_t i = 1; i <= 12; i++) ids.push_back(static_cast<TokenId>(i * 7919 % vocab));
  }
  return ids;
}

TokenId best(std::span<const float> logits) {
  return static_cast<TokenId>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

/// What `right` says along `left`'s greedy path.
struct Walk {
  std::vector<TokenId> left, right;
  std::optional<int64_t> first_difference;
  double max_abs = 0, largest = 0;
};

void look(std::span<const float> left, std::span<const float> right, double tolerance, Walk& walk) {
  double largest = 0;
  for (size_t i = 0; i < left.size(); i++) {
    const auto a = static_cast<double>(left[i]), b = static_cast<double>(right[i]);
    largest = std::max({largest, std::abs(a), std::abs(b)});
    walk.max_abs = std::max(walk.max_abs, std::isnan(a - b) ? INFINITY : std::abs(a - b));
  }
  walk.largest = std::max(walk.largest, largest);
  const TokenId chosen = best(left), other = best(right);
  const auto gap = static_cast<double>(right[static_cast<size_t>(other)]) -
                   static_cast<double>(right[static_cast<size_t>(chosen)]);
  const bool same = chosen == other || gap <= tolerance * largest;
  walk.left.push_back(chosen);
  walk.right.push_back(same ? chosen : other);
  if (!same && !walk.first_difference) walk.first_difference = static_cast<int64_t>(walk.left.size()) - 1;
}

Result<Walk> walk_along(const Pair& models, std::span<const TokenId> ids, compute::Device& device,
                        const CompareOptions& options) {
  const auto prompt = static_cast<int64_t>(ids.size());
  const int64_t context = std::min(models.left->config().context, models.right->config().context);
  if (prompt > context)
    return fail(Code::exhausted, "the prompt has {} tokens, the context {}", prompt, context);
  const int64_t length = std::min(context, prompt + options.max_tokens);
  TRY(Session left, Session::create(models.left, device, {.context = length}));
  TRY(Session right, Session::create(models.right, device, {.context = length}));
  Walk walk;
  TRY(auto a, left.prefill(ids));
  TRY(auto b, right.prefill(ids));
  for (int64_t at = prompt; static_cast<int64_t>(walk.left.size()) < options.max_tokens; at++) {
    look(a, b, options.tolerance, walk);
    if (at >= length) break;
    TRY(a, left.decode(walk.left.back()));
    TRY(b, right.decode(walk.left.back()));
  }
  return walk;
}

Json ids_json(std::span<const TokenId> ids) {
  Json out = Json::array();
  for (TokenId id : ids) out.push(int64_t{id});
  return out;
}

Json text_of(const Model& model, std::span<const TokenId> ids) {
  return model.tokenizer() ? Json(model.tokenizer()->decode(ids)) : Json();
}

}  // namespace

Result<Json> compare_inference(const std::filesystem::path& left, const std::filesystem::path& right,
                               compute::Device& device, const CompareOptions& options) {
  Pair models;
  TRY(models.left, Model::load(left));
  TRY(models.right, Model::load(right));
  if (models.left->config().vocab != models.right->config().vocab) {
    return fail(Code::validation, "vocabularies of {} and {} tokens cannot be compared",
                models.left->config().vocab, models.right->config().vocab);
  }
  const std::vector<TokenId> ids = prompt_ids(*models.left, options.prompt);
  TRY(const Walk walk, walk_along(models, ids, device, options));
  TRY(Json tokenizers, tokenizers_equal(models));
  uint64_t equal = 0;
  for (size_t i = 0; i < walk.left.size(); i++) equal += walk.left[i] == walk.right[i];
  Json out = Json::object().set("prompt_ids", ids_json(ids));
  out.set("ids_left", ids_json(walk.left)).set("ids_right", ids_json(walk.right));
  out.set("text_left", text_of(*models.left, walk.left))
      .set("text_right", text_of(*models.right, walk.right));
  out.set("tokens_compared", uint64_t{walk.left.size()}).set("tokens_equal", equal);
  out.set("greedy_equal", !walk.first_difference.has_value());
  out.set("first_difference", walk.first_difference ? Json(*walk.first_difference) : Json());
  out.set("max_abs_logit", walk.max_abs);
  out.set("relative_logit", walk.largest > 0 ? walk.max_abs / walk.largest : 0.0);
  return out.set("tokenizer_equal", std::move(tokenizers));
}

}  // namespace sov::llm
