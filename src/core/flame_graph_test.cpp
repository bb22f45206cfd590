#include "core/flame_graph.h"

#include <gtest/gtest.h>

namespace sov {
namespace {

const std::vector<FlameStack> kStacks = {{{"prefill", "mlp", "matmul"}, 0.003},
                                         {{"prefill", "attention"}, 0.001},
                                         {{"decode", "a<b & \"c\""}, 0.004}};

size_t count(std::string_view text, std::string_view part) {
  size_t found = 0;
  for (size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) found++;
  return found;
}

TEST(FlameGraph, BoxesAreAsWideAsTheirShare) {
  const std::string svg = flame_svg(kStacks, "a title");
  EXPECT_TRUE(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
  EXPECT_EQ(count(svg, "<g>"), 7U);  // all, prefill, mlp, matmul, attention, decode, its child
  EXPECT_NE(svg.find("<title>prefill: 4.000 ms, 50.0 %</title><rect x=\"10.00\" y=\"58\" width=\"590.00\""),
            std::string::npos);
  EXPECT_NE(svg.find("<title>decode: 4.000 ms, 50.0 %</title><rect x=\"600.00\" y=\"58\" width=\"590.00\""),
            std::string::npos);
  EXPECT_NE(svg.find("a&lt;b &amp; &quot;c&quot;"), std::string::npos);
  EXPECT_EQ(svg.find("a<b"), std::string::npos);
}

TEST(FlameGraph, OfNothingIsStillADocument) { EXPECT_TRUE(flame_svg({}, "empty").ends_with("</svg>\n")); }

TEST(FlameGraph, FoldedStacksAreMicroseconds) {
  EXPECT_EQ(folded_stacks(kStacks),
            "prefill;mlp;matmul 3000\nprefill;attention 1000\ndecode;a<b & \"c\" 4000\n");
}

}  // namespace
}  // namespace sov
