// A computer with Astra on it: folders of its own, gone with the test.
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { remote } from "webdriverio";
import { programs, sample, sampleHeard } from "./places.js";
import { gone, kill, running } from "./processes.js";
import { until } from "./wait.js";
import { AstraWindow } from "./window.js";

const filling = fileURLToPath(new URL("fill.py", import.meta.url));

export class Computer {
  #driver = null;
  #window = null;
  #chosen = {};
  /** Whether Astra may run more than once, as other tests on the same message bus need it. */
  many = true;

  /**
   * A fresh one. The engine gets one thread: threads that wait for each other by spinning take many times longer
   * when they share cores with the window. `settings` are what the secretary chose already; without `welcomed:
   * false` she has seen the welcome.
   */
  static async new(t, settings = {}) {
    const computer = new Computer();
    computer.folder = mkdtempSync(join(tmpdir(), "astra-window-"));
    computer.data = join(computer.folder, "datos");
    for (const name of ["casa", "casa/Documentos", "memoria", "ejecucion"]) {
      mkdirSync(join(computer.folder, name), { recursive: true, mode: 0o700 });
    }
    t.after(() => computer.end(t));
    computer.astra("sessions", "list");
    computer.#chosen = { threads: 1, welcomed: true, ...settings };
    computer.choose(computer.#chosen);
    return computer;
  }

  /** Puts a copy of a file, the sample by default, on the secretary's memory stick. */
  bring(name, file = sample) {
    const path = join(this.folder, "memoria", name);
    copyFileSync(file, path);
    return path;
  }

  /** The sample, on the stick. */
  bringSample() {
    return this.bring(basename(sample));
  }

  /** The folder of the stick. */
  get stick() {
    return join(this.folder, "memoria");
  }

  /** Writes what the secretary chose, while the window is closed. */
  choose(settings) {
    this.sql(
      `INSERT INTO setting (name, value) VALUES ('settings', json_patch('{}', ?))
       ON CONFLICT (name) DO UPDATE SET value = json_patch(value, excluded.value)`,
      JSON.stringify(settings),
    );
  }

  /** What the database answers, as rows; for what a person could not see on the screen. */
  sql(statement, ...values) {
    const program = `
import json, sqlite3, sys
database = sqlite3.connect(sys.argv[1], timeout=10)
with database:
    print(json.dumps(database.execute(sys.argv[2], json.loads(sys.argv[3])).fetchall()))`;
    const database = join(this.data, "astra.db");
    return JSON.parse(execFileSync("python3", ["-c", program, database, statement, JSON.stringify(values)], { encoding: "utf8" }));
  }

  /** Runs the command line on the same data and returns the objects it printed. */
  astra(...args) {
    const printed = execFileSync(programs.commandLine, [...args, "--json"], { env: this.#environment(), encoding: "utf8" });
    return printed.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  }

  /** Has the sample heard beforehand, by the command line, with what was set up before. */
  listenToSample() {
    this.astra("transcribe", this.bringSample(), "--threads", "1", "--out", this.folder);
  }

  /** Takes over the sample as it was heard once for all tests that begin with its text. */
  takeSampleHeard() {
    cpSync(join(sampleHeard, "datos"), this.data, { recursive: true });
    this.choose(this.#chosen);
    this.sql("UPDATE recording SET source = CAST(? AS BLOB)", this.bringSample());
    this.sql("DELETE FROM document");
  }

  /** Puts sessions there that would take hours to listen to; returns the id of the one of seven hours. */
  fill() {
    return execFileSync("python3", [filling, join(this.data, "astra.db"), this.stick], { encoding: "utf8" }).trim();
  }

  /** The transcript of the one session there is, as the command line tells it. */
  transcript() {
    const sessions = this.astra("sessions", "list");
    if (sessions.length !== 1) throw new Error(`${sessions.length} sessions`);
    return this.astra("sessions", "show", sessions[0].id)[0];
  }

  /** Opens Astra, with recordings as «Abrir con» gives them. */
  async open(...recordings) {
    const port = await freePort();
    this.#driver = spawn("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], {
      env: { ...this.#environment(), TAURI_AUTOMATION: "true", TAURI_WEBVIEW_AUTOMATION: "true" },
      cwd: this.folder,
      stdio: "ignore",
    });
    await until("the web driver", async () => (await fetch(`http://127.0.0.1:${port}/status`)).ok);
    const browser = await remote({
      hostname: "127.0.0.1",
      port,
      logLevel: "error",
      connectionRetryCount: 0,
      capabilities: {
        "wdio:enforceWebDriverClassic": true,
        "webkitgtk:browserOptions": { binary: programs.window, args: recordings },
      },
    });
    this.#window = new AstraWindow(browser);
    await this.#window.ready();
    return this.#window;
  }

  /** Starts Astra as a log-in does, with nobody who drives its page. */
  startAtLogIn() {
    spawn(programs.window, ["--hidden"], { env: this.#environment(), stdio: "ignore" });
  }

  /** Starts Astra once more beside the window that is open, and waits until that start has ended by itself. */
  openSecond(...recordings) {
    execFileSync(programs.window, recordings, { env: this.#environment(), timeout: 30_000 });
  }

  /** Ends Astra the way a desktop does that closes, and waits until it ended by itself. */
  async logOff() {
    for (const id of running(programs.window, this.data)) process.kill(id, "SIGTERM");
    await gone(programs.window, this.data);
    await this.#forgetDriver();
  }

  /** Closes the window as a person does, and waits until the program ended. */
  async close() {
    await this.#window.askToClose();
    await gone(programs.window, this.data);
    await this.#forgetDriver();
  }

  /** Ends Astra the way a power cut does. */
  async cutPower() {
    await kill(programs.window, this.data);
    await this.#forgetDriver();
    // The engine host ends by itself, because nobody speaks to it any more.
    await gone(programs.engine, this.data);
  }

  /** Kills the engine host that is listening; returns whether there was one. */
  async killEngine() {
    const there = running(programs.engine, this.data).length > 0;
    await kill(programs.engine, this.data);
    return there;
  }

  /** The windows that are open, by process. */
  windows() {
    return running(programs.window, this.data);
  }

  /** How many engine hosts run. */
  engines() {
    return running(programs.engine, this.data).length;
  }

  async end(t) {
    if (this.#window && !t.passed) await this.#window.keepLastSight(t.fullName ?? t.name).catch(() => undefined);
    await kill(programs.window, this.data);
    await this.#forgetDriver();
    await kill(programs.engine, this.data);
    // The web view's processes end a moment after the window, and write until then.
    await until("an empty folder", () => {
      rmSync(this.folder, { recursive: true, force: true });
      return true;
    });
  }

  async #forgetDriver() {
    this.#window = null;
    const driver = this.#driver;
    this.#driver = null;
    if (driver && driver.exitCode === null) {
      driver.kill();
      await until("the end of the web driver", () => driver.exitCode !== null || driver.signalCode !== null);
    }
  }

  #environment() {
    const home = join(this.folder, "casa");
    return {
      ...process.env,
      HOME: home,
      XDG_CONFIG_HOME: join(home, ".config"),
      XDG_DATA_HOME: join(home, ".local", "share"),
      XDG_CACHE_HOME: join(home, ".cache"),
      XDG_RUNTIME_DIR: join(this.folder, "ejecucion"),
      ASTRA_DATA_DIR: this.data,
      ...(this.many ? { ASTRA_MANY_INSTANCES: "1" } : {}),
      GDK_BACKEND: "x11",
      LANG: "C.UTF-8",
    };
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
