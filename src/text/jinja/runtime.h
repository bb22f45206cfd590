#pragma once
// What one rendering carries: its limits, the heap, the buffer being written, and makers of values.

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "core/stack.h"
#include "text/chat_template.h"
#include "text/jinja/value.h"

namespace sov::text::jinja {

class Interpreter;
class Namespace;

/// Arguments of a call as written; arguments.h binds them to parameters.
struct Args {
  std::vector<Value> positional;
  std::vector<std::pair<std::string, Value>> named;
};

class Runtime {
 public:
  explicit Runtime(const RenderLimits& limits);
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  /// Spends n steps. Errors: exhausted (steps, memory, nesting of containers).
  Result<void> step(uint64_t n = 1);
  /// Spends what looking at this many bytes costs. Errors: exhausted.
  Result<void> scan(uint64_t bytes) { return step(1 + bytes / kBytesPerStep); }
  /// To be asked before making one value of this size. Errors: exhausted.
  Result<void> reserve(uint64_t bytes);
  /// Appends to the current buffer. Errors: exhausted.
  Result<void> write(std::string_view text);
  /// Redirects write() to `buffer` until end_capture, which returns the previous one to restore.
  std::string* begin_capture(std::string* buffer);
  void end_capture(std::string* previous);

  Value str(std::string text, Markup markup = Markup::no);
  Value list(std::vector<Value> items);
  Value tuple(std::vector<Value> items);
  /// The pair that groupby makes: a tuple whose parts are also called grouper and list.
  Value group(Value key, Value members);
  std::shared_ptr<Dict> new_dict() { return std::make_shared<Dict>(&heap_); }
  /// Keeps a mutable object until the end, where its content is dropped: mutable objects can form cycles.
  void adopt(std::shared_ptr<Object> object);

  const RenderLimits& limits() const { return limits_; }
  Heap* heap() { return &heap_; }

  /// The line of the template that is being evaluated, for messages.
  int line = 0;
  /// What {% autoescape %} says at run time.
  bool autoescape = false;
  Interpreter* interpreter = nullptr;

  /// Counts nested evaluations for the lifetime of the guard.
  class Level {
   public:
    explicit Level(Runtime& rt) : rt_(rt) { rt_.level_++; }
    ~Level() { rt_.level_--; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    bool too_deep() const { return rt_.level_ > rt_.max_level_ || stack_left() < kStackMargin; }

   private:
    Runtime& rt_;
  };
  Result<void> depth_error() const;

 private:
  /// Left for what a level calls that does not recurse, and for the way back with an error.
  static constexpr size_t kStackMargin = size_t{96} << 10;
  /// Copying or searching text goes at gigabytes a second, evaluating a node takes about 50 ns.
  static constexpr uint64_t kBytesPerStep = 32;

  const RenderLimits limits_;
  Heap heap_;
  uint64_t steps_ = 0;
  uint64_t pending_ = 0;  // bytes in all open buffers
  int level_ = 0;
  int max_level_;
  std::string* out_ = nullptr;
  std::vector<std::shared_ptr<Object>> adopted_;
};

/// The error of using a value that is undefined.
tl::unexpected<Error> undefined_error(const Value& value);
/// A misuse that Python reports as TypeError, ValueError and the like.
template <typename... Parts>
tl::unexpected<Error> misuse(fmt::format_string<Parts...> pattern, Parts&&... parts) {
  return fail(Code::validation, pattern, std::forward<Parts>(parts)...);
}

}  // namespace sov::text::jinja
