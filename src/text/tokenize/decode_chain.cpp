#include "text/tokenize/decode_chain.h"

namespace sov::text {
namespace {

class ChainStream final : public DecodeStream {
 public:
  explicit ChainStream(std::vector<std::unique_ptr<DecodeStage>> stages) : stages_(std::move(stages)) {}

  void push(std::string_view piece, Literal, std::string& out) override { run(0, {piece, true}, out); }

  void finish(std::string& out) override {
    for (size_t i = 0; i < stages_.size(); i++)
      stages_[i]->finish([&](TokenPart part) { run(i + 1, part, out); });
  }

 private:
  void run(size_t stage, TokenPart part, std::string& out) {
    if (stage == stages_.size()) {
      out += part.text;
      return;
    }
    stages_[stage]->push(part, [&](TokenPart next) { run(stage + 1, next, out); });
  }

  std::vector<std::unique_ptr<DecodeStage>> stages_;
};

class Chain final : public Decoder {
 public:
  explicit Chain(std::vector<std::unique_ptr<StageFactory>> stages) : stages_(std::move(stages)) {}

  std::unique_ptr<DecodeStream> start() const override {
    std::vector<std::unique_ptr<DecodeStage>> stages;
    stages.reserve(stages_.size());
    for (const auto& stage : stages_) stages.push_back(stage->start());
    return std::make_unique<ChainStream>(std::move(stages));
  }

 private:
  std::vector<std::unique_ptr<StageFactory>> stages_;
};

}  // namespace

std::unique_ptr<Decoder> make_decode_chain(std::vector<std::unique_ptr<StageFactory>> stages) {
  return std::make_unique<Chain>(std::move(stages));
}

}  // namespace sov::text
