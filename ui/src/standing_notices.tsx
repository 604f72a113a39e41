// What the core has to say aloud, above every place until somebody has read it: nobody may be looking when it comes.
import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles, tokens } from "@fluentui/react-components";
import { Dismiss20Regular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useIpc } from "./ipc";

const useStyles = makeStyles({
  // What came in a week without anybody leaves room for the work.
  notices: { flexShrink: 0, maxHeight: "30vh", overflowY: "auto" },
  sentence: { whiteSpace: "normal", overflowWrap: "anywhere", paddingBlock: tokens.spacingVerticalXS },
});

/** `onDismiss` takes the focus, which was on a button that goes. */
export function StandingNotices({ onDismiss }: { onDismiss: () => void }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const ipc = useIpc();
  const [sentences, setSentences] = useState<readonly string[]>([]);
  useEffect(() => {
    // Said again before it was read, it is still one thing to read.
    const say = (sentence: string) =>
      setSentences((former) => (former.includes(sentence) ? former : [...former, sentence]));
    const deaf = ipc.listen((event) => {
      if (event.event === "notice_given") say(event.message);
    });
    void ipc.noticesMissed().then((missed) => missed.forEach(say));
    return deaf;
  }, [ipc]);
  const dismiss = (sentence: string) => {
    setSentences((former) => former.filter((each) => each !== sentence));
    onDismiss();
  };
  if (sentences.length === 0) return null;
  return (
    <section className={styles.notices} aria-label={t("app.notices")}>
      {sentences.map((sentence) => (
        <MessageBar key={sentence} intent="warning" layout="multiline" role="alert">
          <MessageBarBody className={styles.sentence}>{sentence}</MessageBarBody>
          <MessageBarActions
            containerAction={
              <Button
                appearance="transparent"
                aria-label={t("app.notice_dismiss")}
                title={t("app.notice_dismiss")}
                icon={<Dismiss20Regular />}
                onClick={() => dismiss(sentence)}
              />
            }
          />
        </MessageBar>
      ))}
    </section>
  );
}
