/** Two people in one conversation, each in a browser of their own: what one does the other sees. */
import { bubbles, chatPlace, composer, head, lineOf, lines, openChat, said, say, wordsOf } from "./support/chat.ts";
import { pdf } from "./support/files.ts";
import { holdAnswers } from "./support/hold.ts";
import { openLive } from "./support/line.ts";
import { expect, expectSameDocument, markDocument, test, type Talk } from "./support/live.ts";
import { openBoth, openBothTalking, openFor } from "./support/pair.ts";
import { organizer, signIn } from "./support/people.ts";
import { Wire } from "./support/wire.ts";

const form = pdf("form.pdf");

test("what one writes the other sees, once and in order, without a reload", async ({ page, talk, elsewhere }) => {
  const theirs = await openBoth(page, talk, elsewhere);
  await say(page, "Is it cold up there?");
  await expect(said(theirs, "Is it cold up there?")).toHaveCount(1);
  await say(theirs, "Down to minus ten.");
  await expect(said(page, "Down to minus ten.")).toHaveCount(1);
  await composer(page).fill("Thank you!");
  await composer(page).press("Enter");
  await expect(said(theirs, "Thank you!")).toHaveCount(1);
  const words = ["Is it cold up there?", "Down to minus ten.", "Thank you!"];
  for (const each of [page, theirs]) {
    expect(await wordsOf(each)).toEqual(words);
    await expectSameDocument(each);
    await expect(composer(each)).toHaveValue("");
  }
  await page.reload();
  expect(await wordsOf(page)).toEqual(words);
});

test("Shift and Enter make a new line, and Enter sends both", async ({ page, talk, elsewhere }) => {
  const theirs = await openBoth(page, talk, elsewhere);
  await composer(page).pressSequentially("Two lines:");
  await composer(page).press("Shift+Enter");
  await composer(page).pressSequentially("this is the second.");
  await composer(page).press("Enter");
  await expect(bubbles(theirs)).toHaveCount(1);
  expect(await wordsOf(theirs)).toEqual(["Two lines:\nthis is the second."]);
});

test("what is written is shown before the server has it", async ({ page, talk }) => {
  const wire = await Wire.take(page);
  await openFor(page, talk);
  wire.loseWhatIsSent((frame) => frame.includes("message:send"));
  await composer(page).fill("Are there tents for two?");
  await composer(page).press("Enter");
  await expect(said(page, "Are there tents for two?")).toContainText("Sending");
  await expect(composer(page)).toHaveValue("");
  await expect(composer(page)).toBeFocused();
});

test("a file that comes is among the files of the conversation", async ({ page, talk, elsewhere }) => {
  const theirs = await openBoth(page, talk, elsewhere);
  const slip = pdf("packing.pdf");
  await theirs.getByLabel("Files").setInputFiles([slip]);
  await say(theirs, "What to bring.");
  await expect(said(page, "What to bring.")).toContainText("packing.pdf");
  await expect(page.getByRole("complementary", { name: "What it is about" })).toContainText("packing.pdf");
  await expect(bubbles(page)).toHaveCount(1);
  await expectSameDocument(page);
});

test("that somebody types is seen, and ends by itself", async ({ page, talk, elsewhere }) => {
  const theirs = await openBothTalking(page, talk, elsewhere);
  await composer(page).pressSequentially("Well");
  await expect(theirs.getByText(typing(talk))).toBeVisible();
  // Nothing more is typed, and nothing is sent.
  await expect(theirs.getByText(typing(talk))).toBeHidden();
});

test("who sends types no more", async ({ page, talk, elsewhere }) => {
  const theirs = await openBothTalking(page, talk, elsewhere);
  await composer(page).pressSequentially("Well, then");
  await expect(theirs.getByText(typing(talk))).toBeVisible();
  await composer(page).press("Enter");
  await expect(said(theirs, "Well, then")).toHaveCount(1);
  await expect(theirs.getByText(typing(talk))).toHaveCount(0);
});

test("a message is marked as read when the other side looks, and not before", async ({ page, talk, elsewhere }) => {
  const theirs = await openBoth(page, talk, elsewhere);
  // The organizer has another window in front.
  await theirs.evaluate(() => Object.defineProperty(document, "hasFocus", { configurable: true, value: () => false }));
  await say(page, "Can we pay in two parts?");
  await expect(said(theirs, "Can we pay in two parts?")).toHaveCount(1);
  await expect(said(page, "Can we pay in two parts?")).toContainText("Sent");
  const { lastSeq, otherReadSeq } = await readMarks(talk);
  expect(otherReadSeq).toBeLessThan(lastSeq);
  await theirs.evaluate(() => {
    Object.defineProperty(document, "hasFocus", { configurable: true, value: () => true });
    window.dispatchEvent(new FocusEvent("focus"));
  });
  await expect(said(page, "Can we pay in two parts?")).toContainText("Read");
});

