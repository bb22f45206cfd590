#include "transpiler/emit/reach.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/format.h"
#include "transpiler/emit/library.h"
#include "transpiler/emit/rust_items.h"

namespace sov::transpiler {
namespace {

using Words = std::unordered_set<std::string_view>;

/// What has been done about a name in a module.
struct Seen {
  bool mentioned = false;  // in something of the module that stays
  bool method = false;     // there after a dot, or after a type of which the module does not say more
  bool touched = false;    // there by itself
  bool resolving[2] = {}, resolved[2] = {};  // by From
};

struct Module {
  std::string_view name, text;
  bool program = false;
  std::vector<RustItem> items;
  std::unordered_map<std::string_view, std::vector<RustItem*>> defined;
  std::unordered_map<std::string_view, std::vector<RustImport*>> imports;
  std::vector<RustImport*> globs;
  std::unordered_map<std::string_view, Words> own;  // members that impls give types of their own
  std::unordered_map<std::string_view, Seen> seen;
  bool reached = false;  // something of it stays

  bool has(std::string_view word, bool Seen::* what) const {
    const auto found = seen.find(word);
    return found != seen.end() && found->second.*what;
  }
  bool is_own(const RustName& mention) const {
    const auto found = own.find(mention.qualifier);
    return found != own.end() && found->second.contains(mention.name);
  }
};

/// Traits of std that are imported for their methods.
struct MethodTrait {
  std::string_view name;
  std::vector<std::string_view> methods;
};
const std::vector<MethodTrait>& method_traits() {
  static const std::vector<MethodTrait> all = {
      {"Write", {"write", "writeln", "write_all", "write_fmt", "write_str", "flush"}},
      {"Read", {"read", "read_to_end", "read_to_string", "read_exact"}},
      {"BufRead", {"read_until", "read_line", "fill_buf"}},
      {"Seek", {"seek", "rewind"}},
      {"IsTerminal", {"is_terminal"}},
      {"MetadataExt", {"mode", "ino", "dev", "nlink", "uid", "gid", "size", "atime", "mtime", "ctime"}},
      {"PermissionsExt", {"mode", "set_mode", "from_mode"}},
      {"Hash", {"hash"}},
      {"Hasher", {"finish"}},
      {"FromStr", {"from_str"}},
      {"Any", {"downcast_ref", "downcast", "is"}},
      {"Future", {"poll"}},
  };
  return all;
}

/// Members that the translator adds to every class, whether they are used or not.
constexpr std::string_view kAdded[] = {"same",  "kind",     "class_name", "MEMBERS_", "name",
                                       "value", "of_value", "from_value", "from_name"};

enum class From : unsigned char { inside, outside };

/// The modules that a runtime file says it uses: "//! needs: a, b" in its first line.
std::vector<std::string_view> needs_of(std::string_view text) {
  constexpr std::string_view kMark = "//! needs:";
  std::vector<std::string_view> out;
  if (!text.starts_with(kMark)) return out;
  std::string_view rest = text.substr(kMark.size(), text.find('\n') - kMark.size());
  while (!rest.empty()) {
    const size_t begin = std::min(rest.find_first_not_of(", "), rest.size());
    const size_t end = std::min(rest.find_first_of(", ", begin), rest.size());
    if (end > begin) out.push_back(rest.substr(begin, end - begin));
    rest.remove_prefix(end);
  }
  return out;
}

/// The modules that the program can reach at all, about half of them: those it names as `rt::x`, what these
/// need, and their companions, which implement traits and are named by nobody. A companion is called
/// `.._value`, or is in nobody's needs; it comes with the first of its own.
class Needed {
 public:
  Needed(std::string_view program, const std::vector<EmbeddedFile>& runtime) {
    for (const EmbeddedFile& file : runtime) needs_[file.name] = needs_of(file.text);
    constexpr std::string_view kRoot = "rt::";
    for (size_t at = program.find(kRoot); at != std::string_view::npos; at = program.find(kRoot, at + 1)) {
      const std::string_view name = program.substr(at + kRoot.size());
      add(name.substr(0, std::min(name.find_first_not_of(kNameCharacters), name.size())));
    }
    add_companions();
  }
  bool operator()(std::string_view name) const { return names_.contains(name); }

 private:
  static constexpr std::string_view kNameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789_";

