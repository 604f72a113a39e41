// `npm run dev`: the window with hot reload. The page comes from Vite; a change in Rust builds the
// shell anew and opens it again.

import { ensure, must, npm } from "./prerequisites.mjs";

ensure({ window: true });
// The window looks for the engine hosts beside itself.
must("cargo", ["build", "--package=astra-engine"]);
npm("exec", "--", "tauri", "dev");
