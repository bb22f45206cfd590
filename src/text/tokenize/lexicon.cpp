#include "text/tokenize/lexicon.h"

#include <algorithm>
#include <unordered_set>

#include "text/tokenize/vocabulary.h"

namespace sov::text {
namespace {

Result<> place(Lexicon& lexicon, int64_t id, const std::string& text) {
  if (id < 0 || id >= kMaxVocabulary) return fail(Code::corrupt, "token '{}' has id {}", text, id);
  const auto at = static_cast<size_t>(id);
  if (lexicon.tokens.size() <= at) lexicon.tokens.resize(at + 1);
  if (lexicon.tokens[at] && *lexicon.tokens[at] != text) {
    return fail(Code::corrupt, "tokens '{}' and '{}' share id {}", *lexicon.tokens[at], text, id);
  }
  lexicon.tokens[at] = text;
  return {};
}

Result<int64_t> small_integer(const Json& value, std::string_view what) {
  if (value.kind() == Json::Kind::integer) return value.integer();
  return fail(Code::corrupt, "{} is {}, wanted an id", what, value.kind_name());
}

/// BPE and WordPiece map pieces to ids; Unigram lists pieces with their scores.
Result<> take_vocab(const Json& vocab, Lexicon& out) {
  if (vocab.is_object()) {
    for (const auto& [piece, id] : vocab.members()) {
      TRY(const int64_t number, small_integer(id, strf("vocab '{}'", piece)));
      TRY(place(out, number, piece));
    }
    return {};
  }
  if (!vocab.is_array()) return fail(Code::corrupt, "model: no 'vocab' but {}", vocab.kind_name());
  for (const Json& entry : vocab.items()) {
    const bool pair = entry.is_array() && entry.items().size() == 2 && entry.items()[0].is_string() &&
                      entry.items()[1].is_number();
    if (!pair)
      return fail(Code::corrupt, "model: vocab entry {} is no piece with a score", out.scores.size());
    TRY(place(out, static_cast<int64_t>(out.scores.size()), entry.items()[0].string()));
    out.scores.push_back(entry.items()[1].number());
  }
  return {};
}

/// "a b" for each merge, or nothing when a piece has a space of its own.
Result<std::optional<std::vector<std::string>>> take_merges(const Json& list) {
  if (!list.is_array()) return fail(Code::corrupt, "model: no array 'merges' but {}", list.kind_name());
  std::vector<std::string> out;
  out.reserve(list.items().size());
  for (const Json& item : list.items()) {
    if (item.is_string()) {
      out.push_back(item.string());
      continue;
    }
    const bool pair = item.is_array() && item.items().size() == 2 && item.items()[0].is_string() &&
                      item.items()[1].is_string();
    if (!pair) return fail(Code::corrupt, "model: merge {} is no pair of pieces", out.size());
    const std::string &left = item.items()[0].string(), &right = item.items()[1].string();
    if (left.find(' ') != std::string::npos || right.find(' ') != std::string::npos) return std::nullopt;
    out.push_back(left + ' ' + right);
  }
  return out;
}

Result<> take_added(const Json& tokenizer, const std::unordered_set<int64_t>& in_model, Lexicon& out,
                    Json& added_in_model) {
  const Json* added = tokenizer.find("added_tokens");
  if (!added || !added->is_array()) return {};
  for (const Json& token : added->items()) {
    TRY(const int64_t id, token.get_int("id"));
    TRY(const std::string text, token.get_string("content"));
    TRY(place(out, id, text));
    if (in_model.contains(id)) added_in_model.push(id);
  }
  return {};
}

void drop(Json& object, std::string_view key) {
  std::erase_if(object.members(), [&](const Json::Member& m) { return m.first == key; });
}

}  // namespace

Result<Lexicon> take_apart(const Json& tokenizer) {
  Lexicon out;
  const Json* model = tokenizer.find("model");
  if (!model || !model->is_object()) return fail(Code::corrupt, "tokenizer.json: no object 'model'");
  Json small = *model;
  const Json* vocab = model->find("vocab");
  if (!vocab) return fail(Code::corrupt, "tokenizer.json: the model has no 'vocab'");
  TRY(take_vocab(*vocab, out));
  drop(small, "vocab");
  std::unordered_set<int64_t> in_model;
  for (size_t i = 0; i < out.tokens.size(); i++) {
    if (out.tokens[i]) in_model.insert(static_cast<int64_t>(i));
  }
  if (const Json* merges = model->find("merges")) {
    TRY(auto list, take_merges(*merges));
    if (list) {
      out.merges = std::move(*list);
      drop(small, "merges");
    }
  }
  Json added_in_model = Json::array();
  TRY(take_added(tokenizer, in_model, out, added_in_model));
  small.set("vocab_added", std::move(added_in_model));
  small.set("vocab_size", uint64_t{out.tokens.size()});
  out.rest = tokenizer;
  out.rest.set("model", std::move(small));
  return out;
}

namespace {

Result<std::unordered_set<int64_t>> ids_outside_model(const Lexicon& lexicon, const Json& model) {
  std::unordered_set<int64_t> outside;
  const Json* added = lexicon.rest.find("added_tokens");
  if (added && added->is_array()) {
    for (const Json& token : added->items()) {
      TRY(const int64_t id, token.get_int("id"));
      TRY(const std::string text, token.get_string("content"));
      const bool there = id >= 0 && static_cast<size_t>(id) < lexicon.tokens.size();
      if (!there || lexicon.tokens[static_cast<size_t>(id)] != text) {
        return fail(Code::corrupt, "added token '{}' is not the token with id {}", text, id);
      }
      outside.insert(id);
    }
  }
  if (const Json* both = model.find("vocab_added"); both && both->is_array()) {
    for (const Json& id : both->items()) {
      TRY(const int64_t number, small_integer(id, "vocab_added"));
      outside.erase(number);
    }
  }
  return outside;
}

Json vocab_of(const Lexicon& lexicon, size_t size, const std::unordered_set<int64_t>& outside) {
  Json::Object map;
  Json::Array list;
  for (size_t i = 0; i < std::min(size, lexicon.tokens.size()); i++) {
    if (!lexicon.tokens[i] || outside.contains(static_cast<int64_t>(i))) continue;
    if (lexicon.scores.empty()) {
      map.emplace_back(*lexicon.tokens[i], Json(uint64_t{i}));
    } else if (i < lexicon.scores.size()) {
      list.push_back(Json::Array{Json(*lexicon.tokens[i]), Json(lexicon.scores[i])});
    }
  }
  return lexicon.scores.empty() ? Json(std::move(map)) : Json(std::move(list));
}

}  // namespace

Result<Json> put_together(const Lexicon& lexicon) {
  const Json* rest_model = lexicon.rest.find("model");
  if (!rest_model || !rest_model->is_object()) return fail(Code::corrupt, "the tokenizer has no 'model'");
  Json model = *rest_model;
  TRY(const int64_t size, model.int_or("vocab_size", static_cast<int64_t>(lexicon.tokens.size())));
  TRY(const auto outside, ids_outside_model(lexicon, model));
  drop(model, "vocab_added");
  drop(model, "vocab_size");
  model.set("vocab", vocab_of(lexicon, static_cast<size_t>(std::max<int64_t>(size, 0)), outside));
  const bool has_merges = model.find("merges") != nullptr;
  if (!has_merges && model.find("type") && *model.find("type") == Json("BPE")) {
    Json merges = Json::array();
    merges.items().reserve(lexicon.merges.size());
    for (const std::string& merge : lexicon.merges) merges.push(merge);
    model.set("merges", std::move(merges));
  }
  Json out = lexicon.rest;
  out.set("model", std::move(model));
  return out;
}

const Json* added_token(const Json& rest, int64_t id) {
  const Json* added = rest.find("added_tokens");
  if (!added || !added->is_array()) return nullptr;
  for (const Json& token : added->items()) {
    const Json* own = token.find("id");
    if (own && *own == Json(id)) return &token;
  }
  return nullptr;
}

std::string special_token(const Json& config, std::string_view key) {
  const Json* entry = config.find(key);
  if (entry && entry->is_object()) entry = entry->find("content");
  return entry && entry->is_string() ? entry->string() : std::string();
}

}  // namespace sov::text
