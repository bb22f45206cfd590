// Values over several lines, as Python's pprint.pformat lays them out with its defaults (80 columns, one item
// a line, keys sorted).

#include <algorithm>

#include "text/jinja/filters.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {
namespace {

constexpr int64_t kWidth = 80;

/// Where a value stands: columns before it, columns to leave free behind it, containers around it.
struct Place {
  int64_t indent = 0;
  int64_t after = 0;
  int level = 0;
};

class Printer {
 public:
  explicit Printer(Runtime& rt) : rt_(rt) {}

  Result<void> print(const Value& value, Place place) {
    TRY(rt_.step());
    TRY(const Value ordered, sorted(value));
    TRY(const std::string line, repr(rt_, ordered));
    const bool fits = count_code_points(line) <= kWidth - place.indent - place.after;
    if (fits || value.is_markup()) return write(line);
    if (value.is_dict()) return print_dict(ordered.dict(), place);
    // A pair made by groupby has a repr of its own, which pprint does not take apart.
    if (value.is_sequence() && !value.is_group()) return print_items(value, place);
    if (value.is_string()) return print_text(value.text(), line, place);
    return write(line);
  }

  std::string out;

 private:
  Result<void> write(std::string_view text) {
    TRY(rt_.reserve(out.size() + text.size()));
    out += text;
    return {};
  }

  std::string new_line(int64_t indent) { return ",\n" + std::string(static_cast<size_t>(indent), ' '); }

  Result<void> print_dict(const Dict& dict, Place place) {
    TRY(write("{"));
    const int64_t indent = place.indent + 1;
    for (size_t i = 0; i < dict.size(); i++) {
      const auto& [key, item] = dict.at(static_cast<uint32_t>(i));
      const bool last = i + 1 == dict.size();
      TRY(const std::string name, repr(rt_, key));
      TRY(write(name + ": "));
      TRY(print(item, {indent + count_code_points(name) + 2, last ? place.after + 1 : 1, place.level + 1}));
      if (!last) TRY(write(new_line(indent)));
    }
    return write("}");
  }

  Result<void> print_items(const Value& value, Place place) {
    const std::vector<Value>& items = value.items();
    const std::string_view close = value.is_list() ? "]" : items.size() == 1 ? ",)" : ")";
    const int64_t after = place.after + static_cast<int64_t>(close.size());
    TRY(write(value.is_list() ? "[" : "("));
    for (size_t i = 0; i < items.size(); i++) {
      const bool last = i + 1 == items.size();
      TRY(print(items[i], {place.indent + 1, last ? after : 1, place.level + 1}));
      if (!last) TRY(write(new_line(place.indent + 1)));
    }
    return write(close);
  }

  Result<int64_t> printed_width(std::string_view text) {
    TRY(const std::string shown, repr(rt_, rt_.str(std::string(text))));
    return count_code_points(shown);
  }

  /// Pieces of one line that fit: words stay with the white space behind them.
  Result<void> split_line(std::string_view line, int64_t width, int64_t last_width,
                          std::vector<std::string>& pieces) {
    std::string current;
    for (size_t at = 0; at < line.size();) {
      const size_t start = at;
      const auto blank = [&](size_t from) { return is_space(next_code_point(line, from)); };
      while (at < line.size() && !blank(at)) next_code_point(line, at);
      while (at < line.size() && blank(at)) next_code_point(line, at);
      const std::string_view word = line.substr(start, at - start);
      TRY(const int64_t needed, printed_width(current + std::string(word)));
      if (needed > (at == line.size() ? last_width : width)) {
        if (!current.empty()) pieces.push_back(std::exchange(current, std::string()));
        current = word;
      } else {
        current += word;
      }
    }
    if (!current.empty()) pieces.push_back(std::move(current));
    return {};
  }

  /// Adjacent literals, one a line; in parentheses when nothing is around them.
  Result<void> print_text(const std::string& text, const std::string& shown, Place place) {
    const bool alone = place.level == 0;
    const int64_t indent = place.indent + (alone ? 1 : 0);
    const int64_t after = place.after + (alone ? 1 : 0);
    const int64_t width = kWidth - indent;
    const std::vector<std::string_view> lines = split_lines(text, true);
    std::vector<std::string> pieces;
    for (size_t i = 0; i < lines.size(); i++) {
      const int64_t last_width = i + 1 == lines.size() ? width - after : width;
      TRY(const int64_t needed, printed_width(lines[i]));
      if (needed <= last_width) {
        pieces.emplace_back(lines[i]);
      } else {
        TRY(split_line(lines[i], width, last_width, pieces));
      }
    }
    if (pieces.size() == 1) return write(shown);
    if (alone) TRY(write("("));
    for (size_t i = 0; i < pieces.size(); i++) {
      TRY(const std::string piece, repr(rt_, rt_.str(pieces[i])));
      if (i > 0) TRY(write("\n" + std::string(static_cast<size_t>(indent), ' ')));
      TRY(write(piece));
    }
    return alone ? write(")") : Result<void>();
  }

  /// The value with the keys of all dicts in it in order.
  Result<Value> sorted(const Value& value) {
    TRY(rt_.step());
    if (value.is_sequence() && !value.is_group()) {
      std::vector<Value> items;
      for (const Value& item : value.items()) {
        TRY(Value made, sorted(item));
        items.push_back(std::move(made));
      }
      return value.is_list() ? rt_.list(std::move(items)) : rt_.tuple(std::move(items));
    }
    if (!value.is_dict()) return value;
    std::vector<Dict::Entry> entries = value.dict().entries();
    std::stable_sort(entries.begin(), entries.end(), [this](const Dict::Entry& a, const Dict::Entry& b) {
      const Result<bool> before = less(rt_, a.first, b.first);
      // Keys without an order among each other go by the name of their type.
      return before ? *before : type_name(a.first) < type_name(b.first);
    });
    auto out_dict = rt_.new_dict();
    for (const auto& [key, item] : entries) {
      TRY(Value made, sorted(item));
      TRY(dict_set(rt_, *out_dict, key, std::move(made)));
    }
    return Value(std::shared_ptr<const Dict>(std::move(out_dict)));
  }

  Runtime& rt_;
};

}  // namespace

Result<std::string> pretty(Runtime& rt, const Value& value) {
  Printer printer(rt);
  TRY(printer.print(value, {}));
  return std::move(printer.out);
}

}  // namespace sov::text::jinja
