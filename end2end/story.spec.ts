/** The main story: from somebody who looks for a trip to a booked seat, and an admin who sees it. */
import type { Page } from "@playwright/test";
import { expectSortedByScore, findLead, rowOf } from "./support/leads.ts";
import { admin, makePerson, organizer, signIn, type Person } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

const party = 2;

/** Each project books seats of its own trip, so that they can run side by side. */
const trips = {
  "js": { words: "Brahmatal", title: "Brahmatal winter trek" },
  "no-js": { words: "Chadar", title: "Chadar frozen river trek" },
};

type Departure = { choice: string; day: string; seats: number };

/** The first departure with seats enough, as the trip page shows it. */
async function findDeparture(page: Page): Promise<Departure> {
  for (const row of await page.getByRole("row").filter({ hasText: /\d+ seats/ }).all()) {
    const seats = Number(/(\d+) seats/.exec(await row.innerText())?.[1]);
    const day = await row.locator("time").innerText();
    if (seats > party) return { choice: `Choose ${day}`, day, seats };
  }
  throw new Error("the demo has no departure with seats enough on this trip");
}

async function seatsOf(page: Page, day: string): Promise<number> {
  const row = page.getByRole("row").filter({ has: page.locator("time", { hasText: day }) });
  const text = await row.innerText();
  return Number(/(\d+) seats/.exec(text)?.[1] ?? (/Last seat/.test(text) ? 1 : 0));
}

test.describe.serial("from an enquiry to a booking", () => {
  let traveller: Person;
  let departure: Departure;
  let tripPath: string;
  let leadPath: string;

  test("a traveller finds a trip and asks without an account", async ({ page }) => {
    const { words, title } = trips[test.info().project.name as keyof typeof trips];
    traveller = makePerson("Meera");
    await page.goto("/");
    await page.getByRole("searchbox", { name: "Trip or place" }).fill(words);
    await page.getByRole("button", { name: "Find trips" }).click();
    await page.getByRole("link", { name: title }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    tripPath = new URL(page.url()).pathname;

    // The departures stand far below the title.
    await page.waitForLoadState();
    departure = await findDeparture(page);
    await page.getByRole("link", { name: departure.choice }).click();
    await expect(page.getByLabel("Departure", { exact: true })).not.toHaveValue("");
    await page.getByLabel("Your name").fill(traveller.name);
    await page.getByLabel("Email").fill(traveller.email);
    await page.getByLabel("People").fill(String(party));
    await page.getByLabel("Phone").fill("+91 98450 12345");
    await page.getByLabel("Your question").fill("Is this a good first trek in snow?");
    await page.getByRole("button", { name: "Send enquiry" }).click();
    await expect(page.getByText("Thank you.")).toBeVisible();
  });

  test("the organizer sees the lead in the list by score", async ({ page }) => {
    await signIn(page, organizer);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Leads/ }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Leads" })).toBeAttached();
    await expectSortedByScore(page);

    await findLead(page, traveller.email);
    const row = rowOf(page, traveller.name);
    await expect(row).toContainText("New");
    await row.getByRole("link", { name: traveller.name }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(traveller.name);
    await expect(page.getByRole("region", { name: "Timeline" })).toContainText("Is this a good first trek in snow?");
    const score = page.getByRole("region", { name: "Score" });
    await expect(score).toContainText("wrote a message");
    await expect(score).toContainText("chose a departure");
    leadPath = new URL(page.url()).pathname;
  });

  test("the organizer moves it along, logs a call and sets a follow-up", async ({ page }) => {
    await signIn(page, organizer);
    await page.goto(leadPath);
    const timeline = page.getByRole("region", { name: "Timeline" });
    await page.getByRole("button", { name: "Mark contacted" }).click();
    await expect(timeline).toContainText("moved the lead from New to Contacted");

    await page.locator("label", { hasText: "Log a call" }).click();
    await page.getByLabel("What happened").fill("Fit, has walked in the Sahyadri. Wants a twin tent.");
    await page.getByRole("button", { name: "Log it" }).click();
    await expect(timeline).toContainText("Wants a twin tent.");

    const next = page.getByRole("region", { name: "Next action" });
    await next.locator("summary").click();
    await next.getByRole("button", { name: "In 2 days" }).click();
    await expect(next).toContainText("Get back to Meera");

    await page.getByRole("button", { name: "Mark interested" }).click();
    await expect(timeline).toContainText("moved the lead from Contacted to Interested");
  });

  test("the organizer books the seats by converting it", async ({ page }) => {
    await signIn(page, organizer);
    await page.goto(leadPath);
    await page.getByRole("button", { name: "Convert", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Convert Meera into a booking?" });
    await expect(dialog.getByLabel("Departure", { exact: true })).not.toHaveValue("");
    await expect(dialog.getByLabel("People")).toHaveValue(String(party));
    await dialog.getByRole("button", { name: "Convert", exact: true }).click();
    await expect(page.getByRole("main")).toContainText("Booked.");
    await expect(page.getByRole("region", { name: "Timeline" })).toContainText("moved the lead from Interested to Converted");
    await expect(page.getByRole("button", { name: "Convert", exact: true })).toHaveCount(0);
  });

  test("the trip has fewer seats by the party", async ({ page }) => {
    await page.goto(tripPath);
    expect(await seatsOf(page, departure.day)).toBe(departure.seats - party);
  });

  test("an admin sees it as converted", async ({ page }) => {
    await signIn(page, admin);
    await findLead(page, traveller.email);
    await expect(rowOf(page, traveller.name)).toContainText("Converted");
  });
});
