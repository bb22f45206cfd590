// The functions that transformers and jinja put into every template.

#include <array>

#include "text/jinja/arguments.h"
#include "text/jinja/date.h"
#include "text/jinja/operations.h"

namespace sov::text::jinja {
namespace {

constexpr int64_t kMaxRange = 100000;  // jinja's sandbox

Result<Value> range(Runtime& rt, Args args) {
  constexpr std::array<std::string_view, 3> kParameters = {"!/start", "/stop", "/step"};
  TRY(const Bound a, bind_arguments("range", kParameters, args));
  for (const Value& value : a) {
    if (!value.is_missing() && !value.is_integral())
      return misuse("range: '{}' object cannot be interpreted as an integer", type_name(value));
  }
  const bool one = a[1].is_missing();
  const int64_t start = one ? 0 : a[0].integer();
  const int64_t stop = one ? a[0].integer() : a[1].integer();
  const int64_t step = a[2].is_missing() ? 1 : a[2].integer();
  if (step == 0) return misuse("range() arg 3 must not be zero");
  uint64_t span = 0;  // unsigned: from the least to the greatest integer it still fits
  if (step > 0 && stop > start) span = static_cast<uint64_t>(stop) - static_cast<uint64_t>(start);
  if (step < 0 && stop < start) span = static_cast<uint64_t>(start) - static_cast<uint64_t>(stop);
  const uint64_t by = step > 0 ? static_cast<uint64_t>(step) : ~static_cast<uint64_t>(step) + 1;
  const uint64_t size = span == 0 ? 0 : (span - 1) / by + 1;
  if (size > kMaxRange) return misuse("range too big: the sandbox allows {} items", kMaxRange);
  auto made = make_charged<Range>(rt, start, step, static_cast<int64_t>(size));
  made->stop = stop;
  return Value(std::shared_ptr<Object>(std::move(made)));
}

/// dict(mapping or pairs, **named).
Result<std::shared_ptr<Dict>> dict_from(Runtime& rt, const Args& args) {
  auto dict = rt.new_dict();
  if (args.positional.size() > 1)
    return misuse("dict expected at most 1 argument, got {}", args.positional.size());
  for (const Value& base : args.positional) {
    if (base.is_dict()) {
      for (const Dict::Entry& entry : base.dict().entries())
        TRY(dict_set(rt, *dict, entry.first, entry.second));
      continue;
    }
    TRY(const std::vector<Value> pairs, to_vector(rt, base));
    for (const Value& pair : pairs) {
      TRY(const std::vector<Value> parts, to_vector(rt, pair));
      if (parts.size() != 2) return misuse("dict(): an element has length {}, 2 is required", parts.size());
      TRY(dict_set(rt, *dict, parts[0], parts[1]));
    }
  }
  for (const auto& [name, value] : args.named) {
    TRY(rt.step());
    dict->set(name, value);
  }
  return dict;
}

Result<Value> make_namespace(Runtime& rt, Args args) {
  TRY(std::shared_ptr<Dict> attributes, dict_from(rt, args));
  for (const Dict::Entry& entry : attributes->entries()) {
    if (entry.first.is_string() && entry.first.text().starts_with('_'))
      return misuse(
          "a namespace cannot hold '{}': chat templates may not use names with an underscore in front",
          entry.first.text());
  }
  auto space = std::make_shared<Namespace>(std::move(attributes));
  rt.adopt(space);
  return Value(std::shared_ptr<Object>(std::move(space)));
}

/// `dict`: a function with one method of its own.
class DictFactory : public Object {
 public:
  std::string_view type_name() const override { return "TemplateDict"; }
  bool callable() const override { return true; }
  Result<Value> call(Runtime& rt, Args args) override {
    TRY(std::shared_ptr<Dict> made, dict_from(rt, args));
    return Value(std::shared_ptr<const Dict>(std::move(made)));
  }
  Result<Value> attribute(Runtime& rt, std::string_view name) override {
    if (name != "fromkeys") return Value();
    return bound_method(rt, Value(std::shared_ptr<const Dict>(rt.new_dict())), "fromkeys");
  }
};

/// joiner(sep): nothing at the first call, the separator afterwards.
Result<Value> joiner(Runtime& rt, Args args) {
  constexpr std::array<std::string_view, 1> kParameters = {"sep"};
  TRY(const Bound a, bind_arguments("joiner", kParameters, args));
  auto step = [separator = a[0].is_missing() ? rt.str(", ") : a[0], used = false](
                  Runtime& run, Args given) mutable -> Result<Value> {
    if (!given.positional.empty() || !given.named.empty()) return misuse("a joiner takes no arguments");
    if (used) return separator;
    used = true;
    return run.str("");
  };
  return make_object<Function>(rt, "Joiner", std::move(step));
}

/// cycler(items...): next() walks through them in turn.
class Cycler : public Object {
 public:
  explicit Cycler(std::vector<Value> items) : items_(std::make_shared<State>()) {
    items_->values = std::move(items);
  }
  std::string_view type_name() const override { return "Cycler"; }
  int nesting() const override {
    int deepest = 0;
    for (const Value& item : items_->values) deepest = std::max(deepest, item.nesting());
    return deepest + 1;
  }
  Result<Value> attribute(Runtime& rt, std::string_view name) override {
    if (name == "current") return items_->values[items_->at];
    if (name == "pos") return Value(static_cast<int64_t>(items_->at));
    if (name == "items") return rt.tuple(items_->values);
    if (name != "next" && name != "reset") return Value();
    return make_object<Function>(rt, "method",
                                 [state = items_, next = name == "next"](Runtime&, Args) -> Result<Value> {
                                   const Value current = state->values[state->at];
                                   state->at = next ? (state->at + 1) % state->values.size() : 0;
                                   return next ? current : Value::none();
                                 });
  }

