// «Exportar acta»: writes it as chosen, says what to look at, and opens it or shows it.
import {
  Button,
  Menu,
  type MenuButtonProps,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Spinner,
  SplitButton,
  ToastTrigger,
} from "@fluentui/react-components";
import { DocumentArrowRightRegular } from "@fluentui/react-icons";
import { useQueryClient } from "@tanstack/react-query";
import { type Ref, useImperativeHandle, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ActaChoices, type ActaExported, type ActaFormat, type SessionId, useIpc } from "../ipc";
import { queryKeys } from "../ipc/queries";
import { useAnnounce } from "../kit/announce";
import { useNotify } from "../kit/notify";
import { fileName } from "../lib/paths";
import type { ExportAction } from "./export_button";
import { ExportFailed } from "./export_failed";

/** What else it can be written as. */
const OTHERS: readonly ActaFormat[] = ["pdf", "json"];

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
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [last, setLast] = useState<ActaFormat>("docx");

  const exportNow = async (format: ActaFormat = "docx") => {
    if (busy) return;
    setLast(format);
    setBusy(true);
    setFailure(null);
    announce(t("minutes.exporting"));
    try {
      await before();
      tell(await ipc.actaExport(session, choices, format));
      void queries.invalidateQueries({ queryKey: queryKeys.minutes(session) });
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
      fileName(path),
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
      <Menu positioning="below-end">
        <MenuTrigger disableButtonEnhancement>
          {(trigger: MenuButtonProps) => (
            <SplitButton
              appearance="primary"
              icon={busy ? <Spinner size="tiny" appearance="inverted" aria-hidden /> : <DocumentArrowRightRegular />}
              menuButton={{ ...trigger, "aria-label": t("preview.export_as") }}
              primaryActionButton={{ onClick: () => exportNow() }}
            >
              {t("preview.export")}
            </SplitButton>
          )}
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {OTHERS.map((format) => (
              <MenuItem key={format} onClick={() => exportNow(format)}>
                {t(`preview.export_${format}`)}
              </MenuItem>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      <ExportFailed failure={failure} onRetry={() => exportNow(last)} onClose={() => setFailure(null)} />
    </>
  );
}
