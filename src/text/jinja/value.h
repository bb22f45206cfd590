#pragma once
// Values of the template language: Python's None, bool, int (64 bits), float, str, list, tuple and dict,
// jinja's Undefined, and objects (ranges, loops, macros, generators, bound methods).

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace sov::text::jinja {

/// Counts the bytes that live values hold, so that a hostile template ends with `exhausted` and not with the
/// machine.
class Heap {
 public:
  explicit Heap(uint64_t limit) : limit_(limit) {}
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  void add(uint64_t bytes) { live_ += bytes; }
  void remove(uint64_t bytes) { live_ -= bytes; }
  void note_nesting(int depth) { too_deep_ = too_deep_ || depth > kMaxNesting; }
  bool over_limit() const { return live_ > limit_; }
  bool too_deep() const { return too_deep_; }
  uint64_t room() const { return live_ > limit_ ? 0 : limit_ - live_; }

  /// Containers in containers. Bounds the recursion of destructors, printing and comparing.
  static constexpr int kMaxNesting = 400;

 private:
  uint64_t live_ = 0;
  uint64_t limit_;
  bool too_deep_ = false;
};

/// Bytes charged to a heap for as long as their owner lives. Without a heap (constants of a template) it is
/// free.
class Charge {
 public:
  Charge(Heap* heap, uint64_t bytes) : heap_(heap), bytes_(bytes) {
    if (heap_ != nullptr) heap_->add(bytes_);
  }
  Charge(const Charge&) = delete;
  Charge& operator=(const Charge&) = delete;
  ~Charge() {
    if (heap_ != nullptr) heap_->remove(bytes_);
  }
  void grow(uint64_t bytes) {
    bytes_ += bytes;
    if (heap_ != nullptr) heap_->add(bytes);
  }
  Heap* heap() const { return heap_; }

 private:
  Heap* heap_;
  uint64_t bytes_;
};

class Value;
class Dict;
class Object;

enum class Markup { no, yes };  // yes: marked safe for HTML, as markupsafe.Markup

/// Text in UTF-8 (a lone surrogate as its three-byte form) and its length in code points.
struct Str {
  Str(Heap* heap, std::string content, Markup is_markup);
  bool ascii() const { return static_cast<size_t>(length) == text.size(); }

  std::string text;
  int64_t length;
  Markup markup;
  Charge charge;
};

struct Seq {
  Seq(Heap* heap, std::vector<Value> content);
  std::vector<Value> items;
  int nesting = 1;
  bool is_group = false;  // made by groupby
  Charge charge;
};

/// Why a value is undefined; the text of the error once it is used.
struct Missing {
  std::string message;
};

enum class Kind { missing, undefined, none, boolean, integer, real, string, list, tuple, dict, object };

/// A cheap handle. Containers are shared and immutable (the sandbox forbids changing them), hence shared_ptr.
class Value {
 public:
  Value() =
      default;  // Kind::missing: a variable without value or an argument not given; never seen by templates
  static Value none() { return Value(Rep(None{}), Kind::none); }
  static Value undefined(std::string message);
  Value(bool v) : rep_(v), kind_(Kind::boolean) {}
  Value(int64_t v) : rep_(v), kind_(Kind::integer) {}
  Value(int v) : rep_(static_cast<int64_t>(v)), kind_(Kind::integer) {}
  Value(double v) : rep_(v), kind_(Kind::real) {}
  Value(std::shared_ptr<const Str> v) : rep_(std::move(v)), kind_(Kind::string) {}
  static Value list(std::shared_ptr<const Seq> v) { return Value(Rep(std::move(v)), Kind::list); }
  static Value tuple(std::shared_ptr<const Seq> v) { return Value(Rep(std::move(v)), Kind::tuple); }
  Value(std::shared_ptr<const Dict> v) : rep_(std::move(v)), kind_(Kind::dict) {}
  Value(std::shared_ptr<Object> v) : rep_(std::move(v)), kind_(Kind::object) {}
  template <typename T>
  Value(T*) = delete;  // no pointer becomes a bool

  Kind kind() const { return kind_; }
  bool is_missing() const { return kind_ == Kind::missing; }
  bool is_undefined() const { return kind_ == Kind::undefined; }
  bool is_none() const { return kind_ == Kind::none; }
  bool is_bool() const { return kind_ == Kind::boolean; }
  bool is_int() const { return kind_ == Kind::integer; }
  bool is_real() const { return kind_ == Kind::real; }
  bool is_string() const { return kind_ == Kind::string; }
  bool is_list() const { return kind_ == Kind::list; }
  bool is_tuple() const { return kind_ == Kind::tuple; }
  bool is_sequence() const { return is_list() || is_tuple(); }
  bool is_dict() const { return kind_ == Kind::dict; }
  bool is_object() const { return kind_ == Kind::object; }
  /// bool, int or float, as Python's numbers.Number.
  bool is_number() const { return is_bool() || is_int() || is_real(); }
  /// bool or int.
  bool is_integral() const { return is_bool() || is_int(); }
  bool is_markup() const { return is_string() && str().markup == Markup::yes; }

  // Unchecked accessors: the kind must match.
  bool boolean() const { return std::get<bool>(rep_); }
  int64_t integer() const { return is_bool() ? (boolean() ? 1 : 0) : std::get<int64_t>(rep_); }
  double real() const { return is_real() ? std::get<double>(rep_) : static_cast<double>(integer()); }
  const Str& str() const { return *std::get<std::shared_ptr<const Str>>(rep_); }
  const std::string& text() const { return str().text; }
  const std::vector<Value>& items() const { return std::get<std::shared_ptr<const Seq>>(rep_)->items; }
  bool is_group() const { return is_tuple() && std::get<std::shared_ptr<const Seq>>(rep_)->is_group; }
  const Dict& dict() const { return *std::get<std::shared_ptr<const Dict>>(rep_); }
  Object& object() const { return *std::get<std::shared_ptr<Object>>(rep_); }
  const std::shared_ptr<Object>& object_ptr() const { return std::get<std::shared_ptr<Object>>(rep_); }
  const std::string& why_undefined() const { return std::get<std::shared_ptr<const Missing>>(rep_)->message; }

  /// Levels of containers, this one included.
  int nesting() const;
  /// Address of the shared content, for `sameas`; null for scalars.
  const void* identity() const;
  /// The object when this is one of class T, else null.
  template <typename T>
  T* as() const {
    return is_object() ? dynamic_cast<T*>(&object()) : nullptr;
  }

 private:
  struct None {};
  using Rep = std::variant<std::monostate, None, bool, int64_t, double, std::shared_ptr<const Missing>,
                           std::shared_ptr<const Str>, std::shared_ptr<const Seq>,
                           std::shared_ptr<const Dict>, std::shared_ptr<Object>>;
  Value(Rep rep, Kind kind) : rep_(std::move(rep)), kind_(kind) {}

  Rep rep_;
  Kind kind_ = Kind::missing;
};

uint64_t hash_text(std::string_view text);

/// Insertion-ordered, like Python's. Callers hash and compare keys (compare.h), since that costs steps.
class Dict {
 public:
  using Entry = std::pair<Value, Value>;
  explicit Dict(Heap* heap) : charge_(heap, sizeof(Dict)) {}

  const std::vector<Entry>& entries() const { return entries_; }
  size_t size() const { return entries_.size(); }
  /// The value of a string key, or null.
  const Value* find(std::string_view key) const { return find(key, hash_text(key)); }
  const Value* find(std::string_view key, uint64_t hash) const;
  void set(std::string_view key, Value value);
  /// Calls visit(position) for entries whose keys have this hash until it returns false.
  template <typename Visit>
  void candidates(uint64_t hash, Visit visit) const {
    if (index_.empty()) {
      for (uint32_t i = 0; i < hashes_.size(); i++) {
        if (hashes_[i] == hash && !visit(i)) return;
      }
      return;
    }
    const auto [begin, end] = index_.equal_range(hash);
    for (auto it = begin; it != end && visit(it->second); ++it) {
    }
  }
  const Entry& at(uint32_t position) const { return entries_[position]; }
  void replace(uint32_t position, Value value);
  void append(Value key, uint64_t hash, Value value);
  int nesting() const { return nesting_; }
  void clear();

 private:
  std::optional<uint32_t> position_of(std::string_view key, uint64_t hash) const;

  static constexpr size_t kIndexFrom = 9;  // fewer entries are searched one by one

  std::vector<Entry> entries_;
  std::vector<uint64_t> hashes_;
  std::unordered_multimap<uint64_t, uint32_t> index_;  // empty below kIndexFrom entries
  int nesting_ = 1;
  Charge charge_;
};

/// Python's name of the value's type: "str", "int", "NoneType", ...
std::string_view type_name(const Value& value);

}  // namespace sov::text::jinja
