#pragma once
// Other programs: rustc, python3, and what was compiled.

#include <string>
#include <vector>

#include "core/result.h"

namespace sov::depyler {

struct ProcessInput {
  std::vector<std::string> words;  // the program first; searched on PATH when it holds no slash
  std::string stdin_text = {};
  std::string folder = {};                    // empty: ours
  std::vector<std::string> environment = {};  // "NAME=value", in addition to ours
  int seconds = 20;                           // then it is killed
};

struct ProcessOutput {
  int status = 0;  // 128 + signal when a signal ended it
  bool timed_out = false;
  std::string out, err;
};

/// Runs a program to its end and collects what it writes.
/// Errors: not_found when there is no such program; io.
Result<ProcessOutput> run_process(const ProcessInput& input);

/// The same with our stdin, stdout and stderr; returns the status.
Result<int> run_attached(const std::vector<std::string>& words);

/// A folder of our own for a time.
class Scratch {
 public:
  static Result<Scratch> make();
  Scratch(Scratch&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
  Scratch& operator=(Scratch&&) = delete;
  ~Scratch();
  std::string file(std::string_view name) const { return path_ + "/" + std::string(name); }
  const std::string& path() const { return path_; }

 private:
  explicit Scratch(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace sov::depyler
