#include "apps/depyler/session.h"

#include <chrono>

#include "apps/depyler/process.h"
#include "apps/depyler/translation.h"
#include "core/fs.h"

namespace sov::depyler {
namespace {

/// An expression alone prints its value, as Python's own prompt does; print(...) already prints.
Result<std::string> with_print(const std::string& entry) {
  TRY(const transpiler::Tree tree, transpiler::parse_python("<entry>", entry));
  if (tree.module->body.size() != 1) return entry;
  auto* expression = transpiler::try_as<transpiler::ast::Expr>(tree.module->body[0]);
  if (expression == nullptr) return entry;
  auto* call = transpiler::try_as<transpiler::ast::Call>(expression->value);
  auto* name = call == nullptr ? nullptr : transpiler::try_as<transpiler::ast::Name>(call->func);
  if (name != nullptr && name->id == "print") return entry;
  std::string text = entry;
  while (text.ends_with('\n') || text.ends_with(' ')) text.pop_back();
  return strf("print(repr({}))\n", text);
}

std::string last_line(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  return std::string(text.substr(text.rfind('\n') + 1));
}

}  // namespace

bool Session::complete(const std::string& text) {
  const size_t first_end = std::min(text.find('\n'), text.size());
  std::string_view first = std::string_view(text).substr(0, first_end);
  while (first.ends_with(' ')) first.remove_suffix(1);
  const bool block = first.ends_with(':') || first.starts_with('@');
  if (block && !text.ends_with("\n\n")) return false;  // an empty line ends a block
  const Result<transpiler::Tree> tree = transpiler::parse_python("<entry>", text);
  if (tree) return true;
  const std::string& message = tree.error().message();
  const bool open = message.find("was never closed") != std::string::npos ||
                    message.find("unterminated triple-quoted") != std::string::npos;
  return !open;
}

Result<Session::Answer> Session::run(const std::string& entry) {
  const auto start = std::chrono::steady_clock::now();
  TRY(const std::string shown, with_print(entry));
  const std::string next = program_ + shown + (shown.ends_with('\n') ? "" : "\n");
  TRY(transpiler::Tree tree, transpiler::parse_python("<session>", next));
  TRY(const transpiler::Translation translation, transpile(tree, {.script = "session.py"}));
  if (!translation.refusals.empty()) return fail(refusal_error(translation.refusals));
  TRY(const Scratch scratch, Scratch::make());
  const std::string rust = scratch.file("session.rs"), program = scratch.file("session");
  TRY(write_file(rust, translation.rust, Overwrite::yes));
  TRY(const Compilation done, run_rustc(rust, program, {}));
  if (!done.accepted) return fail(Code::validation, "rustc rejects the translation:\n{}", done.diagnostics);
  TRY(const ProcessOutput ran, run_process({.words = {program}, .seconds = 60}));
  if (ran.timed_out) return fail(Code::exhausted, "no end after 60 s");
  if (ran.status != 0) {
    const std::string partial = ran.out.size() > shown_ ? ran.out.substr(shown_) : "";
    return fail(Code::validation, "{}{}", partial, last_line(ran.err));
  }
  Answer answer{.output = ran.out.size() > shown_ ? ran.out.substr(shown_) : ""};
  program_ = next;
  shown_ = ran.out.size();
  answer.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return answer;
}

}  // namespace sov::depyler
