#include <algorithm>

#include "apps/apr/app.h"
#include "apps/apr/source.h"

namespace sov::apr {
namespace {

/// What the name stands for; the other rows of the name are the same model in other formats.
const BuiltIn* picked(const std::vector<BuiltIn>& models, std::string_view name) {
  return &*std::ranges::find(models, name, &BuiltIn::name);
}

Result<> run(App& app, const ParsedArgs&) {
  const std::vector<BuiltIn> models = built_in_models();
  if (app.json) {
    Json rows = Json::array();
    for (const BuiltIn& model : models) {
      rows.push(Json::object()
                    .set("name", model.name)
                    .set("picked", &model == picked(models, model.name))
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
    const std::string_view name = &model == picked(models, model.name) ? std::string_view(model.name) : "";
    TRY(app.print(
        strf("{:<16} {:>10}  {}\n", name, human_bytes(size_on_disk(model.path)), model.path.string())));
  }
  return {};
}

}  // namespace

Command list_command() {
  return {
      .spec =
          {.name = "list",
           .summary = "models that can be named without a path",
           .examples = {{"apr list", "names, sizes and places"}},
           .notes =
               "A name stands for the first row that shows it; rows without a name are the same model in "
               "other "
               "formats. Names are looked up in SOV_MODELS, else in the first models/ beside or above the "
               "program.",
           .aliases = {"ls"}},
      .run = run};
}

}  // namespace sov::apr
