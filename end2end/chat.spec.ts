/** Conversations as pages with forms: from a trip to an answer, files, support, search and history. */
import { Asker, registerTraveller, type Account } from "./support/asker.ts";
import { bubbles, chatPlace, composer, head, lineOf, lines, openChat, said, say, wordsOf } from "./support/chat.ts";
import { pdf } from "./support/files.ts";
import { hold } from "./support/hold.ts";
import { findLead, rowOf } from "./support/leads.ts";
import { waitForLine } from "./support/line.ts";
import { admin, demoPassword, forget, makeSurname, organizer, signIn, submitSignIn } from "./support/people.ts";
import { expect, test } from "./support/test.ts";
import type { Page } from "@playwright/test";

/** The demo's other admins. */
const colleagues = ["rohan.dsouza@example.in", "farah.khan@example.in"];
/** A page shows so many messages. */
const shown = 50;

test.describe.serial("from a trip to an answer", () => {
  let traveller: Account;
  let path: string;

  test("who asks on a trip's page signs in first, and the first message opens the conversation", async ({ page, request }) => {
    traveller = await registerTraveller(request, "Tara");
    await page.goto("/trips/kedarkantha-winter-trek");
    await page.getByRole("link", { name: "Chat with the organizer" }).click();
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await submitSignIn(page, traveller.email, traveller.password);
    await expect(head(page)).toContainText("Deodar Trails");
    await expect(page.getByText("Deodar Trails sees it at once, or is told by mail, and the answer appears here.")).toBeVisible();
    await composer(page).fill("Is it a good first trek in snow?");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect(page).toHaveURL(/\/chat\/[0-9a-f]{24}$/);
    path = new URL(page.url()).pathname;
    await expect(bubbles(page)).toHaveCount(1);
    await expect(said(page, "Is it a good first trek in snow?")).toContainText("Sent");
  });

  test("the button of the trip leads to the conversation from then on", async ({ page }) => {
    await signIn(page, traveller.email, traveller.password);
    await page.goto("/trips/kedarkantha-winter-trek");
    await page.getByRole("link", { name: "Chat with the organizer" }).click();
    await expect(page).toHaveURL((url) => url.pathname === path);
    await expect(said(page, "Is it a good first trek in snow?")).toBeVisible();
  });

  test("the organizer finds it unread in the list", async ({ page }) => {
    await signIn(page, organizer);
    await page.goto("/chat?show=unread");
    await expect(lineOf(page, traveller.name)).toContainText("Kedarkantha winter trek");
    await expect(lineOf(page, traveller.name)).toContainText("Is it a good first trek in snow?");
    await expect(lineOf(page, traveller.name)).toContainText("1 unread");
  });

  test("a lead with source chat was made of it, which leads to the conversation", async ({ page }) => {
    await signIn(page, organizer);
    await page.goto("/leads");
    await findLead(page, traveller.email);
    await rowOf(page, traveller.name).getByRole("link", { name: traveller.name }).click();
    await expect(page.getByRole("complementary", { name: "Facts" })).toContainText("Chat");
    await expect(page.getByRole("region", { name: "Score" })).toContainText("wrote a message");
    await expect(page.getByRole("region", { name: "Timeline" })).toContainText("Is it a good first trek in snow?");
    await page.getByRole("main").getByRole("link", { name: "Chat", exact: true }).click();
    await expect(page).toHaveURL((url) => url.pathname === path);
    await expect(head(page)).toContainText(traveller.name);
  });

  test("the organizer answers by the form, and sees the lead beside it", async ({ page }) => {
    await signIn(page, organizer);
    await page.goto(path);
    await say(page, "Yes, with gaiters and a warm jacket.");
    await expect(composer(page)).toHaveValue("");
    await expect(page.getByRole("complementary", { name: "What it is about" })).toContainText("Stage");
    await page.getByRole("complementary", { name: "What it is about" }).getByRole("link", { name: "Open lead" }).click();
    await expect(page.getByRole("region", { name: "Timeline" })).toContainText("Yes, with gaiters and a warm jacket.");
  });

  test("the traveller's frame counts what is new, and opening it reads it", async ({ page }) => {
    await signIn(page, traveller.email, traveller.password);
    await page.goto("/home");
    await expect(chatPlace(page)).toHaveAccessibleName("Chat 1");
    await expect(page.getByText("You have a new message.")).toBeVisible();
    await chatPlace(page).click();
    await expect(lineOf(page, "Deodar Trails")).toContainText("1 unread");
    await lineOf(page, "Deodar Trails").getByRole("link").click();
    await expect(page).toHaveURL((url) => url.pathname === path);
    await expect(page.getByText("New messages", { exact: true })).toBeVisible();
    await expect(said(page, "Yes, with gaiters and a warm jacket.")).toBeVisible();
    await expect(said(page, "Is it a good first trek in snow?")).toContainText("Read");
    await expect(chatPlace(page)).toHaveAccessibleName("Chat");
  });

  test("loading the page again shows the answer that came meanwhile", async ({ page, request, scriptless }) => {
    await signIn(page, traveller.email, traveller.password);
    await page.goto(path);
    await expect(bubbles(page)).toHaveCount(2);
    const seller = await Asker.signIn(request, organizer, demoPassword);
    const answer = { clientId: makeSurname(), body: "Porters can be booked until the day before." };
    await seller.ask("POST", `/api/crm/conversations/${path.split("/").pop()}/messages`, answer);
    if (scriptless) await expect(bubbles(page)).toHaveCount(2);
    await page.reload();
    await expect(bubbles(page)).toHaveCount(3);
    await expect(said(page, answer.body)).toBeVisible();
  });

  test("a file goes with the form, and both sides can take it", async ({ page, problems, scriptless }) => {
    const slip = pdf("form.pdf");
    const letter = { name: "letter.html", mimeType: "text/html", buffer: Buffer.from("<p>Hello") };
    if (!scriptless) {
      problems.expect(/answer 422: POST .*send_message/);
      problems.expect(/console error: .*422/);
    }
    await signIn(page, traveller.email, traveller.password);
    await page.goto(path);
    if (!scriptless) await waitForLine(page);
    // On phones and without script the field of files is there all the same.
    await composer(page).fill("Here is the medical form.");
    await page.getByLabel("Files").setInputFiles([slip, letter]);
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect(page.getByText("letter.html: This file is none of PDF, PNG, JPEG and WebP.")).toBeVisible();
    await expect(composer(page)).toHaveValue("Here is the medical form.");
    if (!scriptless) await page.getByLabel("Files").setInputFiles([slip]);
    await page.getByRole("button", { name: "Send", exact: true }).click();
    const message = said(page, "Here is the medical form.");
    await expect(message).toHaveCount(1);
    await expect(composer(page)).toHaveValue("");
    await forget(page);
    await signIn(page, organizer);
    await page.goto(path);
    const download = page.waitForEvent("download");
    await message.getByRole("link", { name: /^form\.pdf/ }).click();
    expect((await download).suggestedFilename()).toBe("form.pdf");
    await expect(page.getByRole("complementary", { name: "What it is about" })).toContainText("form.pdf");
  });

  test("a conversation of others is not there", async ({ page, problems }) => {
    problems.expect(/console error: .*404/);
    await signIn(page, "sanjay.kamath@example.in");
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(404);
    await expect(page.getByText("Is it a good first trek in snow?")).toHaveCount(0);
  });
});

