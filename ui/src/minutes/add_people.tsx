// People typed one by one with Enter, or many at once from a pasted list: one a line, the office after a comma.
import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons";
import { type ClipboardEvent, type FormEvent, type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";

const useStyles = makeStyles({
  form: { display: "flex", alignItems: "flex-end", gap: tokens.spacingHorizontalS },
  newName: { flex: 1 },
});

type Props = { label: string; inputRef?: RefObject<HTMLInputElement | null>; onAdd: (typed: string) => void };

export function AddPeople({ label, inputRef, onAdd }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const [typed, setTyped] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim()) onAdd(typed);
    setTyped("");
  };
  // A field of one line would glue the pasted lines together.
  const paste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData("text/plain");
    if (!/\n./.test(pasted.trim())) return;
    event.preventDefault();
    onAdd(pasted);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field className={styles.newName} label={label} hint={t("minutes.add_hint")}>
        <Input
          ref={inputRef}
          value={typed}
          onChange={(_, { value }) => setTyped(value)}
          onPaste={paste}
          contentAfter={
            <Button
              type="submit"
              size="small"
              appearance="transparent"
              icon={<AddRegular />}
              aria-label={`${t("minutes.add")}: ${label}`}
              title={t("minutes.add")}
            />
          }
        />
      </Field>
    </form>
  );
}
