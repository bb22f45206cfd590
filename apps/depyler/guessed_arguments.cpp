// Command lines from the calls of argparse in a file.
#include <algorithm>
#include <array>
#include <map>

#include "apps/depyler/guessed_inputs.h"
#include "core/format.h"

namespace sov::depyler {
namespace {

using namespace transpiler;

struct Argument {
  std::string flag;  // empty: positional
  std::string type, nargs, action;
  std::vector<std::string> choices;
  bool required = false;
};

struct Parser {
  size_t parent = SIZE_MAX;
  std::string word;  // of a sub-command
  std::vector<Argument> arguments;
  bool has_children = false;
};

std::string constant_text(Node* node) {
  auto* constant = try_as<ast::Constant>(node);
  return constant != nullptr && constant->value.kind == ConstantKind::text ? std::string(constant->value.text)
                                                                           : "";
}

std::string last_name(Node* node) {
  if (auto* name = try_as<ast::Name>(node)) return std::string(name->id);
  if (auto* attribute = try_as<ast::Attribute>(node)) return std::string(attribute->attr);
  return "";
}

class ParserReader {
 public:
  std::vector<Parser> parsers;

  void walk(Node& node) {
    if (auto* assign = try_as<ast::Assign>(&node); assign != nullptr && assign->targets.size() == 1) {
      const size_t parser = parser_of(assign->value);
      auto* name = try_as<ast::Name>(assign->targets[0]);
      if (parser != SIZE_MAX && name != nullptr) known_[name->id] = parser;
      if (parser != SIZE_MAX) return;
    }
    if (auto* call = try_as<ast::Call>(&node); call != nullptr && parser_of(call) != SIZE_MAX) return;
    for_children(node, [&](Node& child) { walk(child); });
  }

 private:
  /// The parser that an expression is or adds to, or SIZE_MAX.
  size_t parser_of(Node* node) {
    if (auto* name = try_as<ast::Name>(node)) {
      const auto found = known_.find(name->id);
      return found == known_.end() ? SIZE_MAX : found->second;
    }
    auto* call = try_as<ast::Call>(node);
    if (call == nullptr) return SIZE_MAX;
    if (last_name(call->func) == "ArgumentParser") {
      parsers.emplace_back();
      return parsers.size() - 1;
    }
    auto* attribute = try_as<ast::Attribute>(call->func);
    if (attribute == nullptr) return SIZE_MAX;
    const size_t owner = parser_of(attribute->value);
    if (owner == SIZE_MAX) return SIZE_MAX;
    if (attribute->attr == "add_argument") add(owner, *call);
    if (attribute->attr == "add_parser" && !call->args.empty()) {
      parsers[owner].has_children = true;
      parsers.push_back({.parent = owner, .word = constant_text(call->args[0]), .arguments = {}});
      return parsers.size() - 1;
    }
    return owner;  // groups and sub-parsers add to their parser
  }

  void add(size_t owner, ast::Call& call) {
    Argument made;
    for (Node* word : call.args) {
      const std::string text = constant_text(word);
      if (text.starts_with("-") && text.size() > made.flag.size()) made.flag = text;
    }
    for (Node* one : call.keywords) {
      const auto& keyword = as<ast::keyword>(*one);
      if (keyword.arg == "type") made.type = last_name(keyword.value);
      if (keyword.arg == "action") made.action = constant_text(keyword.value);
      if (keyword.arg == "required") made.required = true;
      if (keyword.arg == "nargs") {
        made.nargs = constant_text(keyword.value);
        auto* number = try_as<ast::Constant>(keyword.value);
        if (number != nullptr && number->value.kind == ConstantKind::integer) made.nargs = number->value.text;
      }
      if (keyword.arg != "choices") continue;
      const Nodes elts = keyword.value->kind == Kind::List    ? as<ast::List>(*keyword.value).elts
                         : keyword.value->kind == Kind::Tuple ? as<ast::Tuple>(*keyword.value).elts
                                                              : Nodes();
      for (Node* choice : elts) made.choices.push_back(constant_text(choice));
    }
    parsers[owner].arguments.push_back(std::move(made));
  }

  std::map<std::string_view, size_t> known_;
};

template <size_t N>
std::string pick(const std::array<std::string_view, N>& items, Rng& rng) {
  return std::string(items[rng.below(N)]);
}

std::string value_for(const Argument& argument, Rng& rng) {
  if (!argument.choices.empty()) return argument.choices[rng.below(argument.choices.size())];
  if (argument.type == "int")
    return pick(std::array<std::string_view, 7>{"0", "1", "2", "3", "7", "12", "100"}, rng);
  if (argument.type == "float")
    return pick(std::array<std::string_view, 5>{"0", "1.5", "2", "0.25", "10"}, rng);
  return pick(std::array<std::string_view, 7>{"abc", "hello", "3", "1,2,3", "a=1", "Hello World", "5"}, rng);
}

void write(const Argument& argument, std::vector<std::string>& words, Rng& rng) {
  if (!argument.flag.empty() && !argument.required && rng.below(3) != 0) return;
  if (!argument.flag.empty()) words.push_back(argument.flag);
  if (argument.action.starts_with("store_") || argument.action == "count") return;
  size_t count = 1;
  if (argument.nargs == "?") count = rng.below(2);
  if (argument.nargs == "*") count = rng.below(4);
  if (argument.nargs == "+") count = 1 + rng.below(4);
  if (!argument.nargs.empty() && argument.nargs[0] >= '0' && argument.nargs[0] <= '9')
    count = static_cast<size_t>(argument.nargs[0] - '0');  // hexadecimal; one digit is what programs have
  for (size_t i = 0; i < count; ++i) words.push_back(value_for(argument, rng));
}

}  // namespace

std::vector<std::vector<std::string>> guessed_arguments(Tree& tree, size_t count, Rng& rng) {
  ParserReader reader;
  reader.walk(*tree.module);
  std::vector<std::vector<std::string>> out{{}};
  std::vector<size_t> leaves;
  for (size_t i = 0; i < reader.parsers.size(); ++i) {
    if (!reader.parsers[i].has_children) leaves.push_back(i);
  }
  if (leaves.empty()) return out;
  out.push_back({"--help"});
  for (size_t n = 0; out.size() < count; ++n) {
    std::vector<size_t> path;
    for (size_t at = leaves[n % leaves.size()]; at != SIZE_MAX; at = reader.parsers[at].parent)
      path.push_back(at);
    std::ranges::reverse(path);
    std::vector<std::string> words;
    for (const size_t at : path) {
      const Parser& parser = reader.parsers[at];
      if (!parser.word.empty()) words.push_back(parser.word);
      for (const Argument& argument : parser.arguments) {
        if (!argument.flag.empty()) write(argument, words, rng);
      }
      for (const Argument& argument : parser.arguments) {
        if (argument.flag.empty()) write(argument, words, rng);
      }
    }
    out.push_back(std::move(words));
  }
  return out;
}

}  // namespace sov::depyler
