// Ten thousand sessions: finding words in them, and the list.
import { atMost, figure, median, percentile } from "./figure.js";
import { SEGMENTS_EACH, SESSIONS } from "./many_sessions.js";

const ASKED = [
  "presupuesto", "comisión", "concejal vota", "acueducto vereda", "prop", "quorum", "puente", "cárdenas", "MUNERA",
  "ordinaria 4321", "presidente", "la", "escuela del barrio", "predial industria", "convenio obra", "yolanda",
  "hospital salud", "plaza mercado", "zzz", "señor presidente",
];
const ROUNDS = 3;
const LIMIT = 200;
const OPENINGS = 5;

export async function measureSearching(ground) {
  const page = await ground.manySessions();
  const times = await page.do(ask, ASKED, ROUNDS, LIMIT);
  const slowest = times.reduce((worst, one) => (one.ms > worst.ms ? one : worst));
  const lists = [];
  for (let time = 0; time < OPENINGS; time += 1) {
    await page.reload();
    lists.push(await page.do(openList));
  }
  const of = (what) => median(lists.map((list) => list[what]));
  const store = `${SESSIONS} sessions, ${SESSIONS * SEGMENTS_EACH} passages`;
  return [
    figure("search in all sessions, p95", percentile(times.map(({ ms }) => ms), 0.95), "ms", {
      target: atMost(50),
      under: `${store}; from the page to the core and back, ${times.length} searches, median ${median(times.map(({ ms }) => ms)).toFixed(1)} ms, slowest «${slowest.text}» with ${Math.round(slowest.ms)} ms`,
    }),
    figure("the list, to its first rows drawn, median", of("drawn"), "ms", {
      under: `from another place to the list, ${OPENINGS} times; the core answered all rows after ${Math.round(of("answered"))} ms`,
    }),
    figure("the list, nodes of the page", Math.max(...lists.map(({ nodes }) => nodes)), "", { target: atMost(2_000) }),
  ];
}

async function ask(texts, rounds, limit) {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const text of texts) {
      const began = performance.now();
      const hits = await window.__TAURI_INTERNALS__.invoke("session_search", { text, limit });
      times.push({ text, ms: performance.now() - began, hits: hits.length });
    }
  }
  return times;
}

/** Goes to the settings, forgets the list as a fresh start would, and comes back. */
async function openList() {
  const asked = performance.now();
  await window.__TAURI_INTERNALS__.invoke("session_list", {});
  const answered = performance.now() - asked;
  location.hash = "#/settings";
  await bench.until(() => !document.querySelector("[role=gridcell]"));
  await bench.wait(500);
  const began = performance.now();
  location.hash = "#/";
  await bench.changed(() => document.querySelector("[role=row] [role=gridcell]"));
  const drawn = (await bench.drawn()) - began;
  await bench.wait(500);
  return { answered, drawn, nodes: bench.nodes() };
}
