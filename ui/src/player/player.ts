// Plays a session on one clock over many files: two decks take turns, so that the seam between files is not heard,
// and a file that is gone or cannot be decoded is replaced by another one that covers the moment.
import type { Media, PartView } from "../ipc/bindings";
import { durationOf, toPart } from "../lib/timeline";
import { Deck } from "./deck";
import { type Source, sourceAt, sourcesOf } from "./sources";

/** A stretch of the session, in session ms. */
export type Range = { fromMs: number; toMs: number };

/** Why the present moment cannot be heard: no file of it is here, or those that are cannot be played. */
export type PlayFailure = { part: number; reason: "absent" | "undecodable" };

export type PlayerState = {
  playing: boolean;
  ms: number;
  speed: number;
  volume: number;
  loop: Range | null;
  durationMs: number;
  failure: PlayFailure | null;
};

export type Player = {
  play(): void;
  pause(): void;
  toggle(): void;
  seek(sessionMs: number): void;
  playFrom(sessionMs: number): void;
  /** Plays the range once and stops at its end. */
  playRange(fromMs: number, toMs: number): void;
  setLoop(range: Range | null): void;
  /** 0.5 to 2; the pitch stays. */
  setSpeed(speed: number): void;
  /** 0 to 1. */
  setVolume(volume: number): void;
  state(): PlayerState;
  /** Told of every change of the state but the passing of time; returns what stops it. */
  subscribe(listener: () => void): () => void;
  /** Told the session ms at each drawn frame while playing, and after every seek and pause; returns what stops it. */
  onTick(listener: (ms: number) => void): () => void;
};

export const SPEEDS: readonly number[] = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.25, 1.5, 1.75, 2];
/** Playing again after a pause starts this much earlier, so that the word cut by the pause is heard whole. */
export const REWIND_MS = 1500;

/** The next file is opened when this much of the present one is left. */
const PRELOAD_MS = 20_000;
/** A file takes about this long to begin to sound, so the next one is started this much before the seam. */
const SEAM_LEAD_MS = 25;
/** Web views tell `currentTime` in coarse steps; the clock runs on by itself at most this far beyond the last one. */
const INTERPOLATION_LIMIT_MS = 500;

type Listeners<Listener> = readonly Listener[];

