/** Axe over every page, in both themes, wide and narrow. */
import type { Page } from "@playwright/test";
import { expectAccessible, expectAccessibleNow } from "./support/accessibility.ts";
import { rows } from "./support/leads.ts";
import { admin, organizer, signIn, traveller } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

const widths = [1440, 390];

const publicPages = [
  "/",
  "/trips",
  "/trips?q=nothing-is-called-that",
  "/trips/kedarkantha-winter-trek",
  "/sign-in",
  "/register",
  "/forgot-password",
  "/reset-password?token=x",
  "/reset-password",
];
const travellerPages = ["/home", "/profile", "/sessions"];
const organizerPages = [
  "/today",
  "/leads",
  "/leads?status=all&density=compact",
  "/leads?q=nobody-is-called-that",
  "/leads?layout=board",
  "/leads/new",
  "/leads/import",
  "/my-trips",
  "/my-trips/new",
  "/profile",
  "/sessions",
];
const adminPages = ["/today", "/leads", "/my-trips", "/admin/people", "/admin/people/invite", "/admin/outbox", "/admin/audit"];

/** The path of the first of a kind: links of a list, read from the page. */
async function firstPath(page: Page, list: string, prefix: string): Promise<string> {
  await page.goto(list);
  const link = page.getByRole("main").locator(`tbody a[href^="${prefix}"]`).first();
  const path = await link.getAttribute("href");
  if (path === null) throw new Error(`${list} has no link to ${prefix}`);
  return path;
}

for (const width of widths) {
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 900 } });

    for (const path of publicPages) {
      test(`axe finds nothing on ${path}`, async ({ page }) => {
        await expectAccessible(page, path);
      });
    }

    test("axe finds nothing on a page that is not there", async ({ page, problems }) => {
      problems.expect(/console error: .*404/);
      await expectAccessible(page, "/trips/there-is-no-such-trip");
    });

    test("axe finds nothing on a traveller's pages", async ({ page }) => {
      test.slow();
      await signIn(page, traveller);
      for (const path of travellerPages) await expectAccessible(page, path);
    });

    for (const path of organizerPages) {
      test(`axe finds nothing on an organizer's ${path}`, async ({ page }) => {
        // A full board has thousands of elements.
        test.setTimeout(240_000);
        await signIn(page, organizer);
        await expectAccessible(page, path);
      });
    }

    test("axe finds nothing on a lead", async ({ page }) => {
      test.slow();
      await signIn(page, organizer);
      await expectAccessible(page, await firstPath(page, "/leads", "/leads/"));
    });

    test("axe finds nothing on the form of a trip", async ({ page }) => {
      test.slow();
      await signIn(page, organizer);
      await expectAccessible(page, await firstPath(page, "/my-trips", "/my-trips/"));
    });

    for (const path of adminPages) {
      test(`axe finds nothing on an admin's ${path}`, async ({ page }) => {
        test.slow();
        await signIn(page, admin);
        await expectAccessible(page, path);
      });
    }

    test("axe finds nothing on a person", async ({ page }) => {
      test.slow();
      await signIn(page, admin);
      await expectAccessible(page, await firstPath(page, "/admin/people", "/admin/people/"));
    });
  });
}

test("axe finds nothing on a form that was refused", async ({ page }) => {
  await page.goto("/trips/kedarkantha-winter-trek");
  await page.getByLabel("Your name").fill("Asha");
  await page.getByLabel("Email").fill("asha.of.axe@example.in");
  await page.getByLabel("Phone").fill("12");
  await page.getByRole("button", { name: "Send enquiry" }).click();
  await expect(page.getByLabel("Phone")).toHaveAttribute("aria-invalid", "true");
  await expectAccessibleNow(page, "a refused enquiry");
});

test("axe finds nothing in the dialog that converts a lead", async ({ page }) => {
  await signIn(page, organizer);
  await page.goto("/leads?status=interested");
  await rows(page).first().getByRole("link").first().click();
  await page.getByRole("button", { name: "Convert", exact: true }).click();
  await expect(page.getByRole("dialog", { name: /^Convert/ })).toBeVisible();
  await expectAccessibleNow(page, "the dialog that converts");
});

test("axe finds nothing in an open menu and in the selection of the list", async ({ page }) => {
  await signIn(page, organizer);
  await page.goto("/leads");
  await page.getByRole("checkbox", { name: /^Select / }).nth(1).check();
  await page.locator("summary", { hasText: /^Filter$/ }).click();
  await expectAccessibleNow(page, "the list with a menu and a selection");
});
