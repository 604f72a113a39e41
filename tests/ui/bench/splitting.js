// What splitting a passage in two and joining it again costs, and what of it.
import { figure, median, percentile } from "./figure.js";
import { PLACES } from "./nodes.js";

const TIMES = 10;
const ENTER = "\uE007";
const BACKSPACE = "\uE003";

export async function measureSplitting(ground) {
  const page = await ground.sevenHours();
  await page.openSession();
  const figures = [];
  for (const [name, share] of Object.entries(PLACES)) {
    await page.do(async (share) => {
      await bench.scrollTo(share);
      bench.putCursor();
      await bench.wait(500);
    }, share);
    const splits = [];
    const merges = [];
    for (let time = 0; time < TIMES; time += 1) {
      splits.push(await moved(page, ENTER));
      merges.push(await moved(page, BACKSPACE));
    }
    figures.push(told(`splitting, key to second frame, median, ${name}`, splits), told(`joining, key to second frame, median, ${name}`, merges));
  }
  return figures;
}

async function moved(page, key) {
  await page.do(() => bench.timeMove());
  await page.press([key], 0);
  const times = await page.do(() => bench.move);
  await page.do(() => bench.wait(400));
  return times;
}

function told(name, moves) {
  const of = (what) => Math.round(median(moves.map((move) => move[what])));
  return figure(name, median(moves.map(({ secondFrame }) => secondFrame)), "ms", {
    under: `p95 ${Math.round(percentile(moves.map(({ secondFrame }) => secondFrame), 0.95))} ms; core asked at ${of("asked")}, answered at ${of("answered")}, rows changed at ${of("mutated")}, first frame at ${of("firstFrame")} ms`,
  });
}
