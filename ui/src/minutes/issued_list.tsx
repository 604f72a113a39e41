// The actas that were written and how far each came: draft, sent, approved, signed. Nothing goes back.
import {
  Badge,
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from "@fluentui/react-components";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Issued, type SessionId, type Stage, useIpc } from "../ipc";
import { queryKeys } from "../ipc/queries";
import { FailureMessage } from "../kit/failure_message";
import { Modal } from "../kit/modal";
import { fileName } from "../lib/paths";
import { dateText } from "../lib/time";
import { Finding, FindingsHead } from "./finding";

const NEXT: { readonly [stage in Stage]: Stage | null } = {
  draft: "sent",
  sent: "approved",
  approved: "signed",
  signed: null,
};

type Step = { acta: Issued; stage: Stage };

export function IssuedList({ session, issued }: { session: SessionId; issued: readonly Issued[] }) {
  const { t } = useTranslation();
  const ipc = useIpc();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Step | null>(null);
  const advance = useMutation({
    mutationFn: ({ acta, stage }: Step) => ipc.actaAdvance(session, stage, acta.path),
    onSettled: () => queries.invalidateQueries({ queryKey: queryKeys.minutes(session) }),
  });
  return (
    <>
      <FindingsHead>{t("preview.issued_hint")}</FindingsHead>
      {advance.error && <FailureMessage failure={advance.error} />}
      <ul className="issued-list">
        {issued.map((acta) => (
          <li key={acta.path}>
            <IssuedActa acta={acta} onAdvance={(stage) => setAsked({ acta, stage })} />
          </li>
        ))}
      </ul>
      <Modal open={asked !== null} onOpenChange={(_, data) => !data.open && setAsked(null)}>
        <DialogSurface>
          <DialogBody>
            <DialogTitle>{asked && t(`preview.advance_${asked.stage}_title`)}</DialogTitle>
            <DialogContent>
              {asked && t(`preview.advance_${asked.stage}_hint`, { name: fileName(asked.acta.path) })}
            </DialogContent>
            <DialogActions>
              <Button onClick={() => setAsked(null)}>{t("kit.cancel")}</Button>
              <Button
                appearance="primary"
                onClick={() => {
                  if (asked) advance.mutate(asked);
                  setAsked(null);
                }}
              >
                {asked && t(`preview.advance_${asked.stage}`)}
              </Button>
            </DialogActions>
          </DialogBody>
        </DialogSurface>
      </Modal>
    </>
  );
}

function IssuedActa({ acta, onAdvance }: { acta: Issued; onAdvance: (stage: Stage) => void }) {
  const { t, i18n } = useTranslation();
  const next = NEXT[acta.stage];
  const at = acta.signed_at_ms ?? acta.approved_at_ms ?? acta.sent_at_ms ?? acta.drafted_at_ms;
  const small = [
    dateText(at, i18n.language),
    t(`preview.kind_${acta.kind}`),
    t(`preview.copy_${acta.copy}`),
    acta.file !== "same" && t(`preview.file_${acta.file}`),
    acta.session_changed && t("preview.session_changed"),
  ].filter(Boolean);
  return (
    <Finding
      title={
        <>
          {fileName(acta.path)}{" "}
          <Badge
            appearance={acta.stage === "draft" ? "outline" : "tint"}
            color={acta.stage === "draft" ? "informative" : "brand"}
          >
            {t(`preview.stage_${acta.stage}`)}
          </Badge>
        </>
      }
      small={small.join(" · ")}
      heard={null}
    >
      {next && acta.file !== "missing" && (
        <Button size="small" onClick={() => onAdvance(next)}>
          {t(`preview.advance_${next}`)}
        </Button>
      )}
    </Finding>
  );
}
