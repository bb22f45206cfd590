#include <algorithm>
#include <array>
#include <unistd.h>

#include "apps/apr/app.h"
#include "apps/apr/conversation.h"
#include "apps/apr/model_summary.h"
#include "core/env.h"
#include "core/line_editor.h"

namespace sov::apr {
namespace {

struct SlashCommand {
  std::string_view name;
  std::string_view usage;
  std::string_view meaning;
};

constexpr std::array kSlash{
    SlashCommand{"/help", "/help", "this list"},
    SlashCommand{"/system", "/system [TEXT]", "show or set the system message; '/system -' removes it"},
    SlashCommand{"/clear", "/clear", "forget the conversation, keep the system message"},
    SlashCommand{"/tokens", "/tokens", "how much of the context is used"},
    SlashCommand{"/save", "/save FILE", "write the conversation as JSON; never overwrites"},
    SlashCommand{"/load", "/load FILE", "read one back"},
    SlashCommand{"/quit", "/quit", "leave; so do Ctrl-D and /exit"},
};

std::string slash_help() {
  std::string out;
  for (const SlashCommand& command : kSlash) out += strf("  {:<16} {}\n", command.usage, command.meaning);
  out +=
      "  A line that ends with a backslash goes on in the next one; \"\"\" begins and ends a block of "
      "lines;\n"
      "  pasted lines stay together; Alt-Enter starts a new line. Ctrl-C stops an answer, Ctrl-R searches.\n";
  return out;
}

std::filesystem::path history_path() {
  const std::string home = env("HOME").value_or(".");
  const std::filesystem::path state = env("XDG_STATE_HOME").value_or(home + "/.local/state");
  return state / "sovereign" / "chat_history";
}

std::vector<std::string> complete_slash(std::string_view text) {
  std::vector<std::string> out;
  if (!text.starts_with('/')) return out;
  for (const SlashCommand& command : kSlash) {
    if (command.name.starts_with(text)) out.emplace_back(command.name);
  }
  return out;
}

Result<> known_slash(std::string_view name) {
  std::vector<std::string_view> names = {"/exit"};
  for (const SlashCommand& command : kSlash) names.push_back(command.name);
  if (std::ranges::find(names, name) != names.end()) return {};
  const std::string_view near = nearest_word(name, names);
  return fail(Code::usage, "unknown command '{}'; {}", name,
              near.empty() ? "see /help" : strf("did you mean '{}'?", near));
}

/// The loop: an entry, then a command or an answer.
class Chat {
 public:
  Chat(App& app, Conversation& conversation, llm::GenerateOptions options, History* history)
      : app_(app),
        conversation_(conversation),
        options_(std::move(options)),
        history_(history),
        editor_(history) {
    editor_.set_completer(complete_slash);
  }

  Result<> run();

 private:
  enum class Next { more, quit };
  Result<LineResult> read_entry();
  Result<Next> take(const std::string& entry);
  Result<Next> take_slash(const std::string& entry);
  Result<> show_system(const std::string& argument);
  Result<> answer(const std::string& text);
  Result<> finish_answer(const llm::Generation& generation);
  void report(const Error& error);
  void tell(std::string_view text);

