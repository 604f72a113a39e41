// Find and replace: the words, how they count, how often they are there, and what replacing would give.
import { Button, Dropdown, Input, Option, ToggleButton, Tooltip } from "@fluentui/react-components";
import { ChevronDown20Regular, ChevronUp20Regular, Dismiss20Regular, Search20Regular } from "@fluentui/react-icons";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Found } from "../ipc";
import { useFailureText } from "../kit/failure_message";
import { clockText } from "../lib/time";
import { PanelList } from "./panel_list";
import { type Finding, useReplacements } from "./use_find";
import { sessionRange, useTopic, useTranscript } from "./use_transcript";
import "./find_bar.css";

type FindBarProps = {
  finding: Finding;
  replacing: boolean;
  onReplacing: (replacing: boolean) => void;
  onStep: (direction: -1 | 1) => void;
  onClose: () => void;
  /** Counts up whenever the keys ask for the bar, so that its field takes the focus again. */
  asked: number;
};

type Switch = "match_case" | "match_accents" | "whole_word" | "regular_expression";
const switches: readonly Switch[] = ["match_accents", "match_case", "whole_word", "regular_expression"];

const placeOf = (_: Found, at: number) => at;

export function FindBar({ finding, replacing, onReplacing, onStep, onClose, asked }: FindBarProps) {
  const { t } = useTranslation();
  const { store } = useTranscript();
  const speakers = useTopic(store, "speakers", () => store.speakers);
  const { query, setQuery, found, failure, current } = finding;
  const field = useRef<HTMLInputElement>(null);
  const { sentence, details } = useFailureText(failure);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again takes the focus again.
  useEffect(() => field.current?.select(), [asked]);

  const count =
    query.text === ""
      ? ""
      : current < 0
        ? t("transcript.find.count", { count: found.length })
        : t("transcript.find.place", { place: current + 1, number: found.length });
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter" && event.target === field.current) onStep(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: the engine of the web view does not know <search>.
    <div className="find-bar" role="search" aria-label={t("transcript.find.title")} onKeyDown={onKeyDown}>
      <div className="find-line">
        <Input
          ref={field}
          className="find-field"
          contentBefore={<Search20Regular aria-hidden />}
          contentAfter={<span className="find-count">{count}</span>}
          value={query.text}
          placeholder={t("transcript.find.find")}
          aria-label={t("transcript.find.find")}
          aria-invalid={failure !== null}
          onChange={(_, data) => setQuery({ text: data.value })}
        />
        <Tooltip content={t("transcript.find.previous")} relationship="label">
          <Button
            appearance="subtle"
            icon={<ChevronUp20Regular />}
            disabled={found.length === 0}
            onClick={() => onStep(-1)}
          />
        </Tooltip>
        <Tooltip content={t("transcript.find.next")} relationship="label">
          <Button
            appearance="subtle"
            icon={<ChevronDown20Regular />}
            disabled={found.length === 0}
            onClick={() => onStep(1)}
          />
        </Tooltip>
        <span className="find-switches">
          {switches.map((name) => (
            <Tooltip key={name} content={t(`transcript.find.${name}`)} relationship="inaccessible">
              <ToggleButton
                size="small"
                appearance="subtle"
                checked={query[name]}
                aria-label={`${t(`transcript.find.${name}_sign`)}: ${t(`transcript.find.${name}`)}`}
                onClick={() => setQuery({ [name]: !query[name] })}
              >
                {t(`transcript.find.${name}_sign`)}
              </ToggleButton>
            </Tooltip>
          ))}
        </span>
        <Dropdown
          className="find-speaker"
          aria-label={t("transcript.find.speaker")}
          value={store.speaker(query.speaker)?.name ?? t("transcript.find.everybody")}
          selectedOptions={[query.speaker ?? ""]}
          onOptionSelect={(_, data) => setQuery({ speaker: data.optionValue || null })}
        >
          <Option value="">{t("transcript.find.everybody")}</Option>
          {speakers.map((speaker) => (
            <Option key={speaker.id} value={speaker.id}>
              {speaker.name}
            </Option>
          ))}
        </Dropdown>
        <ToggleButton appearance="subtle" checked={replacing} onClick={() => onReplacing(!replacing)}>
          {t("transcript.find.replace")}
        </ToggleButton>
        <Tooltip content={t("transcript.find.close")} relationship="label">
          <Button appearance="subtle" icon={<Dismiss20Regular />} onClick={onClose} />
        </Tooltip>
      </div>
      <span className="visually-hidden" role="status">
        {count}
      </span>
      {failure && (
        <div className="find-failure">
          <span role="alert">{sentence}</span>
          <details>
            <summary>{t("kit.details")}</summary>
            <pre>{details}</pre>
          </details>
        </div>
      )}
      {replacing && <Replacing finding={finding} />}
    </div>
  );
}

