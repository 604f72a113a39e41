// Ajustes › vocabulary: the words Astra must know, and what each was mistaken for.
import { Button, Caption1, Card, Input, makeStyles, tokens } from "@fluentui/react-components";
import { AddRegular, BookLetterRegular, DeleteRegular } from "@fluentui/react-icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Term, useIpc } from "../ipc";
import { queryKeys } from "../ipc/queries";
import { SavedSign, useAutosave } from "../kit/autosave";
import { CommaField } from "../kit/comma_field";
import { EmptyState } from "../kit/empty_state";
import { FailureMessage } from "../kit/failure_message";

const useStyles = makeStyles({
  card: { padding: tokens.spacingHorizontalL, boxShadow: "none", border: `1px solid ${tokens.colorNeutralStroke2}` },
  table: {
    width: "100%",
    borderCollapse: "collapse",
    "& td, & th": { textAlign: "start", padding: "4px", verticalAlign: "middle" },
    "& th": {
      color: tokens.colorNeutralForeground2,
      fontWeight: tokens.fontWeightRegular,
      fontSize: tokens.fontSizeBase200,
    },
  },
  input: { width: "100%", minWidth: 0 },
  last: { width: "40px" },
  word: { flex: "0 1 320px" },
  foot: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    justifyContent: "space-between",
    gap: tokens.spacingHorizontalS,
  },
  form: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, alignItems: "center" },
  hint: { color: tokens.colorNeutralForeground2 },
});

export function VocabularySection() {
  const ipc = useIpc();
  const { data, error } = useQuery({
    queryKey: queryKeys.vocabulary,
    queryFn: () => ipc.vocabularyList(),
    staleTime: 0,
    gcTime: 0,
  });
  if (error) return <FailureMessage failure={error} />;
  return data ? <VocabularyTable stored={data} /> : null;
}

function VocabularyTable({ stored }: { stored: Term[] }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const ipc = useIpc();
  const queries = useQueryClient();
  const mistakenId = useId();
  // A row keeps its key while its word is typed, or the field would lose the focus at every letter.
  const autosave = useAutosave(
    stored.map((term, key) => ({ key, ...term })),
    async (rows) => {
      const terms = rows
        .filter((row) => row.text.trim())
        .map(({ text, instead_of }) => ({ text: text.trim(), instead_of }));
      await ipc.vocabularySave(terms);
      queries.setQueryData(queryKeys.vocabulary, terms);
    },
  );
  const rows = autosave.draft;
  const changeRow = (key: number, changed: Partial<Term>) =>
    autosave.change(rows.map((row) => (row.key === key ? { ...row, ...changed } : row)));
  const add = (text: string) =>
    autosave.change([{ key: Math.max(0, ...rows.map((row) => row.key)) + 1, text, instead_of: [] }, ...rows]);
  return (
    <>
      <AddTerm onAdd={add} known={rows.map((row) => row.text)} />
      {rows.length === 0 ? (
        <EmptyState icon={<BookLetterRegular />} title={t("vocabulary.empty")} body={t("vocabulary.empty_hint")} />
      ) : (
        <Card className={styles.card}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t("vocabulary.word")}</th>
                <th scope="col" id={mistakenId}>
                  {t("vocabulary.mistaken")}
                </th>
                <th className={styles.last}>
                  <span className="visually-hidden">{t("vocabulary.delete")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.key}>
                  <td>
                    <Input
                      className={styles.input}
                      aria-label={`${t("vocabulary.word")}: ${row.text}`}
                      value={row.text}
                      onChange={(_, { value }) => changeRow(row.key, { text: value })}
                      onBlur={autosave.flush}
                    />
                  </td>
                  <td>
                    <CommaField
                      label={`${t("vocabulary.mistaken")}: ${row.text}`}
                      words={row.instead_of}
                      onChange={(instead_of) => changeRow(row.key, { instead_of })}
                      onBlur={autosave.flush}
                    />
                  </td>
                  <td>
                    <Button
                      appearance="subtle"
                      icon={<DeleteRegular />}
                      aria-label={t("vocabulary.delete_one", { word: row.text })}
                      title={t("vocabulary.delete")}
                      onClick={() => autosave.change(rows.filter((each) => each.key !== row.key))}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
      )}
      <div className={styles.foot}>
        <Caption1 className={styles.hint}>{rows.length > 0 && t("vocabulary.mistaken_hint")}</Caption1>
        <SavedSign autosave={autosave as never} />
      </div>
    </>
  );
}

function AddTerm({ onAdd, known }: { onAdd: (text: string) => void; known: string[] }) {
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
