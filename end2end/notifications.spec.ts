/** The bell, the list behind it, and what one chooses to be told. */
import type { Page } from "@playwright/test";
import { makeBookedTraveller } from "./support/news.ts";
import { signIn } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

const bell = (page: Page) => page.locator("a.bell");
const lines = (page: Page) => page.getByRole("main").locator(".told > li");

test("the bell counts, leads to the list, and is still once the thing was opened", async ({ page, request }) => {
  const traveller = await makeBookedTraveller(request, 2);
  await signIn(page, traveller.email, traveller.password);
  await page.goto("/profile");
  await expect(bell(page)).toHaveAccessibleName("Notifications, 2 unread");
  await bell(page).click();
  await expect(page).toHaveURL((url) => url.pathname === "/notifications");
  await expect(page.getByRole("heading", { level: 2, name: "Today" })).toBeVisible();
  await expect(lines(page)).toHaveCount(2);
  await expect(lines(page).first()).toContainText(/^\s*Unread: You are booked on /);
  await lines(page).first().getByRole("link").click();
  await expect(page).toHaveURL((url) => url.pathname === "/home");
  await expect(bell(page)).toHaveAccessibleName("Notifications, 1 unread");
  await bell(page).click();
  await expect(lines(page)).toHaveCount(2);
  await expect(page.getByText("Unread: ")).toHaveCount(1);
});

test("one is marked as read, then all, without leaving the list", async ({ page, request }) => {
  const traveller = await makeBookedTraveller(request, 3);
  await signIn(page, traveller.email, traveller.password);
  await page.goto("/notifications");
  await expect(bell(page)).toHaveAccessibleName("Notifications, 3 unread");
  await lines(page).first().getByRole("button", { name: /^Mark read: / }).click();
  await expect(bell(page)).toHaveAccessibleName("Notifications, 2 unread");
  await expect(page.getByRole("button", { name: /^Mark read: / })).toHaveCount(2);
  await page.getByRole("navigation", { name: "Which notifications" }).getByRole("link", { name: /^Unread/ }).click();
  await expect(page).toHaveURL(/unread=true/);
  await expect(lines(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Mark all read" }).click();
  await expect(page.getByText("All your notifications are read.")).toBeVisible();
  await expect(page.getByText("Nothing is unread")).toBeVisible();
  await expect(bell(page)).toHaveAccessibleName("Notifications, 0 unread");
});

test("what is chosen is kept, and what is locked says why", async ({ page, request }) => {
  const traveller = await makeBookedTraveller(request, 0);
  await signIn(page, traveller.email, traveller.password);
  await page.goto("/notifications");
  await expect(page.getByText("Nothing has been told to you yet")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "What you are told" }).click();
  await expect(page).toHaveURL((url) => url.pathname === "/account/notifications");
  const byMail = page.getByRole("checkbox", { name: "Leads by mail" });
  await expect(byMail).toBeChecked();
  const locked = page.getByRole("checkbox", { name: "Security and service by mail" });
  await expect(locked).toBeDisabled();
  await expect(locked).toHaveAccessibleDescription(/safety of your account/);
  await byMail.uncheck();
  await page.getByRole("button", { name: "Save the choice" }).click();
  await expect(page.getByText("Your choice is saved.")).toBeVisible();
  await expect(byMail).not.toBeChecked();
  await page.goto("/account/notifications");
  await expect(byMail).not.toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Leads in the app" })).toBeChecked();
  await expect(locked).toBeChecked();
});

test("a phone has the bell at the top of every page", async ({ page, request }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const traveller = await makeBookedTraveller(request, 1);
  await signIn(page, traveller.email, traveller.password);
  for (const path of ["/profile", "/sessions", "/account/notifications", "/notifications"]) {
    await page.goto(path);
    await expect(bell(page)).toBeInViewport();
    await expect(bell(page)).toHaveAccessibleName("Notifications, 1 unread");
  }
  await expect(lines(page).first().getByRole("button", { name: /^Mark read: / })).toBeInViewport();
});
