// What jsdom lacks to play: audio elements whose sound passes as the test lets time pass.
import type { Media, PartView } from "../ipc/bindings";

/** How long each address sounds, in seconds; an address that is not here cannot be played. */
let lengths: { [url: string]: number } = {};
let made: FakeAudio[] = [];

class FakeAudio extends EventTarget {
  src = "";
  preload = "";
  paused = true;
  currentTime = 0;
  playbackRate = 1;
  defaultPlaybackRate = 1;
  preservesPitch = false;
  webkitPreservesPitch = false;
  volume = 1;
  readyState = 0;
  listeners = 0;
  #sounded = false;

  constructor() {
    super();
    made.push(this);
  }

  override addEventListener(name: string, handler: () => void, options?: AddEventListenerOptions) {
    this.listeners++;
    options?.signal?.addEventListener("abort", () => this.listeners--);
    super.addEventListener(name, handler, options);
  }

  load() {
    this.readyState = 0;
    this.currentTime = 0;
    this.playbackRate = this.defaultPlaybackRate;
    const { src } = this;
    if (src)
      setTimeout(() => {
        if (src !== this.src) return;
        if (lengths[src] === undefined) this.dispatchEvent(new Event("error"));
        else {
          this.readyState = 4;
          this.dispatchEvent(new Event("loadedmetadata"));
        }
      }, 5);
  }

  async play() {
    this.#sounded = false;
    this.paused = false;
  }

  pause() {
    this.paused = true;
  }

  removeAttribute(name: string) {
    if (name === "src") this.src = "";
  }

  sound(ms: number) {
    if (this.paused || this.readyState === 0) return;
    const length = lengths[this.src] ?? 0;
    if (!this.#sounded) this.dispatchEvent(new Event("playing"));
    this.#sounded = true;
    this.currentTime = Math.min(length, this.currentTime + (ms / 1000) * this.playbackRate);
    if (this.currentTime >= length) {
      this.paused = true;
      this.dispatchEvent(new Event("ended"));
    }
  }
}

/** Puts the fake elements and a clock of their own in place of the browser's. */
export function fakeAudio(secondsByUrl: { [url: string]: number }) {
  lengths = { ...secondsByUrl };
  made = [];
  vi.stubGlobal("Audio", FakeAudio);
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "requestAnimationFrame", "cancelAnimationFrame", "performance"],
  });
  return {
    /** Lets time pass in frames of a sixtieth of a second. */
    async pass(ms: number) {
      for (let passed = 0; passed < ms; passed += 1000 / 60) {
        for (const audio of made) audio.sound(1000 / 60);
        await vi.advanceTimersByTimeAsync(1000 / 60);
      }
    },
    /** The addresses that sound now. */
    sounding: () => made.filter((audio) => !audio.paused && audio.readyState > 0).map(({ src }) => src),
    /** The addresses that are open, sounding or not. */
    open: () => made.map(({ src }) => src).filter(Boolean),
    rates: () => made.map(({ playbackRate }) => playbackRate),
    elements: () => made,
    setLength(url: string, seconds: number) {
      lengths[url] = seconds;
    },
  };
}

export function partOf(
  position: number,
  offsetMs: number,
  durationMs: number,
  changed: Partial<PartView> = {},
): PartView {
  return {
    position,
    name: `REC00${position + 1}.MP3`,
    source: `/media/usb/REC00${position + 1}.MP3`,
    offset_ms: offsetMs,
    duration_ms: durationMs,
    sha256: null,
    present: true,
    heard: true,
    ...changed,
  };
}

/** Two parts of 20 s; each has its original, and the first also two pieces of the listening copy. */
export const twoParts: PartView[] = [partOf(0, 0, 20_000), partOf(1, 20_000, 20_000)];
export const twoMedia: Media = {
  sources: [
    { part: 0, start_ms: 0, end_ms: 20_000, url: "first", copy: false },
    { part: 1, start_ms: 0, end_ms: 20_000, url: "second", copy: false },
    { part: 0, start_ms: 0, end_ms: 10_000, url: "copy-0", copy: true },
    { part: 0, start_ms: 10_000, end_ms: 20_000, url: "copy-1", copy: true },
  ],
  peaks: [],
};
