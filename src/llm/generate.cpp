#include "llm/generate.h"

namespace sov::llm {

std::string_view finish_name(Finish finish) {
  switch (finish) {
    case Finish::eos:
      return "eos";
    case Finish::stop:
      return "stop";
    case Finish::length:
      return "length";
    case Finish::context:
      return "context";
    case Finish::cancelled:
      return "cancelled";
  }
  return "?";
}

Result<Generation> generate(Session&, std::span<const TokenId>, const GenerateOptions&) {
  return fail(Code::unsupported, "generation is not built yet");
}

Result<Score> score(Session&, std::span<const TokenId>) {
  return fail(Code::unsupported, "scoring is not built yet");
}

}  // namespace sov::llm
