// What runs in the page: it says when keys came, when their handlers had ended and when the frames were drawn. The
// function is sent to the web view as text, so everything it needs is inside.

/** Puts `window.bench` there. */
export function installStopwatches() {
  const frame = () => new Promise(requestAnimationFrame);
  const task = () =>
    new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = resolve;
      channel.port2.postMessage(null);
    });
  /** Calls of the core: what was asked, when, and when the answer was there. */
  const calls = [];
  const original = window.fetch;
  window.fetch = async (address, options) => {
    const call = { command: String(address?.url ?? address).split("/").at(-1), asked: performance.now(), answered: null };
    calls.push(call);
    const response = await original(address, options);
    call.answered = performance.now();
    return response;
  };

  const bench = {
    frame,
    calls,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    /** After the next frame was handed over to be drawn. */
    async drawn() {
      await frame();
      await task();
      return performance.now();
    },
    async until(look) {
      for (let left = 3_000; left > 0; left -= 1) {
        const seen = look();
        if (seen) return seen;
        await frame();
      }
      throw new Error(`in vain: ${look}`);
    },
    /** Settles as soon as the page was changed so that `look` gives something. */
    changed(look, root = document) {
      return new Promise((resolve) => {
        const check = () => {
          const seen = look();
          if (seen) {
            observer.disconnect();
            resolve(seen);
          }
        };
        const observer = new MutationObserver(check);
        observer.observe(root, { subtree: true, childList: true, characterData: true });
        check();
      });
    },
    row: (title) => [...document.querySelectorAll("[role=row]")].find((row) => row.textContent.includes(title)),
    texts: () => [...document.querySelectorAll("[data-text]")].filter((text) => text.textContent.trim() !== ""),
    scroller: () => document.querySelector(".plain-list") ?? document.querySelector(".transcript-scroller"),
    /** Elements and texts of the page. */
    nodes() {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
      let count = 1;
      while (walker.nextNode()) count += 1;
      return count;
    },
    /** Scrolls to a share of the text, and waits until the rows there are measured and stand still. */
    async scrollTo(share) {
      const scroller = bench.scroller();
      for (let again = 0; again < 12; again += 1) {
        scroller.scrollTop = share * (scroller.scrollHeight - scroller.clientHeight);
        await frame();
        await frame();
      }
      await bench.wait(300);
    },
    /** Puts the cursor into the middle of the longest text that is wholly on the screen. */
    putCursor() {
      const box = bench.scroller().getBoundingClientRect();
      const seen = bench.texts().filter((text) => {
        const { top, bottom } = text.getBoundingClientRect();
        return top >= box.top + 40 && bottom <= box.bottom - 40;
      });
      const text = seen.sort((one, other) => other.textContent.length - one.textContent.length)[0];
      const node = document.createTreeWalker(text, NodeFilter.SHOW_TEXT).nextNode();
      text.focus();
      getSelection().collapse(node, node.data.indexOf(" ", node.data.length / 2) + 1);
    },
    /** Begins to time letters; `bench.keys` holds what is known. */
    timeKeys() {
      bench.keys = [];
      let key = null;
      bench.stopKeys?.();
      const down = (event) => {
        const heard = performance.now();
        // The engine's own stamp, unless it is of another clock.
        const sane = event.timeStamp <= heard && heard - event.timeStamp < 1_000;
        key = event.key.length === 1 ? { pressed: sane ? event.timeStamp : heard, heard } : null;
      };
      const typed = () => {
        const mine = key;
        key = null;
        if (!mine) return;
        bench.keys.push(mine);
        // React's own microtask with the commit was queued before this one.
        queueMicrotask(() => {
          mine.committed = performance.now();
        });
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            mine.second = performance.now();
          }),
        );
      };
      window.addEventListener("keydown", down, true);
      window.addEventListener("input", typed);
      bench.stopKeys = () => {
        window.removeEventListener("keydown", down, true);
        window.removeEventListener("input", typed);
      };
    },
    /** Times the next key that changes which rows there are; `bench.move` promises what is known. */
    timeMove() {
      bench.move = new Promise((resolve) => {
        window.addEventListener(
          "keydown",
          (event) => {
            const pressed = performance.now();
            const first = calls.length;
            const list = bench.scroller();
            const observer = new MutationObserver(async () => {
              observer.disconnect();
              const mutated = performance.now();
              await frame();
              const firstFrame = performance.now();
              await frame();
              const secondFrame = performance.now();
              const edit = calls.slice(first).find((call) => call.command === "transcript_edit");
              resolve({
                key: event.key,
                asked: edit ? edit.asked - pressed : null,
                answered: edit?.answered ? edit.answered - pressed : null,
                mutated: mutated - pressed,
                firstFrame: firstFrame - pressed,
                secondFrame: secondFrame - pressed,
              });
            });
            observer.observe(list, { subtree: true, childList: true });
          },
          { capture: true, once: true },
        );
      });
    },
    /** Puts a page with nothing but this element in the place of Astra's. */
    replaceBy(element) {
      document.body.replaceChildren(element);
    },
    /** All passages at once, each a row with its time, its speaker and its text: what the window would be without
     * keeping only what is on the screen. Gives when it was drawn, counted from the question for the text. */
    async plainList(session) {
      const began = performance.now();
      const { segments, speakers } = await window.__TAURI_INTERNALS__.invoke("transcript_open", { session });
      const answered = performance.now();
      const names = new Map(speakers.map((speaker) => [speaker.id, speaker.name]));
      const list = document.createElement("div");
      list.className = "plain-list";
      list.style.cssText = "height: 100vh; overflow: auto; font: 15px/26px sans-serif; background: white; color: black";
      for (const segment of segments) {
        const row = document.createElement("div");
        row.style.cssText = "display: grid; grid-template-columns: 70px 160px 1fr; padding: 4px";
        const time = document.createElement("button");
        time.textContent = new Date(segment.start_ms).toISOString().slice(11, 19);
        const name = document.createElement("button");
        name.textContent = names.get(segment.speaker) ?? "";
        const text = document.createElement("div");
        text.contentEditable = "plaintext-only";
        text.dataset.text = segment.id;
        text.setAttribute("role", "textbox");
        text.textContent = segment.text;
        row.append(time, name, text);
        list.append(row);
      }
      bench.replaceBy(list);
      const drawn = await bench.drawn();
      return { answered: answered - began, drawn: drawn - began };
    },
  };
  window.bench = bench;
}
