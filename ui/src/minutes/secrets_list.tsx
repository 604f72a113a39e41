// Before a public copy: what may be personal data, what the copy will say instead, and a switch for what is none.
import { Badge, Switch } from "@fluentui/react-components";
import { ShieldCheckmarkRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";
import type { Edit, SaidSecret } from "../ipc";
import { EmptyState } from "../kit/empty_state";
import { LongList } from "../kit/long_list";
import { Finding, FindingsHead } from "./finding";

type Props = { secrets: readonly SaidSecret[]; onEdit: (edit: Edit) => void };

export function SecretsList({ secrets, onEdit }: Props) {
  const { t } = useTranslation();
  if (secrets.length === 0)
    return (
      <EmptyState
        icon={<ShieldCheckmarkRegular />}
        title={t("preview.no_secrets")}
        body={t("preview.no_secrets_hint")}
      />
    );
  return (
    <>
      <FindingsHead>{t("preview.secrets_hint")}</FindingsHead>
      <LongList
        items={secrets}
        keyOf={({ kind, said }) => `${kind} ${said}`}
        estimate={() => 62}
        label={t("preview.part_secrets")}
      >
        {(secret) => <Secret secret={secret} onEdit={onEdit} />}
      </LongList>
    </>
  );
}

function Secret({ secret, onEdit }: { secret: SaidSecret; onEdit: (edit: Edit) => void }) {
  const { t } = useTranslation();
  const { said, kind, confidence, replacement, heard, refusal, shown } = secret;
  const small = replacement === null ? "rephrase" : shown ? "shown" : "hidden";
  return (
    <Finding
      title={
        <>
          <strong>{t(`preview.secret_${kind}`)}</strong> «{said}»{" "}
          {confidence === "possible" && (
            <Badge appearance="outline" color="informative">
              {t("preview.possible")}
            </Badge>
          )}
        </>
      }
      small={t(`preview.secret_${small}`, { replacement })}
      heard={heard}
    >
      {replacement !== null && (
        <Switch
          label={t("preview.hide")}
          aria-label={t("preview.hide_one", { said })}
          checked={!shown}
          onChange={(_, { checked }) =>
            onEdit({ kind: checked ? "propose_again" : "refuse_proposal", proposal: refusal })
          }
        />
      )}
    </Finding>
  );
}
