// What this computer has and what it lacks for listening, each with its remedy.
import { Button, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import {
  ArrowClockwiseRegular,
  CheckmarkCircleRegular,
  DesktopRegular,
  SubtractCircleRegular,
  WarningRegular,
} from "@fluentui/react-icons";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type State, useIpc } from "../ipc";
import { queryKeys } from "../ipc/queries";
import { FailureMessage } from "../kit/failure_message";
import { SettingCard } from "../kit/setting_card";

const useStyles = makeStyles({
  list: {
    listStyleType: "none",
    margin: 0,
    padding: 0,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
  },
  item: {
    display: "grid",
    gridTemplateColumns: "20px minmax(96px, 160px) 1fr",
    columnGap: tokens.spacingHorizontalM,
    alignItems: "start",
  },
  ok: { color: tokens.colorStatusSuccessForeground1, fontSize: "20px" },
  optional: { color: tokens.colorNeutralForeground3, fontSize: "20px" },
  missing: { color: tokens.colorStatusWarningForeground1, fontSize: "20px" },
  detail: { color: tokens.colorNeutralForeground2, overflowWrap: "anywhere", display: "flex", flexDirection: "column" },
  advice: { color: tokens.colorNeutralForeground1 },
});

export function ComputerCheck() {
  const { t } = useTranslation();
  const styles = useStyles();
  const ipc = useIpc();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: queryKeys.check,
    queryFn: () => ipc.computerCheck(),
  });
  const missing = data?.filter((check) => check.state === "missing").length ?? 0;
  return (
    <SettingCard
      icon={<DesktopRegular />}
      title={t("models.check")}
      hint={data && (missing === 0 ? t("models.check_all") : t("models.check_missing", { count: missing }))}
      control={
        <Button
          icon={isFetching ? <Spinner size="tiny" aria-hidden /> : <ArrowClockwiseRegular />}
          disabledFocusable={isFetching}
          onClick={() => refetch()}
        >
          {t("models.check_again")}
        </Button>
      }
    >
      {error && <FailureMessage failure={error} />}
      <ul className={styles.list}>
        {data?.map((check) => (
          <li key={check.name} className={styles.item}>
            <CheckIcon state={check.state} />
            <span>{check.name}</span>
            <span className={styles.detail}>
              {check.detail}
              {check.advice && <span className={styles.advice}>{check.advice}</span>}
            </span>
          </li>
        ))}
      </ul>
    </SettingCard>
  );
}

function CheckIcon({ state }: { state: State }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const label = t(`models.check_${state}`);
  if (state === "good") return <CheckmarkCircleRegular className={styles.ok} aria-label={label} />;
  if (state === "optional") return <SubtractCircleRegular className={styles.optional} aria-label={label} />;
  return <WarningRegular className={styles.missing} aria-label={label} />;
}
