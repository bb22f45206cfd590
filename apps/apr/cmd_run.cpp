#include <unistd.h>

#include "apps/apr/app.h"
#include "apps/apr/generation.h"
#include "apps/apr/text_source.h"

namespace sov::apr {
namespace {

using llm::Generation;

/// On a terminal without what could drive it; elsewhere as it is.
std::string shown_text(std::string_view text) {
  return is_terminal(STDOUT_FILENO) ? printable(text) : std::string(text);
}

Result<std::string> read_prompt(const ParsedArgs& args) {
  if (args.given("prompt") && args.given("PROMPT"))
    return fail(Code::usage, "give PROMPT or --prompt, not both");
  if (args.given("prompt")) return args.text("prompt");
  if (args.given("PROMPT")) return args.text("PROMPT");
  if (is_terminal(STDIN_FILENO)) {
    return fail(Code::usage,
                "a prompt is needed: as an argument, with --prompt, or on stdin ('apr chat' talks)");
  }
  TRY(std::string text, read_stdin());
  if (text.ends_with('\n')) text.pop_back();  // the shell's, not the user's
  return text;
}

std::string benchmark_text(const Generation& generation, double load_seconds) {
  const llm::Timings& t = generation.timings;
  return strf(
      "load     {:>9.1f} ms\n"
      "prefill  {:>9.1f} ms  {:>5} tokens  {:>9.1f} tokens/s\n"
      "decode   {:>9.1f} ms  {:>5} tokens  {:>9.1f} tokens/s",
      load_seconds * 1e3, t.prefill_seconds * 1e3, t.prefill_tokens, t.prefill_tokens_per_second(),
      t.decode_seconds * 1e3, t.decode_tokens, t.decode_tokens_per_second());
}

Result<RunSettings> read_settings(const ParsedArgs& args, const Inference& inference) {
  RunSettings settings;
  settings.generate.max_tokens = args.integer("max-tokens");
  settings.generate.stop = args.texts("stop");
  settings.generate.ignore_eos = args.flag("ignore-eos");
  settings.generate.show_special = args.flag("special");
  TRY(settings.generate.sampling, read_sampling(args));
  TRY(settings.session, read_session(args));
  settings.system = args.text("system");
  if (args.flag("chat")) {
    TRY(settings.chat, ChatPrompt::create(inference));
  } else if (args.given("system")) {
    return fail(Code::usage, "--system needs --chat: a plain continuation has no roles");
  }
  return settings;
}

Result<> print_result(App& app, const ParsedArgs& args, const Inference& inference,
                      const RunSettings& settings, const Generation& generation) {
  if (app.json) {
    Json out = generation_json(inference, settings, generation);
    TRY(const Json origin, run_provenance(app, inference, settings.generate.sampling.seed));
    return app.print_json(out.set("provenance", origin));
  }
  if (args.flag("no-stream")) TRY(app.print(shown_text(generation.text)));
  if (!generation.text.ends_with('\n')) TRY(app.print("\n"));
  TRY(app.out.flush());
  // Asked for by name, so --quiet does not hide it; on stderr, so that stdout stays the text alone.
  if (args.flag("benchmark")) {
    TRY(Output(STDERR_FILENO).write_now(benchmark_text(generation, inference.model->load_seconds()) + "\n"));
  }
  return {};
}

/// Options that say different things, and those that a kind of output has no place for.
Result<> check_output_options(const App& app, const ParsedArgs& args) {
  if (args.given("format") && args.text("format") == "text" && app.json)
    return fail(Code::usage, "give --json or --format text, not both");
  if (args.flag("stream") && args.flag("no-stream"))
    return fail(Code::usage, "give --stream or --no-stream, not both");
  const bool batch = args.given("batch-jsonl");
  if (batch && (args.given("prompt") || args.given("PROMPT")))
    return fail(Code::usage, "--batch-jsonl brings its own prompts");
  for (const std::string_view flag : {"stream", "echo", "no-stream", "benchmark"}) {
    const bool with_json = flag == "stream" || flag == "echo";  // the others hold for it anyway
    if (!args.flag(flag)) continue;
    if (batch) return fail(Code::usage, "--{} is for a single prompt, not for --batch-jsonl", flag);
    if (app.json && with_json)
      return fail(Code::usage, "--{} is for text, not for --json, which prints one document", flag);
  }
  return {};
}

Result<> run(App& app, const ParsedArgs& args) {
  if (args.text("format") == "json") app.json = true;
  TRY(check_output_options(app, args));
  const bool batch = args.given("batch-jsonl");
  std::string prompt;
  if (!batch) {
    TRY(prompt, read_prompt(args));
  }
  TRY(const Inference inference, load_inference(app, args.text("SOURCE"), args));
  TRY(const RunSettings settings, read_settings(args, inference));
  if (batch) return run_batch(app, inference, settings, args.text("batch-jsonl"));
  TRY(const std::vector<text::TokenId> ids, prompt_ids(inference, settings, prompt));
  TRY(llm::Session session, llm::Session::create(inference.model, *inference.device, settings.session));
  const Watch watch = app.json || args.flag("no-stream") ? Watch::bar : Watch::text;
  if (args.flag("echo")) TRY(app.out.write_now(app.style.bold(shown_text(prompt))));
  TRY(const Generation generation, watch_generation(app, session, ids, settings.generate, watch));
  TRY(print_result(app, args, inference, settings, generation));
  if (generation.finish == llm::Finish::cancelled) {
    return fail(Code::cancelled, "stopped after {} tokens", generation.ids.size());
  }
  return {};
}

std::vector<OptionSpec> own_options() {
  return {
      {.name = "prompt", .letter = 'p', .kind = ArgKind::text, .value = "TEXT", .help = "the prompt"},
      {.name = "max-tokens",
       .letter = 'n',
       .kind = ArgKind::integer,
       .value = "N",
       .fallback = "128",
       .help = "at most N new tokens; -1: until the context is full",
       .min = -1},
      {.name = "chat", .help = "treat the prompt as a user's message (the model's chat template)"},
      {.name = "system", .kind = ArgKind::text, .value = "TEXT", .help = "with --chat: the system message"},
      {.name = "echo", .help = "print the prompt before its continuation"},
      {.name = "stream", .help = "print text as it is generated; so it is by default"},
      {.name = "no-stream", .help = "print the text when it is complete"},
      {.name = "format",
       .letter = 'f',
       .kind = ArgKind::text,
       .value = "FORMAT",
       .fallback = "text",
       .help = "json is the same as --json",
       .choices = {"text", "json"}},
      {.name = "benchmark", .help = "load, prefill and decode times on stderr (--json always has them)"},
      {.name = "batch-jsonl",
       .kind = ArgKind::text,
       .value = "FILE",
       .help =
           "a prompt per line, {\"prompt\": ...}, also id, max_tokens, temperature, seed, stop; '-': stdin"},
      {.name = "ignore-eos", .help = "do not stop at the model's end token"},
      {.name = "special", .help = "show special tokens in the text"},
      {.name = "trace", .built = false},
      {.name = "trace-level", .kind = ArgKind::text, .value = "LEVEL", .built = false},
      {.name = "trace-steps", .kind = ArgKind::text, .value = "STEPS", .built = false},
      {.name = "trace-output", .kind = ArgKind::text, .value = "FILE", .built = false},
      {.name = "profile", .built = false},
      {.name = "input", .letter = 'i', .kind = ArgKind::text, .value = "FILE", .built = false},
      {.name = "language", .letter = 'l', .kind = ArgKind::text, .value = "LANG", .built = false},
  };
}

}  // namespace

Command run_command() {
  return {
      .spec =
          {.name = "run",
           .summary = "continue a prompt, printing text as it is generated",
           .positionals = {{.name = "SOURCE", .help = "model file, folder or built-in name"},
                           {.name = "PROMPT",
                            .help = "the prompt; stdin when neither this nor --prompt is given",
                            .required = false,
                            .path = false}},
           .options = joined(joined(joined(own_options(), session_options()), sampling_options("0", "1")),
                             device_options()),
           .examples = {{"apr run micro \"def fibonacci(n):\"", "let the built-in model finish a function"},
                        {"apr run model.gguf --chat \"What is 2 + 2?\" --system \"Be brief.\"", "ask"},
                        {"git diff | apr run micro --temperature 0.8 --seed 7 -n 64", "prompt from a pipe"},
                        {"apr run micro --batch-jsonl prompts.jsonl >answers.jsonl", "many prompts"}},
           .notes =
               "Without --chat the prompt is continued as plain text, also by models that have a chat "
               "template. "
               "Only the continuation is printed. Ctrl-C stops, keeps what was printed and exits with 130. "
               "Sampling, batches and the JSON are described in docs/run.md."},
      .run = run};
}

}  // namespace sov::apr
