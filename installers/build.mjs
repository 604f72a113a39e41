// `npm run build`: the packages for this platform, in target/release/bundle. On Linux deb and rpm,
// and an AppImage where the bundler has its tools already (it would download them).

import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { buildPage } from "./page.mjs";
import { ensure, must, npm, onnxRuntime, root } from "./prerequisites.mjs";

ensure({ window: true, packages: true });
buildPage();
must("cargo", ["build", "--locked", "--release", "--bins", "--package=astra-engine"]);

// The bundler wants programs that go beside Astra's to carry the name of the platform.
const ending = process.platform === "win32" ? ".exe" : "";
const { stdout } = spawnSync("rustc", ["--print", "host-tuple"], { encoding: "utf8" });
const beside = join(root, "target", "beside");
mkdirSync(beside, { recursive: true });
copyFileSync(
  join(root, "target", "release", `astra-engine-cpu${ending}`),
  join(beside, `astra-engine-cpu-${stdout.trim()}${ending}`),
);

// Parakeet's library goes where core's engine/onnx_runtime.rs looks for it. Where there is none for this platform,
// Astra comes without Parakeet and says so.
const withLibrary = join(beside, "onnxruntime.conf.json");
const folder = onnxRuntime();
const libraries = folder ? readdirSync(folder).filter((name) => /^(libonnxruntime\.(so|1\.dylib)|onnxruntime\.dll|DirectML\.dll)/.test(name)) : [];
for (const name of libraries) copyFileSync(join(folder, name), join(beside, name));
const placed = (prefix) => Object.fromEntries(libraries.map((name) => [`${prefix}${name}`, `../target/beside/${name}`]));
const linuxFiles = { files: placed("/usr/lib/astra/") };
writeFileSync(
  withLibrary,
  JSON.stringify({
    bundle: {
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
npm("exec", "--", "tauri", "build", "--config", "src-tauri/tauri.bundle.conf.json", "--config", withLibrary, ...(process.platform === "linux" ? linux : []));
