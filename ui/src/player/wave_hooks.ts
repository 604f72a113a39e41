// What keeps the waveform in step with the segments, its size, the theme and the wheel.
import { useThemeClassName } from "@fluentui/react-components";
import { type RefObject, useEffect, useState } from "react";
import type { PartView, Segment, SegmentId, Speaker } from "../ipc/bindings";
import { type Stretches, sameStretches, stretchesOf } from "./stretches";
import { readWaveTheme } from "./wave_theme";
import type { WaveView } from "./wave_view";

/** Typing changes segments many times a second; what is drawn of them is looked at this much later. */
const LOOK_AGAIN_MS = 80;

/** The stretches of the segments, the very same object until one of them moves or changes hands. */
export function useStretches(
  segments: readonly Segment[],
  speakers: readonly Speaker[],
  parts: readonly PartView[],
  doubtful: Iterable<SegmentId> | undefined,
): Stretches {
  const [stretches, setStretches] = useState(() => stretchesOf(segments, speakers, parts, doubtful));
  useEffect(() => {
    const due = setTimeout(() => {
      const fresh = stretchesOf(segments, speakers, parts, doubtful);
      setStretches((former) => (sameStretches(former, fresh) ? former : fresh));
    }, LOOK_AGAIN_MS);
    return () => clearTimeout(due);
  }, [segments, speakers, parts, doubtful]);
  return stretches;
}

export function useSizes(
  view: WaveView | null,
  overview: RefObject<HTMLElement | null>,
  detail: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    if (!view) return;
    const measure = () => {
      if (overview.current) view.resize("overview", overview.current.clientWidth, overview.current.clientHeight);
      if (detail.current) view.resize("detail", detail.current.clientWidth, detail.current.clientHeight);
    };
    measure();
    const observer = new ResizeObserver(measure);
    if (overview.current) observer.observe(overview.current);
    if (detail.current) observer.observe(detail.current);
    // A screen with another pixel density changes no size, but the window says that it resized.
    window.addEventListener("resize", measure);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", measure);
    };
  }, [view, overview, detail]);
}

export function useThemeOf(view: WaveView | null, root: RefObject<HTMLElement | null>): void {
  const themeClass = useThemeClassName();
  // biome-ignore lint/correctness/useExhaustiveDependencies(themeClass): another theme has other colours
  useEffect(() => {
    const read = () => {
      if (root.current) view?.setTheme(readWaveTheme(root.current));
    };
    read();
    const media = [window.matchMedia("(forced-colors: active)"), window.matchMedia("(prefers-color-scheme: dark)")];
    for (const query of media) query.addEventListener("change", read);
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributes: true });
    return () => {
      for (const query of media) query.removeEventListener("change", read);
      observer.disconnect();
    };
  }, [view, root, themeClass]);
}

/** Ctrl and the wheel zoom about the pointer; sideways, or with Shift, it moves along. */
export function useWheel(view: WaveView | null, lane: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = lane.current;
    if (!view || !element) return;
    const onWheel = (event: WheelEvent) => {
      const sideways = event.deltaX || (event.shiftKey ? event.deltaY : 0);
      if (event.ctrlKey) {
        const x = event.clientX - element.getBoundingClientRect().left;
        view.zoom(Math.exp(event.deltaY * 0.002), view.msAt("detail", x));
      } else if (sideways !== 0) view.pan(sideways * view.msPerPixel);
      else return;
      event.preventDefault();
    };
    // React's own wheel listeners are passive and could not keep the page from zooming.
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [view, lane]);
}
