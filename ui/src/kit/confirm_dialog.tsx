// Asks before something that cannot be taken back. Escape and the first button do nothing.
import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Spinner,
} from "@fluentui/react-components";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { FailureMessage } from "./failure_message";
import { Modal } from "./modal";

type Props = {
  open: boolean;
  title: string;
  children: ReactNode;
  /** The deed in words, never «Aceptar»: «Eliminar la sesión». */
  action: string;
  onConfirm: () => Promise<unknown> | undefined;
  onClose: () => void;
};

export function ConfirmDialog({ open, title, children, action, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const close = () => {
    setFailure(null);
    onClose();
  };
  const confirm = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await onConfirm();
      close();
    } catch (thrown) {
      setFailure(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal open={open} modalType="alert" onOpenChange={(_, data) => !data.open && !busy && close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>
            {children}
            {failure !== null && <FailureMessage failure={failure} />}
          </DialogContent>
          <DialogActions>
            <Button appearance="secondary" onClick={close} disabled={busy}>
              {t("kit.cancel")}
            </Button>
            <Button
              appearance="primary"
              onClick={confirm}
              disabled={busy}
              icon={busy ? <Spinner size="tiny" aria-hidden /> : undefined}
            >
              {action}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Modal>
  );
}
