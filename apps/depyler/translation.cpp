#include "apps/depyler/translation.h"

#include "apps/depyler/process.h"
#include "core/fs.h"

namespace sov::depyler {

Result<transpiler::Tree> parse_file(const std::string& file) {
  TRY(const std::string bytes, read_text(file));
  return transpiler::parse_python(file, bytes);
}

Error refusal_error(const std::vector<transpiler::Refusal>& refusals) {
  std::string all;
  for (const transpiler::Refusal& refusal : refusals)
    all += strf("{}{}", all.empty() ? "" : "\n", refusal.text);
  return {Code::unsupported, all};
}

Result<transpiler::Translation> translate(const std::string& file,
                                          const transpiler::TranspileOptions& options) {
  TRY(transpiler::Tree tree, parse_file(file));
  TRY(transpiler::Translation translation, transpile(tree, options));
  if (!translation.refusals.empty()) return fail(refusal_error(translation.refusals));
  return translation;
}

Result<Compilation> run_rustc(const std::string& rust_file, const std::string& out,
                              const RustcOptions& options) {
  ProcessInput input{.words = {"rustc", "--edition", "2021"}, .seconds = 600};
  if (options.optimize) input.words.emplace_back("-O");
  if (options.check_only) input.words.emplace_back("--emit=metadata");
  input.words.insert(input.words.end(), options.more.begin(), options.more.end());
  if (options.json) input.words.emplace_back("--error-format=json");
  input.words.insert(input.words.end(), {"-o", out, rust_file});
  Result<ProcessOutput> ran = run_process(input);
  if (!ran && ran.error().code() == Code::not_found)
    return fail(Code::not_found, "rustc: not found; install Rust to compile");
  if (!ran) return fail(ran.error());
  if (ran->timed_out) return fail(Code::exhausted, "rustc: no end after {} s", input.seconds);
  return Compilation{ran->status == 0, std::move(ran->err)};
}

Result<> compile_rust(const std::string& rust_file, const std::string& out, bool optimize) {
  TRY(const Compilation done, run_rustc(rust_file, out, {.optimize = optimize}));
  if (!done.diagnostics.empty()) print_note(done.diagnostics);
  if (done.accepted) return {};
  return fail(Code::validation,
              "{}: rustc rejects the translation (a defect of depyler; see its messages above)", rust_file);
}

}  // namespace sov::depyler
