// Where the address of a recording on the internet is pasted.

import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { GlobeRegular } from "@fluentui/react-icons";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { isAddress } from "./draft";

/** Calls `onAddress` with a complete address only; says what is wrong with another one. */
export function AddressForm({ label, onAddress }: { label: string; onAddress: (address: string) => void }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const [address, setAddress] = useState("");
  const [refused, setRefused] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isAddress(address)) onAddress(address.trim());
    else setRefused(true);
  };
  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <Field
        label={label}
        className={styles.field}
        validationMessage={refused ? t("sessions.url.invalid") : undefined}
        hint={refused ? undefined : t("sessions.url.hint")}
      >
        <Input
          type="url"
          value={address}
          placeholder={t("sessions.url.placeholder")}
          contentBefore={<GlobeRegular />}
          onChange={(_, { value }) => {
            setAddress(value);
            setRefused(false);
          }}
        />
      </Field>
      <Button type="submit" className={styles.button}>
        {t("sessions.url.continue")}
      </Button>
    </form>
  );
}

const useStyles = makeStyles({
  form: { display: "flex", flexWrap: "wrap", alignItems: "flex-start", gap: tokens.spacingHorizontalS, width: "100%" },
  field: { flex: "1 1 240px", textAlign: "start" },
  // Level with the field, which stands under its label.
  button: { marginTop: "26px" },
});
