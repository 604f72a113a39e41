// Dragging files onto the window with a real mouse, from a real other window.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { pause } from "./wait.js";

const dragged = fileURLToPath(new URL("drag.py", import.meta.url));
const from = [1840, 1030];

/** Drags the files over the window to `[x, y]`, calls `hovering` there, and lets go. */
export async function dropRecordings(paths, { at = [700, 450], hovering = async () => undefined } = {}) {
  // Debian's own Python has the bindings of GTK; another one that comes first in PATH has not.
  const files = spawn("/usr/bin/python3", [dragged, ...paths], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [said] = await Promise.race([once(files.stdout, "data"), once(files, "exit")]);
    if (!String(said).startsWith("ready")) throw new Error("the window to drag from did not open");
    move(from);
    xdotool("mousedown", "1");
    const steps = 25;
    for (let step = 1; step <= steps; step += 1) {
      move(from.map((start, axis) => Math.round(start + ((at[axis] - start) * step) / steps)));
      await pause(30);
    }
    await pause(200);
    await hovering();
    move([at[0] + 1, at[1]]);
    await pause(50);
    xdotool("mouseup", "1");
    await pause(500);
  } finally {
    files.kill();
  }
}

function move([x, y]) {
  xdotool("mousemove", String(x), String(y));
}

function xdotool(...args) {
  execFileSync("xdotool", args);
}
