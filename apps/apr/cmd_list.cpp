#include <algorithm>

#include "apps/apr/app.h"
#include "apps/apr/source.h"

namespace sov::apr {
namespace {

Result<> run(App& app, const ParsedArgs&) {
  const std::vector<BuiltIn> models = built_in_models();
  if (app.json) {
    Json rows = Json::array();
    for (const BuiltIn& model : models) {
      rows.push(Json::object()
                    .set("name", model.name)
                    .set("path", model.path.string())
                    .set("size_bytes", size_on_disk(model.path)));
    }
    return app.print_json(Json::object().set("models", rows));
  }
  if (models.empty()) {
    const auto folder = models_folder();
    app.note(strf("no models in {}", folder ? folder->string() : "models/ beside or above the program"));
  }
  for (const BuiltIn& model : models) {
    TRY(app.print(
        strf("{:<16} {:>10}  {}\n", model.name, human_bytes(size_on_disk(model.path)), model.path.string())));
  }
  return {};
}

}  // namespace

Command list_command() {
  return {
      .spec = {.name = "list",
               .summary = "models that can be named without a path",
               .examples = {{"apr list", "names, sizes and places"}},
               .notes =
                   "They are looked up in SOV_MODELS, else in the first models/ beside or above the program.",
               .aliases = {"ls"}},
      .run = run};
}

}  // namespace sov::apr
