// What the window costs while nothing happens in it.
import { pause } from "../harness/wait.js";
import { atMost, figure } from "./figure.js";
import { processorSeconds } from "./web_view.js";

const REST_S = 10;
/** So long a scroll itself is still being drawn. */
const DRAWING_MS = 500;

export async function measureResting(ground) {
  const page = await ground.sevenHours();
  await page.openSession();
  await pause(REST_S * 1_000);
  await page.do(() => bench.scrollTo(0.5));
  await pause(DRAWING_MS);
  const before = processorSeconds(page.data);
  await pause(REST_S * 1_000);
  const share = (processorSeconds(page.data) - before) / REST_S;
  return [
    figure("web view, processor time at rest after a scroll", share * 100, "% of a core", {
      target: atMost(5),
      under: `${REST_S} s without a key; bars that fade would have the window drawn sixty times a second for three of them`,
    }),
  ];
}
