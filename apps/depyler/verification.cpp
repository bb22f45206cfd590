#include "apps/depyler/verification.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "apps/depyler/guessed_inputs.h"
#include "apps/depyler/process.h"
#include "apps/depyler/translation.h"
#include "core/fs.h"

namespace sov::depyler {
namespace {

constexpr size_t kShownBytes = 400;

/// python3's version. Errors: unsupported when there is none.
Result<std::string> python_version() {
  Result<ProcessOutput> ran = run_process({.words = {"python3", "--version"}});
  if (!ran || ran->status != 0)
    return fail(Code::unsupported, "verify compares with CPython: python3 not found");
  const std::string text = ran->out.substr(0, ran->out.find('\n'));
  return text.starts_with("Python ") ? text.substr(7) : text;
}

/// Translates a file of the scratch folder and compiles it; the executable's path.
Result<std::string> build(const std::string& file, const Scratch& scratch, const std::string& name,
                          bool optimize) {
  TRY(const transpiler::Translation translation, translate(file));
  const std::string rust = scratch.file(name + ".rs"), program = scratch.file(name);
  TRY(write_file(rust, translation.rust, Overwrite::yes));
  Result<Compilation> done = run_rustc(rust, program, {.optimize = optimize});
  if (!done && done.error().code() == Code::not_found)
    return fail(Code::unsupported, "verify runs the translation: {}", done.error().message());
  if (!done) return fail(done.error());
  if (!done->accepted) return fail(Code::validation, "rustc rejects the translation:\n{}", done->diagnostics);
  return program;
}

struct Pair {
  ProcessOutput python, rust;
};

/// Both in empty folders, with the clock of here and hashes of strings that do not vary.
Result<Pair> run_both(const std::string& script, const std::string& program,
                      const std::vector<std::string>& arguments, const std::string& stdin_text,
                      const Scratch& scratch) {
  Pair pair;
  for (const bool python : {true, false}) {
    const std::string folder = scratch.file("run");
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    std::filesystem::create_directory(folder, ignored);
    ProcessInput input{
        .words = python ? std::vector<std::string>{"python3", script} : std::vector<std::string>{program},
        .stdin_text = stdin_text,
        .folder = folder,
        .environment = {"PYTHONHASHSEED=0", "PYTHONDONTWRITEBYTECODE=1", "COLUMNS=80"},
        .seconds = 10};
    input.words.insert(input.words.end(), arguments.begin(), arguments.end());
    TRY((python ? pair.python : pair.rust), run_process(input));
  }
  return pair;
}

std::string shown(const ProcessOutput& output) {
  if (output.timed_out) return "no end";
  std::string text = strf("exit {}: {}", output.status, output.out.substr(0, kShownBytes));
  if (output.status != 0) {
    std::string_view last = output.err;
    while (last.ends_with('\n')) last.remove_suffix(1);
    text += strf(" [{}]", last.substr(last.rfind('\n') + 1));
  }
  return text;
}

bool equal(const ProcessOutput& a, const ProcessOutput& b) {
  return a.timed_out == b.timed_out && a.status == b.status && a.out == b.out;
}

Result<> compare_runs(transpiler::Tree& tree, const std::string& script, const std::string& program,
                      const VerifyOptions& options, const Scratch& scratch, Verification& result) {
  Rng rng(options.seed);
  std::vector<std::vector<std::string>> lines = guessed_arguments(tree, options.cases, rng);
  lines.insert(lines.begin(), options.arguments.begin(), options.arguments.end());
  for (const std::vector<std::string>& arguments : lines) {
    TRY(const Pair first, run_both(script, program, arguments, options.stdin_text, scratch));
    std::string words;
    for (const std::string& word : arguments) words += strf(" {}", word);
    if (first.python.timed_out) {
      result.notes.push_back(strf("arguments{}: CPython does not end within 10 s; not compared", words));
      continue;
    }
    ++result.runs;
    if (equal(first.python, first.rust)) continue;
    TRY(const Pair again, run_both(script, program, arguments, options.stdin_text, scratch));
    if (!equal(first.python, again.python)) {
      result.notes.push_back(strf("arguments{}: CPython's own output varies; not compared", words));
      --result.runs;
      continue;
    }
    result.differences.push_back({strf("arguments{}", words), shown(first.python), shown(first.rust)});
  }
  return {};
}

/// {call number: what it printed}
std::map<size_t, std::string> numbered_lines(const std::string& text) {
  std::map<size_t, std::string> out;
  size_t at = 0;
  while (at < text.size()) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    const size_t space = line.find(' ');
    const bool number =
        space != std::string::npos && space > 0 && line.find_first_not_of("0123456789") == space && space < 7;
    if (number) out[std::stoul(line.substr(0, space))] = line.substr(space + 1);
    at = end + 1;
  }
  return out;
}

Result<> compare_calls(transpiler::Tree& tree, const std::string& stem, const VerifyOptions& options,
                       const Scratch& scratch, Verification& result) {
  if (const auto reason = reason_not_to_call(tree)) {
    result.notes.push_back(strf("functions are not called with random arguments: the file uses {}", *reason));
    return {};
  }
  Rng rng(options.seed);
  const std::vector<CalledFunction> functions = guessed_calls(tree, options.calls, rng);
  if (functions.empty()) {
    result.notes.emplace_back("no function whose parameters are all annotated with plain types");
    return {};
  }
  const std::string script = scratch.file(stem + "_calls.py");
  TRY(write_file(script, driver_text(tree, functions), Overwrite::yes));
  Result<std::string> program = build(script, scratch, "calls", options.optimize);
  if (!program) {
    const std::string why = program.error().message();
    result.notes.push_back(strf("calls of functions are not translated: {}", why.substr(0, why.find('\n'))));
    return {};
  }
  TRY(const Pair pair, run_both(script, *program, {}, "", scratch));
  std::vector<std::string> calls;
  for (const CalledFunction& function : functions) {
    result.functions.push_back(function.name);
    calls.insert(calls.end(), function.calls.begin(), function.calls.end());
  }
  const auto wanted = numbered_lines(pair.python.out), got = numbered_lines(pair.rust.out);
  for (size_t i = 0; i < calls.size(); ++i) {
    const auto python = wanted.find(i), rust = got.find(i);
    if (python == wanted.end()) continue;  // CPython ended before
    ++result.calls;
    const std::string rust_text = rust == got.end() ? shown(pair.rust) : rust->second;
    if (rust == got.end() || rust->second != python->second)
      result.differences.push_back({calls[i], python->second, rust_text});
    if (rust == got.end()) break;
  }
  return {};
}

}  // namespace

