// Python on the left, Rust on the right, translated again after every change.
"use strict";
const byId = id => document.getElementById(id);
const python = byId("python"), rust = byId("rust"), problems = byId("problems"), status = byId("status");
const programs = JSON.parse(byId("programs").textContent);
const kPause = 120;       // milliseconds without a key before translating
const kPatience = 20000;  // milliseconds after which a translation is given up

let name = "program.py", worker = null, moduleBytes = null, ready = false;
let sent = 0, answered = 0, waiting = false, timer = 0, watchdog = 0;
let result = null;  // the last answer
let marks = [];     // per shown Rust line the Python line

// ---- the translator

async function decodeModule() {
  const base64 = byId("module").textContent;
  moduleBytes = await (await fetch(`data:application/octet-stream;base64,${base64}`)).arrayBuffer();
}

function startWorker() {
  ready = false;
  worker = new Worker(URL.createObjectURL(new Blob([byId("worker").textContent], { type: "text/javascript" })));
  worker.onmessage = event => {
    if (event.data.failed) return say(`the translator did not start: ${event.data.failed}`);
    if (event.data.ready) { ready = true; return request(); }
    clearTimeout(watchdog);
    answered = event.data.id;
    show(event.data);
    if (waiting) request();
  };
  worker.postMessage({ bytes: moduleBytes });
}

function request() {
  if (!ready || answered < sent) { waiting = true; return; }
  waiting = false;
  sent += 1;
  worker.postMessage({ id: sent, name, python: python.value });
  watchdog = setTimeout(giveUp, kPatience);
}

function giveUp() {
  worker.terminate();
  answered = sent;
  show({ id: sent, error: `no translation after ${kPatience / 1000} seconds`, milliseconds: kPatience });
  startWorker();
}

function changed() {
  drawNumbers();
  markPython();
  rust.classList.add("stale");
  clearTimeout(timer);
  timer = setTimeout(request, kPause);
}

// ---- showing

const say = text => { status.textContent = text; };
const count = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
const escapeHtml = text => text.replace(/[&<>]/g, c => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);

const kToken = /(\/\/[^\n]*)|(b?r?"(?:\\[^]|[^"\\])*"|'(?:\\[^']+|[^'\\])')|\b(as|async|await|break|const|continue|crate|dyn|else|enum|false|fn|for|if|impl|in|let|loop|match|mod|move|mut|pub|ref|return|self|Self|static|struct|super|trait|true|type|unsafe|use|where|while)\b|\b(\d[\d_.]*(?:e[+-]?\d+)?(?:[iuf]\d+)?)\b/g;
function coloured(text) {
  let html = "", at = 0;
  for (const token of text.matchAll(kToken)) {
    const kind = token[1] ? "note" : token[2] ? "text" : token[3] ? "word" : "number";
    html += `${escapeHtml(text.slice(at, token.index))}<span class="${kind}">${escapeHtml(token[0])}</span>`;
    at = token.index + token[0].length;
  }
  return html + escapeHtml(text.slice(at));
}

/// The file's own part and the runtime behind it.
function parts(text) {
  const at = text.indexOf("\nmod rt {");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at)];
}

function drawRust() {
  const [own, runtime] = parts(result.rust);
  const whole = byId("runtime").checked;
  const lines = own.replace(/\n+$/, "").split("\n");
  marks = lines.map((_, i) => result.lines[i] || 0);
  rust.innerHTML = lines.map((line, i) => `<span data-line="${marks[i]}">${coloured(line)}</span>`).join("\n");
  if (whole) rust.append(document.createTextNode(runtime));
  const shown = lines.length + (whole ? runtime.split("\n").length - 1 : 0);
  byId("rust-numbers").textContent = Array.from({ length: shown }, (_, i) => i + 1).join("\n");
  markRust();
  return [lines.length, runtime ? runtime.split("\n").length : 0];
}

function lineOf(text) {
  const found = /^[^\n:]*:(\d+):(\d+)/.exec(text);
  return found ? Number(found[1]) : 0;
}

function drawProblems(list) {
  problems.replaceChildren(...list.map(({ line, text }) => {
    const item = document.createElement("li"), button = document.createElement("button");
    button.textContent = text;
    button.onclick = () => goTo(line);
    item.append(button);
    return item;
  }));
  drawNumbers(new Set(list.map(one => one.line)));
}

