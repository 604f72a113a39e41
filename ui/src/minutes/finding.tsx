// A line of the lists beside the sheet: what was found in words, what belongs to it in small, and where it is heard.
import { Body1, Caption1, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { Stretch } from "../ipc";
import { JumpButton } from "./jump_button";

const useStyles = makeStyles({
  row: {
    display: "flex",
    alignItems: "flex-start",
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  words: { flex: 1, minWidth: 0, display: "flex", flexDirection: "column", overflowWrap: "anywhere" },
  small: { color: tokens.colorNeutralForeground2 },
  aside: { display: "flex", flexWrap: "wrap", justifyContent: "flex-end", alignItems: "center", flexShrink: 0 },
});

type Props = { title: ReactNode; small?: ReactNode; heard: Stretch | null; children?: ReactNode };

/** `children`: what can be done about it, beside its time. */
export function Finding({ title, small, heard, children }: Props) {
  const styles = useStyles();
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <Body1>{title}</Body1>
        {small && <Caption1 className={styles.small}>{small}</Caption1>}
      </div>
      <div className={styles.aside}>
        {children}
        {heard && <JumpButton heard={heard} />}
      </div>
    </div>
  );
}

/** What stands above such a list: what it is for. */
export function FindingsHead({ children }: { children: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.row}>
      <Caption1 className={styles.small}>{children}</Caption1>
    </div>
  );
}
