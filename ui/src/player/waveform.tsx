// The sound of the whole session to see, point at and move about in: a slim overview and a detail view with zoom.
import { Button, Tooltip } from "@fluentui/react-components";
import { ZoomFitRegular, ZoomInRegular, ZoomOutRegular } from "@fluentui/react-icons";
import {
  memo,
  type KeyboardEvent as ReactKeyboardEvent,
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import type { PartView, Segment, SegmentId, Speaker } from "../ipc/bindings";
import { clockText } from "../lib/time";
import { durationOf } from "../lib/timeline";
import { usePlaying } from "./context";
import { type Edges, edgesOf, moveEdge } from "./edges";
import { usePeaks } from "./peaks_fetch";
import { type Stretches, stretchAt } from "./stretches";
import { type Band, DetailBands, WaveBands } from "./wave_bands";
import { useSizes, useStretches, useThemeOf, useWheel } from "./wave_hooks";
import { useWaveStyles } from "./wave_styles";
import { type LaneName, WaveView } from "./wave_view";
import { timeInWords } from "./words";
import "../styles/speakers.css";

/** How often a playing waveform tells its place to a screen reader that asks for it. */
const TELL_EVERY_MS = 1000;
const ZOOM_STEP = 2;
/** What the keys of a slider move; five times as much with Shift. */
const STEP_SECONDS: { [key: string]: number } = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 60,
  PageDown: -60,
};

type Drag =
  | { kind: "seek"; lane: LaneName; ms: number }
  | { kind: "retime"; edge: "start" | "end"; at: number; edges: Edges };

export type WaveformProps = {
  segments: readonly Segment[];
  speakers: readonly Speaker[];
  parts: readonly PartView[];
  /** Whether the session is still being heard, so that what is missing of the drawing will come. */
  coming?: boolean;
  /** Paragraphs to check; without it, each segment tells for itself. */
  doubtful?: Iterable<SegmentId>;
  /** Told after the player went there. */
  onSeek?: (sessionMs: number) => void;
  /** The segment whose edges can be dragged. */
  focused?: SegmentId | null;
  /** New edges of the focused segment, in session ms; without it there is nothing to drag. */
  onRetime?: (segment: SegmentId, startMs: number, endMs: number) => void;
  /** Stretches that follow one another and are named under the sound: the same array until one changes. */
  bands?: readonly Band[] | null;
  /** The band at this place shall begin at this moment, and the one before it end there. */
  onMoveBand?: (at: number, sessionMs: number) => void;
};

/**
 * Typing hands over new segments many times a second. What is drawn of them seldom changes, so the lanes below render
 * only when it does, whatever functions the page makes anew each time.
 */
export function Waveform(props: WaveformProps) {
  const { segments, speakers, parts, coming = false, doubtful, focused = null, onRetime, bands = null } = props;
  const stretches = useStretches(segments, speakers, parts, doubtful);
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const onSeek = useCallback((ms: number) => latest.current.onSeek?.(ms), []);
  const retime = useCallback(
    (segment: SegmentId, startMs: number, endMs: number) => latest.current.onRetime?.(segment, startMs, endMs),
    [],
  );
  const moveBand = useCallback((at: number, ms: number) => latest.current.onMoveBand?.(at, ms), []);
  return (
    <Lanes
      stretches={stretches}
      parts={parts}
      coming={coming}
      focused={focused}
      onSeek={onSeek}
      onRetime={onRetime === undefined ? null : retime}
      bands={bands}
      onMoveBand={moveBand}
    />
  );
}

type LanesProps = {
  stretches: Stretches;
  parts: readonly PartView[];
  coming: boolean;
  focused: SegmentId | null;
  onSeek: (sessionMs: number) => void;
  onRetime: ((segment: SegmentId, startMs: number, endMs: number) => void) | null;
  bands: readonly Band[] | null;
  onMoveBand: (at: number, sessionMs: number) => void;
};

