// The side panel of what the machine was unsure of; the list shrinks with every passage that is confirmed or corrected.
import { Button, Caption1, ProgressBar, Subtitle2, Text } from "@fluentui/react-components";
import { CheckmarkCircle24Regular, Next20Regular } from "@fluentui/react-icons";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { SegmentId } from "../ipc";
import { useKeysText } from "../lib/shortcuts";
import { clockText } from "../lib/time";
import type { DoubtWalk } from "./doubt_walk";
import { PanelList } from "./panel_list";
import { sessionRange, useActive, useSegment, useTopic, useTranscript } from "./use_transcript";

const itself = (id: SegmentId) => id;

export function DoubtsPanel({ walk }: { walk: DoubtWalk }) {
  const { t } = useTranslation();
  const { store } = useTranscript();
  const doubts = useTopic(store, "doubts", () => store.doubts);
  const keys = useKeysText()("doubts.confirm");
  const most = useRef(doubts.length);
  most.current = Math.max(most.current, doubts.length);
  return (
    <section className="panel" aria-label={t("transcript.doubts.title")}>
      <div className="panel-head">
        <Subtitle2 as="h2" role="status">
          {t("transcript.doubts.left", { count: doubts.length })}
        </Subtitle2>
        {doubts.length > 0 && (
          <>
            <ProgressBar
              value={1 - doubts.length / most.current}
              thickness="large"
              aria-label={t("transcript.doubts.progress")}
            />
            <Caption1>{t(`transcript.doubts.${keys ? "how" : "how_without"}`, { keys })}</Caption1>
            <Button icon={<Next20Regular />} onClick={() => walk.step(1)}>
              {t("transcript.doubts.next")}
            </Button>
          </>
        )}
      </div>
      {doubts.length === 0 ? (
        <div className="panel-empty">
          <CheckmarkCircle24Regular aria-hidden />
          <Text>{t("transcript.doubts.none")}</Text>
        </div>
      ) : (
        <PanelList items={doubts} keyOf={itself} height={76} label={t("transcript.doubts.title")}>
          {(id) => <Doubt id={id} onGo={() => walk.goTo(id)} />}
        </PanelList>
      )}
    </section>
  );
}

function Doubt({ id, onGo }: { id: SegmentId; onGo: () => void }) {
  const { t } = useTranslation();
  const { parts } = useTranscript();
  const segment = useSegment(id);
  const active = useActive() === id;
  if (!segment) return null;
  const reasons = segment.faults.map((fault) => t(`document.fault.${fault}`));
  return (
    <button type="button" className="panel-item" aria-current={active || undefined} onClick={onGo}>
      <span className="panel-item-line">
        <span className="panel-time">{clockText(sessionRange(parts, segment)[0])}</span>
        <span className="panel-reason">{reasons.join(" · ") || t("transcript.unsure_words")}</span>
      </span>
      <span className="panel-excerpt">{segment.text || t("transcript.empty")}</span>
    </button>
  );
}