test("who writes has read what was said before", async ({ page, talk, elsewhere }) => {
  await talk.say(talk.traveller, "Are you there?");
  await openFor(page, talk);
  await expect(said(page, "Are you there?")).toContainText("Sent");
  const theirs = await elsewhere(organizer);
  await openChat(theirs, talk.path);
  await expect(said(page, "Are you there?")).toContainText("Read");
});

test("somebody is online from their first page to their last one", async ({ page, talk, elsewhere }) => {
  await talk.say(talk.traveller, "Hello!");
  await signIn(page, organizer);
  await openChat(page, talk.path);
  await expect(head(page)).toContainText("Away");
  const first = await elsewhere(talk.person.email);
  await openChat(first, "/chat");
  await expect(head(page)).toContainText("Online");
  const second = await first.context().newPage();
  await openLive(second, "/profile");
  await first.close();
  await talk.say(talk.traveller, "One page is closed.");
  await expect(said(page, "One page is closed.")).toHaveCount(1);
  await expect(head(page)).toContainText("Online");
  await second.close();
  await expect(head(page)).toContainText("Away");
});

test("the frame and the list count what is new without a reload, and no more once it was read elsewhere", async ({
  page,
  talk,
  elsewhere,
}) => {
  const elsewhereOpen = await elsewhere(talk.person.email);
  await signIn(page, talk.person.email, talk.person.password);
  await openLive(page, "/profile");
  await markDocument(page);
  const before = countOf(await chatPlace(page).innerText());
  await talk.say(talk.seller, "A seat has become free.");
  await expect.poll(async () => countOf(await chatPlace(page).innerText())).toBe(before + 1);
  await openChat(elsewhereOpen, "/chat?show=unread");
  await expect(lineOf(elsewhereOpen, talk.trip.title)).toContainText("1 unread");
  await talk.say(talk.seller, "And another one.");
  await expect(lineOf(elsewhereOpen, talk.trip.title)).toContainText("2 unread");
  await expect(lineOf(elsewhereOpen, talk.trip.title)).toContainText("And another one.");
  await openChat(elsewhereOpen, talk.path);
  await expect.poll(async () => countOf(await chatPlace(page).innerText())).toBe(before);
  await expectSameDocument(page);
});

test("a first message appears in the list of who it is for", async ({ page, talk, elsewhere }) => {
  await signIn(page, organizer);
  await openChat(page, "/chat");
  await markDocument(page);
  const hers = await elsewhere(talk.person.email);
  await openChat(hers, talk.path);
  await say(hers, "Is it steep?");
  const line = lines(page).filter({ has: page.locator(`a[href^="${talk.path}"]`) });
  await expect(line).toContainText("Is it steep?");
  await expect(line).toContainText(talk.person.name);
  await expectSameDocument(page);
});

test("a message with a file comes like any other, and is there once on both sides", async ({ page, talk, elsewhere }) => {
  const theirs = await openBoth(page, talk, elsewhere);
  await say(page, "The form follows.");
  await composer(page).fill("Here it is.");
  await page.getByLabel("Files").setInputFiles([form]);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(said(theirs, "Here it is.").getByRole("link", { name: /^form\.pdf/ })).toBeVisible();
  await expect(said(page, "Here it is.").getByRole("link", { name: /^form\.pdf/ })).toBeVisible();
  await say(theirs, "It has arrived.");
  await expect(said(page, "It has arrived.")).toHaveCount(1);
  for (const each of [page, theirs]) {
    expect(await wordsOf(each)).toEqual(["The form follows.", "Here it is.", "It has arrived."]);
    await expectSameDocument(each);
  }
  await expect(composer(page)).toHaveValue("");
});

test("what comes while the conversation is read anew stays where it is", async ({ page, talk }) => {
  const wire = await Wire.take(page);
  await openFor(page, talk);
  const { given, letGo } = await holdAnswers(page, "**/api/fn/chat/load_pane");
  // The first message of a day has the page made anew, with the day above it.
  await say(page, "First");
  await given;
  await talk.say(talk.seller, "Second");
  await expect(said(page, "Second")).toHaveCount(1);
  wire.loseWhatIsTold((frame) => frame.includes('"joined"'));
  letGo();
  await expect(page.getByRole("log", { name: "Messages" }).getByRole("heading", { level: 3 })).toHaveText(/^Today/);
  expect(await wordsOf(page)).toEqual(["First", "Second"]);
});

test("a file that is chosen stays while the conversation is read anew", async ({ page, talk }) => {
  await openFor(page, talk);
  const { given, letGo } = await holdAnswers(page, "**/api/fn/chat/load_pane");
  await say(page, "First");
  await given;
  await composer(page).fill("Here it is.");
  await page.getByLabel("Files").setInputFiles([form]);
  letGo();
  await expect(page.getByRole("log", { name: "Messages" }).getByRole("heading", { level: 3 })).toHaveText(/^Today/);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(said(page, "Here it is.").getByRole("link", { name: /^form\.pdf/ })).toBeVisible();
  await expect(page.getByLabel("Files")).toHaveValue("");
  await say(page, "It is signed.");
  await expect(said(page, "It is signed.").getByRole("link")).toHaveCount(0);
});

