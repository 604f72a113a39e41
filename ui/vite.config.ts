/// <reference types="vitest/config" />
// How the window's page is served while developing, built into dist, and tested.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  plugins: [react()],
  clearScreen: false,
  // The shell opens this very port while developing, so another one would show nothing.
  server: { port: 1420, strictPort: true, host: "127.0.0.1" },
  build: {
    outDir: "dist",
    // WebView2 is evergreen; this is the oldest WebKitGTK that the Linux packages accept.
    target: ["safari16", "chrome110"],
    // The polyfill would be an inline script, which the content security policy forbids.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rollupOptions: {
      output: {
        manualChunks: (id) => {
          if (!id.includes("node_modules")) return undefined;
          if (/@fluentui|@griffel|@floating-ui|tabster|keyborg/.test(id)) return "fluent";
          return "libraries";
        },
      },
    },
  },
  test: {
    environment: "jsdom",
    globals: true,
    setupFiles: ["src/testing/setup.ts"],
    css: false,
    restoreMocks: true,
    testTimeout: 15_000,
    maxWorkers: "100%",
  },
});
