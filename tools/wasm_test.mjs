// Runs a test program that was built for WebAssembly (WASI). Usage: node tools/wasm_test.mjs PROGRAM.wasm [ARGUMENT...]
import { readFile } from "node:fs/promises";
import { WASI } from "node:wasi";

const [program, ...options] = process.argv.slice(2);
const wasi = new WASI({ version: "preview1", args: [program, ...options], env: {}, preopens: { ".": process.cwd() } });
const module = await WebAssembly.compile(await readFile(program));
process.exitCode = wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));
