// Runs inside the page: uses it as a person would and reports what happened to the test that serves it.
"use strict";
(async () => {
  const results = [];
  const check = (what, ok, got) => results.push({ what, ok: Boolean(ok), got: String(got ?? "").slice(0, 300) });
  const until = async (what, condition) => {
    for (const end = Date.now() + 60000; Date.now() < end; await new Promise(resolve => setTimeout(resolve, 20)))
      if (condition()) return true;
    check(`waited in vain: ${what}`, false, byId("status").textContent);
    return false;
  };
  const settled = () => ready && answered === sent && !waiting && timer && !rust.classList.contains("stale");
  const type = async text => {
    python.focus();
    python.select();
    document.execCommand("insertText", false, text);
    await new Promise(resolve => setTimeout(resolve, kPause + 50));
    await until("an answer", () => answered === sent && !waiting);
  };
  try {
    await until("the first translation", settled);
    check("the first example is translated", result.rust.includes("fn fibonacci"), byId("status").textContent);
    check("only the program's part is shown", !rust.textContent.includes("\nmod rt {"));
    byId("runtime").click();
    check("the runtime is shown when asked for", rust.textContent.includes("\nmod rt {"));
    byId("runtime").click();

    await type("def double(x: int) -> int:\n    return x * 2\n\nprint(double(21))\n");
    check("typing translates", rust.textContent.includes("fn double"), rust.textContent);
    check("what is shown is what is saved", result.rust.startsWith(rust.textContent.trimEnd()));
    goTo(2);
    const from = [...rust.querySelectorAll(".from")].map(one => one.textContent).join("\n");
    check("a Python line marks its Rust lines", from.includes("2") && !from.includes("fn double"), from);
    const call = [...rust.children].find(one => one.textContent.includes("21"));
    call.click();
    check("a click on Rust goes to its Python line", currentLine() === 4, currentLine());

    await type("x = 1\ny = (2 +\n");
    check("an error is listed", problems.children.length === 1 && problems.textContent.includes("fibonacci.py:2:5"), problems.textContent);
    check("the last Rust stays, marked as old", rust.classList.contains("stale"));
    await type("print(1)\nprint(eval('2'))\n");
    problems.querySelector("button").click();
    check("a refusal leads to its line", problems.textContent.includes("eval") && currentLine() === 2, problems.textContent);
    await type("x = " + "(".repeat(20000) + "1" + ")".repeat(20000) + "\n");
    check("deep nesting is an error", problems.children.length === 1, problems.textContent);
    await type("print('back')\n");
    check("and the page goes on", rust.textContent.includes("back") && problems.children.length === 0, byId("status").textContent);
    await type("print('<b>&amp;</b> \u{1F600}')\n");
    check("text is shown as it is", rust.textContent.includes("<b>&amp;</b>") && !rust.querySelector("b"), rust.textContent);

    for (const option of byId("examples").options) {
      byId("examples").selectedIndex = option.index;
      byId("examples").dispatchEvent(new Event("change"));
      await new Promise(resolve => setTimeout(resolve, kPause + 50));
      await until("an example", () => answered === sent && !waiting);
      check(`example ${option.text}`, problems.children.length === 0 && result.rust.length > 1000, problems.textContent);
    }
    location.hash = `python=${encodeURIComponent("print('from a link: 50 %')\n")}`;
    await until("the link's program", () => python.value.includes("from a link: 50 %"));
  } catch (error) {
    check("the page's scripts", false, error.stack);
  }
  await fetch("/result", { method: "POST", body: JSON.stringify(results) });
})();
