#include "core/terminal.h"

#include <csignal>
#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

#include "core/line_editor.h"
#include "core/text_width.h"

namespace sov {
namespace {

TEST(Terminal, DisplayWidth) {
  EXPECT_EQ(display_width("abc"), 3);
  EXPECT_EQ(display_width("\u00e9"), 1);
  EXPECT_EQ(display_width("e\u0301"), 1);
  EXPECT_EQ(display_width("\u4f60\u597d"), 4);
}

TEST(Terminal, PrintableHidesControlCharacters) {
  EXPECT_EQ(printable("a\x1b[31m\tb\n"), "a\uFFFD[31m\tb\n");
  EXPECT_EQ(printable("\xff"), "\uFFFD");
  EXPECT_EQ(printable("\u0085x\u00e9"), "\uFFFDx\u00e9");
}

TEST(Terminal, HumanBytes) {
  EXPECT_EQ(human_bytes(0), "0 B");
  EXPECT_EQ(human_bytes(1536), "1.50 KiB");
  EXPECT_EQ(human_bytes(20U << 20), "20.0 MiB");
}

TEST(Terminal, ProgressLineFits) {
  for (int width : {10, 40, 80}) {
    const std::string line = Progress::line("hashing", 1U << 20, 2U << 20, 2, width);
    EXPECT_TRUE(width < 40 || display_width(line) <= width) << line;
    EXPECT_NE(line.find("50 % of 2.00 MiB, 2 s left"), std::string::npos) << line;
  }
  EXPECT_EQ(Progress::line("loading", 0, 0, 3, 80), "loading 3 s");
}

TEST(Terminal, OutputSeesAReaderThatLeft) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const Interrupts quiet_pipes;
  Output out(ends[1]);
  EXPECT_TRUE(out.write_now("x"));
  ::close(ends[0]);
  EXPECT_FALSE(out.write_now("y"));
  EXPECT_TRUE(out.reader_gone());
  ::close(ends[1]);
}

TEST(Terminal, InterruptsBecomeAFlag) {
  Interrupts interrupts;
  EXPECT_FALSE(interrupts.pending());
  ::raise(SIGINT);
  EXPECT_TRUE(interrupts.pending());
  EXPECT_FALSE(interrupts.terminate());
  interrupts.clear();
  ::raise(SIGTERM);
  EXPECT_TRUE(interrupts.pending() && interrupts.terminate());
}

TEST(LineBuffer, MovesByWholeCharacters) {
  LineBuffer line;
  line.set("ae\u0301\U0001F469\u200D\U0001F680z");  // a, e with accent, an emoji of three code points, z
  line.left();
  line.left();
  EXPECT_EQ(line.text().substr(line.cursor()), "\U0001F469\u200D\U0001F680z");
  line.backspace();
  EXPECT_EQ(line.text(), "a\U0001F469\u200D\U0001F680z");
  line.erase();
  EXPECT_EQ(line.text(), "az");
}

TEST(LineBuffer, WordsAndKills) {
  LineBuffer line;
  line.set("one two, three");
  line.word_left();
  line.kill_word_left();
  EXPECT_EQ(line.text(), "one three");
  line.line_end();
  line.yank();
  EXPECT_EQ(line.text(), "one threetwo, ");
  line.kill_to_start();
  EXPECT_EQ(line.text(), "");
  line.yank();
  line.line_start();
  line.word_right();
  line.kill_to_end();
  EXPECT_EQ(line.text(), "one");
}

TEST(LineBuffer, RowsOfAPastedBlock) {
  LineBuffer line;
  line.set("first row\nab\nthird");
  EXPECT_TRUE(line.row_up());
  EXPECT_EQ(line.text().substr(line.cursor()), "\nthird");
  EXPECT_TRUE(line.row_up());
  EXPECT_EQ(line.cursor(), 2U);
  EXPECT_FALSE(line.row_up());
  EXPECT_TRUE(line.row_down());
  line.kill_to_end();
  EXPECT_TRUE(line.row_down());
  EXPECT_FALSE(line.row_down());
}

TEST(LineEditor, PictureWrapsAndPlacesTheCursor) {
  const LineEditor::Picture p = LineEditor::picture("> ", "abcdefghijklm\n\u4f60x", 14, 12);
  EXPECT_EQ(p.rows, (std::vector<std::string>{"> abcdefghi", "jklm", "... \u4f60x"}));
  EXPECT_EQ(p.cursor_row, 2U);
  EXPECT_EQ(p.cursor_column, 4);
  const LineEditor::Picture start = LineEditor::picture("> ", "abcdefghijklm", 9, 12);
  EXPECT_EQ(start.cursor_row, 1U);
  EXPECT_EQ(start.cursor_column, 0);
}

TEST(History, KeepsEntriesInAFile) {
  const auto path = std::filesystem::path(testing::TempDir()) / "sov_history_test" / "history";
  std::filesystem::remove_all(path.parent_path());
  {
    Result<History> history = History::open(path);
    ASSERT_TRUE(history);
    EXPECT_TRUE(history->add("one"));
    EXPECT_TRUE(history->add("one"));
    EXPECT_TRUE(history->add("  "));
    EXPECT_TRUE(history->add("def f():\n  return '\\n'"));
  }
  const Result<History> again = History::open(path);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->entries(), (std::vector<std::string>{"one", "def f():\n  return '\\n'"}));
  EXPECT_EQ(std::filesystem::status(path).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace
}  // namespace sov
