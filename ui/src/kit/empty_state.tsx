// A place with nothing in it yet: what it is for and what to do first.
import { Body1, makeStyles, Subtitle1, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    textAlign: "center",
    gap: tokens.spacingVerticalM,
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalXXL}`,
    maxWidth: "560px",
    marginInline: "auto",
  },
  icon: { fontSize: "48px", lineHeight: 0, color: tokens.colorBrandForeground1 },
  body: { color: tokens.colorNeutralForeground2 },
});

/** `icon` is decoration; `children` are the buttons. */
export function EmptyState({
  icon,
  title,
  body,
  children,
}: {
  icon?: ReactNode;
  title: string;
  body?: ReactNode;
  children?: ReactNode;
}) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      {icon && (
        <span className={styles.icon} aria-hidden>
          {icon}
        </span>
      )}
      <Subtitle1 as="h2" block>
        {title}
      </Subtitle1>
      {body && (
        <Body1 block align="center" className={styles.body}>
          {body}
        </Body1>
      )}
      {children}
    </div>
  );
}
