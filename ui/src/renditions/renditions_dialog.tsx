// «Versiones de la grabación»: which one, for whom and where it goes; below, those that are being made and were made.
import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Spinner,
  Text,
  tokens,
} from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ActaCopy, type SessionId, useIpc } from "../ipc";
import { useSettings } from "../ipc/queries";
import { FailureMessage } from "../kit/failure_message";
import { Modal } from "../kit/modal";
import { CopyChoice, ProfileChoice } from "./rendition_choices";
import { WorkList } from "./work_list";
import { useRenditions } from "./works";

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  title: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", color: tokens.colorNeutralForeground2 },
  place: { color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
});

type Props = { session: SessionId; title: string; onClose: () => void };

export function RenditionsDialog({ session, title, onClose }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const ipc = useIpc();
  const { works, make, watch } = useRenditions();
  const { data: settings } = useSettings();
  const { data: profiles, error } = useQuery({
    queryKey: ["renditions", session],
    queryFn: () => ipc.renditionProfiles(session),
    // The recordings may have come back meanwhile, or gone.
    gcTime: 0,
    staleTime: 0,
  });
  const [chosen, setChosen] = useState<string | null>(null);
  const [chosenCopy, setChosenCopy] = useState<ActaCopy | null>(null);
  const surface = useRef<HTMLDivElement>(null);
  useEffect(() => watch(session), [watch, session]);
  // A button that went with what it stood for, as «Cancelar» does, leaves the focus to what would be pressed next.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the works are what it waits for
  useLayoutEffect(() => {
    if (document.activeElement === document.body) surface.current?.querySelector<HTMLElement>("[data-next]")?.focus();
  }, [works]);

  const profile = chosen ?? profiles?.find(({ possible }) => possible)?.id ?? null;
  const copy = chosenCopy ?? settings?.acta.copy ?? "complete";
  const folder = settings?.output_folder;
  const state = profile === null ? undefined : works[session]?.[profile]?.state;
  const busy = state === "working" || state === "stopping";
  return (
    <Modal onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface ref={surface}>
        <DialogBody>
          <DialogTitle>{t("renditions.title")}</DialogTitle>
          <DialogContent className={styles.content}>
            <Text className={styles.title} title={title}>
              {title}
            </Text>
            {error && <FailureMessage failure={error} />}
            {!profiles && !error && <Spinner size="small" label={t("renditions.looking")} />}
            {profiles && (
              <>
                <ProfileChoice profiles={profiles} chosen={profile} onChoose={setChosen} />
                <CopyChoice chosen={copy} onChoose={setChosenCopy} />
                <Text className={styles.place}>
                  {folder ? t("renditions.place", { folder }) : t("renditions.place_beside")}
                </Text>
              </>
            )}
            <WorkList session={session} profiles={profiles ?? []} />
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t("kit.close")}</Button>
            <Button
              appearance="primary"
              data-next
              disabledFocusable={profile === null || busy}
              onClick={() => profile !== null && make(session, profile, copy)}
            >
              {t("renditions.make")}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Modal>
  );
}
