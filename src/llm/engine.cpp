#include "llm/engine.h"

#include "llm/decoder/weights.h"

namespace sov::llm {

struct Session::Impl {
  std::shared_ptr<const Model> model;
};

Model::Model() = default;
Model::~Model() = default;

Result<std::shared_ptr<const Model>> Model::load(const std::filesystem::path& path) {
  return fail(Code::unsupported, "{}: loading models is not built yet", path.string());
}

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

}  // namespace sov::llm
