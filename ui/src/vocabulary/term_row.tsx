// One term: how it is written, what it is, what it stands for when it is an acronym, and what it was mistaken for.
import { Button, Input, makeStyles, mergeClasses, Select, tokens } from "@fluentui/react-components";
import { DeleteRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";
import type { Term, TermKind } from "../ipc";
import { CommaField } from "../kit/comma_field";
import { termKinds } from "./vocabulary";

const useStyles = makeStyles({
  input: { width: "100%", minWidth: 0 },
  below: { marginTop: tokens.spacingVerticalXS },
  kind: { minWidth: "130px" },
});

type Props = {
  term: Term;
  onChange: (changed: Partial<Term>) => void;
  onRemove: () => void;
  onBlur: () => void;
};

export function TermRow({ term, onChange, onRemove, onBlur }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  return (
    <tr>
      <td>
        <Input
          className={styles.input}
          aria-label={`${t("vocabulary.word")}: ${term.text}`}
          value={term.text}
          onChange={(_, { value }) => onChange({ text: value })}
          onBlur={onBlur}
        />
        {term.kind === "acronym" && (
          <Input
            className={mergeClasses(styles.input, styles.below)}
            size="small"
            aria-label={`${t("vocabulary.expansion")}: ${term.text}`}
            placeholder={t("vocabulary.expansion")}
            value={term.expansion}
            onChange={(_, { value }) => onChange({ expansion: value })}
            onBlur={onBlur}
          />
        )}
      </td>
      <td className={styles.kind}>
        <Select
          aria-label={`${t("vocabulary.kind")}: ${term.text}`}
          value={term.kind}
          onChange={(_, { value }) => onChange({ kind: value as TermKind })}
          onBlur={onBlur}
        >
          {termKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`vocabulary.kind_${kind}`)}
            </option>
          ))}
        </Select>
      </td>
      <td>
        <CommaField
          label={`${t("vocabulary.mistaken")}: ${term.text}`}
          words={term.instead_of}
          onChange={(instead_of) => onChange({ instead_of })}
          onBlur={onBlur}
        />
      </td>
      <td>
        <Button
          appearance="subtle"
          icon={<DeleteRegular />}
          aria-label={t("vocabulary.delete_one", { word: term.text })}
          title={t("vocabulary.delete")}
          onClick={onRemove}
        />
      </td>
    </tr>
  );
}