test("what was sent as a form is gone from the field, though the conversation was read anew meanwhile", async ({ page, talk }) => {
  await openFor(page, talk);
  const { given, letGo } = await holdAnswers(page, "**/api/fn/chat/send_message");
  await composer(page).fill("Here it is.");
  await page.getByLabel("Files").setInputFiles([form]);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await given;
  await expect(page.getByRole("log", { name: "Messages" }).getByRole("heading", { level: 3 })).toHaveText(/^Today/);
  await expect(composer(page)).toHaveValue("Here it is.");
  letGo();
  await expect(composer(page)).toHaveValue("");
  await expect(page.getByLabel("Files")).toHaveValue("");
  await expect(said(page, "Here it is.")).toHaveCount(1);
});

test("what is typed stays while the other side writes", async ({ page, talk, elsewhere }) => {
  const theirs = await openBoth(page, talk, elsewhere);
  await composer(page).fill("Half of a sent");
  await say(theirs, "By the way:");
  await expect(said(page, "By the way:")).toHaveCount(1);
  await expect(composer(page)).toHaveValue("Half of a sent");
  await expect(composer(page)).toBeFocused();
});

test("what was begun stays with its conversation, wherever one looks meanwhile", async ({ page, talk }) => {
  await openFor(page, talk);
  await composer(page).fill("Not finished ye");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "My enquiries" }).click();
  await expect(page).toHaveURL((url) => url.pathname === "/home");
  await chatPlace(page).click();
  await lineOf(page, talk.trip.title).click();
  await expect(composer(page)).toHaveValue("Not finished ye");
  await chatPlace(page).click();
  await expect(composer(page)).toHaveCount(0);
  await lineOf(page, talk.trip.title).click();
  await expect(composer(page)).toHaveValue("Not finished ye");
  await page.reload();
  await expect(composer(page)).toHaveValue("Not finished ye");
  await say(page, "Finished.");
  await page.reload();
  await expect(composer(page)).toHaveValue("");
});

test("what comes below what is looked at says so, and is read when one goes there", async ({ page, talk }) => {
  for (let number = 1; number <= 6; number += 1) await talk.say(talk.traveller, `Number ${number}${"\nof many".repeat(10)}`);
  await openFor(page, talk);
  await page.getByRole("log", { name: "Messages" }).evaluate((messages) => (messages.scrollTop = -messages.scrollHeight));
  await expect(page.locator("#m1")).toBeInViewport();
  await talk.say(talk.traveller, "From my phone: one moment.");
  await talk.say(talk.seller, "Take your time.");
  const below = page.getByRole("button", { name: "New messages" });
  await expect(below).toBeVisible();
  await expect(said(page, "Take your time.")).not.toBeInViewport();
  expect((await readMarks(talk, talk.seller)).otherReadSeq).toBe(7);
  await below.click();
  await expect(said(page, "Take your time.")).toBeInViewport();
  await expect(below).toHaveCount(0);
  await expect.poll(async () => (await readMarks(talk, talk.seller)).otherReadSeq).toBe(8);
});

test("who goes on to another conversation writes in that one", async ({ page, talk }) => {
  await talk.say(talk.traveller, "Are there seats left?");
  await talk.traveller.ask("POST", "/api/crm/conversations", { support: true });
  await openFor(page, talk);
  await markDocument(page);
  await lineOf(page, "Trek-Tribe support").getByRole("link").click();
  await expect(head(page)).toContainText("Trek-Tribe support");
  await say(page, "One thing more.");
  await lines(page).filter({ has: page.locator(`a[href^="${talk.path}"]`) }).getByRole("link").click();
  await expect(said(page, "Are there seats left?")).toHaveCount(1);
  await say(page, "Two of them?");
  expect(await wordsOf(page)).toEqual(["Are there seats left?", "Two of them?"]);
  await expectSameDocument(page);
});

/** What the organizer reads while the traveller types. */
function typing({ person }: Talk): string {
  return `${person.name.split(" ")[0]} is typing`;
}

/** The number in the words of a place; 0 where there is none. */
function countOf(words: string): number {
  return Number(/\d+/.exec(words)?.[0] ?? 0);
}

/** How far the organizer has read, as the traveller is told. */
async function readMarks(talk: Talk, by = talk.traveller): Promise<{ lastSeq: number; otherReadSeq: number }> {
  const conversations = await by.ask("GET", "/api/crm/conversations?limit=100");
  return conversations.find((conversation: { id: string }) => conversation.id === talk.id);
}
