// «Pausar todo», and «Seguir» in its place while everything is paused; there while something waits or is being heard.
import { Button } from "@fluentui/react-components";
import { PauseRegular, PlayRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";
import { useQueue } from "../ipc/queries";
import { usePausing } from "./use_pausing";

export function PauseAllButton() {
  const { t } = useTranslation();
  const { data: queue } = useQueue();
  const pausing = usePausing();
  if (!queue || (queue.waiting.length === 0 && queue.listening === null)) return null;
  return (
    <Button icon={queue.paused ? <PlayRegular /> : <PauseRegular />} onClick={() => pausing(!queue.paused)}>
      {t(queue.paused ? "jobs.go_on" : "jobs.pause_all")}
    </Button>
  );
}
