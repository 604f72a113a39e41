// What lasts around every place: the rail at the left with the places and the privacy badge, the notices above, and the
// skip link.
import {
  Button,
  makeStyles,
  mergeClasses,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Subtitle2,
  Text,
  tokens,
} from "@fluentui/react-components";
import {
  CloudArrowUpRegular,
  DocumentBulletListFilled,
  DocumentBulletListRegular,
  SettingsFilled,
  SettingsRegular,
  ShieldCheckmarkRegular,
} from "@fluentui/react-icons";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { useSettings } from "./ipc/queries";
import { POINTED } from "./kit/theme";
import { privacyOf } from "./lib/privacy";
import { useShortcut } from "./lib/shortcuts";
import { StandingNotices } from "./standing_notices";

const forced = "@media (forced-colors: active)";

const useStyles = makeStyles({
  root: {
    display: "flex",
    height: "100vh",
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
  },
  skip: {
    position: "absolute",
    left: "8px",
    top: "-100px",
    zIndex: 10,
    padding: "8px 12px",
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    font: "inherit",
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorBrandForeground1,
    ":focus": { top: "8px" },
  },
  rail: {
    display: "flex",
    flexDirection: "column",
    alignItems: "stretch",
    flexShrink: 0,
    width: "80px",
    gap: "4px",
    padding: "8px 6px",
    boxSizing: "border-box",
    backgroundColor: tokens.colorNeutralBackground3,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowY: "auto",
  },
  place: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    justifyContent: "center",
    gap: "2px",
    minWidth: 0,
    minHeight: "56px",
    padding: "4px 0",
    boxSizing: "border-box",
    borderRadius: tokens.borderRadiusMedium,
    border: "1px solid transparent",
    backgroundColor: "transparent",
    cursor: "pointer",
    textDecorationLine: "none",
    color: tokens.colorNeutralForeground2,
    fontFamily: tokens.fontFamilyBase,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightRegular,
    lineHeight: tokens.lineHeightBase200,
    ":hover": { backgroundColor: POINTED, color: tokens.colorNeutralForeground1 },
    // Forced colours paint transparent borders too, which would mark every link as the open one.
    [forced]: {
      borderTopColor: "Canvas",
      borderRightColor: "Canvas",
      borderBottomColor: "Canvas",
      borderLeftColor: "Canvas",
    },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    "& svg": { fontSize: "24px", width: "24px", height: "24px" },
  },
  current: {
    [forced]: {
      forcedColorAdjust: "none",
      backgroundColor: "Highlight",
      color: "HighlightText",
      "& svg": { color: "HighlightText" },
    },
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorBrandForeground1,
    fontWeight: tokens.fontWeightSemibold,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    ":hover": { backgroundColor: tokens.colorNeutralBackground1, color: tokens.colorBrandForeground1 },
  },
  space: { flex: 1 },
  beside: { flex: 1, minWidth: 0, display: "flex", flexDirection: "column" },
  main: { flex: 1, minWidth: 0, minHeight: 0, overflow: "auto", position: "relative", outlineStyle: "none" },
  explanation: { maxWidth: "300px", display: "flex", flexDirection: "column", gap: "4px" },
});

export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const [place, go] = useLocation();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  const { data: settings } = useSettings();
  const inSettings = place.startsWith("/settings");
  const room = place.split("/").slice(0, 3).join("/");

  useShortcut("place.sessions", () => go("/"));
  useShortcut("place.settings", () => go("/settings"));

  // A new place takes the focus to its title, so that a screen reader says where one is; the very first keeps it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is what it waits for
  useEffect(() => {
    if (first.current) first.current = false;
    else if (!inSettings || !main.current?.contains(document.activeElement))
      (main.current?.querySelector<HTMLElement>("h1[tabindex]") ?? main.current)?.focus();
  }, [room]);

  return (
    <div className={styles.root}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        {t("app.skip")}
      </button>
      <nav className={styles.rail} aria-label={t("app.navigation")}>
        <RailLink
          href="/"
          current={!inSettings}
          label={t("app.sessions")}
          icon={inSettings ? <DocumentBulletListRegular /> : <DocumentBulletListFilled />}
        />
        <div className={styles.space} />
        <PrivacyBadge />
        <RailLink
          href="/settings"
          current={inSettings}
          label={t("app.settings")}
          icon={inSettings ? <SettingsFilled /> : <SettingsRegular />}
        />
      </nav>
      <div className={styles.beside}>
        {/* Until it is known whether the welcome comes first, what was said waits. */}
        {settings && <StandingNotices onDismiss={() => main.current?.focus()} />}
        <main className={styles.main} id="main" ref={main} tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  );
}

/** What may leave this computer, in a word, and in two sentences for whoever asks. */
function PrivacyBadge() {
  const { t } = useTranslation();
  const styles = useStyles();
  const { data: settings } = useSettings();
  if (!settings) return null;
  const privacy = privacyOf(settings.server);
  const label = t(`app.privacy_${privacy}`);
  const title = t(`app.privacy_${privacy}_title`);
  return (
    <Popover withArrow positioning="after" trapFocus>
      <PopoverTrigger>
        <Button appearance="transparent" className={styles.place} title={title}>
          {privacy === "agreed" ? <CloudArrowUpRegular /> : <ShieldCheckmarkRegular />}
          {label}
        </Button>
      </PopoverTrigger>
      <PopoverSurface className={styles.explanation} tabIndex={-1} aria-label={label}>
        <Subtitle2>{title}</Subtitle2>
        <Text>{t(`app.privacy_${privacy}_body`, { server: settings.server.url })}</Text>
      </PopoverSurface>
    </Popover>
  );
}

function RailLink({ href, current, label, icon }: { href: string; current: boolean; label: string; icon: ReactNode }) {
  const styles = useStyles();
  return (
    <Link
      href={href}
      className={mergeClasses(styles.place, current && styles.current)}
      aria-current={current ? "page" : undefined}
    >
      {icon}
      {label}
    </Link>
  );
}