test.describe.serial("with support", () => {
  let traveller: Account;
  let word: string;
  let path: string;
  let earlier: string;

  test("a traveller asks support from the list", async ({ page, request }) => {
    traveller = await registerTraveller(request, "Usha");
    word = makeSurname().toLowerCase();
    await signIn(page, traveller.email, traveller.password);
    await page.goto("/chat");
    await expect(page.getByText("Nobody has written yet")).toBeVisible();
    await page.getByRole("link", { name: "Write to support" }).click();
    await expect(head(page)).toContainText("Trek-Tribe support");
    await composer(page).fill(`My voucher ${word} is not taken.`);
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect(said(page, word)).toHaveCount(1);
    await expect(page).toHaveURL(/\/chat\/[0-9a-f]{24}$/);
    path = new URL(page.url()).pathname;
  });

  test("an admin finds it by a word, and answers", async ({ page }) => {
    await signIn(page, admin);
    await page.goto("/chat");
    const field = page.getByRole("searchbox", { name: "Search conversations" });
    await field.fill(word);
    await field.press("Enter");
    await expect(page).toHaveURL((url) => url.searchParams.get("q") === word);
    await expect(lines(page)).toHaveCount(1);
    await lineOf(page, traveller.name).getByRole("link").click();
    await expect(page).toHaveURL((url) => url.pathname === path && url.hash === "#m1");
    await say(page, "We look into it.");
  });

  test("the traveller reads who of the admins answered", async ({ page }) => {
    await signIn(page, traveller.email, traveller.password);
    await page.goto(path);
    await expect(head(page)).toContainText("Trek-Tribe support");
    await expect(said(page, "We look into it.")).toContainText("Kavya Menon");
  });

  test("a search that finds nothing says so, and leads back to all", async ({ page }) => {
    await signIn(page, traveller.email, traveller.password);
    await page.goto(`/chat?q=${makeSurname()}`);
    await expect(page.getByText("No conversation fits")).toBeVisible();
    await page.getByRole("link", { name: "Show all conversations" }).click();
    await expect(lineOf(page, "Trek-Tribe support")).toBeVisible();
  });

  test("history is read upward to its beginning, and back to its end", async ({ page, request, problems, scriptless }) => {
    const write = async (email: string, password: string, count: number) => {
      const asker = await Asker.signIn(request, email, password);
      for (let number = 1; number <= count; number += 1) {
        const message = { clientId: `${email}-${number}`, body: `${email} says number ${number}` };
        await asker.ask("POST", `/api/crm/conversations/${path.split("/").pop()}/messages`, message);
      }
    };
    // Each may send twenty in ten seconds.
    await write(traveller.email, traveller.password, 18);
    for (const colleague of colleagues) await write(colleague, demoPassword, 18);
    await signIn(page, traveller.email, traveller.password);
    await page.goto(path);
    await expect(bubbles(page)).toHaveCount(shown);
    await expect(bubbles(page).last()).toContainText(`${colleagues[1]} says number 18`);
    await expect(bubbles(page).last()).toBeInViewport();
    earlier = (await page.getByRole("link", { name: "Earlier messages" }).getAttribute("href")) ?? "";
    const first = `My voucher ${word} is not taken.`;
    if (scriptless) {
      await page.getByRole("link", { name: "Earlier messages" }).click();
      await expect(bubbles(page)).toHaveCount(6);
    } else {
      problems.expect(/request failed.*load_pane/);
      problems.expect(/console error: .*ERR_FAILED/);
      await openChat(page, path);
      await expectEarlierInItsPlace(page, shown + 6);
      expect((await wordsOf(page)).slice(-1)).toEqual([`${colleagues[1]} says number 18`]);
      await page.goto(earlier);
    }
    expect((await wordsOf(page))[0]).toBe(first);
    await expect(page.getByRole("link", { name: "Earlier messages" })).toHaveCount(0);
    await page.getByRole("link", { name: "Later messages" }).click();
    await expect(bubbles(page).last()).toContainText(`${colleagues[1]} says number 18`);
    await expect(page.getByRole("link", { name: "Later messages" })).toHaveCount(0);
  });

  test("what is said from a page of history stands at the end", async ({ page }) => {
    await signIn(page, traveller.email, traveller.password);
    await page.goto(earlier);
    await expect(page.getByRole("link", { name: "Later messages" })).toBeVisible();
    await say(page, "Thank you for all this.");
    await expect(bubbles(page).last()).toContainText("Thank you for all this.");
    await expect(page.getByRole("link", { name: "Later messages" })).toHaveCount(0);
  });
});

