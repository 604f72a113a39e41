// Passing messages at the lower corner of the window.
import {
  Toast,
  ToastBody,
  Toaster,
  ToastFooter,
  type ToastIntent,
  ToastTitle,
  useToastController,
} from "@fluentui/react-components";
import type { ReactNode } from "react";

const toasterId = "notices";

export function Notices() {
  return <Toaster toasterId={toasterId} position="bottom-end" pauseOnHover limit={4} />;
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
        <ToastTitle>{title}</ToastTitle>
        {body && <ToastBody>{body}</ToastBody>}
        {actions && <ToastFooter>{actions}</ToastFooter>}
      </Toast>,
      { intent, timeout: timeout_ms ?? (actions ? 15_000 : 5_000) },
    );
}
