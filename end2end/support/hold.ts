/** Requests that reach the server when a test lets them. */
import type { Page } from "@playwright/test";

/** Holds back what fits the pattern, until it is let go by the function that this returns. */
export async function hold(page: Page, pattern: string): Promise<() => void> {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(pattern, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}
