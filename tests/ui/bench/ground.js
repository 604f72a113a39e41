// What is measured on: computers with the release programs and full data folders, and the page with its stopwatches.
import { join } from "node:path";
import { Computer } from "../harness/computer.js";
import { programs, root } from "../harness/places.js";
import { until } from "../harness/wait.js";
import { addManySessions } from "./many_sessions.js";
import { addSevenHours, TITLE } from "./seven_hours.js";
import { installStopwatches } from "./stopwatches.js";

const built = process.env.ASTRA_BENCH_PROGRAMS ?? join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "release");
for (const name of Object.keys(programs)) {
  const file = programs[name].split("/").at(-1);
  programs[name] = join(built, file);
}

export { programs };

export class Ground {
  #computers = new Map();
  #ends = [];

  /** The window on the data folder with the seven hours, at the list. */
  sevenHours() {
    return this.#window("seven hours", addSevenHours);
  }

  /** The window on the data folder with ten thousand sessions, at the list. */
  manySessions() {
    return this.#window("many sessions", addManySessions);
  }

  /** Closes what is open: two windows at once would hinder each other. */
  async end() {
    for (const end of this.#ends.splice(0)) await end();
    this.#computers.clear();
  }

  async #window(name, fill) {
    if (!this.#computers.has(name)) {
      await this.end();
      const computer = await Computer.new({ passed: true, after: (end) => this.#ends.push(end) }, { listening_copy: false });
      fill(computer);
      const astra = await computer.open();
      await astra.browser.setTimeout({ script: 600_000 });
      await astra.resize(1280, 800);
      this.#computers.set(name, new Page(astra, computer.data));
    }
    const page = this.#computers.get(name);
    await page.reload();
    return page;
  }
}

/** The page in the window. */
export class Page {
  constructor(astra, data) {
    this.astra = astra;
    this.data = data;
  }

  /** Loads the page again, at the list, with nothing remembered, and waits for the list. */
  async reload() {
    await this.astra.run(() => {
      location.hash = "#/";
      window.bench = undefined;
      location.reload();
    });
    await until("the page again", () => this.astra.run(() => document.querySelector("[role=row] [role=gridcell]") !== null && !("bench" in window)), { within: 60_000 });
    await this.do(installStopwatches);
  }

  /** Opens the session of seven hours and waits for its text. */
  async openSession() {
    await this.reload();
    await this.do(async (title) => {
      bench.row(title).click();
      await bench.until(() => bench.texts().length > 0 && !bench.scroller().inert);
    }, TITLE);
  }

  /** Runs a function in the page, waits for what it promises, and returns that. */
  async do(action, ...values) {
    const script = `
      const done = arguments[arguments.length - 1];
      const values = Array.prototype.slice.call(arguments, 0, -1);
      Promise.resolve().then(() => (${action})(...values)).then(
        (answer) => done({ answer }), (error) => done({ failure: String(error) + " " + error.stack }));`;
    const { answer, failure } = await this.astra.browser.executeAsync(script, ...values);
    if (failure) throw new Error(failure);
    return answer;
  }

  /** Presses keys one after the other as fast as a good typist, or every `every` milliseconds. */
  async press(keys, every = 100) {
    const actions = keys.flatMap((value) => [
      { type: "keyDown", value },
      { type: "keyUp", value },
      { type: "pause", duration: every },
    ]);
    await this.astra.browser.performActions([{ type: "key", id: "keyboard", actions }]);
  }
}
