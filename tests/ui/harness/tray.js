// A tray beside the window under test: without it this desktop has none, as GNOME has none.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("tray.py", import.meta.url));

export class Tray {
  /** One that is there until the test ends. */
  static async new(t) {
    const tray = new Tray();
    tray.process = spawn("/usr/bin/python3", [program], { stdio: ["pipe", "pipe", "inherit"] });
    t.after(() => tray.process.kill());
    tray.lines = createInterface({ input: tray.process.stdout })[Symbol.asyncIterator]();
    const { value } = await tray.lines.next();
    if (value !== "ready") throw new Error(`the tray says «${value}»`);
    return tray;
  }

  /** What the menu of Astra's icon says, line by line; null while there is no icon. */
  menu() {
    return this.#ask("");
  }

  /** Presses a line of that menu. */
  async press(label) {
    const menu = await this.#ask(label);
    if (!menu?.includes(label)) throw new Error(`no «${label}» in the tray, but ${JSON.stringify(menu)}`);
  }

  async #ask(line) {
    this.process.stdin.write(`${line}\n`);
    return JSON.parse((await this.lines.next()).value);
  }
}
