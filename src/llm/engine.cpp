#include "llm/engine.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "llm/arch/describe.h"
#include "llm/decoder/load.h"
#include "llm/decoder/session.h"
#include "llm/decoder/weights.h"

namespace sov::llm {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Result<text::Tokenizer> build_tokenizer(const formats::ModelFile& file) {
  using Kind = formats::TokenizerSource::Kind;
  switch (file.tokenizer.kind) {
    case Kind::huggingface:
      return text::Tokenizer::from_huggingface(file.tokenizer.tokenizer, file.tokenizer.tokenizer_config);
    case Kind::gguf:
      return text::Tokenizer::from_gguf(file.tokenizer.tokenizer);
    case Kind::apr:
      return text::Tokenizer::from_apr(file.tokenizer.tokenizer);
    case Kind::none:
      break;
  }
  return fail(Code::not_found, "{}: the model carries no tokenizer", file.path.string());
}

void add_ids(const Json* value, int64_t vocab, std::vector<TokenId>& ids) {
  if (!value) return;
  if (value->is_array()) {
    for (const Json& item : value->items()) add_ids(&item, vocab, ids);
    return;
  }
  if (!value->is_integer() || value->kind() == Json::Kind::unsigned_integer) return;
  const int64_t id = value->integer();
  if (id < 0 || id >= vocab) return;  // some configurations name ids beyond their vocabulary
  if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(static_cast<TokenId>(id));
}

/// Every id that the model's files call an end: of a text, of a turn, of a message.
std::vector<TokenId> end_ids(const formats::ModelFile& file, const Json& config, int64_t vocab,
                             const text::Tokenizer* tokenizer) {
  std::vector<TokenId> ids;
  const Json* generation = file.generation_config.find("eos_token_id");
  add_ids(generation ? generation : config.find("eos_token_id"), vocab, ids);
  for (std::string_view key : {"tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id",
                               "tokenizer.ggml.eom_token_id", "tokenizer.eos_token_id"}) {
    add_ids(file.metadata.find(key), vocab, ids);
  }
  if (tokenizer && tokenizer->eos()) {
    const Json eos(static_cast<int64_t>(*tokenizer->eos()));
    add_ids(&eos, vocab, ids);
  }
  return ids;
}

}  // namespace

Model::Model() = default;
Model::~Model() = default;

Result<std::shared_ptr<const Model>> Model::load(const std::filesystem::path& path) {
  TRY(std::unique_ptr<formats::ModelFile> file, formats::open_model(path));
  return from_file(std::move(file));
}

Result<std::shared_ptr<const Model>> Model::from_file(std::unique_ptr<formats::ModelFile> file) {
  const auto start = std::chrono::steady_clock::now();
  TRY(const Description description, describe(*file));
  TRY(Loaded loaded, load_decoder(*file, description));

  std::shared_ptr<Model> model(new Model());
  model->file_ = std::move(file);
  model->config_ = std::move(loaded.config);
  model->weights_ = std::move(loaded.weights);
  model->parameters_ = loaded.parameters;
  if (Result<text::Tokenizer> tokenizer = build_tokenizer(*model->file_)) {
    model->tokenizer_ = std::make_unique<text::Tokenizer>(std::move(*tokenizer));
  } else {
    model->tokenizer_error_ = tokenizer.error().with("tokenizer");
  }
  model->config_.eos_ids =
      end_ids(*model->file_, description.config, model->config_.vocab, model->tokenizer_.get());
  model->load_seconds_ = seconds_since(start);
  return std::shared_ptr<const Model>(std::move(model));
}

Result<const text::Tokenizer*> Model::need_tokenizer() const {
  if (tokenizer_) return tokenizer_.get();
  return fail(*tokenizer_error_);
}

Result<> Session::Impl::check(std::span<const TokenId> ids) const {
  if (ids.empty()) return fail(Code::usage, "no token ids to compute");
  const int64_t vocab = model->config().vocab;
  for (TokenId id : ids) {
    if (id < 0 || id >= vocab)
      return fail(Code::usage, "token id {} is outside the vocabulary of {}", id, vocab);
  }
  const auto held = static_cast<int64_t>(tokens.size()), more = static_cast<int64_t>(ids.size());
  if (more > cache.limit() - held) {
    return fail(Code::exhausted, "context: {} tokens held and {} more exceed the limit of {}", held, more,
                cache.limit());
  }
  return {};
}

