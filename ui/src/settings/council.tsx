// The council that Astra works for: what fills the record of every new session. Used in Ajustes and in the welcome.
import { Card, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import type { Council } from "../ipc";
import { useSaveSettings } from "../ipc/queries";
import { SavedSign, useAutosave } from "../kit/autosave";

const fields = ["entity", "body", "place", "president", "secretary"] as const;

const useStyles = makeStyles({
  fields: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(260px, 100%), 1fr))",
    gap: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalL}`,
  },
  card: { padding: tokens.spacingHorizontalL, boxShadow: "none", border: `1px solid ${tokens.colorNeutralStroke2}` },
});

export function CouncilSection({ council }: { council: Council }) {
  const styles = useStyles();
  const save = useSaveSettings();
  const autosave = useAutosave(council, (draft) => save.mutateAsync({ council: draft }));
  return (
    <Card className={styles.card}>
      <CouncilFields council={autosave.draft} onChange={autosave.change} onBlur={autosave.flush} />
      <SavedSign autosave={autosave} />
    </Card>
  );
}

export function CouncilFields({
  council,
  onChange,
  onBlur,
}: {
  council: Council;
  onChange: (council: Council) => void;
  onBlur?: () => void;
}) {
  const { t } = useTranslation();
  const styles = useStyles();
  return (
    <div className={styles.fields}>
      {fields.map((field) => (
        <Field key={field} label={t(`settings.council_${field}`)}>
          <Input
            value={council[field]}
            placeholder={t(`settings.council_${field}_example`)}
            onChange={(_, { value }) => onChange({ ...council, [field]: value })}
            onBlur={onBlur}
          />
        </Field>
      ))}
    </div>
  );
}
