// `npm test [-- FILE...]`: gives the tests a screen, a message bus and a window manager of their own, and runs them
// one after the other.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { programs } from "./harness/places.js";

const here = fileURLToPath(new URL(".", import.meta.url));

const missing = Object.values(programs).filter((program) => !existsSync(program));
if (missing.length > 0) {
  console.error(`Build the programs first (npm --prefix ui run build, cargo build --workspace --bins): ${missing.join(", ")}`);
  process.exit(1);
}

const [first, ...rest] = process.argv.slice(2);
if (first === "--inside") {
  process.exit(runTests(rest));
}
const asked = process.argv.slice(2).map((file) => resolve(process.env.INIT_CWD ?? process.cwd(), file));
const files = asked.length > 0 ? asked : readdirSync(here).filter((name) => name.endsWith(".test.js")).sort();
const screen = ["-a", "-s", "-screen 0 1920x1080x24"];
process.exit(run("xvfb-run", [...screen, "dbus-run-session", "--", process.execPath, fileURLToPath(import.meta.url), "--inside", ...files]));

function runTests(files) {
  const keeper = spawnSync("sh", ["-c", `openbox --config-file "${join(here, "harness", "openbox.xml")}" >/dev/null 2>&1 & echo $!`], { encoding: "utf8" });
  // One at a time: two engines that share the cores of a small machine hinder each other.
  const runFile = (file) => run(process.execPath, ["--test", "--test-timeout=900000", "--test-reporter=spec", join(here, basename(file))]);
  const failed = files.filter((file) => runFile(file) !== 0);
  // A window waits for other programs, and a busy machine can make it wait in vain: what fails twice is broken.
  if (failed.length > 0) console.error(`Once more: ${failed.join(", ")}`);
  const broken = failed.filter((file) => runFile(file) !== 0);
  process.kill(Number(keeper.stdout));
  return broken.length > 0 ? 1 : 0;
}

function run(program, args) {
  const { status, error } = spawnSync(program, args, { cwd: here, stdio: "inherit" });
  if (error) {
    console.error(`${program}: ${error.message}`);
  }
  return status ?? 1;
}
