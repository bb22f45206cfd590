#pragma once
// Names that a template of Rust binds, kept apart from those of the program's text that goes into it.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sov::transpiler {

/// Whether the text has the word, as a name of its own.
bool mentions_word(std::string_view text, std::string_view word);

/// What closures (`|a, b|`) and `let` of a template bind.
std::vector<std::string> bound_names(std::string_view rust);

/// The template with each bound name that one of the inserted texts mentions replaced by make(name). Marks
/// ("{name}") stay.
std::string kept_apart(std::string rust, const std::vector<std::string_view>& inserted,
                       const std::function<std::string(std::string_view)>& make);

}  // namespace sov::transpiler
