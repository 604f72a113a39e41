// How the acta is wanted: which kind, for whom, in which template. Kept for the next session.

import { useTranslation } from "react-i18next";
import type { ActaChoices, ActaCopy, ActaKind } from "../ipc";
import { ChoiceField } from "../kit/choice_field";
import { TemplateField } from "./template_field";

const kinds: readonly ActaKind[] = ["literal", "decisions", "succinct"];
const copies: readonly ActaCopy[] = ["complete", "public"];

type Props = { choices: ActaChoices; onChange: (choices: ActaChoices) => void };

export function ActaChoicesBar({ choices, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <ChoiceField
        label={t("preview.kind")}
        value={choices.kind}
        options={kinds.map((value) => ({ value, text: t(`preview.kind_${value}`) }))}
        onChoose={(kind) => onChange({ ...choices, kind })}
      />
      <ChoiceField
        label={t("preview.copy")}
        value={choices.copy}
        options={copies.map((value) => ({ value, text: t(`preview.copy_${value}`) }))}
        onChoose={(copy) => onChange({ ...choices, copy })}
      />
      <TemplateField template={choices.template} onChoose={(template) => onChange({ ...choices, template })} />
    </>
  );
}
