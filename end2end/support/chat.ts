/** The pages of chat: what was said, saying something, and the list beside it. */
import type { Locator, Page } from "@playwright/test";
import { expect } from "./test.ts";

/** What was said in the conversation that is open. */
export function bubbles(page: Page): Locator {
  return page.getByRole("log", { name: "Messages" }).locator("li.b");
}

/** The messages with these words. */
export function said(page: Page, words: string): Locator {
  return bubbles(page).filter({ hasText: words });
}

/** The words of all messages, in order. */
export async function wordsOf(page: Page): Promise<string[]> {
  return bubbles(page).locator(".bub p").allInnerTexts();
}

/** Where the next message is written. */
export function composer(page: Page): Locator {
  return page.getByRole("textbox", { name: /^Message to / });
}

/** Writes something and sends it by the button. */
export async function say(page: Page, words: string): Promise<void> {
  await composer(page).fill(words);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(said(page, words)).toHaveCount(1);
}

/** The head of the conversation that is open: who it is, and whether they are here. */
export function head(page: Page): Locator {
  return page.getByRole("region", { name: /^(C|New c)onversation with / }).locator("header");
}

/** The list of conversations. */
export function lines(page: Page): Locator {
  return page.getByRole("region", { name: "List of conversations" }).getByRole("listitem");
}

/** The line of somebody in the list. */
export function lineOf(page: Page, name: string): Locator {
  return lines(page).filter({ hasText: name });
}

/** The place in the sidebar that counts what is not read. */
export function chatPlace(page: Page): Locator {
  return page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Chat/ });
}

/** What the page says of its connection. */
export function lineState(page: Page): Locator {
  return page.getByRole("region", { name: "Conversations", exact: true }).getByRole("status");
}

/** Opens a page of chat and waits until it is live. */
export async function openChat(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(lineState(page)).toContainText("Live. Everything here is up to date.");
}
