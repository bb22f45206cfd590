#include "core/args.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "core/check.h"

namespace sov {

/// Fills one ParsedArgs from words, left to right.
class ArgsParser {
 public:
  ArgsParser(const CommandSpec& command, std::string_view program, std::span<const std::string> words)
      : command_(command), title_(strf("{} {}", program, command.name)), words_(words) {}

  Result<ParsedArgs> parse();

 private:
  void fill_defaults();
  Result<> take_long(std::string_view word);
  Result<> take_letters(std::string_view word);
  Result<> take_positional(const std::string& word);
  Result<> set(const OptionSpec& option, std::string shown, std::optional<std::string> attached);
  Result<> check_value(const OptionSpec& option, std::string_view shown, std::string_view value) const;
  Result<> check_required() const;
  const OptionSpec* find(std::string_view name) const;
  const OptionSpec* find_letter(char letter) const;
  tl::unexpected<Error> unknown(std::string_view shown, std::string_view name) const;

  const CommandSpec& command_;
  std::string title_;
  std::span<const std::string> words_;
  size_t next_ = 0;
  size_t positional_ = 0;
  ParsedArgs parsed_;
};

Result<ParsedArgs> parse_args(const CommandSpec& command, std::string_view program,
                              std::span<const std::string> words) {
  return ArgsParser(command, program, words).parse();
}

Result<ParsedArgs> ArgsParser::parse() {
  fill_defaults();
  bool only_positionals = false;
  while (next_ < words_.size()) {
    const std::string& word = words_[next_++];
    if (only_positionals || word.size() < 2 || word[0] != '-') {
      TRY(take_positional(word));
    } else if (word == "--") {
      only_positionals = true;
    } else if (word[1] == '-') {
      TRY(take_long(word));
    } else {
      TRY(take_letters(word));
    }
  }
  TRY(check_required());
  return std::move(parsed_);
}

void ArgsParser::fill_defaults() {
  for (const OptionSpec& option : command_.options) {
    ParsedArgs::Slot& slot = parsed_.slots_[std::string(option.name)];
    if (!option.fallback.empty()) slot.values.emplace_back(option.fallback);
  }
  for (const PositionalSpec& positional : command_.positionals) parsed_.slots_[std::string(positional.name)];
}

const OptionSpec* ArgsParser::find(std::string_view name) const {
  for (const OptionSpec& option : command_.options) {
    if (option.name == name || std::ranges::find(option.aliases, name) != option.aliases.end())
      return &option;
  }
  return nullptr;
}

const OptionSpec* ArgsParser::find_letter(char letter) const {
  for (const OptionSpec& option : command_.options) {
    if (option.letter == letter) return &option;
  }
  return nullptr;
}

tl::unexpected<Error> ArgsParser::unknown(std::string_view shown, std::string_view name) const {
  std::vector<std::string_view> names;
  for (const OptionSpec& option : command_.options) names.push_back(option.name);
  const std::string_view near = name.size() > 1 ? nearest_word(name, names) : std::string_view();
  const std::string hint =
      near.empty() ? strf("see '{} --help'", title_) : strf("did you mean '--{}'?", near);
  return fail(Code::usage, "unknown option '{}' for '{}'; {}", shown, title_, hint);
}

Result<> ArgsParser::take_long(std::string_view word) {
  const size_t equals = word.find('=');
  const std::string_view name = word.substr(2, equals == std::string_view::npos ? equals : equals - 2);
  const OptionSpec* option = find(name);
  if (option == nullptr) return unknown(word.substr(0, equals), name);
  std::optional<std::string> attached;
  if (equals != std::string_view::npos) attached = word.substr(equals + 1);
  return set(*option, strf("--{}", name), attached);
}

/// `-q`, `-qv`, `-n 5`, `-n5`.
Result<> ArgsParser::take_letters(std::string_view word) {
  for (size_t i = 1; i < word.size(); i++) {
    const OptionSpec* option = find_letter(word[i]);
    if (option == nullptr) {
      return fail(Code::usage,
                  "unknown option '-{}' for '{}' (write '--' before a value that begins with '-')",
                  word.substr(i), title_);
    }
    const std::string shown = strf("-{}", word[i]);
    if (option->kind == ArgKind::flag) {
      TRY(set(*option, shown, std::nullopt));
      continue;
    }
    std::optional<std::string> attached;
    if (i + 1 < word.size()) attached = word.substr(i + 1);
    return set(*option, shown, attached);
  }
  return {};
}

Result<> ArgsParser::set(const OptionSpec& option, std::string shown, std::optional<std::string> attached) {
  if (!option.built) return fail(Code::unsupported, "'{} {}' is not built yet", title_, shown);
  ParsedArgs::Slot& slot = parsed_.slots_.find(option.name)->second;
  if (option.kind == ArgKind::flag) {
    if (attached) return fail(Code::usage, "{} takes no value, got '{}'", shown, *attached);
    slot.given = true;
    slot.values.emplace_back();  // a count, for -vv
    return {};
  }
  if (!attached) {
    if (next_ == words_.size()) return fail(Code::usage, "{} needs a value {}", shown, option.value);
    const std::string& word = words_[next_];
    if (word.starts_with("--") && word.size() > 2 && find(std::string_view(word).substr(2)) != nullptr) {
      return fail(Code::usage, "{} needs a value {}, got the option '{}' (write {}={} to mean that text)",
                  shown, option.value, word, shown, word);
    }
    attached = words_[next_++];
  }
  TRY(check_value(option, shown, *attached));
  if (!slot.given || !option.repeatable) slot.values.clear();
  slot.given = true;
  slot.values.push_back(std::move(*attached));
  return {};
}

Result<> ArgsParser::check_value(const OptionSpec& option, std::string_view shown,
                                 std::string_view value) const {
  if (option.kind == ArgKind::integer) TRY(parse_integer(shown, value, option.min, option.max));
  if (option.kind == ArgKind::real) TRY(parse_real(shown, value, option.min, option.max));
  if (option.choices.empty() || std::ranges::find(option.choices, value) != option.choices.end()) return {};
  std::string wanted;
  for (std::string_view choice : option.choices) wanted += strf("{}{}", wanted.empty() ? "" : ", ", choice);
  const std::string_view near = nearest_word(value, option.choices);
  const std::string hint = near.empty() ? "" : strf("; did you mean '{}'?", near);
  return fail(Code::usage, "{}: wanted one of {}, got '{}'{}", shown, wanted, value, hint);
}

Result<> ArgsParser::take_positional(const std::string& word) {
  const std::vector<PositionalSpec>& all = command_.positionals;
  if (positional_ == all.size()) {
    const std::string_view hint = all.empty() ? "" : " (quote an argument of several words)";
    return fail(Code::usage, "unexpected argument '{}' for '{}'{}", word, title_, hint);
  }
  const PositionalSpec& spec = all[positional_];
  ParsedArgs::Slot& slot = parsed_.slots_.find(spec.name)->second;
  slot.given = true;
  slot.values.push_back(word);
  if (!spec.repeatable) positional_++;
  return {};
}

Result<> ArgsParser::check_required() const {
  const auto help = parsed_.slots_.find("help");
  if (help != parsed_.slots_.end() && help->second.given) return {};
  for (const PositionalSpec& positional : command_.positionals) {
    if (positional.required && !parsed_.given(positional.name)) {
      return fail(Code::usage, "'{}' needs {}: {}; see '{} --help'", title_, positional.name, positional.help,
                  title_);
    }
  }
  return {};
}

const ParsedArgs::Slot& ParsedArgs::slot(std::string_view name) const {
  const auto found = slots_.find(name);
  CHECK(found != slots_.end());
  return found->second;
}

bool ParsedArgs::given(std::string_view name) const { return slot(name).given; }

std::string ParsedArgs::text(std::string_view name) const {
  const Slot& s = slot(name);
  return s.values.empty() ? std::string() : s.values.back();
}

std::vector<std::string> ParsedArgs::texts(std::string_view name) const { return slot(name).values; }

int64_t ParsedArgs::integer(std::string_view name) const {
  const Slot& s = slot(name);
  CHECK(!s.values.empty());
  const Result<int64_t> number = parse_integer(name, s.values.back(), -INFINITY, INFINITY);
  CHECK(number.has_value());
  return *number;
}

double ParsedArgs::real(std::string_view name) const {
  const Slot& s = slot(name);
  CHECK(!s.values.empty());
  const Result<double> number = parse_real(name, s.values.back(), -INFINITY, INFINITY);
  CHECK(number.has_value());
  return *number;
}

namespace {

std::string wanted_number(std::string_view kind, double min, double max) {
  if (std::isfinite(min) && std::isfinite(max)) return strf("{} from {:.15g} to {:.15g}", kind, min, max);
  if (std::isfinite(min)) return strf("{} of at least {:.15g}", kind, min);
  if (std::isfinite(max)) return strf("{} of at most {:.15g}", kind, max);
  return std::string(kind);
}

template <typename Number>
Result<Number> parse_number(std::string_view what, std::string_view kind, std::string_view text, double min,
                            double max) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  const bool whole = error == std::errc() && stop == end;
  const double value = static_cast<double>(number);
  if (whole && std::isfinite(value) && value >= min && value <= max) return number;
  return fail(Code::usage, "{}: wanted {}, got '{}'", what, wanted_number(kind, min, max), text);
}

}  // namespace

