// How much of a long text is in the page, wherever it is scrolled to.
import { atMost, figure } from "./figure.js";

export const PLACES = { start: 0, middle: 0.5, end: 1 };

export async function measureNodes(ground) {
  const page = await ground.sevenHours();
  await page.openSession();
  const figures = [];
  for (const [name, share] of Object.entries(PLACES)) {
    const nodes = await page.do(async (share) => {
      await bench.scrollTo(share);
      return bench.nodes();
    }, share);
    figures.push(figure(`nodes of the page, ${name}`, nodes, "", { target: atMost(2_000), under: "elements and texts of the whole window" }));
  }
  await page.reload();
  const session = (await page.astra.core("session_list")).answer[0].id;
  const plain = await page.do(async (session) => {
    await bench.plainList(session);
    return bench.nodes();
  }, session);
  return [...figures, figure("nodes of the plain list", plain)];
}