function Replacing({ finding }: { finding: Finding }) {
  const { t } = useTranslation();
  const { store } = useTranscript();
  const { query, found, current, setCurrent } = finding;
  const [replacement, setReplacement] = useState("");
  const [skipped, setSkipped] = useState<ReadonlySet<number>>(new Set());
  // biome-ignore lint/correctness/useExhaustiveDependencies: positions mean something only within one result.
  useEffect(() => setSkipped(new Set()), [found]);
  const left = found.length - skipped.size;
  const becomes = useReplacements(finding, replacement);

  const replace = async (skip: number[], remember: boolean) => {
    const change = await store.edit({ kind: "replace", query, with: replacement, skip, remember });
    if (change) setCurrent(-1);
  };
  const allBut = (kept: number) => found.map((_, at) => at).filter((at) => at !== kept);
  const toggle = (at: number) => {
    const next = new Set(skipped);
    if (!next.delete(at)) next.add(at);
    setSkipped(next);
  };
  return (
    <>
      <div className="find-line">
        <Input
          className="find-field"
          value={replacement}
          placeholder={t("transcript.find.with")}
          aria-label={t("transcript.find.with")}
          onChange={(_, data) => setReplacement(data.value)}
        />
        <Button disabled={current < 0} onClick={() => void replace(allBut(current), false)}>
          {t("transcript.find.replace_one")}
        </Button>
        <Button appearance="primary" disabled={left === 0} onClick={() => void replace([...skipped], false)}>
          {t("transcript.find.replace_all", { number: left })}
        </Button>
        <Tooltip content={t("transcript.find.remember_meaning")} relationship="description">
          <Button disabled={left === 0 || replacement.trim() === ""} onClick={() => void replace([...skipped], true)}>
            {t("transcript.find.remember")}
          </Button>
        </Tooltip>
      </div>
      {found.length > 0 && (
        <div className="find-preview">
          <PanelList items={found} keyOf={placeOf} height={34} label={t("transcript.find.preview")}>
            {(one, at) => (
              <Preview one={one} becomes={becomes(at)} checked={!skipped.has(at)} onToggle={() => toggle(at)} />
            )}
          </PanelList>
        </div>
      )}
    </>
  );
}

const AROUND = 36;

function Preview(props: { one: Found; becomes: string; checked: boolean; onToggle: () => void }) {
  const { one, becomes, checked, onToggle } = props;
  const { t } = useTranslation();
  const { store, parts } = useTranscript();
  const segment = store.segment(one.segment);
  if (!segment) return null;
  const { text } = segment;
  const matched = text.slice(one.from, one.to);
  const time = clockText(sessionRange(parts, segment)[0]);
  const before = text.slice(Math.max(0, one.from - AROUND), one.from);
  return (
    <label className="find-example">
      <input
        type="checkbox"
        checked={checked}
        onChange={onToggle}
        aria-label={t("transcript.find.replace_at", { time, matched })}
      />
      <span className="panel-time">{time}</span>
      <span className="find-excerpt">
        {one.from > AROUND && "…"}
        {before}
        <del>{matched}</del>
        {becomes && <ins> {becomes}</ins>}
        {text.slice(one.to, one.to + AROUND)}
        {one.to + AROUND < text.length && "…"}
      </span>
    </label>
  );
}
