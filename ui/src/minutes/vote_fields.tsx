// The fields of a vote: what was voted and how, what was announced, and who voted for what.
import { MessageBar, MessageBarBody } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Mode, Outcome, Vote } from "../ipc";
import { ChoiceField, CountField, LongField } from "./fields";
import { VoteList } from "./vote_list";
import { candidateLines, differences, readCandidates, voters } from "./vote_names";

const modes: readonly Mode[] = ["ordinary", "nominal", "secret"];
const outcomes: readonly Outcome[] = ["approved", "rejected", "tied", "void"];
const counts = ["in_favour", "against", "abstaining", "blank"] as const;

type Props = { vote: Vote; roll: readonly string[]; onChange: (changed: Partial<Vote>) => void };

export function VoteFields({ vote, roll, onChange }: Props) {
  const { t } = useTranslation();
  const [lines, setLines] = useState(candidateLines(vote.candidates));
  const unlike = differences(vote);
  return (
    <>
      <LongField label={t("outline.form.about")} value={vote.about} onChange={(about) => onChange({ about })} />
      <div className="entry-line">
        <ChoiceField
          label={t("outline.form.mode")}
          value={vote.mode}
          choices={modes}
          words={(mode) => t(`outline.mode.${mode}`)}
          onChange={(mode) => mode && onChange({ mode })}
        />
        <ChoiceField
          label={t("outline.form.outcome")}
          value={vote.outcome}
          choices={outcomes}
          words={(outcome) => t(`outline.outcome.${outcome}`)}
          none={t("outline.form.unsaid")}
          onChange={(outcome) => onChange({ outcome })}
        />
      </div>
      <fieldset className="entry-group">
        <legend>{t("outline.form.announced")}</legend>
        <div className="entry-line">
          {counts.map((side) => (
            <CountField
              key={side}
              label={t(`outline.side.${side}`)}
              value={vote[side]}
              onChange={(count) => onChange({ [side]: count })}
            />
          ))}
        </div>
      </fieldset>
      {unlike.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {unlike
              .map(({ side, announced, named }) =>
                t("outline.form.unlike", { side: t(`outline.side.${side}`), announced, named }),
              )
              .join(" ")}
          </MessageBarBody>
        </MessageBar>
      )}
      {vote.mode !== "secret" && (
        <VoteList voters={voters(roll, vote.names)} names={vote.names} onChange={(names) => onChange({ names })} />
      )}
      <LongField
        label={t("outline.form.candidates")}
        value={lines}
        onChange={(typed) => {
          setLines(typed);
          onChange({ candidates: readCandidates(typed) });
        }}
      />
    </>
  );
}
