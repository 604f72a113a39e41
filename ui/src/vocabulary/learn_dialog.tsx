// What past minutes name, to be agreed to one by one: what is not sure is left out at first, and any of it can be
// corrected before it is taken over.
import {
  Badge,
  Button,
  Caption1,
  Checkbox,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Input,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Select,
  tokens,
} from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Learned, ProposedTerm, Term, TermKind, Unread } from "../ipc";
import { useFailureText } from "../kit/failure_message";
import { LongList } from "../kit/long_list";
import { Modal } from "../kit/modal";
import { agreedAtFirst, termKinds } from "./vocabulary";

const useStyles = makeStyles({
  surface: { maxWidth: "760px" },
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS, height: "60vh" },
  line: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
  row: {
    display: "flex",
    alignItems: "start",
    gap: tokens.spacingHorizontalS,
    paddingBlock: tokens.spacingVerticalXS,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  about: { flex: 1, minWidth: 0 },
  text: { width: "100%", minWidth: 0 },
  hint: { display: "block", color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
});

/** The height of a row before it was measured, in pixels. */
const ROW = 62;

type Props = {
  learned: Learned;
  onAgree: (terms: Term[]) => void;
  onClose: () => void;
};

export function LearnDialog({ learned, onAgree, onClose }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const { documents, unread, candidates } = learned;
  const [agreed, setAgreed] = useState(() => agreedAtFirst(candidates));
  const [texts, setTexts] = useState<ReadonlyMap<number, string>>(new Map());
  const [shown, setShown] = useState<TermKind | "all">("all");
  const places = candidates.flatMap(({ term }, at) => (shown === "all" || term.kind === shown ? [at] : []));
  const textOf = (at: number) => texts.get(at) ?? candidates[at]?.term.text ?? "";
  const tick = (wanted: boolean, ...some: number[]) => {
    const next = new Set(agreed);
    for (const at of some) {
      if (wanted) next.add(at);
      else next.delete(at);
    }
    setAgreed(next);
  };
  const taken = candidates.flatMap(({ term }, at) => {
    const text = textOf(at).trim();
    return agreed.has(at) && text ? [{ ...term, text }] : [];
  });
  const all = places.every((at) => agreed.has(at));
  return (
    <Modal onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>
            {candidates.length === 0 ? t("vocabulary.found_none") : t("vocabulary.found", { count: candidates.length })}
          </DialogTitle>
          <DialogContent className={candidates.length === 0 ? undefined : styles.content}>
            <Caption1 className={styles.hint}>{t("vocabulary.read", { count: documents })}</Caption1>
            {unread.length > 0 && <UnreadDocuments unread={unread} />}
            {candidates.length > 0 && (
              <>
                <div className={styles.line}>
                  <KindChoice candidates={candidates} shown={shown} onChoose={setShown} />
                  <Button size="small" appearance="subtle" onClick={() => tick(!all, ...places)}>
                    {all ? t("vocabulary.untick_shown") : t("vocabulary.tick_shown")}
                  </Button>
                </div>
                <LongList items={places} keyOf={String} estimate={() => ROW} label={t("vocabulary.section")}>
                  {(at) => (
                    <Found
                      candidate={candidates[at] as ProposedTerm}
                      text={textOf(at)}
                      agreed={agreed.has(at)}
                      onTick={(wanted) => tick(wanted, at)}
                      onType={(text) => setTexts(new Map(texts).set(at, text))}
                    />
                  )}
                </LongList>
              </>
            )}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t("kit.cancel")}</Button>
            <Button
              appearance="primary"
              disabledFocusable={taken.length === 0}
              onClick={() => {
                onAgree(taken);
                onClose();
              }}
            >
              {t("vocabulary.take", { count: taken.length })}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Modal>
  );
}

type KindChoiceProps = {
  candidates: readonly ProposedTerm[];
  shown: TermKind | "all";
  onChoose: (shown: TermKind | "all") => void;
};

function KindChoice({ candidates, shown, onChoose }: KindChoiceProps) {
  const { t } = useTranslation();
  const count = (kind: TermKind) => candidates.filter(({ term }) => term.kind === kind).length;
  return (
    <Select
      size="small"
      aria-label={t("vocabulary.shown")}
      value={shown}
      onChange={(_, { value }) => onChoose(value as TermKind | "all")}
    >
      <option value="all">{t("vocabulary.all_kinds", { count: candidates.length })}</option>
      {termKinds
        .filter((kind) => count(kind) > 0)
        .map((kind) => (
          <option key={kind} value={kind}>
            {t("vocabulary.of_kind", { kind: t(`vocabulary.kind_${kind}`), count: count(kind) })}
          </option>
        ))}
    </Select>
  );
}

type FoundProps = {
  candidate: ProposedTerm;
  text: string;
  agreed: boolean;
  onTick: (wanted: boolean) => void;
  onType: (text: string) => void;
};

function Found({ candidate: { term, count, known }, text, agreed, onTick, onType }: FoundProps) {
  const { t } = useTranslation();
  const styles = useStyles();
  const small = [
    t(`vocabulary.kind_${term.kind}`),
    term.expansion,
    t("vocabulary.uses", { documents: term.documents, count }),
    term.instead_of.length > 0 && t("vocabulary.also", { spellings: term.instead_of.join(", ") }),
  ];
  return (
    <div className={styles.row}>
      <Checkbox
        checked={agreed}
        aria-label={t("vocabulary.take_it", { word: text })}
        onChange={(_, { checked }) => onTick(checked === true)}
      />
      <div className={styles.about}>
        <Input
          className={styles.text}
          size="small"
          appearance="underline"
          aria-label={`${t("vocabulary.word")}: ${term.text}`}
          value={text}
          onChange={(_, { value }) => onType(value)}
        />
        <Caption1 className={styles.hint}>
          {known && <Badge appearance="outline">{t("vocabulary.known")}</Badge>} {small.filter(Boolean).join(" · ")}
        </Caption1>
      </div>
    </div>
  );
}

function UnreadDocuments({ unread }: { unread: readonly Unread[] }) {
  const { t } = useTranslation();
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{t("vocabulary.unread", { count: unread.length })}</MessageBarTitle>
        {unread.map(({ path, failure }) => (
          <UnreadDocument key={path} failure={failure} />
        ))}
      </MessageBarBody>
    </MessageBar>
  );
}

function UnreadDocument({ failure }: { failure: Unread["failure"] }) {
  const { sentence } = useFailureText(failure);
  return <Caption1 block>{sentence}</Caption1>;
}
