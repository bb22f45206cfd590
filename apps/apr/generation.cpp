#include "apps/apr/generation.h"

#include <algorithm>
#include <array>

#include "apps/apr/text_source.h"

namespace sov::apr {

using llm::Generation;
using text::TokenId;

Result<std::vector<TokenId>> prompt_ids(const Inference& inference, const RunSettings& settings,
                                        const std::string& prompt) {
  TRY(const text::Tokenizer* tokenizer, inference.tokenizer());
  if (!settings.chat) {
    std::vector<TokenId> ids = tokenizer->encode(prompt);
    if (ids.empty()) return fail(Code::usage, "the prompt is empty");
    return ids;
  }
  Json messages = Json::array();
  if (!settings.system.empty()) messages.push(message("system", settings.system));
  messages.push(message("user", prompt));
  return settings.chat->ids(messages);
}

Result<Generation> watch_generation(App& app, llm::Session& session, const std::vector<TokenId>& prompt,
                                    llm::GenerateOptions options, Watch watch) {
  Result<> written;
  std::optional<Progress> progress;  // with text it stands until the first token only
  if (watch == Watch::text) progress.emplace(strf("reading {} tokens", prompt.size()), 0, app.progress());
  const auto most = static_cast<uint64_t>(std::max<int64_t>(0, options.max_tokens));
  if (watch == Watch::bar) progress.emplace("generating", most, app.progress());
  options.cancel = &app.interrupts.flag();
  options.on_step = [&](const llm::Step& step) {
    if (watch == Watch::bar) progress->update(static_cast<uint64_t>(step.index) + 1);
    if (watch != Watch::text) return;
    progress.reset();
    if (step.text.empty() || !written) return;
    const bool terminal = is_terminal(STDOUT_FILENO);
    written = app.out.write_now(terminal ? printable(step.text) : std::string(step.text));
    if (!written) app.interrupts.request();  // nobody listens: stop computing
  };
  Result<Generation> done = llm::generate(session, prompt, options);
  if (!written) return fail(written.error());
  return done;
}

Json generation_json(const Inference& inference, const RunSettings& settings, const Generation& generation) {
  Json tokens = Json::array();
  for (TokenId id : generation.ids) tokens.push(int64_t{id});
  const llm::Timings& t = generation.timings;
  Json out = Json::object();
  out.set("model", inference.model->file().path.string()).set("text", generation.text).set("tokens", tokens);
  out.set("tokens_generated", uint64_t{generation.ids.size()}).set("prompt_tokens", generation.prompt_tokens);
  out.set("max_tokens", settings.generate.max_tokens).set("finish", llm::finish_name(generation.finish));
  out.set("tok_per_sec", t.decode_tokens_per_second());
  out.set("inference_time_ms", (t.prefill_seconds + t.decode_seconds) * 1e3);
  out.set("used_gpu", false).set("cached", t.reused_tokens > 0);
  out.set("cache_type", name(settings.session.cache_type));
  out.set("timings", timings_json(t, inference.model->load_seconds()));
  return out.set("sampling", sampling_json(settings.generate.sampling));
}

namespace {

/// A line's prompt and what it overrides.
struct BatchItem {
  Json id;
  std::string prompt;
  RunSettings* settings = nullptr;
};

Result<std::string> read_item(const Json& line, llm::GenerateOptions& generate) {
  constexpr std::array<std::string_view, 6> kKeys = {"id",          "prompt", "max_tokens",
                                                     "temperature", "seed",   "stop"};
  if (!line.is_object()) return fail(Code::validation, "wanted an object, got {}", line.kind_name());
  for (const auto& [key, value] : line.members()) {
    if (std::ranges::find(kKeys, key) != kKeys.end()) continue;
    const std::string_view near = nearest_word(key, kKeys);
    return fail(Code::validation, "unknown key '{}'{}", key,
                near.empty() ? "" : strf("; did you mean '{}'?", near));
  }
  TRY(generate.max_tokens, line.int_or("max_tokens", generate.max_tokens));
  TRY(generate.sampling.temperature, line.number_or("temperature", generate.sampling.temperature));
  TRY(const int64_t seed, line.int_or("seed", static_cast<int64_t>(generate.sampling.seed)));
  generate.sampling.seed = static_cast<uint64_t>(seed);
  if (generate.max_tokens < -1)
    return fail(Code::validation, "max_tokens: wanted at least -1, got {}", generate.max_tokens);
  if (seed < 0) return fail(Code::validation, "seed: wanted at least 0, got {}", seed);
  if (const Json* stop = line.find("stop")) {
    generate.stop.clear();
    const Json list = stop->is_array() ? *stop : Json::array().push(*stop);
    for (const Json& text : list.items()) {
      if (!text.is_string()) return fail(Code::validation, "stop: wanted strings, got {}", text.kind_name());
      generate.stop.push_back(text.string());
    }
  }
  return line.get_string("prompt");
}

Result<Json> run_item(App& app, const Inference& inference, const RunSettings& settings,
                      llm::Session& session, const Json& line) {
  llm::GenerateOptions generate = settings.generate;
  TRY(const std::string prompt, read_item(line, generate));
  TRY(const std::vector<TokenId> ids, prompt_ids(inference, settings, prompt));
  TRY(const Generation generation, watch_generation(app, session, ids, generate, Watch::nothing));
  if (generation.finish == llm::Finish::cancelled) return fail(Code::cancelled, "stopped");
  Json tokens = Json::array();
  for (TokenId id : generation.ids) tokens.push(int64_t{id});
  Json out = Json::object();
  out.set("prompt", prompt).set("text", generation.text).set("tokens", tokens);
  out.set("tokens_generated", uint64_t{generation.ids.size()}).set("prompt_tokens", generation.prompt_tokens);
  out.set("finish", llm::finish_name(generation.finish)).set("seed", generate.sampling.seed);
  return out.set("tok_per_sec", generation.timings.decode_tokens_per_second());
}

struct NumberedLine {
  int64_t number = 0;
  std::string_view text;
};

/// Those that are not blank.
std::vector<NumberedLine> lines_of(std::string_view all) {
  std::vector<NumberedLine> lines;
  int64_t number = 0;
  while (!all.empty()) {
    const size_t end = std::min(all.find('\n'), all.size());
    const std::string_view text = all.substr(0, end);
    all.remove_prefix(std::min(end + 1, all.size()));
    number++;
    if (text.find_first_not_of(" \t\r") != std::string_view::npos) lines.push_back({number, text});
  }
  return lines;
}

}  // namespace

Result<> run_batch(App& app, const Inference& inference, const RunSettings& settings,
                   const std::string& path) {
  TRY(const std::string all, path == "-" ? read_stdin() : read_text(path));
  TRY(llm::Session session, llm::Session::create(inference.model, *inference.device, settings.session));
  const std::vector<NumberedLine> lines = lines_of(all);
  // Beside answers on the same terminal a bar would be in the way.
  Progress progress("prompts", lines.size(),
                    is_terminal(STDOUT_FILENO) ? Progress::Show::no : app.progress());
  std::optional<Error> first_error;
  uint64_t seen = 0, done = 0;
  for (const auto& [number, text] : lines) {
    const Result<Json> line = parse_json(text);
    Result<Json> row = line ? run_item(app, inference, settings, session, *line) : line;
    Json out = Json::object().set("line", number);
    if (line && line->find("id") != nullptr) out.set("id", *line->find("id"));
    if (row) {
      for (auto& [key, value] : row->members()) out.set(key, std::move(value));
      done++;
    } else {
      const Error error = row.error().with(strf("{}:{}", path, number));
      if (error.code() == Code::cancelled) return fail(error);
      out.set("error", Json::object().set("code", code_id(error.code())).set("message", error.message()));
      if (!first_error) first_error = error;
    }
    TRY(app.out.write_now(out.dump() + "\n"));
    progress.update(++seen);
  }
  app.note(strf("{} prompts, {} done", lines.size(), done));
  app.json_printed = true;  // every line said how it went
  if (first_error) return fail(*first_error);
  return {};
}

}  // namespace sov::apr
