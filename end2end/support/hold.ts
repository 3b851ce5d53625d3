/** Requests that reach the server, and answers that reach the page, when a test lets them. */
import type { Page } from "@playwright/test";

/** Something that is held back until it is let go. */
type Held = { held: Promise<void>; letGo: () => void };

/** Holds back the requests that fit the pattern, until they are let go by the function that this returns. */
export async function hold(page: Page, pattern: string): Promise<() => void> {
  const { held, letGo } = untilLetGo();
  await page.route(pattern, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}

/** Holds back the answers to them; `given` is there once the server has given the first one. */
export async function holdAnswers(page: Page, pattern: string): Promise<{ given: Promise<void>; letGo: () => void }> {
  const { held, letGo } = untilLetGo();
  const { held: given, letGo: noteGiven } = untilLetGo();
  let isOver = false;
  await page.route(pattern, async (route) => {
    // What is fetched here when the test ends would fail it.
    if (isOver) return route.continue();
    const response = await route.fetch();
    noteGiven();
    await held;
    await route.fulfill({ response });
  });
  const letAllGo = (): void => {
    isOver = true;
    letGo();
  };
  return { given, letGo: letAllGo };
}

function untilLetGo(): Held {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return { held, letGo };
}
