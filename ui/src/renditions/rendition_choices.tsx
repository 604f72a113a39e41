// What can be chosen of a rendition: which one, with what it is for and how much it takes, and for whom.
import { Caption1, Field, makeStyles, Radio, RadioGroup, tokens } from "@fluentui/react-components";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ActaCopy, RenditionProfile } from "../ipc";
import { bytesText } from "../lib/time";
import { renditionName, renditionPurpose } from "./rendition_words";

const useStyles = makeStyles({
  // What is not chosen can be: Fluent greys it more than what explains it.
  name: { color: tokens.colorNeutralForeground1 },
  hint: { display: "block", color: tokens.colorNeutralForeground2 },
});

type ProfileProps = { profiles: RenditionProfile[]; chosen: string | null; onChoose: (profile: string) => void };

/** Only what the session has what it takes for. */
export function ProfileChoice({ profiles, chosen, onChoose }: ProfileProps) {
  const { t, i18n } = useTranslation();
  const styles = useStyles();
  const group = useRef<HTMLDivElement>(null);
  // The dialog was there before these were known, with nothing better to take the focus than the button that closes it.
  useEffect(() => group.current?.querySelector<HTMLElement>("input:checked")?.focus({ preventScroll: true }), []);
  const possible = profiles.filter((profile) => profile.possible);
  const hint = (profile: RenditionProfile) => {
    const [purpose, size] = [renditionPurpose(t, profile), bytesText(profile.most_bytes, i18n.language)];
    return purpose === null ? t("renditions.most_only", { size }) : t("renditions.most", { purpose, size });
  };
  return (
    <>
      <Field label={t("renditions.which")}>
        <RadioGroup ref={group} value={chosen ?? ""} onChange={(_, { value }) => onChoose(value)}>
          {possible.map((profile) => (
            <Radio
              key={profile.id}
              value={profile.id}
              label={
                <>
                  <span className={styles.name}>{renditionName(t, profile)}</span>{" "}
                  <Caption1 className={styles.hint}>{hint(profile)}</Caption1>
                </>
              }
            />
          ))}
        </RadioGroup>
      </Field>
      {possible.length < profiles.length && <Caption1 className={styles.hint}>{t("renditions.no_video")}</Caption1>}
    </>
  );
}

const copies: { [copy in ActaCopy]: true } = { complete: true, public: true };

export function CopyChoice({ chosen, onChoose }: { chosen: ActaCopy; onChoose: (copy: ActaCopy) => void }) {
  const { t } = useTranslation();
  const styles = useStyles();
  return (
    <Field label={t("renditions.copy")}>
      <RadioGroup value={chosen} onChange={(_, { value }) => onChoose(value as ActaCopy)}>
        {Object.keys(copies).map((copy) => (
          <Radio
            key={copy}
            value={copy}
            label={
              <>
                <span className={styles.name}>{t(`renditions.copy_${copy}`)}</span>{" "}
                <Caption1 className={styles.hint}>{t(`renditions.copy_${copy}_hint`)}</Caption1>
              </>
            }
          />
        ))}
      </RadioGroup>
    </Field>
  );
}
