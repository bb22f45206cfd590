#include <unistd.h>

#include "apps/apr/app.h"
#include "apps/apr/model_summary.h"
#include "apps/apr/text_source.h"

namespace sov::apr {
namespace {

using text::TokenId;

Result<std::string> text_argument(const ParsedArgs& args) {
  if (args.given("prompt") && args.given("TEXT")) return fail(Code::usage, "give TEXT or --prompt, not both");
  if (args.given("prompt")) return args.text("prompt");
  if (args.given("TEXT")) return args.text("TEXT");
  return read_stdin();
}

/// The ids on one line; with --pieces one token a line.
Result<> run_tokenize(App& app, const ParsedArgs& args) {
  TRY(const auto model, open_source(app, args.text("FILE")));
  TRY(const text::Tokenizer tokenizer, load_tokenizer(*model));
  TRY(const std::string input, text_argument(args));
  const text::EncodeOptions options{.add_special = !args.flag("no-special"),
                                    .parse_special = !args.flag("plain")};
  const std::vector<TokenId> ids = tokenizer.encode(input, options);
  if (app.json) {
    Json list = Json::array(), pieces = Json::array();
    for (TokenId id : ids) {
      list.push(int64_t{id});
      pieces.push(tokenizer.piece(id));
    }
    return app.print_json(Json::object()
                              .set("file", model->path.string())
                              .set("tokenizer", tokenizer.description())
                              .set("count", uint64_t{ids.size()})
                              .set("tokens", list)
                              .set("pieces", pieces));
  }
  for (size_t i = 0; i < ids.size(); i++) {
    if (args.flag("pieces")) {
      TRY(app.print(strf("{:>8}  {}\n", ids[i], printable(tokenizer.piece(ids[i])))));
    } else {
      TRY(app.print(strf("{}{}", i == 0 ? "" : " ", ids[i])));
    }
  }
  return args.flag("pieces") ? Result<>() : app.print("\n");
}

/// Ids as words, in JSON brackets or with commas.
Result<std::vector<TokenId>> parse_ids(std::string_view text, size_t vocab) {
  std::vector<TokenId> ids;
  constexpr std::string_view kBetween = " \t\r\n,[]";
  for (size_t at = text.find_first_not_of(kBetween); at != std::string_view::npos;) {
    const size_t end = text.find_first_of(kBetween, at);
    TRY(const int64_t id,
        parse_integer("token id", text.substr(at, end - at), 0, static_cast<double>(vocab) - 1));
    ids.push_back(static_cast<TokenId>(id));
    at = text.find_first_not_of(kBetween, end);
  }
  return ids;
}

Result<> run_detokenize(App& app, const ParsedArgs& args) {
  TRY(const auto model, open_source(app, args.text("FILE")));
  TRY(const text::Tokenizer tokenizer, load_tokenizer(*model));
  std::string words;
  for (const std::string& word : args.texts("IDS")) words += word + " ";
  if (!args.given("IDS")) {
    TRY(words, read_stdin());
  }
  TRY(const std::vector<TokenId> ids, parse_ids(words, tokenizer.vocab_size()));
  const auto skip = args.flag("skip-special") ? text::SkipSpecial::yes : text::SkipSpecial::no;
  const std::string decoded = tokenizer.decode(ids, skip);
  if (app.json) {
    return app.print_json(Json::object()
                              .set("file", model->path.string())
                              .set("text", decoded)
                              .set("count", uint64_t{ids.size()}));
  }
  return app.print(is_terminal(STDOUT_FILENO) ? printable(decoded) + "\n" : decoded);
}

}  // namespace

Command tokenize_command() {
  return {
      .spec = {.name = "tokenize",
               .summary = "text to token ids",
               .positionals = {{.name = "FILE", .help = "model file, folder or built-in name"},
                               {.name = "TEXT",
                                .help = "text; stdin when neither this nor --prompt is given",
                                .required = false,
                                .path = false}},
               .options = {{.name = "prompt",
                            .letter = 'p',
                            .kind = ArgKind::text,
                            .value = "TEXT",
                            .help = "the text"},
                           {.name = "pieces", .help = "one token a line: id and vocabulary entry"},
                           {.name = "no-special", .help = "do not add begin or end tokens"},
                           {.name = "plain", .help = "special tokens written in the text are ordinary text"}},
               .examples = {{"apr tokenize micro 'def f(x):'", "ids"},
                            {"apr tokenize micro --pieces <prompt.txt", "what each token stands for"}}},
      .run = run_tokenize};
}

Command detokenize_command() {
  return {.spec = {.name = "detokenize",
                   .summary = "token ids to text",
                   .positionals = {{.name = "FILE", .help = "model file, folder or built-in name"},
                                   {.name = "IDS",
                                    .help = "ids; stdin when there are none",
                                    .required = false,
                                    .repeatable = true,
                                    .path = false}},
                   .options = {{.name = "skip-special", .help = "leave out control tokens"}},
                   .examples = {{"apr tokenize micro 'a b' | apr detokenize micro", "there and back"}},
                   .notes = "The bytes are written as they are; a terminal gets a newline after them and "
                            "U+FFFD for control characters."},
          .run = run_detokenize};
}

}  // namespace sov::apr
