#include "text/tokenize/decoder.h"

#include "core/utf8.h"
#include "text/tokenize/byte_level.h"
#include "text/tokenize/decode_chain.h"

namespace sov::text {
namespace {

template <typename Stream>
class Simple final : public Decoder {
 public:
  std::unique_ptr<DecodeStream> start() const override { return std::make_unique<Stream>(); }
};

class JoinBySpaces final : public DecodeStream {
 public:
  void push(std::string_view piece, Literal, std::string& out) override {
    if (!first_) out += ' ';
    first_ = false;
    out += piece;
  }

 private:
  bool first_ = true;
};

class ByteLevelStream final : public DecodeStream {
 public:
  void push(std::string_view piece, Literal literal, std::string& out) override {
    const size_t before = out.size();
    for (std::string_view rest = piece; literal == Literal::no && !rest.empty();) {
      const utf8::Decoded c = utf8::decode(rest);
      const auto byte = byte_level_byte(c.code_point);
      if (!byte) {
        // Not written in byte-level characters: the piece stands for itself.
        out.resize(before);
        literal = Literal::yes;
        break;
      }
      out.push_back(static_cast<char>(*byte));
      rest.remove_prefix(c.length);
    }
    if (literal == Literal::yes) out += piece;
  }
};

}  // namespace

std::unique_ptr<Decoder> make_byte_level_decoder() { return std::make_unique<Simple<ByteLevelStream>>(); }

Result<std::unique_ptr<Decoder>> load_decoder(const Json& component) {
  if (component.is_null()) return std::make_unique<Simple<JoinBySpaces>>();
  TRY(const std::string type, component.get_string("type"));
  if (type == "ByteLevel") return make_byte_level_decoder();
  TRY(auto stages, load_decode_stages(component));
  return make_decode_chain(std::move(stages));
}

}  // namespace sov::text
