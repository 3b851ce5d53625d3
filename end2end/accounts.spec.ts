/** Coming in, going out, a forgotten password, and sessions that are ended from elsewhere. */
import type { Page } from "@playwright/test";
import { waitForLink } from "./support/mail.ts";
import { makePerson, signIn, signOut, submitSignIn, type Person } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

const password = "rain on the western ghats";

/** Makes an account for a traveller, who is signed in then. */
async function register(page: Page, person: Person): Promise<void> {
  await page.goto("/register");
  await page.getByRole("radio", { name: "I travel" }).check();
  await page.getByLabel("Name").fill(person.name);
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create the account" }).click();
  await expect(page).toHaveURL(/\/home$/);
}

test("somebody registers, signs out and signs in again", async ({ page }) => {
  const person = makePerson("Isha");
  await register(page, person);
  await expect(page.getByText("No enquiries yet")).toBeVisible();
  await signOut(page);
  await signIn(page, person.email, password);
  await expect(page).toHaveURL(/\/home$/);
});

test("who is signed out is sent to sign in, and comes back to the page that was asked for", async ({ page }) => {
  const person = makePerson("Kiran");
  await register(page, person);
  await signOut(page);
  await page.goto("/sessions");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await submitSignIn(page, person.email, password);
  await expect(page).toHaveURL(/\/sessions$/);
});

test("an address that has an account is refused, and what was typed stays", async ({ page }) => {
  const person = makePerson("Nikhil");
  await register(page, person);
  await signOut(page);
  await page.goto("/register");
  await page.getByLabel("Name").fill("Somebody else");
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create the account" }).click();
  await expect(page).toHaveURL(/\/register/);
  await expect(page.getByText("This e-mail address has an account. Sign in instead.")).toBeVisible();
  await expect(page.getByLabel("Name")).toHaveValue("Somebody else");
  await expect(page.getByLabel("Email")).toHaveValue(person.email);
});

test("a wrong password is told, and the address stays in its field", async ({ page }) => {
  const person = makePerson("Rohan");
  await page.goto("/sign-in");
  await submitSignIn(page, person.email, "this is not the one");
  await expect(page.getByText("do not belong together")).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue(person.email);
  await expect(page.getByLabel("Password")).toHaveValue("");
});

test("a forgotten password is set anew by the link of a mail, once", async ({ page }) => {
  const person = makePerson("Tara");
  const fresh = "snow on the dhauladhar";
  await register(page, person);
  await signOut(page);
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot it?" }).click();
  await page.getByLabel("Email").fill(person.email);
  await page.getByRole("button", { name: "Send me the link" }).click();
  await expect(page.getByText("Look into your mail.")).toBeVisible();

  const link = await waitForLink(person.email, "/reset-password");
  await page.goto(link);
  await page.getByLabel("New password").fill(fresh);
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByText("Your new password is set.")).toBeVisible();
  await submitSignIn(page, person.email, password);
  await expect(page.getByText("do not belong together")).toBeVisible();
  await submitSignIn(page, person.email, fresh);
  await expect(page).toHaveURL(/\/home$/);

  await signOut(page);
  await page.goto(link);
  await page.getByLabel("New password").fill("a third one, by the same link");
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page).toHaveURL(/\/reset-password/);
});

test("a session is ended from another one", async ({ page, browser, baseURL, problems, scriptless }) => {
  const person = makePerson("Vikram");
  await register(page, person);
  const elsewhere = await browser.newContext({ baseURL: baseURL ?? "", javaScriptEnabled: !scriptless });
  problems.watch(elsewhere);
  const other = await elsewhere.newPage();
  await signIn(other, person.email, password);
  // A page that is live would ask once more when its session ends.
  await other.goto("/trips");

  await page.goto("/sessions");
  const sessions = page.getByRole("region", { name: "Sessions", exact: true }).locator("tbody tr");
  await expect(sessions).toHaveCount(2);
  await expect(sessions.filter({ hasText: "This one" })).toHaveCount(1);
  await page.getByRole("button", { name: /^End this session/ }).click();
  await expect(sessions).toHaveCount(1);

  await other.goto("/home");
  await expect(other).toHaveURL(/\/sign-in/);
  await page.goto("/home");
  await expect(page).toHaveURL(/\/home$/);
  await elsewhere.close();
});