Result<> Session::Impl::run(std::span<const TokenId> ids, int64_t sequence, const std::atomic<bool>* cancel,
                            const Sink& sink) {
  for (size_t done = 0; done < ids.size();) {
    if (cancel && cancel->load(std::memory_order_relaxed)) {
      return fail(Code::cancelled, "stopped after {} of {} tokens", tokens.size(), sequence);
    }
    const auto part = ids.subspan(done, std::min(static_cast<size_t>(chunk), ids.size() - done));
    const Piece piece = this->piece(part, sequence);
    const compute::Rows hidden = decoder.forward({&piece, 1}, tap);
    tokens.insert(tokens.end(), part.begin(), part.end());
    done += part.size();
    if (sink) sink(hidden, done == ids.size());
  }
  return {};
}

Result<> Session::Impl::prepare(int64_t more, const std::atomic<bool>* cancel) {
  const auto sequence = static_cast<int64_t>(tokens.size()) + more;
  TRY(cache.reserve(sequence));
  if (tokens.empty() || decoder.same_angles(cached_sequence, sequence)) return {};
  const std::vector<TokenId> again = std::exchange(tokens, {});
  return run(again, sequence, cancel, nullptr);
}

Piece Session::Impl::piece(std::span<const TokenId> ids, int64_t sequence) {
  cached_sequence = sequence;
  return {ids, static_cast<int64_t>(tokens.size()), sequence, &cache};
}

Result<> Session::Impl::append(std::span<const TokenId> ids, const std::atomic<bool>* cancel,
                               const Sink& sink) {
  TRY(check(ids));
  const auto more = static_cast<int64_t>(ids.size());
  TRY(prepare(more, cancel));
  return run(ids, static_cast<int64_t>(tokens.size()) + more, cancel, sink);
}

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Result<Session> Session::create(std::shared_ptr<const Model> model, compute::Device& device,
                                const SessionOptions& options) {
  const Config& config = model->config();
  if (options.context < 0) return fail(Code::usage, "context wants a number >= 0, got {}", options.context);
  if (options.chunk < 1) return fail(Code::usage, "chunk wants a number >= 1, got {}", options.chunk);
  const int64_t context = options.context > 0 ? options.context : config.context;
  if (config.learned_positions && context > config.context) {
    return fail(Code::exhausted, "context {} exceeds the {} positions that the model has learned", context,
                config.context);
  }
  const compute::KvShape cached = cache_shape(config, options.cache_type);
  TRY(check_kv_shape(cached));
  return Session(std::make_unique<Impl>(std::move(model), device, cached, context, options.chunk));
}

Result<std::span<const float>> Session::prefill(std::span<const TokenId> ids,
                                                const std::atomic<bool>* cancel) {
  std::span<const float> result;
  TRY(impl_->append(ids, cancel, [&](compute::Rows hidden, bool last) {
    if (last) result = impl_->decoder.logits(hidden.slice(hidden.count - 1, 1), impl_->tap).row(0);
  }));
  return result;
}

Result<std::span<const float>> Session::decode(TokenId id) { return prefill(std::span(&id, 1)); }

Result<> Session::prefill_all(std::span<const TokenId> ids,
                              const std::function<void(compute::ConstRows logits)>& sink) {
  return impl_->append(ids, nullptr,
                       [&](compute::Rows hidden, bool) { sink(impl_->decoder.logits(hidden, impl_->tap)); });
}

void Session::truncate(int64_t position) {
  CHECK(position >= 0 && position <= this->position());
  impl_->tokens.resize(static_cast<size_t>(position));
}

int64_t Session::rewind_to_prefix(std::span<const TokenId> ids) {
  const std::vector<TokenId>& held = impl_->tokens;
  const size_t limit = ids.empty() ? 0 : std::min(held.size(), ids.size() - 1);
  size_t common = 0;
  while (common < limit && held[common] == ids[common]) common++;
  truncate(static_cast<int64_t>(common));
  return static_cast<int64_t>(common);
}

int64_t Session::position() const { return static_cast<int64_t>(impl_->tokens.size()); }
int64_t Session::context() const { return impl_->cache.limit(); }
std::span<const TokenId> Session::tokens() const { return impl_->tokens; }
uint64_t Session::cache_bytes() const { return impl_->cache.bytes(); }
const Model& Session::model() const { return *impl_->model; }
void Session::set_tap(const Tap* tap) { impl_->tap = tap; }

}  // namespace sov::llm
