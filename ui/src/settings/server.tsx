// Ajustes › the server that may listen in the place of this computer: where it is, what it costs, and who agreed.
import {
  Button,
  Caption1,
  Card,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Subtitle2,
  tokens,
} from "@fluentui/react-components";
import {
  CertificateRegular,
  CloudArrowUpRegular,
  KeyRegular,
  PlugConnectedRegular,
  ShieldCheckmarkRegular,
} from "@fluentui/react-icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ServerChoices, useIpc } from "../ipc";
import { queryKeys, useSaveSettings } from "../ipc/queries";
import { SavedSign, useAutosave } from "../kit/autosave";
import { FailureMessage } from "../kit/failure_message";
import { SettingCard } from "../kit/setting_card";
import type { SectionProps } from "./appearance";
import { priceOf, priceText } from "./server_price";
import { Switched } from "./switched";

export function ServerSection({ settings: { server }, save }: SectionProps) {
  const { t } = useTranslation();
  const styles = useStyles();
  const choose = (changed: Partial<ServerChoices>) => save({ server: { ...server, ...changed } });
  const there = server.url.trim() !== "";
  const agreed = there && server.agreed_to === server.url;
  return (
    <>
      <Subtitle2 as="h3">{t("server.which")}</Subtitle2>
      <Fields server={server} />
      {there && (
        <>
          <KeyCard url={server.url} />
          <Certificates path={server.certificates} onChange={(certificates) => choose({ certificates })} />
          <Check server={server} />
          <Subtitle2 as="h3" className={styles.group}>
            {t("server.permission")}
          </Subtitle2>
          <Switched
            icon={<CloudArrowUpRegular />}
            title={t("server.hears_new")}
            hint={t("server.hears_new_hint")}
            on={server.hears_new}
            onChange={(hears_new) => choose({ hears_new })}
          />
          <Switched
            icon={<ShieldCheckmarkRegular />}
            title={t("server.for_ever")}
            hint={agreed ? t("server.for_ever_hint", { server: server.url }) : t("server.for_ever_off")}
            on={agreed}
            onChange={(on) => choose({ agreed_to: on ? server.url : null })}
          />
        </>
      )}
    </>
  );
}

/** Where it is and what it costs. An address that is none is not saved, and the core says why. */
function Fields({ server }: { server: ServerChoices }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const save = useSaveSettings();
  const [price, setPrice] = useState(priceText(server.price.hour_milli));
  const autosave = useAutosave(server, (draft) => {
    const { url, model, price: paid } = draft;
    return save.mutateAsync({ server: { ...server, url, model, price: paid } });
  });
  const { draft, change, flush } = autosave;
  const paid = priceOf(price);
  return (
    <Card className={styles.card}>
      <div className={styles.fields}>
        <Field label={t("server.url")} className={styles.wide}>
          <Input
            type="url"
            value={draft.url}
            placeholder={t("server.url_example")}
            onChange={(_, { value }) => change({ ...draft, url: value })}
            onBlur={flush}
          />
        </Field>
        <Field label={t("server.model")}>
          <Input value={draft.model} onChange={(_, { value }) => change({ ...draft, model: value })} onBlur={flush} />
        </Field>
        <Field label={t("server.price")} validationMessage={paid === null ? t("server.price_wrong") : undefined}>
          <Input
            inputMode="decimal"
            value={price}
            onChange={(_, { value }) => {
              setPrice(value);
              const hour_milli = priceOf(value);
              if (hour_milli !== null) change({ ...draft, price: { ...draft.price, hour_milli } });
            }}
            onBlur={flush}
          />
        </Field>
        <Field label={t("server.currency")}>
          <Input
            value={draft.price.currency}
            maxLength={3}
            onChange={(_, { value }) =>
              change({ ...draft, price: { ...draft.price, currency: value.trim().toUpperCase() } })
            }
            onBlur={flush}
          />
        </Field>
      </div>
      <SavedSign autosave={autosave} />
      {autosave.failure !== null && <FailureMessage failure={autosave.failure} />}
    </Card>
  );
}

