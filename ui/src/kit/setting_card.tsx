// A line of a settings page: what it is at the left, its control at the right, and room below for what belongs to it.
import { Body1, Caption1, Card, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  card: {
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    gap: tokens.spacingVerticalM,
    boxShadow: "none",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  line: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalS,
    minHeight: "40px",
  },
  icon: { fontSize: "20px", lineHeight: 0, color: tokens.colorNeutralForeground2 },
  words: { flex: "1 1 240px", minWidth: 0, display: "flex", flexDirection: "column" },
  hint: { color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
  control: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
});

type Props = {
  icon?: ReactNode;
  title: ReactNode;
  titleId?: string;
  hint?: ReactNode;
  hintId?: string;
  control?: ReactNode;
  children?: ReactNode;
};

/** Ids let the control name itself with `aria-labelledby` and `aria-describedby`. */
export function SettingCard({ icon, title, titleId, hint, hintId, control, children }: Props) {
  const styles = useStyles();
  return (
    <Card className={styles.card}>
      <div className={styles.line}>
        {icon && (
          <span className={styles.icon} aria-hidden>
            {icon}
          </span>
        )}
        <div className={styles.words}>
          <Body1 id={titleId}>{title}</Body1>
          {hint && (
            <Caption1 id={hintId} className={styles.hint}>
              {hint}
            </Caption1>
          )}
        </div>
        {control && <div className={styles.control}>{control}</div>}
      </div>
      {children}
    </Card>
  );
}
