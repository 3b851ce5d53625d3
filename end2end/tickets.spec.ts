/** The way of a ticket, from somebody in trouble to somebody who is content; and the lists and answers around it. */
import { pdf } from "./support/files.ts";
import { waitForLine } from "./support/line.ts";
import { admin, forget, makeSurname, organizer, signIn, traveller } from "./support/people.ts";
import { expect, test } from "./support/test.ts";
import { findTicket, openTicket, reply, thread, ticketRows } from "./support/tickets.ts";

test.describe.serial("from a question to a rating", () => {
  let subject: string;
  let answer: string;
  let path: string;

  test("a traveller opens a ticket from their home", async ({ page }) => {
    subject = `Paid twice ${makeSurname()}`;
    await signIn(page, traveller);
    await page.goto("/home");
    await page.getByRole("link", { name: "Get help" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("How can we help?");
    path = await openTicket(page, subject, "My card was charged twice for the same seats.");
    await expect(page.getByText(/^TKT-\d{6}$/).first()).toBeVisible();
    await expect(page.getByText("Your ticket has arrived")).toBeVisible();
    await expect(thread(page)).toContainText("My card was charged twice");
    await expect(page.getByRole("button", { name: "Resolve" })).toHaveCount(0);
  });

  test("an admin keeps an answer, takes the ticket, and answers with it", async ({ page, scriptless }) => {
    answer = `Refund ${makeSurname()}`;
    await signIn(page, admin);
    await page.goto("/admin/answers");
    await page.locator("summary", { hasText: "Add an answer" }).click();
    const form = page.locator("details[open]");
    await form.getByLabel("Title").fill(answer);
    await form.getByLabel("Text").fill("Hello {{name}}, we look into {{number}} now. Which card was it?");
    await form.getByRole("button", { name: "Add the answer" }).click();
    await expect(page.getByRole("status").filter({ hasText: "is saved" })).toBeVisible();
    await expect(page.getByRole("region", { name: "Answers" })).toContainText(answer);

    const row = await findTicket(page, subject);
    await row.getByRole("button", { name: /^Assign TKT-\d+ to me$/ }).click();
    await expect(ticketRows(page).filter({ hasText: subject })).toContainText("You");
    await ticketRows(page).getByRole("link", { name: subject }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(subject);

    const fillIn = page.getByRole("button", { name: "Fill in" });
    // Once the page is awake, choosing is enough.
    if (!scriptless) await expect(fillIn).toBeHidden();
    await page.getByLabel("Fill in a canned answer").selectOption({ label: answer });
    if (scriptless) await fillIn.click();
    const text = page.getByLabel("Your message");
    await expect(text).toHaveValue(/^Hello .+, we look into TKT-\d{6} now\./);
    await page.locator("summary", { hasText: "Send and …" }).click();
    await page.getByRole("button", { name: "Send and ask the customer" }).click();
    await expect(thread(page)).toContainText("Which card was it?");
    await expect(page.getByRole("region", { name: "What is next" })).toContainText("paused");
    await expect(text).toHaveValue("");
  });

  test("an internal note stays among admins", async ({ page }) => {
    await signIn(page, admin);
    await page.goto(path);
    await page.locator(".ctabs label", { hasText: "Internal note" }).click();
    await page.getByLabel("Your message").fill("Has asked before, be quick.");
    await page.getByRole("button", { name: "Add the note" }).click();
    await expect(thread(page)).toContainText("Has asked before, be quick.");
  });

  test("the customer is asked, and replies", async ({ page }) => {
    await signIn(page, traveller);
    await page.goto(path);
    await expect(page.getByText("waits for your answer")).toBeVisible();
    await expect(thread(page)).toContainText("Which card was it?");
    await expect(thread(page)).not.toContainText("Has asked before");
    await reply(page, "The one that ends in 4242.");
    await expect(page.getByRole("list", { name: "Status" }).locator("[aria-current=step]")).toContainText("In progress");
  });

  test("the admin resolves it with a note", async ({ page, problems, scriptless }) => {
    if (!scriptless) {
      problems.expect(/answer 422: POST .*take_step/);
      problems.expect(/console error: .*422/);
    }
    await signIn(page, admin);
    await page.goto(path);
    if (!scriptless) await waitForLine(page);
    await page.getByRole("button", { name: "Resolve", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: /^Resolve TKT-/ });
    await dialog.getByRole("button", { name: "Resolve", exact: true }).click();
    await expect(dialog.getByText("Say how it was resolved")).toBeVisible();
    await dialog.getByLabel("How it was resolved").fill("The second charge was refunded.");
    await dialog.getByRole("button", { name: "Resolve", exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("region", { name: "Resolution" })).toContainText("The second charge was refunded.");
  });

  test("the customer rates the help and closes the ticket", async ({ page }) => {
    await signIn(page, traveller);
    await page.goto(path);
    const rating = page.getByRole("region", { name: "How was the help?" });
    await rating.locator("label", { hasText: "Great" }).click();
    await rating.getByLabel("What should we know?").fill("Quick and kind.");
    await rating.getByRole("button", { name: "Send the rating" }).click();
    await expect(page.getByText("You rated the help: Great, 5 of 5")).toBeVisible();
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await expect(page.getByText("This ticket is closed")).toBeVisible();
    await expect(page.getByLabel("Your message")).toHaveCount(0);
  });

  test("it stands in the customer's list with its last answer", async ({ page }) => {
    await signIn(page, traveller);
    const row = await findTicket(page, subject);
    await expect(row).toContainText("Closed");
    await expect(row).toContainText("The one that ends in 4242.");
  });
});

test("what is missing is told next to its field, and what was typed stays", async ({ page, problems, scriptless }) => {
  if (!scriptless) {
    problems.expect(/answer 422: POST .*create_ticket/);
    problems.expect(/console error: .*422/);
  }
  await signIn(page, organizer);
  await page.goto("/tickets/new");
  if (!scriptless) await waitForLine(page);
  await page.locator("form", { has: page.getByLabel("Subject") }).evaluate((form) => form.setAttribute("novalidate", ""));
  await page.getByLabel("Subject").fill("Payout is late");
  await page.getByRole("button", { name: "Open the ticket" }).click();
  await expect(page.getByText("Choose what it is about.")).toBeVisible();
  await expect(page.getByText("The description is missing.")).toBeVisible();
  await expect(page.getByLabel("Subject")).toHaveValue("Payout is late");
});

test("a ticket that is no longer wanted is cancelled", async ({ page }) => {
  await signIn(page, organizer);
  await openTicket(page, `Wrong bank account ${makeSurname()}`, "Please change the account for my payouts.");
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /^Cancel TKT-/ });
  await dialog.getByRole("button", { name: "Cancel the ticket" }).click();
  await expect(page.getByText("This ticket was cancelled")).toBeVisible();
  await expect(page.getByLabel("Your message")).toHaveCount(0);
});

test("a priority is changed in its place, and told in the thread", async ({ page }) => {
  await signIn(page, organizer);
  const path = await openTicket(page, `No mails ${makeSurname()}`, "I get no mails about new leads any more.");
  await page.goto("/profile");
  await forget(page);
  await signIn(page, admin);
  await page.goto(path);
  await page.locator("summary[data-fact=priority]").click();
  await page.locator("#fact-priority").selectOption("urgent");
  await page.locator(".fact-edit[open]").getByRole("button", { name: "Save" }).click();
  await expect(thread(page)).toContainText("changed the priority to urgent");
});

test("views, categories and the order narrow the queue", async ({ page }) => {
  await signIn(page, organizer);
  await openTicket(page, `Paid twice ${makeSurname()}`, "I was charged twice for my trip package.");
  await page.goto("/profile");
  await forget(page);
  await signIn(page, admin);
  await page.goto("/tickets");
  const views = page.getByRole("navigation", { name: "Views" });
  await expect(views.getByRole("link", { name: /^All open/ })).toHaveAttribute("aria-current", "page");
  await views.getByRole("link", { name: /^Unassigned/ }).click();
  await expect(page).toHaveURL(/view=unassigned/);
  await expect(ticketRows(page).first()).toContainText("Assign to me");

  const payment = page.getByRole("group", { name: "Categories" }).getByRole("link", { name: /^Payment/ });
  // Again when somebody else opens or closes one between the two looks.
  await expect(async () => {
    await page.goto("/tickets");
    const count = Number(/\d+/.exec(await payment.innerText())?.[0]);
    await payment.click();
    await expect(page).toHaveURL(/category=payment/);
    await expect(page.getByRole("navigation", { name: "Pages of tickets" })).toContainText(`of ${count}`, { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expect(ticketRows(page).filter({ hasNotText: "Payment" })).toHaveCount(0);
});

test("an answer is changed and deleted", async ({ page }) => {
  const title = `Packing ${makeSurname()}`;
  await signIn(page, admin);
  await page.goto("/admin/answers");
  await page.locator("summary", { hasText: "Add an answer" }).click();
  await page.locator("details[open]").getByLabel("Title").fill(title);
  await page.locator("details[open]").getByLabel("Text").fill("Bring warm gloves.");
  await page.getByRole("button", { name: "Add the answer" }).click();
  const line = page.getByRole("region", { name: "Answers" }).getByRole("listitem").filter({ hasText: title });
  await line.locator("summary").click();
  await line.getByLabel("Text").fill("Bring warm gloves and a cap.");
  await line.getByRole("button", { name: "Save" }).click();
  await expect(line.locator("summary")).toContainText("and a cap");
  await line.getByRole("button", { name: `Delete ${title}` }).click();
  await expect(line).toHaveCount(0);
});

test("files come with a form, and what is not taken is told at its field", async ({ page, problems, scriptless }) => {
  const bill = pdf("bill.pdf");
  const letter = { name: "letter.html", mimeType: "text/html", buffer: Buffer.from("<p>Hello") };
  await signIn(page, traveller);
  await openTicket(page, `Bill ${makeSurname()}`, "The bill follows.");
  if (!scriptless) {
    problems.expect(/answer 422: POST .*add_ticket_message/);
    problems.expect(/console error: .*422/);
    await waitForLine(page);
  }
  const files = page.getByLabel("Files");
  await page.getByLabel("Your message").fill("Here is the bill.");
  await files.setInputFiles([bill, letter]);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByText("letter.html: This file is none of PDF, PNG, JPEG and WebP.")).toBeVisible();
  await expect(page.getByLabel("Your message")).toHaveValue("Here is the bill.");
  await expect(thread(page)).not.toContainText("Here is the bill.");
  // Without script the page is another one by now: it has kept what was taken.
  if (scriptless) await expect(page.getByLabel("bill.pdf")).toBeChecked();
  else await files.setInputFiles([bill]);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  const link = thread(page).getByRole("link", { name: /^bill\.pdf/ });
  await expect(link).toBeVisible();
  await expect(page.getByLabel("bill.pdf")).toHaveCount(0);
  const download = page.waitForEvent("download");
  await link.click();
  expect((await download).suggestedFilename()).toBe("bill.pdf");
});
