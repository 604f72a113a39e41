// What one person said in one go: its sentences to tick, and what the acta says of it.
import { Badge, Button, Checkbox, makeStyles, mergeClasses, ToggleButton, tokens } from "@fluentui/react-components";
import { AddRegular, CheckmarkCircle16Filled, EditRegular } from "@fluentui/react-icons";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Edit, SaidSentence } from "../ipc";
import { JumpButton } from "./jump_button";
import { SentenceField } from "./sentence_field";
import { isDone, isWeighty, leaveOut, pick, rewrite, type Summary, type SummedUp, write } from "./summaries";

const useStyles = makeStyles({
  card: {
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
  name: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  done: { color: tokens.colorStatusSuccessForeground1, lineHeight: 0 },
  sentence: {
    display: "flex",
    alignItems: "flex-start",
    gap: tokens.spacingHorizontalXS,
    borderLeft: "3px solid transparent",
    paddingInlineStart: tokens.spacingHorizontalXS,
    "& .fui-Checkbox__label": { minWidth: 0, color: tokens.colorNeutralForeground1 },
  },
  weighty: { borderLeftColor: tokens.colorBrandStroke1 },
  text: { flex: 1, minWidth: 0, overflowWrap: "anywhere" },
  reasons: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  foot: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalXS, marginTop: tokens.spacingVerticalXS },
});

type Props = {
  of: SummedUp;
  /** Which turn of the list. */
  place: number;
  /** The sentence to which Tab comes, if it is in this turn. */
  reachable: number | null;
  onEdits: (edits: Edit[]) => void;
};

export const TurnCard = memo(function TurnCard({ of, place, reachable, onEdits }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const [writing, setWriting] = useState(false);
  const { turn, picked, own, nothing } = of;
  const name = turn.speaker ?? t("preview.nobody");
  return (
    <article className={styles.card} data-turn={place} aria-label={name}>
      <div className={styles.head}>
        <h3 className={styles.name}>{name}</h3>
        {isDone(of) && (
          <span className={styles.done} role="img" aria-label={t("preview.turn_done")}>
            <CheckmarkCircle16Filled />
          </span>
        )}
        <JumpButton heard={turn.heard} />
      </div>
      {turn.sentences.map((sentence, at) => (
        <Sentence
          key={`${sentence.heard.from.part} ${sentence.heard.from.ms}`}
          sentence={sentence}
          summary={picked[at]}
          place={at}
          reachable={reachable === at}
          onTick={(wanted) => onEdits(pick(of, at, wanted))}
          onEdits={onEdits}
        />
      ))}
      {own.map((summary) => (
        <SentenceField
          key={summary.id}
          label={t("preview.own_sentence", { name })}
          text={summary.text}
          onSave={(text) => onEdits(rewrite(summary, text))}
        />
      ))}
      {writing && (
        <SentenceField
          label={t("preview.new_sentence", { name })}
          text=""
          focused
          onSave={(text) => onEdits(write(of, text))}
          onClose={() => setWriting(false)}
        />
      )}
      <div className={styles.foot}>
        <Button size="small" appearance="subtle" icon={<AddRegular />} onClick={() => setWriting(true)}>
          {t("preview.write")}
        </Button>
        <ToggleButton
          size="small"
          appearance="subtle"
          checked={nothing !== undefined}
          onClick={() => onEdits(leaveOut(of, nothing === undefined))}
        >
          {t("preview.nothing")}
        </ToggleButton>
      </div>
    </article>
  );
});

type SentenceProps = {
  sentence: SaidSentence;
  summary: Summary | undefined;
  place: number;
  reachable: boolean;
  onTick: (wanted: boolean) => void;
  onEdits: (edits: Edit[]) => void;
};

function Sentence({ sentence, summary, place, reachable, onTick, onEdits }: SentenceProps) {
  const { t } = useTranslation();
  const styles = useStyles();
  const [changing, setChanging] = useState(false);
  const weighty = isWeighty(sentence.reasons);
  const changed = summary !== undefined && summary.text !== sentence.text;
  return (
    <>
      <div className={mergeClasses(styles.sentence, weighty && styles.weighty)} data-sentence={place}>
        <Checkbox
          className={styles.text}
          checked={summary !== undefined}
          tabIndex={reachable ? 0 : -1}
          label={
            <>
              {sentence.text}{" "}
              {weighty && (
                <span className={styles.reasons}>
                  {sentence.reasons.map((reason) => t(`preview.reason_${reason}`)).join(", ")}
                </span>
              )}
              {changed && <Badge appearance="outline">{t("preview.changed")}</Badge>}
            </>
          }
          onChange={(_, { checked }) => onTick(checked === true)}
        />
        {summary && !changing && (
          <Button
            size="small"
            appearance="subtle"
            icon={<EditRegular />}
            aria-label={t("preview.change_words")}
            title={t("preview.change_words")}
            onClick={() => setChanging(true)}
          />
        )}
      </div>
      {summary && (changing || changed) && (
        <SentenceField
          label={t("preview.words_of_acta")}
          text={summary.text}
          focused={changing}
          onSave={(text) => onEdits(rewrite(summary, text))}
          onClose={() => setChanging(false)}
        />
      )}
    </>
  );
}
