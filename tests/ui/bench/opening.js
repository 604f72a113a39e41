// From the click on a session of seven hours to its first words on the screen.
import { atMost, figure, median } from "./figure.js";
import { SEGMENTS, TITLE, WORDS } from "./seven_hours.js";

const TIMES = 7;

export async function measureOpening(ground) {
  const page = await ground.sevenHours();
  const opened = [];
  const plain = [];
  for (let time = 0; time < TIMES; time += 1) {
    await page.reload();
    opened.push(await page.do(open, TITLE));
    await page.reload();
    const session = (await page.astra.core("session_list")).answer[0].id;
    plain.push(await page.do((session) => bench.plainList(session), session));
  }
  const ours = opened.map(({ drawn }) => drawn);
  const all = plain.map(({ drawn }) => drawn);
  const size = `${SEGMENTS} passages, ${WORDS} words`;
  return [
    figure("opening, click to first words drawn, median", median(ours), "ms", {
      target: atMost(300),
      under: `${size}; page loaded afresh each time, ${TIMES} times; the first passages were answered after ${Math.round(median(opened.map(({ answered }) => answered)))} ms and in the page after ${Math.round(median(opened.map(({ there }) => there)))} ms`,
    }),
    figure("opening, slowest", Math.max(...ours), "ms", { target: atMost(300) }),
    figure("opening, click to the whole text, to be corrected, median", median(opened.map(({ whole }) => whole)), "ms"),
    figure("opening, all passages as a plain list, median", median(all), "ms", {
      under: `the same text asked for and put there at once; answered after ${Math.round(median(plain.map(({ answered }) => answered)))} ms`,
    }),
    figure("opening, ours against the plain list", median(ours) / median(all), "", { target: atMost(1) }),
  ];
}

async function open(title) {
  const row = bench.row(title);
  const first = bench.calls.length;
  const began = performance.now();
  row.click();
  await bench.changed(() => bench.texts().length > 0);
  const there = performance.now();
  const drawn = await bench.drawn();
  await bench.until(() => !bench.scroller().inert);
  const whole = performance.now();
  const call = bench.calls.slice(first).find(({ command }) => command === "transcript_start");
  return { answered: call.answered - began, there: there - began, drawn: drawn - began, whole: whole - began };
}
