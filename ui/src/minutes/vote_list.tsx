// Who voted for what: one line a person, with a choice of sides. Up and down walk the people, left and right change the
// side, and a letter chooses one and goes on to the next person, so that a roll is typed as it is called.
import { type KeyboardEvent, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { VoteNames } from "../ipc";
import { type Side, sideOf, sides, withSide } from "./vote_names";

type Props = { voters: readonly string[]; names: VoteNames; onChange: (names: VoteNames) => void };

export function VoteList({ voters, names, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const group = useRef<HTMLFieldSetElement>(null);
  const choices: readonly (Side | null)[] = [...sides, null];
  const letters = choices.map((side) => t(`outline.letter.${side ?? "none"}`).toLowerCase());

  const goTo = (row: number) => {
    const radios = group.current?.querySelectorAll<HTMLInputElement>(`[data-row="${row}"] input`);
    const chosen = [...(radios ?? [])].find((radio) => radio.checked);
    (chosen ?? radios?.[0])?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, row: number, name: string) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const letter = letters.indexOf(event.key.toLowerCase());
    if (event.key === "ArrowDown") goTo(row + 1);
    else if (event.key === "ArrowUp") goTo(row - 1);
    else if (letter >= 0) {
      onChange(withSide(names, name, choices[letter] ?? null, voters));
      goTo(row + 1);
    } else return;
    event.preventDefault();
  };

  if (voters.length === 0) return <p className="entry-hint">{t("outline.form.no_roll")}</p>;
  return (
    <fieldset ref={group} className="entry-group">
      <legend>{t("outline.form.by_name")}</legend>
      <p className="entry-hint">{t("outline.form.by_name_keys")}</p>
      {voters.map((name, row) => (
        <div
          key={name}
          role="radiogroup"
          tabIndex={-1}
          aria-labelledby={`${id}-${row}`}
          className="vote-row"
          data-row={row}
          onKeyDown={(event) => onKeyDown(event, row, name)}
        >
          <span id={`${id}-${row}`} className="vote-name">
            {name}
          </span>
          {choices.map((side) => (
            <label key={side ?? "none"} className="vote-side" data-side={side ?? "none"}>
              <input
                type="radio"
                name={`${id}-${row}`}
                checked={sideOf(names, name) === side}
                onChange={() => onChange(withSide(names, name, side, voters))}
              />
              {t(`outline.side.${side ?? "none"}`)}
            </label>
          ))}
        </div>
      ))}
    </fieldset>
  );
}
