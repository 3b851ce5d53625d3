/** The connection of a page to the server, which opens once the page is awake. */
import type { BrowserContext, Page } from "@playwright/test";
import { expect } from "@playwright/test";

/** Has every page say in its markup whether its connection is open. */
export async function noteLines(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const note = (state: string) => () => document.documentElement.setAttribute("data-line", state);
    window.WebSocket = class extends WebSocket {
      constructor(...given: ConstructorParameters<typeof WebSocket>) {
        super(...given);
        this.addEventListener("open", note("open"));
        this.addEventListener("close", note("closed"));
      }
    };
  });
}

/** Waits until the page's connection is open: it is awake, and what happens from now on, it is told. */
export async function waitForLine(page: Page): Promise<void> {
  await expect(page.locator("html[data-line=open]")).toBeAttached();
}

/** Opens a page and waits for its connection. */
export async function openLive(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await waitForLine(page);
}
