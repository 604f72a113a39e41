// Renders a piece of the window as it stands in the application: faked core, words, theme, router, messages.
import { createDOMRenderer, FluentProvider, RendererProvider } from "@fluentui/react-components";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import type { ReactNode } from "react";
import { I18nextProvider } from "react-i18next";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { createI18n } from "../i18n";
import { IpcProvider, type Language } from "../ipc";
import { createFakeIpc, type FakeIpc } from "../ipc/fake";
import { AnnounceProvider } from "../kit/announce";
import { Notices } from "../kit/notify";
import { darkTheme, highContrastTheme, lightTheme } from "../kit/theme";

/** jsdom asks every rule of style about every element whenever something is looked for by its role. It lays nothing out,
 * so only those rules are kept that say what can be seen and clicked. */
const renderer = createDOMRenderer(document, {
  unstable_filterCSSRule: (rule) => /[{;]\s*(display|visibility|opacity|content|pointer-events)\s*:/.test(rule),
});

type Options = { ipc?: FakeIpc; at?: string; language?: Language; theme?: "light" | "dark" | "high_contrast" };

export function renderInAstra(
  piece: ReactNode,
  { ipc = createFakeIpc(), at = "/", language, theme = "light" }: Options = {},
) {
  const location = memoryLocation({ path: at, record: true });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const themes = { light: lightTheme, dark: darkTheme, high_contrast: highContrastTheme };
  const view = render(
    <IpcProvider value={ipc}>
      <I18nextProvider i18n={createI18n(language)}>
        <QueryClientProvider client={queries}>
          <RendererProvider renderer={renderer}>
            <FluentProvider theme={themes[theme]}>
              <AnnounceProvider>
                <Router hook={location.hook} searchHook={location.searchHook}>
                  {piece}
                </Router>
                <Notices />
              </AnnounceProvider>
            </FluentProvider>
          </RendererProvider>
        </QueryClientProvider>
      </I18nextProvider>
    </IpcProvider>,
  );
  return {
    ...view,
    user: userEvent.setup(),
    ipc,
    fake: ipc.fake,
    queries,
    places: location.history,
    go: location.navigate,
  };
}

/** Nothing serious by axe. Colour contrast needs a real page and is measured there; a piece has no page landmarks;
 * Tabster's dummies take no focus that a person would notice. */
export async function expectAccessible(root: Element = document.body): Promise<void> {
  const { violations } = await axe.run(
    { include: [root], exclude: ["[data-tabster-dummy]"] },
    {
      rules: {
        "color-contrast": { enabled: false },
        region: { enabled: false },
        // Off in axe for being young; whoever speaks to the computer says what a button shows.
        "label-content-name-mismatch": { enabled: true },
      },
    },
  );
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`)).toEqual([]);
}
