#include "text/jinja/loop.h"

#include <algorithm>

namespace sov::text::jinja {

Loop::Loop(Interpreter& interpreter, const Stmt& stmt, ScopePtr scope, std::shared_ptr<Iterator> items,
           int64_t depth)
    : interpreter_(interpreter),
      stmt_(stmt),
      scope_(std::move(scope)),
      items_(std::move(items)),
      depth_(depth) {}

Result<Value> Loop::peek(Runtime& rt) {
  if (!ahead_.empty()) return ahead_.back();
  if (ended_) return Value();
  Value item;
  TRY(const bool more, items_->next(rt, item));
  ended_ = !more;
  if (!more) return Value();
  ahead_.push_back(item);
  return item;
}

Result<bool> Loop::advance(Runtime& rt) {
  Value item;
  if (!ahead_.empty()) {
    item = std::move(ahead_.back());
    ahead_.pop_back();
  } else {
    if (ended_) return false;
    TRY(const bool more, items_->next(rt, item));
    ended_ = !more;
    if (!more) return false;
  }
  index_++;
  before_ = std::exchange(current_, std::move(item));
  return true;
}

Result<int64_t> Loop::length(Runtime& rt) {
  if (length_ >= 0) return length_;
  std::vector<Value> rest;
  Value item;
  while (!ended_) {
    TRY(const bool more, items_->next(rt, item));
    ended_ = !more;
    if (more) rest.push_back(item);
    TRY(rt.reserve(rest.size() * sizeof(Value)));
  }
  std::reverse(rest.begin(), rest.end());
  rest.insert(rest.end(), ahead_.begin(), ahead_.end());
  ahead_ = std::move(rest);
  length_ = index_ + 1 + static_cast<int64_t>(ahead_.size());
  return length_;
}

Result<Value> Loop::call(Runtime& rt, Args args) {
  if (args.positional.size() != 1 || !args.named.empty()) return misuse("loop() takes one iterable");
  if (!stmt_.recursive) return misuse("the loop must be marked 'recursive' to be called");
  std::string text;
  std::string* outer = rt.begin_capture(&text);
  const Result<void> done = interpreter_.loop(stmt_, args.positional[0], scope_, depth_ + 1);
  rt.end_capture(outer);
  if (!done) return fail(done.error());
  const bool safe = stmt_.escape == Escape::yes || (stmt_.escape == Escape::at_run_time && rt.autoescape);
  return rt.str(std::move(text), safe ? Markup::yes : Markup::no);
}

Result<Value> Loop::position(Runtime& rt, std::string_view name) {
  if (name == "index") return Value(index_ + 1);
  if (name == "index0") return Value(index_);
  if (name == "first") return Value(index_ == 0);
  if (name == "depth") return Value(depth_);
  if (name == "depth0") return Value(depth_ - 1);
  if (name == "last") {
    TRY(const Value next, peek(rt));
    return Value(next.is_missing());
  }
  if (name != "length" && name != "revindex" && name != "revindex0") return Value();
  TRY(const int64_t size, length(rt));
  if (name == "length") return Value(size);
  return Value(name == "revindex" ? size - index_ : size - index_ - 1);
}

Value Loop::changed(Runtime& rt) {
  if (!last_changed_) {
    last_changed_ = std::make_shared<Cell>();
    rt.adopt(last_changed_);
  }
  return make_object<Function>(rt, "method",
                               [last = last_changed_](Runtime& run, Args args) -> Result<Value> {
                                 if (!args.named.empty())
                                   return misuse("loop.changed() takes no named arguments");
                                 const Value now = run.tuple(std::move(args.positional));
                                 if (!last->value.is_missing()) {
                                   TRY(const bool same, equal(run, last->value, now));
                                   if (same) return Value(false);
                                 }
                                 last->value = now;
                                 return Value(true);
                               });
}

Result<Value> Loop::attribute(Runtime& rt, std::string_view name) {
  TRY(Value simple, position(rt, name));
  if (!simple.is_missing()) return simple;
  if (name == "previtem") {
    return index_ > 0 ? before_ : Value::undefined("there is no previous item");
  }
  if (name == "nextitem") {
    TRY(Value next, peek(rt));
    return next.is_missing() ? Value::undefined("there is no next item") : next;
  }
  if (name == "changed") return changed(rt);
  if (name == "cycle") {
    return make_object<Function>(rt, "method", [index = index_](Runtime&, Args args) -> Result<Value> {
      if (args.positional.empty() || !args.named.empty()) return misuse("no items for cycling given");
      return args.positional[static_cast<size_t>(index) % args.positional.size()];
    });
  }
  return Value();
}

Result<std::string> Loop::repr(Runtime& rt) {
  TRY(const int64_t size, length(rt));
  return strf("<LoopContext {}/{}>", index_ + 1, size);
}

}  // namespace sov::text::jinja
