// Renders chat templates for tools/parity/jinja_check.py and bench/templates, over a pipe.
// Usage: template_tool render | template_tool bench TEMPLATE CONTEXT.json
// render: each line of stdin is {"template": text, "context": {...}}; each line of stdout is {"output": text}
// or
// {"error": code, "message": text}. bench: microseconds of parsing and of rendering, the best of several.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <string>

#include "core/fs.h"
#include "text/chat_template.h"

namespace sov::text {
namespace {

constexpr int64_t kNow = 1700000000;

Result<std::string> render_line(const std::string& line) {
  TRY(const Json request, parse_json(line, {.max_depth = 200}));
  TRY(const std::string source, request.get_string("template"));
  TRY(const ChatTemplate parsed, ChatTemplate::parse(source));
  const Json* context = request.find("context");
  return parsed.render(context == nullptr ? Json::object() : *context, {.now_seconds = kNow});
}

int render() {
  std::string line;
  while (std::getline(std::cin, line)) {
    const Result<std::string> got = render_line(line);
    Json reply = Json::object();
    if (got) {
      reply.set("output", *got);
    } else {
      reply.set("error", code_id(got.error().code())).set("message", got.error().message());
    }
    const std::string text = reply.dump() + "\n";
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
  }
  return 0;
}

template <typename Work>
double best_microseconds(Work work) {
  double best = 1e30, total = 0;
  for (int run = 0; run < 2000 && total < 2e6; run++) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
    best = std::min(best, took.count());
    total += took.count();
  }
  return best;
}

Result<> bench(const char* template_path, const char* context_path) {
  TRY(const std::string source, read_text(template_path));
  TRY(const std::string context_text, read_text(context_path));
  TRY(const Json context, parse_json(context_text));
  TRY(const ChatTemplate parsed, ChatTemplate::parse(source));
  TRY(const std::string once, parsed.render(context, {.now_seconds = kNow}));
  const double parse = best_microseconds([&] { static_cast<void>(ChatTemplate::parse(source).has_value()); });
  const double rendering = best_microseconds(
      [&] { static_cast<void>(parsed.render(context, {.now_seconds = kNow}).has_value()); });
  std::printf("{\"parse_us\": %.1f, \"render_us\": %.1f, \"bytes\": %zu}\n", parse, rendering, once.size());
  return {};
}

}  // namespace
}  // namespace sov::text

int main(int argc, char** argv) {
  const std::string mode = argc > 1 ? argv[1] : "";
  if (mode == "render") return sov::text::render();
  if (mode == "bench" && argc == 4) {
    const auto done = sov::text::bench(argv[2], argv[3]);
    if (!done) std::fprintf(stderr, "%s\n", done.error().text().c_str());
    return done ? 0 : 1;
  }
  std::fprintf(stderr, "usage: template_tool render | template_tool bench TEMPLATE CONTEXT.json\n");
  return 2;
}
