// What the process of the web view takes of the computer, as Linux counts it.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** The memory it holds, in MB. */
export function residentMb(data) {
  const status = readFileSync(`/proc/${processOf(data)}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024;
}

/** The time that processors have worked for it, in seconds. */
export function processorSeconds(data) {
  const stat = readFileSync(`/proc/${processOf(data)}/stat`, "utf8");
  // The name of the program, in brackets, may have spaces in it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond();
}

function processOf(data) {
  const found = readdirSync("/proc").find((id) => {
    try {
      const ours = readFileSync(`/proc/${id}/environ`, "utf8").split("\0").includes(`ASTRA_DATA_DIR=${data}`);
      return /^\d+$/.test(id) && ours && readlinkSync(`/proc/${id}/exe`).endsWith("WebKitWebProcess");
    } catch {
      return false; // It ended while we looked, or is not ours.
    }
  });
  if (found === undefined) throw new Error("the process of the web view was not found");
  return found;
}

function ticksPerSecond() {
  return Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
}
