/** The pages of tickets: opening one, finding it in the queue, writing to it. */
import type { Locator, Page } from "@playwright/test";
import { expect } from "./test.ts";

/** Opens a ticket by the form, as whoever is signed in, and says where its page is. */
export async function openTicket(page: Page, subject: string, description: string): Promise<string> {
  await page.goto("/tickets/new");
  await page.getByLabel("Subject").fill(subject);
  await page.getByLabel("What happened").fill(description);
  await page.getByLabel("What it is about").selectOption("payment");
  await page.getByRole("button", { name: "Open the ticket" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(subject);
  return new URL(page.url()).pathname;
}

/** The rows of the list. */
export function ticketRows(page: Page): Locator {
  return page.getByRole("region", { name: "Tickets table" }).locator("tbody tr");
}

/** Looks for a ticket among all and returns its row. */
export async function findTicket(page: Page, subject: string): Promise<Locator> {
  await page.goto("/tickets?view=all");
  const field = page.getByRole("searchbox", { name: "Find a ticket by number, subject or person" });
  await field.fill(subject);
  await field.press("Enter");
  await page.waitForURL((url) => url.searchParams.get("q") === subject);
  const row = ticketRows(page).filter({ hasText: subject });
  await expect(row).toHaveCount(1);
  return row;
}

/** What was said and done. */
export function thread(page: Page): Locator {
  return page.getByRole("region", { name: "Thread" });
}

/** Writes a message and sends it. */
export async function reply(page: Page, text: string): Promise<void> {
  await page.getByLabel("Your message").fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(thread(page)).toContainText(text);
}

/** The number of the ticket that is open. */
export async function numberOf(page: Page): Promise<string> {
  const text = await page.getByRole("banner").getByText(/^TKT-\d{6}$/).first().innerText();
  return text.trim();
}
