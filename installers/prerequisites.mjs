// Makes sure that what Astra is built from is on this computer: installs it where apt can, and
// elsewhere says what to install. `node installers/prerequisites.mjs [--window] [--test]`

import { spawnSync } from "node:child_process";
import { existsSync, rmSync, statSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs a program with this terminal; ends with its exit code when it fails. */
export function run(program, programArguments, options = {}) {
  const { status, error } = spawnSync(program, programArguments, { cwd: root, stdio: "inherit", ...options });
  if (error) {
    fail(`${program} could not be started: ${error.message}`);
  }
  return status ?? 1;
}

/** Runs a program and ends with its exit code unless that is 0. */
export function must(program, programArguments, options = {}) {
  const status = run(program, programArguments, options);
  if (status !== 0) {
    process.exit(status);
  }
}

/** Runs npm, whatever it is called on this platform. */
export function npm(...npmArguments) {
  const itself = process.env.npm_execpath;
  if (itself) {
    must(process.execPath, [itself, ...npmArguments]);
  } else {
    must("npm", npmArguments, { shell: process.platform === "win32" });
  }
}

/** Installs or names what is missing: for the command line, for the window too, for its packages, for the tests too. */
export function ensure({ window = false, packages = false, tests = false } = {}) {
  // A shell opened before Rust was installed does not know the folder of its programs yet.
  const cargoHome = join(homedir(), ".cargo", "bin");
  if (existsSync(cargoHome)) {
    process.env.PATH = `${process.env.PATH}${delimiter}${cargoHome}`;
  }
  if (!has("cargo")) {
    fail("Rust is missing. Install it as https://rustup.rs says, open a new terminal and try again.");
  }
  if (process.platform === "linux" && has("apt-get")) {
    const groups = [
      ...(window || tests ? ["--window"] : []),
      ...(packages ? ["--package"] : []),
      ...(tests ? ["--test"] : []),
    ];
    must("bash", ["installers/linux/prerequisites.sh", ...groups]);
  } else {
    const needed = ["cmake", "ffmpeg", "ffprobe", ...(tests ? ["soffice", "pdftotext"] : [])];
    const missing = needed.filter((program) => !has(program));
    if (missing.length > 0) {
      fail(`Install these programs and a C++ compiler, so that they are found from this terminal: ${missing.join(", ")}`);
    }
  }
  // The core is built with the dictionary that is among these.
  installPackages(".");
  if (window || tests) {
    installPackages("ui");
  }
  if (tests) {
    installPackages(join("tests", "ui"));
    installPackages(join("tests", "word"));
    const models = join(root, "src-tauri", "crates", "astra-engine", "tests", "fixtures", "parakeet");
    linkOnnxRuntime(join(models, "onnxruntime"));
  }
}

/**
 * The folder with the ONNX Runtime library for this platform, from the one package that carries it for all of
 * them; none where it has no such platform.
 */
export function onnxRuntime() {
  installPackages(join("installers", "onnxruntime"));
  const packaged = join(root, "installers", "onnxruntime", "node_modules", "onnxruntime-node", "bin", "napi-v6");
  const folder = join(packaged, process.platform, process.arch);
  return existsSync(folder) ? folder : undefined;
}

/** Lets the library be found beside the models of the tests. A junction needs no administrator on Windows. */
function linkOnnxRuntime(link) {
  const folder = onnxRuntime();
  if (folder) {
    rmSync(link, { recursive: true, force: true });
    symlinkSync(folder, link, "junction");
  }
}

/**
 * Installs the packages that a lock file names, unless they are there. Not `npm ci`: a lock file
 * written where a registry has no packages for other platforms lacks those, and `npm ci` refuses it.
 */
function installPackages(folder) {
  const locked = join(root, folder, "package-lock.json");
  const installed = join(root, folder, "node_modules", ".package-lock.json");
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(locked).mtimeMs) {
    npm("install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", "--loglevel=error");
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
  ensure({ window: process.argv.includes("--window"), tests: process.argv.includes("--test") });
}
