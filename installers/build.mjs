// `npm run build`: the packages for this platform, in target/release/bundle. On Linux deb and rpm,
// and an AppImage where the bundler has its tools already (it would download them).

import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { buildPage } from "./page.mjs";
import { ensure, must, npm, onnxRuntime, root } from "./prerequisites.mjs";

ensure({ window: true, packages: true });
buildPage();
must("cargo", ["build", "--locked", "--release", "--bins", "--package=astra-engine"]);
const devices = vulkan() ? ["cpu", "vulkan"] : ["cpu"];

// The bundler wants programs that go beside Astra's to carry the name of the platform.
const ending = process.platform === "win32" ? ".exe" : "";
const { stdout } = spawnSync("rustc", ["--print", "host-tuple"], { encoding: "utf8" });
const beside = join(root, "target", "beside");
mkdirSync(beside, { recursive: true });
const engines = devices.map((device) => `astra-engine-${device}`);
for (const engine of engines) {
  copyFileSync(join(root, "target", "release", engine + ending), join(beside, `${engine}-${stdout.trim()}${ending}`));
}

// Parakeet's library goes where core's engine/onnx_runtime.rs looks for it. Where there is none for this platform,
// Astra comes without Parakeet and says so.
const withEngines = join(beside, "engines.conf.json");
const folder = onnxRuntime();
const libraries = folder ? readdirSync(folder).filter((name) => /^(libonnxruntime\.(so|1\.dylib)|onnxruntime\.dll|DirectML\.dll)/.test(name)) : [];
for (const name of libraries) copyFileSync(join(folder, name), join(beside, name));
const placed = (prefix) => Object.fromEntries(libraries.map((name) => [`${prefix}${name}`, `../target/beside/${name}`]));
const linuxFiles = { files: placed("/usr/lib/astra/") };
writeFileSync(
  withEngines,
  JSON.stringify({
    bundle: {
      externalBin: engines.map((engine) => `../target/beside/${engine}`),
      linux: { deb: linuxFiles, rpm: linuxFiles, appimage: linuxFiles },
      macOS: { files: placed("MacOS/") },
      ...(process.platform === "win32" && {
        resources: Object.fromEntries(libraries.map((name) => [`../target/beside/${name}`, name])),
      }),
    },
  }),
);

const appImage = existsSync(join(homedir(), ".cache", "tauri", "linuxdeploy-x86_64.AppImage"));
const linux = ["--bundles", ["deb", "rpm", ...(appImage ? ["appimage"] : [])].join(",")];
npm("exec", "--", "tauri", "build", "--config", "src-tauri/tauri.bundle.conf.json", "--config", withEngines, ...(process.platform === "linux" ? linux : []));

/**
 * The engine for graphics cards, where there is what it is built with: Vulkan's headers (whisper.cpp wants 1.3.272 or
 * later), glslc, and libclang. Where there is not, Astra comes without it and says so. CUDA's libraries take more room
 * than everything else together, so its engine is in no package.
 */
function vulkan() {
  const found = (program, ...asked) => spawnSync(program, asked, { stdio: "ignore" }).status === 0;
  const headers = process.env.VULKAN_SDK || found("pkg-config", "--atleast-version=1.3.272", "vulkan");
  if (!headers || !found("glslc", "--version")) {
    console.error("Without the engine for graphics cards: for it, install the Vulkan SDK and libclang.");
    return false;
  }
  // Started outside the project, for the reason that .cargo/config.toml gives.
  const project = ["--manifest-path", join(root, "Cargo.toml"), "--config", join(root, ".cargo", "instructions.toml")];
  const engine = ["--package=astra-engine", "--features=vulkan", "--bin=astra-engine-vulkan", "--target-dir", join(root, "target")];
  must("cargo", ["build", "--locked", "--release", ...project, ...engine], { cwd: tmpdir() });
  return true;
}
