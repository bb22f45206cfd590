#include "llm/generate.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

#include "llm/stop_text.h"

namespace sov::llm {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

bool cancelled(const GenerateOptions& options) {
  return options.cancel && options.cancel->load(std::memory_order_relaxed);
}

bool contains(std::span<const TokenId> ids, TokenId id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// One generation under way.
class Run {
 public:
  Run(Session& session, std::span<const TokenId> prompt, const GenerateOptions& options, Sampler sampler)
      : session_(session),
        options_(options),
        sampler_(std::move(sampler)),
        stop_(options.stop),
        history_(prompt.begin(), prompt.end()) {
    if (const text::Tokenizer* tokenizer = session.model().tokenizer()) {
      decoder_.emplace(*tokenizer, options.show_special ? text::SkipSpecial::no : text::SkipSpecial::yes);
    }
    out_.prompt_tokens = static_cast<int64_t>(prompt.size());
  }

  Result<Generation> run() {
    TRY(const bool ready, prefill());
    if (!ready) {
      out_.finish = Finish::cancelled;
      return std::move(out_);
    }
    const Clock::time_point start = Clock::now();
    TRY(out_.finish, decode());
    if (out_.finish != Finish::stop || !stop_.matched()) emit_rest();
    out_.timings.decode_seconds = seconds_since(start);
    return std::move(out_);
  }

 private:
  /// False when cancelled.
  Result<bool> prefill() {
    const Clock::time_point start = Clock::now();
    out_.timings.reused_tokens = session_.rewind_to_prefix(history_);
    const auto rest = std::span(history_).subspan(static_cast<size_t>(out_.timings.reused_tokens));
    Result<std::span<const float>> logits = session_.prefill(rest, options_.cancel);
    if (!logits && logits.error().code() == Code::cancelled) return false;
    if (!logits) return fail(logits.error());
    logits_ = *logits;
    out_.timings.prefill_tokens = static_cast<int64_t>(rest.size());
    out_.timings.prefill_seconds = seconds_since(start);
    return true;
  }

  Result<Finish> decode() {
    for (;;) {
      if (cancelled(options_)) return Finish::cancelled;
      if (options_.max_tokens >= 0 && count() >= options_.max_tokens) return Finish::length;
      TRY(const TokenId id, sampler_.next(logits_, history_));
      if (!options_.ignore_eos && contains(session_.model().eos_ids(), id)) return Finish::eos;
      if (contains(options_.stop_ids, id)) return Finish::stop;
      if (!accept(id)) return Finish::stop;
      if (options_.max_tokens >= 0 && count() >= options_.max_tokens) return Finish::length;
      if (session_.position() >= session_.context()) return Finish::context;
      TRY(logits_, session_.decode(id));
      out_.timings.decode_tokens++;
    }
  }

  int64_t count() const { return static_cast<int64_t>(out_.ids.size()); }

  /// Takes the id in; false when its text completes a stop string.
  bool accept(TokenId id) {
    out_.ids.push_back(id);
    history_.push_back(id);
    const std::string ready = stop_.push(decoder_ ? decoder_->push(id) : std::string());
    emit(ready);
    if (!stop_.matched()) return true;
    out_.stop_string = *stop_.matched();
    return false;
  }

  void emit(const std::string& text) {
    out_.text += text;
    if (options_.on_step) options_.on_step({out_.ids.back(), text, count() - 1});
  }

  /// What was held back, once nothing more can come.
  void emit_rest() {
    std::string rest = stop_.push(decoder_ ? decoder_->finish() : std::string());
    rest += stop_.finish();
    if (stop_.matched()) {
      out_.stop_string = *stop_.matched();
      out_.finish = Finish::stop;
    }
    if (rest.empty()) return;
    out_.text += rest;
    if (options_.on_step)
      options_.on_step({out_.ids.empty() ? TokenId{-1} : out_.ids.back(), rest, count() - 1});
  }

  Session& session_;
  const GenerateOptions& options_;
  Sampler sampler_;
  StopText stop_;
  std::vector<TokenId> history_;
  std::optional<text::StreamDecoder> decoder_;
  std::span<const float> logits_;
  Generation out_;
};

Result<> validate(Session& session, std::span<const TokenId> prompt, const GenerateOptions& options) {
  if (prompt.empty()) return fail(Code::usage, "the prompt holds no tokens");
  if (options.max_tokens < -1)
    return fail(Code::usage, "max_tokens wants a number >= -1, got {}", options.max_tokens);
  for (const std::string& stop : options.stop) {
    if (stop.empty()) return fail(Code::usage, "a stop string is empty");
  }
  if (!options.stop.empty()) TRY(session.model().need_tokenizer());
  const auto length = static_cast<int64_t>(prompt.size());
  if (length >= session.context()) {
    return fail(Code::exhausted, "the prompt's {} tokens leave no room in a context of {}", length,
                session.context());
  }
  return {};
}

double rate(int64_t tokens, double seconds) {
  return seconds > 0 ? static_cast<double>(tokens) / seconds : 0;
}

}  // namespace

std::string_view finish_name(Finish finish) {
  switch (finish) {
    case Finish::eos:
      return "eos";
    case Finish::stop:
      return "stop";
    case Finish::length:
      return "length";
    case Finish::context:
      return "context";
    case Finish::cancelled:
      return "cancelled";
  }
  return "?";
}

double Timings::prefill_tokens_per_second() const { return rate(prefill_tokens, prefill_seconds); }
double Timings::decode_tokens_per_second() const { return rate(decode_tokens, decode_seconds); }

Result<Generation> generate(Session& session, std::span<const TokenId> prompt,
                            const GenerateOptions& options) {
  TRY(validate(session, prompt, options));
  TRY(Sampler sampler, Sampler::create(options.sampling));
  return Run(session, prompt, options, std::move(sampler)).run();
}

double log_probability(std::span<const float> logits, TokenId id) {
  const double largest = *std::max_element(logits.begin(), logits.end());
  double sum = 0;
  for (float logit : logits) sum += std::exp(logit - largest);
  return logits[static_cast<size_t>(id)] - largest - std::log(sum);
}

double Score::perplexity() const { return std::exp(-total / static_cast<double>(log_probabilities.size())); }

Result<Score> score(Session& session, std::span<const TokenId> ids) {
  if (ids.size() < 2) return fail(Code::usage, "scoring wants at least two tokens, got {}", ids.size());
  session.truncate(0);
  Score out;
  size_t next = 1;
  TRY(session.prefill_all(ids, [&](compute::ConstRows logits) {
    for (int64_t row = 0; row < logits.count && next < ids.size(); row++, next++) {
      out.log_probabilities.push_back(log_probability(logits.row(row), ids[next]));
      out.total += out.log_probabilities.back();
    }
  }));
  return out;
}

}  // namespace sov::llm
