// The functions that transformers and jinja put into every template.

#include <ctime>

#include "text/jinja/operations.h"

namespace sov::text::jinja {
namespace {

constexpr int64_t kMaxRange = 100000;  // jinja's sandbox

Result<Value> range(Runtime&, Args args) {
  for (const Value& value : args.positional) {
    if (!value.is_integral())
      return misuse("range: '{}' cannot be interpreted as an integer", type_name(value));
  }
  const auto& given = args.positional;
  if (given.empty() || given.size() > 3)
    return misuse("range expected 1 to 3 arguments, got {}", given.size());
  const int64_t start = given.size() > 1 ? given[0].integer() : 0;
  const int64_t stop = given.size() > 1 ? given[1].integer() : given[0].integer();
  const int64_t step = given.size() > 2 ? given[2].integer() : 1;
  if (step == 0) return misuse("range() arg 3 must not be zero");
  const double span = (static_cast<double>(stop) - static_cast<double>(start)) / static_cast<double>(step);
  if (span > static_cast<double>(kMaxRange)) {
    return misuse("range too big: the sandbox allows {} items", kMaxRange);
  }
  int64_t size = 0;
  if (step > 0 && stop > start) size = (stop - start + step - 1) / step;
  if (step < 0 && stop < start) size = (start - stop - step - 1) / -step;
  auto made = std::make_shared<Range>(start, step, size);
  made->stop = stop;
  return Value(std::shared_ptr<Object>(std::move(made)));
}

Result<Value> make_namespace(Runtime& rt, Args args) {
  auto attributes = rt.new_dict();
  for (const Value& base : args.positional) {
    if (!base.is_dict()) return misuse("namespace() takes a dict");
    for (const Dict::Entry& entry : base.dict().entries())
      TRY(dict_set(rt, *attributes, entry.first, entry.second));
  }
  for (auto& [name, value] : args.named) attributes->set(name, value);
  auto space = std::make_shared<Namespace>(std::move(attributes));
  rt.adopt(space);
  return Value(std::shared_ptr<Object>(std::move(space)));
}

Result<Value> make_dict(Runtime& rt, Args args) {
  auto dict = rt.new_dict();
  for (const Value& base : args.positional) {
    if (!base.is_dict()) return fail(Code::unsupported, "dict() of something that is no dict");
    for (const Dict::Entry& entry : base.dict().entries())
      TRY(dict_set(rt, *dict, entry.first, entry.second));
  }
  for (auto& [name, value] : args.named) dict->set(name, value);
  return Value(std::shared_ptr<const Dict>(std::move(dict)));
}

Result<Value> raise_exception(Runtime& rt, Args args) {
  TRY(const std::string message, to_text(rt, argument(args, 0, "message")));
  return misuse("{}", message);
}

Result<Value> strftime_now(Runtime& rt, Args args) {
  const Value pattern = argument(args, 0, "format");
  if (!pattern.is_string()) return misuse("strftime_now: wanted a str, got {}", type_name(pattern));
  std::time_t now = rt.limits().now_seconds >= 0 ? rt.limits().now_seconds : std::time(nullptr);
  std::tm parts{};
  if (rt.limits().now_seconds >= 0) {
    gmtime_r(&now, &parts);
  } else {
    localtime_r(&now, &parts);
  }
  char buffer[512];
  const size_t n = std::strftime(buffer, sizeof buffer, pattern.text().c_str(), &parts);
  if (n == 0 && !pattern.text().empty()) return misuse("strftime_now: pattern too long");
  return rt.str(std::string(buffer, n));
}

struct GlobalRow {
  std::string_view name;
  Result<Value> (*body)(Runtime&, Args);
};
constexpr GlobalRow kGlobals[] = {
    {"range", range},
    {"namespace", make_namespace},
    {"dict", make_dict},
    {"strftime_now", strftime_now},
    {"raise_exception", raise_exception},
};

}  // namespace

Value global(const std::string& name) {
  for (const GlobalRow& row : kGlobals) {
    if (row.name == name) return make_object<Function>("function", row.body);
  }
  for (const std::string_view absent : {"joiner", "cycler", "lipsum"}) {
    if (absent != name) continue;
    return make_object<Function>("function", [name](Runtime&, Args) -> Result<Value> {
      return fail(Code::unsupported, "template function '{}'", name);
    });
  }
  return {};
}

}  // namespace sov::text::jinja
