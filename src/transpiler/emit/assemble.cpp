// The passes, and the file that comes out.
#include <algorithm>
#include <cctype>
#include <filesystem>

#include "transpiler/emit/line_marks.h"
#include "transpiler/emit/translator.h"

namespace sov::transpiler {
namespace {

constexpr size_t kMaxPasses = 40;

/// What the written code may name without a path, by where it comes from.
struct Import {
  std::string_view name, module;
};
constexpr Import kTypes[] = {
    {"Str", "pystr"},     {"List", "list"},   {"Dict", "dict"},       {"Set", "set"},
    {"FrozenSet", "set"}, {"Tuple", "tuple"}, {"Bytes", "bytes"},     {"ByteArray", "bytes"},
    {"Value", "value"},   {"Exc", "exc"},     {"ToValue", "convert"}, {"FromValue", "convert"},
    {"Field", "glue"},    {"Shared", "glue"}, {"Global", "glue"},     {"PyIter", "glue"},
    {"Fun", "glue"},      {"Flow", "glue"},   {"Int", "int"},         {"PyFormat", "fmt"}};

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool mentions_word(std::string_view text, std::string_view word) {
  for (size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool before = at == 0 || !is_word(text[at - 1]);
    const bool after = at + word.size() >= text.size() || !is_word(text[at + word.size()]);
    if (before && after) return true;
  }
  return false;
}

const EmbeddedFile* runtime_module(std::string_view name) {
  static const std::vector<EmbeddedFile> all = embedded_runtime();
  const auto found = std::ranges::find(all, name, &EmbeddedFile::name);
  return found == all.end() ? nullptr : &*found;
}

/// Names after "//! needs:".
std::vector<std::string> needs_of(std::string_view text) {
  std::vector<std::string> out;
  const std::string_view line = text.substr(0, text.find('\n'));
  constexpr std::string_view kMark = "//! needs:";
  if (!line.starts_with(kMark)) return out;
  std::string word;
  for (const char c : std::string(line.substr(kMark.size())) + ",") {
    if (is_word(c))
      word += c;
    else if (!word.empty())
      out.push_back(std::move(word)), word.clear();
  }
  return out;
}

/// The module without its comments and outer attributes that apply to a whole file.
std::string stripped(std::string_view text, std::string& attributes) {
  std::string out;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const size_t first = line.find_first_not_of(' ');
    if (first == std::string_view::npos) continue;
    const std::string_view content = line.substr(first);
    if (content.starts_with("//")) continue;
    if (content.starts_with("#![")) {
      attributes += strf("        {}\n", content);
      continue;
    }
    out += strf("        {}\n", line);
  }
  return out;
}

}  // namespace

Result<Translation> transpile(Tree& tree, const TranspileOptions& options) {
  return Translator(tree, options).run();
}

bool Translator::is_main_guard(const Node& test) const {
  auto* compare = try_as<ast::Compare>(const_cast<Node*>(&test));
  if (compare == nullptr || compare->ops.size() != 1 || compare->ops[0] != Op::Eq) return false;
  auto* name = try_as<ast::Name>(compare->left);
  return name != nullptr && name->id == "__name__";
}

std::string Translator::module_doc() {
  auto* first = tree_.module->body.empty() ? nullptr : try_as<ast::Expr>(tree_.module->body[0]);
  if (first == nullptr || first->value->kind != Kind::Constant) return "";
  const Code code = constant(as<ast::Constant>(*first->value));
  return types_.is(code.type, Base::text) ? code.text : "";
}

