// One question about recordings: what they are called, when they were recorded, why it is asked, and the answers.
import { Button, Caption1, Card, makeStyles, mergeClasses, Subtitle2, Text, tokens } from "@fluentui/react-components";
import { ChatHelpRegular } from "@fluentui/react-icons";
import { type ReactNode, type Ref, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Question, Reply, SessionId } from "../ipc";
import { useSession } from "../ipc/queries";
import { FailureMessage } from "../kit/failure_message";
import { fileName } from "../lib/paths";
import { spanText } from "../lib/time";
import { useReason } from "./use_reason";

const useStyles = makeStyles({
  card: {
    flexDirection: "row",
    flexWrap: "wrap",
    alignItems: "flex-start",
    gap: tokens.spacingHorizontalM,
    margin: `0 ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalM}`,
    flexShrink: 0,
  },
  icon: { fontSize: "24px", lineHeight: 0, color: tokens.colorBrandForeground1 },
  words: { flex: "1 1 300px", minWidth: 0, display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS },
  head: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "baseline",
    columnGap: tokens.spacingHorizontalM,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  facts: {
    display: "grid",
    gridTemplateColumns: "auto minmax(0, 1fr)",
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXXS,
    margin: 0,
  },
  fact: { margin: 0, minWidth: 0 },
  cut: { display: "block", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  wrapped: { overflowWrap: "anywhere" },
  answers: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, marginTop: tokens.spacingVerticalXS },
});

type Props = {
  ref: Ref<HTMLElement>;
  question: Question;
  /** How many wait, with this one. */
  waiting: number;
  failure: unknown;
  onAnswer: (reply: Reply) => Promise<void>;
};

export function QuestionCard({ ref, question, waiting, failure, onAnswer }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const id = useId();
  const reasonOf = useReason();
  const [busy, setBusy] = useState(false);
  const { about, earlier, earlier_title, later, later_title, files, answers } = question;
  const answer = (reply: Reply) => {
    setBusy(true);
    void onAnswer(reply).finally(() => setBusy(false));
  };
  return (
    <Card
      ref={ref as Ref<HTMLDivElement>}
      className={styles.card}
      role="group"
      tabIndex={-1}
      focusMode="off"
      appearance="filled-alternative"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-why`}
    >
      <ChatHelpRegular className={styles.icon} aria-hidden />
      <div className={styles.words}>
        <div className={styles.head}>
          <Subtitle2 as="h2" id={`${id}-title`}>
            {t(`watched.doubt_${about.doubt}`)}
          </Subtitle2>
          {waiting > 1 && <Caption1 className={styles.quiet}>{t("watched.questions", { count: waiting })}</Caption1>}
        </div>
        <Text id={`${id}-why`}>{reasonOf(question)}</Text>
        <dl className={styles.facts}>
          <Fact name={t("watched.first_session")}>
            <SessionFact session={earlier} title={earlier_title} near={later === null ? "all" : "last"} />
          </Fact>
          {later !== null && (
            <Fact name={t("watched.second_session")}>
              <SessionFact session={later} title={later_title ?? ""} near="first" />
            </Fact>
          )}
          {later === null && (
            <Fact name={t("watched.same_moment")}>
              {files.map((file) => (
                <span key={file} className={styles.cut} title={file}>
                  {fileName(file)}
                </span>
              ))}
            </Fact>
          )}
        </dl>
        {failure !== null && <FailureMessage failure={failure} />}
        <div className={styles.answers}>
          {answers.map((reply) => (
            <Button key={reply} disabledFocusable={busy} onClick={() => answer(reply)}>
              {t([`watched.reply_${about.doubt}_${reply}`, `watched.reply_${reply}`])}
            </Button>
          ))}
        </div>
        <Caption1 className={styles.quiet}>
          {answers.includes("mix") ? t("watched.hint_mix") : t("watched.hint_join")}
        </Caption1>
      </div>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <>
      <dt className={styles.quiet}>{name}</dt>
      <dd className={styles.fact}>{children}</dd>
    </>
  );
}

type SessionFactProps = {
  session: SessionId;
  title: string;
  /** Which of its recordings the question is about: the one at the gap, or any. */
  near: "first" | "last" | "all";
};

/** «Sesión ordinaria n.º 48» with its hours and its files. */
function SessionFact({ session, title, near }: SessionFactProps) {
  const { i18n } = useTranslation();
  const styles = useStyles();
  const { data: view } = useSession(session);
  const parts = view?.parts ?? [];
  const named = near === "all" ? parts : near === "last" ? parts.slice(-1) : parts.slice(0, 1);
  const names = named.map(({ name }) => name).join(", ");
  return (
    <>
      <Text weight="semibold" className={styles.cut} title={title}>
        {title}
      </Text>
      {/* Its line is there before its words are, so that nothing moves. */}
      <Caption1 block className={mergeClasses(styles.quiet, styles.wrapped)}>
        {view
          ? `${spanText(view.row.held_at_ms, view.row.held_at_ms + (view.row.duration_ms ?? 0), i18n.language)} · ${names}`
          : "\u00a0"}
      </Caption1>
    </>
  );
}