function show(answer) {
  const time = `${answer.milliseconds.toFixed(0)} ms`;
  const list = answer.error ? [{ line: lineOf(answer.error), text: answer.error }] : answer.refusals;
  drawProblems(list);
  if (list.length > 0) {
    rust.classList.add("stale");
    return say(answer.error ? `no translation (${time})` : `${count(list.length, "construct")} not translated, so no Rust (${time})`);
  }
  result = answer;
  rust.classList.remove("stale");
  const [own, runtime] = drawRust();
  say(`${count(python.value.split("\n").length, "line")} of Python in ${time}, ${count(answer.passes, "pass", "passes")} of inference: ${count(own, "line")} of Rust, ${count(runtime, "line")} of runtime`);
}

function drawNumbers(bad) {
  const lines = python.value.split("\n").length;
  byId("numbers").innerHTML = Array.from({ length: lines }, (_, i) => bad?.has(i + 1) ? `<span class="bad">${i + 1}</span>` : i + 1).join("\n");
  python.style.height = "0";
  python.style.height = `${python.scrollHeight + 8}px`;
}

// ---- places that belong together

const currentLine = () => python.value.slice(0, python.selectionStart).split("\n").length;

function markPython() { byId("marked").style.top = `${8 + 19 * (currentLine() - 1)}px`; }

/// Scrolls up or down, never sideways, and only when the line is out of sight.
function reveal(pane, top) {
  if (top < pane.scrollTop || top + 19 > pane.scrollTop + pane.clientHeight) pane.scrollTop = top - pane.clientHeight / 3;
}

function markRust(scroll) {
  const line = String(currentLine());
  let first = null;
  for (const one of rust.children) {
    const here = one.dataset.line === line;
    one.classList.toggle("from", here);
    if (here) first ??= one;
  }
  if (first && scroll) reveal(byId("out"), first.offsetTop);
}

function goTo(line) {
  if (!line) return;
  const at = python.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  python.focus();
  python.setSelectionRange(at, at);
  markPython();
  markRust(true);
  reveal(byId("source"), byId("marked").offsetTop);
}

rust.addEventListener("click", event => goTo(Number(event.target.closest("[data-line]")?.dataset.line)));
document.addEventListener("selectionchange", () => { if (document.activeElement === python) { markPython(); markRust(true); } });

// ---- editing

function insert(text) {
  // execCommand keeps the browser's undo; setRangeText does not.
  if (!document.execCommand("insertText", false, text)) { python.setRangeText(text, python.selectionStart, python.selectionEnd, "end"); changed(); }
}

python.addEventListener("input", changed);
python.addEventListener("keydown", event => {
  const plain = !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (event.key === "Tab" && plain) { event.preventDefault(); insert("    "); }
  if (event.key === "Enter" && plain) {
    event.preventDefault();
    const line = python.value.slice(0, python.selectionStart).split("\n").pop();
    insert(`\n${/^\s*/.exec(line)[0]}${/:\s*(#.*)?$/.test(line) ? "    " : ""}`);
  }
});

function load(text, title) {
  name = title;
  python.value = text;
  byId("examples").selectedIndex = programs.findIndex(one => one.text === text);
  python.setSelectionRange(0, 0);
  changed();
}

// ---- files, links, examples

async function readFile(file) { if (file) load(await file.text(), file.name); }
byId("open").addEventListener("change", event => readFile(event.target.files[0]));
document.addEventListener("dragover", event => event.preventDefault());
document.addEventListener("drop", event => { event.preventDefault(); readFile(event.dataTransfer.files[0]); });

byId("save").addEventListener("click", () => {
  if (!result) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([result.rust], { type: "text/plain" }));
  link.download = name.replace(/\.py$/, "") + ".rs";
  link.click();
});

async function copy(text, what) {
  try { await navigator.clipboard.writeText(text); say(`${what} copied`); }
  catch (error) { say(`the browser gave no access to the clipboard: ${error.message}`); }
}
byId("copy").addEventListener("click", () => result && copy(result.rust, "Rust"));
byId("link").addEventListener("click", () => {
  location.hash = `python=${encodeURIComponent(python.value)}`;
  copy(location.href, "a link with the program in it");
});

function fromLink() {
  if (!location.hash.startsWith("#python=")) return false;
  load(decodeURIComponent(location.hash.slice("#python=".length)), "program.py");
  return true;
}
addEventListener("hashchange", () => { if (decodeURIComponent(location.hash.slice("#python=".length)) !== python.value) fromLink(); });

byId("runtime").addEventListener("change", () => result && drawRust());
byId("examples").append(...programs.map(({ name }) => new Option(name)));
byId("examples").addEventListener("change", event => { const one = programs[event.target.selectedIndex]; load(one.text, one.name); });

if (!fromLink()) load(programs[0].text, programs[0].name);
decodeModule().then(startWorker, error => say(`the translator could not be unpacked: ${error.message}`));
