// A backup took the place of the data, and Astra is about to open anew: nothing else can be done until then.
import {
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Spinner,
  Text,
  tokens,
} from "@fluentui/react-components";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Restored } from "../ipc";
import { Modal } from "../kit/modal";

const useStyles = makeStyles({
  what: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
    overflowWrap: "anywhere",
  },
  spinner: { justifyContent: "flex-start" },
});

export function RestoredDialog({ restored, folder }: { restored: Restored; folder: string }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const id = useId();
  const { sessions, kept } = restored;
  return (
    <Modal modalType="alert">
      <DialogSurface aria-describedby={id}>
        <DialogBody>
          <DialogTitle>{t("backups.restored")}</DialogTitle>
          <DialogContent>
            <div id={id} className={styles.what}>
              <Text>{t("backups.restored_what", { sessions: t("backups.sessions", { count: sessions }) })}</Text>
              {kept !== null && <Text>{t("backups.restored_kept", { kept, folder })}</Text>}
              <Spinner size="small" className={styles.spinner} aria-hidden />
            </div>
          </DialogContent>
        </DialogBody>
      </DialogSurface>
    </Modal>
  );
}
