// Collects the licences of everything Astra is made of: crates as cargo knows them, packages of the
// page as their lock file does. `--write` keeps them in assets/licences.json, which «Acerca de»
// shows; otherwise the file must be up to date. Fails at any licence of an npm package that is not
// allowed; those of crates are for cargo-deny.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const file = `${root}assets/licences.json`;

/** What may be shipped (OFL is for fonts, MPL-1.1 for the dictionary as it came), and what may only be used for building. */
const SHIPPED = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MPL-1.1", "OFL-1.1", "Unlicense", "Zlib"];
const BUILDING = [...SHIPPED, "BlueOak-1.0.0", "CC-BY-4.0", "CC0-1.0", "MPL-2.0", "Python-2.0"];

/** Packages whose own text names a licence that their `package.json` forgot. */
const FORGOTTEN = { "css-value": "MIT" };

const program = ["ui", "."].flatMap(npmPackages);
const tools = ["tests/ui", "tests/word", "installers/onnxruntime"].flatMap(npmPackages);
const refused = [...program, ...tools].filter(({ licence, shipped }) => !isAllowed(licence, shipped ? SHIPPED : BUILDING));
for (const { name, version, licence } of refused) {
  console.error(`${name} ${version}: the licence ${licence || "(none)"} is not allowed`);
}
const unique = new Map(
  [...crates(), ...program.filter(({ shipped }) => shipped)].map(({ name, version, licence }) => [
    `${name} ${version}`,
    { name, version, licence },
  ]),
);
const all = [...unique.values()].sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
const text = `[\n${all.map((one) => JSON.stringify(one)).join(",\n")}\n]\n`;
if (process.argv.includes("--write")) {
  writeFileSync(file, text);
} else if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
  console.error("assets/licences.json is stale: `npm run gen` writes it anew.");
  process.exit(1);
}
process.exit(refused.length > 0 ? 1 : 0);

/** Every crate that ends up in a program that is shipped, on whatever platform. */
function crates() {
  const asked = ["metadata", "--format-version=1", "--locked"];
  const { status, stdout } = spawnSync("cargo", asked, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
  const { packages, resolve } = JSON.parse(stdout);
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const own = packages.filter(({ name }) => ["astra", "astra-desktop", "astra-engine"].includes(name));
  const reached = new Set(own.map(({ id }) => id));
  for (const id of reached) {
    for (const { pkg, dep_kinds: kinds } of nodes.get(id).deps) {
      if (kinds.some(({ kind }) => kind === null)) {
        reached.add(pkg);
      }
    }
  }
  return packages
    .filter(({ id, source }) => reached.has(id) && source !== null)
    .map(({ name, version, license }) => ({ name, version, licence: (license ?? "").replaceAll("/", " OR ") }));
}

/**
 * The packages of a lock file; those that the page itself is made of are shipped. A tool's variant for
 * another platform may be named without a licence, which is that of the variant for this one.
 */
function npmPackages(folder) {
  const { packages } = JSON.parse(readFileSync(`${root}${folder}/package-lock.json`, "utf8"));
  return Object.entries(packages)
    .filter(([path, { os, license }]) => path !== "" && !(os && !license))
    .map(([path, { version, license, dev, devOptional }]) => {
      const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
      return { name, version, licence: license ?? FORGOTTEN[name] ?? "", shipped: !dev && !devOptional };
    });
}

/** Whether an SPDX expression leaves a choice that is allowed. */
function isAllowed(expression, allowed) {
  const choices = expression.replaceAll(/[()]/g, "").split(" OR ");
  return choices.some((choice) => choice.split(" AND ").every((licence) => allowed.includes(licence.trim())));
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
