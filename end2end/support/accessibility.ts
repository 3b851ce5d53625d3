/** Accessibility: axe over the page as it is, in both themes, wide and narrow, without loading it again. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./test.ts";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** A theme changes colours and nothing else: the second one needs only the rules about them. */
const colourRules = ["color-contrast", "link-in-text-block"];
const widths = [1440, 390];

/** Axe must find nothing on the page in the state in which it is: a dialog that is open, a form with errors. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  if (test.info().project.use.javaScriptEnabled === false) {
    throw new Error("axe runs script in the page: put this check into a .live.spec.ts");
  }
  // Colours that are still on their way from one theme to the other have a contrast of their own.
  await page.emulateMedia({ reducedMotion: "reduce" });
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    for (const theme of ["light", "dark"] as const) {
      await page.locator("html").evaluate((html, theme) => html.setAttribute("data-theme", theme), theme);
      const problems = await findProblems(page, theme === "light");
      found.push(...problems.map((problem) => `${width} px, ${theme}: ${problem}`));
    }
  }
  expect.soft(found, `axe on ${what}`).toEqual([]);
}

/** Opens the path and checks it. */
export async function expectAccessibleAt(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expectAccessible(page, path);
}

async function findProblems(page: Page, whole: boolean): Promise<string[]> {
  // No rule of these tags reads the style sheets, and without frames nothing is to be gathered from them: both take long.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"], preload: false }).setLegacyMode(true);
  const { violations } = await (whole ? axe.withTags(tags) : axe.withRules(colourRules)).analyze();
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")}`));
}
