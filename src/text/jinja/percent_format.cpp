// pattern % arguments. Source: Python's library reference, "printf-style String Formatting".

#include <cmath>

#include "text/jinja/format_spec.h"
#include "text/jinja/operations.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {
namespace {

/// One conversion: %[(key)][flags][width][.precision][length]type.
struct Conversion {
  std::string key;
  bool has_key = false, left = false;
  FormatSpec spec;
};

class PercentFormatter {
 public:
  PercentFormatter(Runtime& rt, const Value& pattern, const Value& arguments)
      : rt_(rt), pattern_(pattern.text()), self_(pattern), arguments_(arguments) {}

  Result<Value> run() {
    while (at_ < pattern_.size()) {
      const size_t mark = std::min(pattern_.find('%', at_), pattern_.size());
      out_.append(pattern_, at_, mark - at_);
      at_ = mark + 1;
      if (mark == pattern_.size()) break;
      TRY(rt_.step());
      TRY(rt_.reserve(out_.size()));
      TRY(conversion());
    }
    // Anything that has items by key may go unused.
    const bool mapping = !arguments_.is_tuple() && !arguments_.is_string() &&
                         (arguments_.is_dict() || arguments_.is_list() || arguments_.is_undefined() ||
                          arguments_.as<Range>() != nullptr);
    const size_t given = arguments_.is_tuple() ? arguments_.items().size() : mapping ? used_ : 1;
    if (used_ < given) return misuse("not all arguments converted during string formatting");
    return rt_.str(std::move(out_), self_.str().markup);
  }

 private:
  char now() const { return at_ < pattern_.size() ? pattern_[at_] : '\0'; }

  Result<Value> next_argument() {
    if (arguments_.is_tuple()) {
      if (used_ >= arguments_.items().size()) return misuse("not enough arguments for format string");
      return arguments_.items()[used_++];
    }
    if (used_++ > 0) return misuse("not enough arguments for format string");
    return arguments_;
  }

  Result<int64_t> number_or_star(bool& negative) {
    if (now() != '*') return read_width(pattern_, at_);
    at_++;
    TRY(const Value value, next_argument());
    if (!value.is_integral()) return misuse("* wants int");
    negative = value.integer() < 0;
    size_t ignored = 0;
    const std::string digits = strf("{}", value.integer());
    return read_width(std::string_view(digits).substr(negative ? 1 : 0), ignored);
  }

  Result<void> read_key(Conversion& c) {
    int open = 1;
    const size_t begin = ++at_;
    for (; at_ < pattern_.size() && open > 0; at_++) open += now() == '(' ? 1 : now() == ')' ? -1 : 0;
    if (open > 0) return misuse("incomplete format key");
    c.key = pattern_.substr(begin, at_ - begin - 1);
    c.has_key = true;
    return {};
  }

  void read_flags(Conversion& c) {
    for (bool more = true; more; at_ += more ? 1 : 0) {
      switch (now()) {
        case '-':
          c.left = true;
          break;
        case '0':
          c.spec.zero = true;
          break;
        case '+':
          c.spec.sign = '+';
          break;
        case ' ':
          if (c.spec.sign == 0) c.spec.sign = ' ';
          break;
        case '#':
          c.spec.alternate = true;
          break;
        default:
          more = false;
      }
    }
  }

  Result<Conversion> read_conversion() {
    Conversion c;
    if (now() == '(') TRY(read_key(c));
    read_flags(c);
    bool negative = false;
    TRY(c.spec.width, number_or_star(negative));
    c.left = c.left || negative;
    if (now() == '.') {
      at_++;
      negative = false;
      TRY(c.spec.precision, number_or_star(negative));
      if (negative) c.spec.precision = 0;
    }
    if (now() == 'h' || now() == 'l' || now() == 'L') at_++;
    if (at_ >= pattern_.size()) return misuse("incomplete format");
    c.spec.type = pattern_[at_++];
    return c;
  }

  Result<void> conversion() {
    TRY(const Conversion c, read_conversion());
    if (c.spec.type == '%') {
      out_ += '%';
      return {};
    }
    Value value;
    if (c.has_key) {
      if (!arguments_.is_dict()) return misuse("format requires a mapping");
      const Value* found = arguments_.dict().find(c.key);
      if (found == nullptr) return misuse("no key '{}' to format", c.key);
      value = *found;
    } else {
      TRY(value, next_argument());
    }
    TRY(const std::string text, convert(c, value));
    out_ += text;
    return {};
  }

