// The open transcript: what the core said last, and what is typed and on its way there. Plain TypeScript; rows and
// panels listen to the topics they show, so one edit redraws one or two rows.
import type {
  Change,
  Commands,
  Edit,
  Growth,
  Record,
  Segment,
  SegmentId,
  SessionId,
  Speaker,
  SpeakerId,
  Step,
  Tail,
  Transcript,
} from "../ipc/bindings";
import { asFailure, EditQueue, type Notice, type Operation, type SaveState } from "./edit_queue";
import { SegmentOrder } from "./segment_order";
import { Signal } from "./signal";

/** What can be listened to beside single segments. `segments` is told at every change of any of them, `timeline` at
 * those that are more than text. */
export type Topic =
  | "ids"
  | "segments"
  | "timeline"
  | "speakers"
  | "steps"
  | "save"
  | "tail"
  | "doubts"
  | "notices"
  | "record";

export class TranscriptStore {
  readonly session: SessionId;
  readonly #commands: Commands;
  readonly #signal = new Signal<Topic | `segment ${SegmentId}`>();
  readonly #queue: EditQueue;
  #order = new SegmentOrder();
  #speakers: readonly Speaker[] = [];
  #revision = 0;
  #grown = 0;
  #growing: Promise<void> | null = null;
  #growAgain = false;
  #doubts: readonly SegmentId[] = [];
  #timeline: readonly Segment[] | null = null;

  /** Whether all of it is there. */
  opened = false;
  tail: Tail | null = null;
  undoStep: Step | null = null;
  redoStep: Step | null = null;
  notices: readonly Notice[] = [];
  /** What the last edit, undo or redo changed; null right after the text was read. */
  lastChange: Change | null = null;
  /** The record as an edit, an undo or a redo from here made it; null before any did. */
  record: Record | null = null;

