// The side panel of who speaks: name, office and colour everywhere at once, and how much each one spoke.
import {
  Button,
  Caption1,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  Popover,
  PopoverSurface,
  PopoverTrigger,
} from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Speaker, SpeakerId } from "../ipc";
import { useKeysText } from "../lib/shortcuts";
import { lengthText } from "../lib/time";
import { COLOURS, speakerColour } from "./speaker_colour";

/** How long somebody spoke, ms, and in how many segments. */
export type Spoken = { ms: number; segments: number };

type SpeakersPanelProps = {
  speakers: readonly Speaker[];
  /** Under null: what nobody's name stands at. */
  spoken: ReadonlyMap<SpeakerId | null, Spoken>;
  onChange: (speaker: Speaker) => void;
  /** Goes to the next thing that somebody says. */
  onGo: (speaker: SpeakerId | null) => void;
};

export function SpeakersPanel({ speakers, spoken, onChange, onGo }: SpeakersPanelProps) {
  const { t } = useTranslation();
  const keys = useKeysText()("speaker.name");
  const [editing, setEditing] = useState<SpeakerId | null>(null);
  const all = [...spoken.values()].reduce((sum, one) => sum + one.ms, 0);
  const nobody = spoken.get(null);
  return (
    <section className="panel" aria-label={t("speakers.title")}>
      <div className="panel-head">
        <h2 className="visually-hidden">{t("speakers.title")}</h2>
        <Caption1>{t(`speakers.${speakers.length > 0 ? "how" : keys ? "none" : "none_without"}`, { keys })}</Caption1>
      </div>
      <ul className="speakers-list">
        {speakers.map((speaker, at) => (
          <li key={speaker.id} className="speakers-item">
            {editing === speaker.id ? (
              <SpeakerForm
                speaker={speaker}
                others={speakers.filter((other) => other.id !== speaker.id)}
                onSave={(changed) => {
                  onChange(changed);
                  setEditing(null);
                }}
                onClose={() => setEditing(null)}
              />
            ) : (
              <>
                <ColourButton speaker={speaker} onChange={(colour) => onChange({ ...speaker, colour })} />
                <button
                  type="button"
                  className="speakers-name"
                  onClick={() => setEditing(speaker.id)}
                  title={t("speakers.change", { name: speaker.name })}
                >
                  <span>{speaker.name}</span> {speaker.role && <span className="speakers-role">{speaker.role}</span>}
                </button>
                <SpokenBar
                  spoken={spoken.get(speaker.id)}
                  all={all}
                  colour={speakerColour(speaker)}
                  name={speaker.name}
                  onGo={() => onGo(speaker.id)}
                />
                {at < 9 && <kbd className="speakers-key">Alt+{at + 1}</kbd>}
              </>
            )}
          </li>
        ))}
        {nobody && nobody.segments > 0 && (
          <li className="speakers-item">
            <span className="speaker-dot" data-nobody />
            <span className="speakers-name">{t("speakers.nobody")}</span>
            <SpokenBar
              spoken={nobody}
              all={all}
              colour="var(--colorNeutralStroke1)"
              name={t("speakers.nobody")}
              onGo={() => onGo(null)}
            />
          </li>
        )}
      </ul>
    </section>
  );
}

function SpokenBar(props: { spoken?: Spoken; all: number; colour: string; name: string; onGo: () => void }) {
  const { t } = useTranslation();
  const { spoken = { ms: 0, segments: 0 }, all, colour, name, onGo } = props;
  const share = all > 0 ? spoken.ms / all : 0;
  return (
    <button
      type="button"
      className="speakers-spoken"
      onClick={onGo}
      disabled={spoken.segments === 0}
      title={t("speakers.go")}
      aria-label={t("speakers.spoke", { name, length: lengthText(spoken.ms), count: spoken.segments })}
    >
      <span className="speakers-bar" style={{ inlineSize: `${Math.max(share * 100, 1)}%`, background: colour }} />
      <span className="speakers-length">{lengthText(spoken.ms)}</span>
    </button>
  );
}

function ColourButton({ speaker, onChange }: { speaker: Speaker; onChange: (colour: number) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} onOpenChange={(_, data) => setOpen(data.open)} trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <button
          type="button"
          className="speakers-colour"
          style={{ background: speakerColour(speaker) }}
          aria-label={t("speakers.colour_of", { name: speaker.name })}
        />
      </PopoverTrigger>
      <PopoverSurface aria-label={t("speakers.colour_of", { name: speaker.name })}>
        <div className="speakers-colours">
          {Array.from({ length: COLOURS }, (_, colour) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a colour is its number.
              key={colour}
              type="button"
              className="speakers-colour"
              aria-pressed={colour === speaker.colour}
              aria-label={t("speakers.colour", { number: colour + 1 })}
              style={{ background: speakerColour({ colour }) }}
              onClick={() => {
                onChange(colour);
                setOpen(false);
              }}
            />
          ))}
        </div>
      </PopoverSurface>
    </Popover>
  );
}

type SpeakerFormProps = {
  speaker: Speaker;
  others: readonly Speaker[];
  onSave: (speaker: Speaker) => void;
  onClose: () => void;
};

function SpeakerForm({ speaker, others, onSave, onClose }: SpeakerFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(speaker.name);
  const [role, setRole] = useState(speaker.role);
  const same = others.find((other) => sameName(other.name, name));
  const save = (event: React.FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    if (name === speaker.name && role === speaker.role) onClose();
    else onSave({ ...speaker, name, role });
  };
  return (
    <form
      className="speakers-form"
      onSubmit={save}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <Field label={t("speakers.name")}>
        <Input
          value={name}
          autoFocus
          onFocus={(event) => event.target.select()}
          onChange={(_, data) => setName(data.value)}
        />
      </Field>
      <Field label={t("speakers.role")} hint={t("speakers.role_hint")}>
        <Input value={role} onChange={(_, data) => setRole(data.value)} />
      </Field>
      {same && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t("speakers.become_one", { name: speaker.name, other: same.name })}</MessageBarBody>
        </MessageBar>
      )}
      <div className="speakers-form-actions">
        <Button onClick={onClose}>{t("kit.cancel")}</Button>
        <Button type="submit" appearance="primary" disabled={name.trim() === ""}>
          {t(same ? "speakers.join" : "speakers.save")}
        </Button>
      </div>
    </form>
  );
}

/** As the core compares names: without case, accents and what is no letter. */
function sameName(one: string, other: string): boolean {
  const folded = (name: string) =>
    (
      name
        .normalize("NFD")
        .replace(/\p{M}/gu, "")
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu) ?? []
    ).join(" ");
  return folded(one) !== "" && folded(one) === folded(other);
}
