/** Lists, boards, leads and the bell stay live: what somebody else changes appears by itself, and pulls nothing out of one's hands. */
import { Asker, registerTraveller } from "./support/asker.ts";
import { hold } from "./support/hold.ts";
import { cardOf, columnOf, dragCard, rowOf, rows } from "./support/leads.ts";
import { openLive } from "./support/line.ts";
import { expect, expectSameDocument, markDocument, test } from "./support/live.ts";
import { bookLead } from "./support/news.ts";
import { demoPassword, makePerson, organizer, signIn, type Person } from "./support/people.ts";
import { Wire } from "./support/wire.ts";
import type { APIRequestContext, Page } from "@playwright/test";

type Lead = Person & { id: string; seller: Asker };

/** Adds a lead to a trip of the demo's organizer, as another device of theirs does. */
async function makeLead(request: APIRequestContext, person = makePerson("Gauri")): Promise<Lead> {
  const seller = await Asker.signIn(request, organizer, demoPassword);
  const [trip] = await seller.liveTrips();
  const { id } = await seller.ask("POST", "/api/crm/leads", { ...person, tripId: trip.id, source: "form" });
  return { ...person, id, seller };
}

/** Opens a page for the organizer, and marks it. */
async function openForSeller(page: Page, path: string): Promise<void> {
  await signIn(page, organizer);
  await openLive(page, path);
  await markDocument(page);
}

test("a lead in the list moves when somebody moves it elsewhere", async ({ page, request, elsewhere }) => {
  const lead = await makeLead(request);
  await openForSeller(page, `/leads?status=all&q=${lead.email}`);
  await expect(rowOf(page, lead.name)).toContainText("New");
  const theirs = await elsewhere(organizer);
  await theirs.goto(`/leads/${lead.id}`);
  await theirs.getByRole("button", { name: "Mark contacted" }).click();
  await expect(rowOf(page, lead.name)).toContainText("Contacted");
  await expectSameDocument(page);
});

test("a new lead appears in the list", async ({ page, request }) => {
  const person = makePerson("Hema");
  await openForSeller(page, `/leads?status=all&q=${person.email}`);
  await expect(rowOf(page, person.name)).toHaveCount(0);
  await makeLead(request, person);
  await expect(rowOf(page, person.name)).toBeVisible();
  await expectSameDocument(page);
});

test("who goes through the list by keys stays at their lead when another one comes", async ({ page, request }) => {
  const [first, second] = [makePerson("Indu"), makePerson("Jaya")];
  const lead = await makeLead(request, first);
  await openForSeller(page, "/leads?status=all&sort=-createdAt");
  const link = page.getByRole("link", { name: first.name, exact: true });
  await link.focus();
  await makeLead(request, second);
  await expect(rowOf(page, second.name)).toBeVisible();
  await expect(link).toBeFocused();
  await lead.seller.moveLead(lead.id, "contacted");
  await expect(rowOf(page, first.name)).toContainText("Contacted");
  await expect(link).toBeFocused();
});

test("a row that is ticked stays as it is until it is no more", async ({ page, request }) => {
  const lead = await makeLead(request);
  await openForSeller(page, `/leads?status=all&q=${lead.email}`);
  const box = rowOf(page, lead.name).getByRole("checkbox");
  await box.check();
  await lead.seller.moveLead(lead.id, "contacted");
  // The frame is told of the same change and asks at once: by then the list would have, too.
  await page.waitForResponse((response) => response.url().includes("/frame/load_frame"));
  await expect(rowOf(page, lead.name)).toContainText("New");
  await expect(box).toBeChecked();
  await box.uncheck();
  await expect(rowOf(page, lead.name)).toContainText("Contacted");
});

test("a text that is selected stays so until it is no more", async ({ page, request }) => {
  const lead = await makeLead(request);
  await openForSeller(page, `/leads?status=all&q=${lead.email}`);
  await rowOf(page, lead.name).evaluate((row) => document.getSelection()?.selectAllChildren(row));
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await lead.seller.moveLead(lead.id, "contacted");
  await page.waitForResponse((response) => response.url().includes("/frame/load_frame"));
  expect(asked).not.toContain("/api/fn/leads/load_leads");
  await expect(rowOf(page, lead.name)).toContainText("New");
  await page.evaluate(() => document.getSelection()?.empty());
  await expect(rowOf(page, lead.name)).toContainText("Contacted");
});

