// A Model Context Protocol server over stdin and stdout: one JSON-RPC 2.0 message a line.
// Source: Model Context Protocol specification, revision 2024-11-05, "Lifecycle", "Tools", "Transports:
// stdio".
#include <array>
#include <iostream>

#include "apps/depyler/app.h"
#include "apps/depyler/process.h"
#include "apps/depyler/translation.h"
#include "apps/depyler/verification.h"
#include "build_info.h"
#include "core/fs.h"
#include "transpiler/lint.h"
#include "transpiler/measure.h"

namespace sov::depyler {
namespace {

constexpr int kParseError = -32700, kInvalidRequest = -32600, kNoMethod = -32601, kInvalidParams = -32602;
constexpr std::array<std::string_view, 4> kRevisions{"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"};

/// A Python text given as `source`, or named by `path`.
Result<std::string> python_of(const Json& arguments) {
  const Json& source = member(arguments, "source");
  const Json& path = member(arguments, "path");
  if (source.is_string()) return source.string();
  if (path.is_string()) return read_text(path.string());
  return fail(Code::usage, "wanted 'source' (Python text) or 'path' (of a file)");
}

Result<Json> transpile_python(const Json& arguments) {
  TRY(const std::string text, python_of(arguments));
  TRY(transpiler::Tree tree, transpiler::parse_python("input.py", text));
  TRY(const transpiler::Translation translation, transpile(tree, {}));
  if (!translation.refusals.empty()) return fail(refusal_error(translation.refusals));
  return Json::object().set("rust", translation.rust).set("passes", uint64_t{translation.passes});
}

Result<Json> analyze(const Json& arguments) {
  TRY(const std::string text, python_of(arguments));
  TRY(transpiler::Tree tree, transpiler::parse_python("input.py", text));
  TRY(const transpiler::Translation translation, transpile(tree, {}));
  const transpiler::Measure measure = transpiler::measure(tree, translation.refusals);
  Json functions = Json::array(), blocking = Json::array();
  for (const transpiler::FunctionMeasure& f : measure.functions)
    functions.push(Json::object()
                       .set("name", f.name)
                       .set("line", uint64_t{f.line})
                       .set("complexity", uint64_t{f.complexity})
                       .set("nesting", uint64_t{f.nesting}));
  for (const transpiler::Refusal& refusal : translation.refusals)
    blocking.push(Json::object().set("line", uint64_t{refusal.line}).set("construct", refusal.construct));
  return Json::object()
      .set("lines", uint64_t{measure.lines})
      .set("functions", functions)
      .set("blocking", blocking)
      .set("lint_findings", uint64_t{lint(tree).size()})
      .set("translatable", translation.refusals.empty());
}

Result<Json> verify(const Json& arguments) {
  TRY(const std::string text, python_of(arguments));
  TRY(const Scratch scratch, Scratch::make());
  const std::string file = scratch.file("input.py");
  TRY(write_file(file, text, Overwrite::yes));
  VerifyOptions options;
  TRY(const int64_t cases, arguments.int_or("cases", 12));
  options.cases = static_cast<size_t>(std::clamp<int64_t>(cases, 1, 1000));
  TRY(const Verification result, verify_file(file, options));
  return as_json("input.py", result);
}

struct Tool {
  std::string_view name, description;
  Result<Json> (*call)(const Json& arguments);
  bool counts;  // takes 'cases'
};
constexpr std::array kTools{
    Tool{"transpile_python",
         "Translate a Python 3.11 program to one Rust file that uses the standard library only. Whole "
         "programs or "
         "an error that lists what is not translated.",
         transpile_python, false},
    Tool{"analyze_migration_complexity",
         "Cyclomatic complexity and nesting of each function, and the constructs that block a translation.",
         analyze, false},
    Tool{"verify_transpilation",
         "Translate, compile and run a program beside CPython on generated inputs, and report differences. "
         "Runs the "
         "program; needs python3 and rustc.",
         verify, true},
};

Json tool_json(const Tool& tool) {
  const auto text = [](const char* what) {
    return Json::object().set("type", "string").set("description", what);
  };
  Json properties = Json::object()
                        .set("source", text("the Python program"))
                        .set("path", text("a Python file, instead of 'source'"));
  if (tool.counts)
    properties.set("cases",
                   Json::object().set("type", "integer").set("description", "command lines to compare"));
  return Json::object()
      .set("name", tool.name)
      .set("description", tool.description)
      .set("inputSchema", Json::object().set("type", "object").set("properties", properties));
}

Json failure(const Json& id, int code, std::string_view message) {
  return Json::object()
      .set("jsonrpc", "2.0")
      .set("id", id)
      .set("error", Json::object().set("code", code).set("message", message));
}

Json success(const Json& id, Json result) {
  return Json::object().set("jsonrpc", "2.0").set("id", id).set("result", std::move(result));
}

Json initialize(const Json& params) {
  const Json& wanted = member(params, "protocolVersion");
  std::string_view revision = kRevisions.back();
  for (const std::string_view known : kRevisions) {
    if (wanted.is_string() && wanted.string() == known) revision = known;
  }
  return Json::object()
      .set("protocolVersion", revision)
      .set("capabilities", Json::object().set("tools", Json::object()))
      .set("serverInfo", Json::object().set("name", "depyler").set("version", SOV_VERSION));
}

/// What a tool cannot do is a result with isError, which the model reads; not an error of the protocol.
Json call_tool(const Json& id, const Json& params) {
  const Json& name = member(params, "name");
  for (const Tool& tool : kTools) {
    if (!name.is_string() || name.string() != tool.name) continue;
    const Result<Json> done = tool.call(member(params, "arguments"));
    const std::string text = done ? done->dump(2) : done.error().message();
    Json result =
        Json::object()
            .set("content", Json::array().push(Json::object().set("type", "text").set("text", text)))
            .set("isError", !done.has_value());
    if (done) result.set("structuredContent", *done);
    return success(id, std::move(result));
  }
  return failure(id, kInvalidParams, strf("no tool '{}'", name.is_string() ? name.string() : ""));
}

/// The answer to one message, or null for a notification.
Json respond(const std::string& line) {
  const Result<Json> message = parse_json(line);
  if (!message) return failure(nullptr, kParseError, message.error().message());
  const Json& id = member(*message, "id");
  const Json& method = member(*message, "method");
  if (!message->is_object() || !method.is_string())
    return failure(id, kInvalidRequest, "wanted a JSON-RPC request");
  const Json& params = member(*message, "params");
  if (message->find("id") == nullptr) return nullptr;
  if (method.string() == "initialize") return success(id, initialize(params));
  if (method.string() == "ping") return success(id, Json::object());
  if (method.string() == "tools/call") return call_tool(id, params);
  if (method.string() != "tools/list") return failure(id, kNoMethod, strf("no method '{}'", method.string()));
  Json tools = Json::array();
  for (const Tool& tool : kTools) tools.push(tool_json(tool));
  return success(id, Json::object().set("tools", tools));
}

Result<> run(App& app, const ParsedArgs&) {
  std::string line;
  while (std::getline(std::cin, line)) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const Json answer = respond(line);
    if (!answer.is_null()) TRY(app.out.write_now(answer.dump() + "\n"));
  }
  return {};
}

}  // namespace

Command mcp_command() {
  return {
      .spec = {.name = "mcp",
               .summary = "serve translation, analysis and comparison to a model over stdin and stdout",
               .positionals = {},
               .options = {},
               .examples = {{"depyler mcp", "one JSON-RPC message a line, until stdin ends"}},
               .notes = "Model Context Protocol, stdio transport. Tools: transpile_python, "
                        "analyze_migration_complexity, verify_transpilation; the last runs the program it is "
                        "given."},
      .run = run};
}

}  // namespace sov::depyler
