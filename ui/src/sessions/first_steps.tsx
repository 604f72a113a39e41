// What the list says of the way in: where to drop a recording, and what to try while only the sample is there.

import {
  Button,
  Card,
  Link,
  makeStyles,
  mergeClasses,
  Subtitle1,
  Subtitle2,
  Text,
  tokens,
} from "@fluentui/react-components";
import { ArrowDownloadRegular, FolderOpenRegular, LightbulbRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { SessionRow } from "../ipc";
import { useKeysText } from "../lib/shortcuts";
import { AddressForm } from "./address_form";
import { useIntake } from "./intake";
import { usePromise } from "./promise";

/** `small` beneath a list that has a few sessions already. */
export function DropZone({ small = false }: { small?: boolean }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const intake = useIntake();
  const [, go] = useLocation();
  const promise = usePromise();
  const Title = small ? Subtitle2 : Subtitle1;
  return (
    <section className={mergeClasses(styles.zone, small && styles.small)} aria-label={t("sessions.empty.title")}>
      <ArrowDownloadRegular className={mergeClasses(styles.icon, small && styles.smallIcon)} aria-hidden />
      <Title as="h2" block className={styles.title}>
        {t("sessions.empty.title")}
      </Title>
      <Text align="center" className={styles.text}>
        {promise.long}
      </Text>
      <Button
        appearance={small ? "secondary" : "primary"}
        size="large"
        icon={<FolderOpenRegular />}
        onClick={() => intake.pick()}
      >
        {t("sessions.empty.pick")}
      </Button>
      <Text align="center" className={styles.text}>
        {t("sessions.empty.folders")}{" "}
        <Link as="button" inline onClick={() => go("/settings/folders")}>
          {t("sessions.empty.folders_link")}
        </Link>
      </Text>
      <div className={styles.address}>
        <AddressForm label={t("sessions.empty.or_url")} onAddress={(address) => intake.propose([address])} />
      </div>
    </section>
  );
}

/** Beneath a list that needs the room for itself. */
export function DropLine() {
  const { t } = useTranslation();
  const promise = usePromise();
  const styles = useStyles();
  return (
    <section className={styles.line} aria-label={t("sessions.empty.title")}>
      <ArrowDownloadRegular className={styles.lineIcon} aria-hidden />
      <Text>
        <Text weight="semibold">{t("sessions.drop.title")}.</Text>{" "}
        <span className={styles.promise}>{promise.short}</span>
      </Text>
    </section>
  );
}

/** Shown while the sample is the only session. */
export function SampleHint({ sample, onOpen }: { sample: SessionRow; onOpen: (row: SessionRow) => void }) {
  const { t } = useTranslation();
  const keys = useKeysText()("player.toggle");
  const styles = useStyles();
  return (
    <Card className={styles.hint} role="note" appearance="filled-alternative">
      <LightbulbRegular className={styles.hintIcon} aria-hidden />
      <div className={styles.hintWords}>
        <Text weight="semibold">{t("sessions.sample.title")}</Text>
        <Text>{t(`sessions.sample.${keys ? "text" : "text_without"}`, { keys })}</Text>
      </div>
      <Button onClick={() => onOpen(sample)}>{t("sessions.sample.open")}</Button>
    </Card>
  );
}

const useStyles = makeStyles({
  zone: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    justifyContent: "center",
    gap: tokens.spacingVerticalM,
    flexGrow: 1,
    margin: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalXXL}`,
    padding: tokens.spacingHorizontalXXL,
    textAlign: "center",
    borderRadius: tokens.borderRadiusXLarge,
    border: `2px dashed ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  small: { flexGrow: 0 },
  icon: { fontSize: "48px", color: tokens.colorBrandForeground1 },
  smallIcon: { fontSize: "32px" },
  title: { margin: 0 },
  text: { maxWidth: "520px", color: tokens.colorNeutralForeground2 },
  address: { width: "100%", maxWidth: "560px", marginTop: tokens.spacingVerticalM },
  line: {
    display: "flex",
    alignItems: "center",
    justifyContent: "center",
    gap: tokens.spacingHorizontalS,
    flexShrink: 0,
    margin: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalM}`,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px dashed ${tokens.colorNeutralStroke1}`,
  },
  lineIcon: { fontSize: "20px", flexShrink: 0, color: tokens.colorBrandForeground1 },
  promise: { color: tokens.colorNeutralForeground2 },
  hint: {
    flexDirection: "row",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    margin: `0 ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalL}`,
    flexShrink: 0,
  },
  hintIcon: { fontSize: "24px", color: tokens.colorBrandForeground1 },
  hintWords: { flex: "1 1 300px", display: "flex", flexDirection: "column" },
});
