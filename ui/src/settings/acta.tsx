// Ajustes › the acta: its template, and how the council writes. What nobody changes is as usual for the template.
import { Button, Card, makeStyles, Subtitle2, tokens } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ActaStyle, useIpc } from "../ipc";
import { queryKeys } from "../ipc/queries";
import { FailureMessage } from "../kit/failure_message";
import { SettingCard } from "../kit/setting_card";
import { TemplateField } from "../minutes/template_field";
import { groups } from "./acta_choices";
import { ActaSetting } from "./acta_setting";
import type { SectionProps } from "./appearance";

const useStyles = makeStyles({
  template: {
    flexDirection: "row",
    flexWrap: "wrap",
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    boxShadow: "none",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  group: { marginTop: tokens.spacingVerticalM },
});

export function ActaSection({ settings: { acta }, save }: SectionProps) {
  const { t } = useTranslation();
  const styles = useStyles();
  const ipc = useIpc();
  const { data: usual, error } = useQuery({
    queryKey: [...queryKeys.templates, "style", acta.template],
    queryFn: () => ipc.actaStyle(acta.template),
  });
  // What is being typed must not outlive going back to what is usual.
  const [resets, setResets] = useState(0);
  const reset = () => {
    save({ acta: { ...acta, style: null } });
    setResets(resets + 1);
  };
  const style = acta.style ?? usual;
  const change = (changed: Partial<ActaStyle>) => style && save({ acta: { ...acta, style: { ...style, ...changed } } });
  const manner = acta.style ? "changed" : "usual";
  return (
    <>
      <Card className={styles.template}>
        <TemplateField template={acta.template} onChoose={(template) => save({ acta: { ...acta, template } })} />
      </Card>
      {error && <FailureMessage failure={error} />}
      <SettingCard
        title={t(`acta_style.${manner}`)}
        hint={t(`acta_style.${manner}_hint`)}
        control={acta.style && <Button onClick={reset}>{t("acta_style.reset")}</Button>}
      />
      {style &&
        groups.map(({ id, keys }) => [
          <Subtitle2 key={id} as="h3" className={styles.group}>
            {t(`acta_style.group.${id}`)}
          </Subtitle2>,
          ...keys.map((key) => <ActaSetting key={`${key} ${resets}`} of={key} style={style} onChange={change} />),
        ])}
    </>
  );
}
