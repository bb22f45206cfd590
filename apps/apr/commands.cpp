// The table of commands.
#include <array>

#include "apps/apr/app.h"

namespace sov::apr {

Command bench_command();
Command chat_command();
Command check_command();
Command completion_command();
Command convert_command();
Command diff_command();
Command env_command();
Command export_command();
Command fingerprint_command();
Command hex_command();
Command hw_command();
Command import_command();
Command inspect_command();
Command list_command();
Command detokenize_command();
Command tokenize_command();
Command profile_command();
Command quantize_command();
Command rosetta_chain_command();
Command rosetta_compare_command();
Command rosetta_convert_command();
Command rosetta_verify_command();
Command run_command();
Command template_command();
Command tensors_command();
Command tree_command();

namespace {

/// Part of every command.
std::vector<OptionSpec> common_options() {
  return {
      {.name = "json", .help = "print one JSON document on stdout, errors included"},
      {.name = "quiet", .letter = 'q', .help = "no notes and no progress bar on stderr"},
      {.name = "verbose", .letter = 'v', .help = "log to stderr: -v info, -vv debug"},
      {.name = "offline", .help = "refuse to use the network (nothing built so far uses it)"},
      {.name = "help", .letter = 'h', .help = "print this page"},
  };
}

constexpr auto kBuilt = std::array{
    run_command,
    chat_command,
    check_command,
    template_command,
    inspect_command,
    tensors_command,
    tree_command,
    hex_command,
    tokenize_command,
    detokenize_command,
    convert_command,
    import_command,
    export_command,
    quantize_command,
    diff_command,
    rosetta_convert_command,
    rosetta_chain_command,
    rosetta_verify_command,
    rosetta_compare_command,
    fingerprint_command,
    list_command,
    bench_command,
    profile_command,
    hw_command,
    env_command,
    completion_command,
};

struct Planned {
  std::string_view name;
  std::string_view summary;
};

/// Known names without a body: answered with `unsupported`, not "unknown command".
constexpr std::array kPlanned{
    Planned{"serve", "OpenAI-compatible HTTP server"},
    Planned{"pull", "fetch a model from a hub"},
    Planned{"push", "publish a model"},
    Planned{"publish", "publish a folder with a model card"},
    Planned{"rm", "remove a fetched model"},
    Planned{"validate", "score a model file by its checks"},
    Planned{"lint", "warn about missing metadata and odd names"},
    Planned{"trace", "statistics of every intermediate of a forward pass"},
    Planned{"explain", "explain an error code, tensor or kernel"},
    Planned{"canary", "record outputs and detect drift"},
    Planned{"merge", "merge models"},
    Planned{"prune", "prune weights"},
    Planned{"distill", "train a student from a teacher"},
    Planned{"finetune", "fine-tune, also with LoRA"},
    Planned{"compile", "embed a model in an executable"},
    Planned{"qa", "release gates"},
    Planned{"cbtop", "live view of a run"},
    Planned{"showcase", "import, convert and benchmark one model"},
    Planned{"rosetta validate-stats", "compare statistics with a reference"},
    Planned{"oracle", "match a file with known architectures"},
    Planned{"flow", "draw the data flow"},
    Planned{"debug", "strings and bytes of a file"},
    Planned{"probar", "snapshots for visual tests"},
    Planned{"stamp", "write licence and data source into a file"},
    Planned{"shard", "split a model file"},
    Planned{"unshard", "join a split model"},
    Planned{"encrypt", "encrypt a model file"},
    Planned{"decrypt", "decrypt a model file"},
    Planned{"tui", "terminal browser of a model"},
    Planned{"compare-hf", "compare with the hub's copy"},
    Planned{"qualify", "release qualification"},
    Planned{"parity", "CPU against GPU"},
    Planned{"tune", "hyper-parameter search"},
    Planned{"train", "train a model"},
    Planned{"pretrain", "train from nothing"},
    Planned{"monitor", "watch a training run"},
    Planned{"runs", "list training runs"},
    Planned{"experiment", "browse experiments"},
    Planned{"data", "data set tools"},
    Planned{"manifest", "write a shard manifest"},
    Planned{"diagnose", "explain a failing model"},
    Planned{"gpu", "GPU status"},
    Planned{"ptx", "inspect GPU code"},
    Planned{"mcp", "model context protocol server"},
    Planned{"code", "coding assistant"},
    Planned{"modelfile", "run a Modelfile"},
    Planned{"embed", "text embeddings"},
    Planned{"registry", "model registry"},
};

std::vector<Command> make_commands() {
  std::vector<Command> all;
  for (const auto& make : kBuilt) {
    Command command = make();
    for (OptionSpec& option : common_options()) command.spec.options.push_back(std::move(option));
    all.push_back(std::move(command));
  }
  for (const Planned& planned : kPlanned)
    all.push_back({.spec = {.name = planned.name, .summary = planned.summary}});
  return all;
}

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> all = make_commands();
  return all;
}

}  // namespace sov::apr
