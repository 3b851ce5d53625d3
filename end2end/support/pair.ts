/** A conversation that is open for both of its people at once. */
import type { Page } from "@playwright/test";
import { bubbles, openChat, say } from "./chat.ts";
import { expect, markDocument, type Elsewhere, type Talk } from "./live.ts";
import { organizer, signIn } from "./people.ts";

/** Opens the conversation for the traveller in `page`, and for the organizer elsewhere. */
export async function openBoth(page: Page, talk: Talk, elsewhere: Elsewhere): Promise<Page> {
  await openFor(page, talk);
  const theirs = await elsewhere(organizer);
  await openChat(theirs, talk.path);
  for (const each of [page, theirs]) await markDocument(each);
  return theirs;
}

/** Opens it for both, and has the traveller say something: once that is there, each hears at once what the other does. */
export async function openBothTalking(page: Page, talk: Talk, elsewhere: Elsewhere): Promise<Page> {
  const theirs = await openBoth(page, talk, elsewhere);
  await say(page, "Hello!");
  for (const each of [page, theirs]) {
    await expect(bubbles(each)).toHaveCount(1);
    // The first message of a day has the page made anew, with the day above it.
    await expect(each.getByRole("log", { name: "Messages" }).getByRole("heading", { level: 3 })).toHaveText(/^Today/);
  }
  return theirs;
}

/** Signs the traveller in and opens the conversation. */
export async function openFor(page: Page, talk: Talk): Promise<void> {
  await signIn(page, talk.person.email, talk.person.password);
  await openChat(page, talk.path);
}
