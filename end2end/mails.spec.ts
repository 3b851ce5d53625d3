/** The admins' pages about mails: the test mail, and how each kind of mail looks. */
import { admin, signIn } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

test("an admin sends themselves a test mail", async ({ page }) => {
  await signIn(page, admin);
  await page.goto("/admin/outbox");
  await page.getByRole("button", { name: "Send me a test mail" }).click();
  await expect(page.getByText(`A test mail to ${admin} is queued.`)).toBeVisible();
  await page.getByRole("link", { name: "A test mail" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A test mail");
  await expect(page.getByText("leave the server and arrive")).toBeVisible();
});

test("every kind of mail can be looked at before it is sent", async ({ page }) => {
  await signIn(page, admin);
  await page.goto("/admin/outbox");
  await page.getByRole("link", { name: "Templates" }).click();
  await page.getByRole("link", { name: "Morning digest" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Eight people wait for your answer");
  // Nothing runs in the frame, so that not even this test can look into it: what it shows is asked for as the browser does.
  const frame = page.locator("iframe");
  await expect(frame).toHaveAttribute("sandbox", /^(?!.*allow-scripts)/);
  const mail = await (await page.request.get((await frame.getAttribute("src")) ?? "")).text();
  expect(mail).toContain("One follow-up is late: Rohan Kulkarni (Kedarkantha winter trek).");
  expect(mail).toContain("Open your day");
  await expect(page.getByRole("region", { name: "What it says" })).toContainText("One follow-up is late");
});