  App& app_;
  Conversation& conversation_;
  llm::GenerateOptions options_;
  History* history_;
  LineEditor editor_;
};

Result<> Chat::run() {
  for (;;) {
    TRY(const LineResult entry, read_entry());
    if (entry.kind == LineResult::Kind::end) return {};
    if (entry.kind == LineResult::Kind::interrupted) {
      // On a terminal Ctrl-C clears the line; on a pipe, or for SIGTERM, it ends the program.
      if (!editor_.interactive() || app_.interrupts.terminate()) return fail(Code::cancelled, "interrupted");
      app_.interrupts.clear();
      continue;
    }
    const Result<Next> next = take(entry.text);
    if (next && *next == Next::quit) return {};
    if (next) continue;
    // A person can try again; a script should stop at what went wrong.
    if (!editor_.interactive() || next.error().code() == Code::io || app_.interrupts.terminate()) {
      return fail(next.error());
    }
    report(next.error());
  }
}

void Chat::report(const Error& error) {
  app_.interrupts.clear();
  const std::string line = strf("{} {}\n", app_.error_style.red("error:"), printable(error.text()));
  static_cast<void>(Output(STDERR_FILENO).write_now(line).has_value());
}

/// What was asked for: --quiet does not hide it.
void Chat::tell(std::string_view text) {
  static_cast<void>(Output(STDERR_FILENO).write_now(strf("{}\n", text)).has_value());
}

/// One line, lines joined by trailing backslashes, or a block between """ marks.
Result<LineResult> Chat::read_entry() {
  constexpr std::string_view kBlock = "\"\"\"";
  std::string entry;
  bool in_block = false, continued = false;
  for (;;) {
    TRY(LineResult line, editor_.read(in_block || continued ? "... " : "> "));
    if (line.kind == LineResult::Kind::interrupted) return line;
    if (line.kind == LineResult::Kind::end) {
      if (!in_block && !continued) return line;
      return LineResult{LineResult::Kind::text, entry};  // the end of the input closes an open entry
    }
    std::string text = std::move(line.text);
    if (!in_block && !continued && text.starts_with(kBlock)) {
      in_block = true;
      text.erase(0, kBlock.size());
      if (text.empty()) continue;
    }
    const bool closes = in_block && text.ends_with(kBlock);
    if (closes) text.resize(text.size() - kBlock.size());
    const bool more = !in_block && text.ends_with('\\');
    if (more) text.pop_back();
    if (!entry.empty() && (continued || !closes || !text.empty())) entry += '\n';
    entry += text;
    continued = more;
    if (in_block ? closes : !more) return LineResult{LineResult::Kind::text, entry};
    if (in_block) continued = false;
  }
}

Result<Chat::Next> Chat::take(const std::string& entry) {
  if (entry.find_first_not_of(" \t\n") == std::string::npos) return Next::more;
  if (editor_.interactive()) {
    const Result<> kept = history_->add(entry);
    if (!kept) app_.note(strf("history not written: {}", kept.error().message()));
  }
  if (entry[0] == '/' && entry.find('\n') == std::string::npos) return take_slash(entry);
  TRY(answer(entry));
  return Next::more;
}

Result<Chat::Next> Chat::take_slash(const std::string& entry) {
  const size_t blank = entry.find(' ');
  const std::string name = entry.substr(0, blank);
  std::string argument = blank == std::string::npos
                             ? ""
                             : entry.substr(entry.find_first_not_of(' ', blank) == std::string::npos
                                                ? entry.size()
                                                : entry.find_first_not_of(' ', blank));
  while (argument.ends_with(' ')) argument.pop_back();
  TRY(known_slash(name));
  const bool needs_file = name == "/save" || name == "/load";
  if (needs_file && argument.empty()) return fail(Code::usage, "{} needs a file name", name);
  if (!needs_file && name != "/system" && !argument.empty())
    return fail(Code::usage, "{} takes no argument, got '{}'", name, argument);
  if (name == "/quit" || name == "/exit") return Next::quit;
  if (name == "/help") {
    tell(slash_help());
  } else if (name == "/clear") {
    conversation_.clear();
    app_.note("cleared");
  } else if (name == "/system") {
    TRY(show_system(argument));
  } else if (name == "/tokens") {
    TRY(const Budget budget, conversation_.budget());
    tell(strf("{} of {} tokens used, {} left", budget.used, budget.context, budget.context - budget.used));
  } else if (name == "/save") {
    TRY(conversation_.save(argument));
    app_.note(strf("saved {} messages to {}", conversation_.messages().items().size(), argument));
  } else if (name == "/load") {
    TRY(conversation_.load(argument));
    app_.note(strf("loaded {} messages from {}", conversation_.messages().items().size(), argument));
  }
  return Next::more;
}

Result<> Chat::show_system(const std::string& argument) {
  if (argument.empty()) {
    const std::string text = conversation_.system();
    tell(text.empty() ? "no system message" : strf("system message: {}", printable(text)));
    return {};
  }
  conversation_.set_system(argument == "-" ? "" : argument);
  app_.note(argument == "-" ? "system message removed" : "system message set");
  return {};
}

Result<> Chat::answer(const std::string& text) {
  TRY(const llm::Generation generation,
      conversation_.ask(app_, text, options_, app_.json ? Watch::bar : Watch::text));
  if (app_.json) {
    Json out = message("assistant", generation.text);
    out.set("tokens_generated", uint64_t{generation.ids.size()})
        .set("prompt_tokens", generation.prompt_tokens);
    out.set("finish", llm::finish_name(generation.finish));
    out.set("timings", timings_json(generation.timings, 0));
    TRY(app_.out.write_now(out.dump() + "\n"));
    app_.json_printed = true;
  } else {
    TRY(app_.out.write_now(generation.text.ends_with('\n') ? "" : "\n"));
  }
  return finish_answer(generation);
}

/// Says how the answer ended where that matters, and what is left of the context.
Result<> Chat::finish_answer(const llm::Generation& generation) {
  if (generation.finish == llm::Finish::cancelled) {
    if (!editor_.interactive() || app_.interrupts.terminate())
      return fail(Code::cancelled, "stopped after {} tokens", generation.ids.size());
    app_.interrupts.clear();
    app_.note(generation.ids.empty()
                  ? "stopped before the first token; your message is taken back"
                  : strf("stopped after {} tokens; the unfinished answer stays in the conversation",
                         generation.ids.size()));
  }
  if (generation.finish == llm::Finish::length)
    app_.note(strf("cut at --max-tokens {}", options_.max_tokens));
  if (generation.finish == llm::Finish::context) app_.note("cut: the context is full; /clear starts over");
  if (!editor_.interactive()) return {};
  TRY(const Budget budget, conversation_.budget());
  app_.note(app_.error_style.dim(strf("[{} of {} tokens, {:.1f} tokens/s]", budget.used, budget.context,
                                      generation.timings.decode_tokens_per_second())));
  return {};
}

Result<> run(App& app, const ParsedArgs& args) {
  TRY(const Inference inference, load_inference(app, args.text("SOURCE"), args));
  TRY(const llm::SessionOptions session, read_session(args));
  TRY(Conversation conversation, Conversation::create(inference, session));
  conversation.set_system(args.text("system"));
  if (args.given("load")) TRY(conversation.load(args.text("load")));
  llm::GenerateOptions options;
  options.max_tokens = args.integer("max-tokens");
  options.stop = args.texts("stop");
  TRY(options.sampling, read_sampling(args));

  History history;
  const bool terminal = is_terminal(STDIN_FILENO) && is_terminal(STDOUT_FILENO);
  if (terminal && !args.flag("no-history")) {
    Result<History> opened = History::open(history_path());
    if (opened)
      history = std::move(*opened);
    else
      app.note(strf("history: {}", opened.error().message()));
  }
  if (terminal) {
    const llm::Model& model = *inference.model;
    app.note(strf("{} ({}, {} parameters, context {}). /help lists commands, Ctrl-D leaves.",
                  model.file().path.filename().string(), model.config().architecture,
                  human_count(model.parameters()), model.config().context));
  }
  return Chat(app, conversation, options, &history).run();
}

std::vector<OptionSpec> own_options() {
  return {
      {.name = "system", .kind = ArgKind::text, .value = "TEXT", .help = "the system message"},
      {.name = "max-tokens",
       .letter = 'n',
       .kind = ArgKind::integer,
       .value = "N",
       .fallback = "512",
       .help = "at most N tokens an answer; -1: until the context is full",
       .min = -1},
      {.name = "load",
       .kind = ArgKind::text,
       .value = "FILE",
       .help = "go on with a conversation that /save wrote"},
      {.name = "no-history", .help = "do not read or write the file of past entries"},
      {.name = "inspect", .built = false},
      {.name = "trace", .built = false},
      {.name = "profile", .built = false},
  };
}

}  // namespace

Command chat_command() {
  return {
      .spec =
          {.name = "chat",
           .summary = "talk with a model",
           .positionals = {{.name = "SOURCE",
                            .help = "model file, folder or built-in name, with a chat template"}},
           .options = joined(joined(joined(own_options(), session_options()), sampling_options("0.7", "0.9")),
                             device_options()),
           .examples = {{"apr chat micro", "talk; /help lists what else can be typed"},
                        {"apr chat micro --system 'You write Python.' --temperature 0",
                         "the likeliest answers"},
                        {"printf 'What is 2 + 2?\\n' | apr chat micro",
                         "a conversation from a pipe, one message a line"}},
           .notes =
               "Entries are kept in $XDG_STATE_HOME/sovereign/chat_history (else under ~/.local/state). "
               "When a conversation fills the context nothing is dropped silently: an answer is cut with a "
               "note, a message that does not fit is refused. With --json every answer is one line of JSON."},
      .run = run};
}

}  // namespace sov::apr
