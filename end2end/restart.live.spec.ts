/** The server is restarted while people talk: they are told so in words, nothing is lost, and nothing is said twice. */
import { randomUUID } from "node:crypto";
import { composer, lineState, said, say, wordsOf } from "./support/chat.ts";
import { expect, expectSameDocument, test as base } from "./support/live.ts";
import { openBoth, openFor } from "./support/pair.ts";
import { Program } from "./support/programs.ts";
import { OwnServer } from "./support/server.ts";
import type { Page } from "@playwright/test";

/** Everything here happens at a server of its own. */
const test = base.extend<{}, { own: OwnServer }>({
  own: [
    async ({}, use) => {
      const own = new OwnServer();
      try {
        await own.start();
        await use(own);
      } finally {
        await own.remove();
      }
    },
    { scope: "worker", timeout: 240_000 },
  ],
  baseURL: async ({ own }, use) => use(own.baseURL),
});

test.describe.configure({ mode: "serial", timeout: 240_000 });

/** What the browser itself writes for each attempt while nobody listens. */
const failedAttempt = /console error: WebSocket connection to 'ws:\/\/[^']*\/api\/fn\/live\/connect' failed/;
/** A page that gets no connection asks who is signed in. */
const failedQuestion = /request failed \(net::ERR_CONNECTION_REFUSED\): POST .*\/live\/who_is_here/;
/** It may also just be asking for what somebody's words or their coming have changed. */
const failedReading = /request failed \(net::ERR_CONNECTION_REFUSED\): POST .*\/(load_conversations|load_frame|load_pane)/;
const failedRequest = /console error: Failed to load resource: net::ERR_CONNECTION_REFUSED/;
/** Pages come back after pauses of half a minute at most. */
const backAgain = { timeout: 60_000 };

/** Waits until the page has tried to connect while nobody listens. */
async function tryInVain(page: Page): Promise<void> {
  await page.waitForEvent("requestfailed", { predicate: (request) => request.url().endsWith("/live/who_is_here"), ...backAgain });
}

test("two people talk on after it, without a reload", async ({ page, own, talk, elsewhere, problems }) => {
  for (const problem of [failedAttempt, failedQuestion, failedRequest]) problems.expect(problem);
  problems.mayHappen(failedReading);
  const theirs = await openBoth(page, talk, elsewhere);
  await say(page, "Are you there?");
  await say(theirs, "Yes, for now.");
  await expect(said(page, "Yes, for now.")).toHaveCount(1);
  const hasTried = tryInVain(page);
  await own.stop();
  for (const each of [page, theirs]) {
    await expect(lineState(each)).toContainText("No connection. Trying again; what you see may be out of date.");
  }
  await hasTried;
  await own.start();
  for (const each of [page, theirs]) {
    await expect(lineState(each)).toContainText("Live. Everything here is up to date.", backAgain);
  }
  await say(theirs, "Here again.");
  await expect(said(page, "Here again.")).toHaveCount(1);
  await say(page, "So am I.");
  await expect(said(theirs, "So am I.")).toHaveCount(1);
  for (const each of [page, theirs]) {
    const words = ["Are you there?", "Yes, for now.", "Here again.", "So am I."];
    expect(await wordsOf(each)).toEqual(words);
    await expectSameDocument(each);
    await each.reload();
    expect(await wordsOf(each)).toEqual(words);
  }
});

test("what is written while it is away stays in its field, and is sent once", async ({ page, own, talk, problems }) => {
  for (const problem of [failedAttempt, failedQuestion, failedRequest]) problems.expect(problem);
  problems.mayHappen(failedReading);
  problems.expect(/request failed \(net::ERR_CONNECTION_REFUSED\): POST .*\/chat\/send_message/);
  await openFor(page, talk);
  const hasTried = tryInVain(page);
  await own.stop();
  await expect(lineState(page)).toContainText("No connection. Trying again");
  await composer(page).fill("Nobody hears this yet.");
  await composer(page).press("Enter");
  await expect(page.getByText("This cannot be done just now.")).toBeVisible();
  await expect(composer(page)).toHaveValue("Nobody hears this yet.");
  await hasTried;
  await own.start();
  await expect(lineState(page)).toContainText("Live.", backAgain);
  await composer(page).press("Enter");
  await expect(said(page, "Nobody hears this yet.")).toContainText("Sent");
  await expect(composer(page)).toHaveValue("");
  await page.reload();
  expect(await wordsOf(page)).toEqual(["Nobody hears this yet."]);
});

test("the official client comes back by itself, and misses nothing", async ({ own, talk }) => {
  const options = { reconnection: true, reconnectionDelay: 200, reconnectionDelayMax: 1_000 };
  const program = Program.connect(talk.traveller.token, options, own.baseURL);
  const join = (afterSeq: number) => program.ask("join:conversation", { conversationId: talk.id, afterSeq });
  await join(0);
  await talk.say(talk.seller, "One");
  await program.hear("message:new", ({ seq }) => seq === 1);
  await own.stop();
  await program.end();
  await own.start();
  await talk.say(talk.seller, "Two");
  await expect.poll(() => program.socket.connected, backAgain).toBe(true);
  expect((await join(1)).messages).toMatchObject([{ seq: 2, body: "Two" }]);
  const sent = { conversationId: talk.id, clientId: randomUUID(), body: "Three" };
  expect(await program.ask("message:send", sent)).toMatchObject({ seq: 3 });
  await program.hear("message:new", ({ seq }) => seq === 3);
  expect(program.all("message:new").map(({ seq }) => seq)).toEqual([1, 3]);
  program.close();
});