export class SessionPlayer implements Player {
  #sources: Source[] = [];
  #parts: readonly PartView[] = [];
  #failed = new Set<string>();
  /** Made at the first need and dropped by close(), so that a closed player can be used again. */
  #decks: { active: Deck; standby: Deck } | null = null;
  #source: Source | null = null;
  /** Whether it is known what can be played; a session's text comes before its sound. */
  #known = false;
  /** Where to begin as soon as it is known. */
  #wished: number | null = null;
  #snapshot: PlayerState = {
    playing: false,
    ms: 0,
    speed: 1,
    volume: 1,
    loop: null,
    durationMs: 0,
    failure: null,
  };
  #ms = 0;
  #rewindsOnPlay = false;
  /** Session ms at which to stop, while a range is played once. */
  #stopAt: number | null = null;
  #reportedSeconds = -1;
  #reportedAt = 0;
  /** Whether the file's own time has moved since it was positioned: until then nothing is heard and the clock stands. */
  #moving = false;
  #frame = 0;
  #stateListeners: Listeners<() => void> = [];
  #tickListeners: Listeners<(ms: number) => void> = [];

  /** On the clock of these parts, so that it can be sent somewhere before anything can be played. */
  constructor(parts: readonly PartView[]) {
    this.#parts = parts;
    this.#snapshot = { ...this.#snapshot, durationMs: durationOf(parts) };
  }

  /** Takes what can be played; again and again while a session is being listened to and its copy grows. */
  setMedia(media: Media | undefined, parts: readonly PartView[]): void {
    const hadFailed = this.#snapshot.failure !== null;
    this.#parts = parts;
    this.#sources = media ? sourcesOf(media, parts) : [];
    const durationMs = durationOf(parts);
    if (durationMs !== this.#snapshot.durationMs) this.#change({ durationMs });
    // What had failed may be back under the same address: a card is in its reader again.
    if (hadFailed) this.#failed.clear();
    this.#known = media !== undefined;
    if (!media) return;
    const still = this.#sources.find((source) => source.url === this.#source?.url);
    if (still) this.#source = still;
    else this.#activate(this.#ms);
    if (this.#wished !== null) this.#start(this.#wished);
  }

  /** Lets go of files, decoders and frames. */
  close(): void {
    this.#stopTicking();
    this.#decks?.active.close();
    this.#decks?.standby.close();
    this.#decks = null;
    this.#source = null;
    this.#snapshot = { ...this.#snapshot, playing: false };
  }

  play(): void {
    if (this.#snapshot.playing) return;
    if (this.#snapshot.failure) this.#failed.clear();
    this.#stopAt = null;
    let from = this.#ms;
    if (this.#rewindsOnPlay) from = Math.max(this.#snapshot.loop?.fromMs ?? 0, from - REWIND_MS, 0);
    if (from >= this.#snapshot.durationMs - SEAM_LEAD_MS) from = 0;
    this.#start(from);
  }

  pause(): void {
    this.#stopAt = null;
    this.#wished = null;
    if (!this.#snapshot.playing) return;
    this.#readClock();
    this.#halt();
    this.#rewindsOnPlay = true;
    this.#tell();
  }

  toggle(): void {
    if (this.#snapshot.playing || this.#wished !== null) this.pause();
    else this.play();
  }

  seek(sessionMs: number): void {
    const ms = Math.min(Math.max(0, sessionMs), this.#snapshot.durationMs);
    this.#stopAt = null;
    this.#rewindsOnPlay = false;
    const loop = this.#snapshot.loop;
    // Whoever goes somewhere else does not want to be taken back.
    if (loop && (ms < loop.fromMs || ms >= loop.toMs)) this.#change({ loop: null });
    if (this.#wished !== null) this.#wished = ms;
    this.#goTo(ms);
  }

  playFrom(sessionMs: number): void {
    this.seek(sessionMs);
    this.#start(this.#ms);
  }

  playRange(fromMs: number, toMs: number): void {
    this.setLoop(null);
    this.playFrom(fromMs);
    this.#stopAt = toMs;
  }

  setLoop(range: Range | null): void {
    this.#stopAt = null;
    this.#change({ loop: range });
    if (range && (this.#ms < range.fromMs || this.#ms >= range.toMs)) this.seek(range.fromMs);
  }

  setSpeed(speed: number): void {
    const allowed = Math.min(2, Math.max(0.5, speed));
    this.#readClock();
    this.#reportedSeconds = -1;
    this.#decks?.active.setSpeed(allowed);
    this.#decks?.standby.setSpeed(allowed);
    this.#change({ speed: allowed });
  }

  setVolume(volume: number): void {
    const allowed = Math.min(1, Math.max(0, volume));
    this.#decks?.active.setVolume(allowed);
    this.#decks?.standby.setVolume(allowed);
    this.#change({ volume: allowed });
  }

  state(): PlayerState {
    return { ...this.#snapshot, ms: this.#ms };
  }

  /** The same object until something changes; its `ms` is that of the last change. */
  snapshot = (): PlayerState => this.#snapshot;

  subscribe = (listener: () => void): (() => void) => {
    this.#stateListeners = [...this.#stateListeners, listener];
    return () => {
      this.#stateListeners = this.#stateListeners.filter((each) => each !== listener);
    };
  };

  onTick(listener: (ms: number) => void): () => void {
    this.#tickListeners = [...this.#tickListeners, listener];
    return () => {
      this.#tickListeners = this.#tickListeners.filter((each) => each !== listener);
    };
  }

  #start(from: number): void {
    this.#rewindsOnPlay = false;
    if (from !== this.#ms || !this.#source) this.#goTo(from);
    this.#wished = this.#known ? null : from;
    if (!this.#known) return;
    if (!this.#source) {
      this.#fail();
      return;
    }
    if (!this.#snapshot.playing) this.#change({ playing: true });
    this.#sound();
    this.#startTicking();
  }

  #goTo(ms: number): void {
    this.#activate(ms);
    this.#tell();
  }

  /** Puts the deck that holds a moment in front, positioned there and sounding if the player plays. */
  #activate(ms: number): void {
    this.#ms = ms;
    this.#reportedSeconds = -1;
    const source = this.#sourceFor(ms);
    this.#source = source;
    if (!source) {
      this.#decks?.active.pause();
      // Whoever only looks at a place without sound is told when she wants to hear it, not before.
      if (this.#snapshot.playing || this.#snapshot.failure) this.#fail();
      return;
    }
    if (this.#snapshot.failure) this.#change({ failure: null });
    const decks = this.#readyDecks();
    if (decks.active.url !== source.url) {
      decks.active.pause();
      if (decks.standby.url !== source.url) decks.standby.load(source.url);
      this.#swap(decks);
    }
    decks.active.seek(Math.max(0, ms - source.fromMs) / 1000);
    if (this.#snapshot.playing) this.#sound();
  }

  /** The end of the session belongs to its last source, though no source covers it. */
  #sourceFor(ms: number): Source | null {
    const last = this.#snapshot.durationMs - 1;
    return sourceAt(this.#sources, Math.min(ms, Math.max(0, last)), this.#failed);
  }

  #fail(): void {
    this.#halt();
    if (this.#parts.length === 0) return;
    const { part } = toPart(this.#parts, this.#ms);
    const undecodable = sourceAt(this.#sources, this.#ms, new Set()) !== null;
    this.#change({ failure: { part, reason: undecodable ? "undecodable" : "absent" } });
  }

  #halt(): void {
    this.#decks?.active.pause();
    this.#decks?.standby.pause();
    this.#stopTicking();
    if (this.#snapshot.playing) this.#change({ playing: false });
  }

  #sound(): void {
    const deck = this.#readyDecks().active;
    deck.play().catch((reason: unknown) => {
      // A pause or another file overtook it, or the file failed, which has its own event. Only a web view that
      // refuses to play at all leaves the player silent, and then it must not say that it plays.
      if (reason instanceof DOMException && reason.name === "NotAllowedError" && this.#snapshot.playing) this.#halt();
    });
  }

  #readyDecks(): { active: Deck; standby: Deck } {
    if (this.#decks) return this.#decks;
    const events = {
      ended: (deck: Deck) => {
        if (deck === this.#decks?.active && this.#snapshot.playing) this.#crossSeam();
      },
      failed: (deck: Deck) => this.#replace(deck),
      started: (deck: Deck) => {
        // The former file was left to run out under the beginning of this one.
        if (deck === this.#decks?.active) this.#decks.standby.pause();
        this.#reportedSeconds = -1;
      },
      progressed: (deck: Deck) => {
        if (deck === this.#decks?.active && this.#snapshot.playing) this.#advance();
      },
    };
    const decks = { active: new Deck(events), standby: new Deck(events) };
    this.#decks = decks;
    for (const deck of [decks.active, decks.standby]) {
      deck.setSpeed(this.#snapshot.speed);
      deck.setVolume(this.#snapshot.volume);
    }
    return decks;
  }

  #swap(decks: { active: Deck; standby: Deck }): void {
    [decks.active, decks.standby] = [decks.standby, decks.active];
  }

  #replace(deck: Deck): void {
    if (deck.url !== null) this.#failed.add(deck.url);
    const wasActive = deck === this.#decks?.active;
    deck.unload();
    if (wasActive) this.#activate(this.#ms);
  }

  /** Goes on with the next file, which is already open if all went well, or stops where nothing follows. */
  #crossSeam(): void {
    const ended = this.#source;
    if (!ended) return;
    const { loop, durationMs } = this.#snapshot;
    if (loop && loop.toMs <= ended.toMs + SEAM_LEAD_MS) {
      this.#goTo(loop.fromMs);
      return;
    }
    if (this.#stopAt !== null && this.#stopAt <= ended.toMs + SEAM_LEAD_MS) {
      this.#stopAtRangeEnd(this.#stopAt);
      return;
    }
    if (ended.toMs >= durationMs - 1) {
      this.#ms = durationMs;
      this.#halt();
      this.#tell();
      return;
    }
    const next = sourceAt(this.#sources, ended.toMs, this.#failed);
    const decks = this.#decks;
    if (next && decks && decks.standby.url === next.url) {
      this.#source = next;
      this.#ms = Math.max(this.#ms, next.fromMs);
      this.#reportedSeconds = -1;
      this.#swap(decks);
      this.#sound();
      return;
    }
    this.#goTo(ended.toMs);
  }

  #stopAtRangeEnd(ms: number): void {
    this.#stopAt = null;
    this.#halt();
    this.#goTo(ms);
  }

  #openNext(): void {
    const source = this.#source;
    const decks = this.#decks;
    if (!source || !decks || this.#ms < source.toMs - PRELOAD_MS) return;
    const next = sourceAt(this.#sources, source.toMs, this.#failed);
    if (!next || next.url === source.url || decks.standby.url === next.url) return;
    decks.standby.load(next.url);
    decks.standby.seek(Math.max(0, source.toMs - next.fromMs) / 1000);
  }

  /** One step of the clock: reads it and does what is due at this moment. */
  #advance(): void {
    this.#readClock();
    const source = this.#source;
    const { loop } = this.#snapshot;
    if (!source) return;
    if (this.#stopAt !== null && this.#ms >= this.#stopAt) {
      this.#stopAtRangeEnd(this.#stopAt);
      return;
    }
    if (loop && this.#ms >= loop.toMs) {
      this.#activate(loop.fromMs);
    } else if (this.#ms >= source.toMs - SEAM_LEAD_MS) {
      if (source.toMs < this.#snapshot.durationMs - 1) this.#crossSeam();
    } else {
      this.#openNext();
    }
    this.#tell();
  }

  #readClock(): void {
    const deck = this.#decks?.active;
    if (!this.#snapshot.playing || !deck || !this.#source) return;
    const now = performance.now();
    const seconds = deck.position();
    if (seconds !== this.#reportedSeconds) {
      this.#moving = this.#reportedSeconds !== -1;
      this.#reportedSeconds = seconds;
      this.#reportedAt = now;
    }
    const beyond = this.#moving ? Math.min(INTERPOLATION_LIMIT_MS, now - this.#reportedAt) * this.#snapshot.speed : 0;
    const ms = this.#source.fromMs + seconds * 1000 + beyond;
    // A clock that had run ahead of a coarse report waits rather than steps back, unless the file really is elsewhere.
    if (ms > this.#ms || this.#ms - ms > 2 * INTERPOLATION_LIMIT_MS) this.#ms = ms;
  }

  #startTicking(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#tick);
  }

  #stopTicking(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #tick = (): void => {
    this.#frame = 0;
    this.#advance();
    if (this.#snapshot.playing) this.#frame = requestAnimationFrame(this.#tick);
  };

  #tell(): void {
    const listeners = this.#tickListeners;
    for (let at = 0; at < listeners.length; at++) listeners[at]?.(this.#ms);
  }

  #change(changed: Partial<PlayerState>): void {
    this.#snapshot = { ...this.#snapshot, ...changed, ms: this.#ms };
    for (const listener of this.#stateListeners) listener();
  }
}