test("what time alone changes is looked at anew each minute", async ({ page, request }) => {
  // Nobody else does anything that somebody new is told of.
  const { email, password } = await registerTraveller(request, "Meera");
  await page.clock.install();
  await signIn(page, email, password);
  await openLive(page, "/home");
  await markDocument(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.clock.fastForward("00:20");
  expect(asked).toEqual([]);
  await page.clock.fastForward("00:41");
  await expect.poll(() => asked.sort()).toEqual(["/api/fn/frame/load_frame", "/api/fn/leads/load_home"]);
  await expect(page.locator("html[data-line=open]")).toBeAttached();
  await expectSameDocument(page);
});

test("who goes on by keys goes on in the page that has opened", async ({ page, request }) => {
  const lead = await makeLead(request);
  await openForSeller(page, `/leads?status=all&q=${lead.email}`);
  const link = page.getByRole("link", { name: lead.name, exact: true });
  await link.focus();
  await expect(link).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Timeline" })).toBeVisible();
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("main").locator(":focus")).toHaveCount(1);
  await expectSameDocument(page);
});

test("the window has a title while a page wakes, and while another one opens", async ({ page }) => {
  await page.addInitScript(() => {
    const titles: string[] = [];
    Object.assign(window, { titles });
    const note = (): void => {
      const title = document.querySelector("title");
      if (title?.textContent || titles.length > 0) titles.push(title?.textContent ?? "");
    };
    new MutationObserver(note).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await openForSeller(page, "/leads");
  await expect(page).toHaveTitle(/^Leads/);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Today/ }).click();
  await expect(page).toHaveTitle(/^Today/);
  await expectSameDocument(page);
  const titles = await page.evaluate(() => (window as unknown as { titles: string[] }).titles);
  expect([...new Set(titles)].map((title) => title.replace(/ · Trek-Tribe$/, ""))).toEqual(["Leads", "Today"]);
});

test("a card changes its column when somebody moves it elsewhere", async ({ page, request }) => {
  const lead = await makeLead(request);
  await openForSeller(page, `/leads?layout=board&q=${lead.email}`);
  await expect(cardOf(columnOf(page, "New"), lead.name)).toBeVisible();
  await lead.seller.moveLead(lead.id, "contacted");
  await expect(cardOf(columnOf(page, "Contacted"), lead.name)).toBeVisible();
  await expect(cardOf(columnOf(page, "New"), lead.name)).toHaveCount(0);
  await expectSameDocument(page);
});

/** Notes for each picture that the browser draws in which column a card lies, until it is asked. */
async function watchCard(page: Page, name: string): Promise<() => Promise<string[]>> {
  await page.evaluate((name) => {
    const seen: string[] = [];
    const note = () => {
      const cards = [...document.querySelectorAll("li.card")].filter((card) => card.textContent?.includes(name));
      const columns = cards.map((card) => card.closest("section")?.querySelector("h2")?.textContent ?? "");
      const now = columns.join(" and ") || "nowhere";
      if (seen.at(-1) !== now) seen.push(now);
      requestAnimationFrame(note);
    };
    note();
    Object.assign(window, { seen });
  }, name);
  return () => page.evaluate(() => (window as unknown as { seen: string[] }).seen);
}

test("a card that one moves oneself moves once", async ({ page, request }) => {
  const lead = await makeLead(request);
  await openForSeller(page, `/leads?layout=board&q=${lead.email}`);
  const seen = await watchCard(page, lead.name);
  const reload = page.waitForResponse((response) => response.url().includes("/leads/load_board"));
  await dragCard(cardOf(columnOf(page, "New"), lead.name), columnOf(page, "Contacted"));
  await expect(page.getByRole("status")).toContainText(`${lead.name} is “Contacted” now`);
  await reload;
  await expect(cardOf(columnOf(page, "Contacted"), lead.name)).toBeVisible();
  expect(await seen()).toEqual(["New", "Contacted"]);
  await expectSameDocument(page);
});

