// Reads the tables. One entry a line:
//   type NAME = module::RustType          type NAME[T] = ...
//   fn path(params) -> type [!] = body    fn TYPE.method(self, ...)    class NAME(params) -> type = body
//   attr owner.name -> type [!] = body    op a - b -> type [!] = body  iter TYPE -> item [!] [= body]
// Parameters: name: [&]type [= default]; *name, **name. One capital letter is a type that a use decides; N is
// a number of fixed size. "# uses: a b" names runtime modules that the body does not.
#include "transpiler/emit/library.h"

#include <algorithm>

#include "core/format.h"

namespace sov::transpiler {
namespace {

std::string_view trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// Splits at commas outside brackets and quotes.
std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> out;
  int depth = 0;
  char quote = 0;
  size_t start = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0 && c == '\\')
      ++i;  // what follows does not end the text
    else if (quote != 0)
      quote = c == quote ? '\0' : quote;
    else if (c == '\'' || c == '"')
      quote = c;
    else if (c == '[' || c == '(' || c == '{')
      ++depth;
    else if (c == ']' || c == ')' || c == '}')
      --depth;
    else if (c == ',' && depth == 0) {
      out.push_back(trimmed(text.substr(start, i - start)));
      start = i + 1;
    }
  }
  if (const std::string_view last = trimmed(text.substr(start)); !last.empty()) out.push_back(last);
  return out;
}

SigType read_type(std::string_view text) {
  SigType out;
  text = trimmed(text);
  if (text.starts_with('&')) {
    out.reference = true;
    text = trimmed(text.substr(1));
  }
  const size_t open = text.find('[');
  if (open == std::string_view::npos || !text.ends_with(']')) {
    out.name = text;
    return out;
  }
  out.name = trimmed(text.substr(0, open));
  std::string_view inside = text.substr(open + 1, text.size() - open - 2);
  if (out.name == "func") {
    const size_t arrow = inside.find("->");
    const std::string_view params =
        arrow == std::string_view::npos ? std::string_view() : inside.substr(0, arrow);
    for (const std::string_view part : parts_of(params)) out.args.push_back(read_type(part));
    out.args.push_back(read_type(arrow == std::string_view::npos ? inside : inside.substr(arrow + 2)));
    return out;
  }
  for (const std::string_view part : parts_of(inside)) out.args.push_back(read_type(part));
  return out;
}

SigParam read_param(std::string_view text) {
  SigParam out;
  if (text.starts_with("**"))
    out.double_star = true, text.remove_prefix(2);
  else if (text.starts_with('*'))
    out.star = true, text.remove_prefix(1);
  size_t equals = std::string_view::npos;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '=' && (i == 0 || text[i - 1] != '>')) {
      equals = i;
      break;
    }
  }
  if (equals != std::string_view::npos) out.fallback = std::string(trimmed(text.substr(equals + 1)));
  text = trimmed(text.substr(0, equals));
  const size_t colon = text.find(':');
  out.name = trimmed(text.substr(0, colon));
  out.type = colon == std::string_view::npos ? SigType{.name = "any", .args = {}}
                                             : read_type(text.substr(colon + 1));
  return out;
}

/// Runtime modules that a Rust body names: "math::sqrt" -> math.
void modules_in(std::string_view body, std::vector<std::string>& out) {
  for (size_t at = body.find("::"); at != std::string_view::npos; at = body.find("::", at + 2)) {
    size_t begin = at;
    while (begin > 0 &&
           (std::isalnum(static_cast<unsigned char>(body[begin - 1])) != 0 || body[begin - 1] == '_'))
      --begin;
    const std::string name(body.substr(begin, at - begin));
    if (!name.empty() && std::islower(static_cast<unsigned char>(name[0])) != 0 &&
        std::ranges::find(out, name) == out.end())
      out.push_back(name);
  }
}

}  // namespace

const Library& Library::built_in() {
  static const Library library = [] {
    Library all;
    for (const EmbeddedFile& file : embedded_library()) all.read(file.name, file.text);
    return all;
  }();
  return library;
}

