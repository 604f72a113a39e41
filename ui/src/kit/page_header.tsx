// The head of a page: its one h1, what stands beside it, and the buttons of the page at the right.
import { makeStyles, Title2, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalM}`,
  },
  words: { flex: "1 1 260px", minWidth: 0 },
  title: { outlineStyle: "none", overflowWrap: "anywhere" },
  actions: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS },
});

export function PageHeader({ title, subtitle, actions }: { title: string; subtitle?: ReactNode; actions?: ReactNode }) {
  const styles = useStyles();
  return (
    <header className={styles.root}>
      <div className={styles.words}>
        <Title2 as="h1" block tabIndex={-1} className={styles.title}>
          {title}
        </Title2>
        {subtitle}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
