// The two lanes of the waveform without React: what is in sight, when a canvas must be painted again, and where the
// playhead, the frame of the overview and the handles of the focused segment stand. The playhead moves by transform.
import { paintWave, type WaveData, type WaveFrame } from "./wave_paint";
import type { WaveTheme } from "./wave_theme";

export type LaneName = "overview" | "detail";

/** What the detail view shows, session ms. */
export type Sight = { fromMs: number; sightMs: number };

export type WaveElements = {
  overview: HTMLCanvasElement;
  detail: HTMLCanvasElement;
  overviewPlayhead: HTMLElement;
  detailPlayhead: HTMLElement;
  /** Frames in the overview what the detail view shows. */
  sight: HTMLElement;
  startHandle: HTMLElement;
  endHandle: HTMLElement;
};

/** At first the detail view shows this much, so that words can be told apart. */
const FIRST_SIGHT_MS = 60_000;
const CLOSEST_SIGHT_MS = 4_000;
/** A playhead that leaves the sight comes back at this share of its width. */
const LEAD = 0.1;
/** A step of the clock beyond this is a jump, which the sight follows always. */
const JUMP_MS = 1_000;

/** In CSS pixels; the two handles of a narrower segment could not be told apart. */
const NARROWEST_GRIPPED = 16;

export class WaveView {
  #data: WaveData | null = null;
  #theme: WaveTheme | null = null;
  #durationMs = 0;
  #fromMs = 0;
  #sightMs = FIRST_SIGHT_MS;
  #playheadMs = 0;
  #widths = { overview: 0, detail: 0 };
  #heights = { overview: 0, detail: 0 };
  #dirty = { overview: false, detail: false };
  #frame = 0;
  #shownAt = { overview: Number.NaN, detail: Number.NaN };
  #edges: { startMs: number; endMs: number } | null = null;
  #sight: Sight = { fromMs: 0, sightMs: FIRST_SIGHT_MS };
  readonly #lookers = new Set<() => void>();

  constructor(readonly elements: WaveElements) {}

  setData(data: WaveData, durationMs: number): void {
    const longer = durationMs !== this.#durationMs;
    this.#data = data;
    this.#durationMs = durationMs;
    if (longer) this.#look(this.#fromMs, this.#sightMs);
    this.#placeAll();
    this.#paintSoon("overview", "detail");
  }

  setTheme(theme: WaveTheme): void {
    this.#theme = theme;
    this.#paintSoon("overview", "detail");
  }

  /** CSS pixels. */
  resize(lane: LaneName, width: number, height: number): void {
    this.#widths[lane] = width;
    this.#heights[lane] = height;
    this.#placeAll();
    this.#paintSoon(lane);
  }

