// cache stats, cache gc, cache clear.
#include "apps/depyler/app.h"
#include "apps/depyler/store.h"

namespace sov::depyler {
namespace {

Json as_json(const std::string& folder, const Store::Stats& stats) {
  return Json::object()
      .set("folder", folder)
      .set("entries", uint64_t{stats.entries})
      .set("bytes", uint64_t{stats.bytes});
}

Result<> stats(App& app, const ParsedArgs& args) {
  const std::string folder = args.text("FOLDER");
  TRY(const Store::Stats found, Store(folder).stats());
  if (app.json) return app.print_json(as_json(folder, found).set("oldest_days", found.oldest_days));
  return app.print(strf("{}: {} programs, {} bytes, the oldest unused for {:.1f} days\n", folder,
                        found.entries, found.bytes, found.oldest_days));
}

Result<> remove(App& app, const std::string& folder, double days, bool dry_run) {
  TRY(const Store::Stats gone, Store(folder).remove_older(days, dry_run));
  if (app.json) return app.print_json(as_json(folder, gone).set("dry_run", dry_run));
  return app.print(strf("{}: {} {} programs, {} bytes\n", folder, dry_run ? "would remove" : "removed",
                        gone.entries, gone.bytes));
}

Result<> gc(App& app, const ParsedArgs& args) {
  return remove(app, args.text("FOLDER"), args.real("max-age-days"), args.flag("dry-run"));
}

Result<> clear(App& app, const ParsedArgs& args) {
  return remove(app, args.text("FOLDER"), -1e9,
                args.flag("dry-run"));  // a clock set back makes ages negative
}

PositionalSpec folder() { return {.name = "FOLDER", .help = "the store that --cache names"}; }
OptionSpec dry_run() { return {.name = "dry-run", .help = "only say what would be removed"}; }

}  // namespace

Command cache_stats_command() {
  return {.spec = {.name = "cache stats",
                   .summary = "size of a store of compiled programs",
                   .positionals = {folder()},
                   .options = {},
                   .examples = {{"depyler cache stats ~/.cache/depyler", "number, bytes and age"}},
                   .notes = "'depyler compile' and 'depyler run' keep compiled programs in the folder that "
                            "--cache names, by the content of the source."},
          .run = stats};
}

Command cache_gc_command() {
  return {.spec = {.name = "cache gc",
                   .summary = "remove compiled programs that were not used for a while",
                   .positionals = {folder()},
                   .options = {{.name = "max-age-days",
                                .kind = ArgKind::real,
                                .value = "DAYS",
                                .fallback = "30",
                                .help = "since the last use",
                                .min = 0},
                               dry_run()},
                   .examples = {{"depyler cache gc store --max-age-days 7 --dry-run", "what would go"}}},
          .run = gc};
}

Command cache_clear_command() {
  return {.spec = {.name = "cache clear",
                   .summary = "remove all compiled programs of a store",
                   .positionals = {folder()},
                   .options = {dry_run()},
                   .examples = {{"depyler cache clear store", "other files in the folder stay"}}},
          .run = clear};
}

}  // namespace sov::depyler