void Translator::module_code() {
  used_.clear();
  out_.clear();
  indent_ = 0;
  labels_ = temps_ = 0;
  function_ = nullptr;
  class_ = nullptr;
  scopes_.clear();
  error_frames_.clear();
  loops_.clear();
  handling_.clear();
  match_depth_ = 0;
  // Imports first: they say what names mean in functions that stand above them.
  const std::string module = captured([&] {
    open("fn module() -> Res<()> {");
    for (Node* node : tree_.module->body) {
      auto* branch = try_as<ast::If>(node);
      if (branch != nullptr && is_main_guard(*branch->test)) {
        block(branch->body);
        continue;
      }
      declare_hoisted(*node);
      statement(*node);
    }
    if (options_.call_tests) test_calls();
    line("Ok(())");
    close();
  });
  classes();
  for (const auto& function : functions_) {
    auto* def = try_as<ast::FunctionDef>(function->node);
    if (def == nullptr || function->cls != nullptr || function->parent != nullptr) continue;
    FunctionInfo& info = *function;
    this->function(info, "");
    line("");
  }
  out_ += module;
}

/// A module without a main part: each test_* function is called, and its name and result printed.
void Translator::test_calls() {
  for (const auto& function : functions_) {
    if (function->parent != nullptr || function->cls != nullptr || !function->name.starts_with("test_") ||
        !function->params.empty())
      continue;
    function->called = true;
    const Code result = fallible(strf("{}()", function->rust), function->ret);
    line(strf("out::print(&[&\"{}\", &{}.repr()]);", function->name, result.text));
  }
}

Result<Translation> Translator::run() {
  collect();
  const auto settle = [&] {
    for (size_t i = 0; i < kMaxPasses; ++i) {
      ++passes_;
      types_.take_changed();
      module_code();
      if (!types_.take_changed()) return;
    }
  };
  passes_ = 0;
  settle();
  apply_annotations();
  settle();
  // What is still unknown holds nothing that the program could tell apart.
  for (const auto& function : functions_) {
    if (!known(function->ret)) types_.flow(none_, function->ret);
  }
  settle();
  types_.make_unknown_values();
  settle();
  final_ = true;
  types_.take_changed();
  module_code();
  Translation out;
  out.passes = passes_;
  if (types_.take_changed() && refusals_.empty())
    refuse(*tree_.module, "types that do not settle", "the types of this program do not settle");
  std::ranges::sort(refusals_, {}, [](const Refusal& r) { return std::pair{r.line, r.column}; });
  out.refusals = refusals_;
  out.functions = inferred_types();
  if (refusals_.empty()) {
    out.rust = assemble();
    if (options_.source_map) out.lines = take_line_marks(out.rust);
    for (const std::string& part : used_) out.runtime_parts.push_back(part);
  }
  return out;
}

std::vector<FunctionTypes> Translator::inferred_types() const {
  std::vector<FunctionTypes> out;
  for (const auto& function : functions_) {
    if (function->node->kind != Kind::FunctionDef) continue;
    FunctionTypes made{.line = function->node->place.line};
    made.name = function->cls != nullptr ? strf("{}.{}", function->cls->name, function->name)
                                         : std::string(function->name);
    for (const Param& param : function->params)
      made.parameters.emplace_back(param.var->name, type_text(param.var->type));
    made.result = type_text(function->generator ? function->yields : function->ret);
    if (function->generator) made.result = strf("iterator[{}]", made.result);
    out.push_back(std::move(made));
  }
  std::ranges::stable_sort(out, {}, &FunctionTypes::line);
  return out;
}

