/** What several specs do with leads. */
import type { Locator, Page } from "@playwright/test";
import type { Person } from "./people.ts";
import { expect } from "./test.ts";

/** Adds a lead by hand to the organizer's first trip. */
export async function addLead(page: Page, person: Person): Promise<void> {
  await page.goto("/leads/new");
  await page.getByLabel("Name", { exact: true }).fill(person.name);
  await page.getByLabel("E-mail", { exact: true }).fill(person.email);
  await page.getByLabel("Trip and departure").selectOption({ index: 1 });
  await page.getByRole("main").getByRole("button", { name: "Add lead" }).click();
  // The address is there before its page, which takes the focus from whatever has it by then.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(person.name);
}

/** Searches all leads by the field of the sidebar. */
export async function findLead(page: Page, words: string): Promise<void> {
  const field = page.getByRole("searchbox", { name: "Find a lead by name, e-mail or phone" });
  await field.fill(words);
  await field.press("Enter");
  await page.waitForURL((url) => url.searchParams.get("q") === words);
}

/** The row of a lead in the list. */
export function rowOf(page: Page, name: string): Locator {
  return rows(page).filter({ has: page.getByRole("link", { name, exact: true }) });
}

/** All rows of the list. */
export function rows(page: Page): Locator {
  return page.getByRole("region", { name: "Leads table" }).locator("tbody tr");
}

/** A column of the board. */
export function columnOf(page: Page, stage: string): Locator {
  return page.getByRole("region", { name: stage, exact: true });
}

/** A card of the board, or of one of its columns. */
export function cardOf(place: Page | Locator, name: string): Locator {
  return place.locator("li.card").filter({ hasText: name });
}

/**
 * Drags a card over a column and lets it go. Not with `dragTo`: that one blocks the press and presses again when the board is made
 * anew, as others' changes do, after it looked at the card and before it pressed; the drag that begins then is lost on it.
 */
export async function dragCard(card: Locator, column: Locator): Promise<void> {
  const { mouse } = card.page();
  await card.hover();
  await mouse.down();
  await column.hover();
  await mouse.up();
}

/** Opens the sheet that moves a card, and returns it. */
export async function askToMove(card: Locator): Promise<Locator> {
  await card.getByRole("link", { name: /^Move .* to…$/ }).click();
  const sheet = card.page().getByRole("dialog", { name: /^Move .* to…$/ });
  await expect(sheet).toBeVisible();
  return sheet;
}

/** The scores of the rows from the top. */
export async function scoresOf(page: Page): Promise<number[]> {
  const texts = await rows(page).locator(".c-score").allInnerTexts();
  return texts.map((text) => Number.parseInt(text, 10));
}

/** The list must be there, sorted by the score. */
export async function expectSortedByScore(page: Page): Promise<void> {
  await expect(page.getByRole("columnheader", { name: "Score" })).toHaveAttribute("aria-sort", "descending");
  await expect(rows(page).first()).toBeVisible();
  const scores = await scoresOf(page);
  expect(scores.length).toBeGreaterThan(0);
  expect(scores).toEqual([...scores].sort((one, other) => other - one));
}
