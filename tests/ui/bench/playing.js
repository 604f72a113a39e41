// What the page does while a session is played: which rows it touches, how many frames it loses, what it holds.
import { pause } from "../harness/wait.js";
import { atMost, figure, median } from "./figure.js";
import { residentMb } from "./web_view.js";

const WATCHED_MS = 20_000;
const MINUTES = Number(process.env.ASTRA_BENCH_MINUTES ?? 5);
const SETTLING_S = 30;
/** So many pixels of text go by before memory is watched: rows enough to fill what the engine caches of text it drew. */
const GONE_BY_PX = 120_000;
const SAMPLE_S = 2;

const F5 = "\uE035";
const F10 = "\uE03A";

export async function measurePlaying(ground) {
  const page = await ground.sevenHours();
  await page.openSession();
  await page.do(() => bench.scrollTo(0.5));
  const idle = await page.do(watchFrames, 5_000);
  await play(page);
  // The text scrolls along only some seconds after the last key.
  await page.do(() => bench.wait(6_000));
  const { frames, lost, ticks } = await page.do(watchFrames, WATCHED_MS);
  const still = ticks.filter(({ moved }) => !moved).map(({ rows }) => rows);
  const moving = ticks.filter(({ moved }) => moved).map(({ rows }) => rows);
  return [
    figure("playing, most rows touched in a frame", Math.max(0, ...still), "", {
      target: atMost(2),
      under: `${frames} frames at double speed, rows touched in ${still.filter((rows) => rows > 0).length} of them`,
    }),
    figure("playing, most rows touched when the text moves on", Math.max(0, ...moving), "", {
      under: `${moving.length} frames in which the text was scrolled along and rows came and went`,
    }),
    figure("playing, frames lost", (lost / (frames + lost)) * 100, "%", {
      under: `${((idle.lost / (idle.frames + idle.lost)) * 100).toFixed(2)} % in the same window when nothing plays`,
    }),
  ];
}

export async function measureMemory(ground) {
  const page = await ground.sevenHours();
  await page.openSession();
  const opened = residentMb(page.data);
  await page.do(goBy, GONE_BY_PX);
  await play(page);
  await pause(SETTLING_S * 1_000);
  const place = await page.do(() => document.querySelector("[data-heard] .transcript-time")?.textContent ?? "");
  const held = await heldMb(page);
  const samples = [];
  for (let second = 0; second <= MINUTES * 60; second += SAMPLE_S) {
    samples.push([second, residentMb(page.data)]);
    await pause(SAMPLE_S * 1_000);
  }
  const heldThen = await heldMb(page);
  const reached = await page.do(() => document.querySelector("[data-heard] .transcript-time")?.textContent ?? "");
  if (reached === place) throw new Error(`nothing was played: still at ${place}`);
  const tenth = Math.max(1, Math.floor(samples.length / 10));
  const begin = median(samples.slice(0, tenth).map(([, mb]) => mb));
  const end = median(samples.slice(-tenth).map(([, mb]) => mb));
  const span = `${MINUTES} min at double speed, from ${place} to ${reached}`;
  // Where a rise ends tells what the page keeps from what it is slow to give back.
  const curve = Array.from({ length: 10 }, (_, at) => median(samples.slice(at * tenth, (at + 1) * tenth).map(([, mb]) => mb)));
  return [
    figure("web view, resident when the text is open", opened, "MB"),
    figure("web view, resident at the start of playing", begin, "MB", {
      under: `after ${SETTLING_S} s of it, when ${GONE_BY_PX} pixels of text had gone by`,
    }),
    figure("web view, resident at the end of playing", end, "MB", { under: span }),
    figure("web view, end against start", end / begin, "", { target: atMost(1.1), under: span }),
    figure("web view, end against start, each time when the engine has collected", heldThen / held, "", {
      target: atMost(1.02),
      under: `${held.toFixed(0)} and ${heldThen.toFixed(0)} MB; what lies between is what the engine will collect once it wants memory`,
    }),
    figure("web view, growth as a straight line", slope(samples) * 3_600, "MB/h", {
      under: `over ${MINUTES} min; ${MINUTES < 60 ? "stretched to an hour, so one tooth of a saw counts many times: ASTRA_BENCH_MINUTES=60 for the hour itself" : "the hour itself"}; from ${Math.min(...samples.map(([, mb]) => mb)).toFixed(0)} to ${Math.max(...samples.map(([, mb]) => mb)).toFixed(0)} MB, tenth by tenth ${curve.map((mb) => mb.toFixed(0)).join(", ")}`,
    }),
  ];
}

/** What it holds once the engine has collected; it does when much is wanted, be it never touched. */
async function heldMb(page) {
  for (let turn = 0; turn < 100; turn += 1) await page.do(() => void new ArrayBuffer(64 << 20));
  await pause(5_000);
  return residentMb(page.data);
}

/** Lets the text go by, as fast as rows can be drawn. */
async function goBy(pixels) {
  const list = bench.scroller();
  for (let left = pixels; left > 0; left -= 400) {
    list.scrollTop += 400;
    await bench.frame();
    await bench.frame();
  }
}

/** Plays from the cursor at double speed, and leaves the cursor. */
async function play(page) {
  await page.do(() => bench.putCursor());
  await page.press([F5, F10, F10, F10, F10], 200);
  await page.do(() => bench.until(() => document.querySelector("[data-heard]")));
}

/** Counts frames, and for each the rows that were touched since the one before. */
async function watchFrames(ms) {
  const list = bench.scroller();
  let rows = new Set();
  let moved = false;
  const touch = (node) => {
    const element = node instanceof Element ? node : node.parentElement;
    const row = element?.closest("[data-segment]") ?? element?.querySelector?.("[data-segment]");
    if (row) rows.add(row);
  };
  const take = (records) => {
    for (const record of records) {
      if (record.type === "childList") {
        if (record.addedNodes.length + record.removedNodes.length > 0) moved = true;
        for (const node of [...record.addedNodes, ...record.removedNodes]) touch(node);
      }
      touch(record.target);
    }
  };
  const observer = new MutationObserver(take);
  observer.observe(list, { subtree: true, childList: true, attributes: true, characterData: true });
  const onScroll = () => {
    moved = true;
  };
  list.addEventListener("scroll", onScroll);
  const ticks = [];
  let lost = 0;
  const began = await bench.frame();
  let before = began;
  for (let now = began; now - began < ms; before = now) {
    now = await bench.frame();
    lost += Math.max(0, Math.round((now - before) / (1000 / 60)) - 1);
    take(observer.takeRecords());
    ticks.push({ rows: rows.size, moved });
    rows = new Set();
    moved = false;
  }
  observer.disconnect();
  list.removeEventListener("scroll", onScroll);
  return { frames: ticks.length, lost, ticks };
}

/** How much the second number grows with the first: least squares. */
function slope(points) {
  const mean = (at) => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const up = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return up / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
