#include "apps/apr/app.h"
#include "apps/apr/model_summary.h"
#include "apps/apr/tensor_stats.h"

namespace sov::apr {
namespace {

using formats::Tensor;

std::string stats_text(const TensorStats& stats) {
  if (stats.count == 0) return strf(" {:>47}", "empty");
  if (stats.finite() == 0)
    return strf("{:>48}  nan {} inf {}", "nothing finite", stats.nan_count, stats.inf_count);
  std::string out =
      strf(" {:>11.5g} {:>11.5g} {:>11.5g} {:>11.5g}", stats.mean, stats.std, stats.min, stats.max);
  if (stats.nan_count + stats.inf_count > 0) out += strf("  nan {} inf {}", stats.nan_count, stats.inf_count);
  return out;
}

struct Listing {
  bool stats = false;
  size_t name_width = 4;  // of the heading
  uint64_t broken = 0;    // tensors with NaN or infinity
};

/// One tensor as a line, or as a JSON row in `rows`.
Result<> show(App& app, const Tensor& tensor, Listing& listing, Json& rows) {
  Json row = Json::object();
  row.set("name", tensor.name).set("shape", shape_json(tensor.shape)).set("dtype", name(tensor.dtype));
  row.set("size_bytes", uint64_t{tensor.data.size()})
      .set("file", uint64_t{tensor.file})
      .set("offset", tensor.offset);
  std::string line = strf("{:<{}}  {:<7} {:<18} {:>10}", printable(tensor.name), listing.name_width,
                          name(tensor.dtype), shape_text(tensor.shape), human_bytes(tensor.data.size()));
  if (listing.stats) {
    TRY(const TensorStats stats, tensor_stats(tensor));
    add_stats(row, stats);
    line += stats_text(stats);
    listing.broken += stats.nan_count + stats.inf_count > 0;
  }
  if (!app.json) return app.print(line + "\n");
  rows.push(std::move(row));
  return {};
}

Result<> run(App& app, const ParsedArgs& args) {
  TRY(const auto model, open_source(app, args.text("FILE")));
  const std::string filter = args.text("filter");
  const auto limit = static_cast<uint64_t>(args.integer("limit"));
  std::vector<const Tensor*> chosen;
  uint64_t matching = 0, bytes = 0;
  Listing listing{.stats = args.flag("stats")};
  for (const Tensor& tensor : model->tensors) {
    if (!name_matches(tensor.name, filter)) continue;
    matching++;
    if (limit > 0 && chosen.size() == limit) continue;
    chosen.push_back(&tensor);
    bytes += tensor.data.size();
    listing.name_width = std::max(listing.name_width, tensor.name.size());
  }
  if (matching == 0 && !filter.empty()) {
    return fail(Code::not_found, "{}: none of {} tensors matches '{}'", model->path.string(),
                model->tensors.size(), filter);
  }
  Progress progress("reading tensors", bytes, listing.stats ? app.progress() : Progress::Show::no);
  if (!app.json && listing.stats) {
    TRY(app.print(
        app.style.dim(strf("{:<{}}  {:<7} {:<18} {:>10} {:>11} {:>11} {:>11} {:>11}\n", "name",
                           listing.name_width, "dtype", "shape", "size", "mean", "std", "min", "max"))));
  }
  Json rows = Json::array();
  uint64_t done = 0;
  for (const Tensor* tensor : chosen) {
    if (app.interrupts.pending())
      return fail(Code::cancelled, "after {} of {} tensors", rows.items().size(), chosen.size());
    TRY(show(app, *tensor, listing, rows));
    progress.update(done += tensor->data.size());
  }
  if (app.json) {
    Json out = Json::object();
    out.set("file", model->path.string()).set("format", formats::format_name(model->format));
    out.set("tensor_count", uint64_t{model->tensors.size()}).set("matching", matching);
    if (listing.stats) out.set("tensors_with_nan_or_inf", listing.broken);
    return app.print_json(out.set("tensors", rows));
  }
  TRY(app.out.flush());
  if (chosen.size() < matching) app.note(strf("{} of {} shown", chosen.size(), matching));
  if (listing.broken > 0) app.note(strf("warning: {} of these tensors hold NaN or infinity", listing.broken));
  return {};
}

}  // namespace

Command tensors_command() {
  return {.spec = {.name = "tensors",
                   .summary = "list a model's tensors, with statistics if asked",
                   .positionals = {{.name = "FILE", .help = "model file, folder or built-in name"}},
                   .options = {{.name = "stats",
                                .help = "decode the values: mean, std, min, max, NaN and infinity counts"},
                               {.name = "filter",
                                .kind = ArgKind::text,
                                .value = "TEXT",
                                .help = "only names that contain TEXT, or match it when it holds * or ?"},
                               {.name = "limit",
                                .kind = ArgKind::integer,
                                .value = "N",
                                .fallback = "0",
                                .help = "at most N tensors; 0: all",
                                .min = 0}},
                   .examples = {{"apr tensors micro", "name, dtype, shape and size of each"},
                                {"apr tensors model.gguf --stats --filter 'blk.0.*'",
                                 "what the first layer holds"},
                                {"apr tensors model.apr --stats --json", "for programs"}},
                   .notes = "mean and std are over the finite values."},
          .run = run};
}

}  // namespace sov::apr
