// The renditions of a session that are being made or were made: how far each is, and what can be done with it.
import { Body1Strong, Button, Caption1, makeStyles, tokens } from "@fluentui/react-components";
import { CheckmarkCircleRegular, FolderOpenRegular, OpenRegular } from "@fluentui/react-icons";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type RenditionProfile, type SessionId, useIpc } from "../ipc";
import { FailureMessage } from "../kit/failure_message";
import { ProgressLine } from "../kit/progress_line";
import { renditionName } from "./rendition_words";
import { useRenditions, type Work } from "./works";

const useStyles = makeStyles({
  list: {
    listStyleType: "none",
    margin: 0,
    padding: `${tokens.spacingVerticalM} 0 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
  },
  line: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
  words: { flex: "1 1 200px", minWidth: 0 },
  made: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS },
  path: {
    display: "block",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    color: tokens.colorNeutralForeground2,
  },
  hint: { color: tokens.colorNeutralForeground2 },
});

export function WorkList({ session, profiles }: { session: SessionId; profiles: RenditionProfile[] }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const { works, cancel } = useRenditions();
  const entries = Object.entries(works[session] ?? {});
  const list = useRef<HTMLUListElement>(null);
  const shown = useRef(works[session]);
  // They stand below many choices: what has just begun or ended must be seen.
  useEffect(() => {
    const changed = entries.findIndex(([profile, { state }]) => shown.current?.[profile]?.state !== state);
    shown.current = works[session];
    list.current?.children[changed]?.scrollIntoView({ block: "nearest" });
  });
  if (entries.length === 0) return null;
  const nameOf = (id: string) => renditionName(t, profiles.find((profile) => profile.id === id) ?? { id });
  return (
    <>
      <ul ref={list} className={styles.list} aria-label={t("renditions.works")}>
        {entries.map(([profile, work]) => (
          <li key={profile}>
            <WorkLine name={nameOf(profile)} work={work} onCancel={() => cancel(session, profile)} />
          </li>
        ))}
      </ul>
      {entries.some(([, { state }]) => state === "working") && (
        <Caption1 className={styles.hint}>{t("renditions.goes_on")}</Caption1>
      )}
    </>
  );
}

function WorkLine({ name, work, onCancel }: { name: string; work: Work; onCancel: () => void }) {
  const { t } = useTranslation();
  switch (work.state) {
    case "working":
    case "stopping":
      return <UnderWay name={name} work={work} onCancel={onCancel} />;
    case "made":
      return <Made name={name} path={work.path} />;
    case "failed":
      return <FailureMessage title={t("renditions.failed", { name })} failure={work.failure} />;
  }
}

type UnderWayProps = { name: string; work: Extract<Work, { state: "working" | "stopping" }>; onCancel: () => void };

function UnderWay({ name, work, onCancel }: UnderWayProps) {
  const { t } = useTranslation();
  const styles = useStyles();
  const stopping = work.state === "stopping";
  const share = stopping ? null : work.share;
  const percent =
    share === null ? t("renditions.starting") : t("renditions.percent", { percent: Math.floor(share * 100) });
  return (
    <div className={styles.line}>
      <div className={styles.words}>
        <Body1Strong>{t("renditions.working", { name })}</Body1Strong>
        <ProgressLine
          label={t("renditions.working", { name })}
          {...(share !== null && { value: share })}
          text={stopping ? t("renditions.stopping") : percent}
        />
      </div>
      <Button aria-label={t("renditions.cancel_name", { name })} disabledFocusable={stopping} onClick={onCancel}>
        {t("kit.cancel")}
      </Button>
    </div>
  );
}

function Made({ name, path }: { name: string; path: string }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const ipc = useIpc();
  const [failure, setFailure] = useState<unknown>(null);
  const press = (deed: (path: string) => Promise<unknown>) => () => {
    setFailure(null);
    deed(path).catch(setFailure);
  };
  return (
    <>
      <div className={styles.line}>
        <div className={styles.words}>
          <span className={styles.made}>
            <CheckmarkCircleRegular aria-hidden fontSize="20px" color={tokens.colorStatusSuccessForeground1} />
            <Body1Strong>{t("renditions.made", { name })}</Body1Strong>
          </span>
          <Caption1 className={styles.path} title={path}>
            {path}
          </Caption1>
        </div>
        <Button
          icon={<OpenRegular />}
          aria-label={t("renditions.open_name", { name })}
          onClick={press(ipc.documentOpen)}
        >
          {t("renditions.open")}
        </Button>
        <Button
          icon={<FolderOpenRegular />}
          aria-label={t("renditions.show_name", { name })}
          onClick={press(ipc.documentShow)}
        >
          {t("renditions.show")}
        </Button>
      </div>
      {failure !== null && <FailureMessage failure={failure} />}
    </>
  );
}
