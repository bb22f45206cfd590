#include "core/flame_graph.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>

#include "core/format.h"

namespace sov {
namespace {

constexpr double kWidth = 1200, kMargin = 10, kRow = 18, kTop = 40;
constexpr double kLetter = 6.6;    // of the font below, in pixels
constexpr double kSmallest = 0.2;  // boxes narrower than this, in pixels, are left out

struct Node {
  std::string name;
  double seconds = 0;  // children included
  std::vector<std::unique_ptr<Node>> children = {};
};

Node& child_of(Node& parent, const std::string& name) {
  for (const auto& child : parent.children) {
    if (child->name == name) return *child;
  }
  parent.children.push_back(std::make_unique<Node>(Node{.name = name}));
  return *parent.children.back();
}

Node tree_of(std::span<const FlameStack> stacks) {
  Node root{.name = "all"};
  for (const FlameStack& stack : stacks) {
    root.seconds += stack.seconds;
    Node* at = &root;
    for (const std::string& frame : stack.frames) {
      at = &child_of(*at, frame);
      at->seconds += stack.seconds;
    }
  }
  return root;
}

size_t depth_of(const Node& node) {
  size_t deepest = 0;
  for (const auto& child : node.children) deepest = std::max(deepest, depth_of(*child));
  return deepest + 1;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// A warm colour that depends on the name alone (FNV-1a).
std::string colour(std::string_view name) {
  uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<uint8_t>(c)) * 16777619U;
  return strf("rgb({},{},{})", 205 + hash % 50, 80 + (hash >> 8) % 130, (hash >> 16) % 60);
}

struct Canvas {
  double total;
  std::string out = {};

  void draw(const Node& node, double left, size_t level) {
    const double width = node.seconds / total * (kWidth - 2 * kMargin);
    if (!(width >= kSmallest)) return;
    const double top = kTop + kRow * static_cast<double>(level);
    out += strf(
        "<g><title>{}: {:.3f} ms, {:.1f} %</title><rect x=\"{:.2f}\" y=\"{:.0f}\" width=\"{:.2f}\" "
        "height=\"{:.0f}\" "
        "fill=\"{}\" rx=\"1\"/>",
        escaped(node.name), node.seconds * 1e3, 100 * node.seconds / total, left, top, width, kRow - 1,
        colour(node.name));
    const auto letters = static_cast<size_t>(std::max(0.0, (width - 4) / kLetter));
    if (letters >= 3) {
      const bool whole = node.name.size() <= letters;
      const std::string shown = whole ? node.name : node.name.substr(0, letters - 2) + "..";
      out += strf("<text x=\"{:.2f}\" y=\"{:.0f}\">{}</text>", left + 3, top + 13, escaped(shown));
    }
    out += "</g>\n";
    for (const auto& child : node.children) {
      draw(*child, left, level + 1);
      left += child->seconds / total * (kWidth - 2 * kMargin);
    }
  }
};

}  // namespace

std::string flame_svg(std::span<const FlameStack> stacks, std::string_view title) {
  const Node root = tree_of(stacks);
  Canvas canvas{.total = root.seconds > 0 ? root.seconds : 1};
  canvas.draw(root, kMargin, 0);
  const double height = kTop + kRow * static_cast<double>(depth_of(root)) + kMargin;
  return strf(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0f} {:.0f}\" width=\"{:.0f}\" "
      "height=\"{:.0f}\" "
      "font-family=\"monospace\" font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
      "<text x=\"{:.0f}\" y=\"24\" font-size=\"14\">{}</text>\n{}</svg>\n",
      kWidth, height, kWidth, height, kMargin, escaped(title), canvas.out);
}

std::string folded_stacks(std::span<const FlameStack> stacks) {
  std::string out;
  for (const FlameStack& stack : stacks) {
    for (size_t i = 0; i < stack.frames.size(); i++) out += strf("{}{}", i > 0 ? ";" : "", stack.frames[i]);
    out += strf(" {}\n", std::llround(stack.seconds * 1e6));
  }
  return out;
}

}  // namespace sov
