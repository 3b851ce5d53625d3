/** What a conversation does when its connection breaks: it says so, nothing is lost, and nothing is said twice. */
import { chatPlace, composer, head, lineOf, lineState, openChat, said, say, wordsOf } from "./support/chat.ts";
import { pdf } from "./support/files.ts";
import { openLive } from "./support/line.ts";
import { expect, expectSameDocument, test, type Talk } from "./support/live.ts";
import { openBoth, openFor } from "./support/pair.ts";
import { organizer, signIn } from "./support/people.ts";
import { Wire } from "./support/wire.ts";
import type { Page } from "@playwright/test";

/** What the browser itself writes of a page that is not there. */
const notThere = /console error: Failed to load resource: the server responded with a status of 404/;

test("what was said while the connection was cut comes in its order, once", async ({ page, talk }) => {
  const wire = await Wire.take(page);
  await openFor(page, talk);
  await talk.say(talk.seller, "One");
  await expect(said(page, "One")).toHaveCount(1);
  wire.cut();
  await expect(lineState(page)).toContainText("No connection. Trying again");
  for (const words of ["Two", "Three"]) await talk.say(talk.seller, words);
  wire.mend();
  await expect(lineState(page)).toContainText("Live.", { timeout: 30_000 });
  await talk.say(talk.seller, "Four");
  await expect(said(page, "Four")).toHaveCount(1);
  expect(await wordsOf(page)).toEqual(["One", "Two", "Three", "Four"]);
});

test("who read and who went while the connection was cut is shown when it is there again", async ({ page, talk, elsewhere }) => {
  const wire = await Wire.take(page);
  const hers = await elsewhere(talk.person.email);
  await openChat(hers, "/chat");
  await signIn(page, organizer);
  await openChat(page, talk.path);
  await say(page, "Shall I keep the seats?");
  await expect(head(page)).toContainText("Online");
  wire.cut();
  await expect(lineState(page)).toContainText("No connection. Trying again");
  await openChat(hers, talk.path);
  await expect(said(hers, "Shall I keep the seats?")).toBeVisible();
  await hers.close();
  wire.mend();
  await expect(lineState(page)).toContainText("Live.", { timeout: 30_000 });
  await expect(said(page, "Shall I keep the seats?")).toContainText("Read");
  await expect(head(page)).toContainText("Away");
});

test("what was on its way when the connection broke is sent by itself, once", async ({ page, talk, elsewhere }) => {
  const wire = await Wire.take(page);
  const theirs = await openBoth(page, talk, elsewhere);
  wire.loseWhatIsSent((frame) => frame.includes("message:send"));
  await write(page, "Did this arrive?");
  await expect(said(page, "Did this arrive?")).toContainText("Sending");
  wire.cut();
  await expect(said(page, "Did this arrive?")).toContainText("Waiting for the connection");
  await expect(said(theirs, "Did this arrive?")).toHaveCount(0);
  wire.mend();
  await expect(said(theirs, "Did this arrive?")).toHaveCount(1);
  await expect(said(page, "Did this arrive?")).toContainText(/Sent|Read/);
  await expect(said(page, "Did this arrive?")).toHaveCount(1);
  await page.reload();
  expect(await wordsOf(page)).toEqual(["Did this arrive?"]);
});

test("a message of which the answer was lost is there once when the connection is", async ({ page, talk, elsewhere }) => {
  const wire = await Wire.take(page);
  const theirs = await openBoth(page, talk, elsewhere);
  wire.loseWhatIsTold((frame) => frame.includes("Stored twice?") || frame.includes("sentAt"));
  await write(page, "Stored twice?");
  await expect(said(theirs, "Stored twice?")).toHaveCount(1);
  wire.cut();
  await expect(said(page, "Stored twice?")).toContainText("Waiting for the connection");
  wire.mend();
  await expect(said(page, "Stored twice?")).toContainText(/Sent|Read/);
  await say(theirs, "It is here once.");
  await expect(said(page, "It is here once.")).toHaveCount(1);
  for (const each of [page, theirs]) expect(await wordsOf(each)).toEqual(["Stored twice?", "It is here once."]);
  await page.reload();
  expect(await wordsOf(page)).toEqual(["Stored twice?", "It is here once."]);
});

