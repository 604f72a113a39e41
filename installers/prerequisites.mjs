// Makes sure that what Astra is built from is on this computer: installs it where apt can, and
// elsewhere says what to install. `node installers/prerequisites.mjs [--test]`

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs a program with this terminal; ends with its exit code when it fails. */
export function run(program, programArguments, options = {}) {
  const { status, error } = spawnSync(program, programArguments, { cwd: root, stdio: "inherit", ...options });
  if (error) {
    fail(`${program} could not be started: ${error.message}`);
  }
  return status ?? 1;
}

/** Installs or names what is missing. */
export function ensure(forTests) {
  // A shell opened before Rust was installed does not know the folder of its programs yet.
  const cargoHome = join(homedir(), ".cargo", "bin");
  if (existsSync(cargoHome)) {
    process.env.PATH = `${process.env.PATH}${delimiter}${cargoHome}`;
  }
  if (!has("cargo")) {
    fail("Rust is missing. Install it as https://rustup.rs says, open a new terminal and try again.");
  }
  if (process.platform === "linux" && has("apt-get")) {
    const status = run("bash", ["installers/linux/prerequisites.sh", ...(forTests ? ["--test"] : [])]);
    if (status !== 0) {
      process.exit(status);
    }
    return;
  }
  const needed = ["cmake", "ffmpeg", "ffprobe", ...(forTests ? ["soffice", "pdftotext"] : [])];
  const missing = needed.filter((program) => !has(program));
  if (missing.length > 0) {
    fail(`Install these programs and a C++ compiler, so that they are found from this terminal: ${missing.join(", ")}`);
  }
}

function has(program) {
  return !spawnSync(program, ["--version"], { stdio: "ignore" }).error;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensure(process.argv.includes("--test"));
}
