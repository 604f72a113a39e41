// What a key costs: until its handlers have ended and React has put everything there, and until the second frame.
import { atMost, figure, percentile } from "./figure.js";
import { PLACES } from "./nodes.js";

const LETTERS = [..."se aprueba el acuerdo con los votos de la comisión primera y se deja constancia en el acta "];

export async function measureTyping(ground) {
  const page = await ground.sevenHours();
  await page.openSession();
  const ours = await atEachPlace(page);

  await page.reload();
  await page.do(() => {
    const area = document.createElement("textarea");
    area.style.cssText = "width: 600px; height: 200px";
    bench.replaceBy(area);
    area.focus();
  });
  const textarea = await typed(page);

  await page.reload();
  const session = (await page.astra.core("session_list")).answer[0].id;
  await page.do((session) => bench.plainList(session), session);
  const plain = await atEachPlace(page);

  const reference = { commit: percentile(textarea.commit, 0.95), second: percentile(textarea.second, 0.95) };
  const names = Object.keys(PLACES);
  return [
    ...names.map((name) =>
      figure(`typing, key to commit, p95, ${name}`, percentile(ours[name].commit, 0.95), "ms", {
        target: atMost(16),
        under: `${ours[name].commit.length} letters, 100 ms apart; median ${percentile(ours[name].commit, 0.5).toFixed(1)} ms`,
      }),
    ),
    ...names.map((name) =>
      figure(`typing, key to second frame, p95, ${name}`, percentile(ours[name].second, 0.95), "ms", {
        target: atMost(50),
        under: `${(percentile(ours[name].second, 0.95) / reference.second).toFixed(2)} of a textarea, ${(percentile(ours[name].second, 0.95) / percentile(plain[name].second, 0.95)).toFixed(2)} of the plain list`,
      }),
    ),
    figure("typing into a textarea alone, key to commit, p95", reference.commit, "ms"),
    figure("typing into a textarea alone, key to second frame, p95", reference.second, "ms"),
    ...names.map((name) => figure(`typing into the plain list, key to commit, p95, ${name}`, percentile(plain[name].commit, 0.95), "ms")),
    ...names.map((name) => figure(`typing into the plain list, key to second frame, p95, ${name}`, percentile(plain[name].second, 0.95), "ms")),
  ];
}

async function atEachPlace(page) {
  const times = {};
  for (const [name, share] of Object.entries(PLACES)) {
    await page.do(async (share) => {
      await bench.scrollTo(share);
      bench.putCursor();
      await bench.wait(500);
    }, share);
    times[name] = await typed(page);
  }
  return times;
}

async function typed(page) {
  await page.do(() => bench.timeKeys());
  await page.press(LETTERS);
  const keys = await page.do(async () => {
    await bench.wait(200);
    bench.stopKeys();
    return bench.keys;
  });
  if (keys.length < LETTERS.length) throw new Error(`${keys.length} of ${LETTERS.length} letters arrived`);
  return { commit: keys.map((key) => key.committed - key.pressed), second: keys.map((key) => key.second - key.pressed) };
}
