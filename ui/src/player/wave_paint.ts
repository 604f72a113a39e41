// Paints a stretch of the session on a canvas: the sound in the colours of who speaks, what is reserved hatched,
// what is doubtful marked above, where parts meet, and in the detail view a ruler and the focused segment.
import type { PartView } from "../ipc/bindings";
import { clockText } from "../lib/time";
import type { Extremes, Peaks } from "./peaks";
import { DOUBTFUL, lastFrom, RESERVED, type Stretches } from "./stretches";
import type { WaveTheme } from "./wave_theme";

export type WaveData = {
  parts: readonly PartView[];
  peaks: ReadonlyMap<number, Peaks>;
  stretches: Stretches;
  /** Index of the focused stretch, or -1. */
  focused: number;
};

export type WaveFrame = {
  /** CSS pixels. */
  width: number;
  height: number;
  /** Device pixels per CSS pixel. */
  ratio: number;
  /** Session ms at the left edge. */
  fromMs: number;
  msPerPixel: number;
  /** Whether there is room for a ruler and the focused segment: the detail view. */
  detailed: boolean;
};

/** CSS pixels above the sound, for the marks of doubt. */
export const MARKS_HEIGHT = 8;
/** CSS pixels below the sound in the detail view, for the times. */
export const RULER_HEIGHT = 18;
/** Raises quiet voices beside loud ones; one knock on the table must not flatten the rest. */
const LOUDNESS_CURVE = 0.7;
/** Below this peak (of 127) it is noise, which is not blown up to look like speech. */
const QUIETEST_LOUDEST = 24;
/** Narrower than this, in CSS pixels, hatching is dirt; the sound is only paled. */
const HATCHED_WIDTH = 8;
/** Times on the ruler stand at least this far apart, in CSS pixels. */
const RULER_GAP = 90;
const RULER_STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].map((seconds) => seconds * 1000);

export function paintWave(context: CanvasRenderingContext2D, frame: WaveFrame, data: WaveData, theme: WaveTheme): void {
  context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, frame.width, frame.height);
  if (frame.detailed) paintFocused(context, frame, data, theme);
  paintSound(context, frame, data, theme);
  paintReserved(context, frame, data, theme);
  paintDoubtful(context, frame, data, theme);
  paintBorders(context, frame, data, theme);
  if (frame.detailed) paintRuler(context, frame, data, theme);
}

/** Distance between two times of the ruler, ms. */
export function rulerStep(msPerPixel: number): number {
  const step = RULER_STEPS_MS.find((candidate) => candidate / msPerPixel >= RULER_GAP);
  return step ?? Math.ceil((RULER_GAP * msPerPixel) / 3_600_000) * 3_600_000;
}

function soundHeight(frame: WaveFrame): number {
  return frame.height - MARKS_HEIGHT - (frame.detailed ? RULER_HEIGHT : 2);
}

/** One bar a device pixel, collected by colour so that the canvas changes its colour a dozen times, not thousands. */
function paintSound(context: CanvasRenderingContext2D, frame: WaveFrame, data: WaveData, theme: WaveTheme): void {
  const columns = Math.round(frame.width * frame.ratio);
  const msPerColumn = frame.msPerPixel / frame.ratio;
  const height = soundHeight(frame) * frame.ratio;
  const middle = MARKS_HEIGHT * frame.ratio + height / 2;
  const extremes: Extremes = { minimum: 0, maximum: 0 };
  const loudest = loudestOf(data, extremes);
  const reach = (value: number) => (Math.min(1, Math.abs(value) / loudest) ** LOUDNESS_CURVE * height) / 2;
  const paths = new Map<number, Path2D>();
  context.setTransform(1, 0, 0, 1, 0, 0);
  for (const part of data.parts) {
    const peaks = data.peaks.get(part.position);
    if (!peaks) continue;
    const first = Math.max(0, Math.floor((part.offset_ms - frame.fromMs) / msPerColumn));
    const last = Math.min(columns, Math.ceil((part.offset_ms + part.duration_ms - frame.fromMs) / msPerColumn));
    let stretch = lastFrom(data.stretches, frame.fromMs + first * msPerColumn);
    for (let column = first; column < last; column++) {
      const ms = frame.fromMs + column * msPerColumn;
      const pairFrom = Math.floor(((ms - part.offset_ms) * peaks.perSecond) / 1000);
      const pairTo = Math.ceil(((ms + msPerColumn - part.offset_ms) * peaks.perSecond) / 1000);
      if (!peaks.reduce(pairFrom, Math.max(pairTo, pairFrom + 1), extremes)) continue;
      while ((data.stretches.fromMs[stretch + 1] ?? Number.POSITIVE_INFINITY) <= ms) stretch++;
      const spoken = stretch >= 0 && ms < (data.stretches.toMs[stretch] ?? 0);
      const colour = spoken ? (data.stretches.colour[stretch] ?? -1) : -1;
      let path = paths.get(colour);
      if (!path) {
        path = new Path2D();
        paths.set(colour, path);
      }
      const above = reach(Math.max(0, extremes.maximum));
      path.rect(column, middle - above, 1, Math.max(1, above + reach(Math.min(0, extremes.minimum))));
    }
  }
  for (const [colour, path] of paths) {
    context.fillStyle = theme.speakers[colour] ?? theme.wave;
    context.fill(path);
  }
  context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
}