std::string Translator::assemble() {
  std::string consts;
  for (const auto& var : vars_) {
    if (var->constant && var->module_level) consts += const_text_[var.get()];
  }
  std::string statics;
  for (const auto& [name, text] : statics_set_) {
    if (mentions_word(out_, name)) statics += text;
  }
  if (!statics.empty()) statics = strf("thread_local! {{\n{}}}\n\n", statics);
  const std::string body = consts + (consts.empty() ? "" : "\n") + statics + out_;
  std::string script(options_.script);
  if (script.empty()) script = std::filesystem::path(tree_.source().name()).filename().string();
  // Modules: those named in the text, and whatever they need.
  static const std::vector<EmbeddedFile> all = embedded_runtime();
  std::string imports;
  std::set<std::string> path_modules;
  for (const EmbeddedFile& file : all) {
    const std::string call = strf("{}::", file.name);
    for (size_t at = body.find(call); at != std::string::npos; at = body.find(call, at + 1)) {
      if (at > 0 && is_word(body[at - 1])) continue;
      used_.insert(std::string(file.name));
      const bool qualified = at >= 4 && body.compare(at - 4, 4, "rt::") == 0;
      if (!qualified && !(at >= 2 && body.compare(at - 2, 2, "::") == 0))
        path_modules.insert(std::string(file.name));
    }
  }
  for (const char* always : {"exc", "start", "traits", "glue", "pystr"}) used_.insert(always);
  if (body.find(".join(") != std::string::npos || mentions_word(body, "Str"))
    used_.insert({"strm", "strcase"});
  if (body.find("py_format(") != std::string::npos) used_.insert("fmt");
  std::map<std::string, std::string> names;
  for (const Import& import : kTypes) {
    if (!mentions_word(body, import.name)) continue;
    used_.insert(std::string(import.module));
    std::string& list = names[std::string(import.module)];
    list += strf("{}{}", list.empty() ? "" : ", ", import.name);
  }
  if (body.find(".to_value()") != std::string::npos || body.find("from_value(") != std::string::npos) {
    used_.insert("convert");
    names["convert"] = "FromValue, ToValue";
  }
  if (body.find("py_format(") != std::string::npos) names["fmt"] = "PyFormat";
  names["exc"] = "Exc";
  const auto close_needs = [&] {
    for (std::vector<std::string> todo(used_.begin(), used_.end()); !todo.empty();) {
      const std::string name = todo.back();
      todo.pop_back();
      const EmbeddedFile* file = runtime_module(name);
      if (file == nullptr) continue;
      for (const std::string& need : needs_of(file->text)) {
        if (used_.insert(need).second) todo.push_back(need);
      }
    }
  };
  close_needs();
  // The border between a library type and Value is a module of its own.
  if (used_.contains("value")) {
    used_.insert("gluev");
    for (const std::string& name : std::vector<std::string>(used_.begin(), used_.end())) {
      const EmbeddedFile* border =
          name == "pathlib" ? runtime_module("files_value") : runtime_module(name + "_value");
      if (border == nullptr) continue;
      used_.insert(std::string(border->name));
    }
    close_needs();
  }
  std::erase_if(used_, [](const std::string& name) { return runtime_module(name) == nullptr; });
  std::string out = strf("// Translated from {} by depyler.\n", script);
  out +=
      "#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals, unreachable_code, "
      "unused_assignments, unused_imports, unused_labels, unused_mut, unused_parens, unused_variables, "
      "unreachable_patterns, irrefutable_let_patterns, unused_braces, unused_must_use)]\n";
  for (const auto& [module, list] : names)
    out +=
        strf("use rt::{}::{};\n", module, list.find(',') == std::string::npos ? list : strf("{{{}}}", list));
  out += "use rt::traits::{PyHash, PyLen, PyOrd, PyRepr, PyStr, PyTruth};\nuse rt::{exc, glue";
  for (const std::string& module : path_modules) {
    if (module != "exc" && module != "glue") out += strf(", {}", module);
  }
  out += "};\n";
  for (const char* macro : {"try_in", "try_flow"}) {
    if (body.find(strf("{}!", macro)) != std::string::npos) out += strf("use rt::glue::{};\n", macro);
  }
  out += "use std::rc::Rc;\n\ntype Res<T> = Result<T, Exc>;\n\n";
  out += body;
  out += strf("\nfn main() {{\n    rt::start::run(\"{}\", module)\n}}\n", script);
  out += "\nmod rt {\n    #![allow(dead_code, unused_imports, unused_macros, clippy::all)]\n";
  for (const std::string& name : used_) {
    std::string attributes;
    const std::string text = stripped(runtime_module(name)->text, attributes);
    out += strf("    pub mod {} {{\n{}{}    }}\n", name, attributes, text);
  }
  return out + "}\n";
}

}  // namespace sov::transpiler
