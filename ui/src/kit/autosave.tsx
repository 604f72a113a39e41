// Saves what is typed without a button: shortly after the last key, when the field is left, and when the place or the
// window is closed; and the small sign that tells truly how far that is.
import { Button, Caption1, makeStyles, mergeClasses, Spinner, tokens } from "@fluentui/react-components";
import { CheckmarkCircleRegular, ErrorCircleRegular, PenRegular } from "@fluentui/react-icons";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFailureText } from "./failure_message";

export type SavedState = "saved" | "typed" | "saving" | "failed";
export type Autosave<T> = {
  draft: T;
  change(draft: T): void;
  /** Saves at once what is not saved yet. */
  flush(): void;
  state: SavedState;
  failure: unknown;
};

/** `stored` is where it starts; from then on the draft is the truth of this form, because only it writes. */
export function useAutosave<T>(stored: T, save: (draft: T) => Promise<unknown>, delay_ms = 600): Autosave<T> {
  const [draft, setDraft] = useState(stored);
  const [state, setState] = useState<SavedState>("saved");
  const [failure, setFailure] = useState<unknown>(null);
  // What the timer and the unmount must see is the latest, not what their render saw.
  const latest = useRef({ draft, save, state, timer: 0 });
  latest.current.save = save;

  const flush = useCallback(() => {
    const now = latest.current;
    window.clearTimeout(now.timer);
    if (now.state !== "typed" && now.state !== "failed") return;
    const show = (next: SavedState, thrown: unknown = null) => {
      now.state = next;
      setState(next);
      setFailure(thrown);
    };
    const sent = now.draft;
    show("saving");
    now.save(sent).then(
      () => {
        show(now.draft === sent ? "saved" : "typed");
        flush();
      },
      (thrown) => show("failed", thrown),
    );
  }, []);

  const change = useCallback(
    (next: T) => {
      const now = latest.current;
      now.draft = next;
      setDraft(next);
      // While a save is under way its end finds the newer draft and saves it.
      if (now.state === "saving") return;
      now.state = "typed";
      setState("typed");
      window.clearTimeout(now.timer);
      now.timer = window.setTimeout(flush, delay_ms);
    },
    [flush, delay_ms],
  );

  useEffect(() => {
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [flush]);

  return { draft, change, flush, state, failure };
}

const useStyles = makeStyles({
  root: {
    display: "inline-flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalXS,
    color: tokens.colorNeutralForeground2,
    minHeight: "24px",
  },
  failed: { color: tokens.colorStatusDangerForeground1 },
  icon: { fontSize: "16px", lineHeight: 0 },
});

/** «Guardado», «Escribiendo…», «Guardando…», or why not, with a button to try again. */
export function SavedSign({ autosave }: { autosave: Autosave<never> | Autosave<unknown> }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const { sentence } = useFailureText(autosave.failure);
  if (autosave.state === "failed")
    return (
      <Caption1 role="alert" className={mergeClasses(styles.root, styles.failed)}>
        <ErrorCircleRegular className={styles.icon} />
        {t("kit.not_saved", { sentence })}
        <Button size="small" onClick={autosave.flush}>
          {t("kit.retry")}
        </Button>
      </Caption1>
    );
  const icons = {
    saved: <CheckmarkCircleRegular />,
    typed: <PenRegular />,
    saving: <Spinner size="extra-tiny" aria-hidden />,
  };
  return (
    <Caption1 className={styles.root}>
      <span className={styles.icon} aria-hidden>
        {icons[autosave.state]}
      </span>
      {t(`kit.state_${autosave.state}`)}
    </Caption1>
  );
}
