// Named stretches under the sound, such as the points of an order of the day: each reaches to where the next one
// begins, and that boundary can be dragged. Whoever cannot drag moves it by key where the stretches are listed.
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { type PointerEvent, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { WaveView } from "./wave_view";

/** Session ms. */
export type Band = { id: string; label: string; fromMs: number; toMs: number };

/** A stretch shorter than this could not be seen, ms. */
const SHORTEST_MS = 1000;

const useStyles = makeStyles({
  root: { position: "absolute", inset: 0, pointerEvents: "none", overflow: "hidden" },
  // Above the times, over the foot of the sound.
  overSound: { top: "8px", bottom: "18px" },
  band: {
    position: "absolute",
    bottom: 0,
    boxSizing: "border-box",
    height: "20px",
    lineHeight: "18px",
    padding: "0 6px",
    overflow: "hidden",
    whiteSpace: "nowrap",
    textOverflow: "ellipsis",
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground3,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusSmall,
    fontSize: tokens.fontSizeBase200,
  },
  boundary: {
    position: "absolute",
    top: 0,
    bottom: 0,
    width: "10px",
    marginLeft: "-5px",
    cursor: "ew-resize",
    pointerEvents: "auto",
    touchAction: "none",
    // A border, because the system's own colours leave borders visible.
    "::after": {
      content: '""',
      position: "absolute",
      top: 0,
      bottom: 0,
      left: "4px",
      borderLeft: `2px solid ${tokens.colorBrandStroke1}`,
    },
  },
});

type Moving = { at: number; ms: number };
type Props = {
  bands: readonly Band[];
  /** What the width shows, session ms. */
  fromMs: number;
  sightMs: number;
  overSound?: boolean;
  onMove: (at: number, sessionMs: number) => void;
};

export function WaveBands({ bands, fromMs, sightMs, overSound = false, onMove }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const root = useRef<HTMLDivElement>(null);
  const [moving, setMoving] = useState<Moving | null>(null);
  const shown = moving ? moved(bands, moving) : bands;
  const share = (ms: number) => `${((ms - fromMs) / (sightMs || 1)) * 100}%`;
  const inSight = (ms: number) => ms >= fromMs && ms <= fromMs + sightMs;

  useEffect(() => {
    if (!moving) return;
    const letGo = (event: KeyboardEvent) => event.key === "Escape" && setMoving(null);
    window.addEventListener("keydown", letGo, { capture: true });
    return () => window.removeEventListener("keydown", letGo, { capture: true });
  }, [moving]);

  const msOf = (event: PointerEvent) => {
    const box = root.current?.getBoundingClientRect();
    return fromMs + ((event.clientX - (box?.left ?? 0)) / (box?.width || 1)) * sightMs;
  };
  const handles = (at: number) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      // The lane under it would go to this place.
      event.stopPropagation();
      event.currentTarget.setPointerCapture?.(event.pointerId);
      setMoving({ at, ms: bands[at]?.fromMs ?? 0 });
    },
    onPointerMove: (event: PointerEvent) => {
      if (moving) setMoving({ at, ms: within(bands, at, msOf(event)) });
    },
    onPointerUp: () => {
      setMoving(null);
      if (moving && moving.ms !== bands[at]?.fromMs) onMove(at, moving.ms);
    },
    onPointerCancel: () => setMoving(null),
  });

  return (
    <div ref={root} className={mergeClasses(styles.root, overSound && styles.overSound)}>
      {shown.map(({ id, label, fromMs: start, toMs: end }) =>
        end < fromMs || start > fromMs + sightMs ? null : (
          <div
            key={id}
            className={styles.band}
            data-band={id}
            style={{
              left: share(Math.max(start, fromMs)),
              right: `calc(100% - ${share(Math.min(end, fromMs + sightMs))})`,
            }}
          >
            {label}
          </div>
        ),
      )}
      {shown.map(({ id, label, fromMs: start }, at) =>
        inSight(start) ? (
          // biome-ignore lint/a11y/noStaticElementInteractions: what is dragged here is moved by key elsewhere.
          <div
            key={id}
            className={styles.boundary}
            data-boundary={id}
            style={{ left: share(start) }}
            title={t("player.wave.boundary", { name: label })}
            // The focus stays where the keys are meant to work.
            onMouseDown={(event) => event.preventDefault()}
            {...handles(at)}
          />
        ) : null,
      )}
    </div>
  );
}

/** In the lane that shows a part of the session. */
export function DetailBands({ view, ...props }: Pick<Props, "bands" | "onMove"> & { view: WaveView }) {
  const { fromMs, sightMs } = useSyncExternalStore(view.onLook, view.sight);
  return <WaveBands {...props} fromMs={fromMs} sightMs={sightMs} overSound />;
}

/** As far as the neighbours leave room. */
function within(bands: readonly Band[], at: number, ms: number): number {
  const before = bands[at - 1];
  const floor = before ? before.fromMs + SHORTEST_MS : 0;
  const ceiling = (bands[at]?.toMs ?? 0) - SHORTEST_MS;
  return Math.round(Math.max(floor, Math.min(ms, ceiling)));
}

function moved(bands: readonly Band[], { at, ms }: Moving): readonly Band[] {
  return bands.map((band, place) =>
    place === at ? { ...band, fromMs: ms } : place === at - 1 ? { ...band, toMs: ms } : band,
  );
}
