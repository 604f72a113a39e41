// Passing messages at the top of the window, over the sound: below them stand the text and the form being filled in.
import {
  Button,
  Toast,
  ToastBody,
  Toaster,
  ToastFooter,
  type ToastIntent,
  ToastTitle,
  ToastTrigger,
  useToastController,
} from "@fluentui/react-components";
import { Dismiss16Regular } from "@fluentui/react-icons";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";

const toasterId = "notices";

/** Where they appear; Escape takes them away wherever the focus is, unless something nearer to it wants the key. */
export function Notices() {
  const { dismissAllToasts } = useToastController(toasterId);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) dismissAllToasts();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [dismissAllToasts]);
  return <Toaster toasterId={toasterId} position="top" offset={{ vertical: 8 }} pauseOnHover limit={4} />;
}

export type Notice = {
  intent?: ToastIntent;
  title: string;
  body?: ReactNode;
  actions?: ReactNode;
  timeout_ms?: number;
};

/** `notify({ title })` shows a passing message; one with actions stays until it is used or dismissed by time. */
export function useNotify(): (notice: Notice) => void {
  const { dispatchToast } = useToastController(toasterId);
  return ({ intent = "success", title, body, actions, timeout_ms }) =>
    dispatchToast(
      <Toast>
        <ToastTitle action={<CloseButton />}>{title}</ToastTitle>
        {body && <ToastBody>{body}</ToastBody>}
        {actions && <ToastFooter style={{ whiteSpace: "nowrap" }}>{actions}</ToastFooter>}
      </Toast>,
      { intent, timeout: timeout_ms ?? (actions ? 15_000 : 5_000) },
    );
}

function CloseButton() {
  const { t } = useTranslation();
  const words = `${t("kit.close")} (${t("kit.key.Escape")})`;
  return (
    <ToastTrigger>
      <Button size="small" appearance="transparent" icon={<Dismiss16Regular />} title={words} aria-label={words} />
    </ToastTrigger>
  );
}
