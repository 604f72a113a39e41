// The processes of one computer under test, told from all others by its data folder.
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { until } from "./wait.js";

/** Ids of the running processes of `program` that work on the data folder `data`. */
export function running(program, data) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      try {
        return (
          readlinkSync(`/proc/${id}/exe`).replace(/ \(deleted\)$/, "") === program &&
          readFileSync(`/proc/${id}/environ`, "utf8").split("\0").includes(`ASTRA_DATA_DIR=${data}`)
        );
      } catch {
        return false; // It ended while we looked.
      }
    })
    .map(Number);
}

/** Kills them the way a power cut does, and waits until they are gone; others may have come in their place. */
export async function kill(program, data) {
  const killed = running(program, data);
  for (const id of killed) {
    try {
      process.kill(id, "SIGKILL");
    } catch {
      // It ended by itself.
    }
  }
  await until(`the end of ${program}`, () => !running(program, data).some((id) => killed.includes(id)));
}

/** Waits until none is left. */
export function gone(program, data, within = 10_000) {
  return until(`the end of ${program}`, () => running(program, data).length === 0, { within });
}