  void add(std::string_view name) {
    const auto found = needs_.find(name);
    if (found == needs_.end() || !names_.insert(name).second) return;
    for (const std::string_view other : found->second) add(other);
  }
  void add_companions() {
    Words named;
    for (const auto& [name, needs] : needs_) named.insert(needs.begin(), needs.end());
    std::vector<std::pair<std::string_view, const std::vector<std::string_view>*>> companions;
    for (const auto& [name, needs] : needs_) {
      if (!needs.empty() && (name.ends_with("_value") || !named.contains(name)))
        companions.emplace_back(name, &needs);
    }
    const auto fits = [&](const std::vector<std::string_view>& needs) {
      return names_.contains(needs[0]) &&
             (names_.contains("value") || std::ranges::find(needs, "value") == needs.end());
    };
    for (size_t before = 0; before != names_.size();) {
      before = names_.size();
      for (const auto& [name, needs] : companions) {
        if (fits(*needs)) add(name);
      }
    }
  }

  std::unordered_map<std::string_view, std::vector<std::string_view>> needs_;
  Words names_;
};

class Reach {
 public:
  Reach(std::string_view program, const std::vector<EmbeddedFile>& runtime) {
    const Needed needed(program, runtime);
    for (const EmbeddedFile& file : runtime) {
      if (!needed(file.name)) continue;
      Module& module = modules_[file.name];
      module.name = file.name;
      module.text = file.text;
    }
    program_.program = true;
    program_.text = program;
    index(program_);
    for (auto& [name, module] : modules_) index(module);
    for (auto& [name, module] : modules_) index_calls(module);
    mark();
  }

  RustFile file() const;

 private:
  void index(Module& module);
  void index_imports(Module& module, RustItem& item);
  void index_calls(Module& module);
  void mark();
  bool one_round();
  void take(Module& module, RustItem& item);
  void touch(Module& module, const RustName& mention);
  bool called(const RustItem& member, const RustItem* type) const;
  bool resolve(Module& module, std::string_view name, From from);
  bool import(Module& module, RustImport& import);
  Module* module_named(std::string_view name) {
    const auto found = modules_.find(name);
    return found == modules_.end() ? nullptr : &found->second;
  }
  Module* module_of(Module& module, const RustName& mention);
  RustItem* item_named(Module& module, std::string_view name, RustKind kind, int depth = 0);
  RustItem* trait_of(Module& module, const RustItem& item);
  bool round_impl(Module& module, RustItem& item);
  bool round_call(Module& module, RustItem& item);
  bool round_imports(Module& module);
  bool members(Module& module, RustItem& item, bool all);
  bool traits_live(Module& module, const RustItem& macro, bool& implements);

  // Writing.
  std::string uses(const Module& module, bool macros) const;
  void write(const RustItem& item, const Module& module, size_t indent, std::string& out) const;