/** The session's highest peak, so that a quiet recorder fills the lane as well as a loud one. */
function loudestOf(data: WaveData, extremes: Extremes): number {
  let loudest = QUIETEST_LOUDEST;
  for (const peaks of data.peaks.values()) {
    if (peaks.reduce(0, peaks.length, extremes)) loudest = Math.max(loudest, -extremes.minimum, extremes.maximum);
  }
  return loudest;
}

/** Calls with the left and right edges, in CSS pixels, of every stretch in sight that bears the mark. */
function eachMarked(frame: WaveFrame, data: WaveData, mark: number, paint: (left: number, right: number) => void) {
  const { stretches } = data;
  const toMs = frame.fromMs + frame.width * frame.msPerPixel;
  for (let at = Math.max(0, lastFrom(stretches, frame.fromMs)); at < stretches.length; at++) {
    const fromMs = stretches.fromMs[at] ?? 0;
    if (fromMs > toMs) break;
    if (((stretches.marks[at] ?? 0) & mark) === 0) continue;
    const left = (fromMs - frame.fromMs) / frame.msPerPixel;
    paint(left, ((stretches.toMs[at] ?? 0) - frame.fromMs) / frame.msPerPixel);
  }
}

function paintReserved(context: CanvasRenderingContext2D, frame: WaveFrame, data: WaveData, theme: WaveTheme): void {
  const height = soundHeight(frame);
  context.save();
  const hatched = new Path2D();
  let any = false;
  context.globalAlpha = 0.75;
  context.fillStyle = theme.background;
  eachMarked(frame, data, RESERVED, (left, right) => {
    const width = Math.max(1, right - left);
    context.fillRect(left, MARKS_HEIGHT, width, height);
    if (width < HATCHED_WIDTH) return;
    any = true;
    hatched.rect(left, MARKS_HEIGHT, width, height);
  });
  context.globalAlpha = 1;
  if (any) {
    context.clip(hatched);
    context.strokeStyle = theme.text;
    context.lineWidth = 1;
    context.beginPath();
    for (let x = -height; x < frame.width; x += 6) {
      context.moveTo(x, MARKS_HEIGHT + height);
      context.lineTo(x + height, MARKS_HEIGHT);
    }
    context.stroke();
  }
  context.restore();
}

function paintDoubtful(context: CanvasRenderingContext2D, frame: WaveFrame, data: WaveData, theme: WaveTheme): void {
  context.fillStyle = theme.doubtful;
  let drawnTo = Number.NEGATIVE_INFINITY;
  eachMarked(frame, data, DOUBTFUL, (left, right) => {
    const from = Math.max(left, 0);
    const width = Math.max(frame.detailed ? 6 : 2, right - from);
    // Marks that fall on the same pixels are one.
    if (from + width <= drawnTo) return;
    drawnTo = from + width;
    context.fillRect(from, 2, width, 4);
  });
}

function paintBorders(context: CanvasRenderingContext2D, frame: WaveFrame, data: WaveData, theme: WaveTheme): void {
  context.fillStyle = theme.border;
  for (const part of data.parts) {
    if (part.offset_ms === 0) continue;
    const x = Math.round((part.offset_ms - frame.fromMs) / frame.msPerPixel);
    if (x >= 0 && x < frame.width) context.fillRect(x, 0, frame.detailed ? 2 : 1, frame.height);
  }
}

function paintFocused(context: CanvasRenderingContext2D, frame: WaveFrame, data: WaveData, theme: WaveTheme): void {
  if (data.focused < 0) return;
  const left = ((data.stretches.fromMs[data.focused] ?? 0) - frame.fromMs) / frame.msPerPixel;
  const right = ((data.stretches.toMs[data.focused] ?? 0) - frame.fromMs) / frame.msPerPixel;
  context.fillStyle = theme.focused;
  context.fillRect(left, MARKS_HEIGHT, right - left, soundHeight(frame));
}

function paintRuler(context: CanvasRenderingContext2D, frame: WaveFrame, data: WaveData, theme: WaveTheme): void {
  const step = rulerStep(frame.msPerPixel);
  const end = data.parts.reduce((longest, part) => Math.max(longest, part.offset_ms + part.duration_ms), 0);
  const lastMs = Math.min(end, frame.fromMs + frame.width * frame.msPerPixel);
  const top = frame.height - RULER_HEIGHT;
  context.fillStyle = theme.border;
  context.fillRect(0, top, frame.width, 1);
  context.font = theme.font;
  context.textBaseline = "middle";
  for (let ms = Math.ceil(frame.fromMs / step) * step; ms <= lastMs; ms += step) {
    const x = Math.round((ms - frame.fromMs) / frame.msPerPixel);
    context.fillStyle = theme.border;
    context.fillRect(x, top, 1, 5);
    context.fillStyle = theme.text;
    const label = clockText(ms);
    // A time that would be cut at the edge says nothing.
    if (x + 4 + context.measureText(label).width < frame.width)
      context.fillText(label, x + 4, top + RULER_HEIGHT / 2 + 1);
  }
}
