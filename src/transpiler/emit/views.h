#pragma once
// Views of dicts, which are lists here, as texts.

#include "transpiler/emit/translator.h"

namespace sov::transpiler {

/// Rust of the text "dict_keys([..])" where the code is what keys(), values() or items() of a dict gave; else
/// empty.
inline std::string view_text(const Code& code) {
  constexpr std::string_view kBegin = "List::from(glue::vec(";
  if (!code.text.starts_with(kBegin)) return {};
  for (const std::string_view name : {"keys", "values", "items"}) {
    if (code.text.ends_with(strf(".{}().iter()))", name)))
      return strf("views::shown(\"dict_{}\", &{})", name, code.text);
  }
  return {};
}

}  // namespace sov::transpiler
