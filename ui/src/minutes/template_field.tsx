// The template of the acta: one of Astra's or the council's own, which is looked at when it is chosen.
import {
  Button,
  Dropdown,
  Field,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Option,
  Tooltip,
} from "@fluentui/react-components";
import { QuestionCircleRegular } from "@fluentui/react-icons";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type TemplateLook, useIpc } from "../ipc";
import { queryKeys } from "../ipc/queries";
import { FailureMessage } from "../kit/failure_message";
import { fileName } from "../lib/paths";
import { PlacesDialog } from "./places_dialog";

/** The choice that asks for a file. No template has this id. */
const PICK = "…";

const useStyles = makeStyles({
  field: { flex: "2 1 240px", minWidth: 0, maxWidth: "460px" },
  line: { display: "flex", gap: "2px", minWidth: 0 },
  list: { flex: 1, minWidth: 0 },
  name: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  wide: { flexBasis: "100%" },
  warnings: { margin: 0, paddingInlineStart: "20px" },
});

type Props = { template: string; onChoose: (template: string) => void };

export function TemplateField({ template, onChoose }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const ipc = useIpc();
  const { data: templates, error } = useQuery({
    queryKey: queryKeys.templates,
    queryFn: () => ipc.actaTemplates(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [look, setLook] = useState<TemplateLook | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [explained, setExplained] = useState(false);

  const builtin = templates?.builtin ?? [];
  const own = builtin.length === 0 || builtin.some(({ id }) => id === template) ? null : fileName(template);
  const name = own ?? builtin.find(({ id }) => id === template)?.name ?? "";
  const choose = (chosen: string) => {
    setFailure(null);
    setLook(null);
    if (chosen !== PICK) return onChoose(chosen);
    ipc.templatePick().then((picked) => {
      if (!picked) return;
      setLook(picked);
      onChoose(picked.path);
    }, setFailure);
  };
  return (
    <>
      <Field label={t("preview.template")} className={styles.field}>
        {(field) => (
          <div className={styles.line}>
            <Dropdown
              {...field}
              className={styles.list}
              title={name}
              value={name}
              button={{ children: <span className={styles.name}>{name}</span> }}
              selectedOptions={[template]}
              onOptionSelect={(_, { optionValue }) => optionValue && choose(optionValue)}
            >
              {builtin.map(({ id, name }) => (
                <Option key={id} value={id}>
                  {name}
                </Option>
              ))}
              {own && <Option value={template}>{own}</Option>}
              <Option value={PICK}>{t("preview.template_own")}</Option>
            </Dropdown>
            <Tooltip content={t("preview.places")} relationship="label">
              <Button appearance="subtle" icon={<QuestionCircleRegular />} onClick={() => setExplained(true)} />
            </Tooltip>
          </div>
        )}
      </Field>
      {(error ?? failure) !== null && (
        <div className={styles.wide}>
          <FailureMessage failure={error ?? failure} />
        </div>
      )}
      {look && look.path === template && look.warnings.length > 0 && (
        <MessageBar intent="warning" layout="multiline" className={styles.wide}>
          <MessageBarBody>
            <MessageBarTitle>{t("preview.template_warnings")}</MessageBarTitle>
            <ul className={styles.warnings}>
              {look.warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          </MessageBarBody>
        </MessageBar>
      )}
      <PlacesDialog open={explained} places={templates?.places ?? []} onClose={() => setExplained(false)} />
    </>
  );
}
