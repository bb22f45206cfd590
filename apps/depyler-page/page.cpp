// The translator as a WebAssembly module: what page.js calls. Text goes in and out through memory that
// JavaScript sees; one request at a time.

#include <cstdint>
#include <string>

#include "core/json.h"
#include "transpiler/parser.h"
#include "transpiler/transpile.h"

namespace sov::depyler {
namespace {

std::string& input() {
  static std::string text;
  return text;
}

std::string& output() {
  static std::string text;
  return text;
}

Json refusals_of(const transpiler::Translation& translation) {
  Json list = Json::array();
  for (const transpiler::Refusal& refusal : translation.refusals)
    list.push(Json::object()
                  .set("line", uint64_t{refusal.line})
                  .set("column", uint64_t{refusal.column})
                  .set("construct", refusal.construct)
                  .set("text", refusal.text));
  return list;
}

Json lines_of(const transpiler::Translation& translation) {
  Json list = Json::array();
  for (const uint32_t line : translation.lines) list.push(uint64_t{line});
  return list;
}

Json answer(std::string_view python, const std::string& name) {
  Result<transpiler::Tree> tree = transpiler::parse_python(name, python);
  if (!tree) return Json::object().set("error", tree.error().message());
  Result<transpiler::Translation> translation =
      transpiler::transpile(*tree, {.script = name, .source_map = true});
  if (!translation) return Json::object().set("error", translation.error().message());
  return Json::object()
      .set("rust", translation->rust)
      .set("passes", uint64_t{translation->passes})
      .set("refusals", refusals_of(*translation))
      .set("lines", lines_of(*translation));
}

}  // namespace
}  // namespace sov::depyler

extern "C" {

/// `size` bytes to write a request to; they stay until the next call.
[[clang::export_name("page_input")]] char* page_input(size_t size) {
  sov::depyler::input().assign(size, '\0');
  return sov::depyler::input().data();
}

/// Translates the request, "NAME\0PYTHON" in UTF-8. The answer is JSON at page_output(): either {"error"} or
/// {"rust", "passes", "refusals", "lines"}, where `rust` is empty when anything is refused. Returns its size
/// in bytes.
[[clang::export_name("page_translate")]] size_t page_translate() {
  const std::string_view request = sov::depyler::input();
  const size_t end = request.find('\0');
  const std::string name(request.substr(0, end));
  const std::string_view python =
      end == std::string_view::npos ? std::string_view() : request.substr(end + 1);
  sov::depyler::output() = sov::depyler::answer(python, name).dump();
  return sov::depyler::output().size();
}

[[clang::export_name("page_output")]] const char* page_output() { return sov::depyler::output().data(); }
}
