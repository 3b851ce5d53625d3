/** Who uses the pages: the demo's people, people made up for one test, and how they come in and go. */
import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "./test.ts";

/** The password of all demo logins. */
export const demoPassword = "trek-tribe demo";
export const organizer = "ananya.rawat@example.in";
export const admin = "kavya.menon@example.in";
export const traveller = "traveller.1@example.in";

export type Person = { name: string; email: string };

/** Somebody whom no other test and no other project meets: `first` with a surname that nobody has. */
export function makePerson(first: string, surname = makeSurname()): Person {
  const project = test.info().project.name.replace(/\W/g, "");
  return { name: `${first} ${surname}`, email: `${first}.${surname}.${project}@example.in`.toLowerCase() };
}

/** A surname that nobody has. */
export function makeSurname(): string {
  const letters = [...randomBytes(8)].map((byte) => String.fromCharCode(97 + (byte % 26))).join("");
  return `Q${letters}`;
}

/** Signs in by the form and waits for the page that follows. */
export async function signIn(page: Page, email: string, password = demoPassword): Promise<void> {
  await page.goto("/sign-in");
  await submitSignIn(page, email, password);
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

/** Fills in the sign-in form that is open, and sends it. */
export async function submitSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Makes somebody else of this browser. A page that is open would ask the server for what is new, as nobody. */
export async function forget(page: Page): Promise<void> {
  await page.goto("about:blank");
  await page.context().clearCookies();
}

/** Signs out by the person's menu. */
export async function signOut(page: Page): Promise<void> {
  const workspace = page.getByRole("complementary", { name: "Workspace" });
  await workspace.locator("summary.me").click();
  await workspace.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL((url) => url.pathname === "/sign-in");
  await expect(page.getByText("You are signed out.")).toBeVisible();
}
