// «Exportar a Word»: one button that writes the document and what else she chose, and then opens or shows it.
import {
  Button,
  Menu,
  type MenuButtonProps,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemCheckbox,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Spinner,
  SplitButton,
  ToastTrigger,
} from "@fluentui/react-components";
import { DocumentArrowRightRegular, FolderOpenRegular, OpenRegular } from "@fluentui/react-icons";
import { type Ref, useImperativeHandle, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Format, type SessionId, useIpc, type Written } from "../ipc";
import { useSaveSettings, useSettings } from "../ipc/queries";
import { useAnnounce } from "../kit/announce";
import { useNotify } from "../kit/notify";
import { fileName } from "../lib/paths";
import { useKeysText } from "../lib/shortcuts";
import { ExportFailed } from "./export_failed";

/** What the page can ask of the button, for Ctrl+E. */
export type ExportAction = { exportNow(): void };

const besides: Format[] = ["srt", "vtt", "txt", "json"];

export function ExportButton({
  session,
  disabled = false,
  before,
  ref,
}: {
  session: SessionId;
  disabled?: boolean;
  /** What must be done first: what was just typed belongs into the document. */
  before?: () => Promise<void>;
  ref?: Ref<ExportAction>;
}) {
  const { t } = useTranslation();
  const ipc = useIpc();
  const keys = useKeysText()("document.export");
  const notify = useNotify();
  const announce = useAnnounce();
  const { data: settings } = useSettings();
  const save = useSaveSettings();
  const [busy, setBusy] = useState(false);
  const [written, setWritten] = useState<Written[]>([]);
  const [failure, setFailure] = useState<unknown>(null);

  const chosen = besides.filter((format) => settings?.formats.includes(format));
  const document = written.find(({ format }) => format === "docx") ?? written[0];
  const open = (path: string) => ipc.documentOpen(path).catch(setFailure);
  const show = (path: string) => ipc.documentShow(path).catch(setFailure);

  const exportNow = async () => {
    if (busy || disabled) return;
    setBusy(true);
    setFailure(null);
    announce(t("minutes.exporting"));
    try {
      await before?.();
      const documents = await ipc.documentExport(session, ["docx", ...chosen]);
      setWritten(documents);
      tell(documents);
    } catch (thrown) {
      setFailure(thrown);
    } finally {
      setBusy(false);
    }
  };
  useImperativeHandle(ref, () => ({ exportNow: () => void exportNow() }));

  const tell = (documents: Written[]) => {
    const path = (documents.find(({ format }) => format === "docx") ?? documents[0])?.path ?? "";
    const name = fileName(path);
    notify({
      title: t("minutes.written", { count: documents.length }),
      body:
        documents.length > 1
          ? t("minutes.written_besides", {
              name,
              formats: documents
                .slice(1)
                .map(({ format }) => format.toUpperCase())
                .join(", "),
            })
          : name,
      actions: (
        <>
          <ToastTrigger>
            <Button size="small" onClick={() => open(path)}>
              {t("minutes.open")}
            </Button>
          </ToastTrigger>
          <ToastTrigger>
            <Button size="small" onClick={() => show(path)}>
              {t("minutes.show")}
            </Button>
          </ToastTrigger>
        </>
      ),
    });
  };

  return (
    <>
      <Menu
        positioning="below-end"
        checkedValues={{ besides: chosen }}
        onCheckedValueChange={(_, { checkedItems }) =>
          save.mutate({ formats: ["docx", ...besides.filter((format) => checkedItems.includes(format))] })
        }
      >
        <MenuTrigger disableButtonEnhancement>
          {(trigger: MenuButtonProps) => (
            <SplitButton
              appearance="primary"
              icon={busy ? <Spinner size="tiny" appearance="inverted" aria-hidden /> : <DocumentArrowRightRegular />}
              disabled={disabled}
              menuButton={{ ...trigger, "aria-label": t("minutes.export_more") }}
              primaryActionButton={{
                onClick: exportNow,
                title: keys ? t("minutes.export_keys", { keys }) : t("minutes.export"),
              }}
            >
              {t("minutes.export")}
            </SplitButton>
          )}
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuGroup>
              <MenuGroupHeader>{t("minutes.besides")}</MenuGroupHeader>
              {besides.map((format) => (
                <MenuItemCheckbox key={format} name="besides" value={format}>
                  {t(`minutes.format_${format}`)}
                </MenuItemCheckbox>
              ))}
            </MenuGroup>
            {document && (
              <>
                <MenuDivider />
                <MenuItem icon={<OpenRegular />} onClick={() => open(document.path)}>
                  {t("minutes.open_last")}
                </MenuItem>
                <MenuItem icon={<FolderOpenRegular />} onClick={() => show(document.path)}>
                  {t("minutes.show")}
                </MenuItem>
              </>
            )}
          </MenuList>
        </MenuPopover>
      </Menu>
      <ExportFailed failure={failure} onRetry={exportNow} onClose={() => setFailure(null)} />
    </>
  );
}
