#include <algorithm>
#include <array>
#include <cmath>

#include "apps/apr/app.h"
#include "apps/apr/hex_header.h"
#include "apps/apr/model_summary.h"
#include "apps/apr/source.h"
#include "apps/apr/tensor_stats.h"
#include "core/hash.h"
#include "formats/tensor_values.h"

namespace sov::apr {
namespace {

using formats::Tensor;

struct Settings {
  size_t limit = 64, width = 16;
  uint64_t offset = 0;
  bool stats = false, entropy = false, blocks = false;
};

/// Shannon entropy in bits per byte: near 8 for compressed or random data, 0 for constant bytes.
double entropy(Bytes bytes) {
  std::array<uint64_t, 256> counts{};
  for (std::byte b : bytes) counts[static_cast<size_t>(b)]++;
  double bits = 0;
  for (uint64_t count : counts) {
    if (count == 0) continue;
    const double p = static_cast<double>(count) / static_cast<double>(bytes.size());
    bits -= p * std::log2(p);
  }
  return bits;
}

Bytes window(Bytes bytes, const Settings& settings) {
  const uint64_t first = std::min<uint64_t>(settings.offset, bytes.size());
  return bytes.subspan(first, std::min<uint64_t>(settings.limit, bytes.size() - first));
}

Result<> show_raw(App& app, const std::filesystem::path& path, Bytes file, const Settings& settings) {
  if (settings.offset >= file.size() && !file.empty()) {
    return fail(Code::usage, "--offset: wanted less than the file's {} bytes, got {}", file.size(),
                settings.offset);
  }
  const Bytes part = window(file, settings);
  if (!app.json) {
    TRY(app.print(hex_rows(part, settings.offset, settings.width)));
    return settings.entropy ? app.print(strf("entropy of these bytes: {:.3f} bits each\n", entropy(part)))
                            : Result<>();
  }
  Json out = Json::object();
  out.set("file", path.string()).set("offset", settings.offset);
  out.set("bytes", hex({reinterpret_cast<const uint8_t*>(part.data()), part.size()}));
  if (settings.entropy) out.set("entropy_bits", entropy(part));
  return app.print_json(out);
}

Result<> show_header(App& app, const std::filesystem::path& path, Bytes file, const Settings& settings) {
  Json rows = Json::array();
  for (const HexField& field : annotate_header(file)) {
    const uint64_t first = std::min<uint64_t>(field.offset, file.size());
    const Bytes bytes = file.subspan(first, std::min<uint64_t>(field.size, file.size() - first));
    if (app.json) {
      rows.push(Json::object()
                    .set("offset", field.offset)
                    .set("size", field.size)
                    .set("name", field.name)
                    .set("value", field.value));
      continue;
    }
    const std::string value = field.value.empty() ? "" : ": " + field.value;
    TRY(app.print(strf("{}{}\n", app.style.bold(field.name), value)));
    TRY(app.print(
        hex_rows(bytes.first(std::min<size_t>(bytes.size(), settings.limit)), field.offset, settings.width)));
    if (bytes.size() > settings.limit)
      TRY(app.print(app.style.dim(strf("          ... {} more bytes\n", bytes.size() - settings.limit))));
  }
  if (!app.json) return {};
  return app.print_json(
      Json::object().set("file", path.string()).set("size_bytes", uint64_t{file.size()}).set("fields", rows));
}

Result<> show_list(App& app, const formats::ModelFile& model) {
  Json rows = Json::array();
  for (const Tensor& tensor : model.tensors) {
    const std::string file =
        model.files.size() > 1 ? model.files[tensor.file].path().filename().string() + " " : "";
    if (!app.json) {
      TRY(app.print(strf("{}{:#012x} {:>12}  {:<7} {} {}\n", file, tensor.offset, tensor.data.size(),
                         name(tensor.dtype), printable(tensor.name), shape_text(tensor.shape))));
      continue;
    }
    rows.push(Json::object()
                  .set("name", tensor.name)
                  .set("file", uint64_t{tensor.file})
                  .set("offset", tensor.offset)
                  .set("size_bytes", uint64_t{tensor.data.size()})
                  .set("dtype", name(tensor.dtype)));
  }
  return app.json ? app.print_json(Json::object().set("tensors", rows)) : Result<>();
}

/// The tensor of that name, or the only one whose name contains it.
Result<const Tensor*> choose(const formats::ModelFile& model, const std::string& wanted) {
  if (const Tensor* exact = model.find(wanted)) return exact;
  const Tensor* found = nullptr;
  std::vector<std::string_view> names;
  for (const Tensor& tensor : model.tensors) {
    names.push_back(tensor.name);
    if (!name_matches(tensor.name, wanted)) continue;
    if (found != nullptr) {
      return fail(Code::usage, "--tensor '{}' fits '{}' and '{}' and maybe more; give the whole name", wanted,
                  found->name, tensor.name);
    }
    found = &tensor;
  }
  if (found != nullptr) return found;
  const std::string_view near = nearest_word(wanted, names);
  return fail(Code::not_found, "{}: no tensor '{}' among {}{}", model.path.string(), wanted, names.size(),
              near.empty() ? "; see 'apr tensors'" : strf("; did you mean '{}'?", near));
}

/// The values of the blocks that the dumped bytes touch, at most `limit` bytes' worth.
Result<std::vector<float>> leading_values(const Tensor& tensor, const Settings& settings) {
  const DTypeInfo& type = info(tensor.dtype);
  const uint64_t all = tensor.elements(), unit = formats::value_unit(tensor);
  const uint64_t wanted =
      std::min<uint64_t>(all, std::max<uint64_t>(1, settings.limit / type.block_bytes) * type.block_elements);
  std::vector<float> values(std::min(all, (wanted + unit - 1) / unit * unit));
  TRY(formats::read_values(tensor, 0, values));
  values.resize(wanted);
  return values;
}

Result<> show_values(App& app, const Tensor& tensor, const std::vector<float>& values) {
  const size_t per_block = info(tensor.dtype).block_elements > 1 ? info(tensor.dtype).block_elements : 8;
  for (size_t i = 0; i < values.size(); i++) {
    if (i % per_block == 0) TRY(app.print(strf("{}[{}]", i == 0 ? "values " : "\n       ", i)));
    if (i % per_block > 0 && i % 8 == 0) TRY(app.print("\n          "));
    TRY(app.print(strf(" {:.6g}", values[i])));
  }
  return app.print("\n");
}

Result<> show_tensor(App& app, const formats::ModelFile& model, const Tensor& tensor,
                     const Settings& settings) {
  if (settings.offset > 0 && settings.offset >= tensor.data.size()) {
    return fail(Code::usage, "--offset: wanted less than the tensor's {} bytes, got {}", tensor.data.size(),
                settings.offset);
  }
  const Bytes part = window(tensor.data, settings);
  Json out = Json::object();
  out.set("file", model.files[tensor.file].path().string())
      .set("name", tensor.name)
      .set("dtype", name(tensor.dtype));
  out.set("shape", shape_json(tensor.shape))
      .set("offset", tensor.offset)
      .set("size_bytes", uint64_t{tensor.data.size()});
  out.set("bytes", hex({reinterpret_cast<const uint8_t*>(part.data()), part.size()}));
  if (!app.json) {
    TRY(app.print(strf("{}  {} {}  {} bytes at {:#x}\n", app.style.bold(printable(tensor.name)),
                       name(tensor.dtype), shape_text(tensor.shape), tensor.data.size(), tensor.offset)));
    TRY(app.print(hex_rows(part, tensor.offset + settings.offset, settings.width)));
  }
  if (settings.blocks) {
    TRY(const std::vector<float> values, leading_values(tensor, settings));
    Json list = Json::array();
    for (float value : values) list.push(static_cast<double>(value));
    out.set("values", list);
    if (!app.json) TRY(show_values(app, tensor, values));
  }
  if (settings.stats) {
    TRY(const TensorStats stats, tensor_stats(tensor));
    add_stats(out, stats);
    if (!app.json) {
      TRY(app.print(strf("mean {:.6g}  std {:.6g}  min {:.6g}  max {:.6g}  nan {}  inf {}  zero {} of {}\n",
                         stats.mean, stats.std, stats.min, stats.max, stats.nan_count, stats.inf_count,
                         stats.zero_count, stats.count)));
    }
  }
  if (settings.entropy) {
    out.set("entropy_bits", entropy(tensor.data));
    if (!app.json) TRY(app.print(strf("entropy {:.3f} bits a byte\n", entropy(tensor.data))));
  }
  return app.json ? app.print_json(out) : Result<>();
}

/// One thing is shown at a time, and an option that it has no use for is refused.
Result<> check_modes(const ParsedArgs& args, bool raw) {
  std::string_view mode;
  for (const std::string_view other : {"header", "tensor", "list", "raw"}) {
    if (!args.given(other)) continue;
    if (!mode.empty()) return fail(Code::usage, "give --{} or --{}, not both", mode, other);
    mode = other;
  }
  const bool tensor = mode == "tensor";
  for (const std::string_view option : {"stats", "blocks"}) {
    if (args.flag(option) && !tensor) return fail(Code::usage, "--{} needs --tensor NAME", option);
  }
  if (args.flag("entropy") && !tensor && !raw)
    return fail(Code::usage, "--entropy needs --tensor NAME, --raw or --offset N");
  if (mode == "header" && args.given("offset"))
    return fail(Code::usage, "--header begins at 0; leave out --offset");
  if (args.flag("blocks") && args.given("offset"))
    return fail(Code::usage, "--blocks decodes from the first block; leave out --offset");
  for (const std::string_view option : {"offset", "limit", "width"}) {
    if (mode == "list" && args.given(option)) return fail(Code::usage, "--list has no use for --{}", option);
  }
  return {};
}

Result<> run(App& app, const ParsedArgs& args) {
  const Settings settings{.limit = static_cast<size_t>(args.integer("limit")),
                          .width = static_cast<size_t>(args.integer("width")),
                          .offset = static_cast<uint64_t>(args.integer("offset")),
                          .stats = args.flag("stats"),
                          .entropy = args.flag("entropy"),
                          .blocks = args.flag("blocks")};
  const bool tensors = args.given("tensor") || args.flag("list");
  const bool raw = args.flag("raw") || (args.given("offset") && !tensors);
  TRY(check_modes(args, raw));
  TRY(const std::filesystem::path path, resolve_source(args.text("FILE")));
  std::error_code ignored;
  // A broken file can still be dumped, so nothing is parsed unless tensors are asked for.
  if (!tensors && !std::filesystem::is_directory(path, ignored)) {
    TRY(const MappedFile file, MappedFile::open(path));
    return raw ? show_raw(app, path, file.bytes(), settings) : show_header(app, path, file.bytes(), settings);
  }
  TRY(const auto model, open_source(app, args.text("FILE")));
  if (args.flag("list")) return show_list(app, *model);
  if (!args.given("tensor")) {
    if (model->files.empty()) return fail(Code::not_found, "{}: no weights file", path.string());
    const MappedFile& file = model->files[0];
    if (raw && model->files.size() > 1)
      return fail(Code::usage, "{}: {} weight files; name the one to dump", path.string(),
                  model->files.size());
    return raw ? show_raw(app, file.path(), file.bytes(), settings)
               : show_header(app, file.path(), file.bytes(), settings);
  }
  TRY(const Tensor* tensor, choose(*model, args.text("tensor")));
  return show_tensor(app, *model, *tensor, settings);
}

}  // namespace

Command hex_command() {
  return {
      .spec = {.name = "hex",
               .summary = "bytes of a model file: its header explained, a tensor, or any range",
               .positionals = {{.name = "FILE", .help = "model file, folder or built-in name"}},
               .options =
                   {{.name = "header", .help = "the header, field by field (what happens by default)"},
                    {.name = "tensor", .kind = ArgKind::text, .value = "NAME", .help = "this tensor's bytes"},
                    {.name = "list", .help = "offset and size of every tensor"},
                    {.name = "raw", .help = "bytes without explanation"},
                    {.name = "offset",
                     .kind = ArgKind::integer,
                     .value = "N",
                     .fallback = "0",
                     .help = "first byte, in the file or in the tensor",
                     .min = 0},
                    {.name = "limit",
                     .kind = ArgKind::integer,
                     .value = "N",
                     .fallback = "64",
                     .help = "bytes to show (of each field)",
                     .min = 1,
                     .max = 1 << 24},
                    {.name = "width",
                     .kind = ArgKind::integer,
                     .value = "N",
                     .fallback = "16",
                     .help = "bytes in a row",
                     .min = 1,
                     .max = 256},
                    {.name = "stats", .help = "with --tensor: statistics of its values"},
                    {.name = "blocks", .help = "with --tensor: decode the first blocks"},
                    {.name = "entropy", .help = "bits per byte of the tensor or range"}},
               .examples = {{"apr hex model.apr", "what each header field holds"},
                            {"apr hex model.gguf --tensor token_embd --blocks --stats",
                             "bytes and values of a tensor"},
                            {"apr hex broken.gguf --raw --offset 4096 --limit 256", "any range of any file"}},
               .notes = "Header and ranges work on files that do not open otherwise."},
      .run = run};
}

}  // namespace sov::apr
