// `npm run build`: the packages for this platform, in target/release/bundle. On Linux deb and rpm,
// and an AppImage where the bundler has its tools already (it would download them).

import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { buildPage } from "./page.mjs";
import { ensure, must, npm, root } from "./prerequisites.mjs";

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

const appImage = existsSync(join(homedir(), ".cache", "tauri", "linuxdeploy-x86_64.AppImage"));
const linux = ["--bundles", ["deb", "rpm", ...(appImage ? ["appimage"] : [])].join(",")];
npm("exec", "--", "tauri", "build", "--config", "src-tauri/tauri.bundle.conf.json", ...(process.platform === "linux" ? linux : []));
