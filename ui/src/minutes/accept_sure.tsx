// Accepts at once what the rules are sure of, after saying what that does. Each is a step of its own to undo.
import { Button } from "@fluentui/react-components";
import { CheckmarkCircle20Regular } from "@fluentui/react-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../kit/confirm_dialog";

export function AcceptSure({ count, onAccept }: { count: number; onAccept: () => Promise<void> }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="small" icon={<CheckmarkCircle20Regular />} onClick={() => setAsking(true)}>
        {t("outline.accept_sure", { count })}
      </Button>
      <ConfirmDialog
        open={asking}
        title={t("outline.accept_sure_title", { count })}
        action={t("outline.accept_sure_action")}
        onConfirm={onAccept}
        onClose={() => setAsking(false)}
      >
        {t("outline.accept_sure_meaning")}
      </ConfirmDialog>
    </>
  );
}
