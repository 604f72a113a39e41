// Why a question came up, in one sentence of the window's language.
import { useTranslation } from "react-i18next";
import type { Question } from "../ipc";
import { lengthText } from "../lib/time";

export function useReason(): (question: Question) => string {
  const { t } = useTranslation();
  return ({ about, files }) => {
    switch (about.doubt) {
      case "pause":
        return t("watched.why_pause", { gap: lengthText(about.gap_ms) });
      case "named":
        return t("watched.why_named");
      case "bridge":
        return t("watched.why_bridge");
      case "microphones":
        return t("watched.why_microphones", { count: files.length });
    }
  };
}
