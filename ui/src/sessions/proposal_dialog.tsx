// Confirms what is to be heard: the parts of one session in order, or a session for each recording.

import {
  Button,
  Checkbox,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  Radio,
  RadioGroup,
  Spinner,
  Text,
  tokens,
} from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { isFailure, type ServerOffer, useIpc } from "../ipc";
import { queryKeys } from "../ipc/queries";
import { FailureMessage } from "../kit/failure_message";
import { Modal } from "../kit/modal";
import { lengthText } from "../lib/time";
import { type Draft, isAddress, lacksConsent, refusalKey, startsOf, totalOf, withMoved, withoutParts } from "./draft";
import { ProposedParts } from "./proposed_parts";
import { WhoListens } from "./who_listens";

type Props = {
  /** Null while the first recordings are looked at. */
  draft: Draft | null;
  reading: boolean;
  /** Why the recordings could not be looked at. */
  failure: unknown;
  onChange: (draft: Draft) => void;
  onClose: () => void;
  /** Goes where models are installed; the draft waits. */
  onModels: () => void;
};

export function ProposalDialog({ draft, reading, failure, onChange, onClose, onModels }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const { offer, reckoning } = useOffer(draft);
  const { start, starting, startFailure } = useStart(draft, offer, onChange, onClose);
  const count = draft?.parts.length ?? 0;
  const several = draft?.kind === "one_each" && count > 1;
  return (
    <Modal modalType="alert" onOpenChange={(_, data) => !data.open && !starting && onClose()}>
      <DialogSurface className={styles.surface} aria-describedby={undefined}>
        <DialogBody className={styles.body}>
          <DialogTitle>{t("sessions.proposal.title")}</DialogTitle>
          <DialogContent className={styles.content}>
            {failure !== null && <FailureMessage failure={failure} />}
            {startFailure !== null && (
              <div ref={bringIntoSight}>
                <FailureMessage
                  failure={startFailure}
                  actions={
                    lacksModel(startFailure) && <Button onClick={onModels}>{t("sessions.proposal.models")}</Button>
                  }
                />
              </div>
            )}
            {draft !== null && <DraftFields draft={draft} onChange={onChange} onClose={onClose} />}
            {draft !== null && count > 0 && offer !== null && (
              <WhoListens draft={draft} offer={offer} onChange={onChange} />
            )}
            {reading && <Spinner size="small" label={t("sessions.proposal.reading")} className={styles.reading} />}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose} disabled={starting}>
              {t(draft !== null && count === 0 ? "kit.close" : "kit.cancel")}
            </Button>
            {(draft === null || count > 0) && (
              <Button
                appearance="primary"
                disabled={
                  count === 0 || reading || reckoning || starting || (draft !== null && lacksConsent(draft, offer))
                }
                onClick={start}
              >
                {starting
                  ? t("sessions.proposal.starting")
                  : several
                    ? t("sessions.proposal.start_each", { count })
                    : t("sessions.proposal.start")}
              </Button>
            )}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Modal>
  );
}

