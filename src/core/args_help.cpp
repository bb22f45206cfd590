// Help pages and completion scripts, both written from the command table.
#include <algorithm>

#include "core/args.h"
#include "core/check.h"

namespace sov {
namespace {

std::string positional_usage(const PositionalSpec& positional) {
  const std::string name = strf("{}{}", positional.name, positional.repeatable ? "..." : "");
  return positional.required ? name : strf("[{}]", name);
}

std::string option_usage(const OptionSpec& option) {
  std::string out = option.letter != 0 ? strf("-{}, ", option.letter) : "    ";
  out += strf("--{}", option.name);
  if (!option.value.empty()) out += strf(" {}", option.value);
  return out;
}

std::string option_meaning(const OptionSpec& option) {
  std::string out(option.help);
  if (!option.choices.empty()) {
    std::string all;
    for (std::string_view choice : option.choices) all += strf("{}{}", all.empty() ? "" : ", ", choice);
    out += strf(" ({})", all);
  }
  if (option.repeatable) out += "; may be repeated";
  if (!option.fallback.empty()) out += strf(" [default: {}]", option.fallback);
  if (!option.aliases.empty()) {
    std::string all;
    for (std::string_view alias : option.aliases) all += strf("{}--{}", all.empty() ? "" : ", ", alias);
    out += strf(" [also: {}]", all);
  }
  return out;
}

/// Two columns: a left one of at most kLeft, meanings wrapped beside it.
std::string two_columns(const std::vector<std::pair<std::string, std::string>>& rows, int width) {
  constexpr size_t kLeft = 28;
  size_t left = 0;
  for (const auto& [name, meaning] : rows) left = std::max(left, std::min(kLeft, name.size()));
  std::string out;
  for (const auto& [name, meaning] : rows) {
    const int indent = static_cast<int>(left) + 4;
    out += strf("  {:<{}}", name, left);
    if (name.size() > left) out += strf("\n{:{}}", "", indent - 2);
    out += strf("  {}\n", wrap_text(meaning, width - indent, indent));
  }
  return out;
}

std::string not_built_list(const CommandSpec& command) {
  std::string out;
  for (const OptionSpec& option : command.options) {
    if (!option.built) out += strf("{}--{}", out.empty() ? "" : ", ", option.name);
  }
  return out;
}

}  // namespace

std::string wrap_text(std::string_view text, int width, int indent) {
  const size_t limit = static_cast<size_t>(std::max(width, 20));
  std::string out;
  size_t column = 0;
  while (!text.empty()) {
    const size_t end = text.find_first_of(" \n");
    const std::string_view word = text.substr(0, end);
    if (column > 0 && column + 1 + word.size() > limit) {
      out += strf("\n{:{}}", "", indent);
      column = 0;
    } else if (column > 0 && !word.empty()) {
      out += ' ';
      column++;
    }
    out += word;
    column += word.size();
    if (end == std::string_view::npos) break;
    if (text[end] == '\n') {
      out += strf("\n{:{}}", "", indent);
      column = 0;
    }
    text.remove_prefix(end + 1);
  }
  return out;
}

std::string help_text(const CommandSpec& command, std::string_view program, int width) {
  std::string out = strf("{} {} - {}\n\nUsage: {} {} [OPTIONS]", program, command.name, command.summary,
                         program, command.name);
  std::vector<std::pair<std::string, std::string>> rows;
  for (const PositionalSpec& positional : command.positionals) {
    out += " " + positional_usage(positional);
    rows.emplace_back(positional.name, positional.help);
  }
  out += '\n';
  if (!rows.empty()) out += "\nArguments:\n" + two_columns(rows, width);
  rows.clear();
  for (const OptionSpec& option : command.options) {
    if (option.built) rows.emplace_back(option_usage(option), option_meaning(option));
  }
  out += "\nOptions:\n" + two_columns(rows, width);
  if (!command.aliases.empty()) {
    std::string all;
    for (std::string_view alias : command.aliases)
      all += strf("{}{} {}", all.empty() ? "" : ", ", program, alias);
    out += strf("\nAlso typed as: {}\n", all);
  }
  if (!command.notes.empty()) out += "\n" + wrap_text(command.notes, width, 0) + "\n";
  const std::string missing = not_built_list(command);
  if (!missing.empty())
    out += "\n" + wrap_text("Recognised, not built yet (exit status 9): " + missing, width, 0) + "\n";
  if (!command.examples.empty()) out += "\nExamples:\n";
  for (const ExampleSpec& example : command.examples) {
    out += strf("  # {}\n  {}\n", example.meaning, example.command);
  }
  return out;
}

namespace {

/// 'text' for a POSIX shell or fish (which reads \' inside single quotes, a POSIX shell does not).
std::string quoted(std::string_view text, Shell shell) {
  std::string out = "'";
  for (char c : text) {
    if (c == '\'')
      out += shell == Shell::fish ? "\\'" : "'\\''";
    else if (c == '\\' && shell == Shell::fish)
      out += "\\\\";
    else
      out += c;
  }
  return out + "'";
}

std::string option_words(const CommandSpec& command) {
  std::string out;
  for (const OptionSpec& option : command.options) {
    if (option.built) out += strf("{}--{}", out.empty() ? "" : " ", option.name);
  }
  return out;
}

std::string choice_words(const OptionSpec& option) {
  std::string out;
  for (std::string_view choice : option.choices) out += strf("{}{}", out.empty() ? "" : " ", choice);
  return out;
}

/// The first words of all commands, each once ("rosetta" for "rosetta convert").
std::vector<std::string_view> first_words(std::span<const CommandSpec> commands) {
  std::vector<std::string_view> out;
  for (const CommandSpec& command : commands) {
    const std::string_view word = command.name.substr(0, command.name.find(' '));
    if (std::ranges::find(out, word) == out.end()) out.push_back(word);
  }
  return out;
}

std::string second_words(std::span<const CommandSpec> commands, std::string_view first) {
  std::string out;
  for (const CommandSpec& command : commands) {
    if (!command.name.starts_with(first) || command.name.size() <= first.size()) continue;
    if (command.name[first.size()] != ' ') continue;
    out += strf("{}{}", out.empty() ? "" : " ", command.name.substr(first.size() + 1));
  }
  return out;
}

/// One function body for bash and, through bashcompinit, zsh: the candidates depend on the command word
/// alone.
std::string bash_script(std::string_view program, std::span<const CommandSpec> commands) {
  std::string firsts;
  for (std::string_view word : first_words(commands)) firsts += strf("{}{}", firsts.empty() ? "" : " ", word);
  std::string out = strf("# {0} completion: source <({0} completion bash)\n_{0}() {{\n", program);
  out += "  local cur=\"${COMP_WORDS[COMP_CWORD]}\" prev=\"${COMP_WORDS[COMP_CWORD-1]}\"\n";
  out += "  local cmd=\"${COMP_WORDS[1]}\" words=''\n  COMPREPLY=()\n";
  out += strf(
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    COMPREPLY=( $(compgen -W {} -- \"$cur\") ); return\n  fi\n",
      quoted(firsts, Shell::bash));
  out += "  case \"$cmd $prev\" in\n";
  for (const CommandSpec& command : commands) {
    for (const OptionSpec& option : command.options) {
      if (option.choices.empty() || !option.built) continue;
      const std::string_view first = command.name.substr(0, command.name.find(' '));
      out += strf("    {}) COMPREPLY=( $(compgen -W {} -- \"$cur\") ); return ;;\n",
                  quoted(strf("{} --{}", first, option.name), Shell::bash),
                  quoted(choice_words(option), Shell::bash));
    }
  }
  out += "  esac\n  if [ \"$COMP_CWORD\" -eq 2 ]; then\n    case \"$cmd\" in\n";
  for (std::string_view first : first_words(commands)) {
    const std::string seconds = second_words(commands, first);
    if (seconds.empty()) continue;
    out += strf("      {}) COMPREPLY=( $(compgen -W {} -- \"$cur\") ) ;;\n", first,
                quoted(seconds, Shell::bash));
  }
  out += "    esac\n    [ ${#COMPREPLY[@]} -gt 0 ] && return\n  fi\n  case \"$cmd ${COMP_WORDS[2]}\" in\n";
  for (const CommandSpec& command : commands) {
    const bool two = command.name.find(' ') != std::string_view::npos;
    out += strf("    {}{}) words={} ;;\n", quoted(strf("{}{}", command.name, two ? "" : " "), Shell::bash),
                two ? "" : "*", quoted(option_words(command), Shell::bash));
  }
  out += "  esac\n  case \"$cur\" in\n    -*) COMPREPLY=( $(compgen -W \"$words\" -- \"$cur\") ) ;;\n";
  out += "    *) COMPREPLY=( $(compgen -f -- \"$cur\") ) ;;\n  esac\n}\n";
  out += strf("complete -o filenames -F _{0} {0}\n", program);
  return out;
}

std::string fish_script(std::string_view program, std::span<const CommandSpec> commands) {
  std::string out = strf("# {0} completion: {0} completion fish | source\n", program);
  for (std::string_view first : first_words(commands)) {
    const auto same = std::ranges::find(commands, first, &CommandSpec::name);
    const std::string about = same == commands.end() ? strf("{} ...", first) : std::string(same->summary);
    out += strf("complete -c {} -f -n __fish_use_subcommand -a {} -d {}\n", program, first,
                quoted(about, Shell::fish));
    const std::string seconds = second_words(commands, first);
    if (!seconds.empty()) {
      out += strf("complete -c {} -f -n '__fish_seen_subcommand_from {}' -a {}\n", program, first,
                  quoted(seconds, Shell::fish));
    }
  }
  for (const CommandSpec& command : commands) {
    const std::string_view last = command.name.substr(command.name.rfind(' ') + 1);
    for (const OptionSpec& option : command.options) {
      if (!option.built) continue;
      out += strf("complete -c {} -n '__fish_seen_subcommand_from {}' -l {}", program, last, option.name);
      if (option.letter != 0) out += strf(" -s {}", option.letter);
      if (option.kind != ArgKind::flag) out += " -r";
      if (!option.choices.empty()) out += strf(" -f -a {}", quoted(choice_words(option), Shell::fish));
      out += strf(" -d {}\n", quoted(option.help, Shell::fish));
    }
  }
  return out;
}

}  // namespace

std::string completion_script(Shell shell, std::string_view program, std::span<const CommandSpec> commands) {
  switch (shell) {
    case Shell::bash:
      return bash_script(program, commands);
    case Shell::zsh:
      return strf("#compdef {0}\n# {0} completion: source <({0} completion zsh)\n", program) +
             "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }\n" +
             "autoload -Uz bashcompinit && bashcompinit\n" + bash_script(program, commands);
    case Shell::fish:
      return fish_script(program, commands);
  }
  CHECK(false);
}

}  // namespace sov
