// One <audio> element that knows which file it holds and where in it it was asked to be before the file was open.

/** What a deck tells its player. */
export type DeckEvents = {
  /** The file ran out. */
  ended(deck: Deck): void;
  /** The file is gone or cannot be decoded. */
  failed(deck: Deck): void;
  /** Sound comes out. */
  started(deck: Deck): void;
  /** A coarse sign of progress, which also comes while the window is hidden and draws no frames. */
  progressed(deck: Deck): void;
};

type PitchKeeping = HTMLAudioElement & { webkitPreservesPitch?: boolean };

export class Deck {
  url: string | null = null;
  readonly #audio: PitchKeeping;
  readonly #listening = new AbortController();
  /** Seconds; held until the file is open enough to be positioned. */
  #wanted: number | null = null;
  #speed = 1;

  constructor(events: DeckEvents) {
    this.#audio = new Audio();
    this.#audio.preload = "auto";
    const listen = (name: string, handler: () => void) =>
      this.#audio.addEventListener(name, handler, { signal: this.#listening.signal });
    listen("ended", () => events.ended(this));
    listen("error", () => {
      if (this.url !== null) events.failed(this);
    });
    listen("playing", () => events.started(this));
    listen("timeupdate", () => events.progressed(this));
    listen("loadedmetadata", () => this.#placeAsWanted());
  }

  load(url: string): void {
    this.url = url;
    this.#wanted = null;
    this.#audio.src = url;
    this.#audio.load();
    // Loading takes the rate back to the default one, so both are set.
    this.setSpeed(this.#speed);
  }

  /** Forgets its file and lets go of the connection and the decoder. */
  unload(): void {
    this.url = null;
    this.#wanted = null;
    this.#audio.pause();
    this.#audio.removeAttribute("src");
    this.#audio.load();
  }

  close(): void {
    this.#listening.abort();
    this.unload();
  }

  seek(seconds: number): void {
    this.#wanted = seconds;
    if (this.#audio.readyState >= HTMLMediaElement.HAVE_METADATA) this.#placeAsWanted();
  }

  /** Seconds inside the file. */
  position(): number {
    return this.#wanted ?? this.#audio.currentTime;
  }

  play(): Promise<void> {
    return this.#audio.play();
  }

  pause(): void {
    this.#audio.pause();
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    this.#audio.preservesPitch = true;
    this.#audio.webkitPreservesPitch = true;
    this.#audio.defaultPlaybackRate = speed;
    this.#audio.playbackRate = speed;
  }

  setVolume(volume: number): void {
    this.#audio.volume = volume;
  }

  #placeAsWanted(): void {
    if (this.#wanted === null) return;
    this.#audio.currentTime = this.#wanted;
    this.#wanted = null;
  }
}