test("a card on its way stays there while somebody changes another one", async ({ page, request }) => {
  const surname = makePerson("Kala").name.split(" ")[1] ?? "";
  const [moved, other] = [await makeLead(request, makePerson("Kala", surname)), await makeLead(request, makePerson("Lila", surname))];
  await openForSeller(page, `/leads?layout=board&q=${surname}`);
  const seen = await watchCard(page, moved.name);
  // The server hears of the move only when it is let.
  const letGo = await hold(page, "**/api/fn/leads/move_lead");
  await dragCard(cardOf(columnOf(page, "New"), moved.name), columnOf(page, "Contacted"));
  await other.seller.moveLead(other.id, "not_interested");
  await page.waitForResponse((response) => response.url().includes("/frame/load_frame"));
  await expect(cardOf(columnOf(page, "Contacted"), moved.name)).toBeVisible();
  letGo();
  await expect(page.getByRole("status")).toContainText(`${moved.name} is “Contacted” now`);
  await expect(cardOf(columnOf(page, "New"), other.name)).toHaveCount(0);
  await expect(cardOf(columnOf(page, "Contacted"), moved.name)).toBeVisible();
  expect(await seen()).toEqual(["New", "Contacted"]);
});

test("a lead's page shows what somebody else does, and keeps what is being written", async ({ page, request }) => {
  const lead = await makeLead(request);
  await openForSeller(page, `/leads/${lead.id}`);
  const text = page.getByRole("textbox", { name: "What happened" });
  await text.fill("Called, but");
  await lead.seller.moveLead(lead.id, "contacted");
  await expect(page.getByRole("region", { name: "Timeline" })).toContainText("moved the lead from New to Contacted");
  await expect(page.getByRole("button", { name: "Mark interested" })).toBeVisible();
  await expect(text).toHaveValue("Called, but");
  await expect(text).toBeFocused();
  await expectSameDocument(page);
});

test("what one logs oneself stands there once, and what is written next stays", async ({ page, request }) => {
  const lead = await makeLead(request);
  await openForSeller(page, `/leads/${lead.id}`);
  const text = page.getByRole("textbox", { name: "What happened" });
  await text.fill("Wants a twin tent.");
  await page.getByRole("button", { name: "Log it" }).click();
  await expect(page.getByRole("region", { name: "Timeline" })).toContainText("Wants a twin tent.");
  await expect(text).toHaveValue("");
  // A call that is logged makes it contacted.
  await text.fill("And a porter, said");
  await lead.seller.moveLead(lead.id, "interested");
  await expect(page.getByRole("button", { name: "Convert", exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: "Timeline" }).getByText("Wants a twin tent.")).toHaveCount(1);
  await expect(text).toHaveValue("And a porter, said");
});

