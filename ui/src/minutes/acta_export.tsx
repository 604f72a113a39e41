// «Exportar acta»: writes it as chosen, says what to look at, and opens it or shows it.
import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Spinner,
  ToastTrigger,
} from "@fluentui/react-components";
import { DocumentArrowRightRegular } from "@fluentui/react-icons";
import { type Ref, useImperativeHandle, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ActaChoices, type ActaExported, type SessionId, useIpc } from "../ipc";
import { useAnnounce } from "../kit/announce";
import { FailureMessage } from "../kit/failure_message";
import { Modal } from "../kit/modal";
import { useNotify } from "../kit/notify";
import type { ExportAction } from "./export_button";

type Props = {
  session: SessionId;
  choices: ActaChoices;
  before: () => Promise<void>;
  ref?: Ref<ExportAction> | undefined;
};

export function ActaExportButton({ session, choices, before, ref }: Props) {
  const { t } = useTranslation();
  const ipc = useIpc();
  const notify = useNotify();
  const announce = useAnnounce();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);

  const exportNow = async () => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    announce(t("minutes.exporting"));
    try {
      await before();
      tell(await ipc.actaExport(session, choices));
    } catch (thrown) {
      setFailure(thrown);
    } finally {
      setBusy(false);
    }
  };
  useImperativeHandle(ref, () => ({ exportNow: () => void exportNow() }));

  const tell = ({ path, warnings, checks, hidden }: ActaExported) => {
    const button = (word: string, press: (path: string) => Promise<unknown>) => (
      <ToastTrigger>
        <Button size="small" onClick={() => press(path).catch(setFailure)}>
          {word}
        </Button>
      </ToastTrigger>
    );
    const told = [
      path.split(/[\\/]/).at(-1) ?? path,
      ...warnings,
      choices.copy === "public" && hidden > 0 && t("preview.written_hidden", { count: hidden }),
      checks.length > 0 && t("preview.written_checks", { count: checks.length }),
    ].filter(Boolean);
    notify({
      intent: warnings.length > 0 ? "warning" : "success",
      title: t("preview.written"),
      body: told.map((line) => <div key={String(line)}>{line}</div>),
      actions: (
        <>
          {button(t("minutes.open"), ipc.documentOpen)}
          {button(t("minutes.show"), ipc.documentShow)}
        </>
      ),
    });
  };

  return (
    <>
      <Button
        appearance="primary"
        icon={busy ? <Spinner size="tiny" appearance="inverted" aria-hidden /> : <DocumentArrowRightRegular />}
        onClick={exportNow}
      >
        {t("preview.export")}
      </Button>
      <Modal open={failure !== null} onOpenChange={(_, data) => !data.open && setFailure(null)}>
        <DialogSurface>
          <DialogBody>
            <DialogTitle>{t("minutes.failed")}</DialogTitle>
            <DialogContent>
              <FailureMessage failure={failure} />
            </DialogContent>
            <DialogActions>
              <Button onClick={() => setFailure(null)}>{t("kit.close")}</Button>
              <Button appearance="primary" onClick={exportNow}>
                {t("kit.retry")}
              </Button>
            </DialogActions>
          </DialogBody>
        </DialogSurface>
      </Modal>
    </>
  );
}
