// Five spellings of one thing: llm::convert().

#include "apps/apr/conversion.h"
#include "apps/apr/inference.h"

namespace sov::apr {
namespace {

constexpr std::string_view kNotes =
    "The output's name tells its format: .gguf, .apr, .safetensors, anything else a Hugging Face folder. "
    "Configuration, tokenizer, chat template and end tokens come along; what the target cannot say is an "
    "error. "
    "The output appears when it is whole and, with --verify, checked. See docs/convert.md.";

std::string_view quantize_help() {
  static const std::string text = [] {
    std::string names;
    for (std::string_view name : llm::quantization_names())
      names += strf("{}{}", names.empty() ? "" : ", ", name);
    return names + "; other spellings: fp16, int8, int4";
  }();
  return text;
}

OptionSpec quantize_option(std::string_view name, char letter, std::string_view fallback) {
  return {.name = name,
          .letter = letter,
          .kind = ArgKind::text,
          .value = "DTYPE",
          .fallback = fallback,
          .help = quantize_help(),
          .aliases = {name == "quantize" ? "quantization" : "quantize"}};
}

OptionSpec output_option() {
  return {.name = "output",
          .letter = 'o',
          .kind = ArgKind::text,
          .value = "PATH",
          .help = "where the result goes"};
}

Result<std::string> output_of(const ParsedArgs& args, std::string_view command) {
  if (args.given("output")) return args.text("output");
  return fail(Code::usage, "'apr {}' wants -o PATH", command);
}

Result<> run_rosetta(App& app, const ParsedArgs& args) {
  return run_conversion(app, args, {args.text("SRC"), args.text("DST"), {}, args.text("quantize")});
}

Result<> run_convert(App& app, const ParsedArgs& args) {
  TRY(const std::string output, output_of(args, "convert"));
  return run_conversion(app, args, {args.text("FILE"), output, {}, args.text("quantize")});
}

Result<> run_import(App& app, const ParsedArgs& args) {
  TRY(const std::string output, output_of(args, "import"));
  return run_conversion(app, args, {args.text("SOURCE"), output, {}, args.text("quantize")});
}

Result<> run_export(App& app, const ParsedArgs& args) {
  TRY(const std::string output, output_of(args, "export"));
  return run_conversion(app, args, {args.text("FILE"), output, args.text("format"), args.text("quantize")});
}

Result<> run_quantize(App& app, const ParsedArgs& args) {
  TRY(const std::string output, output_of(args, "quantize"));
  return run_conversion(app, args, {args.text("FILE"), output, args.text("format"), args.text("scheme")});
}

PositionalSpec model(std::string_view name) {
  return {.name = name, .help = "model file, folder or built-in name"};
}

}  // namespace

Command rosetta_convert_command() {
  return {
      .spec = {.name = "rosetta convert",
               .summary = "convert a model between GGUF, SafeTensors and APR",
               .positionals = {model("SRC"), {.name = "DST", .help = "the result: .gguf, .apr, or a folder"}},
               .options = joined({quantize_option("quantize", '\0', "keep")}, conversion_options()),
               .examples = {{"apr rosetta convert micro micro.gguf --quantize q8_0 --verify",
                             "a GGUF for llama.cpp, checked"},
                            {"apr rosetta convert model.gguf folder", "for transformers"}},
               .notes = kNotes},
      .run = run_rosetta};
}

Command convert_command() {
  return {.spec = {.name = "convert",
                   .summary = "convert or quantise a model",
                   .positionals = {model("FILE")},
                   .options = joined({output_option(),
                                      quantize_option("quantize", '\0', "keep"),
                                      {.name = "compress", .kind = ArgKind::text, .built = false}},
                                     conversion_options()),
                   .examples = {{"apr convert model.gguf -o model.apr", "to APR"}},
                   .notes = kNotes},
          .run = run_convert};
}

Command import_command() {
  return {.spec = {.name = "import",
                   .summary = "convert a local model into APR or another format",
                   .positionals = {model("SOURCE")},
                   .options = joined({output_option(),
                                      quantize_option("quantize", '\0', "keep"),
                                      {.name = "arch", .kind = ArgKind::text, .built = false},
                                      {.name = "tokenizer", .kind = ArgKind::text, .built = false}},
                                     conversion_options()),
                   .examples = {{"apr import micro -o micro.apr", "a Hugging Face folder as one APR file"}},
                   .notes = kNotes},
          .run = run_import};
}

Command export_command() {
  return {.spec = {.name = "export",
                   .summary = "write a model in another format",
                   .positionals = {model("FILE")},
                   .options = joined({output_option(),
                                      {.name = "format",
                                       .kind = ArgKind::text,
                                       .value = "FORMAT",
                                       .help = "gguf, safetensors or apr; else the output's name tells"},
                                      quantize_option("quantize", '\0', "keep")},
                                     conversion_options()),
                   .examples = {{"apr export model.apr --format safetensors -o folder", "for transformers"}},
                   .notes = kNotes},
          .run = run_export};
}

Command quantize_command() {
  return {
      .spec = {.name = "quantize",
               .summary = "store a model's matrices in a smaller dtype",
               .positionals = {model("FILE")},
               .options = joined({output_option(),
                                  quantize_option("scheme", 's', "q4_k_m"),
                                  {.name = "format",
                                   .kind = ArgKind::text,
                                   .value = "FORMAT",
                                   .help = "gguf, safetensors or apr; else the output's name tells"}},
                                 conversion_options()),
               .examples = {{"apr quantize micro -o micro-q4.gguf", "q4_k_m: some 5 bits for each weight"},
                            {"apr quantize micro -s q8_0 -o micro-q8.gguf", "8.5 bits for each weight"}},
               .notes = kNotes},
      .run = run_quantize};
}

}  // namespace sov::apr
