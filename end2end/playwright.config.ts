import { defineConfig, devices } from "@playwright/test";
import { findChromium } from "./support/chromium.ts";
import { baseURL, serverCommand, serverOptions } from "./support/server.ts";

const executablePath = findChromium();
const isCI = Boolean(process.env.CI);

/** Every spec runs with and without script; a `.live.spec.ts` needs script. */
export default defineConfig({
  testDir: ".",
  outputDir: "results",
  fullyParallel: true,
  forbidOnly: isCI,
  retries: 0,
  workers: 2,
  // For a machine that is several times slower than this one; what passes waits for none of it.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["./support/reporter.ts"]],
  webServer: { command: serverCommand(), ...serverOptions },
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1440, height: 900 },
    baseURL,
    locale: "en-IN",
    timezoneId: "Asia/Kolkata",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
  },
  projects: [
    { name: "no-js", testMatch: /\.spec\.ts$/, testIgnore: /\.live\.spec\.ts$/, use: { javaScriptEnabled: false } },
    { name: "js", testMatch: /\.spec\.ts$/ },
  ],
});
