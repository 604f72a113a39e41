// The figures as a table for people, and beside those of the other bench in `target/bench.json`.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { join } from "node:path";
import { root } from "../harness/places.js";
import { pause } from "../harness/wait.js";
import { shown } from "./figure.js";

const kept = join(root, "target", "bench.json");

/** A machine busier than this, in percent, spoils what is measured on it; so does time its host gave to others. */
const MOST_BUSY = 5;
const MOST_STOLEN = 0.5;

/** Measures, and keeps what went wrong instead of throwing it. */
export async function block(measurement, measure) {
  console.error(`measuring ${measurement} …`);
  const load_before = await watchLoad();
  const began = performance.now();
  let figures = [];
  let failure = null;
  try {
    figures = await measure();
  } catch (error) {
    failure = error.message;
    if (process.env.ASTRA_BENCH_TRACE) console.error(error.stack);
  }
  const took_s = (performance.now() - began) / 1000;
  return { measurement, load_before, load_after: await watchLoad(), took_s, figures, failure };
}

/** Prints one block under a heading of its own. */
export function print({ measurement, load_before, load_after, took_s, figures, failure }) {
  const warning = spoils(load_before) || spoils(load_after) ? "  ! NOT IDLE: these figures mean little" : "";
  console.log(`\n${measurement}  (${took_s.toFixed(0)} s; before: ${words(load_before)}; after: ${words(load_after)})${warning}`);
  for (const { name, value, unit, target, verdict, conditions } of figures) {
    const wanted = target === "none" ? "" : `≤ ${shown(target.at_most, unit)}`;
    console.log(`  ${name.padEnd(58)} ${shown(value, unit).padStart(12)}   ${wanted.padEnd(14)} ${verdict}`);
    if (conditions) console.log(`      ${conditions}`);
  }
  if (failure) console.log(`  could not be measured: ${failure}`);
}

export function printMachine() {
  const { processor, cores, memory_mb, kernel, date } = machine();
  console.log(`\n${processor}, ${cores} cores, ${memory_mb} MB, Linux ${kernel}, ${date}`);
}

/** Puts the blocks into the report of this machine, instead of those of the same names. Returns where it is. */
export function keep(blocks) {
  const known = existsSync(kept) ? JSON.parse(readFileSync(kept, "utf8")) : { machine: machine(), blocks: [] };
  const names = new Set(blocks.map(({ measurement }) => measurement));
  const others = known.blocks.filter(({ measurement }) => !names.has(measurement));
  writeFileSync(kept, JSON.stringify({ ...known, blocks: [...others, ...blocks] }, null, 2));
  return kept;
}

function machine() {
  const cores = new Set(
    readFileSync("/proc/cpuinfo", "utf8")
      .split("\n\n")
      .map((one) => [/physical id\s*:\s*(\d+)/, /core id\s*:\s*(\d+)/].map((part) => part.exec(one)?.[1]).join()),
  );
  return {
    processor: cpus()[0]?.model ?? "",
    cores: Math.max(1, cores.size - 1),
    memory_mb: Math.floor(totalmem() / 1024 / 1024),
    kernel: release(),
    ffmpeg: execFileSync("ffmpeg", ["-version"], { encoding: "utf8" }).split("\n")[0],
    date: `${new Date().toISOString().slice(0, 19)}Z`,
  };
}

/** What the processors do while nothing is measured. */
async function watchLoad() {
  const before = ticks();
  await pause(2_000);
  const spent = ticks().map((after, at) => after - before[at]);
  const all = Math.max(1, spent.reduce((sum, one) => sum + one, 0));
  // user nice system idle iowait irq softirq steal (proc(5)); waiting for a disk is not computing.
  return { busy_percent: 100 - ((spent[3] + spent[4]) * 100) / all, steal_percent: (spent[7] * 100) / all };
}

function ticks() {
  return /^cpu +(.*)$/m.exec(readFileSync("/proc/stat", "utf8"))[1].split(" ").slice(0, 8).map(Number);
}

function spoils({ busy_percent, steal_percent }) {
  return busy_percent > MOST_BUSY || steal_percent > MOST_STOLEN;
}

function words({ busy_percent, steal_percent }) {
  return `${busy_percent.toFixed(1)} % busy, ${steal_percent.toFixed(1)} % stolen`;
}
