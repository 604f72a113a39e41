// What the secretary must know about an edit that was not done, above the text until she has read it.
import { Button, MessageBar, MessageBarActions, MessageBarBody } from "@fluentui/react-components";
import { Dismiss20Regular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";
import { useFailureText } from "../kit/failure_message";
import type { Notice } from "./edit_queue";
import { useTopic, useTranscript } from "./use_transcript";

export function TranscriptNotices() {
  const { store } = useTranscript();
  const notices = useTopic(store, "notices", () => store.notices);
  return notices.map((notice, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: notices have no id and only come and go.
    <NoticeBar key={at} notice={notice} onDismiss={() => store.dismissNotice(notice)} />
  ));
}

function NoticeBar({ notice, onDismiss }: { notice: Notice; onDismiss: () => void }) {
  const { t } = useTranslation();
  const { sentence } = useFailureText(notice.kind === "refused" ? notice.failure : null);
  const words =
    notice.kind === "refused"
      ? t("transcript.notice.refused", { reason: sentence })
      : notice.kind === "orphaned"
        ? t("transcript.notice.orphaned", { text: notice.text })
        : t("transcript.notice.reread");
  return (
    <MessageBar intent={notice.kind === "reread" ? "info" : "warning"} layout="multiline" role="alert">
      <MessageBarBody>{words}</MessageBarBody>
      <MessageBarActions
        containerAction={
          <Button
            appearance="transparent"
            aria-label={t("transcript.notice.dismiss")}
            icon={<Dismiss20Regular />}
            onClick={onDismiss}
          />
        }
      />
    </MessageBar>
  );
}
