// What is missing to hear the session: the present moment itself, or an original for which the listening copy stands in.
import { Button, MessageBar, MessageBarActions, MessageBarBody } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type SessionView, useIpc } from "../ipc";
import { queryKeys } from "../ipc/queries";
import { FailureMessage } from "../kit/failure_message";
import { usePlayerState, usePlaying } from "./context";

/** How often it is looked whether a card is back in its reader. */
const LOOK_EVERY_MS = 5000;

export function MissingSound() {
  const { t } = useTranslation();
  const ipc = useIpc();
  const queries = useQueryClient();
  const { session, media, parts, player } = usePlaying();
  const { failure } = usePlayerState();
  const [refusal, setRefusal] = useState<unknown>(null);
  const [searching, setSearching] = useState(false);

  // A recording that came from an address was never a file here.
  const absent = parts.filter((part) => !part.present && !/^https?:/i.test(part.source));
  const unheard = parts.find(({ position }) => position === failure?.part);
  const wanted = unheard ?? absent[0];
  useReturn(wanted !== undefined);
  if (!wanted) return null;

  const locate = async () => {
    setRefusal(null);
    setSearching(true);
    try {
      const view = await ipc.recordingLocate(session, wanted.position);
      queries.setQueryData(queryKeys.session(session), view);
      void queries.invalidateQueries({ queryKey: queryKeys.media(session) });
    } catch (thrown) {
      setRefusal(thrown);
    } finally {
      setSearching(false);
    }
  };
  const copied = media?.sources.some((source) => source.part === wanted.position && source.copy) ?? false;
  const sentence = failure
    ? t(`player.missing.${failure.reason}`, { name: wanted.name })
    : !copied
      ? t("player.missing.hint_silent", { name: wanted.name })
      : absent.length > 1
        ? t("player.missing.hint_many", { count: absent.length })
        : t("player.missing.hint", { name: wanted.name });

  return (
    <>
      <MessageBar intent={failure ? "warning" : "info"} politeness={failure ? "assertive" : "polite"} layout="auto">
        <MessageBarBody>{sentence}</MessageBarBody>
        <MessageBarActions>
          {failure && <Button onClick={() => player.play()}>{t("player.missing.retry")}</Button>}
          <Button disabled={searching} onClick={() => void locate()}>
            {t("player.missing.locate")}
          </Button>
        </MessageBarActions>
      </MessageBar>
      {refusal !== null && <FailureMessage failure={refusal} />}
    </>
  );
}

/** Looks again and again, while something is missing, whether it has come back. */
function useReturn(missing: boolean) {
  const ipc = useIpc();
  const queries = useQueryClient();
  const { session, parts } = usePlaying();
  useEffect(() => {
    if (!missing) return;
    let looking = false;
    const timer = setInterval(async () => {
      if (looking) return;
      looking = true;
      // What cannot be read now is looked at again.
      const now = await ipc.sessionOpen(session).catch(() => null);
      looking = false;
      if (now === null || now.parts.every(({ present }, index) => present === parts[index]?.present)) return;
      const key = queryKeys.session(session);
      queries.setQueryData<SessionView>(key, (view) => view && { ...view, parts: now.parts });
      void queries.invalidateQueries({ queryKey: queryKeys.media(session) });
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [missing, ipc, queries, session, parts]);
}
