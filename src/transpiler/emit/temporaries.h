#pragma once
// Names of the variables that the translation adds.

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace sov::transpiler {

/// Makes names of a stem and a number. None is a word of the Python source, so that no variable of the
/// program is hidden by one.
class Temporaries {
 public:
  explicit Temporaries(std::string_view python);

  std::string make(std::string_view stem);
  /// Starts counting anew, for the next pass over the program.
  void restart();

  /// The text with these names numbered in the order in which they stand there: which was asked for first is,
  /// within an expression, up to the compiler that built this.
  std::string in_order(std::string_view rust) const;

 private:
  std::unordered_set<std::string> source_words_;        // those that end in a digit
  std::unordered_map<std::string, std::string> stems_;  // of every name made
  size_t count_ = 0;
};

}  // namespace sov::transpiler
