// One word is typed and added.
import { Button, Input, makeStyles, tokens } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

const useStyles = makeStyles({
  form: {
    display: "flex",
    flex: "1 1 320px",
    minWidth: 0,
    maxWidth: "420px",
    gap: tokens.spacingHorizontalS,
    alignItems: "center",
  },
  word: { flex: 1, minWidth: 0 },
});

export function AddTerm({ onAdd, known }: { onAdd: (text: string) => void; known: readonly string[] }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const [text, setText] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const word = text.trim();
    if (word && !known.includes(word)) onAdd(word);
    setText("");
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Input
        className={styles.word}
        aria-label={t("vocabulary.new_word")}
        placeholder={t("vocabulary.new_word")}
        value={text}
        onChange={(_, { value }) => setText(value)}
      />
      <Button type="submit" icon={<AddRegular />} disabledFocusable={!text.trim()}>
        {t("vocabulary.add")}
      </Button>
    </form>
  );
}
