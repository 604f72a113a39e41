// Every figure that was said, as it was said and as the acta writes it, to be listened to: those nobody confirmed first.
import { Badge, Switch } from "@fluentui/react-components";
import { NumberSymbolSquareRegular } from "@fluentui/react-icons";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SaidFigure } from "../ipc";
import { EmptyState } from "../kit/empty_state";
import { LongList } from "../kit/long_list";
import { Finding, FindingsHead } from "./finding";

export function FiguresList({ figures }: { figures: readonly SaidFigure[] }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const open = useMemo(() => figures.filter(({ confirmed }) => !confirmed), [figures]);
  const shown = all ? figures : open;
  if (figures.length === 0)
    return (
      <EmptyState
        icon={<NumberSymbolSquareRegular />}
        title={t("preview.no_figures")}
        body={t("preview.no_figures_hint")}
      />
    );
  return (
    <>
      <FindingsHead>
        {t("preview.figures_hint")}
        {open.length < figures.length && (
          <>
            <br />
            <Switch
              label={t("preview.figures_all", { count: figures.length - open.length })}
              checked={all}
              onChange={(_, { checked }) => setAll(checked)}
            />
          </>
        )}
      </FindingsHead>
      {shown.length === 0 && <EmptyState title={t("preview.figures_confirmed")} />}
      <LongList items={shown} estimate={() => 58} label={t("preview.part_figures")}>
        {({ said, kind, written, heard, confirmed }) => (
          <Finding
            title={
              <>
                <strong>{written}</strong> {confirmed && <Badge color="success">{t("preview.confirmed")}</Badge>}
              </>
            }
            small={`${t(`preview.figure_${kind}`)} · ${t("preview.said", { said })}`}
            heard={heard}
          />
        )}
      </LongList>
    </>
  );
}