test("what cannot be said is told at the field, and nothing is opened", async ({ page, request, problems, scriptless }) => {
  if (!scriptless) {
    problems.expect(/answer 422: POST .*begin_conversation/);
    problems.expect(/console error: .*422/);
  }
  const seller = await Asker.signIn(request, "stanzin.angmo@example.in", demoPassword);
  const before = await seller.ask("GET", "/api/crm/conversations?limit=100");
  await signIn(page, "traveller.1@example.in");
  await page.goto("/trips/markha-valley-trek");
  await page.getByRole("link", { name: "Chat with the organizer" }).click();
  if (!scriptless) await waitForLine(page);
  await composer(page).fill("   ");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByText("Write something, or attach a file.")).toBeVisible();
  await expect(composer(page)).toHaveAttribute("aria-invalid", "true");
  expect(await seller.ask("GET", "/api/crm/conversations?limit=100")).toHaveLength(before.length);
});

/** Goes to the beginning of what is shown: what came before appears above it, and nothing that is before one's eyes moves. */
async function expectEarlierInItsPlace(page: Page, count: number): Promise<void> {
  const log = page.getByRole("log", { name: "Messages" });
  await page.route("**/api/fn/chat/load_pane", (route) => route.abort(), { times: 1 });
  await log.evaluate((log) => log.scrollTo(0, -log.scrollHeight));
  const again = page.getByRole("link", { name: "Not loaded. Try again" });
  await expect(again).toBeVisible();
  const letGo = await hold(page, "**/api/fn/chat/load_pane");
  await again.press("Enter");
  const coming = page.getByRole("link", { name: "Loading earlier messages" });
  await expect(coming).toBeFocused();
  const first = await bubbles(page).first().elementHandle();
  const before = await first?.boundingBox();
  letGo();
  await expect(bubbles(page)).toHaveCount(count);
  await expect.poll(() => first?.boundingBox()).toEqual(before);
  await expect(coming).toHaveCount(0);
  await expect(log).toBeFocused();
  // They are of one day, which is headed once.
  await expect(log.getByRole("heading")).toHaveText(["Today"]);
  expect(new URL(page.url()).search).toBe("");
}
