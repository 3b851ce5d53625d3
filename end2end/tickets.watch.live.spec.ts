/** Tickets with several people at once: queue and thread stay live, and admins see who else is there. */
import { pdf } from "./support/files.ts";
import { admin, makeSurname, signIn } from "./support/people.ts";
import { openLive } from "./support/line.ts";
import { expect, expectSameDocument, markDocument, test, type Talk } from "./support/live.ts";
import { reply, thread, ticketRows } from "./support/tickets.ts";

const colleague = "rohan.dsouza@example.in";

/** A ticket of the traveller. */
async function openTicket({ traveller }: Talk, word = makeSurname()): Promise<{ id: string; path: string; word: string }> {
  const ticket = { subject: `Lost voucher ${word}`, description: "I cannot find my voucher.", category: "payment" };
  const { id } = await traveller.ask("POST", "/api/crm/tickets", ticket);
  return { id, path: `/tickets/${id}`, word };
}

test("a new ticket appears in the queue", async ({ page, talk }) => {
  await signIn(page, admin);
  const word = makeSurname();
  await openLive(page, `/tickets?view=unassigned&q=${word}`);
  await markDocument(page);
  await expect(ticketRows(page)).toHaveCount(0);
  await openTicket(talk, word);
  await expect(ticketRows(page).filter({ hasText: word })).toBeVisible();
  await expectSameDocument(page);
});

test("a ticket leaves the queue when a colleague takes it", async ({ page, talk, elsewhere }) => {
  const { path, word } = await openTicket(talk);
  await signIn(page, admin);
  await openLive(page, `/tickets?view=unassigned&q=${word}`);
  await markDocument(page);
  const row = ticketRows(page).filter({ hasText: word });
  await expect(row).toBeVisible();
  const theirs = await elsewhere(colleague);
  await openLive(theirs, path);
  await theirs.keyboard.press("a");
  await expect(theirs.getByRole("status").filter({ hasText: /is yours/ })).toBeVisible();
  await expect(row).toHaveCount(0);
  await expectSameDocument(page);
});

test("a thread shows what both sides write, without a reload", async ({ page, talk, elsewhere }) => {
  const { path } = await openTicket(talk);
  await signIn(page, admin);
  await openLive(page, path);
  const hers = await elsewhere(talk.person.email);
  await openLive(hers, path);
  for (const each of [page, hers]) await markDocument(each);
  await reply(page, "Which trip was it for?");
  await expect(thread(hers)).toContainText("Which trip was it for?");
  await reply(hers, "It was for Hampta Pass.");
  await expect(thread(page)).toContainText("It was for Hampta Pass.");
  for (const each of [page, hers]) {
    await expect(thread(each).getByText("Which trip was it for?")).toHaveCount(1);
    await expectSameDocument(each);
  }
});

test("what is typed stays when the customer answers, also after something was sent", async ({ page, talk }) => {
  const { id, path } = await openTicket(talk);
  await signIn(page, admin);
  await openLive(page, path);
  await reply(page, "Which trip was it for?");
  const text = page.getByLabel("Your message");
  await expect(text).toHaveValue("");
  await text.fill("And which card");
  await talk.traveller.ask("POST", `/api/crm/tickets/${id}/messages`, { text: "It was for Hampta Pass." });
  await expect(thread(page)).toContainText("It was for Hampta Pass.");
  await expect(page.getByText("This ticket has changed while you were writing.")).toBeVisible();
  await expect(text).toHaveValue("And which card");
  await expect(text).toBeFocused();
});

test("what is chosen stays when the customer answers: that only admins read it, and the file", async ({ page, talk }) => {
  const { id, path } = await openTicket(talk);
  await signIn(page, admin);
  await openLive(page, path);
  await page.locator(".ctabs label", { hasText: "Internal note" }).click();
  const files = page.getByLabel("Files");
  await files.setInputFiles([pdf("bank.pdf")]);
  for (const text of ["It was for Hampta Pass.", "With the blue card."]) {
    await talk.traveller.ask("POST", `/api/crm/tickets/${id}/messages`, { text });
    await expect(thread(page)).toContainText(text);
  }
  await page.getByLabel("Your message").fill("The bank says so, too.");
  await page.getByRole("button", { name: "Add the note" }).click();
  await expect(thread(page).getByRole("link", { name: /^bank\.pdf/ })).toBeVisible();
  await expect(files).toHaveValue("");
  await talk.traveller.ask("GET", `/api/crm/tickets/${id}`).then((ticket) => {
    expect(JSON.stringify(ticket)).not.toContain("The bank says so, too.");
  });
});

test("an admin sees who else looks at a ticket, types in it, and leaves it", async ({ page, talk, elsewhere }) => {
  const { path } = await openTicket(talk);
  await signIn(page, admin);
  await openLive(page, path);
  const viewers = page.locator(".viewers");
  await expect(viewers).toHaveText("");
  const theirs = await elsewhere(colleague);
  await openLive(theirs, path);
  await expect(viewers).toHaveText("Rohan D'Souza is looking at this ticket.");
  await expect(theirs.locator(".viewers")).toHaveText("Kavya Menon is looking at this ticket.");
  await theirs.getByLabel("Your message").pressSequentially("I take");
  await expect(viewers).toHaveText("Rohan D'Souza is typing.");
  // Nothing more is typed.
  await expect(viewers).toHaveText("Rohan D'Souza is looking at this ticket.");
  await theirs.goto("/tickets");
  await expect(viewers).toHaveText("");
});

test("an admin sees that the requester is there, and who closes the page is there no more", async ({ page, talk, elsewhere }) => {
  const { path } = await openTicket(talk);
  await signIn(page, admin);
  await openLive(page, path);
  const hers = await elsewhere(talk.person.email);
  await openLive(hers, path);
  await expect(page.locator(".viewers")).toHaveText(`${talk.person.name} is looking at this ticket.`);
  await expect(hers.locator(".viewers")).toHaveCount(0);
  await hers.close();
  await expect(page.locator(".viewers")).toHaveText("");
});
