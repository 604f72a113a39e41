// Why a document could not be written, and another try.
import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { FailureMessage } from "../kit/failure_message";
import { Modal } from "../kit/modal";

/** `failure`: nothing while there is none. */
type Props = { failure: unknown; onRetry: () => void; onClose: () => void };

export function ExportFailed({ failure, onRetry, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal open={failure !== null} onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("minutes.failed")}</DialogTitle>
          <DialogContent>
            <FailureMessage failure={failure} />
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t("kit.close")}</Button>
            <Button appearance="primary" onClick={onRetry}>
              {t("kit.retry")}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Modal>
  );
}
