// What somebody should look at before the acta is signed, with the law that asks for it. It never blocks anything.
import { CheckmarkCircleRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";
import type { ShownCheck } from "../ipc";
import { EmptyState } from "../kit/empty_state";
import { LongList } from "../kit/long_list";
import { Finding, FindingsHead } from "./finding";

export function ChecksList({ checks }: { checks: readonly ShownCheck[] }) {
  const { t } = useTranslation();
  if (checks.length === 0)
    return (
      <EmptyState icon={<CheckmarkCircleRegular />} title={t("preview.no_checks")} body={t("preview.no_checks_hint")} />
    );
  return (
    <>
      <FindingsHead>{t("preview.checks_hint")}</FindingsHead>
      <LongList
        items={checks}
        estimate={({ base }) => (base ? 58 : 40)}
        label={t("preview.checks", { count: checks.length })}
      >
        {({ text, base, heard }) => <Finding title={text} small={base} heard={heard} />}
      </LongList>
    </>
  );
}
