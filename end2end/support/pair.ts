/** A conversation that is open for both of its people at once. */
import type { Page } from "@playwright/test";
import { openChat } from "./chat.ts";
import { markDocument, type Elsewhere, type Talk } from "./live.ts";
import { organizer, signIn } from "./people.ts";

/** Opens the conversation for the traveller in `page`, and for the organizer elsewhere. */
export async function openBoth(page: Page, talk: Talk, elsewhere: Elsewhere): Promise<Page> {
  await openFor(page, talk);
  const theirs = await elsewhere(organizer);
  await openChat(theirs, talk.path);
  for (const each of [page, theirs]) await markDocument(each);
  return theirs;
}

/** Signs the traveller in and opens the conversation. */
export async function openFor(page: Page, talk: Talk): Promise<void> {
  await signIn(page, talk.person.email, talk.person.password);
  await openChat(page, talk.path);
}
