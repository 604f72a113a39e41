// The window's page: `node installers/page.mjs` builds it into ui/dist, from where the compiler
// takes it into the program, unless it is there and newer than everything it is made of.

import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensure, npm, root } from "./prerequisites.mjs";

const page = join(root, "ui", "dist", "index.html");

/** Builds the page when it is missing or old. Its packages must be installed. */
export function buildPage() {
  if (!existsSync(page) || newest(join(root, "ui")) > statSync(page).mtimeMs) {
    npm("run", "--prefix", "ui", "--silent", "build");
  }
}

/** When the newest file below a folder was changed, in ms. */
function newest(folder) {
  const inside = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !["dist", "node_modules"].includes(name));
  return Math.max(
    0,
    ...inside.map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs;
    }),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensure({ window: true });
  buildPage();
}
