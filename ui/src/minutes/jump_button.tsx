// The time of something that was said: pressing it goes there and plays it.
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { Play16Regular } from "@fluentui/react-icons";
import { createContext, useContext } from "react";
import { useTranslation } from "react-i18next";
import type { Moment, PartView, Stretch } from "../ipc";
import { clockText } from "../lib/time";
import { toSessionMs } from "../lib/timeline";

const useStyles = makeStyles({
  time: {
    minWidth: "auto",
    flexShrink: 0,
    fontVariantNumeric: "tabular-nums",
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground2,
  },
});

/** Where the parts of the session stand on its clock, and what goes to a stretch of it. */
export type Sound = { parts: readonly PartView[]; onGo: (stretch: Stretch) => void };

const SoundContext = createContext<Sound>({ parts: [], onGo: () => undefined });
export const SoundProvider = SoundContext.Provider;

export function JumpButton({ heard }: { heard: Stretch }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const { parts, onGo } = useContext(SoundContext);
  const time = clockOf(parts, heard.from);
  return (
    <Button
      appearance="subtle"
      size="small"
      className={styles.time}
      icon={<Play16Regular />}
      aria-label={t("preview.listen_from", { time })}
      onClick={() => onGo(heard)}
    >
      {time}
    </Button>
  );
}

function clockOf(parts: readonly PartView[], { part, ms }: Moment): string {
  return clockText(toSessionMs(parts, part, ms));
}