function DraftFields({ draft, onChange, onClose }: { draft: Draft; onChange: Props["onChange"]; onClose: () => void }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const [, go] = useLocation();
  const total = totalOf(draft.parts);
  const several = draft.parts.length > 1;
  const openKnown = (session: string) => {
    onClose();
    go(`/sessions/${session}`);
  };
  return (
    <>
      {draft.parts.length === 0 && (
        <Text>{t(`sessions.proposal.${draft.refused.length > 0 ? "nothing_left" : "folder_empty"}`)}</Text>
      )}
      {several && (
        <Field label={t("sessions.proposal.how")}>
          <RadioGroup
            value={draft.kind}
            onChange={(_, { value }) => onChange({ ...draft, kind: value as Draft["kind"] })}
          >
            <Radio value="together" label={t("sessions.proposal.together")} />
            <Radio value="one_each" label={t("sessions.proposal.one_each")} />
            {!draft.parts.some((part) => isAddress(part.source)) && (
              <Radio value="microphones" label={t("sessions.proposal.microphones")} />
            )}
          </RadioGroup>
        </Field>
      )}
      {draft.parts.length > 0 && !(several && draft.kind === "one_each") && (
        <Field label={t("sessions.proposal.session_title")}>
          <Input value={draft.title} onChange={(_, { value }) => onChange({ ...draft, title: value })} />
        </Field>
      )}
      {draft.parts.length > 0 && (
        <section aria-label={t("sessions.proposal.parts")} className={styles.parts}>
          <ProposedParts
            parts={draft.parts}
            ordered={several && draft.kind === "together"}
            onMove={(from, to) => onChange(withMoved(draft, from, to))}
            onRemove={(source) => onChange(withoutParts(draft, [source]))}
            onOpenKnown={openKnown}
          />
          {several && draft.kind !== "microphones" && (
            <Text weight="semibold" align="end" block>
              {t(`sessions.proposal.${total.unknown ? "total_at_least" : "total"}`, {
                duration: lengthText(total.duration_ms),
              })}
            </Text>
          )}
        </section>
      )}
      {draft.parts.some((part) => isAddress(part.source)) && (
        <Field hint={t(`sessions.proposal.${draft.keepCopy ? "keep_copy_why" : "keep_copy_without"}`)}>
          <Checkbox
            checked={draft.keepCopy}
            onChange={(_, { checked }) => onChange({ ...draft, keepCopy: checked === true })}
            label={t("sessions.proposal.keep_copy")}
          />
        </Field>
      )}
      {draft.refused.length > 0 && <RefusedFiles draft={draft} />}
    </>
  );
}

function RefusedFiles({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const title = t("sessions.proposal.refused", { count: draft.refused.length });
  return (
    <section aria-label={title} className={styles.parts}>
      <Text weight="semibold">
        {title}. {draft.parts.length > 0 && t("sessions.proposal.rest_goes_on")}
      </Text>
      {draft.refused.map((refused) => (
        <FailureMessage
          key={refusalKey(refused)}
          title={refused.failure.message.includes(refused.name) ? undefined : refused.name}
          failure={refused.failure}
        />
      ))}
    </section>
  );
}

/** What a server would do for the parts of the draft, null without one; and whether that is not known yet. */
function useOffer(draft: Draft | null): { offer: ServerOffer | null; reckoning: boolean } {
  const ipc = useIpc();
  const length_ms = totalOf(draft?.parts ?? []).duration_ms;
  const { data, isPending } = useQuery({
    queryKey: queryKeys.serverOffer(length_ms),
    queryFn: () => ipc.serverOffer(length_ms),
    enabled: draft !== null,
    // A price or a permission may have been changed in Ajustes since.
    staleTime: 0,
  });
  return { offer: data ?? null, reckoning: draft !== null && isPending };
}

/** Starts what the draft says and goes there. What could not be started stays in the dialog, with the reason. */
function useStart(draft: Draft | null, offer: ServerOffer | null, onChange: Props["onChange"], onClose: () => void) {
  const ipc = useIpc();
  const [, go] = useLocation();
  const [starting, setStarting] = useState(false);
  const [startFailure, setStartFailure] = useState<unknown>(null);

  const start = async () => {
    if (draft === null) return;
    const starts = startsOf(draft, offer);
    const started: string[] = [];
    setStarting(true);
    setStartFailure(null);
    try {
      for (const each of starts) started.push(await ipc.sessionStart(each));
      onClose();
      go(started.length === 1 ? `/sessions/${started[0]}` : "/");
    } catch (thrown) {
      setStartFailure(thrown);
      const done = starts.slice(0, started.length).flatMap((each) => each.sources);
      onChange(withoutParts(draft, done));
    } finally {
      setStarting(false);
    }
  };
  return { start, starting, startFailure };
}

/** It stands above a list that may have been scrolled. */
function bringIntoSight(failure: HTMLElement | null) {
  failure?.scrollIntoView({ block: "nearest" });
}

/** Whether another model would help, which Ajustes has. */
function lacksModel(failure: unknown): boolean {
  return isFailure(failure) && /^(engine_)?model_/.test(failure.code);
}

const useStyles = makeStyles({
  surface: { maxWidth: "640px" },
  body: { maxHeight: "calc(100vh - 96px)" },
  content: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalL,
    paddingBlock: tokens.spacingVerticalS,
    // What is longer than the dialog scrolls; a message made lower would lie over what follows it.
    "& > *": { flexShrink: 0 },
  },
  parts: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  reading: { justifyContent: "flex-start" },
});
