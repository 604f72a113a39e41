// What jsdom lacks and Fluent asks for, before every test.
import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";

class NothingObserved {
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return [];
  }
}

if (typeof window !== "undefined") {
  window.ResizeObserver ??= NothingObserved as never;
  window.IntersectionObserver ??= NothingObserved as never;
  window.matchMedia ??= ((query: string) => ({
    matches: false,
    media: query,
    addEventListener() {},
    removeEventListener() {},
    addListener() {},
    removeListener() {},
    onchange: null,
    dispatchEvent: () => false,
  })) as never;
  // jsdom lays nothing out, so the focus of Fluent's dialogs would find everything invisible and never move into them.
  Object.defineProperty(HTMLElement.prototype, "offsetParent", {
    get(this: HTMLElement) {
      return this.parentNode;
    },
  });
  document.body.getBoundingClientRect = () => new DOMRect(0, 0, window.innerWidth, window.innerHeight);
  Element.prototype.scrollIntoView ??= () => undefined;
  // Queries by role are slow where a machine is busy; a test that waits long enough is not.
  configure({ asyncUtilTimeout: 5_000 });
  afterEach(cleanup);
}
