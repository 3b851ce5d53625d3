/** Axe over every page, in both themes, wide and narrow: a test for each role, which signs in once. */
import { expectAccessible, expectAccessibleAt } from "./support/accessibility.ts";
import { composer, lineState, lines } from "./support/chat.ts";
import { askToMove, rows } from "./support/leads.ts";
import { admin, makeSurname, organizer, signIn, traveller } from "./support/people.ts";
import { expect, test } from "./support/test.ts";
import { openTicket } from "./support/tickets.ts";
import { Wire } from "./support/wire.ts";
import type { Page } from "@playwright/test";

test.describe.configure({ timeout: 180_000 });
// A trace keeps the page around each step, which takes longer than axe does.
test.use({ trace: "off" });

/** The path of the first of a kind: links of a list, read from the page. */
async function firstPath(page: Page, list: string, prefix: string): Promise<string> {
  await page.goto(list);
  const link = page.getByRole("main").locator(`tbody a[href^="${prefix}"]`).first();
  const path = await link.getAttribute("href");
  if (path === null) throw new Error(`${list} has no link to ${prefix}`);
  return path;
}

/** The first conversation of the list, with what was said in it. */
async function firstChat(page: Page): Promise<string> {
  await page.goto("/chat");
  const path = await lines(page).first().getByRole("link").getAttribute("href");
  if (path === null) throw new Error("nobody has written yet");
  return path;
}

async function walk(page: Page, paths: string[]): Promise<void> {
  for (const path of paths) await expectAccessibleAt(page, path);
}

test("axe finds nothing on the public pages", async ({ page, problems }) => {
  problems.expect(/console error: .*404/);
  await walk(page, ["/", "/trips", "/trips?q=nothing-is-called-that", "/trips/kedarkantha-winter-trek"]);
  await walk(page, ["/trips/there-is-no-such-trip", "/nowhere/at/all", "/design"]);
});

test("axe finds nothing on the pages through which people come in", async ({ page }) => {
  await walk(page, ["/sign-in?next=/leads", "/register", "/forgot-password"]);
  await walk(page, ["/reset-password?token=x", "/reset-password", "/verify-email?token=x", "/verify-email"]);
});

test("axe finds nothing on a traveller's pages", async ({ page, problems }) => {
  problems.expect(/console error: .*403/);
  await signIn(page, traveller);
  await walk(page, ["/home", "/profile", "/sessions", "/leads", "/notifications?unread=true"]);
});

test("axe finds nothing on a traveller's tickets", async ({ page }) => {
  await signIn(page, traveller);
  await walk(page, ["/tickets", "/tickets?q=nobody-wrote-that", "/tickets/new"]);
  await openTicket(page, `Axe ${makeSurname()}`, "Is this ticket for everybody?");
  await expectAccessible(page, "a traveller's ticket");
});

test("axe finds nothing on an admin's tickets", async ({ page }) => {
  await signIn(page, admin);
  await walk(page, ["/tickets", "/tickets?view=all", "/tickets?view=mine", "/admin/answers"]);
  await walk(page, [await firstPath(page, "/tickets?view=unassigned", "/tickets/")]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.locator(".ctabs label", { hasText: "Internal note" }).click();
  await expectAccessible(page, "an internal note");
});

test("axe finds nothing on a traveller's conversations", async ({ page, problems }) => {
  problems.expect(/console error: .*404/);
  await signIn(page, traveller);
  await walk(page, ["/chat", "/chat?q=nobody-wrote-that", "/chat?show=support", "/chat/0123456789abcdef01234567"]);
  await walk(page, [await firstChat(page), "/home"]);
  await page.goto("/trips/ulley-snow-leopard-winter");
  await page.getByRole("link", { name: "Chat with the organizer" }).click();
  await expect(page).toHaveURL(/\/chat\/new\?trip=/);
  await expectAccessible(page, "the first message of a conversation");
});

test("axe finds nothing on an organizer's conversations", async ({ page }) => {
  await signIn(page, organizer);
  await walk(page, ["/chat", "/chat?show=unread", await firstChat(page)]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await composer(page).fill("Is anything else unclear?");
  await composer(page).press("Enter");
  await expectAccessible(page, "a conversation in which something is sent");
});

test("axe finds nothing on an admin's conversations, and where the connection broke", async ({ page }) => {
  const wire = await Wire.take(page);
  await signIn(page, admin);
  await walk(page, ["/chat", await firstChat(page)]);
  wire.loseWhatIsSent((frame) => frame.includes("message:send"));
  await page.setViewportSize({ width: 1440, height: 900 });
  await composer(page).fill("Does this arrive?");
  await composer(page).press("Enter");
  wire.cut();
  await expect(lineState(page)).toContainText("No connection.");
  await expectAccessible(page, "a conversation without a connection");
});

test("axe finds nothing on an organizer's leads", async ({ page }) => {
  await signIn(page, organizer);
  await walk(page, ["/leads", "/leads?status=all&density=compact", "/leads?q=nobody-is-called-that"]);
  await walk(page, ["/leads?layout=board&due=true", "/leads?layout=board&q=nobody-is-called-that"]);
  await walk(page, ["/leads/new", "/leads/import", await firstPath(page, "/leads", "/leads/")]);
});

test("axe finds nothing on an organizer's other pages", async ({ page, problems }) => {
  problems.expect(/console error: .*404/);
  await signIn(page, organizer);
  await walk(page, ["/today", "/my-trips", "/my-trips/new", await firstPath(page, "/my-trips", "/my-trips/")]);
  await walk(page, ["/profile", "/sessions", "/leads/0123456789abcdef01234567"]);
  await walk(page, ["/notifications", "/account/notifications"]);
});

test("axe finds nothing on an admin's pages", async ({ page }) => {
  await signIn(page, admin);
  await walk(page, ["/today", "/leads", "/my-trips", "/admin/people", "/admin/people/invite"]);
  await walk(page, [await firstPath(page, "/admin/people", "/admin/people/"), "/admin/outbox", "/admin/audit"]);
  await walk(page, ["/admin/outbox/templates", "/admin/outbox/templates/digest"]);
});

test("axe finds nothing on a form that was refused", async ({ page }) => {
  await page.goto("/trips/kedarkantha-winter-trek");
  await page.getByLabel("Your name").fill("Asha");
  await page.getByLabel("Email").fill("asha.of.axe@example.in");
  await page.getByLabel("Phone").fill("12");
  await page.getByRole("button", { name: "Send enquiry" }).click();
  await expect(page.getByLabel("Phone")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page, "a refused enquiry");
});

test("axe finds nothing in what opens over the pages of leads", async ({ page }) => {
  await signIn(page, organizer);
  await page.goto("/leads?status=interested");
  await page.getByRole("checkbox", { name: /^Select / }).nth(1).check();
  await page.locator("summary", { hasText: /^Filter$/ }).click();
  await expectAccessible(page, "the list with a menu and a selection");

  await page.goto("/leads?status=interested");
  await rows(page).first().getByRole("link").first().click();
  await page.getByRole("button", { name: "Convert", exact: true }).click();
  await expect(page.getByRole("dialog", { name: /^Convert/ })).toBeVisible();
  await expectAccessible(page, "the dialog that converts");

  await page.goto("/leads?layout=board&due=true");
  await askToMove(page.locator("li.card").first());
  await expectAccessible(page, "the sheet that moves a card");
});
