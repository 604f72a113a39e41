// The first start: what Astra does and that nothing leaves, whose council it is, and the model that will listen.
// Three steps, none of them an obstacle: each can be passed over and everything is again in Ajustes.
import {
  Body1,
  Button,
  makeStyles,
  mergeClasses,
  Subtitle2,
  Text,
  Title1,
  Title2,
  tokens,
} from "@fluentui/react-components";
import {
  ArrowLeftRegular,
  ArrowRightRegular,
  CheckmarkRegular,
  DocumentArrowRightRegular,
  HeadphonesSoundWaveRegular,
  MicSparkleRegular,
} from "@fluentui/react-icons";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ServerChoices, Settings } from "./ipc";
import { useSaveSettings } from "./ipc/queries";
import { FailureMessage } from "./kit/failure_message";
import { useModels } from "./models/downloads";
import { estimateText, ModelCard } from "./models/model_card";
import { ModelImport } from "./models/model_import";
import { useModelName } from "./models/model_words";
import { sorted } from "./models/models_section";
import { CouncilFields } from "./settings/council";
import { PrivacyPromise } from "./settings/privacy";

const narrow = "@media (max-width: 820px)";

const useStyles = makeStyles({
  root: {
    height: "100vh",
    display: "flex",
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    [narrow]: { flexDirection: "column", overflowY: "auto" },
  },
  side: {
    width: "300px",
    flexShrink: 0,
    boxSizing: "border-box",
    padding: "40px 32px",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXXL,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    [narrow]: { width: "auto", padding: "16px 24px", gap: tokens.spacingVerticalM, borderRight: "none" },
  },
  steps: {
    listStyleType: "none",
    margin: 0,
    padding: 0,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalL,
    [narrow]: { flexDirection: "row", flexWrap: "wrap", gap: tokens.spacingHorizontalL },
  },
  step: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    color: tokens.colorNeutralForeground2,
  },
  stepNow: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  number: {
    width: "28px",
    height: "28px",
    boxSizing: "border-box",
    flexShrink: 0,
    borderRadius: tokens.borderRadiusCircular,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    display: "inline-flex",
    alignItems: "center",
    justifyContent: "center",
    fontSize: tokens.fontSizeBase200,
  },
  numberNow: {
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    border: `1px solid ${tokens.colorBrandBackground}`,
  },
  main: { flex: 1, minWidth: 0, display: "flex", flexDirection: "column", [narrow]: { flex: "1 0 auto" } },
  content: {
    flex: 1,
    overflowY: "auto",
    padding: "40px 48px 24px",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalL,
    width: "100%",
    maxWidth: "864px",
    boxSizing: "border-box",
    [narrow]: { padding: "16px 24px", overflowY: "visible" },
  },
  title: { outlineStyle: "none" },
  lead: { color: tokens.colorNeutralForeground2, maxWidth: "620px" },
  facts: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(200px, 100%), 1fr))",
    gap: tokens.spacingHorizontalXL,
    paddingBlock: tokens.spacingVerticalM,
  },
  fact: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS },
  factIcon: {
    fontSize: "32px",
    lineHeight: 0,
    color: tokens.colorBrandForeground1,
    marginBottom: tokens.spacingVerticalXS,
  },
  foot: {
    display: "flex",
    flexWrap: "wrap",
    justifyContent: "flex-end",
    gap: tokens.spacingHorizontalS,
    padding: "16px 48px",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    [narrow]: { padding: "12px 24px" },
  },
  push: { marginInlineEnd: "auto" },
});

const steps = ["astra", "council", "model"] as const;

export function WelcomePage({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const save = useSaveSettings();
  const [place, setPlace] = useState(0);
  const [council, setCouncil] = useState(settings.council);
  const content = useRef<HTMLDivElement>(null);
  const step = steps[place] ?? "astra";

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step takes the focus to its title
  useEffect(() => content.current?.querySelector("h1")?.focus(), [place]);

  const go = (next: number) => {
    save.mutate({ council, welcomed: next >= steps.length });
    if (next < steps.length) setPlace(next);
  };
  return (
    <div className={styles.root}>
      <nav className={styles.side} aria-label={t("welcome.steps")}>
        <Title2>{t("app.name")}</Title2>
        <ol className={styles.steps}>
          {steps.map((each, i) => (
            <li
              key={each}
              className={mergeClasses(styles.step, i === place && styles.stepNow)}
              aria-current={i === place ? "step" : undefined}
            >
              <span className={mergeClasses(styles.number, i === place && styles.numberNow)}>
                {i < place ? <CheckmarkRegular aria-hidden /> : i + 1}
              </span>
              {t(`welcome.step_${each}`)}
            </li>
          ))}
        </ol>
      </nav>
      <main className={styles.main}>
        <div className={styles.content} ref={content}>
          <Title1 as="h1" tabIndex={-1} className={styles.title}>
            {t(`welcome.${step}_title`)}
          </Title1>
          <Body1 className={styles.lead}>{t(`welcome.${step}_lead`)}</Body1>
          {step === "astra" && <AstraStep server={settings.server} />}
          {step === "council" && <CouncilFields council={council} onChange={setCouncil} />}
          {step === "model" && <ModelStep />}
          {save.error && <FailureMessage failure={save.error} />}
        </div>
        <footer className={styles.foot}>
          {place > 0 && (
            <Button className={styles.push} icon={<ArrowLeftRegular />} onClick={() => go(place - 1)}>
              {t("welcome.back")}
            </Button>
          )}
          <Button appearance="primary" icon={<ArrowRightRegular />} iconPosition="after" onClick={() => go(place + 1)}>
            {place < steps.length - 1 ? t("welcome.next") : t("welcome.start")}
          </Button>
        </footer>
      </main>
    </div>
  );
}

function AstraStep({ server }: { server: ServerChoices }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const facts: [string, ReactNode][] = [
    ["listen", <MicSparkleRegular key="icon" />],
    ["correct", <HeadphonesSoundWaveRegular key="icon" />],
    ["word", <DocumentArrowRightRegular key="icon" />],
  ];
  return (
    <>
      <div className={styles.facts}>
        {facts.map(([fact, icon]) => (
          <div key={fact} className={styles.fact}>
            <span className={styles.factIcon} aria-hidden>
              {icon}
            </span>
            <Subtitle2 as="h2">{t(`welcome.fact_${fact}`)}</Subtitle2>
            <Text>{t(`welcome.fact_${fact}_body`)}</Text>
          </div>
        ))}
      </div>
      <PrivacyPromise server={server} />
    </>
  );
}

function ModelStep() {
  const { t } = useTranslation();
  const models = useModels();
  const nameOf = useModelName();
  const offered = sorted(models.rows ?? []).filter((model) => model.recommended || model.installed);
  const others = (models.rows ?? []).filter((model) => model.typical && model.estimate && !offered.includes(model));
  return (
    <>
      {models.failure !== null && <FailureMessage failure={models.failure} />}
      {offered.map((model) => (
        <ModelCard key={model.id} model={model} models={models} />
      ))}
      {others.length > 0 && (
        <Text>
          {t("welcome.model_others", {
            models: others.map((model) => `${nameOf(model)}, ${estimateText(model.estimate ?? 0)}`).join(" · "),
          })}
        </Text>
      )}
      <ModelImport models={models} />
      <Text>{t("welcome.model_later")}</Text>
    </>
  );
}
