// What went wrong: a sentence with its remedy, what can be pressed about it, and the technical details folded.
import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { createContext, type ReactNode, useContext } from "react";
import { useTranslation } from "react-i18next";

const useStyles = makeStyles({
  body: { whiteSpace: "normal", overflowWrap: "anywhere", paddingBlock: tokens.spacingVerticalXS },
  panel: { margin: 0, paddingBottom: tokens.spacingVerticalS },
  details: {
    margin: 0,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    userSelect: "text",
    whiteSpace: "pre-wrap",
  },
});

type Details = { [name: string]: string };

/** Tells the details of a failure of a code as people call them; the window gives what knows the nouns. */
export const FailureNames = createContext<(code: string, details: Details) => Details>((_, details) => details);

type Props = {
  /** Anything thrown: a Failure of the core, or an error of the page itself. */
  failure: unknown;
  title?: string;
  actions?: ReactNode;
  /** A warning is what may still pass by itself. */
  intent?: "error" | "warning";
};

export function FailureMessage({ failure, title, actions, intent = "error" }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const { sentence, details } = useFailureText(failure);
  return (
    <MessageBar intent={intent} layout="multiline" role="alert">
      <MessageBarBody className={styles.body}>
        {title && <MessageBarTitle>{title}</MessageBarTitle>}
        {sentence}
        <Accordion collapsible>
          <AccordionItem value="details">
            <AccordionHeader size="small">{t("kit.details")}</AccordionHeader>
            <AccordionPanel className={styles.panel}>
              <pre className={styles.details}>{details}</pre>
            </AccordionPanel>
          </AccordionItem>
        </Accordion>
      </MessageBarBody>
      {actions && <MessageBarActions>{actions}</MessageBarActions>}
    </MessageBar>
  );
}

/** The sentence for a person and the lines for an engineer. */
export function useFailureText(failure: unknown): { sentence: string; details: string } {
  const { t } = useTranslation();
  const named = useContext(FailureNames);
  const { code, message, details } = failureOf(failure);
  const lines = [code, ...Object.entries(details).map(([name, value]) => `${name}: ${value}`)];
  // The window's own sentence wins: the core's may name commands that only the command line has.
  const sentence = t([`failures.${code}`, "failures.core_sentence"], { ...named(code, details), message });
  return { sentence, details: lines.join("\n") };
}

function failureOf(thrown: unknown): { code: string; message: string; details: Details } {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown) {
    const details = "details" in thrown && typeof thrown.details === "object" ? { ...thrown.details } : {};
    return { code: String(thrown.code), message: String(thrown.message), details };
  }
  return {
    code: "window_broken",
    message: "",
    details: { reason: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) },
  };
}
