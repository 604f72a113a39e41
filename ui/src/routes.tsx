// The three places of the window and what each shows.
import { Button } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { Route, Switch, useLocation } from "wouter";
import { PauseAllButton, QueueLine } from "./jobs";
import { EmptyState } from "./kit/empty_state";
import { RenditionsDialog } from "./renditions/renditions_dialog";
import { SessionPage } from "./session_page";
import { SessionsPage } from "./sessions";
import { SettingsPage } from "./settings_page";
import { WaitingQuestions } from "./watch/waiting_questions";

export function Routes() {
  return (
    <Switch>
      <Route path="/">
        <SessionsPage
          questions={<WaitingQuestions />}
          queue={<QueueLine />}
          actions={<PauseAllButton />}
          renditions={({ id, title }, onClose) => <RenditionsDialog session={id} title={title} onClose={onClose} />}
        />
      </Route>
      <Route path="/sessions/:id/:at?">{({ id, at }) => <SessionPage key={id} session={id} at={at} />}</Route>
      <Route path="/settings/:section?">{({ section }) => <SettingsPage section={section} />}</Route>
      <Route>
        <NoSuchPlace />
      </Route>
    </Switch>
  );
}

function NoSuchPlace() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  return (
    <EmptyState title={t("app.not_found")}>
      <Button onClick={() => go("/")}>{t("app.back_to_sessions")}</Button>
    </EmptyState>
  );
}