  std::map<std::string_view, Module> modules_;
  Module program_;
  std::deque<std::vector<RustItem>> local_uses_;
  std::unordered_set<const RustItem*> live_;
  std::unordered_set<const RustImport*> used_;
  // Names after a dot, or after something whose type is not known; names after a type; those with their
  // types.
  Words words_, qualified_;
  std::set<std::pair<const RustItem*, std::string_view>> of_type_;
  std::vector<std::pair<Module*, RustItem*>> todo_;
};

void Reach::index(Module& module) {
  module.items = rust_items(module.text);
  for (RustItem& item : module.items) {
    for (const std::string_view name : item.defines) module.defined[name].push_back(&item);
    if (item.kind == RustKind::impl && item.trait.empty()) {
      for (const RustItem& member : item.members) {
        if (!member.defines.empty()) module.own[item.self_type].insert(member.defines[0]);
      }
    }
    index_imports(module, item);
    if (item.kind == RustKind::use) continue;
    // `use` within a function: as if it stood outside, but it is written where it is.
    static constexpr std::string_view kUse = " use super::";
    static const std::boyer_moore_horspool_searcher searcher(kUse.begin(), kUse.end());
    const auto end = item.text.end();
    for (auto at = std::search(item.text.begin(), end, searcher); at != end;
         at = std::search(at + 1, end, searcher)) {
      const size_t begin = static_cast<size_t>(at - item.text.begin());
      local_uses_.push_back(rust_items(item.text.substr(begin, item.text.find(';', begin) + 1 - begin)));
      for (RustItem& within : local_uses_.back()) index_imports(module, within);
    }
  }
}

void Reach::index_imports(Module& module, RustItem& item) {
  for (RustImport& one : item.imports) {
    if (one.name == "*")
      module.globs.push_back(&one);
    else
      module.imports[one.name].push_back(&one);
  }
}

/// A macro that stands as an item and writes no `impl` defines what it is given the names of.
void Reach::index_calls(Module& module) {
  for (RustItem& item : module.items) {
    if (item.kind != RustKind::macro_call) continue;
    RustItem* macro = item_named(module, item.mentions[0].name, RustKind::macro);
    if (macro == nullptr || macro->text.find("impl") != std::string_view::npos) continue;
    for (const RustName& mention : item.mentions) {
      if (mention.name == macro->defines[0] || module.defined.contains(mention.name)) continue;
      module.defined[mention.name].push_back(&item);
      item.defines.push_back(mention.name);
    }
  }
}

/// What `use` brought in is needed.
bool Reach::import(Module& module, RustImport& one) {
  used_.insert(&one);
  if (!one.ours || one.path.empty()) return true;
  Module* from = module_named(one.path[0]);
  if (from == nullptr || from == &module) return true;
  if (one.path.size() > 1) resolve(*from, one.path[1], From::outside);
  return true;
}

/// Marks whatever `name` is in the module, as seen from it or from others; false when it is nothing that we
/// know.
bool Reach::resolve(Module& module, std::string_view name, From from) {
  Seen& seen = module.seen[name];  // stays where it is when others are added
  const auto index = static_cast<size_t>(from);
  if (seen.resolved[index]) return true;
  if (std::exchange(seen.resolving[index], true)) return false;
  bool found = false;
  if (const auto own = module.defined.find(name); own != module.defined.end()) {
    for (RustItem* item : own->second) take(module, *item);
    found = true;
  }
  if (const auto brought = module.imports.find(name); brought != module.imports.end()) {
    for (RustImport* one : brought->second) {
      // A macro is exported by a `use` of its own name, which the module itself does not need.
      const bool own_macro = !one->ours && one->path.size() == 1;
      if (from == From::outside ? !one->exported : own_macro) continue;
      import(module, *one);
      found = true;
    }
  }
  for (RustImport* glob : module.globs) {
    if (found) break;
    Module* other = glob->ours && !glob->path.empty() ? module_named(glob->path[0]) : nullptr;
    if (other == nullptr || (from == From::outside && !glob->exported)) continue;
    if (!resolve(*other, name, From::outside)) continue;
    used_.insert(glob);
    found = true;
  }
  seen.resolving[index] = false;
  seen.resolved[index] = found;
  return found;
}

Module* Reach::module_of(Module& module, const RustName& mention) {
  if (mention.qualifier.empty()) return nullptr;
  if (const auto brought = module.imports.find(mention.qualifier); brought != module.imports.end()) {
    RustImport& one = *brought->second[0];
    return one.ours && one.path.size() == 1 ? module_named(one.path[0]) : nullptr;
  }
  return mention.absolute ? module_named(mention.qualifier) : nullptr;
}

void Reach::touch(Module& module, const RustName& mention) {
  Seen& seen = module.seen[mention.name];
  module.reached = seen.mentioned = true;
  if (mention.method) {
    seen.method = true;
    words_.insert(mention.name);
    return;
  }
  Module* from = mention.qualifier.empty() ? nullptr : module_of(module, mention);
  if (!mention.qualifier.empty() && from == nullptr && !module.is_own(mention)) seen.method = true;
  if (mention.qualifier.empty() || mention.qualifier == "self") {
    if (!std::exchange(seen.touched, true)) resolve(module, mention.name, From::inside);
  } else if (from != nullptr) {
    resolve(*from, mention.name, From::outside);
  } else if (const RustItem* type = item_named(module, mention.qualifier, RustKind::type)) {
    of_type_.insert({type, mention.name});
    qualified_.insert(mention.name);
  } else {
    words_.insert(mention.name);
  }
}

/// Whether somebody may call the member. `type`: whose own it is; null for a member of a trait.
bool Reach::called(const RustItem& member, const RustItem* type) const {
  if (member.defines.empty()) return true;
  const std::string_view name = member.defines[0];
  if (words_.contains(name)) return true;
  return type == nullptr ? qualified_.contains(name) : of_type_.contains({type, name});
}

void Reach::take(Module& module, RustItem& item) {
  if (!live_.insert(&item).second) return;
  todo_.emplace_back(&module, &item);
}

/// The item that `name` means in the module, of the kind asked for.
RustItem* Reach::item_named(Module& module, std::string_view name, RustKind kind, int depth) {
  if (depth > 6) return nullptr;
  if (const auto own = module.defined.find(name); own != module.defined.end()) {
    for (RustItem* item : own->second) {
      if (item->kind == kind) return item;
    }
    return nullptr;
  }
  if (const auto brought = module.imports.find(name); brought != module.imports.end()) {
    const RustImport& one = *brought->second[0];
    Module* from = one.ours && one.path.size() > 1 ? module_named(one.path[0]) : nullptr;
    return from == nullptr ? nullptr : item_named(*from, one.path[1], kind, depth + 1);
  }
  for (const RustImport* glob : module.globs) {
    Module* from = glob->ours && !glob->path.empty() ? module_named(glob->path[0]) : nullptr;
    if (RustItem* found = from == nullptr ? nullptr : item_named(*from, name, kind, depth + 1)) return found;
  }
  return nullptr;
}

void Reach::mark() {
  for (RustItem& item : program_.items) {
    const bool ours = item.kind == RustKind::impl && trait_of(program_, item) != nullptr;
    if (item.kind != RustKind::use && !ours) take(program_, item);
  }
  do {
    while (!todo_.empty()) {
      auto [module, item] = todo_.back();
      todo_.pop_back();
      for (const RustName& mention : mentions_of(*item)) {
        touch(*module, mention);
        // A macro may put a dot in front of what it is given.
        if (item->kind == RustKind::macro_call) words_.insert(mention.name);
        // and may define members of traits.
        if (item->kind == RustKind::macro) qualified_.insert(mention.name);
      }
      for (const RustName& mention : item->head) touch(*module, mention);
    }
  } while (one_round());
}

bool Reach::one_round() {
  bool changed = false;
  const auto round = [&](Module& module) {
    for (RustItem& item : module.items) {
      if (item.kind == RustKind::impl)
        changed |= round_impl(module, item);
      else if (item.kind == RustKind::trait && live_.contains(&item))
        changed |= members(module, item, false);
      else if (item.kind == RustKind::macro_call)
        changed |= round_call(module, item);
    }
    changed |= round_imports(module);
  };
  round(program_);
  for (auto& [name, module] : modules_) round(module);
  return changed;
}

/// A trait imported for its methods, which are called without its name.
bool Reach::round_imports(Module& module) {
  bool changed = false;
  if (!module.reached) return false;
  const auto calls = [&](const RustItem& trait) {
    return std::ranges::any_of(trait.members, [&](const RustItem& member) {
      return !member.defines.empty() && module.has(member.defines[0], &Seen::method);
    });
  };
  for (RustItem& item : module.items) {
    if (item.kind != RustKind::trait || live_.contains(&item) || !calls(item)) continue;
    take(module, item);
    changed = true;
  }
  for (auto& [name, imports] : module.imports) {
    for (RustImport* one : imports) {
      if (used_.contains(one)) continue;
      bool needed = false;
      if (!one->ours) {
        const auto known = std::ranges::find(method_traits(), name, &MethodTrait::name);
        needed = known != method_traits().end() &&
                 std::ranges::any_of(known->methods, [&](auto m) { return module.has(m, &Seen::mentioned); });
      } else if (RustItem* trait = item_named(module, name, RustKind::trait)) {
        needed = calls(*trait);
      }
      if (needed) import(module, *one), changed = true;
    }
  }
  for (RustImport* glob : module.globs) {
    Module* from = glob->ours && !glob->path.empty() ? module_named(glob->path[0]) : nullptr;
    if (from == nullptr) continue;
    for (RustItem& item : from->items) {
      if (item.kind != RustKind::trait ||
          module.seen[item.defines[0]].resolved[static_cast<size_t>(From::inside)] || !calls(item))
        continue;
      changed |= resolve(module, item.defines[0], From::inside);
    }
  }
  return changed;
}

/// The members of an impl or trait that are called. Constants and types of traits always stay.
bool Reach::members(Module& module, RustItem& item, bool all) {
  const bool own = item.kind == RustKind::impl && item.trait.empty();
  const RustItem* type = own ? item_named(module, item.self_type, RustKind::type) : nullptr;
  bool changed = false;
  for (RustItem& member : item.members) {
    if (live_.contains(&member)) continue;
    if (!all && (own || member.kind == RustKind::function) && !called(member, type)) continue;
    take(module, member);
    changed = true;
  }
  return changed;
}

/// Our trait that an impl is for; null for one of std, and for an impl of the type's own.
RustItem* Reach::trait_of(Module& module, const RustItem& item) {
  if (item.trait.empty()) return nullptr;
  for (const RustName& word : item.head) {
    if (word.name != item.trait) continue;
    Module* from = word.qualifier.empty() ? &module : module_of(module, word);
    return from == nullptr ? nullptr : item_named(*from, word.name, RustKind::trait);
  }
  return nullptr;
}

bool Reach::round_impl(Module& module, RustItem& item) {
  const bool was = live_.contains(&item);
  RustItem* trait = trait_of(module, item);
  if (!was) {
    if (trait != nullptr && !live_.contains(trait)) return false;
    for (const RustName& word : item.head) {
      if (word.name.size() == 1) continue;
      Module* from = word.qualifier.empty() ? &module : module_of(module, word);
      RustItem* type = from == nullptr ? nullptr : item_named(*from, word.name, RustKind::type);
      if (type != nullptr && !live_.contains(type)) return false;
    }
  }
  bool changed = false;
  if (item.trait.empty() && module.program) {
    for (RustItem& member : item.members) {
      const bool added =
          !member.defines.empty() && std::ranges::find(kAdded, member.defines[0]) != std::end(kAdded);
      const RustItem* type = item_named(module, item.self_type, RustKind::type);
      if (live_.contains(&member) || (added && !called(member, type))) continue;
      take(module, member);
      changed = true;
    }
  } else {
    changed = members(module, item, !item.trait.empty() && trait == nullptr);
  }
  if (!was && (changed || !item.trait.empty())) {
    take(module, item);
    return true;
  }
  return changed;
}

/// Whether a macro's body implements a trait that is needed; true for one that implements none of ours.
bool Reach::traits_live(Module& module, const RustItem& macro, bool& implements) {
  bool any = false;
  for (const RustName& mention : macro.mentions) {
    RustItem* trait = item_named(module, mention.name, RustKind::trait);
    if (trait == nullptr && mention.absolute) {
      Module* from = module_of(module, mention);
      trait = from == nullptr ? nullptr : item_named(*from, mention.name, RustKind::trait);
    }
    if (trait == nullptr) continue;
    implements = any = true;
    if (live_.contains(trait)) return true;
  }
  return !any;
}

/// A macro that stands as an item: implementations for the types it names, or definitions of the names it is
/// given.
bool Reach::round_call(Module& module, RustItem& item) {
  if (live_.contains(&item) || !item.defines.empty()) return false;
  std::vector<RustItem*> macros;
  bool implements = false;
  for (const RustName& mention : item.mentions) {
    Module* from = mention.qualifier.empty() ? &module : module_of(module, mention);
    RustItem* macro = from == nullptr ? nullptr : item_named(*from, mention.name, RustKind::macro);
    if (macro == nullptr) continue;
    if (!traits_live(*from, *macro, implements)) return false;
    macros.push_back(macro);
  }
  bool types = false, names = false, wanted = false;
  for (const RustName& mention : item.mentions) {
    if (mention.name.size() <= 1) continue;
    Module* from = mention.qualifier.empty() ? &module : module_of(module, mention);
    RustItem* type = from == nullptr ? nullptr : item_named(*from, mention.name, RustKind::type);
    types |= type != nullptr;
    wanted |= type != nullptr && live_.contains(type);
  }
  for (RustItem* macro : macros) {  // operators of a type of ours: nothing names what `a + b` calls
    for (const RustName& mention : macro->mentions) {
      RustItem* type =
          types || mention.name.size() <= 1 ? nullptr : item_named(module, mention.name, RustKind::type);
      names |= type != nullptr;
      wanted |= type != nullptr && live_.contains(type);
    }
  }
  if (!types && !names && !implements) {
    for (const RustName& mention : item.mentions) {
      if (mention.name.size() <= 1 || item_named(module, mention.name, RustKind::macro) != nullptr) continue;
      names = true;
      wanted |= words_.contains(mention.name) || module.has(mention.name, &Seen::mentioned);
    }
  }
  if ((types || names) && !wanted) return false;
  take(module, item);
  for (const RustItem* macro : macros) {  // paths in the body mean what they mean here
    for (const RustName& mention : macro->mentions) touch(module, mention);
  }
  return true;
}

// --- Writing ---

std::string joined(const std::vector<std::string_view>& path, size_t count) {
  std::string out;
  for (size_t i = 0; i < count; ++i) out += strf("{}{}", i > 0 ? "::" : "", path[i]);
  return out;
}

/// The `use` lines of a module, without what nothing needs; those of its own macros stand after the macros.
std::string Reach::uses(const Module& module, bool macros) const {
  std::string out;
  for (const RustItem& item : module.items) {
    std::map<std::string, std::vector<std::string>> groups;
    const auto leaf = [](const RustImport& one, std::string_view own_name) {
      const bool renamed = one.name != "*" && !one.path.empty() && one.path.back() != one.name;
      return renamed ? strf("{} as {}", own_name, one.name) : std::string(own_name);
    };
    for (const RustImport& one : item.imports) {
      if (!used_.contains(&one) || macros != (!one.ours && one.path.size() == 1)) continue;
      const std::string root = !one.ours ? "" : module.program ? "rt" : "super";
      const size_t parents = one.name == "*" ? one.path.size() : one.path.size() - 1;
      std::string parent = joined(one.path, parents);
      if (!root.empty()) parent = parent.empty() ? root : strf("{}::{}", root, parent);
      groups[parent].push_back(one.name == "*" ? "*" : leaf(one, one.path.back()));
    }
    for (auto& [parent, leaves] : groups) {
      // `use a::b; use a::b::C;` is one line: `use a::b::{self, C};`.
      const size_t cut = parent.rfind("::");
      const auto above = cut == std::string::npos ? groups.end() : groups.find(parent.substr(0, cut));
      if (above != groups.end() && std::erase(above->second, parent.substr(cut + 2)) > 0)
        leaves.insert(leaves.begin(), "self");
    }
    for (const auto& [parent, leaves] : groups) {
      if (leaves.empty()) continue;
      std::string list;
      for (const std::string& name : leaves) list += strf("{}{}", list.empty() ? "" : ", ", name);
      if (leaves.size() > 1 || list == "self") list = strf("{{{}}}", list);
      out += strf("{}use {}{}{};\n", item.visibility, parent, parent.empty() ? "" : "::", list);
    }
  }
  return out;
}

enum class Comments : bool { drop, keep };

/// Lines that are not empty, moved to the right.
void lines(std::string_view text, size_t indent, size_t strip, Comments comments, std::string& out) {
  bool first = true;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const size_t spaces = line.find_first_not_of(' ');
    if (spaces == std::string_view::npos ||
        (comments == Comments::drop && line.substr(spaces).starts_with("//")))
      continue;
    if (!first) line.remove_prefix(std::min(spaces, strip));
    first = false;
    out.append(indent, ' ');
    out += line;
    out += '\n';
  }
}

void Reach::write(const RustItem& item, const Module& module, size_t indent, std::string& out) const {
  const Comments comments = module.program ? Comments::keep : Comments::drop;
  const bool parts = (item.kind == RustKind::impl || item.kind == RustKind::trait);
  if (!parts) return lines(item.text, indent, 0, comments, out);
  const size_t head = static_cast<size_t>(item.opening.data() - item.text.data());
  std::string members;
  for (const RustItem& member : item.members) {
    if (live_.contains(&member)) lines(member.text, indent + 4, 4, comments, members);
  }
  lines(item.text.substr(0, head + item.opening.size()), indent, 0, comments, out);
  if (members.empty()) {
    out.back() = '}';
    out += '\n';
    return;
  }
  out += members;
  out.append(indent, ' ');
  out += "}\n";
}

RustFile Reach::file() const {
  RustFile result;
  std::string& out = result.text;
  out = uses(program_, false);
  for (const RustItem& item : program_.items) {
    if (item.kind == RustKind::use || !live_.contains(&item)) continue;
    if (item.kind == RustKind::function || item.kind == RustKind::type) out += '\n';
    write(item, program_, 0, out);
  }
  out += "\n#[allow(dead_code, unused_imports)]\nmod rt {\n";
  for (const auto& [name, module] : modules_) {
    std::string text;
    for (const RustItem& item : module.items) {
      if (item.kind != RustKind::use && live_.contains(&item)) write(item, module, 8, text);
    }
    const std::string imports = uses(module, false);
    lines(uses(module, true), 8, 0, Comments::drop, text);
    if (text.empty() && imports.empty()) continue;
    result.modules.emplace_back(name);
    if (module.text.find("#![allow(non_upper_case_globals)]") != std::string_view::npos)
      out += "    #[allow(non_upper_case_globals)]\n";
    out += strf("    pub mod {} {{\n", name);
    lines(imports, 8, 0, Comments::drop, out);
    out += text + "    }\n";
  }
  out += "}\n";
  return result;
}

}  // namespace

RustFile with_runtime(std::string_view program, const std::vector<EmbeddedFile>& runtime) {
  return Reach(program, runtime).file();
}

}  // namespace sov::transpiler
