// `npm test [-- FILE...]`: gives every file of tests a screen, a message bus and a window manager of its own, and runs
// two of them at a time.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { programs, sample, sampleHeard } from "./harness/places.js";

const here = fileURLToPath(new URL(".", import.meta.url));
/** A window waits for other programs most of its time; three would hinder each other on the two cores of a small machine. */
const LANES = 2;
/** Fifty kills of the window take longer than all other tests together. */
const LIMIT_MS = Math.max(900_000, Number(process.env.ASTRA_FAULT_SEEDS ?? 1) * 180_000);

const missing = Object.values(programs).filter((program) => !existsSync(program));
if (missing.length > 0) {
  console.error(`Build the programs first (npm --prefix ui run build, cargo build --workspace --bins): ${missing.join(", ")}`);
  process.exit(1);
}

const [first, ...rest] = process.argv.slice(2);
process.exit(first === "--inside" ? await inside(rest[0]) : await runTests(process.argv.slice(2)));

async function runTests(asked) {
  const chosen = asked.map((file) => basename(resolve(process.env.INIT_CWD ?? process.cwd(), file)));
  const files = asked.length > 0 ? chosen : readdirSync(here).filter((name) => name.endsWith(".test.js"));
  // What takes longest begins first, or the other lane would stand still at the end.
  files.sort((one, other) => statSync(join(here, other)).size - statSync(join(here, one)).size);
  hearSample();
  const failed = await runFiles(files, LANES);
  if (failed.length === 0) return 0;
  // A window waits for other programs, and a busy machine can make it wait in vain: what fails twice is broken.
  console.error(`Once more: ${failed.join(", ")}`);
  return (await runFiles(failed, 1)).length > 0 ? 1 : 0;
}

/** Many tests begin with the text of the sample; it is heard once for all of them. */
function hearSample() {
  rmSync(sampleHeard, { recursive: true, force: true });
  mkdirSync(sampleHeard, { recursive: true });
  const words = ["transcribe", sample, "--out", sampleHeard, "--json"];
  execFileSync(programs.commandLine, words, { env: { ...process.env, ASTRA_DATA_DIR: join(sampleHeard, "datos") } });
}

/** Returns those that failed. What a file prints comes when it has ended, so that two do not talk at once. */
async function runFiles(files, lanes) {
  const waiting = [...files];
  const failed = [];
  const lane = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const { status, printed } = await onScreen(file);
      process.stdout.write(`${file}\n${printed}`);
      if (status !== 0) failed.push(file);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return failed;
}

function onScreen(file) {
  const screen = ["-a", "-s", "-screen 0 1920x1080x24"];
  return run("xvfb-run", [...screen, "dbus-run-session", "--", process.execPath, fileURLToPath(import.meta.url), "--inside", file]);
}

async function inside(file) {
  const keeper = spawn("openbox", ["--config-file", join(here, "harness", "openbox.xml")], { stdio: "ignore" });
  const tests = ["--test", `--test-timeout=${LIMIT_MS}`, "--test-reporter=spec", join(here, file)];
  const { status } = await run(process.execPath, tests, "inherit");
  keeper.kill();
  return status;
}

/** The exit status, and what was printed unless that goes where ours goes. */
function run(program, args, output = "pipe") {
  return new Promise((resolved) => {
    const child = spawn(program, args, { cwd: here, stdio: ["ignore", output, output] });
    let printed = "";
    const take = (bytes) => {
      printed += bytes;
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    child.on("error", ({ message }) => resolved({ status: 1, printed: `${program}: ${message}\n` }));
    child.on("close", (status) => resolved({ status: status ?? 1, printed }));
  });
}
