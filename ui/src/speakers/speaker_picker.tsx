// Chooses who speaks by typing a name: the ones known so far are offered, any other is made.
import { Popover, PopoverSurface } from "@fluentui/react-components";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MicrophoneHint, Speaker, SpeakerId } from "../ipc";
import { speakerColour } from "./speaker_colour";

type SpeakerPickerProps = {
  /** What it stands beside. */
  at: HTMLElement;
  speakers: readonly Speaker[];
  /** Names of the council that nobody of the session has yet. */
  names?: readonly string[];
  /** How many segments it is for. */
  count: number;
  current: SpeakerId | null;
  /** The microphone that heard them best, and who mostly speaks there. */
  hint?: Pick<MicrophoneHint, "microphone" | "speaker"> | undefined;
  onAssign: (speaker: SpeakerId | null) => void;
  onName: (name: string) => void;
  onClose: () => void;
};

type Choice = { key: string; speaker: Speaker | null; name: string; number: number | null };

export function SpeakerPicker({
  at,
  speakers,
  names = [],
  count,
  current,
  hint,
  onAssign,
  onName,
  onClose,
}: SpeakerPickerProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [marked, setMarked] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const list = useId();
  useEffect(() => field.current?.focus(), []);

  const name = typed.trim().replace(/\s+/g, " ");
  const isProposed = ({ key }: Choice) => key === hint?.speaker;
  const known: Choice[] = speakers
    .map((speaker, at) => ({ key: speaker.id, speaker, name: speaker.name, number: at < 9 ? at + 1 : null }))
    .filter((choice) => folded(choice.name).includes(folded(name)))
    .sort((one, other) => Number(isProposed(other)) - Number(isProposed(one)));
  const others: Choice[] = names
    .filter((other) => folded(other).includes(folded(name)))
    .filter((other) => !speakers.some((speaker) => folded(speaker.name) === folded(other)))
    .map((other) => ({ key: `name ${other}`, speaker: null, name: other, number: null }));
  const choices: Choice[] = [...known, ...others];
  const same = choices.some((choice) => folded(choice.name) === folded(name));
  if (name !== "" && !same) choices.push({ key: "new", speaker: null, name, number: null });
  const nobody = name === "" && current !== null;
  if (nobody) choices.push({ key: "nobody", speaker: null, name: t("speakers.nobody"), number: 0 });
  const chosen = Math.min(marked, choices.length - 1);

  const take = (choice: Choice | undefined) => {
    if (!choice) return;
    if (choice.key === "nobody") onAssign(null);
    else if (choice.speaker) onAssign(choice.speaker.id);
    else onName(choice.name);
    onClose();
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === "ArrowDown") setMarked((chosen + 1) % choices.length);
    else if (event.key === "ArrowUp") setMarked((chosen + choices.length - 1) % choices.length);
    else if (event.key === "Enter") take(choices[chosen]);
    else if (event.key === "Tab") onClose();
    else return;
    event.preventDefault();
  };
  return (
    <Popover
      open
      positioning={{ target: at, position: "below", align: "start", shiftToCoverTarget: true }}
      onOpenChange={(_, data) => data.open || onClose()}
    >
      <PopoverSurface className="speaker-picker" aria-label={t("speakers.who")}>
        <label className="speaker-picker-label" htmlFor={`${list}-field`}>
          {t("speakers.who_of", { count })}
        </label>
        {hint && (
          <p id={`${list}-hint`} className="speaker-picker-hint">
            {t("speakers.microphone", { name: hint.microphone })}
          </p>
        )}
        <input
          ref={field}
          id={`${list}-field`}
          className="speaker-picker-field"
          role="combobox"
          aria-expanded
          aria-autocomplete="list"
          aria-controls={list}
          aria-describedby={hint && `${list}-hint`}
          aria-activedescendant={choices[chosen] ? `${list}-${chosen}` : undefined}
          autoComplete="off"
          value={typed}
          placeholder={t("speakers.type_name")}
          onChange={(event) => {
            setTyped(event.target.value);
            setMarked(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div id={list} role="listbox" aria-label={t("speakers.known")} className="speaker-picker-list">
          {choices.map((choice, at) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys of the whole list.
            <div
              key={choice.key}
              id={`${list}-${at}`}
              role="option"
              tabIndex={-1}
              aria-selected={at === chosen}
              className="speaker-picker-choice"
              onMouseEnter={() => setMarked(at)}
              onClick={() => take(choice)}
            >
              <span className="speaker-dot" style={{ background: speakerColour(choice.speaker ?? undefined) }} />
              <span className="speaker-picker-name">
                {choice.key === "new" ? t("speakers.make", { name: choice.name }) : choice.name}
              </span>
              {choice.number !== null && <kbd>Alt+{choice.number}</kbd>}
            </div>
          ))}
        </div>
      </PopoverSurface>
    </Popover>
  );
}

function folded(name: string): string {
  return name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
