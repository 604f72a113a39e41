// `npm start [-- RECORDING...]`: installs what is missing, builds, and opens the window; without a
// display, or with recordings or options given, takes them (or the sample session) from audio to
// Word in this terminal.

import { spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildPage } from "./page.mjs";
import { ensure, must, root, run } from "./prerequisites.mjs";

const astra = built("astra");
const sample = join(root, "assets", "sample", "sesion-de-muestra.ogg");

const asked = process.argv.slice(2);
// npm runs scripts from the project's root; a relative recording is meant from where it was typed.
const typedFrom = process.env.INIT_CWD ?? process.cwd();

const display = process.platform !== "linux" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
if (display && asked.length === 0) {
  ensure({ window: true });
  buildPage();
  must("cargo", ["build", "--locked", "--release", "--bins", "--package=astra-desktop", "--package=astra-engine"]);
  process.exit(run(built("astra-desktop"), []));
}

ensure();
must("cargo", ["build", "--locked", "--release", "--bins"]);
if (asked.length === 0) {
  process.exit(run(astra, ["transcribe", sample, "--out", join(root, "target", "sample")]));
}
const { values, positionals } = parseArgs({
  args: asked,
  // What is wrong with the order is for the program itself to say.
  strict: false,
  allowPositionals: true,
  options: Object.fromEntries(
    ["out", "formats", "model", "language", "title", "threads", "data-dir"].map((name) => [name, { type: "string" }]),
  ),
});
if (values.model === undefined && positionals.some((recording) => !isSample(recording))) {
  installRecommendedModel();
}
process.exit(run(astra, ["transcribe", ...asked], { cwd: typedFrom }));

function built(program) {
  return join(root, "target", "release", process.platform === "win32" ? `${program}.exe` : program);
}

/** A real recording needs a real model; the sample brings its own. */
function installRecommendedModel() {
  const folder = typeof values["data-dir"] === "string" ? [`--data-dir=${values["data-dir"]}`] : [];
  const { status, stdout } = spawnSync(astra, ["models", "list", "--json", ...folder], { cwd: typedFrom, encoding: "utf8" });
  if (status !== 0) {
    return; // Listening fails for the same reason, and says it.
  }
  const models = stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const recommended = models.find((model) => model.recommended);
  if (recommended === undefined || models.some((model) => model.installed && !model.embedded)) {
    return;
  }
  // Without a network this fails with its own sentence, and so does listening without a model.
  run(astra, ["models", "install", recommended.id, ...folder], { cwd: typedFrom });
}

function isSample(recording) {
  try {
    return realpathSync(resolve(typedFrom, recording)) === realpathSync(sample);
  } catch {
    return false; // An address, or nothing at all.
  }
}
