#include "text/jinja/runtime.h"

#include "text/jinja/object.h"

namespace sov::text::jinja {

// A macro call passes about sixteen evaluation levels (call, block, if, output, operators); max_depth counts
// macros.
constexpr int kLevelsPerDepth = 16;
constexpr uint64_t kHeapPerOutput = 4;
constexpr uint64_t kAdoptedBytes = 256;  // an object with the scope that it keeps

Runtime::Runtime(const RenderLimits& limits)
    : limits_(limits),
      heap_(limits.max_output_bytes * kHeapPerOutput),
      max_level_(limits.max_depth * kLevelsPerDepth) {}

Runtime::~Runtime() {
  for (const auto& object : adopted_) object->drop();
}

Result<void> Runtime::step(uint64_t n) {
  steps_ += n;
  if (steps_ > limits_.max_steps)
    return fail(Code::exhausted, "template needs more than {} steps", limits_.max_steps);
  if (heap_.over_limit()) return reserve(1);
  if (heap_.too_deep()) {
    return fail(Code::exhausted, "template nests containers more than {} deep", Heap::kMaxNesting);
  }
  return {};
}

Result<void> Runtime::reserve(uint64_t bytes) {
  if (bytes <= heap_.room() && bytes <= limits_.max_output_bytes) return {};
  return fail(Code::exhausted, "template values need more than {} bytes",
              limits_.max_output_bytes * kHeapPerOutput);
}

Result<void> Runtime::write(std::string_view text) {
  steps_ += text.size() / kBytesPerStep;
  if (text.size() > limits_.max_output_bytes - pending_) {
    return fail(Code::exhausted, "template output passes {} bytes", limits_.max_output_bytes);
  }
  pending_ += text.size();
  out_->append(text);
  return {};
}

std::string* Runtime::begin_capture(std::string* buffer) { return std::exchange(out_, buffer); }

void Runtime::end_capture(std::string* previous) {
  pending_ -= out_->size();
  out_ = previous;
}

Value Runtime::str(std::string text, Markup markup) {
  steps_ += text.size() / kBytesPerStep;  // step() looks at the sum
  return std::shared_ptr<const Str>(std::make_shared<Str>(&heap_, std::move(text), markup));
}

Value Runtime::list(std::vector<Value> items) {
  steps_ += items.size() / 4;
  return Value::list(std::make_shared<Seq>(&heap_, std::move(items)));
}

Value Runtime::tuple(std::vector<Value> items) {
  steps_ += items.size() / 4;
  return Value::tuple(std::make_shared<Seq>(&heap_, std::move(items)));
}

Value Runtime::group(Value key, Value members) {
  auto pair = std::make_shared<Seq>(&heap_, std::vector<Value>{std::move(key), std::move(members)});
  pair->is_group = true;
  return Value::tuple(std::move(pair));
}

void Runtime::adopt(std::shared_ptr<Object> object) {
  heap_.add(kAdoptedBytes);
  adopted_.push_back(std::move(object));
}

Result<void> Runtime::depth_error() const {
  if (level_ > max_level_)
    return fail(Code::exhausted, "template recursion passes depth {}", limits_.max_depth);
  return fail(Code::exhausted, "template recursion needs more stack than this thread has left ({} bytes)",
              stack_left());
}

tl::unexpected<Error> undefined_error(const Value& value) {
  return fail(Code::validation, "{}", value.why_undefined());
}

}  // namespace sov::text::jinja