Result<Verification> verify_file(const std::string& file, const VerifyOptions& options) {
  Verification result;
  TRY(result.python_version, python_version());
  if (!result.python_version.starts_with("3.11"))
    result.notes.push_back(strf("python3 is {}; what is copied is 3.11", result.python_version));
  TRY(transpiler::Tree tree, parse_file(file));
  TRY(const Scratch scratch, Scratch::make());
  const std::string stem = std::filesystem::path(file).stem().string();
  TRY(const std::string program, build(file, scratch, stem, options.optimize));
  const std::string script = std::filesystem::absolute(file).string();
  TRY(compare_runs(tree, script, program, options, scratch, result));
  TRY(compare_calls(tree, stem, options, scratch, result));
  return result;
}

Result<Verification> verify_rust(const std::string& file, const std::string& rust,
                                 const VerifyOptions& options) {
  Verification result;
  TRY(result.python_version, python_version());
  TRY(transpiler::Tree tree, parse_file(file));
  TRY(const Scratch scratch, Scratch::make());
  const std::string stem = std::filesystem::path(file).stem().string();
  const std::string source = scratch.file(stem + ".rs"), program = scratch.file(stem);
  TRY(write_file(source, rust, Overwrite::yes));
  TRY(compile_rust(source, program, options.optimize));
  TRY(compare_runs(tree, std::filesystem::absolute(file).string(), program, options, scratch, result));
  return result;
}

Json as_json(const std::string& file, const Verification& result) {
  Json functions = Json::array(), notes = Json::array(), differences = Json::array();
  for (const std::string& name : result.functions) functions.push(name);
  for (const std::string& note : result.notes) notes.push(note);
  for (const Difference& difference : result.differences)
    differences.push(Json::object()
                         .set("input", difference.what)
                         .set("python", difference.python)
                         .set("rust", difference.rust));
  return Json::object()
      .set("file", file)
      .set("equal", result.equal())
      .set("python", result.python_version)
      .set("runs", uint64_t{result.runs})
      .set("calls", uint64_t{result.calls})
      .set("functions", functions)
      .set("differences", differences)
      .set("notes", notes);
}

std::string as_text(const std::string& file, const Verification& result) {
  std::string out;
  for (const Difference& difference : result.differences)
    out += strf("{}\n  python: {}\n  rust:   {}\n", difference.what, difference.python, difference.rust);
  for (const std::string& note : result.notes) out += strf("note: {}\n", note);
  out += strf("{}: {} runs and {} calls of {} functions compared with CPython {}: ", file, result.runs,
              result.calls, result.functions.size(), result.python_version);
  return out + (result.equal() ? "all equal\n" : strf("{} differ\n", result.differences.size()));
}

Result<> verify_translation(App& app, const std::string& file) {
  TRY(const Verification result, verify_file(file, {}));
  if (result.equal()) {
    if (!app.json) app.note(as_text(file, result));
    return {};
  }
  return fail(Code::validation, "{}: differs from CPython:\n{}", file, as_text(file, result));
}

}  // namespace sov::depyler
