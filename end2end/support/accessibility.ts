/** Accessibility: axe over the page as it is, in both themes. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { baseURL } from "./server.ts";
import { expect, test } from "./test.ts";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Opens the path in the light and in the dark theme; axe must find nothing in either. Needs a page that runs script. */
export async function expectAccessible(page: Page, path: string): Promise<void> {
  for (const theme of ["light", "dark"] as const) {
    await chooseTheme(page, theme);
    await page.goto(path);
    await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
    await expectAccessibleNow(page, `${path} (${theme})`);
  }
}

/** The page in the state in which it is: an open dialog, a form with errors. */
export async function expectAccessibleNow(page: Page, what: string): Promise<void> {
  if (test.info().project.use.javaScriptEnabled === false) {
    throw new Error("axe runs script in the page: put this check into a .live.spec.ts");
  }
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")}`));
  expect(found, `axe on ${what}`).toEqual([]);
}

/** Chooses a theme as the page's own switch does: by a cookie that the server writes into the markup. */
export async function chooseTheme(page: Page, theme: "light" | "dark"): Promise<void> {
  await page.context().addCookies([{ name: "theme", value: theme, url: baseURL }]);
}
