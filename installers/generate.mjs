// `npm run gen`: writes what is generated and kept in the tree: the page's TypeScript of the
// commands and types, the Word templates, and the licences of everything Astra is made of.

import { buildPage } from "./page.mjs";
import { ensure, must } from "./prerequisites.mjs";

ensure({ window: true });
must(process.execPath, [".ci/licences.mjs", "--write"]);
buildPage();
must("cargo", ["test", "--quiet", "--package=astra-desktop", "--lib", "commands::tests"], {
  env: { ...process.env, ASTRA_WRITE_BINDINGS: "1" },
});
must("cargo", ["run", "--quiet", "--package=astra-core", "--example=templates"]);
