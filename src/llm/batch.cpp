#include "llm/batch.h"

#include <algorithm>
#include <unordered_set>

#include "llm/decoder/session.h"

namespace sov::llm {

struct Batch::Impl {
  Impl(std::shared_ptr<const Model> m, compute::Device& device)
      : model(std::move(m)), decoder(model->config(), model->weights(), device) {}

  Result<> check(std::span<const BatchItem> items) const;
  compute::Rows last_rows(std::span<const Piece> pieces, compute::ConstRows hidden);

  std::shared_ptr<const Model> model;
  Decoder decoder;
  std::vector<Piece> pieces;
  nn::Buffer last;
};

Batch::Batch(std::shared_ptr<const Model> model, compute::Device& device)
    : impl_(std::make_unique<Impl>(std::move(model), device)) {}
Batch::~Batch() = default;

Result<> Batch::Impl::check(std::span<const BatchItem> items) const {
  if (items.empty()) return fail(Code::usage, "a batch of no sequences");
  std::unordered_set<const Session*> seen;
  for (const BatchItem& item : items) {
    if (&item.session->model() != model.get())
      return fail(Code::usage, "a batch wants sessions of its own model");
    if (!seen.insert(item.session).second) return fail(Code::usage, "a batch wants each session once");
    TRY(item.session->impl_->check(item.ids));
  }
  return {};
}

/// The last row of every piece, one after the other.
compute::Rows Batch::Impl::last_rows(std::span<const Piece> pieces, compute::ConstRows hidden) {
  const compute::Rows out = last.rows(static_cast<int64_t>(pieces.size()), hidden.width);
  int64_t end = 0;
  for (size_t i = 0; i < pieces.size(); i++) {
    end += static_cast<int64_t>(pieces[i].ids.size());
    std::ranges::copy(hidden.row(end - 1), out.row(static_cast<int64_t>(i)).begin());
  }
  return out;
}

Result<compute::ConstRows> Batch::append(std::span<const BatchItem> items) {
  TRY(impl_->check(items));
  for (const BatchItem& item : items) {
    TRY(item.session->impl_->prepare(static_cast<int64_t>(item.ids.size()), nullptr));
  }
  impl_->pieces.clear();
  for (const BatchItem& item : items) {
    const auto sequence = item.session->position() + static_cast<int64_t>(item.ids.size());
    impl_->pieces.push_back(item.session->impl_->piece(item.ids, sequence));
  }
  const compute::Rows hidden = impl_->decoder.forward(impl_->pieces, nullptr);
  for (const BatchItem& item : items) {
    std::vector<TokenId>& tokens = item.session->impl_->tokens;
    tokens.insert(tokens.end(), item.ids.begin(), item.ids.end());
  }
  return impl_->decoder.logits(impl_->last_rows(impl_->pieces, hidden), nullptr);
}

}  // namespace sov::llm
