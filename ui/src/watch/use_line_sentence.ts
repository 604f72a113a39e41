// A line of the log in the window's language: its sentence and, where something went wrong, why.
import { useTranslation } from "react-i18next";
import type { LogLine } from "../ipc";

export function useLineSentence(): (line: LogLine) => string {
  const { t } = useTranslation();
  return ({ what, fields, message }) => {
    const { cause, detail = "", reason = "" } = fields;
    // Lines that an older version wrote tell the reason in Spanish alone.
    const why =
      cause === undefined
        ? reason
        : t([`watch.reason.${cause}`, `failures.${cause}`, "failures.core_sentence"], {
            ...fields,
            reason: detail,
            message: reason,
          });
    return t([`watch.log.${what}`, "failures.core_sentence"], { ...fields, reason: why, message });
  };
}