test("what waits for the connection stays while a file is sent", async ({ page, talk }) => {
  const wire = await Wire.take(page);
  await openFor(page, talk);
  wire.loseWhatIsSent((frame) => frame.includes("message:send"));
  await write(page, "Did this arrive?");
  wire.cut();
  await expect(said(page, "Did this arrive?")).toContainText("Waiting for the connection");
  const form = pdf("form.pdf");
  await composer(page).fill("The form.");
  await page.getByLabel("Files").setInputFiles([form]);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(said(page, "The form.").getByRole("link", { name: /^form\.pdf/ })).toBeVisible();
  wire.mend();
  await expect(lineState(page)).toContainText("Live.", { timeout: 30_000 });
  await expect(said(page, "Did this arrive?")).toContainText(/Sent|Read/);
  await page.reload();
  expect((await wordsOf(page)).sort()).toEqual(["Did this arrive?", "The form."]);
});

test("what waits for the connection is sent from wherever its writer has gone", async ({ page, talk, elsewhere }) => {
  const wire = await Wire.take(page);
  const theirs = await openBoth(page, talk, elsewhere);
  wire.loseWhatIsSent((frame) => frame.includes("message:send"));
  await write(page, "Did this arrive?");
  wire.cut();
  await expect(said(page, "Did this arrive?")).toContainText("Waiting for the connection");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "My enquiries" }).click();
  await expect(page).toHaveURL((url) => url.pathname === "/home");
  wire.mend();
  await expect(said(theirs, "Did this arrive?")).toHaveCount(1, { timeout: 30_000 });
  await expectSameDocument(page);
  await chatPlace(page).click();
  await lineOf(page, talk.trip.title).click();
  await expect(said(page, "Did this arrive?")).toContainText(/Sent|Read/);
  expect(await wordsOf(page)).toEqual(["Did this arrive?"]);
});

test("a conversation that could not be opened is shown when the connection is back", async ({ page, talk, problems }) => {
  problems.expect(/answer 503: POST .*\/chat\/load_pane/);
  problems.expect(/console error: Failed to load resource: the server responded with a status of 503/);
  const wire = await Wire.take(page);
  await talk.say(talk.seller, "Are you there?");
  await signIn(page, talk.person.email, talk.person.password);
  await openChat(page, "/chat");
  wire.cut();
  await page.route(/\/chat\/load_pane$/, (route) => route.fulfill({ status: 503, json: "unavailable" }));
  await lineOf(page, talk.trip.title).click();
  await expect(page.getByRole("alert")).toContainText("This cannot be shown");
  await page.unroute(/\/chat\/load_pane$/);
  wire.mend();
  await expect(said(page, "Are you there?")).toBeVisible({ timeout: 30_000 });
});

test("a conversation that is not there is not asked for again when the connection is back", async ({ page, talk, problems }) => {
  problems.expect(notThere);
  const wire = await Wire.take(page);
  await signIn(page, talk.person.email, talk.person.password);
  await openChat(page, "/chat/0123456789abcdef01234567");
  // The list is asked for after what is open.
  expect(await countAskedAnew(page, wire, "/chat/load_pane", /\/chat\/load_conversations$/)).toBe(0);
  await expect(page.getByRole("alert")).toContainText("This cannot be shown");
});

test("a lead that is not there is not asked for again when the connection is back", async ({ page, problems }) => {
  problems.expect(notThere);
  const wire = await Wire.take(page);
  await signIn(page, organizer);
  await openLive(page, "/leads/0123456789abcdef01234567");
  // Both are asked for in the same moment, and an answer takes longer.
  expect(await countAskedAnew(page, wire, "/leads/load_lead", /\/frame\/load_frame$/)).toBe(0);
});

test("a connection on which nothing is answered is opened anew", async ({ page, talk, elsewhere }) => {
  const wire = await Wire.take(page);
  const theirs = await openBoth(page, talk, elsewhere);
  wire.loseWhatIsSent((frame) => frame.includes("message:send"));
  await write(page, "Did this arrive?");
  wire.mend();
  await expect(said(page, "Did this arrive?")).toContainText("Sending");
  await expect(said(page, "Did this arrive?")).toContainText(/Sent|Read/, { timeout: 30_000 });
  for (const each of [page, theirs]) expect(await wordsOf(each)).toEqual(["Did this arrive?"]);
});

