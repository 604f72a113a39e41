// Who listens to a session that is about to begin, when a server may: what leaves the building, what that costs, and
// whether the secretary agrees.

import {
  Checkbox,
  Field,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Radio,
  RadioGroup,
  tokens,
} from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import type { ServerOffer } from "../ipc";
import { type Draft, isByServer } from "./draft";

type Props = { draft: Draft; offer: ServerOffer; onChange: (draft: Draft) => void };

export function WhoListens({ draft, offer, onChange }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const { server, model, cost } = offer;
  const there = isByServer(draft, offer);
  return (
    <>
      <Field label={t("server.who")}>
        <RadioGroup
          value={there ? "there" : "here"}
          onChange={(_, { value }) => onChange({ ...draft, byServer: value === "there", agreed: false })}
        >
          <Radio value="here" label={t("server.here")} />
          <Radio value="there" label={t("server.there", { server, model })} />
        </RadioGroup>
      </Field>
      {there && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody className={styles.words}>
            <span>{t("server.leaves", { server })}</span>
            <span>{cost === null ? t("server.cost_unknown") : t("server.cost", { cost })}</span>
            {!offer.is_private && <span>{t("server.not_private")}</span>}
            {offer.agreed ? (
              <span>{t("server.agreed_for_ever")}</span>
            ) : (
              <Checkbox
                checked={draft.agreed}
                onChange={(_, { checked }) => onChange({ ...draft, agreed: checked === true })}
                label={t("server.agree")}
              />
            )}
          </MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}

const useStyles = makeStyles({
  words: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS },
});