const Lanes = memo(function Lanes(props: LanesProps) {
  const { stretches, parts, coming, focused, onSeek, onRetime, bands, onMoveBand } = props;
  const { t } = useTranslation();
  const styles = useWaveStyles();
  const { session, media, player, stretches: shared } = usePlaying();
  const peaks = usePeaks(session, media?.peaks, parts);
  const durationMs = durationOf(parts);
  const focusedAt = focused === null ? -1 : stretches.ids.indexOf(focused);
  const [view, setView] = useState<WaveView | null>(null);
  const drag = useRef<Drag | null>(null);

  const root = useRef<HTMLDivElement>(null);
  const overviewLane = useRef<HTMLDivElement>(null);
  const detailLane = useRef<HTMLDivElement>(null);
  const pointed = useRef<HTMLDivElement>(null);
  /** CSS pixels from the left edge of the detail lane; null while the pointer is elsewhere. */
  const pointedAt = useRef<number | null>(null);
  const overviewCanvas = useRef<HTMLCanvasElement>(null);
  const detailCanvas = useRef<HTMLCanvasElement>(null);
  const overviewPlayhead = useRef<HTMLDivElement>(null);
  const detailPlayhead = useRef<HTMLDivElement>(null);
  const sight = useRef<HTMLDivElement>(null);
  const startHandle = useRef<HTMLDivElement>(null);
  const endHandle = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const made = new WaveView({
      overview: present(overviewCanvas),
      detail: present(detailCanvas),
      overviewPlayhead: present(overviewPlayhead),
      detailPlayhead: present(detailPlayhead),
      sight: present(sight),
      startHandle: present(startHandle),
      endHandle: present(endHandle),
    });
    setView(made);
    return () => made.close();
  }, []);

  useEffect(() => {
    shared.current = stretches;
  }, [shared, stretches]);

  useEffect(() => {
    view?.setData({ parts, peaks: peaks.byPart, stretches, focused: focusedAt }, durationMs);
    view?.setEdges(onRetime ? edgesOf(stretches, focusedAt) : null);
  }, [view, parts, peaks, stretches, focusedAt, durationMs, onRetime]);

  useSizes(view, overviewLane, detailLane);
  useThemeOf(view, root);

  const valueText = useCallback(
    (ms: number) => {
      const speaker = stretches.speaker[stretchAt(stretches, ms)];
      const time = timeInWords(t, ms);
      return speaker ? t("player.wave.value_speaker", { time, speaker }) : time;
    },
    [t, stretches],
  );

  useEffect(() => {
    let told = Number.NEGATIVE_INFINITY;
    const place = (ms: number) => {
      if (drag.current?.kind !== "seek") view?.placePlayhead(ms);
      if (Math.abs(ms - told) < TELL_EVERY_MS && player.snapshot().playing) return;
      told = ms;
      const slider = detailLane.current;
      // Whoever listens to the recording with the focus here must not have a screen reader talk over it.
      if (!slider || (player.snapshot().playing && document.activeElement === slider)) return;
      slider.setAttribute("aria-valuenow", String(Math.round(ms / 1000)));
      slider.setAttribute("aria-valuetext", valueText(ms));
    };
    place(player.state().ms);
    return player.onTick(place);
  }, [view, player, valueText]);

  const seek = useCallback(
    (ms: number) => {
      player.seek(ms);
      onSeek(player.state().ms);
    },
    [player, onSeek],
  );

  useWheel(view, detailLane);

  const tellPointed = useCallback(() => {
    const [label, x] = [pointed.current, pointedAt.current];
    if (!label || !view) return;
    label.hidden = x === null;
    if (x === null) return;
    const ms = view.msAt("detail", x);
    const speaker = stretches.speaker[stretchAt(stretches, ms)];
    label.textContent = speaker ? `${clockText(ms)} · ${speaker}` : clockText(ms);
    const beyondMiddle = x > (detailLane.current?.clientWidth ?? 0) / 2;
    label.style.transform = `translateX(${x}px) translateX(${beyondMiddle ? "calc(-100% - 8px)" : "8px"})`;
  }, [view, stretches]);
  // Under a pointer that rests, zooming and playing bring another moment.
  useEffect(() => view?.onLook(tellPointed), [view, tellPointed]);

  const placeOf = (event: ReactPointerEvent<HTMLElement>, lane: LaneName) =>
    view?.msAt(lane, event.clientX - event.currentTarget.getBoundingClientRect().left) ?? 0;

  const onPointerDown = (lane: LaneName) => (event: ReactPointerEvent<HTMLElement>) => {
    if (event.button !== 0 || !view) return;
    event.currentTarget.setPointerCapture?.(event.pointerId);
    const edge = event.target instanceof HTMLElement ? event.target.dataset.edge : undefined;
    const edges = edgesOf(stretches, focusedAt);
    if ((edge === "start" || edge === "end") && edges) {
      drag.current = { kind: "retime", edge, at: focusedAt, edges };
      return;
    }
    const ms = placeOf(event, lane);
    drag.current = { kind: "seek", lane, ms };
    view.previewPlayhead(ms);
  };

  const onPointerMove = (lane: LaneName) => (event: ReactPointerEvent<HTMLElement>) => {
    const ms = placeOf(event, lane);
    if (lane === "detail") {
      pointedAt.current = event.clientX - event.currentTarget.getBoundingClientRect().left;
      tellPointed();
    }
    const dragged = drag.current;
    if (dragged?.kind === "seek" && dragged.lane === lane) {
      dragged.ms = ms;
      view?.previewPlayhead(ms);
    } else if (dragged?.kind === "retime") {
      dragged.edges = moveEdge(stretches, parts, dragged.at, dragged.edge, ms);
      view?.setEdges(dragged.edges);
    }
  };

  const onPointerUp = () => {
    const dragged = drag.current;
    drag.current = null;
    if (dragged?.kind === "seek") seek(dragged.ms);
    if (dragged?.kind === "retime") {
      const id = stretches.ids[dragged.at];
      const before = edgesOf(stretches, dragged.at);
      const { startMs, endMs } = dragged.edges;
      if (id && (before?.startMs !== startMs || before.endMs !== endMs)) onRetime?.(id, startMs, endMs);
    }
  };

  const dropDrag = () => {
    drag.current = null;
    view?.setEdges(onRetime ? edgesOf(stretches, focusedAt) : null);
    view?.placePlayhead(player.state().ms);
  };

  const onKeyDown = (event: ReactKeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const seconds = STEP_SECONDS[event.key];
    if (seconds !== undefined) seek(player.state().ms + seconds * 1000 * (event.shiftKey ? 5 : 1));
    else if (event.key === "Home") seek(0);
    else if (event.key === "End") seek(durationMs);
    else if (event.key === "+") view?.zoom(1 / ZOOM_STEP);
    else if (event.key === "-") view?.zoom(ZOOM_STEP);
    else if (event.key === " ") player.toggle();
    else if (event.key === "Escape") dropDrag();
    else return;
    event.preventDefault();
  };

  const lane = (name: LaneName) => ({
    onPointerDown: onPointerDown(name),
    onPointerMove: onPointerMove(name),
    onPointerUp,
    onPointerCancel: dropDrag,
  });
  // Until they were asked for, nobody knows whether there are any.
  const empty = peaks.grown > 0 || !peaks.asked ? null : t(coming ? "player.wave.coming" : "player.wave.none");

  return (
    <div ref={root} className={styles.root}>
      <div ref={overviewLane} className={`${styles.lane} ${styles.overview}`} aria-hidden {...lane("overview")}>
        <canvas ref={overviewCanvas} className={styles.canvas} />
        <div ref={sight} className={styles.sight} hidden />
        <div ref={overviewPlayhead} className={styles.playhead} />
      </div>
      {bands && (
        <div className={`${styles.lane} ${styles.named}`} aria-hidden {...lane("overview")}>
          <WaveBands bands={bands} fromMs={0} sightMs={durationMs} onMove={onMoveBand} />
        </div>
      )}
      <div
        ref={detailLane}
        className={`${styles.lane} ${styles.detail}`}
        role="slider"
        tabIndex={0}
        aria-label={t("player.wave.label")}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={Math.round(durationMs / 1000)}
        aria-valuenow={0}
        onKeyDown={onKeyDown}
        onPointerLeave={() => {
          pointedAt.current = null;
          tellPointed();
        }}
        {...lane("detail")}
      >
        <canvas ref={detailCanvas} className={styles.canvas} />
        {empty !== null && (
          <div className={styles.empty}>
            <span className={styles.emptyWords}>{empty}</span>
          </div>
        )}
        <div ref={startHandle} className={styles.edge} data-edge="start" hidden />
        <div ref={endHandle} className={styles.edge} data-edge="end" hidden />
        {bands && view && <DetailBands bands={bands} view={view} onMove={onMoveBand} />}
        <div ref={detailPlayhead} className={styles.playhead} />
        <div ref={pointed} className={styles.pointed} hidden />
      </div>
      <div className={styles.zoom}>
        <Tooltip content={t("player.wave.zoom_in")} relationship="label" positioning="before">
          <Button size="small" appearance="subtle" icon={<ZoomInRegular />} onClick={() => view?.zoom(1 / ZOOM_STEP)} />
        </Tooltip>
        <Tooltip content={t("player.wave.zoom_out")} relationship="label" positioning="before">
          <Button size="small" appearance="subtle" icon={<ZoomOutRegular />} onClick={() => view?.zoom(ZOOM_STEP)} />
        </Tooltip>
        <Tooltip content={t("player.wave.zoom_fit")} relationship="label" positioning="before">
          <Button
            size="small"
            appearance="subtle"
            icon={<ZoomFitRegular />}
            onClick={() => view?.zoom(Number.POSITIVE_INFINITY)}
          />
        </Tooltip>
      </div>
    </div>
  );
});

function present<Element>(reference: RefObject<Element | null>): Element {
  if (!reference.current) throw new Error("the waveform's elements are not there yet");
  return reference.current;
}