test("a message that is refused says why, and is sent once by trying again", async ({ page, talk, elsewhere }) => {
  const theirs = await openBoth(page, talk, elsewhere);
  const { words, before, taken } = await writeWhatIsRefused(page, talk);
  await expect(said(theirs, before)).toHaveCount(taken);
  await expect(said(theirs, words)).toHaveCount(0);
  const again = said(page, words).getByRole("button", { name: "Try again" });
  await expect(async () => {
    if (await again.isVisible()) await again.click();
    await expect(said(theirs, words)).toHaveCount(1, { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expect(again).toHaveCount(0);
  for (const each of [page, theirs]) await expect(said(each, words)).toHaveCount(1);
  await page.reload();
  await expect(said(page, words)).toHaveCount(1);
});

test("who signs out in one tab is told so in the other", async ({ page, talk, problems }) => {
  // Between the end of the session and that of the connection, the page may ask for what somebody's coming has changed.
  problems.mayHappen(/answer 401: POST .*\/(load_conversations|load_frame)/);
  problems.mayHappen(/console error: .*401.*\/(load_conversations|load_frame)/);
  await openFor(page, talk);
  await signOutInAnotherTab(page);
  await expect(lineState(page)).toContainText("You are signed out here. Sign in again to go on.", { timeout: 30_000 });
});

test("who was signed out while the connection was cut is told so", async ({ page, talk }) => {
  const wire = await Wire.take(page);
  await openFor(page, talk);
  wire.cut();
  await expect(lineState(page)).toContainText("No connection. Trying again");
  await signOutInAnotherTab(page);
  await expect(lineState(page)).toContainText("You are signed out here. Sign in again to go on.", { timeout: 30_000 });
});

/** Breaks the connection and mends it; how often `path` was asked for by the time that what is asked for after it was answered. */
async function countAskedAnew(page: Page, wire: Wire, path: string, after: RegExp): Promise<number> {
  let asked = 0;
  page.on("request", (request) => {
    if (request.url().endsWith(path)) asked += 1;
  });
  wire.cut();
  const answered = page.waitForResponse(after, { timeout: 30_000 });
  wire.mend();
  await answered;
  return asked;
}

/** Signs out in another tab of the same browser. */
async function signOutInAnotherTab(page: Page): Promise<void> {
  const second = await page.context().newPage();
  await openLive(second, "/profile");
  const workspace = second.getByRole("complementary", { name: "Workspace" });
  await workspace.locator("summary.me").click();
  await workspace.getByRole("button", { name: "Sign out" }).click();
  await expect(second).toHaveURL((url) => url.pathname === "/sign-in");
}

/**
 * Writes a message too many; its words, those of the ones before, and how many of these were taken. Twenty in ten seconds are: on a
 * slow machine those ten can be over before the page has sent its own, and the next try has to do it.
 */
async function writeWhatIsRefused(page: Page, talk: Talk): Promise<{ words: string; before: string; taken: number }> {
  let words = "";
  let before = "";
  let attempt = 0;
  let taken = 0;
  await expect(async () => {
    attempt += 1;
    words = `One too many, try ${attempt}.`;
    before = `Before it, try ${attempt}:`;
    const sent = await Promise.allSettled(Array.from({ length: 21 }, (_, index) => talk.say(talk.traveller, `${before} ${index + 1}`)));
    taken = sent.filter(({ status }) => status === "fulfilled").length;
    expect(taken).toBeLessThan(sent.length);
    await write(page, words);
    await expect(said(page, words)).toContainText(/Not sent\.|Sent|Read/);
    expect(await said(page, words).innerText()).toContain("Not sent.");
  }).toPass({ timeout: 60_000 });
  return { words, before, taken };
}

/** Writes something and sends it by Enter, over the connection. */
async function write(page: Page, words: string): Promise<void> {
  await composer(page).fill(words);
  await composer(page).press("Enter");
  await expect(composer(page)).toHaveValue("");
}