/** The key is typed here and goes to the keyring; nobody reads it back. */
function KeyCard({ url }: { url: string }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const ipc = useIpc();
  const client = useQueryClient();
  const { data: known } = useQuery({ queryKey: queryKeys.serverKey(url), queryFn: () => ipc.serverKeyKnown(url) });
  const [typed, setTyped] = useState("");
  const [failure, setFailure] = useState<unknown>(null);
  const keep = (key: string) => {
    setFailure(null);
    ipc
      .serverKeySet(url, key)
      .then(() => {
        setTyped("");
        return client.invalidateQueries({ queryKey: queryKeys.serverKey(url) });
      })
      .catch(setFailure);
  };
  return (
    <SettingCard
      icon={<KeyRegular />}
      title={t("server.key")}
      hint={known === undefined ? undefined : t(known ? "server.key_known" : "server.key_none")}
      control={known === true && <Button onClick={() => keep("")}>{t("server.key_forget")}</Button>}
    >
      <div className={styles.line}>
        <Input
          type="password"
          autoComplete="off"
          aria-label={t("server.key")}
          value={typed}
          onChange={(_, { value }) => setTyped(value)}
        />
        <Button disabled={typed.trim() === ""} onClick={() => keep(typed)}>
          {t("server.key_save")}
        </Button>
      </div>
      <Caption1 className={styles.quiet}>{t("server.key_hint")}</Caption1>
      {failure !== null && <FailureMessage failure={failure} />}
    </SettingCard>
  );
}

function Certificates({ path, onChange }: { path: string | null; onChange: (path: string | null) => void }) {
  const { t } = useTranslation();
  const ipc = useIpc();
  const [failure, setFailure] = useState<unknown>(null);
  const pick = () => {
    setFailure(null);
    ipc.certificatesPick().then((picked) => picked && onChange(picked), setFailure);
  };
  return (
    <SettingCard
      icon={<CertificateRegular />}
      title={t("server.certificates")}
      hint={path ?? t("server.certificates_none")}
      control={
        <>
          {path !== null && <Button onClick={() => onChange(null)}>{t("server.certificates_remove")}</Button>}
          <Button onClick={pick}>{t("server.certificates_pick")}</Button>
        </>
      }
    >
      {failure !== null && <FailureMessage failure={failure} />}
    </SettingCard>
  );
}

function Check({ server }: { server: ServerChoices }) {
  const { t } = useTranslation();
  const ipc = useIpc();
  const [state, setState] = useState<"untried" | "trying" | "answers">("untried");
  const [failure, setFailure] = useState<unknown>(null);
  const check = () => {
    setFailure(null);
    setState("trying");
    ipc.serverCheck(server).then(
      () => setState("answers"),
      (thrown) => {
        setState("untried");
        setFailure(thrown);
      },
    );
  };
  return (
    <SettingCard
      icon={<PlugConnectedRegular />}
      title={t("server.check")}
      hint={t("server.check_hint")}
      control={
        <Button disabled={state === "trying"} onClick={check}>
          {t(state === "trying" ? "server.checking" : "server.check")}
        </Button>
      }
    >
      <div aria-live="polite">
        {state === "answers" && (
          <MessageBar intent="success">
            <MessageBarBody>{t("server.answers")}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      {failure !== null && <FailureMessage failure={failure} />}
    </SettingCard>
  );
}

const useStyles = makeStyles({
  group: { marginTop: tokens.spacingVerticalM },
  card: { padding: tokens.spacingHorizontalL, boxShadow: "none", border: `1px solid ${tokens.colorNeutralStroke2}` },
  fields: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(180px, 100%), 1fr))",
    gap: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalL}`,
  },
  wide: { gridColumn: "1 / -1" },
  line: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});
