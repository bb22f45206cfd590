#include "transpiler/emit/library_classes.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "core/format.h"
#include "transpiler/emit/library.h"
#include "transpiler/parser.h"

namespace sov::transpiler {
namespace {

/// What the module-level names of a file stand for: "Thread" -> "threading.Thread".
class ImportedNames {
 public:
  explicit ImportedNames(Nodes body) {
    for (Node* statement : body) imports(*statement);
    for (Node* statement : body) hidden(*statement);
  }
  ImportedNames() = default;
  void add(std::string_view name, std::string path) { names_[name] = std::move(path); }

  std::string path(const Node& node) const {
    if (node.kind == Kind::Name) {
      const auto found = names_.find(static_cast<const ast::Name&>(node).id);
      return found == names_.end() ? "" : found->second;
    }
    if (node.kind != Kind::Attribute) return "";
    const auto& attribute = static_cast<const ast::Attribute&>(node);
    const std::string owner = path(*attribute.value);
    return owner.empty() ? "" : strf("{}.{}", owner, attribute.attr);
  }
  std::set<std::string> modules() const {
    std::set<std::string> out;
    for (const auto& [name, path] : names_) {
      out.insert(path);
      out.insert(path.substr(0, path.rfind('.')));
    }
    return out;
  }

 private:
  void imports(Node& node) {
    if (auto* import = try_as<ast::Import>(&node)) {
      for (Node* item : import->names) {
        auto& alias = as<ast::alias>(*item);
        const std::string_view first = alias.name.substr(0, alias.name.find('.'));
        names_[alias.asname.empty() ? first : alias.asname] =
            std::string(alias.asname.empty() ? first : alias.name);
      }
    } else if (auto* from = try_as<ast::ImportFrom>(&node); from != nullptr && from->level == 0) {
      for (Node* item : from->names) {
        auto& alias = as<ast::alias>(*item);
        names_[alias.asname.empty() ? alias.name : alias.asname] = strf("{}.{}", from->module, alias.name);
      }
    }
    for_children(node, [&](Node& child) { imports(child); });
  }
  /// A name that the program also binds otherwise says nothing.
  void hidden(Node& node) {
    if (auto* name = try_as<ast::Name>(&node); name != nullptr && name->ctx != Ctx::Load)
      names_.erase(name->id);
    if (auto* arg = try_as<ast::Arg>(&node)) names_.erase(arg->arg);
    if (auto* def = try_as<ast::FunctionDef>(&node)) names_.erase(def->name);
    if (auto* cls = try_as<ast::ClassDef>(&node)) names_.erase(cls->name);
    for_children(node, [&](Node& child) { hidden(child); });
  }
  std::map<std::string_view, std::string> names_;
};

struct Definition {
  Node* node = nullptr;
  ImportedNames* names = nullptr;  // of its file
  bool when_inherited = false, chosen = false;
};

class LibraryClasses {
 public:
  explicit LibraryClasses(Tree& tree) : tree_(tree), program_(tree.module->body) {}

  Result<> run() {
    TRY(read_files());
    if (definitions_.empty()) return {};
    bases(*tree_.module);
    encoders(*tree_.module);
    resolve(*tree_.module, program_);
    if (std::ranges::none_of(definitions_, [](const auto& d) { return d.second.chosen; })) return {};
    leave_out_methods();
    insert();
    return {};
  }

 private:
  Result<> read_files() {
    const std::set<std::string> modules = program_.modules();
    for (const EmbeddedFile& file : embedded_classes()) {
      if (!modules.contains(std::string(file.name))) continue;
      TRY(Tree parsed, parse_python(strf("library/classes/{}.py", file.name), file.text));
      const Nodes body = tree_.adopt(std::move(parsed), place_of_imports());
      auto& names = files_.emplace_back();
      for (Node* statement : body) definition(*statement, std::string(file.name), names);
    }
    return {};
  }

  void definition(Node& node, const std::string& module, ImportedNames& names) {
    if (auto* def = try_as<ast::FunctionDef>(&node)) {
      const std::string path = strf("{}.{}", module, def->name);
      names.add(def->name, path);
      def->name = tree_.keep(path);
      definitions_[path] = {&node, &names};
      return;
    }
    auto* cls = try_as<ast::ClassDef>(&node);
    if (cls == nullptr) {
      if (node.kind == Kind::Import || node.kind == Kind::ImportFrom) imports_.push_back(&node);
      return;
    }
    const bool when_inherited = !cls->decorator_list.empty();
    cls->decorator_list = {};
    const std::string path = strf("{}.{}", module, cls->name);
    names.add(cls->name, path);
    // `__qualname__ = "x"`: what CPython calls it.
    std::string_view shown = cls->name;
    std::vector<Node*> body;
    for (Node* item : cls->body) {
      auto* assign = try_as<ast::Assign>(item);
      auto* target = assign == nullptr ? nullptr : try_as<ast::Name>(assign->targets[0]);
      if (target != nullptr && target->id == "__qualname__")
        shown = text_literal(assign->value);
      else
        body.push_back(item);
    }
    cls->body = tree_.copy(body);
    cls->name = tree_.keep(strf("{}.{}", module, shown));
    definitions_[path] = {&node, &names, when_inherited};
  }

  Place place_of_imports() const {
    for (Node* statement : tree_.module->body) {
      if (statement->kind == Kind::Import || statement->kind == Kind::ImportFrom) return statement->place;
    }
    return {.line = 1};
  }

