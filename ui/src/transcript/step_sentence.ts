// A step of the history in words: «reemplazar “nieva” (12)».
import type { TFunction } from "i18next";
import type { Step } from "../ipc";

export function stepSentence(t: TFunction, step: Step): string {
  const kind = step.kind === "mark" ? `mark_${step.text || "none"}` : step.kind;
  const bare = step.text === "" || step.kind === "mark";
  const sentence = t(`transcript.step.${kind}${bare && step.kind !== "mark" ? "_bare" : ""}`, {
    text: step.text,
    defaultValue: t(`transcript.step.${kind}`, { text: step.text }),
  });
  return step.count > 1 ? t("transcript.step.times", { sentence, number: step.count }) : sentence;
}
