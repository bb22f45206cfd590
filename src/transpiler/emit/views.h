#pragma once
// Views of dicts, which are lists here, as texts.

#include "transpiler/emit/translator.h"

namespace sov::transpiler {

/// Rust of the text "dict_keys([..])" where the node is a call of keys(), values() or items() of a dict and
/// `code` is what it became; else empty.
inline std::string view_text(const Node* node, const Code& code) {
  const auto* call = node->kind == Kind::Call ? static_cast<const ast::Call*>(node) : nullptr;
  if (call == nullptr || call->func->kind != Kind::Attribute || !call->args.empty()) return {};
  const std::string_view name = static_cast<const ast::Attribute*>(call->func)->attr;
  const bool is_view = name == "keys" || name == "values" || name == "items";
  if (!is_view || !code.text.starts_with("List::from(glue::vec(") ||
      !code.text.ends_with(strf(".{}().iter()))", name)))
    return {};
  return strf("views::shown(\"dict_{}\", &{})", name, code.text);
}

}  // namespace sov::transpiler
