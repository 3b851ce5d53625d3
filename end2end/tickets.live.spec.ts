/** What only script can do on the pages of tickets: keys, `/`, drafts that stay, being overtaken without losing a word. */
import type { Page } from "@playwright/test";
import { waitForLine } from "./support/line.ts";
import { admin, forget, makeSurname, signIn, traveller } from "./support/people.ts";
import { expect, test } from "./support/test.ts";
import { openTicket, reply, thread, ticketRows } from "./support/tickets.ts";
import { Wire } from "./support/wire.ts";

/** A ticket of the traveller, open for an admin. */
async function openForAdmin(page: Page): Promise<string> {
  await signIn(page, traveller);
  const path = await openTicket(page, `Lost voucher ${makeSurname()}`, "I cannot find my voucher.");
  await forget(page);
  await signIn(page, admin);
  await page.goto(path);
  await waitForLine(page);
  return path;
}

test("r, n, a and s lead to what they say", async ({ page }) => {
  await openForAdmin(page);
  await page.keyboard.press("a");
  await expect(page.getByRole("status").filter({ hasText: /TKT-\d+ is yours/ })).toBeVisible();
  await expect(page.getByRole("complementary", { name: "Facts" })).toContainText("You");
  await page.keyboard.press("n");
  await expect(page.getByLabel("Your message")).toBeFocused();
  await expect(page.getByRole("button", { name: "Add the note" })).toBeVisible();
  await page.locator("h1").click();
  await page.keyboard.press("r");
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.locator("h1").click();
  await page.keyboard.press("s");
  await expect(page.getByRole("button", { name: "Resolve", exact: true })).toBeFocused();
});

test("a slash finds a canned answer and fills it in", async ({ page }) => {
  const title = `Voucher ${makeSurname()}`;
  await signIn(page, admin);
  await page.goto("/admin/answers");
  await page.locator("summary", { hasText: "Add an answer" }).click();
  await page.locator("details[open]").getByLabel("Title").fill(title);
  await page.locator("details[open]").getByLabel("Text").fill("Your voucher for {{number}} is attached, {{name}}.");
  await page.getByRole("button", { name: "Add the answer" }).click();
  await expect(page.getByRole("region", { name: "Answers" })).toContainText(title);
  await forget(page);

  await openForAdmin(page);
  const text = page.getByLabel("Your message");
  await text.click();
  await page.keyboard.type(`Hello! /${title.split(" ")[1]}`);
  await expect(page.getByRole("listbox", { name: "Canned answers" })).toContainText(title);
  await page.keyboard.press("Enter");
  await expect(text).toHaveValue(/^Hello! Your voucher for TKT-\d{6} is attached/);
  await expect(page.getByRole("listbox", { name: "Canned answers" })).toHaveCount(0);
});

test("a draft is there again when one comes back", async ({ page }) => {
  const path = await openForAdmin(page);
  await page.getByLabel("Your message").fill("Half of an answer");
  await page.goto("/tickets");
  await page.goto(path);
  await expect(page.getByLabel("Your message")).toHaveValue("Half of an answer");
});

test("the customer answers while an admin writes and has no connection: both are there", async ({ page, browser, problems }) => {
  problems.expect(/answer 409: POST .*add_ticket_message/);
  problems.expect(/console error: .*409/);
  const wire = await Wire.take(page);
  const path = await openForAdmin(page);
  await page.getByLabel("Your message").fill("Which trip was it for?");
  wire.cut();

  const elsewhere = await browser.newPage();
  await signIn(elsewhere, traveller);
  await elsewhere.goto(path);
  await reply(elsewhere, "It was for Hampta Pass.");
  await elsewhere.close();

  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByText("The customer answered while you were writing.")).toBeVisible();
  await expect(thread(page)).toContainText("It was for Hampta Pass.");
  await expect(page.getByLabel("Your message")).toHaveValue("Which trip was it for?");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(thread(page)).toContainText("Which trip was it for?");
  await expect(page.getByLabel("Your message")).toHaveValue("");
});

test("keys go through the queue, and a takes the ticket", async ({ page }) => {
  await signIn(page, traveller);
  const subject = `Queue ${makeSurname()}`;
  await openTicket(page, subject, "Please call me back.");
  await forget(page);
  await signIn(page, admin);
  await page.goto(`/tickets?view=unassigned&q=${subject.split(" ")[1]}`);
  await expect(ticketRows(page)).toHaveCount(1);
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(ticketRows(page).locator("a.cover")).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("a");
  await expect(page.getByRole("status").filter({ hasText: /is yours/ })).toBeVisible();
  await expect(page.getByText("No ticket fits this filter")).toBeVisible();
});
