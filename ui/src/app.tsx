// The window: the core, words, theme and text size from the settings, and the frame with its places.
import { FluentProvider, Spinner } from "@fluentui/react-components";
import { QueryClient, QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { I18nextProvider, useTranslation } from "react-i18next";
import { Router, useLocation } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { Frame } from "./frame";
import { createI18n } from "./i18n";
import { type Ipc, IpcProvider, useIpc } from "./ipc";
import { applyEvent, useSettings } from "./ipc/queries";
import { AnnounceProvider } from "./kit/announce";
import { ErrorBoundary } from "./kit/error_boundary";
import { FailureMessage, FailureNames } from "./kit/failure_message";
import { Notices } from "./kit/notify";
import { useTheme } from "./kit/theme";
import { ShortcutsProvider } from "./lib/shortcuts";
import { useModelsInFailures } from "./models/model_words";
import { RenditionsProvider } from "./renditions/works";
import { Routes } from "./routes";
import { DropTarget } from "./sessions";
import { WelcomePage } from "./welcome_page";

export function App({ ipc }: { ipc: Ipc }) {
  // The core tells what changed, so nothing is read again for having the window in front.
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { retry: false, refetchOnWindowFocus: false, staleTime: 30_000, networkMode: "always" },
          mutations: { networkMode: "always" },
        },
      }),
  );
  const [i18n] = useState(() => createI18n());
  return (
    <IpcProvider value={ipc}>
      <QueryClientProvider client={queries}>
        <I18nextProvider i18n={i18n}>
          <Router hook={useHashLocation}>
            <Window />
          </Router>
        </I18nextProvider>
      </QueryClientProvider>
    </IpcProvider>
  );
}

function Window() {
  const { t, i18n } = useTranslation();
  const ipc = useIpc();
  const queries = useQueryClient();
  const { data: settings, error } = useSettings();
  const { theme, name } = useTheme(settings?.theme ?? "system");
  const [place, go] = useLocation();
  const failureNames = useModelsInFailures();

  // Style sheets that know no theme object, and the web view's own scroll bars, go by these.
  useEffect(() => {
    document.documentElement.dataset.theme = name;
    document.documentElement.style.colorScheme = name === "light" ? "light" : "dark";
  }, [name]);
  useEffect(() => ipc.listen((event) => applyEvent(queries, event)), [ipc, queries]);
  useEffect(
    () =>
      ipc.listen((event) => {
        if (event.event === "session_asked") go(`/sessions/${event.session}`);
      }),
    [ipc, go],
  );
  useEffect(() => {
    if (!settings) return;
    void i18n.changeLanguage(settings.language);
    document.documentElement.lang = settings.language;
    void ipc.setZoom(settings.text_size / 100);
  }, [settings?.language, settings?.text_size, settings, i18n, ipc]);

  return (
    <FluentProvider theme={theme}>
      <FailureNames value={failureNames}>
        <AnnounceProvider>
          {settings && !settings.welcomed ? (
            <WelcomePage settings={settings} />
          ) : (
            <ShortcutsProvider overrides={settings?.shortcuts ?? {}}>
              <RenditionsProvider>
                <DropTarget>
                  <Frame>
                    {error && <FailureMessage failure={error} />}
                    {!error && !settings && <Spinner label={t("app.loading")} />}
                    {settings && (
                      <ErrorBoundary place={place} title={t("app.broken_title")} retry={t("app.broken_retry")}>
                        <Routes />
                      </ErrorBoundary>
                    )}
                  </Frame>
                </DropTarget>
              </RenditionsProvider>
            </ShortcutsProvider>
          )}
          <Notices />
        </AnnounceProvider>
      </FailureNames>
    </FluentProvider>
  );
}