Result<int64_t> parse_integer(std::string_view what, std::string_view text, double min, double max) {
  return parse_number<int64_t>(what, "an integer", text, min, max);
}

Result<double> parse_real(std::string_view what, std::string_view text, double min, double max) {
  return parse_number<double>(what, "a number", text, min, max);
}

std::string_view nearest_word(std::string_view word, std::span<const std::string_view> candidates) {
  const auto distance = [](std::string_view a, std::string_view b) {
    std::vector<std::vector<size_t>> d(a.size() + 1, std::vector<size_t>(b.size() + 1));
    for (size_t i = 0; i <= a.size(); i++) d[i][0] = i;
    for (size_t j = 0; j <= b.size(); j++) d[0][j] = j;
    for (size_t i = 1; i <= a.size(); i++) {
      for (size_t j = 1; j <= b.size(); j++) {
        d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
        const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        if (swapped) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
    return d[a.size()][b.size()];
  };
  constexpr size_t kLongest = 64;  // nothing that long is a slip of the finger
  if (word.empty() || word.size() > kLongest) return {};
  std::string_view best;
  size_t best_distance = std::max<size_t>(1, word.size() / 3) + 1;
  for (std::string_view candidate : candidates) {
    const size_t d = distance(word, candidate);
    if (d < best_distance && d < candidate.size()) {
      best = candidate;
      best_distance = d;
    }
  }
  return best;
}

}  // namespace sov
