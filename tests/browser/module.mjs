// Translates files with the page's WebAssembly module and prints one JSON line for each: {file, rust, error, refusals}.
// Usage: node module.mjs PAGE FILE... (the module is taken out of the finished page)
import { readFileSync } from "node:fs";

const [page, ...files] = process.argv.slice(2);
const base64 = /<script type="application\/octet-stream" id="module">([^<]*)</.exec(readFileSync(page, "utf8"))[1];
const worker = /<script type="text\/plain" id="worker">([^]*?)<\/script>/.exec(readFileSync(page, "utf8"))[1];

// The page's own worker, with its port replaced by ours.
const replies = [];
let wake = () => {};
const scope = { onmessage: null, postMessage: reply => { replies.push(reply); wake(); } };
new Function("scope", "postMessage", `let onmessage;${worker}\nscope.send = data => onmessage({ data });`)(scope, scope.postMessage);
const next = async () => {
  while (replies.length === 0) await new Promise(resolve => { wake = resolve; });
  return replies.shift();
};

scope.send({ bytes: Buffer.from(base64, "base64") });
const ready = await next();
if (!ready.ready) throw new Error(ready.failed);
for (const [id, file] of files.entries()) {
  scope.send({ id, name: file.split("/").pop(), python: readFileSync(file, "utf8") });
  const { rust, error, refusals } = await next();
  process.stdout.write(JSON.stringify({ file, rust, error, refusals }) + "\n");
}
