#include <algorithm>
#include <map>

#include "apps/apr/app.h"
#include "apps/apr/model_summary.h"
#include "apps/apr/tensor_stats.h"
#include "core/hash.h"

namespace sov::apr {
namespace {

struct Fingerprint {
  Json tensors = Json::array();
  std::string hash;  // BLAKE3 over a line for each tensor, sorted by name
};

Result<Fingerprint> fingerprint(App& app, std::string_view source) {
  TRY(const auto model, open_source(app, source));
  std::vector<const formats::Tensor*> tensors;
  for (const formats::Tensor& tensor : model->tensors) tensors.push_back(&tensor);
  std::ranges::sort(tensors, {}, [](const formats::Tensor* t) -> const std::string& { return t->name; });
  Progress progress("reading tensors", model->total_bytes(), app.progress());
  Fingerprint out;
  Blake3 all;
  uint64_t done = 0;
  for (const formats::Tensor* tensor : tensors) {
    if (app.interrupts.pending()) return fail(Code::cancelled, "reading tensors");
    TRY(const TensorStats stats, tensor_stats(*tensor));
    const std::string hash = hex(blake3(tensor->data));
    Json row = Json::object().set("name", tensor->name).set("dtype", name(tensor->dtype));
    row.set("shape", shape_json(tensor->shape)).set("blake3", hash);
    add_stats(row, stats);
    out.tensors.push(std::move(row));
    all.update(
        as_bytes(strf("{} {} {} {}\n", tensor->name, name(tensor->dtype), shape_text(tensor->shape), hash)));
    progress.update(done += tensor->data.size());
  }
  out.hash = hex(all.finish());
  return out;
}

Json as_json(std::string_view source, const Fingerprint& print) {
  Json out = Json::object().set("model", source).set("fingerprint", "blake3:" + print.hash);
  return out.set("tensors", print.tensors);
}

/// Names whose entries are not the same on both sides.
std::vector<std::string> differing(const Fingerprint& left, const Fingerprint& right) {
  std::map<std::string, std::pair<const Json*, const Json*>> rows;
  for (const Json& row : left.tensors.items()) rows[row.find("name")->string()].first = &row;
  for (const Json& row : right.tensors.items()) rows[row.find("name")->string()].second = &row;
  std::vector<std::string> out;
  for (const auto& [name, pair] : rows) {
    if (!pair.first || !pair.second || *pair.first != *pair.second) out.push_back(name);
  }
  return out;
}

Result<> run(App& app, const ParsedArgs& args) {
  TRY(const Fingerprint left, fingerprint(app, args.text("MODEL")));
  Json report = as_json(args.text("MODEL"), left);
  std::vector<std::string> names;
  if (args.given("OTHER")) {
    TRY(const Fingerprint right, fingerprint(app, args.text("OTHER")));
    names = differing(left, right);
    Json list = Json::array();
    for (const std::string& name : names) list.push(name);
    report.set("other", as_json(args.text("OTHER"), right))
        .set("identical", names.empty())
        .set("differing", list);
  }
  if (args.given("output")) {
    const Overwrite overwrite = args.flag("force") ? Overwrite::yes : Overwrite::no;
    TRY(write_file(args.text("output"), report.dump(2) + "\n", overwrite));
  }
  if (app.json) {
    TRY(app.print_json(report));
  } else {
    TRY(app.print(strf("blake3:{}  {} tensors\n", left.hash, left.tensors.items().size())));
    for (const std::string& name : names) TRY(app.print(strf("differs  {}\n", printable(name))));
  }
  if (names.empty()) return {};
  TRY(app.out.flush());
  return fail(Code::validation, "{} tensors differ", names.size());
}

}  // namespace

Command fingerprint_command() {
  return {
      .spec = {.name = "rosetta fingerprint",
               .summary = "hashes and statistics that identify a model",
               .positionals = {{.name = "MODEL", .help = "model file, folder or built-in name"},
                               {.name = "OTHER", .help = "one to compare it with", .required = false}},
               .options = {{.name = "output",
                            .letter = 'o',
                            .kind = ArgKind::text,
                            .value = "PATH",
                            .help = "write the JSON there too"},
                           {.name = "force", .letter = 'f', .help = "replace an existing output"}},
               .examples = {{"apr rosetta fingerprint micro --json",
                             "name, shape, hash and statistics of each"}},
               .notes =
                   "The fingerprint depends on names, dtypes, shapes and bytes of the tensors, in order of "
                   "their names. With two models, exit status 5 when they differ."},
      .run = run};
}

}  // namespace sov::apr