test("a dialog that is open stays while somebody changes the lead", async ({ page, request }) => {
  const lead = await makeLead(request);
  await openForSeller(page, `/leads/${lead.id}`);
  await page.getByRole("button", { name: "Mark not interested" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  await lead.seller.ask("POST", `/api/crm/leads/${lead.id}/interactions`, { type: "note", text: "Seen elsewhere." });
  await page.waitForResponse((response) => response.url().includes("/frame/load_frame"));
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("region", { name: "Timeline" })).toContainText("Seen elsewhere.");
});

test("a dialog that is opened while a change is on its way stays, and the change comes after it", async ({ page, request }) => {
  const lead = await makeLead(request);
  await openForSeller(page, `/leads/${lead.id}`);
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const asked = new Promise<void>((resolve) => {
    void page.route(/\/leads\/load_lead$/, async (route) => {
      resolve();
      await released;
      await route.continue();
    });
  });
  await lead.seller.ask("POST", `/api/crm/leads/${lead.id}/interactions`, { type: "note", text: "Seen elsewhere." });
  await asked;
  await page.getByRole("button", { name: "Mark not interested" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  const answered = page.waitForResponse(/\/leads\/load_lead$/);
  release();
  await (await answered).finished();
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("region", { name: "Timeline" })).toContainText("Seen elsewhere.");
  await expect(dialog).toBeHidden();
});

test("what changed before the connection was open is shown, too", async ({ page, request }) => {
  const lead = await makeLead(request);
  const wire = await Wire.take(page);
  await signIn(page, organizer);
  wire.cut();
  await page.goto(`/leads?status=all&q=${lead.email}`);
  await expect(rowOf(page, lead.name)).toContainText("New");
  await lead.seller.moveLead(lead.id, "contacted");
  wire.mend();
  await expect(rowOf(page, lead.name)).toContainText("Contacted", { timeout: 30_000 });
});

test("a list is up to date again after its connection broke", async ({ page, request }) => {
  const lead = await makeLead(request);
  const wire = await Wire.take(page);
  await openForSeller(page, `/leads?status=all&q=${lead.email}`);
  await expect(rowOf(page, lead.name)).toContainText("New");
  wire.cut();
  await lead.seller.moveLead(lead.id, "contacted");
  wire.mend();
  await expect(rowOf(page, lead.name)).toContainText("Contacted", { timeout: 30_000 });
  await expectSameDocument(page);
});

test("the bell rings at once, and is still once it was read elsewhere", async ({ page, talk, elsewhere }) => {
  const { person, traveller, seller } = talk;
  await signIn(page, person.email, person.password);
  await openLive(page, "/profile");
  await markDocument(page);
  const bell = page.locator("a.bell");
  await traveller.ask("PUT", "/api/crm/notifications/read-all");
  await expect(bell).toHaveAccessibleName("Notifications, 0 unread");
  const { id } = await traveller.ask("POST", "/api/crm/leads", { tripId: talk.trip.id });
  await bookLead(seller, id);
  await expect(bell).toHaveAccessibleName("Notifications, 1 unread");
  const hers = await elsewhere(person.email, person.password);
  await openLive(hers, "/notifications?unread=true");
  await hers.getByRole("button", { name: "Mark all read" }).click();
  await expect(bell).toHaveAccessibleName("Notifications, 0 unread");
  await expectSameDocument(page);
});

test("a notification appears in the list of them", async ({ page, talk }) => {
  await signIn(page, talk.person.email, talk.person.password);
  await openLive(page, "/notifications");
  const lines = page.getByRole("main").locator(".told > li");
  const ofTrip = lines.filter({ hasText: `You are booked on ${talk.trip.title}` });
  const before = await ofTrip.count();
  const { id } = await talk.traveller.ask("POST", "/api/crm/leads", { tripId: talk.trip.id });
  await bookLead(talk.seller, id);
  await expect(ofTrip).toHaveCount(before + 1);
});

test("a traveller's home shows the next step of an enquiry", async ({ page, talk }) => {
  const { id } = await talk.traveller.ask("POST", "/api/crm/leads", { tripId: talk.trip.id });
  await signIn(page, talk.person.email, talk.person.password);
  await openLive(page, "/home");
  await markDocument(page);
  const card = page.getByRole("main").getByRole("listitem").filter({ hasText: talk.trip.title }).first();
  await expect(card.locator("[aria-current=step]")).toContainText("Received");
  await talk.seller.moveLead(id, "contacted");
  await expect(card.locator("[aria-current=step]")).not.toContainText("Received");
  await expectSameDocument(page);
});

test("a list of many is whole after a burst of changes", async ({ page, request }) => {
  const surname = makePerson("Maya").name.split(" ")[1] ?? "";
  const leads: Lead[] = [];
  for (const first of ["Maya", "Nita", "Oma", "Pia"]) leads.push(await makeLead(request, makePerson(first, surname)));
  await openForSeller(page, `/leads?status=all&q=${surname}`);
  await Promise.all(leads.map((lead) => lead.seller.moveLead(lead.id, "contacted")));
  await expect(rows(page).filter({ hasText: "Contacted" })).toHaveCount(leads.length);
  await expect(rows(page)).toHaveCount(leads.length);
});
