#include "apps/apr/text_source.h"

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace sov::apr {

Result<text::Tokenizer> load_tokenizer(const formats::ModelFile& model) {
  const formats::TokenizerSource& source = model.tokenizer;
  switch (source.kind) {
    case formats::TokenizerSource::Kind::huggingface:
      return with(text::Tokenizer::from_huggingface(source.tokenizer, source.tokenizer_config),
                  "tokenizer.json");
    case formats::TokenizerSource::Kind::gguf:
      return with(text::Tokenizer::from_gguf(source.tokenizer), "tokenizer in the GGUF metadata");
    case formats::TokenizerSource::Kind::apr:
      return with(text::Tokenizer::from_apr(source.tokenizer), "tokenizer in the APR metadata");
    case formats::TokenizerSource::Kind::none:
      break;
  }
  return fail(Code::not_found, "{}: no tokenizer in the file or beside it", model.path.string());
}

Result<std::string> read_stdin(uint64_t max_bytes) {
  std::string text;
  char block[65536];
  for (;;) {
    const ssize_t n = ::read(STDIN_FILENO, block, sizeof block);
    if (n == 0) return text;
    if (n < 0 && errno == EINTR) return fail(Code::cancelled, "reading stdin");
    if (n < 0) return fail(Code::io, "reading stdin: {}", std::strerror(errno));
    text.append(block, static_cast<size_t>(n));
    if (text.size() > max_bytes) return fail(Code::exhausted, "stdin: more than {} bytes", max_bytes);
  }
}

}  // namespace sov::apr
