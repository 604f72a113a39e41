// What is promised to whoever brings a recording. With a server that may be asked, it is not said that this computer listens.
import { useTranslation } from "react-i18next";
import { useSettings } from "../ipc/queries";
import { privacyOf } from "../lib/privacy";

/** `long` says also what can be dropped. Nothing is promised before it is known what may leave. */
export function usePromise(): { short: string; long: string } {
  const { t } = useTranslation();
  const { data: settings } = useSettings();
  if (!settings) return { short: "", long: "" };
  const who = privacyOf(settings.server) === "here" ? "" : "_server";
  return { short: t(`sessions.drop.promise${who}`), long: t(`sessions.empty.text${who}`) };
}
