// typst.mjs: Typst's npm package, for bench.py; its folder of modules is $TYPST_MODULES.
//
//   typst.mjs once FILE.typ FILE.pdf          one document in a process of its own
//   typst.mjs batch FOLDER FIRST STEP         every STEP-th *.typ of a folder from FIRST:
//                                             prints "documents failed seconds" of the loop
//   typst.mjs edit FILE.typ FILE.pdf < JSON   a list of texts, set one after another by one
//                                             compiler: prints the CPU seconds of each
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const [mode, source, ...rest] = process.argv.slice(2);
const require = createRequire(join(process.env.TYPST_MODULES ?? process.cwd(), "/"));
const { NodeCompiler } = require("@myriaddreamin/typst-ts-node-compiler");
const compiler = NodeCompiler.create({
  workspace: mode === "batch" ? source : dirname(source),
  fontArgs: [{ fontPaths: ["/usr/share/fonts"] }],
});

function render(text, output) {
  writeFileSync(output, compiler.pdf({ mainFileContent: text }));
}

function batch(folder, first, step) {
  const names = readdirSync(folder).filter((name) => name.endsWith(".typ")).sort();
  const chosen = names.filter((_, index) => index % step === first);
  let failed = 0;
  const start = performance.now();
  for (const name of chosen) {
    try {
      const text = readFileSync(join(folder, name), "utf8");
      render(text, join(folder, name.replace(/\.typ$/, ".pdf")));
    } catch (error) {
      failed += 1;
      if (failed === 1) console.error(name, String(error).slice(0, 300));
    }
    compiler.evictCache(5);
  }
  console.log(chosen.length, failed, (performance.now() - start) / 1000);
}

function edits(texts, output) {
  const costs = texts.map((text) => {
    const before = process.cpuUsage();
    render(text, output);
    compiler.evictCache(5);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  });
  console.log(costs.join(" "));
}

if (mode === "once") render(readFileSync(source, "utf8"), rest[0]);
else if (mode === "batch") batch(source, Number(rest[0]), Number(rest[1]));
else edits(JSON.parse(readFileSync(0, "utf8")), rest[0]);
