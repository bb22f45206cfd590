#include "apps/depyler/rust_check.h"

#include "apps/depyler/translation.h"
#include "core/fs.h"
#include "core/hash.h"

namespace sov::depyler {
namespace {

using transpiler::Diagnostic;

Result<std::vector<Diagnostic>> errors_of(const Compilation& done) {
  if (done.accepted) return std::vector<Diagnostic>();
  std::vector<Diagnostic> errors = transpiler::read_errors(done.diagnostics);
  if (errors.empty())
    return fail(Code::internal, "rustc rejects the file and names no place: {}",
                done.diagnostics.substr(0, 300));
  return errors;
}

std::multimap<std::string, std::string> messages(const std::vector<Diagnostic>& errors) {
  std::multimap<std::string, std::string> out;
  for (const Diagnostic& error : errors) out.emplace(error.message, error.code);
  return out;
}

}  // namespace

Result<RustCheck> RustCheck::make() {
  TRY(Scratch scratch, Scratch::make());
  return RustCheck(std::move(scratch));
}

Result<std::vector<Diagnostic>> RustCheck::ask(const std::string& rust) {
  const auto split = transpiler::split_runtime(rust);
  if (!split) return ask_whole(rust);
  const std::string crate =
      scratch_.file(strf("lib{}.rmeta", hex(sha256(as_bytes(split->runtime))).substr(0, 16)));
  const auto known = trusted_.find(crate);
  if (known == trusted_.end()) return meet(rust, *split, crate);
  return known->second ? ask_split(split->program, crate) : ask_whole(rust);
}

Result<std::vector<Diagnostic>> RustCheck::ask_whole(const std::string& rust) const {
  const std::string file = scratch_.file("program.rs");
  TRY(write_file(file, rust, Overwrite::yes));
  TRY(const Compilation done,
      run_rustc(file, scratch_.file("program.rmeta"), {.check_only = true, .json = true}));
  return errors_of(done);
}

Result<std::vector<Diagnostic>> RustCheck::ask_split(const std::string& program,
                                                     const std::string& crate) const {
  const std::string file = scratch_.file("part.rs");
  TRY(write_file(file, program, Overwrite::yes));
  TRY(const Compilation done,
      run_rustc(file, scratch_.file("part.rmeta"),
                {.check_only = true, .json = true, .more = {"--extern", "rt=" + crate}}));
  return errors_of(done);
}

Result<std::vector<Diagnostic>> RustCheck::meet(const std::string& rust, const transpiler::SplitRust& split,
                                                const std::string& crate) {
  TRY(std::vector<Diagnostic> whole, ask_whole(rust));
  const std::string file = scratch_.file("rt.rs");
  TRY(write_file(file, split.runtime, Overwrite::yes));
  TRY(const Compilation made,
      run_rustc(file, crate,
                {.check_only = true,
                 .more = {"--crate-type", "lib", "--crate-name", "rt", "--cap-lints", "allow"}}));
  trusted_[crate] = false;
  if (!made.accepted) return whole;
  TRY(const std::vector<Diagnostic> apart, ask_split(split.program, crate));
  trusted_[crate] = messages(whole) == messages(apart);
  return trusted_[crate] ? apart : whole;
}

}  // namespace sov::depyler
