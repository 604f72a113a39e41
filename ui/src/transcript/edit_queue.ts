// Sends edits one after the other, each with the revision the one before left. Typed text waits here as drafts
// until the core has it: whatever fails, a draft stays on screen and is sent again.
import type { Change, Edit, Failure, SegmentId } from "../ipc/bindings";
import { tidy } from "./words";

export type Operation = Edit | "undo" | "redo";
/** Whether everything typed is in the core. */
export type SaveState = { kind: "saved" } | { kind: "saving" } | { kind: "failed"; failure: Failure };
/** What the secretary must be told: the text was read again (and what was typed where no text is any more), or
 * something was not done. */
export type Notice = { kind: "reread" } | { kind: "orphaned"; text: string } | { kind: "refused"; failure: Failure };

/** What the queue needs of the store. */
export type Door = {
  send(operation: Operation): Promise<Change>;
  applied(change: Change): void;
  /** A draft is in the core and the cursor is elsewhere: the core's own text is shown from now on. */
  settled(segment: SegmentId): void;
  /** Reads the transcript again because its revision was not the one we knew. */
  reread(): Promise<void>;
  /** The text as the core has it, undefined when the segment is gone. */
  coreText(segment: SegmentId): string | undefined;
  saveStateChanged(): void;
  told(notice: Notice): void;
};

const TYPING_PAUSE_MS = 400;
const LONGEST_UNSENT_MS = 2000;
/** A longer rest between two keys starts another typing run, which is another undo. */
const RUN_PAUSE_MS = 3000;
const RETRY_MS = 5000;
const STALE = "edit_stale";

export class EditQueue {
  readonly #door: Door;
  readonly #drafts = new Map<SegmentId, string>();
  #chain: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #failure: Failure | null = null;
  #shown: SaveState = { kind: "saved" };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unsentSince = 0;
  /** The typing run: its segment, whether one retext of it was sent, and when its last key was. */
  #run: { segment: SegmentId; sent: boolean; at: number } | null = null;

  constructor(door: Door) {
    this.#door = door;
  }

  get saveState(): SaveState {
    return this.#shown;
  }

  /** What was typed and is not (or not word for word) in the core yet. */
  draft(segment: SegmentId): string | undefined {
    return this.#drafts.get(segment);
  }

  /** Takes the whole text of a segment after a key. */
  type(segment: SegmentId, text: string): void {
    const now = Date.now();
    const goesOn = this.#run?.segment === segment && now - this.#run.at < RUN_PAUSE_MS;
    this.#run = goesOn && this.#run ? { ...this.#run, at: now } : { segment, sent: false, at: now };
    this.#drafts.set(segment, text);
    this.#unsentSince ||= now;
    const rest = Math.min(TYPING_PAUSE_MS, Math.max(0, this.#unsentSince + LONGEST_UNSENT_MS - now));
    this.#later(rest);
    this.#show();
  }

  /** The cursor left a segment: its typing run ends and what was typed is sent. */
  settle(segment: SegmentId): Promise<void> {
    if (this.#run?.segment === segment) this.#run = null;
    if (!this.#drafts.has(segment)) return Promise.resolve();
    return this.flush();
  }

  /** Sends what was typed now. Also the retry after a failure. */
  flush(): Promise<void> {
    return this.#enqueue(() => this.#sendDrafts()).then(
      () => undefined,
      () => undefined,
    );
  }

  /** Sends typing first and then this. Null when it was not done; the secretary was told why. */
  perform(operation: Operation): Promise<Change | null> {
    this.#run = null;
    this.#waiting += 1;
    const work = this.#enqueue(async () => {
      await this.#sendDrafts();
      const change = await this.#door.send(operation);
      this.#accept(change, operation);
      return change;
    });
    return work
      .catch(async (thrown: unknown) => {
        const failure = asFailure(thrown);
        if (failure.code === STALE) await this.#reread();
        else this.#door.told({ kind: "refused", failure });
        return null;
      })
      .finally(() => {
        this.#waiting -= 1;
        this.#show();
      });
  }

  /** Whether something typed is not in the core. */
  get unsaved(): boolean {
    for (const segment of this.#drafts.keys()) if (this.#differs(segment)) return true;
    return false;
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const result = this.#chain.then(work);
    this.#chain = result.catch(() => undefined);
    this.#show();
    return result;
  }

  async #sendDrafts(): Promise<void> {
    this.#unsentSince = 0;
    try {
      for (const segment of [...this.#drafts.keys()]) await this.#sendDraft(segment);
      this.#failure = null;
    } catch (thrown) {
      this.#failure = asFailure(thrown);
      this.#later(RETRY_MS);
      throw thrown;
    } finally {
      this.#show();
    }
  }

  async #sendDraft(segment: SegmentId): Promise<void> {
    for (let again = 0; this.#differs(segment); again += 1) {
      const text = tidy(this.#drafts.get(segment) ?? "");
      const run = this.#run?.segment === segment ? this.#run : null;
      const edit: Edit = { kind: "retext", segment, text, continues: run?.sent ?? false };
      try {
        const change = await this.#door.send(edit);
        if (this.#run?.segment === segment) this.#run.sent = true;
        this.#accept(change, edit);
        break;
      } catch (thrown) {
        const failure = asFailure(thrown);
        if (failure.code === STALE && again < 3) await this.#reread();
        else if (failure.code.startsWith("edit_") && failure.code !== STALE) {
          this.#drafts.delete(segment);
          this.#door.told({ kind: "refused", failure });
        } else throw thrown;
      }
    }
    this.#forgetSettled(segment);
  }

  async #reread(): Promise<void> {
    await this.#door.reread();
    this.#door.told({ kind: "reread" });
    for (const [segment, text] of this.#drafts) {
      if (this.#door.coreText(segment) !== undefined) continue;
      this.#drafts.delete(segment);
      this.#door.told({ kind: "orphaned", text });
    }
    if (this.#run) this.#run.sent = false;
  }

  #accept(change: Change, operation: Operation): void {
    const typed = typeof operation === "object" && operation.kind === "retext";
    for (const id of change.removed) this.#drafts.delete(id);
    if (!typed) {
      // What was typed is in the core already; where the edit gave another text, that one is shown.
      for (const after of change.segments) {
        if (this.#door.coreText(after.id) !== after.text) this.#drafts.delete(after.id);
      }
    }
    this.#door.applied(change);
  }

  /** While the cursor is in a segment its text stays as typed (a space at the end, say), though the core keeps it tidy. */
  #forgetSettled(segment: SegmentId): void {
    if (this.#run?.segment === segment || this.#differs(segment)) return;
    this.#drafts.delete(segment);
    this.#door.settled(segment);
  }

  #differs(segment: SegmentId): boolean {
    const draft = this.#drafts.get(segment);
    const core = this.#door.coreText(segment);
    return draft !== undefined && core !== undefined && tidy(draft) !== core;
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }

  #show(): void {
    const next = this.#state();
    if (next.kind === this.#shown.kind && (next.kind !== "failed" || next === this.#shown)) return;
    this.#shown = next;
    this.#door.saveStateChanged();
  }

  #state(): SaveState {
    if (this.#failure) {
      const same = this.#shown.kind === "failed" && this.#shown.failure === this.#failure;
      return same ? this.#shown : { kind: "failed", failure: this.#failure };
    }
    return this.#waiting > 0 || this.unsaved ? { kind: "saving" } : { kind: "saved" };
  }
}

/** Whatever was thrown, as the failure that the wire promises. */
export function asFailure(thrown: unknown): Failure {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown)
    return thrown as Failure;
  return { code: "broken", message: String(thrown), details: {} };
}