  /// A class that a class of the program inherits from counts everywhere.
  void bases(Node& node) {
    if (auto* cls = try_as<ast::ClassDef>(&node)) {
      for (Node* base : cls->bases) {
        if (const auto found = definitions_.find(program_.path(*base)); found != definitions_.end())
          found->second.when_inherited = false;
      }
    }
    for_children(node, [&](Node& child) { bases(child); });
  }

  /// json.dumps(x, cls=Encoder) is json.dumps(x, default=Encoder().default).
  void encoders(Node& node) {
    if (auto* call = try_as<ast::Call>(&node)) {
      const std::string path = program_.path(*call->func);
      for (Node* item : call->keywords) {
        auto& keyword = as<ast::keyword>(*item);
        if (keyword.arg != "cls" || (path != "json.dumps" && path != "json.dump")) continue;
        auto* made = tree_.make<ast::Call>(keyword.place);
        made->func = keyword.value;
        auto* method = tree_.make<ast::Attribute>(keyword.place);
        method->value = made;
        method->attr = "default";
        keyword.arg = "default";
        keyword.value = method;
      }
    }
    for_children(node, [&](Node& child) { encoders(child); });
  }

  void resolve(Node& node, const ImportedNames& names) {
    for_slots(node, [&](Node*& slot) {
      const auto found = definitions_.find(names.path(*slot));
      if (found == definitions_.end() || found->second.when_inherited) return resolve(*slot, names);
      auto* name = tree_.make<ast::Name>(slot->place);
      name->id = name_of(*found->second.node);
      name->ctx = Ctx::Load;
      slot = name;
      choose(found->second);
    });
  }

  static std::string_view name_of(Node& node) {
    auto* cls = try_as<ast::ClassDef>(&node);
    return cls != nullptr ? cls->name : as<ast::FunctionDef>(node).name;
  }

  void choose(Definition& definition) {
    if (std::exchange(definition.chosen, true)) return;
    if (definition.node->kind == Kind::FunctionDef) {
      for_children(*definition.node, [&](Node& child) { resolve(child, *definition.names); });
      order_.push_back(definition.node);
      return;
    }
    // Its bases stand before it, also those that are there for it only.
    for (Node*& base : as<ast::ClassDef>(*definition.node).bases) {
      const auto found = definitions_.find(definition.names->path(*base));
      if (found == definitions_.end()) continue;
      auto* name = tree_.make<ast::Name>(base->place);
      name->id = as<ast::ClassDef>(*found->second.node).name;
      name->ctx = Ctx::Load;
      base = name;
      choose(found->second);
    }
    resolve(*definition.node, *definition.names);
    order_.push_back(definition.node);
  }

  /// Methods that Python itself calls, or that something in the program names.
  void leave_out_methods() {
    std::set<std::string_view> named;
    named_attributes(*tree_.module, named);
    for (Node* node : order_) {
      if (node->kind == Kind::FunctionDef) named_attributes(*node, named);
    }
    std::set<Node*> kept;
    for (bool changed = true; changed;) {
      changed = false;
      for (Node* node : order_) {
        if (node->kind != Kind::ClassDef) continue;
        for (Node* item : as<ast::ClassDef>(*node).body) {
          auto* def = try_as<ast::FunctionDef>(item);
          const bool wanted = def == nullptr || def->name.starts_with("__") || def->name == "keys" ||
                              named.contains(def->name);
          if (!wanted || !kept.insert(item).second) continue;
          named_attributes(*item, named);
          changed = true;
        }
      }
    }
    for (Node* node : order_) {
      if (node->kind != Kind::ClassDef) continue;
      auto& cls = as<ast::ClassDef>(*node);
      std::vector<Node*> body;
      std::ranges::copy_if(cls.body, std::back_inserter(body),
                           [&](Node* item) { return kept.contains(item); });
      cls.body = tree_.copy(body);
    }
  }
  void named_attributes(Node& node, std::set<std::string_view>& out) {
    if (auto* attribute = try_as<ast::Attribute>(&node)) out.insert(attribute->attr);
    for_children(node, [&](Node& child) { named_attributes(child, out); });
  }

  /// Behind the text that describes the module.
  void insert() {
    const Nodes body = tree_.module->body;
    size_t at = 0;
    while (at < body.size() && (body[at]->kind == Kind::Expr || body[at]->kind == Kind::ImportFrom ||
                                body[at]->kind == Kind::Import))
      ++at;
    std::vector<Node*> all(body.begin(), body.begin() + static_cast<ptrdiff_t>(at));
    all.insert(all.end(), imports_.begin(), imports_.end());
    all.insert(all.end(), order_.begin(), order_.end());
    all.insert(all.end(), body.begin() + static_cast<ptrdiff_t>(at), body.end());
    tree_.module->body = tree_.copy(all);
  }

  Tree& tree_;
  ImportedNames program_;
  std::deque<ImportedNames> files_;
  std::map<std::string, Definition> definitions_;
  std::vector<Node*> imports_, order_;
};

}  // namespace

Result<> add_library_classes(Tree& tree) { return LibraryClasses(tree).run(); }

bool has_library_classes(std::string_view module) {
  return std::ranges::any_of(embedded_classes(),
                             [&](const EmbeddedFile& file) { return file.name == module; });
}

}  // namespace sov::transpiler