  /** Session ms under a place `x` CSS pixels from the lane's left edge. */
  msAt(lane: LaneName, x: number): number {
    const width = this.#widths[lane] || 1;
    const ms = lane === "overview" ? (x / width) * this.#durationMs : this.#fromMs + (x / width) * this.#sightMs;
    return Math.min(Math.max(0, Math.round(ms)), this.#durationMs);
  }

  /** A factor below 1 shows less, closer. The moment `aroundMs` stays where it is; without it, the playhead or the middle. */
  zoom(
    factor: number,
    aroundMs = this.#inSight(this.#playheadMs) ? this.#playheadMs : this.#fromMs + this.#sightMs / 2,
  ) {
    const closest = Math.min(CLOSEST_SIGHT_MS, this.#durationMs);
    const sightMs = Math.min(Math.max(closest, this.#sightMs * factor), Math.max(closest, this.#durationMs));
    const share = (aroundMs - this.#fromMs) / this.#sightMs;
    this.#look(aroundMs - share * sightMs, sightMs);
  }

  pan(ms: number): void {
    this.#look(this.#fromMs + ms, this.#sightMs);
  }

  /** Session ms that one CSS pixel of the detail view stands for. */
  get msPerPixel(): number {
    return this.#sightMs / (this.#widths.detail || 1);
  }

  /** Moves the playhead; the sight follows a jump, and follows playing as long as nobody has looked elsewhere. */
  placePlayhead(ms: number): void {
    const followed = this.#inSight(this.#playheadMs) || Math.abs(ms - this.#playheadMs) > JUMP_MS;
    this.#playheadMs = ms;
    if (followed && !this.#inSight(ms)) this.#look(ms - LEAD * this.#sightMs, this.#sightMs);
    this.#placePlayheads();
  }

  /** Shows the playhead elsewhere while it is being dragged, without following it. */
  previewPlayhead(ms: number): void {
    this.#playheadMs = ms;
    this.#placePlayheads();
  }

  /** The very same object until another stretch is in sight. */
  sight = (): Sight => this.#sight;
  /** Told when another stretch is in sight; returns what stops it. */
  onLook = (listener: () => void): (() => void) => {
    this.#lookers.add(listener);
    return () => void this.#lookers.delete(listener);
  };

  /** Where the handles of the focused segment stand; null hides them. */
  setEdges(edges: { startMs: number; endMs: number } | null): void {
    this.#edges = edges;
    this.#placeEdges();
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#data = null;
  }

  #inSight(ms: number): boolean {
    return ms >= this.#fromMs && ms <= this.#fromMs + this.#sightMs;
  }

  #look(fromMs: number, sightMs: number): void {
    const sight = Math.min(sightMs, Math.max(1, this.#durationMs));
    const from = Math.min(Math.max(0, fromMs), Math.max(0, this.#durationMs - sight));
    if (from === this.#fromMs && sight === this.#sightMs) return;
    this.#fromMs = from;
    this.#sightMs = sight;
    this.#sight = { fromMs: from, sightMs: sight };
    this.#placeAll();
    for (const listener of this.#lookers) listener();
    this.#paintSoon("detail");
  }

  #placeAll(): void {
    this.#shownAt.overview = Number.NaN;
    this.#shownAt.detail = Number.NaN;
    this.#placePlayheads();
    this.#placeEdges();
    const { overview } = this.#widths;
    const perMs = overview / (this.#durationMs || 1);
    const { sight } = this.elements;
    sight.style.transform = `translateX(${this.#fromMs * perMs}px)`;
    sight.style.width = `${Math.max(4, this.#sightMs * perMs)}px`;
    sight.hidden = this.#sightMs >= this.#durationMs;
  }

  #placePlayheads(): void {
    const ratio = window.devicePixelRatio || 1;
    const overview = this.#onPixel((this.#playheadMs / (this.#durationMs || 1)) * this.#widths.overview, ratio);
    // Nothing is written, and no string is made, while the playhead stays on its pixel.
    if (overview !== this.#shownAt.overview) {
      this.#shownAt.overview = overview;
      this.elements.overviewPlayhead.style.transform = `translateX(${overview}px)`;
    }
    const detail = this.#onPixel((this.#playheadMs - this.#fromMs) / this.msPerPixel, ratio);
    if (detail !== this.#shownAt.detail) {
      this.#shownAt.detail = detail;
      this.elements.detailPlayhead.style.transform = `translateX(${detail}px)`;
      this.elements.detailPlayhead.hidden = !this.#inSight(this.#playheadMs);
    }
  }

  #placeEdges(): void {
    const { startHandle, endHandle } = this.elements;
    const edges = this.#edges;
    const grips = edges !== null && (edges.endMs - edges.startMs) / this.msPerPixel >= NARROWEST_GRIPPED;
    this.#placeEdge(startHandle, grips ? edges.startMs : undefined);
    this.#placeEdge(endHandle, grips ? edges.endMs : undefined);
  }

  #placeEdge(handle: HTMLElement, ms: number | undefined): void {
    handle.hidden = ms === undefined || !this.#inSight(ms);
    if (ms !== undefined) handle.style.transform = `translateX(${(ms - this.#fromMs) / this.msPerPixel}px)`;
  }

  #onPixel(x: number, ratio: number): number {
    return Math.round(x * ratio) / ratio;
  }

  #paintSoon(...lanes: LaneName[]): void {
    for (const lane of lanes) this.#dirty[lane] = true;
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#paint);
  }

  #paint = (): void => {
    this.#frame = 0;
    for (const lane of ["overview", "detail"] as const) {
      if (this.#dirty[lane]) this.#paintLane(lane);
    }
  };

  #paintLane(lane: LaneName): void {
    const width = this.#widths[lane];
    const height = this.#heights[lane];
    if (!this.#data || !this.#theme || width === 0 || height === 0 || this.#durationMs === 0) return;
    this.#dirty[lane] = false;
    const canvas = this.elements[lane];
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    // A canvas for a graphics card is a layer of its own, which WebKitGTK without one lays over the window anew at every
    // letter typed anywhere; this one is drawn with what is around it.
    const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    if (!context) return;
    const detailed = lane === "detail";
    const frame: WaveFrame = {
      width,
      height,
      ratio,
      detailed,
      fromMs: detailed ? this.#fromMs : 0,
      msPerPixel: (detailed ? this.#sightMs : this.#durationMs) / width,
    };
    paintWave(context, frame, this.#data, this.#theme);
  }
}
