#include "apps/apr/app.h"
#include "core/env.h"

namespace sov::apr {
namespace {

Result<> run(App& app, const ParsedArgs&) {
  Json rows = Json::array();
  for (const EnvVariable& variable : env_table()) {
    const std::optional<std::string> value = env(variable.name);
    if (app.json) {
      rows.push(Json::object()
                    .set("name", variable.name)
                    .set("value", value ? Json(*value) : Json())
                    .set("meaning", variable.meaning)
                    .set("default", variable.fallback));
      continue;
    }
    const std::string shown = value ? app.style.bold(printable(*value)) : app.style.dim("unset");
    TRY(app.print(strf("{:<16} {}\n{:<16} {} (default: {})\n", variable.name, shown, "", variable.meaning,
                       variable.fallback)));
  }
  return app.json ? app.print_json(Json::object().set("variables", rows)) : Result<>();
}

}  // namespace

Command env_command() {
  return {.spec = {.name = "env",
                   .summary = "environment variables: meaning, default, value now",
                   .examples = {{"apr env", "every variable that is read; there are no others"}}},
          .run = run};
}

}  // namespace sov::apr
