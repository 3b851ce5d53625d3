/** Looking for trips, reading one, asking about it; and making one as an organizer. */
import { makePerson, makeSurname, organizer, signIn } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

const trip = "/trips/kedarkantha-winter-trek";

test("words find trips, and a search that finds none offers a way out", async ({ page }) => {
  await page.goto("/trips");
  await page.getByRole("searchbox", { name: "Trip or place" }).fill("kedarkantha");
  await page.getByRole("button", { name: "Find trips" }).click();
  await expect(page).toHaveURL(/q=kedarkantha/);
  await expect(page.getByRole("heading", { level: 2, name: "1 trip" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Kedarkantha winter trek" })).toBeVisible();

  await page.getByRole("searchbox", { name: "Trip or place" }).fill(makeSurname());
  await page.getByRole("button", { name: "Find trips" }).click();
  await expect(page.getByText("No trip fits")).toBeVisible();
  await page.getByRole("link", { name: "See all trips" }).click();
  await expect(page).toHaveURL(/\/trips$/);
});

test("trips are filtered by region and difficulty, and ordered by price", async ({ page }) => {
  await page.goto("/trips");
  const all = await page.locator(".trip-card").count();
  await page.getByLabel("Region").selectOption("Uttarakhand");
  await page.getByLabel("Difficulty").selectOption("moderate");
  await page.getByLabel("Order").selectOption("price");
  await page.getByRole("button", { name: "Find trips" }).click();
  await page.waitForURL(/region=Uttarakhand/);
  const cards = page.locator(".trip-card");
  expect(await cards.count()).toBeGreaterThan(1);
  expect(await cards.count()).toBeLessThan(all);
  await expect(cards.filter({ hasNotText: "Uttarakhand" })).toHaveCount(0);
  await expect(cards.filter({ hasNotText: "Moderate" })).toHaveCount(0);
  const prices = (await cards.locator(".foot strong").allInnerTexts()).map((text) => Number(text.replace(/\D/g, "")));
  expect(prices).toEqual([...prices].sort((one, other) => one - other));
  await expect(page.getByLabel("Region")).toHaveValue("Uttarakhand");
});

test("a trip tells its days, safety, price, departures and who leads it", async ({ page }) => {
  await page.goto(trip);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kedarkantha winter trek");
  for (const name of ["What to expect", "Itinerary", "Safety", "Included", "Not included", "Departures"]) {
    await expect(page.getByRole("heading", { name, exact: true })).toBeVisible();
  }
  await expect(page.locator(".enq-price")).toContainText("₹9,450");
  await expect(page.getByRole("table").getByRole("row").nth(1)).toContainText(/seat|Full/);
  await page.locator("summary", { hasText: "Day 2" }).click();
  await expect(page.locator("details", { hasText: "Day 2" }).locator("p").first()).toBeVisible();
});

test("an enquiry that does not fit is refused next to its field, and what was typed stays", async ({ page }) => {
  const person = makePerson("Asha");
  await page.goto(trip);
  await page.getByLabel("Your name").fill(person.name);
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("People").fill("3");
  await page.getByLabel("Phone").fill("12");
  await page.getByLabel("Your question").fill("Do you rent out gaiters?");
  await page.getByRole("button", { name: "Send enquiry" }).click();
  const phone = page.getByLabel("Phone");
  await expect(phone).toHaveAttribute("aria-invalid", "true");
  await expect(phone).toHaveAccessibleDescription(/.+/);
  await expect(phone).toHaveValue("12");
  await expect(page.getByLabel("Your name")).toHaveValue(person.name);
  await expect(page.getByLabel("Email")).toHaveValue(person.email);
  await expect(page.getByLabel("People")).toHaveValue("3");
  await expect(page.getByLabel("Your question")).toHaveValue("Do you rent out gaiters?");

  await phone.fill("98450 12345");
  await page.getByRole("button", { name: "Send enquiry" }).click();
  await expect(page.getByText("Thank you.")).toBeVisible();
});

test("public pages carry no script", async ({ request }) => {
  for (const path of ["/", "/trips", "/trips?q=snow", trip, "/sign-in", "/register", "/forgot-password", "/reset-password?token=x"]) {
    const answer = await request.get(path);
    expect(answer.status(), path).toBe(200);
    expect(await answer.text(), path).not.toMatch(/<script|modulepreload|\.wasm/);
  }
});

test("a trip that is not there is said so, with the status for it", async ({ page, problems }) => {
  problems.expect(/console error: .*404/);
  const answer = await page.goto("/trips/there-is-no-such-trip");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("an organizer makes a draft and changes it", async ({ page }) => {
  const title = `Roopkund ${makeSurname()}`;
  const firstDay = `${new Date().getFullYear() + 1}-09-18`;
  await signIn(page, organizer);
  await page.goto("/my-trips");
  await page.getByRole("link", { name: "New trip" }).click();
  await page.getByLabel("Title", { exact: true }).first().fill(title);
  await page.getByLabel("Destination").fill("Lohajung");
  await page.getByLabel("Region").fill("Uttarakhand");
  await page.getByLabel("Difficulty").selectOption("challenging");
  await page.getByLabel("Days", { exact: true }).fill("8");
  await page.getByLabel("Summary").fill("Eight days to a lake below the snow of Trisul.");
  await page.getByLabel("Price per person, in rupees").fill("14500");
  await page.getByRole("button", { name: "Save the trip" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(page.getByRole("main")).toContainText("Draft");

  await page.getByLabel("Price per person, in rupees").fill("15250.50");
  await page.getByRole("button", { name: "Add a departure" }).click();
  await page.getByLabel("First day").fill(firstDay);
  await page.getByLabel("Seats").fill("12");
  await page.getByRole("button", { name: "Save the trip" }).click();
  await expect(page.getByRole("status")).toContainText("The trip is saved.");
  await page.reload();
  await expect(page.getByLabel("Price per person, in rupees")).toHaveValue(/^15250\.50?$/);
  await expect(page.getByLabel("First day")).toHaveValue(firstDay);
  await expect(page.getByLabel("Seats")).toHaveValue("12");

  await page.goto("/my-trips");
  await expect(page.getByRole("row").filter({ hasText: title })).toContainText("Draft");
});

test("a draft is not there for travellers", async ({ page }) => {
  await page.goto("/trips?q=Rupin");
  await expect(page.getByText("No trip fits")).toBeVisible();
});
