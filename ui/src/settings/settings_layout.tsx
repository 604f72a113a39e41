// The shape of Ajustes: the list of sections at the left (above, when the window is narrow) and the open one beside it.
import { Body1, makeStyles, mergeClasses, Subtitle1, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { PageHeader } from "../kit/page_header";
import { POINTED } from "../kit/theme";

export type Section = { id: string; title: string; hint?: string; icon: ReactNode; content: ReactNode };

const narrow = "@media (max-width: 820px)";

const forced = "@media (forced-colors: active)";

const useStyles = makeStyles({
  body: {
    display: "flex",
    alignItems: "flex-start",
    gap: tokens.spacingHorizontalXXL,
    padding: `0 ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalXXXL}`,
    [narrow]: { flexDirection: "column", alignItems: "stretch", gap: tokens.spacingVerticalL },
  },
  list: {
    listStyleType: "none",
    margin: 0,
    padding: 0,
    width: "232px",
    flexShrink: 0,
    position: "sticky",
    top: tokens.spacingVerticalL,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXXS,
    [narrow]: { position: "static", width: "auto", flexDirection: "row", flexWrap: "wrap" },
  },
  link: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    minHeight: "40px",
    padding: `0 ${tokens.spacingHorizontalM}`,
    boxSizing: "border-box",
    borderRadius: tokens.borderRadiusMedium,
    borderLeft: "3px solid transparent",
    color: tokens.colorNeutralForeground1,
    textDecorationLine: "none",
    fontSize: tokens.fontSizeBase300,
    "& svg": { fontSize: "20px", width: "20px", height: "20px", flexShrink: 0 },
    ":hover": { backgroundColor: POINTED },
    // Forced colours paint transparent borders too, which would mark every link as the open one.
    [forced]: { borderLeftColor: "Canvas" },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  current: {
    [forced]: {
      forcedColorAdjust: "none",
      backgroundColor: "Highlight",
      color: "HighlightText",
      "& svg": { color: "HighlightText" },
    },
    backgroundColor: tokens.colorNeutralBackground1Selected,
    color: tokens.colorNeutralForeground1Selected,
    borderLeftColor: tokens.colorBrandStroke1,
    fontWeight: tokens.fontWeightSemibold,
    ":hover": {
      backgroundColor: tokens.colorNeutralBackground1Selected,
      color: tokens.colorNeutralForeground1Selected,
    },
  },
  section: {
    flex: "1 1 0",
    minWidth: 0,
    maxWidth: "840px",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
  },
  head: { marginBottom: tokens.spacingVerticalS },
  hint: { color: tokens.colorNeutralForeground2 },
});

export function SettingsLayout({ sections, open }: { sections: Section[]; open?: string }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const section = sections.find((each) => each.id === open) ?? sections[0];
  if (!section) return null;
  return (
    <>
      <PageHeader title={t("settings.title")} />
      <div className={styles.body}>
        <nav aria-label={t("settings.sections")}>
          <ul className={styles.list}>
            {sections.map(({ id, title, icon }) => (
              <li key={id}>
                <Link
                  href={`/settings/${id}`}
                  className={mergeClasses(styles.link, id === section.id && styles.current)}
                  aria-current={id === section.id ? "page" : undefined}
                >
                  {icon}
                  {title}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <section className={styles.section} aria-labelledby="settings-section">
          <div className={styles.head}>
            <Subtitle1 as="h2" block id="settings-section">
              {section.title}
            </Subtitle1>
            {section.hint && <Body1 className={styles.hint}>{section.hint}</Body1>}
          </div>
          {section.content}
        </section>
      </div>
    </>
  );
}