  constructor(commands: Commands, session: SessionId) {
    this.#commands = commands;
    this.session = session;
    this.#queue = new EditQueue({
      send: (operation) => this.#send(operation),
      applied: (change) => {
        this.#apply(change);
        if (!change.record) return;
        this.record = change.record;
        this.#signal.tell("record");
      },
      settled: (segment) => this.#tellSegment(segment),
      reread: () => this.open(),
      coreText: (segment) => this.#order.get(segment)?.text,
      saveStateChanged: () => this.#signal.tell("save"),
      told: (notice) => this.#notice(notice),
    });
  }

  /** Reads the transcript, or reads it again; drafts stay. Throws the core's failure. */
  async open(): Promise<void> {
    const transcript = await this.#commands.transcriptOpen(this.session);
    this.opened = true;
    this.#take(transcript);
    this.#countDoubts();
    this.#signal.tellAll();
  }

  /** Shows the first passages of a transcript before it is opened. Throws the core's failure. */
  async start(): Promise<void> {
    const first = await this.#commands.transcriptStart(this.session);
    if (this.opened) return;
    this.#take(first);
    this.#signal.tellAll();
  }

  // ---- reading ----
  get ids(): readonly SegmentId[] {
    return this.#order.ids;
  }
  get revision(): number {
    return this.#revision;
  }
  get speakers(): readonly Speaker[] {
    return this.#speakers;
  }
  /** The segments to be heard again, in session order. */
  get doubts(): readonly SegmentId[] {
    return this.#doubts;
  }
  get saveState(): SaveState {
    return this.#queue.saveState;
  }
  get unsaved(): boolean {
    return this.#queue.unsaved;
  }
  segment(id: SegmentId): Segment | undefined {
    return this.#order.get(id);
  }
  /** All segments, for what shows when, who and marks; their text may be an older one. */
  get timeline(): readonly Segment[] {
    this.#timeline ??= this.#order.all();
    return this.#timeline;
  }
  position(id: SegmentId): number {
    return this.#order.position(id);
  }
  neighbour(id: SegmentId, distance: number): SegmentId | undefined {
    return this.#order.neighbour(id, distance);
  }
  /** Every id from one to another, both included, whichever comes first. */
  between(one: SegmentId, other: SegmentId): SegmentId[] {
    const [from, to] = [this.position(one), this.position(other)].sort((a, b) => a - b) as [number, number];
    return from < 0 ? [] : this.ids.slice(from, to + 1);
  }
  /** The segment that is being heard at a moment of a part, or the last one before it. */
  segmentAt(part: number, ms: number): Segment | undefined {
    const position = this.#order.positionAt(part, ms);
    return position < 0 ? undefined : this.#order.at(position);
  }
  speaker(id: SpeakerId | null): Speaker | undefined {
    return this.#speakers.find((speaker) => speaker.id === id);
  }
  /** What the row shows: what was typed, else what the core has. */
  shownText(id: SegmentId): string {
    return this.#queue.draft(id) ?? this.#order.get(id)?.text ?? "";
  }
  /** Whether another person starts to speak here than in the segment before. */
  startsTurn(id: SegmentId): boolean {
    const before = this.neighbour(id, -1);
    return before === undefined || this.segment(before)?.speaker !== this.segment(id)?.speaker;
  }

  // ---- editing ----
  /** Takes the whole text of a segment after a key. */
  type(segment: SegmentId, text: string): void {
    this.#queue.type(segment, text);
  }
  /** The cursor left a segment. */
  settle(segment: SegmentId): Promise<void> {
    return this.#queue.settle(segment);
  }
  /** Sends what was typed now; also the retry after a failure. */
  flush(): Promise<void> {
    return this.#queue.flush();
  }
  /** Null when it was not done; the secretary was told why. */
  edit(edit: Edit): Promise<Change | null> {
    return this.#queue.perform(edit);
  }
  undo(): Promise<Change | null> {
    return this.#queue.perform("undo");
  }
  redo(): Promise<Change | null> {
    return this.#queue.perform("redo");
  }
  /** A change that another form of the page made to the session. */
  async follow(change: Change): Promise<void> {
    if (change.revision <= this.#revision) return;
    if (change.revision === this.#revision + 1) this.#apply(change);
    else await this.open();
  }
  dismissNotice(notice: Notice): void {
    this.notices = this.notices.filter((one) => one !== notice);
    this.#signal.tell("notices");
  }

  // ---- growing ----
  /** Asks for what was heard since; one question at a time, and one more when asked meanwhile. */
  grow(): Promise<void> {
    if (this.#growing) {
      this.#growAgain = true;
      return this.#growing;
    }
    this.#growing = this.#growUntilQuiet().finally(() => {
      this.#growing = null;
    });
    return this.#growing;
  }

  // ---- listening ----
  listen(topic: Topic, listener: () => void): () => void {
    return this.#signal.listen(topic, listener);
  }
  listenTo(segment: SegmentId, listener: () => void): () => void {
    return this.#signal.listen(`segment ${segment}`, listener);
  }

  #send(operation: Operation): Promise<Change> {
    if (operation === "undo") return this.#commands.transcriptUndo(this.session, this.#revision);
    if (operation === "redo") return this.#commands.transcriptRedo(this.session, this.#revision);
    return this.#commands.transcriptEdit(this.session, this.#revision, operation);
  }

  #take(transcript: Transcript): void {
    this.#order = new SegmentOrder(transcript.segments);
    this.#timeline = null;
    this.#revision = transcript.revision;
    this.#speakers = transcript.speakers;
    this.#grown = transcript.grown;
    this.tail = transcript.tail;
    this.undoStep = transcript.undo;
    this.redoStep = transcript.redo;
    this.lastChange = null;
  }

  #apply(change: Change): void {
    const { ids } = this;
    const wasDoubtful = (id: SegmentId) => this.#order.get(id)?.doubtful ?? false;
    const doubtsBefore = change.segments.map((segment) => wasDoubtful(segment.id));
    const doubtRemoved = change.removed.some(wasDoubtful);
    const reshaped = change.segments.some((segment) => !sameShape(this.#order.get(segment.id), segment));
    const altered = this.#order.apply(change);
    this.#revision = change.revision;
    const speakersChanged = !sameSpeakers(this.#speakers, change.speakers);
    if (speakersChanged) this.#speakers = change.speakers;
    this.undoStep = change.undo;
    this.redoStep = change.redo;
    this.lastChange = change;
    const moved = ids !== this.ids;
    const doubtsMoved = change.segments.some((segment, at) => segment.doubtful !== doubtsBefore[at]);
    if (doubtRemoved || doubtsMoved || (moved && this.#doubts.length > 0)) {
      this.#countDoubts();
      this.#signal.tell("doubts");
    }
    if (moved) this.#signal.tell("ids");
    for (const id of altered) this.#tellSegment(id);
    if (altered.size > 0) this.#signal.tell("segments");
    if (reshaped || moved) this.#tellTimeline();
    if (speakersChanged) this.#signal.tell("speakers");
    this.#signal.tell("steps");
  }

  async #growUntilQuiet(): Promise<void> {
    do {
      this.#growAgain = false;
      try {
        this.#takeGrowth(await this.#commands.transcriptGrown(this.session, this.#grown));
      } catch (thrown) {
        this.#notice({ kind: "refused", failure: asFailure(thrown) });
        return;
      }
    } while (this.#growAgain);
  }

  #takeGrowth(growth: Growth): void {
    this.#grown = growth.grown;
    this.tail = growth.tail;
    // A segment that is here already may have been corrected meanwhile: ours came with a later revision.
    const fresh = growth.segments.filter((segment) => !this.#order.get(segment.id));
    const altered = this.#order.append(fresh);
    if (altered.size > 0) {
      if (fresh.some((segment) => segment.doubtful)) {
        this.#countDoubts();
        this.#signal.tell("doubts");
      }
      this.#signal.tell("ids");
      for (const id of altered) this.#tellSegment(id);
      this.#signal.tell("segments");
      this.#tellTimeline();
    }
    this.#signal.tell("tail");
  }

  #countDoubts(): void {
    this.#doubts = this.#order.ids.filter((id) => this.#order.get(id)?.doubtful);
  }

  #tellTimeline(): void {
    this.#timeline = null;
    this.#signal.tell("timeline");
  }

  #tellSegment(id: SegmentId): void {
    this.#signal.tell(`segment ${id}`);
  }

  #notice(notice: Notice): void {
    const known = this.notices.some((one) => JSON.stringify(one) === JSON.stringify(notice));
    if (!known) this.notices = [...this.notices, notice].slice(-3);
    this.#signal.tell("notices");
  }
}

function sameShape(before: Segment | undefined, after: Segment): boolean {
  return (
    before?.start_ms === after.start_ms &&
    before.end_ms === after.end_ms &&
    before.speaker === after.speaker &&
    before.doubtful === after.doubtful &&
    before.mark === after.mark
  );
}

function sameSpeakers(before: readonly Speaker[], after: readonly Speaker[]): boolean {
  const same = (one: Speaker, other: Speaker | undefined) =>
    one.id === other?.id && one.name === other.name && one.role === other.role && one.colour === other.colour;
  return before.length === after.length && before.every((one, at) => same(one, after[at]));
}
