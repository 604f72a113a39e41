// What tests do again and again with the window.
import { until } from "./wait.js";

/** Agrees to the proposal that is on the screen. */
export async function agree(astra) {
  await astra.click("button", "Empezar a escuchar", { within: 30_000 });
}

/** Waits until the text that is being opened can be corrected. */
export function wholeText(astra) {
  return until("the whole text", () => astra.run(() => document.querySelector(".transcript-scroller:not([inert])") !== null));
}

/** Goes back to the list. */
export async function goToList(astra) {
  await astra.click("link", "Sesiones");
  await astra.find("heading", "Sesiones");
}

/** Waits until a session was heard to its end, as the list shows it. */
export async function heardToTheEnd(astra, { within = 240_000 } = {}) {
  await until("a session that was heard to its end", async () => (await sessionRow(astra)).state === "ready", { within, every: 1_000 });
}

/** The one session there is, as the core tells the list. */
export async function sessionRow(astra) {
  const { answer, failure } = await astra.core("session_list");
  if (failure) throw new Error(failure.message);
  return answer[0] ?? {};
}

/** The texts of the passages that are on the screen. */
export function passages(astra) {
  return astra.run(() => [...document.querySelectorAll("[data-text]")].map((block) => block.innerText.trim()));
}

/** Puts the cursor into the passage that holds `words`, right before them. */
export async function putCursorBefore(astra, words) {
  await astra.run((words) => {
    const block = [...document.querySelectorAll("[data-text]")].find((one) => one.textContent.includes(words));
    if (!block) throw new Error(`no passage with «${words}»`);
    block.scrollIntoView({ block: "center" });
    let left = block.textContent.indexOf(words);
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (left <= node.length) {
        block.focus();
        getSelection().collapse(node, left);
        return;
      }
      left -= node.length;
    }
  }, words);
}

/** Waits until every edit is kept. */
export function saved(astra) {
  return astra.sees("Guardado");
}

/** Opens the one session of the list. */
export async function openOnlySession(astra) {
  await astra.click("row", /sesion-de-muestra/);
  await astra.find("textbox", "Título de la sesión");
  await wholeText(astra);
  await until("its text", async () => (await passages(astra)).length > 0);
}
