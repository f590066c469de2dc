// typst.mjs FOLDER FIRST STEP: render the *.typ of a folder with Typst's npm package in one
// process, every STEP-th from FIRST; prints "issues failed seconds" of the loop, without start-up.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [folder, first, step] = process.argv.slice(2);
const require = createRequire(join(process.env.TYPST_MODULES ?? process.cwd(), "/"));
const { NodeCompiler } = require("@myriaddreamin/typst-ts-node-compiler");
const compiler = NodeCompiler.create({
  workspace: folder,
  fontArgs: [{ fontPaths: ["/usr/share/fonts"] }],
});
const names = readdirSync(folder).filter((name) => name.endsWith(".typ")).sort();
const chosen = names.filter((_, index) => index % Number(step) === Number(first));
let failed = 0;
const start = performance.now();
for (const name of chosen) {
  try {
    const pdf = compiler.pdf({ mainFileContent: readFileSync(join(folder, name), "utf8") });
    writeFileSync(join(folder, name.replace(/\.typ$/, ".pdf")), pdf);
  } catch (error) {
    failed += 1;
    if (failed === 1) console.error(name, String(error).slice(0, 300));
  }
  compiler.evictCache(5);
}
console.log(chosen.length, failed, (performance.now() - start) / 1000);
