#pragma once
// Values with behaviour: what can be called, iterated or asked for attributes.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "text/jinja/runtime.h"
#include "text/jinja/value.h"

namespace sov::text::jinja {

class Object {
 public:
  virtual ~Object() = default;
  virtual std::string_view type_name() const = 0;
  /// The attribute, or Kind::missing when there is none.
  virtual Result<Value> attribute(Runtime&, std::string_view) { return Value(); }
  virtual bool callable() const { return false; }
  virtual Result<Value> call(Runtime& rt, Args args);
  /// Python's repr. Errors: unsupported where Python would print a memory address.
  virtual Result<std::string> repr(Runtime& rt);
  virtual int nesting() const { return 0; }
  /// Releases what could form a cycle; called once rendering has ended.
  virtual void drop() {}
};

/// One pass over values, as Python's iterators and generators.
class Iterator : public Object {
 public:
  explicit Iterator(std::string_view type = "generator") : type_(type) {}
  std::string_view type_name() const override { return type_; }
  /// False at the end.
  virtual Result<bool> next(Runtime& rt, Value& out) = 0;
  Result<Value> attribute(Runtime& rt, std::string_view name) override;

 private:
  std::string_view type_;
};

/// A generator over a function: step(out) -> whether there was a value.
class Generator : public Iterator {
 public:
  using Step = std::function<Result<bool>(Runtime&, Value&)>;
  /// source: what the function draws from; generators over generators count as nesting.
  Generator(Runtime& rt, const Value& source, Step step, std::string_view type = "generator");
  Result<bool> next(Runtime& rt, Value& out) override;
  int nesting() const override { return nesting_; }

 private:
  Step step_;
  int nesting_;
  bool done_ = false;
};

/// range(start, stop, step).
class Range : public Object {
 public:
  Range(int64_t start, int64_t step, int64_t size) : start_(start), step_(step), size_(size) {}
  std::string_view type_name() const override { return "range"; }
  Result<std::string> repr(Runtime& rt) override;
  Result<Value> attribute(Runtime& rt, std::string_view name) override;
  int64_t size() const { return size_; }
  int64_t start() const { return start_; }
  bool equals(const Range& other) const;
  int64_t at(int64_t index) const { return start_ + index * step_; }
  int64_t step() const { return step_; }
  /// As given by the caller, for printing.
  int64_t stop = 0;

 private:
  int64_t start_, step_, size_;
};

/// dict.keys(), .values(), .items().
class DictView : public Object {
 public:
  enum class Part { keys, values, items };
  DictView(Value dict, Part part) : dict_(std::move(dict)), part_(part) {}
  std::string_view type_name() const override;
  Result<std::string> repr(Runtime& rt) override;
  int nesting() const override { return dict_.nesting() + 1; }
  size_t size() const { return dict_.dict().size(); }
  Part part() const { return part_; }
  const Dict& dict() const { return dict_.dict(); }
  Value at(Runtime& rt, size_t index) const;

 private:
  Value dict_;
  Part part_;
};

/// namespace(...): the only thing a template can change.
class Namespace : public Object {
 public:
  explicit Namespace(std::shared_ptr<Dict> attributes) : attributes_(std::move(attributes)) {}
  std::string_view type_name() const override { return "Namespace"; }
  Result<Value> attribute(Runtime&, std::string_view name) override;
  Result<std::string> repr(Runtime& rt) override;
  /// Errors: validation for names with an underscore in front, as transformers has it.
  Result<void> set(std::string_view name, Value value);
  int nesting() const override { return attributes_->nesting() + 1; }
  void drop() override { attributes_->clear(); }

 private:
  std::shared_ptr<Dict> attributes_;
};

/// A function made by the interpreter: a bound method, a global, ...
class Function : public Object {
 public:
  using Body = std::function<Result<Value>(Runtime&, Args)>;
  Function(std::string_view type, Body body) : type_(type), body_(std::move(body)) {}
  std::string_view type_name() const override { return type_; }
  bool callable() const override { return true; }
  Result<Value> call(Runtime& rt, Args args) override { return body_(rt, std::move(args)); }

 private:
  std::string_view type_;
  Body body_;
};

/// A new object, charged to the heap for as long as it lives.
template <typename T, typename... Parts>
std::shared_ptr<T> make_charged(Runtime& rt, Parts&&... parts) {
  Heap* heap = rt.heap();
  constexpr uint64_t kBytes = sizeof(T) + 96;  // 96: control block and what a function captures
  heap->add(kBytes);
  return std::shared_ptr<T>(new T(std::forward<Parts>(parts)...), [heap](T* object) {
    heap->remove(kBytes);
    delete object;
  });
}
template <typename T, typename... Parts>
Value make_object(Runtime& rt, Parts&&... parts) {
  return std::shared_ptr<Object>(make_charged<T>(rt, std::forward<Parts>(parts)...));
}
/// A generator as a value.
Value make_generator(Runtime& rt, const Value& source, Generator::Step step,
                     std::string_view type = "generator");

// Iteration (iteration.cpp).
/// Draws lazily: an iterator is its own iterator, so what one reader takes is gone for the next.
Result<std::shared_ptr<Iterator>> iterate(Runtime& rt, const Value& value);
Result<std::vector<Value>> to_vector(Runtime& rt, const Value& value);
bool is_iterable(const Value& value);
/// Backwards, as Python's reversed(). Kind::missing for values that cannot.
Value reversed(Runtime& rt, const Value& value);
/// len(value). Errors: validation for values without length.
Result<int64_t> length_of(const Value& value);
bool has_length(const Value& value);
bool truthy(const Value& value);

}  // namespace sov::text::jinja