void Library::read(std::string_view, std::string_view text) {
  // Types first: a signature may name a type that another line makes.
  for (const bool types : {true, false}) {
    std::string_view rest = text;
    while (!rest.empty()) {
      const size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view line = trimmed(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (line.empty() || line[0] == '#') continue;
      if (line.starts_with("type ") == types) read_line(line);
    }
  }
}

void Library::read_line(std::string_view line) {
  LibraryEntry entry;
  if (const size_t uses = line.find("# uses:"); uses != std::string_view::npos) {
    std::string_view names = line.substr(uses + 7);
    while (!(names = trimmed(names)).empty()) {
      const size_t end = std::min(names.find_first_of(" ,"), names.size());
      if (end > 0) entry.uses.emplace_back(names.substr(0, end));
      names.remove_prefix(std::min(end + 1, names.size()));
    }
    line = trimmed(line.substr(0, uses));
  } else if (const size_t comment = line.find("  #"); comment != std::string_view::npos) {
    line = trimmed(line.substr(0, comment));
  }
  const size_t space = line.find(' ');
  const std::string_view word = line.substr(0, space);
  std::string_view rest = trimmed(line.substr(space + 1));
  const size_t arrow = rest.rfind(" -> ");
  size_t equals = rest.find(" = ", arrow == std::string_view::npos ? 0 : arrow);
  std::string_view head = rest.substr(0, arrow != std::string_view::npos ? arrow : equals);
  if (arrow != std::string_view::npos) {
    std::string_view result =
        trimmed(rest.substr(arrow + 4, equals == std::string_view::npos ? equals : equals - arrow - 4));
    if (result.ends_with('!')) {
      entry.raises = true;
      result = trimmed(result.substr(0, result.size() - 1));
    }
    entry.result = read_type(result);
  }
  if (equals != std::string_view::npos) entry.body = trimmed(rest.substr(equals + 3));
  modules_in(entry.body, entry.uses);
  head = trimmed(head);
  if (word == "op") {
    entry.kind = EntryKind::operation;
    const size_t first = head.find(' '), last = head.rfind(' ');
    if (first == std::string_view::npos || first == last) {
      problems_.emplace_back(line);
      return;
    }
    entry.name = trimmed(head.substr(first, last - first));
    entry.params = {read_param(strf("left: {}", head.substr(0, first))),
                    read_param(strf("right: {}", head.substr(last + 1)))};
    operations_.push_back(std::move(entry));
    return;
  }
  const size_t open =
      word == "type" || word == "iter" || word == "attr" ? std::string_view::npos : head.find('(');
  entry.name = trimmed(head.substr(0, open));
  if (open != std::string_view::npos && head.ends_with(')')) {
    for (const std::string_view part : parts_of(head.substr(open + 1, head.size() - open - 2))) {
      if (part != "/" && part != "*") entry.params.push_back(read_param(part));
    }
  }
  if (word == "type") {
    entry.kind = EntryKind::type;
    const SigType type = read_type(entry.name);
    entry.name = type.name;
    for (const SigType& arg : type.args)
      entry.params.push_back({.name = arg.name, .type = arg, .fallback = std::nullopt});
    type_numbers_[entry.name] = static_cast<int32_t>(types_.size());
    types_.push_back(std::move(entry));
    return;
  }
  if (word == "iter") {
    entry.kind = EntryKind::iteration;
    iterations_[read_type(entry.name).name] = std::move(entry);
    return;
  }
  const size_t dot = entry.name.rfind('.');
  if (dot != std::string::npos) {
    entry.owner = entry.name.substr(0, dot);
    for (size_t at = entry.owner.find('.');; at = entry.owner.find('.', at + 1)) {
      modules_[entry.owner.substr(0, at)] = true;
      if (at == std::string::npos) break;
    }
  }
  if (word == "attr") {
    entry.kind = EntryKind::attribute;
    attributes_[entry.name] = std::move(entry);
  } else if (word == "fn" && !entry.params.empty() && entry.params[0].name == "self") {
    entry.kind = EntryKind::method;
    entry.params.erase(entry.params.begin());
    methods_[entry.name].push_back(std::move(entry));
  } else if (word == "fn" || word == "class") {
    entry.kind = word == "fn" ? EntryKind::function : EntryKind::constructor;
    functions_[entry.name].push_back(std::move(entry));
  } else {
    problems_.emplace_back(line);
  }
}

const LibraryEntry* Library::function(const std::string& path) const {
  const auto found = functions_.find(path);
  return found == functions_.end() ? nullptr : &found->second.front();
}
const LibraryEntry* Library::method(const std::string& type, std::string_view name) const {
  const auto found = methods_.find(strf("{}.{}", type, name));
  return found == methods_.end() ? nullptr : &found->second.front();
}
std::span<const LibraryEntry> Library::rows(const LibraryEntry& entry) const {
  const auto& table = entry.kind == EntryKind::method ? methods_ : functions_;
  const auto found = table.find(entry.name);
  return found == table.end() ? std::span(&entry, 1) : std::span<const LibraryEntry>(found->second);
}
const LibraryEntry* Library::attribute(const std::string& owner, std::string_view name) const {
  const auto found = attributes_.find(strf("{}.{}", owner, name));
  return found == attributes_.end() ? nullptr : &found->second;
}
std::vector<const LibraryEntry*> Library::constants_of(const std::string& module) const {
  std::vector<const LibraryEntry*> out;
  for (const auto& [name, entry] : attributes_) {
    const std::string& type = entry.result.name;
    if (entry.owner == module && (type == "int" || type == "float" || type == "str")) out.push_back(&entry);
  }
  return out;
}
const LibraryEntry* Library::operation(std::string_view op, const std::string& left,
                                       const std::string& right) const {
  for (const LibraryEntry& entry : operations_) {
    if (entry.name == op && entry.params[0].type.name == left && entry.params[1].type.name == right)
      return &entry;
  }
  return nullptr;
}
bool Library::has_operation(std::string_view op, std::string_view type) const {
  return std::ranges::any_of(operations_, [&](const LibraryEntry& entry) {
    return entry.name == op && (entry.params[0].type.name == type || entry.params[1].type.name == type);
  });
}
const LibraryEntry* Library::iteration(const std::string& type) const {
  const auto found = iterations_.find(type);
  return found == iterations_.end() ? nullptr : &found->second;
}
int32_t Library::type_number(std::string_view name) const {
  const auto found = type_numbers_.find(name);
  if (found != type_numbers_.end()) return found->second;
  const size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? -1 : type_number(name.substr(dot + 1));
}
bool Library::has_module(const std::string& name) const { return modules_.contains(name); }

}  // namespace sov::transpiler
