// Ajustes › vocabulary: the words Astra must know and what each was mistaken for; typed one by one, brought in a table,
// or found in past minutes.
import {
  Button,
  Caption1,
  Card,
  makeStyles,
  mergeClasses,
  SearchBox,
  Spinner,
  tokens,
} from "@fluentui/react-components";
import { ArrowExportRegular, ArrowImportRegular, BookLetterRegular, BookSearchRegular } from "@fluentui/react-icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Learned, type Term, useIpc } from "../ipc";
import { useDropClaim } from "../ipc/drop_claim";
import { queryKeys } from "../ipc/queries";
import { useAnnounce } from "../kit/announce";
import { SavedSign, useAutosave } from "../kit/autosave";
import { EmptyState } from "../kit/empty_state";
import { FailureMessage } from "../kit/failure_message";
import { AddTerm } from "./add_term";
import { LearnDialog } from "./learn_dialog";
import { TermRow } from "./term_row";
import { matches, mayBeMinutes, termOf } from "./vocabulary";

/** So many rows are shown before somebody asks for more: each has fields of its own. */
const SHOWN = 30;

const useStyles = makeStyles({
  card: { padding: tokens.spacingHorizontalL, boxShadow: "none", border: `1px solid ${tokens.colorNeutralStroke2}` },
  table: {
    width: "100%",
    borderCollapse: "collapse",
    "& td, & th": { textAlign: "start", padding: "4px", verticalAlign: "top" },
    "& th": {
      color: tokens.colorNeutralForeground2,
      fontWeight: tokens.fontWeightRegular,
      fontSize: tokens.fontSizeBase200,
    },
  },
  last: { width: "40px" },
  line: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
  foot: { justifyContent: "space-between" },
  hint: { color: tokens.colorNeutralForeground2 },
  place: { padding: tokens.spacingHorizontalM, border: `1px dashed ${tokens.colorNeutralStroke1}` },
  over: { border: `1px dashed ${tokens.colorBrandStroke1}`, backgroundColor: tokens.colorBrandBackground2 },
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
  return data ? <Vocabulary stored={data} /> : null;
}

/** A row keeps its key while its word is typed, or the field would lose the focus at every letter. */
type Row = Term & { key: number };

function Vocabulary({ stored }: { stored: Term[] }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const ipc = useIpc();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [failure, setFailure] = useState<unknown>(null);
  const autosave = useAutosave<readonly Row[]>(keyed(stored), async (rows) => {
    const terms = termsOf(rows);
    await ipc.vocabularySave(terms);
    queries.setQueryData(queryKeys.vocabulary, terms);
  });
  const rows = autosave.draft;
  const nextKey = () => Math.max(0, ...rows.map(({ key }) => key)) + 1;
  const agree = async (agreed: Term[]) => {
    try {
      autosave.change(keyed(await ipc.vocabularyMerged(termsOf(rows), agreed), nextKey()));
      announce(t("vocabulary.imported", { count: agreed.length }));
    } catch (thrown) {
      setFailure(thrown);
    }
  };
  const bring = () => {
    setFailure(null);
    ipc.vocabularyImport().then((terms) => terms && agree(terms), setFailure);
  };
  const write = async () => {
    setFailure(null);
    try {
      // What is written is what is stored, and what was typed last may not be yet.
      await ipc.vocabularySave(termsOf(rows));
      const path = await ipc.vocabularyExport();
      if (path) announce(t("vocabulary.exported", { path }));
    } catch (thrown) {
      setFailure(thrown);
    }
  };
  return (
    <>
      <LearnPlace onAgree={(terms) => void agree(terms)} />
      <div className={styles.line}>
        <AddTerm
          onAdd={(text) => autosave.change([{ key: nextKey(), ...termOf(text) }, ...rows])}
          known={rows.map(({ text }) => text)}
        />
        <Button icon={<ArrowImportRegular />} onClick={bring}>
          {t("vocabulary.import")}
        </Button>
        <Button icon={<ArrowExportRegular />} disabledFocusable={rows.length === 0} onClick={() => void write()}>
          {t("vocabulary.export")}
        </Button>
      </div>
      {failure !== null && <FailureMessage failure={failure} />}
      {rows.length === 0 ? (
        <EmptyState icon={<BookLetterRegular />} title={t("vocabulary.empty")} body={t("vocabulary.empty_hint")} />
      ) : (
        <Terms rows={rows} onChange={autosave.change} onBlur={autosave.flush} />
      )}
      <div className={mergeClasses(styles.line, styles.foot)}>
        <Caption1 className={styles.hint}>{rows.length > 0 && t("vocabulary.mistaken_hint")}</Caption1>
        <SavedSign autosave={autosave as never} />
      </div>
    </>
  );
}

type TermsProps = { rows: readonly Row[]; onChange: (rows: readonly Row[]) => void; onBlur: () => void };

function Terms({ rows, onChange, onBlur }: TermsProps) {
  const { t } = useTranslation();
  const styles = useStyles();
  const [wanted, setWanted] = useState("");
  const [most, setMost] = useState(SHOWN);
  const matching = wanted.trim() ? rows.filter((row) => matches(row, wanted)) : rows;
  return (
    <Card className={styles.card}>
      <SearchBox
        aria-label={t("vocabulary.search")}
        placeholder={t("vocabulary.search")}
        value={wanted}
        onChange={(_, { value }) => setWanted(value)}
      />
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("vocabulary.word")}</th>
            <th scope="col">{t("vocabulary.kind")}</th>
            <th scope="col">{t("vocabulary.mistaken")}</th>
            <th className={styles.last}>
              <span className="visually-hidden">{t("vocabulary.delete")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {matching.slice(0, most).map((row) => (
            <TermRow
              key={row.key}
              term={row}
              onChange={(changed) =>
                onChange(rows.map((each) => (each.key === row.key ? { ...each, ...changed } : each)))
              }
              onRemove={() => onChange(rows.filter(({ key }) => key !== row.key))}
              onBlur={onBlur}
            />
          ))}
        </tbody>
      </table>
      {matching.length === 0 && <Caption1 className={styles.hint}>{t("vocabulary.nothing")}</Caption1>}
      {matching.length > most && (
        <Button appearance="subtle" onClick={() => setMost(most + SHOWN)}>
          {t("vocabulary.more")}
        </Button>
      )}
    </Card>
  );
}

/** Where minutes of the past are chosen or dropped. */
function LearnPlace({ onAgree }: { onAgree: (terms: Term[]) => void }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const ipc = useIpc();
  const [learned, setLearned] = useState<Learned | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [reading, setReading] = useState(false);
  const learn = (paths: string[]) => {
    setFailure(null);
    setReading(true);
    ipc
      .vocabularyLearn(paths)
      .then(setLearned, setFailure)
      .finally(() => setReading(false));
  };
  const over = useDropClaim(mayBeMinutes, learn);
  return (
    <>
      <Card className={mergeClasses(styles.card, styles.place, over && styles.over)}>
        <div className={styles.line}>
          <Button
            appearance="primary"
            icon={reading ? <Spinner size="tiny" /> : <BookSearchRegular />}
            disabledFocusable={reading}
            onClick={() => learn([])}
          >
            {reading ? t("vocabulary.learning") : t("vocabulary.learn")}
          </Button>
          <Caption1 className={styles.hint}>{over ? t("vocabulary.drop") : t("vocabulary.learn_hint")}</Caption1>
        </div>
      </Card>
      {failure !== null && <FailureMessage failure={failure} />}
      {learned && <LearnDialog learned={learned} onAgree={onAgree} onClose={() => setLearned(null)} />}
    </>
  );
}

function keyed(terms: readonly Term[], first = 0): Row[] {
  return terms.map((term, at) => ({ ...term, key: first + at }));
}

function termsOf(rows: readonly Row[]): Term[] {
  return rows.filter(({ text }) => text.trim()).map(({ key: _, ...term }) => ({ ...term, text: term.text.trim() }));
}