 private:
  struct State {
    std::vector<Value> values;
    size_t at = 0;
  };
  std::shared_ptr<State> items_;
};

Result<Value> cycler(Runtime& rt, Args args) {
  if (!args.named.empty()) return misuse("cycler() takes no named arguments");
  if (args.positional.empty()) return misuse("at least one item has to be provided");
  TRY(rt.step(args.positional.size()));
  return make_object<Cycler>(rt, std::move(args.positional));
}

Result<Value> raise_exception(Runtime& rt, Args args) {
  constexpr std::array<std::string_view, 1> kParameters = {"!message"};
  TRY(const Bound a, bind_arguments("raise_exception", kParameters, args));
  TRY(const std::string message, to_text(rt, a[0]));
  return misuse("{}", message);
}

Result<Value> strftime_now(Runtime& rt, Args args) {
  constexpr std::array<std::string_view, 1> kParameters = {"!format"};
  TRY(const Bound a, bind_arguments("strftime_now", kParameters, args));
  TRY(const std::string pattern, text_of(a[0], "strftime_now: format"));
  TRY(rt.step(pattern.size()));
  TRY(std::string text, format_date(pattern, rt.limits().now_seconds));
  return rt.str(std::move(text));
}

Result<Value> lipsum(Runtime&, Args) {
  return fail(Code::unsupported, "function 'lipsum': a prompt must be the same every time");
}

struct GlobalRow {
  std::string_view name;
  Result<Value> (*body)(Runtime&, Args);
};
constexpr GlobalRow kGlobals[] = {
    {"range", range},
    {"namespace", make_namespace},
    {"strftime_now", strftime_now},
    {"raise_exception", raise_exception},
    {"joiner", joiner},
    {"cycler", cycler},
    {"lipsum", lipsum},
};

}  // namespace

Value global(Runtime& rt, const std::string& name) {
  if (name == "dict") return make_object<DictFactory>(rt);
  for (const GlobalRow& row : kGlobals) {
    if (row.name == name) return make_object<Function>(rt, "function", row.body);
  }
  return {};
}

}  // namespace sov::text::jinja
