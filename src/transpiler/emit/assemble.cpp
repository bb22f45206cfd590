// The passes, and the file that comes out.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <unordered_set>

#include "transpiler/emit/filled.h"
#include "transpiler/emit/hygiene.h"
#include "transpiler/emit/layout.h"
#include "transpiler/emit/library_classes.h"
#include "transpiler/emit/line_marks.h"
#include "transpiler/emit/property_calls.h"
#include "transpiler/emit/single_dispatch.h"
#include "transpiler/emit/star_imports.h"
#include "transpiler/emit/translator.h"
#include "transpiler/emit/words.h"

namespace sov::transpiler {
namespace {

constexpr size_t kMaxPasses = 40;
/// Only types that grow with each pass need more.
constexpr size_t kUsualPasses = 14;
constexpr size_t kWidth = 100;

/// What the written code may name without a path, by where it comes from.
struct Import {
  std::string_view name, module;
  bool methods = false;  // a trait whose methods are called without its name
};

constexpr Import kTypes[] = {{"Str", "pystr"},
                             {"List", "list"},
                             {"Dict", "dict"},
                             {"Set", "set"},
                             {"FrozenSet", "set"},
                             {"Tuple", "tuple"},
                             {"Bytes", "bytes"},
                             {"ByteArray", "bytes"},
                             {"Value", "value"},
                             {"ToValue", "convert", true},
                             {"FromValue", "convert", true},
                             {"Field", "glue"},
                             {"Shared", "glue"},
                             {"Global", "glue"},
                             {"PyIter", "glue"},
                             {"Fun", "glue"},
                             {"Flow", "glue"},
                             {"Int", "int"},
                             {"PyFormat", "fmt", true}};

/// The text with long lines broken. Marks of Python lines do not count, and go to every part of a line.
std::string laid_out(std::string text, bool marked) {
  if (!marked) return broken_lines(text, kWidth);
  const std::vector<uint32_t> lines = take_line_marks(text);
  std::string out;
  size_t at = 0;
  for (size_t i = 0; at < text.size(); ++i) {
    const size_t end = std::min(text.find('\n', at), text.size());
    for (const char c : broken_lines(std::string_view(text).substr(at, end + 1 - at), kWidth)) {
      if (c == '\n') out += line_mark(lines[i]);
      out += c;
    }
    at = end + 1;
  }
  return out;
}

/// Every word of the text, and those that stand before `::` and not after it.
struct TextWords {
  explicit TextWords(std::string_view text) {
    for (size_t at = 0; at < text.size();) {
      if (!is_word(text[at])) {
        ++at;
        continue;
      }
      const size_t begin = at;
      while (at < text.size() && is_word(text[at])) ++at;
      const std::string_view word = text.substr(begin, at - begin);
      all.insert(word);
      if (text.substr(at, 2) == "::" && (begin == 0 || text[begin - 1] != ':')) paths.insert(word);
    }
  }
  std::unordered_set<std::string_view> all, paths;
};

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
  setup_.clear();
  out_.clear();
  indent_ = 0;
  labels_ = 0;
  temporaries_.restart();
  function_ = nullptr;
  class_ = nullptr;
  scopes_.clear();
  error_frames_.clear();
  loops_.clear();
  handling_.clear();
  match_depth_ = 0;
  note_fields();
  // Imports first: they say what names mean in functions that stand above them.
  const std::string module = captured([&] {
    open("fn module() -> Res<()> {");
    line("@setup@");
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
  class_makers();
  std::string prologue;
  for (const std::string& step : setup_) prologue += strf("    {}\n", step);
  out_ += module;
  const size_t setup = out_.rfind("    @setup@");
  out_.replace(setup, out_.find('\n', setup) + 1 - setup, prologue);
}

/// A module without a main part: each test_* function is called, and its name and result printed.
void Translator::test_calls() {
  for (const auto& function : functions_) {
    if (function->parent != nullptr || function->cls != nullptr || !function->name.starts_with("test_") ||
        !function->params.empty())
      continue;
    function->called = true;
    const std::string call = strf("{}()", function->rust);
    const Code result = function->raises ? fallible(call, function->ret) : Code{call, function->ret};
    line(strf("out::print(&[&\"{}\", &{}.repr()]);", function->name, result.text));
  }
}

Result<Translation> Translator::run() {
  name_star_imports(tree_);
  TRY(add_library_classes(tree_));
  expand_property_calls(tree_);
  expand_single_dispatch(tree_);
  filled_sums_ = filled_sums(tree_);
  collect();
  const auto settle = [&] {
    for (size_t i = 0; i < kMaxPasses; ++i) {
      ++passes_;
      types_.take_changed();
      module_code();
      if (!types_.take_changed()) return;
      if (i >= kUsualPasses) types_.cut_endless();
    }
  };
  passes_ = 0;
  settle();
  settled_ = true;
  settle();
  apply_annotations();
  settle();
  // What is still unknown holds nothing that the program could tell apart.
  for (const auto& function : functions_) {
    if (!known(result_type(*function))) types_.flow(none_, result_type(*function));
  }
  settle();
  for (int i = 0; i < 6 && types_.find_growth(); ++i) settle();
  types_.make_unknown_values();
  settle();
  find_raising();
  final_ = true;
  types_.take_changed();
  const std::vector<Refusal> before = refusals_;
  do {
    refusals_ = before;
    for (const auto& function : functions_) function->raised = false;
    module_code();
  } while (raises_late());
  Translation out;
  out.passes = passes_;
  if (types_.take_changed() && refusals_.empty())
    refuse(*tree_.module, "types that do not settle", "the types of this program do not settle");
  std::ranges::sort(refusals_, {}, [](const Refusal& r) { return std::pair{r.line, r.column}; });
  out.refusals = refusals_;
  out.functions = inferred_types();
  if (refusals_.empty()) {
    RustFile file = assemble(out.lines);
    out.rust = std::move(file.text);
    out.runtime_parts = std::move(file.modules);
  }
  return out;
}

std::vector<FunctionTypes> Translator::inferred_types() const {
  std::vector<FunctionTypes> out;
  for (const auto& function : functions_) {
    const bool of_library =
        function->cls != nullptr && function->cls->node->name.find('.') != std::string::npos;
    if (function->node->kind != Kind::FunctionDef || of_library) continue;
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

/// Functions that cannot raise return their value as it is. Only those that are called by name: whoever holds
/// a function as a value wants a Result.
void Translator::find_raising() {
  for (const auto& var : vars_) {
    FunctionInfo* info = var->function;
    auto* def = info == nullptr ? nullptr : try_as<ast::FunctionDef>(info->node);
    if (def == nullptr || !def->decorator_list.empty() || info->cls != nullptr || info->generator ||
        info->is_async || info->context_manager || info->memo != nullptr || info->cached ||
        var->assigns != 1 || var->reads != var->calls)
      continue;
    info->raises = false;
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& function : functions_) function->raised = false;
    module_code();
    changed = raises_late();
  }
}

/// What only the last pass writes raises in a function that was held not to.
bool Translator::raises_late() {
  bool any = false;
  for (const auto& function : functions_) {
    if (!function->raised || function->raises) continue;
    function->raises = any = true;
  }
  return any;
}

RustFile Translator::assemble(std::vector<uint32_t>& lines) {
  std::string consts;
  for (const auto& var : vars_) {
    if (var->constant && var->module_level) consts += const_text_[var.get()];
  }
  std::string statics;
  for (const auto& [name, text] : statics_set_) {
    if (mentions_word(out_, name)) statics += text;
  }
  if (!statics.empty()) statics = strf("thread_local! {{\n{}}}\n\n", statics);
  for (const auto& [name, text] : class_statics_) {
    if (mentions_word(out_ + statics, name)) consts += text;
  }
  const std::string body =
      temporaries_.in_order(consts + (consts.empty() ? "" : "\n") + statics + value_operators(out_) + out_);
  std::string script(options_.script);
  if (script.empty()) script = std::filesystem::path(tree_.source().name()).filename().string();
  std::string laid = laid_out(body, options_.source_map);
  const std::vector<uint32_t> of_body = options_.source_map ? take_line_marks(laid) : std::vector<uint32_t>();
  std::string front = imports(body) + "\ntype Res<T> = Result<T, Exc>;\n\n" + laid +
                      strf("\nfn main() {{\n    rt::start::run(\"{}\", module)\n}}\n", script);
  RustFile file = with_runtime(front, embedded_runtime());
  file.text.insert(0, strf("// Translated from {} by depyler.\n{}", script, allowed()));
  if (options_.source_map) lines = lines_within(file.text, laid, of_body);
  return file;
}

/// Lints that the program itself would not pass (what it defines and does not use, names that are not Rust's
/// way), and those of style that rules for single constructs cannot always see to.
std::string Translator::allowed() const {
  std::string out =
      "#![allow(dead_code, unused_variables, unused_assignments, unused_mut, unused_parens, unused_braces, "
      "unused_labels, "
      "unused_must_use, unused_comparisons, path_statements, unreachable_code, unreachable_patterns, "
      "irrefutable_let_patterns";
  const auto capital = [](std::string_view name) {
    return std::ranges::any_of(name, [](char c) { return c >= 'A' && c <= 'Z'; });
  };
  const auto small = [](std::string_view name) {
    return std::ranges::any_of(name, [](char c) { return c >= 'a' && c <= 'z'; });
  };
  bool snake = false, upper = false, camel = false;
  for (const auto& var : vars_) {
    if (var->is_class || var->is_module || !var->module.empty()) continue;
    const bool fixed = var->constant || (var->module_level && var->global);
    snake |= !fixed && capital(var->rust);
    upper |= fixed && small(var->rust);
  }
  for (const auto& function : functions_) snake |= capital(function->rust);
  for (const auto& cls : classes_) {
    // constructors and constants of a class have its name in theirs
    snake = upper = true;
    camel |= cls->rust.find('_') != std::string::npos || !capital(cls->rust.substr(0, 1));
    for (const FieldInfo& field : cls->fields) snake |= capital(field.rust);
  }
  if (snake) out += ", non_snake_case";
  if (upper) out += ", non_upper_case_globals";
  if (camel) out += ", non_camel_case_types";
  return out + ")]\n";
}

/// `use` lines for whatever the text may name; those that it does not need are left out later.
std::string Translator::imports(const std::string& body) const {
  std::string out =
      "use std::rc::Rc;\nuse rt::exc::Exc;\nuse rt::traits::{PyHash, PyLen, PyOrd, PyRepr, PyStr, "
      "PyTruth};\n";
  const TextWords words(body);
  for (const Import& import : kTypes) {
    if (import.methods || words.all.contains(import.name))
      out += strf("use rt::{}::{};\n", import.module, import.name);
  }
  for (const EmbeddedFile& file : embedded_runtime()) {
    if (words.paths.contains(file.name)) out += strf("use rt::{};\n", file.name);
  }
  for (const char* macro : {"try_in", "try_flow"}) {
    if (body.find(strf("{}!", macro)) != std::string::npos) out += strf("use rt::glue::{};\n", macro);
  }
  return out;
}

}  // namespace sov::transpiler