  Result<std::string> convert(const Conversion& c, const Value& value) {
    switch (c.spec.type) {
      case 's':
      case 'r':
      case 'a': {
        TRY(std::string text, c.spec.type == 's' ? to_text(rt_, value) : repr(rt_, value));
        if (c.spec.type == 'a') text = ascii_only(text);
        if (self_.is_markup() && !(c.spec.type == 's' && value.is_markup())) text = escape_html(text);
        return padded_text(c, text);
      }
      case 'c': {
        if (value.is_string() && value.str().length == 1) return padded_text(c, value.text());
        if (!value.is_integral()) return misuse("%c requires int or char");
        if (value.integer() < 0 || value.integer() > 0x10FFFF) return misuse("%c arg not in range(0x110000)");
        std::string text;
        append_code_point(text, static_cast<uint32_t>(value.integer()));
        return padded_text(c, text);
      }
      case 'd':
      case 'i':
      case 'u':
      case 'o':
      case 'x':
      case 'X':
        return integer(c, value);
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G': {
        if (!value.is_number()) return misuse("must be real number, not {}", type_name(value));
        return format_real(rt_, value.real(), number_spec(c));
      }
      default:
        return misuse("unsupported format character '{}'", c.spec.type);
    }
  }

  static FormatSpec number_spec(const Conversion& c) {
    FormatSpec spec = c.spec;
    if (c.left) spec.align = '<', spec.zero = false;
    return spec;
  }

  Result<std::string> padded_text(const Conversion& c, const std::string& text) {
    FormatSpec spec;
    spec.width = c.spec.width;
    spec.precision = c.spec.type == 'c' ? -1 : c.spec.precision;
    spec.align = c.left ? '<' : '>';
    return format_text(rt_, text, spec);
  }

  Result<std::string> integer(const Conversion& c, const Value& value) {
    if (!value.is_number())
      return misuse("%{} format: a real number is required, not {}", c.spec.type, type_name(value));
    const bool decimal = c.spec.type == 'd' || c.spec.type == 'i' || c.spec.type == 'u';
    if (!decimal && value.is_real())
      return misuse("%{} format: an integer is required, not float", c.spec.type);
    int64_t number = 0;
    if (value.is_real()) {
      TRY(number, truncated(value.real()));
    } else {
      number = value.integer();
    }
    FormatSpec spec = number_spec(c);
    spec.type = decimal ? 'd' : c.spec.type;
    if (decimal) spec.alternate = false;
    // A precision is a least number of digits here.
    if (spec.precision < 0) return format_integer(rt_, number, spec);
    FormatSpec digits = spec;
    digits.width = spec.precision + (number < 0 || spec.sign != 0 ? 1 : 0) + (spec.alternate ? 2 : 0);
    digits.precision = -1;
    digits.align = '=';
    digits.fill = "0";
    TRY(std::string text, format_integer(rt_, number, digits));
    const int64_t missing = spec.width - static_cast<int64_t>(text.size());
    if (missing <= 0) return text;
    const size_t head = text.find_first_not_of("+- ");
    if (c.left) return text + std::string(static_cast<size_t>(missing), ' ');
    if (spec.zero) return text.insert(head, static_cast<size_t>(missing), '0');
    return std::string(static_cast<size_t>(missing), ' ') + text;
  }

  static std::string ascii_only(const std::string& text) {
    std::string out;
    for (size_t at = 0; at < text.size();) {
      const uint32_t cp = next_code_point(text, at);
      out += cp < 0x80      ? std::string(1, static_cast<char>(cp))
             : cp < 0x100   ? strf("\\x{:02x}", cp)
             : cp < 0x10000 ? strf("\\u{:04x}", cp)
                            : strf("\\U{:08x}", cp);
    }
    return out;
  }

  Runtime& rt_;
  const std::string& pattern_;
  const Value& self_;
  const Value& arguments_;
  std::string out_;
  size_t at_ = 0;
  size_t used_ = 0;
};

}  // namespace

Result<Value> percent_format(Runtime& rt, const Value& pattern, const Value& arguments) {
  TRY(rt.scan(pattern.text().size()));
  return PercentFormatter(rt, pattern, arguments).run();
}

}  // namespace sov::text::jinja
