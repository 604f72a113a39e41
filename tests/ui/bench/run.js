// `npm run bench [-- NAME …]`: the bench of the core (`peers` only when asked by name), what the rules propose of marked
// sessions (`proposals`), then the bench of the window in the real web view, on a screen and a message bus of its own.
// Nothing here fails because a figure is bad: it is printed, and kept in `target/bench.json`.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../harness/places.js";
import { Ground, programs } from "./ground.js";
import { measureNodes } from "./nodes.js";
import { measureOpening } from "./opening.js";
import { measureMemory, measurePlaying } from "./playing.js";
import { block, keep, print, printMachine } from "./report.js";
import { measureResting } from "./resting.js";
import { measureSearching } from "./searching.js";
import { measureSplitting } from "./splitting.js";
import { measureTyping } from "./typing.js";

const MEASUREMENTS = {
  "window-opening": measureOpening,
  "window-nodes": measureNodes,
  "window-typing": measureTyping,
  "window-splitting": measureSplitting,
  "window-resting": measureResting,
  "window-playing": measurePlaying,
  "window-memory": measureMemory,
  "window-search": measureSearching,
};

const [first, ...rest] = process.argv.slice(2);
process.exitCode = first === "--inside" ? await measure(rest) : begin(process.argv.slice(2));

/** Precision and recall of every kind of proposal, as the test of the rules prints them. */
const PROPOSALS = ["test", "--locked", "--package", "astra-core", "--test", "proposals", "--", "--nocapture"];

/** Hands the names that are not of the window to the bench of the core, which knows them or says so. */
function begin(asked) {
  const ofWindow = asked.filter((name) => name in MEASUREMENTS);
  const ofCore = asked.filter((name) => !(name in MEASUREMENTS) && name !== "proposals");
  const core = asked.length === 0 || ofCore.length > 0 ? run("cargo", ["run", "--locked", "--release", "--package", "bench", "--", ...ofCore]) : 0;
  const proposals = asked.length === 0 || asked.includes("proposals") ? run("cargo", PROPOSALS) : 0;
  if (asked.length > 0 && ofWindow.length === 0) return core || proposals;
  if (!existsSync(programs.window)) {
    console.error(`Build the programs first: ${programs.window} is not there`);
    return 1;
  }
  const screen = ["-a", "-s", "-screen 0 1920x1080x24"];
  const inside = ["dbus-run-session", "--", process.execPath, fileURLToPath(import.meta.url), "--inside"];
  return run("xvfb-run", [...screen, ...inside, ...ofWindow]) || core || proposals;
}

async function measure(asked) {
  const keeper = spawn("openbox", ["--config-file", join(root, "tests", "ui", "harness", "openbox.xml")], { stdio: "ignore" });
  const ground = new Ground();
  const blocks = [];
  try {
    printMachine();
    for (const [name, measurement] of Object.entries(MEASUREMENTS)) {
      if (asked.length > 0 && !asked.includes(name)) continue;
      const measured = await block(name, () => measurement(ground));
      print(measured);
      blocks.push(measured);
    }
  } finally {
    await ground.end();
    keeper.kill();
  }
  console.log(`\n${keep(blocks)}`);
  return blocks.every(({ failure }) => failure === null) ? 0 : 1;
}

function run(program, args) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: "inherit" });
  if (error) console.error(`${program}: ${error.message}`);
  return status ?? 1;
}
