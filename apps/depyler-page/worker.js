// Holds the translator; answers {id, name, python} with {id, milliseconds, ...what page_translate gives}.
"use strict";
let module_ = null, instance = null;

// The module asks the system for nothing but to end; whatever else it names is answered "not supported" (WASI's 52).
const system = new Proxy({}, {
  get: (_, name) => name === "proc_exit" ? status => { throw new Error(`the translator ended with status ${status}`); } : () => 52,
});

async function start(bytes) {
  const unpacked = new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
  module_ = await WebAssembly.compile(await unpacked.arrayBuffer());
  await renew();
}

async function renew() {
  instance = (await WebAssembly.instantiate(module_, { wasi_snapshot_preview1: system })).exports;
  instance._initialize();
}

function translate(name, python) {
  const request = new TextEncoder().encode(`${name}\0${python}`);
  const input = instance.page_input(request.length);
  new Uint8Array(instance.memory.buffer, input, request.length).set(request);
  const size = instance.page_translate();
  return JSON.parse(new TextDecoder().decode(new Uint8Array(instance.memory.buffer, instance.page_output(), size)));
}

async function answer({ id, name, python }) {
  const begin = performance.now();
  try {
    const result = translate(name, python);
    return { id, milliseconds: performance.now() - begin, ...result };
  } catch (error) {
    await renew();  // memory may be half written
    const deep = error instanceof RangeError;
    return { id, milliseconds: performance.now() - begin, error: deep ? "the program is nested too deeply for this browser's stack" : `a defect of depyler: ${error.message}` };
  }
}

onmessage = async event => {
  if (event.data.bytes) await start(event.data.bytes).then(() => postMessage({ ready: true }), error => postMessage({ failed: error.message }));
  else postMessage(await answer(event.data));
};
