// Which integers can leave 64 bits: those that an operation makes larger by a factor each time round.
//
// Integer cells and operations are nodes of a graph; an edge says that a value goes from one to the other,
// and how much larger it gets (2 for x + x, the factor for x * 10, "much" for x * y, nothing for x % m).
// Where going round a cycle multiplies the value, the cells of the cycle are big integers. Counters and sums,
// which need 2^63 steps to leave 64 bits, stay what they are.
#include <algorithm>
#include <functional>
#include <map>
#include <unordered_map>

#include "transpiler/types.h"

namespace sov::transpiler {
namespace {

constexpr double kHuge = 1e6;

struct GrowthNode {
  TypeId id = 0;
  std::vector<std::pair<size_t, double>> from;
  bool sum = false;
  int index = -1, low = 0, component = -1;
  bool on_stack = false;
};

/// Tarjan's strongly connected components; the graph of a program is shallow enough for recursion.
class Components {
 public:
  explicit Components(std::vector<GrowthNode>& nodes) : nodes_(nodes) {
    for (size_t i = 0; i < nodes.size(); ++i) {
      if (nodes[i].index < 0) visit(i, 0);
    }
  }
  std::vector<std::vector<size_t>> all;

 private:
  void visit(size_t i, int depth) {
    GrowthNode& node = nodes_[i];
    node.index = node.low = next_++;
    node.on_stack = true;
    stack_.push_back(i);
    for (const auto& [from, weight] : node.from) {
      if (nodes_[from].index < 0 && depth < 5000) {
        visit(from, depth + 1);
        node.low = std::min(node.low, nodes_[from].low);
      } else if (nodes_[from].on_stack) {
        node.low = std::min(node.low, nodes_[from].index);
      }
    }
    if (node.low != node.index) return;
    all.emplace_back();
    for (bool more = true; more;) {
      const size_t top = stack_.back();
      stack_.pop_back();
      nodes_[top].on_stack = false;
      nodes_[top].component = static_cast<int>(all.size()) - 1;
      all.back().push_back(top);
      more = top != i;
    }
  }

  std::vector<GrowthNode>& nodes_;
  std::vector<size_t> stack_;
  int next_ = 0;
};

/// Whether values grow by a factor when they go round inside one component.
bool grows(const std::vector<GrowthNode>& nodes, const std::vector<size_t>& component) {
  const bool any_sum = std::ranges::any_of(component, [&](size_t i) { return nodes[i].sum; });
  if (!any_sum) return false;
  std::unordered_map<size_t, double> now;
  for (const size_t i : component) now[i] = 1;
  const size_t rounds = std::min<size_t>(4000, 60 + (component.size() * 30));
  for (size_t round = 0; round < rounds; ++round) {
    std::unordered_map<size_t, double> next;
    for (const size_t i : component) {
      double value = 0;
      for (const auto& [from, weight] : nodes[i].from) {
        if (nodes[from].component != nodes[i].component) continue;
        value = nodes[i].sum ? value + (weight * now[from]) : std::max(value, weight * now[from]);
      }
      if (value > kHuge) return true;
      next[i] = value;
    }
    now = std::move(next);
  }
  return false;
}

}  // namespace

void Types::operation(TypeId result, const std::vector<std::pair<TypeId, double>>& operands, bool sum) {
  if (is(result, Base::integer)) operations_[result] = {operands, sum};
}

bool Types::find_growth() {
  std::vector<GrowthNode> nodes;
  std::unordered_map<TypeId, size_t> numbers;
  const auto node_of = [&](TypeId id) {
    const auto [it, added] = numbers.try_emplace(find(id), nodes.size());
    if (added) nodes.push_back({.id = find(id), .from = {}});
    return it->second;
  };
  for (const auto& [from, to] : flows_) {
    if (!is(from, Base::integer) || !is(to, Base::integer) || frozen(from) || frozen(to) ||
        find(from) == find(to))
      continue;
    const size_t a = node_of(from), b = node_of(to);
    nodes[b].from.emplace_back(a, 1.0);
  }
  for (const auto& [result, operation] : operations_) {
    if (!is(result, Base::integer) || frozen(result)) continue;
    // A node of its own, because what flows into the same cell is no operand.
    const size_t made = nodes.size();
    nodes.push_back({.id = find(result), .from = {}, .sum = operation.sum});
    for (const auto& [operand, weight] : operation.operands) {
      if (!is(operand, Base::integer) || frozen(operand) || weight <= 0) continue;
      const size_t from = node_of(operand);
      nodes[made].from.emplace_back(from, weight);
    }
    const size_t cell = node_of(result);
    nodes[cell].from.emplace_back(made, 1.0);
  }
  Components components(nodes);
  bool any = false;
  for (const std::vector<size_t>& component : components.all) {
    if (!grows(nodes, component)) continue;
    for (const size_t i : component) {
      if (!is(nodes[i].id, Base::integer)) continue;
      set_base(nodes[i].id, Base::big, {}, 0);
      any = true;
    }
  }
  return any;
}

}  // namespace sov::transpiler
