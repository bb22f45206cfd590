#include "transpiler/emit/star_imports.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/format.h"
#include "transpiler/emit/library.h"

namespace sov::transpiler {
namespace {

/// Names that have rules of their own in place of rows in the library's tables.
constexpr std::pair<std::string_view, std::string_view> kRules[] = {
    {"dataclasses", " dataclass field fields asdict astuple replace is_dataclass KW_ONLY InitVar "},
    {"enum", " Enum IntEnum StrEnum Flag IntFlag auto unique "},
    {"collections", " defaultdict OrderedDict Counter namedtuple deque "},
    {"functools", " lru_cache cache cached_property wraps partial reduce total_ordering singledispatch "},
    {"abc", " ABC ABCMeta abstractmethod "},
    {"argparse", " ArgumentParser Namespace SUPPRESS REMAINDER BooleanOptionalAction ArgumentTypeError "},
    {"typing",
     " Any Callable Dict Iterable Iterator List NamedTuple Optional Sequence Set Tuple Union cast "}};

bool exports(std::string_view module, std::string_view name) {
  if (name.starts_with('_')) return false;
  const Library& library = Library::built_in();
  if (library.function(strf("{}.{}", module, name)) != nullptr) return true;
  if (library.attribute(std::string(module), name) != nullptr) return true;
  return std::ranges::any_of(kRules, [&](const auto& rule) {
    return rule.first == module && rule.second.find(strf(" {} ", name)) != std::string_view::npos;
  });
}

class StarImports {
 public:
  explicit StarImports(Tree& tree) : tree_(tree) {}

  void run(Node& node) {
    auto* from = try_as<ast::ImportFrom>(&node);
    if (from != nullptr && from->level == 0 && from->names.size() == 1 &&
        as<ast::alias>(*from->names[0]).name == "*")
      name_them(*from);
    for_children(node, [&](Node& child) { run(child); });
  }

 private:
  void name_them(ast::ImportFrom& from) {
    if (used_.empty()) names(*tree_.module);
    std::vector<Node*> imported;
    for (const std::string_view name : used_) {
      if (bound_.contains(name) || !exports(from.module, name)) continue;
      auto* alias = tree_.make<ast::alias>(from.names[0]->place);
      alias->name = name;
      imported.push_back(alias);
    }
    if (!imported.empty()) from.names = tree_.copy(imported);
  }

  void names(Node& node) {
    if (auto* name = try_as<ast::Name>(&node)) (name->ctx == Ctx::Load ? used_ : bound_).insert(name->id);
    if (auto* arg = try_as<ast::Arg>(&node)) bound_.insert(arg->arg);
    if (auto* def = try_as<ast::FunctionDef>(&node)) bound_.insert(def->name);
    if (auto* cls = try_as<ast::ClassDef>(&node)) bound_.insert(cls->name);
    for_children(node, [&](Node& child) { names(child); });
  }

  Tree& tree_;
  std::set<std::string_view> used_, bound_;  // names of the whole program
};

}  // namespace

void name_star_imports(Tree& tree) { StarImports(tree).run(*tree.module); }

}  // namespace sov::transpiler
