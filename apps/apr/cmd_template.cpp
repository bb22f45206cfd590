// Renders a chat template: a Jinja file, or the template of a model.

#include "apps/apr/app.h"
#include "apps/apr/chat_prompt.h"
#include "apps/apr/model_summary.h"
#include "apps/apr/text_source.h"
#include "core/fs.h"
#include "text/chat_request.h"
#include "text/chat_template.h"

namespace sov::apr {
namespace {

constexpr uint64_t kMaxInput = uint64_t{64} << 20;

struct Source {
  std::string text;
  std::string name;
  Json context = Json::object();
};

Result<std::string> named_template(const formats::ModelFile& model, const ParsedArgs& args) {
  if (!args.given("name")) {
    if (model.chat_template) return *model.chat_template;
    return fail(Code::not_found, "{}: the model has no chat template", model.path.string());
  }
  std::string known;
  for (const auto& [name, text] : model.named_chat_templates) {
    if (name == args.text("name")) return text;
    known += (known.empty() ? "" : ", ") + name;
  }
  return fail(Code::not_found, "{}: no template named '{}'; there is {}", model.path.string(),
              args.text("name"), known.empty() ? "only the default one" : known);
}

/// A name that ends like a template is one; anything else is a model.
Result<Source> open_template(App& app, const ParsedArgs& args) {
  const std::string name = args.text("SOURCE");
  Source source;
  source.name = name;
  if (name.ends_with(".jinja") || name.ends_with(".jinja2") || name.ends_with(".j2") ||
      name.ends_with(".txt")) {
    if (args.given("name")) return fail(Code::usage, "--name chooses among the templates of a model");
    TRY(source.text, read_text(name, kMaxInput));
    return source;
  }
  TRY(const auto model, open_source(app, name));
  TRY(source.text, named_template(*model, args));
  if (model->tokenizer.kind != formats::TokenizerSource::Kind::none) {
    TRY(const text::Tokenizer tokenizer, load_tokenizer(*model));
    source.context = special_tokens(*model, tokenizer);
  }
  return source;
}

Result<Json> read_json(const std::string& path) {
  TRY(const std::string text, path == "-" ? read_stdin(kMaxInput) : read_text(path, kMaxInput));
  return with(parse_json(text), path == "-" ? "stdin" : path);
}

/// A list is the value itself; an object may hold it, and other variables, as a request to a server does.
Result<void> add_list(const ParsedArgs& args, std::string_view option, Json& context) {
  if (!args.given(option)) return {};
  TRY(Json given, read_json(args.text(option)));
  if (given.is_array()) {
    context.set(option, std::move(given));
    return {};
  }
  const Json* inside = given.find(option);
  if (inside == nullptr || !inside->is_array()) {
    return fail(Code::validation, "--{}: wanted a JSON list, or an object with \"{}\", got {}", option,
                option, given.kind_name());
  }
  for (const auto& [key, value] : given.members()) context.set(key, value);
  return {};
}

Result<void> add_variables(const ParsedArgs& args, Json& context) {
  for (const std::string& text : args.texts("var")) {
    const size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
      return fail(Code::usage, "--var: wanted NAME=VALUE, got '{}'", text);
    const std::string value = text.substr(equals + 1);
    auto json = parse_json(value);
    context.set(text.substr(0, equals), json ? std::move(*json) : Json(value));
  }
  return {};
}

Result<> run(App& app, const ParsedArgs& args) {
  TRY(Source source, open_template(app, args));
  Json& context = source.context;
  context.set("messages", Json::array());
  for (const std::string_view option : {"messages", "tools", "documents"})
    TRY(add_list(args, option, context));
  const bool continues = args.flag("continue-final-message");
  if (continues && args.flag("add-generation-prompt")) {
    return fail(Code::usage,
                "--continue-final-message goes on with a turn, --add-generation-prompt begins one");
  }
  context.set("add_generation_prompt", args.flag("add-generation-prompt"));
  TRY(add_variables(args, context));
  TRY(const text::ChatTemplate parsed, text::ChatTemplate::parse(source.text, source.name));
  const auto final_message = continues ? text::FinalMessage::continued : text::FinalMessage::ended;
  TRY(const std::string rendered, text::render_chat(parsed, std::move(context), final_message));
  if (app.json) {
    return app.print_json(Json::object().set("template", source.name).set("prompt", rendered));
  }
  return app.print(rendered);
}

}  // namespace

Command template_command() {
  return {
      .spec =
          {.name = "template",
           .summary = "render a chat template",
           .positionals = {{.name = "SOURCE",
                            .help =
                                "template (.jinja, .jinja2, .j2, .txt), or model file, folder or built-in "
                                "name"}},
           .options =
               {{.name = "messages",
                 .letter = 'm',
                 .kind = ArgKind::text,
                 .value = "FILE",
                 .help = "JSON list of messages, or an object with \"messages\"; - is stdin"},
                {.name = "tools", .kind = ArgKind::text, .value = "FILE", .help = "JSON list of tools"},
                {.name = "documents",
                 .kind = ArgKind::text,
                 .value = "FILE",
                 .help = "JSON list of documents"},
                {.name = "add-generation-prompt", .letter = 'g', .help = "begin the assistant's turn"},
                {.name = "continue-final-message",
                 .help = "end behind the last message's text, for the model to go on with it"},
                {.name = "var",
                 .kind = ArgKind::text,
                 .value = "NAME=VALUE",
                 .help = "another variable; the value is JSON where it reads as JSON, else text",
                 .repeatable = true},
                {.name = "name",
                 .kind = ArgKind::text,
                 .value = "NAME",
                 .help = "one of the model's other templates, e.g. tool_use"}},
           .examples = {{"apr template chat.jinja -m messages.json -g", "the prompt a server would make"},
                        {"apr template micro -m - <messages.json", "with the template of a model"}},
           .notes =
               "The text is written as it is, without a newline at its end. Rendering is bounded in time, "
               "memory and output: a template that goes on for ever ends with status 8."},
      .run = run};
}

}  // namespace sov::apr
