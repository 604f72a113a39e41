// A faked transcript with its journal: edits, undo, redo and history without limit.
import type {
  Change,
  Edit,
  Growth,
  HistoryEntry,
  OpenMinutes,
  Record,
  Segment,
  Speaker,
  Tail,
  Transcript,
} from "../bindings";
import { apply, stepOf, type Text } from "./edits";

type Entry = { before: Text; after: Text; entry: HistoryEntry };

export class FakeTranscript {
  tail: Tail | null = null;
  private text: Text;
  revision = 1;
  private done: Entry[] = [];
  private undone: Entry[] = [];
  private journal: HistoryEntry[] = [];
  /** Segments in the order they were heard, for transcript_grown. */
  private heard: string[];

  constructor(segments: Segment[], speakers: Speaker[], record: Record) {
    this.text = { segments, speakers, stated: { record, entries: [], refused: [] } };
    this.heard = segments.map((segment) => segment.id);
  }

  get segments(): Segment[] {
    return this.text.segments;
  }

  open(): Transcript {
    return {
      revision: this.revision,
      segments: this.segments,
      speakers: this.text.speakers,
      tail: this.tail,
      grown: this.heard.length,
      undo: this.undo,
      redo: this.redo,
    };
  }

  start(): Transcript {
    return { ...this.open(), segments: this.segments.filter((segment) => segment.part === 0).slice(0, 40) };
  }

  minutes(): OpenMinutes {
    return { revision: this.revision, ...this.text.stated, undo: this.undo, redo: this.redo };
  }

  /** Null when nothing was typed. */
  saveRecord(record: Record): Change | null {
    if (JSON.stringify(record) === JSON.stringify(this.text.stated.record)) return null;
    return this.edit(this.revision, { kind: "set_record", record, continues: true });
  }

  grown(after: number): Growth {
    const fresh = new Set(this.heard.slice(after));
    return {
      segments: this.segments.filter((segment) => fresh.has(segment.id)),
      tail: this.tail,
      grown: this.heard.length,
    };
  }

  hear(segments: Segment[], tail: Tail | null): void {
    this.text = { ...this.text, segments: [...this.text.segments, ...segments] };
    this.heard.push(...segments.map((segment) => segment.id));
    this.tail = tail;
  }

  edit(revision: number, edit: Edit): Change {
    this.expect(revision);
    const before = this.text;
    const step = stepOf(edit, before);
    this.text = apply(before, edit);
    const previous = this.done.at(-1);
    this.revision++;
    const last = previous?.entry.segment;
    if (edit.kind === "retext" && edit.continues && previous?.entry.step.kind === "retext" && last === edit.segment) {
      previous.after = this.text;
      previous.entry.step = step;
    } else {
      const segment = "segment" in edit ? edit.segment : "segments" in edit ? (edit.segments[0] ?? null) : null;
      const stated = edit.kind === "put_entry" ? edit.entry.id : edit.kind === "remove_entry" ? edit.entry : null;
      const entry: HistoryEntry = {
        revision: this.revision,
        at_ms: Date.now(),
        step,
        undone: false,
        segment,
        entry: stated,
      };
      this.done.push({ before, after: this.text, entry });
      this.journal.unshift(entry);
    }
    this.undone = [];
    return this.change(before);
  }

  undoStep(revision: number): Change {
    return this.move(revision, this.done, this.undone, "before");
  }

  redoStep(revision: number): Change {
    return this.move(revision, this.undone, this.done, "after");
  }

  history(before: number | null, limit: number): HistoryEntry[] {
    return this.journal
      .filter((entry) => before === null || entry.revision < before)
      .slice(0, limit)
      .map((entry) => ({ ...entry }));
  }

  private move(revision: number, from: Entry[], to: Entry[], side: "before" | "after"): Change {
    this.expect(revision);
    const entry = from.pop();
    const former = this.text;
    if (entry) {
      // What was heard since stays: only the segments that the entry changed go back.
      const other = side === "before" ? entry.after : entry.before;
      const known = new Set([...entry[side].segments, ...other.segments].map((segment) => segment.id));
      const since = this.text.segments.filter((segment) => !known.has(segment.id));
      this.text = { ...entry[side], segments: [...entry[side].segments, ...since] };
      entry.entry.undone = side === "before";
      to.push(entry);
      this.revision++;
    }
    return this.change(former);
  }

  private change(before: Text): Change {
    const former = new Map(before.segments.map((segment) => [segment.id, segment]));
    const segments = this.segments.filter((segment) => former.get(segment.id) !== segment);
    const now = new Set(this.segments.map((segment) => segment.id));
    const removed = before.segments.filter((segment) => !now.has(segment.id)).map((segment) => segment.id);
    const { stated } = this.text;
    const kept = new Set(stated.entries.map((entry) => entry.id));
    return {
      revision: this.revision,
      segments,
      removed,
      speakers: this.text.speakers,
      entries: stated.entries.filter((entry) => !before.stated.entries.includes(entry)),
      entries_removed: before.stated.entries.map((entry) => entry.id).filter((id) => !kept.has(id)),
      record: stated.record === before.stated.record ? null : stated.record,
      undo: this.undo,
      redo: this.redo,
      at: segments[0]?.id ?? null,
    };
  }

  private get undo() {
    return this.done.at(-1)?.entry.step ?? null;
  }

  private get redo() {
    return this.undone.at(-1)?.entry.step ?? null;
  }

  private expect(revision: number): void {
    if (revision === this.revision) return;
    throw { code: "revision_old", message: "El texto cambió mientras tanto.", details: { revision: String(revision) } };
  }
}
