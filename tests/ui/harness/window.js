// The window as a person sees and uses it: by roles, names and keys.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { screenshots } from "./places.js";
import { pause, until } from "./wait.js";

const require = createRequire(import.meta.url);
const queries = readFileSync(require.resolve("@testing-library/dom/dist/@testing-library/dom.umd.min.js"), "utf8");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export class AstraWindow {
  /** The desktop's id of it, once it was seen. */
  #known = null;

  /** @param {import("webdriverio").Browser} browser */
  constructor(browser) {
    this.browser = browser;
  }

  /** Waits until the page shows something. */
  async ready() {
    await until("the first page", () => this.run(() => document.querySelector("main")?.innerText.trim().length > 0), {
      within: 30_000,
    });
  }

  /** Runs a function in the page. */
  run(action, ...values) {
    return this.browser.execute(action, ...values);
  }

  /** Calls the core as the page does. Only for what a test needs beforehand. */
  core(command, values = {}) {
    return this.browser.executeAsync(
      (command, values, done) => {
        window.__TAURI_INTERNALS__.invoke(command, values).then(
          (answer) => done({ answer }),
          (failure) => done({ failure }),
        );
      },
      command,
      values,
    );
  }

  // ---- looking ----

  /** Everything that can be read on the screen now. */
  text() {
    return this.run(() => document.body.innerText);
  }

  /** Waits until a text, or a match of an expression, can be read. */
  sees(wanted, options) {
    const there = (text) => (wanted instanceof RegExp ? wanted.test(text) : text.includes(wanted));
    return until(`«${wanted}» on the screen`, async () => there(await this.text()), options);
  }

  /** Waits until it can be read no more. */
  seesNoMore(wanted, options) {
    const there = (text) => (wanted instanceof RegExp ? wanted.test(text) : text.includes(wanted));
    return until(`no «${wanted}» on the screen`, async () => !there(await this.text()), options);
  }

  /** The visible elements of a role and, if given, an accessible name (a text is the whole name). */
  async all(role, name) {
    await this.#learn("TestingLibraryDom", queries);
    const found = await this.run(
      (role, source, flags, exact) => {
        const name = exact ?? (source === null ? undefined : new RegExp(source, flags));
        return window.TestingLibraryDom.queryAllByRole(document.body, role, { name }).filter((one) => one.getClientRects().length > 0);
      },
      role,
      name instanceof RegExp ? name.source : null,
      name instanceof RegExp ? name.flags : "",
      typeof name === "string" ? name : null,
    );
    return Promise.all((found ?? []).map((element) => this.browser.$(element)));
  }

  /** Waits for the first of them. */
  find(role, name, options) {
    return this.#until(`${role} «${name ?? ""}»`, async () => (await this.all(role, name))[0], options);
  }

  /** Whether there is one now. */
  async has(role, name) {
    return (await this.all(role, name)).length > 0;
  }

  /** What has the focus: its role and its name, or the text of a field. */
  async focused() {
    await this.#learn("TestingLibraryDom", queries);
    return this.run(() => {
      const one = document.activeElement;
      const role = one?.getAttribute("role") ?? one?.tagName.toLowerCase();
      const name = role === "textbox" ? one.innerText : (one?.getAttribute("aria-label") ?? one?.innerText);
      return `${role === "tr" ? "row" : role} «${(name ?? "").trim()}»`;
    });
  }

  // ---- doing ----

  /** Clicks on the element of a role and name. */
  async click(role, name, options) {
    await this.#until(
      `a click on ${role} «${name}»`,
      async () => {
        const element = (await this.all(role, name))[0];
        if (!element || !(await element.isEnabled()) || !(await this.#rests(element))) return false;
        await element.click();
        return true;
      },
      options,
    );
  }

  /** Presses keys together: `press("Control", "e")`. */
  async press(...keys) {
    await this.browser.keys(keys);
  }

  /** Types as on a keyboard into what has the focus. */
  async type(text) {
    // `keys` lets go of them all at the end, and of two equal letters in a row the second would be none.
    const actions = [...text].flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]);
    await this.browser.performActions([{ type: "key", id: "keyboard", actions }]);
  }

  /** Puts a text into a field instead of what is there. */
  async fill(role, name, text, options) {
    await this.click(role, name, options);
    await this.press("Control", "a");
    await this.type(text);
  }

  /** Makes the window as large as this and puts it into the corner of the screen. */
  async resize(width, height) {
    this.#xdotool("windowmove", this.#id(), "0", "0");
    this.#xdotool("windowsize", this.#id(), String(width), String(height));
    const zoom = (await this.core("settings_get")).answer.text_size / 100;
    await until(`a page of ${width}×${height}`, async () => {
      const size = this.size();
      const page = await this.run(() => [innerWidth, innerHeight]);
      return size[0] === width && size[1] === height && page.every((length, axis) => Math.abs(length * zoom - size[axis]) < 3);
    });
    await this.drawn();
  }

  /** Waits until nothing moves that will soon come to rest, and the last of it is drawn. A message counts its seconds
   * by an animation too. */
  async drawn() {
    await until("a page at rest", () =>
      this.run(() => document.getAnimations().every(({ playState, effect }) => playState !== "running" || effect.getComputedTiming().endTime > 2_000)),
    );
    await this.browser.executeAsync((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))));
  }

  /** Width and height of the window, in pixels. */
  size() {
    const [, width, height] = /WIDTH=(\d+)\s+HEIGHT=(\d+)/.exec(this.#xdotool("getwindowgeometry", "--shell", this.#id()));
    return [Number(width), Number(height)];
  }

  /** How the desktop has it: "Normal", "Iconic" when it is small, or "Withdrawn" when it is hidden. */
  state() {
    const told = execFileSync("xprop", ["-id", this.#known ?? this.#id(), "WM_STATE"], { encoding: "utf8" });
    return /window state: (\w+)/.exec(told)?.[1] ?? "Withdrawn";
  }

  /** Closes it with the keys of the desktop. */
  async askToClose() {
    this.#xdotool("windowactivate", "--sync", this.#id());
    this.#xdotool("key", "--clearmodifiers", "alt+F4");
  }

  /** Goes to a place by its address, for places that other tests reach by hand. */
  async go(place) {
    await this.run((place) => {
      location.hash = `#${place}`;
    }, place);
  }

  /** Loads the page anew, as after a restart. */
  async reload() {
    await this.run(() => location.reload());
    await pause(300);
    await this.ready();
  }

  // ---- evidence ----

  /** Keeps what is to be seen. */
  async shoot(...path) {
    const file = `${join(screenshots, ...path)}.png`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, Buffer.from(await this.browser.takeScreenshot(), "base64"));
  }

  /** Keeps what was to be seen when a test failed. */
  async keepLastSight(name) {
    await this.shoot("failed", name.replaceAll(/[^\p{L}\d]+/gu, "-").slice(0, 100));
  }

  /** What axe finds serious or critical on the screen, in one line each. */
  async seriousProblems() {
    await this.#learn("axe", axe);
    const violations = await this.browser.executeAsync((done) => {
      // What keeps the focus within a dialog is hidden from screen readers on purpose, and gives the focus away at once.
      window.axe.run({ include: [document], exclude: [["[data-tabster-dummy]"]] }, { resultTypes: ["violations"] }).then(
        ({ violations }) => done(violations),
        (error) => done([{ id: String(error), impact: "critical", nodes: [] }]),
      );
    });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => (nodes.length > 0 ? nodes : [{ html: "", failureSummary: "" }]).map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary.split("\n").slice(1).join(" ")}`));
  }

  /** Whether what is about to be clicked stands still: dialogs grow while they open. */
  async #rests(element) {
    const place = () => this.run((one) => JSON.stringify(one.getBoundingClientRect()), element);
    const before = await place();
    await pause(80);
    return (await place()) === before;
  }

  /** Like `until`, and an error tells what was there instead: to read, in focus, and hidden from whoever cannot see it. */
  async #until(what, look, options) {
    try {
      return await until(what, look, options);
    } catch (error) {
      const there = await this.run(() => {
        const hidden = [...document.querySelectorAll("[aria-hidden=true] [role$=dialog], [role$=dialog][aria-hidden=true]")];
        return [document.body.innerText, document.activeElement?.outerHTML.slice(0, 300), hidden.map((one) => one.innerText)];
      });
      error.message += `\nShown:\n${there[0]}\nIn focus: ${there[1]}\nDialogs that are hidden: ${JSON.stringify(there[2])}`;
      throw error;
    }
  }

  async #learn(name, source) {
    const known = await this.run((name) => name in window, name);
    if (!known) await this.browser.execute(source);
  }

  #id() {
    this.#known = this.#xdotool("search", "--onlyvisible", "--name", "^Astra$").trim().split("\n").at(-1);
    return this.#known;
  }

  #xdotool(...args) {
    return execFileSync("xdotool", args, { encoding: "utf8" });
  }
}

export { pause };
