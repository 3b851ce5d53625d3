/**
 * What specs of several people at once import: besides what all specs have, browsers of others, which are watched for problems too, and
 * conversations of the demo's travellers, of whom no two workers meet the same.
 */
import type { APIRequestContext, Browser, BrowserContext, Page } from "@playwright/test";
import { Asker, type Account } from "./asker.ts";
import { noteLines } from "./line.ts";
import { admin, demoPassword, organizer, signIn } from "./people.ts";
import { baseURL } from "./server.ts";
import { expect, test as base } from "./test.ts";

/** A conversation between a traveller and the demo's organizer. */
export type Talk = {
  id: string;
  /** Its page. */
  path: string;
  /** What it is about. */
  trip: { id: string; title: string };
  /** Who travels. */
  person: Account;
  /** The two of them, as programs see them. */
  traveller: Asker;
  seller: Asker;
  /** Says something for one of the two. */
  say(by: Asker, body: string): Promise<void>;
};

/** Opens another browser and signs somebody in there. */
export type Elsewhere = (email: string, password?: string) => Promise<Page>;

type Fixtures = {
  elsewhere: Elsewhere;
  /** A conversation in which nothing was said yet. */
  talk: Talk;
  /** A traveller who has nothing to do with it. */
  stranger: Asker;
};

type WorkerFixtures = {
  /** The travellers of this worker; the first one is the stranger. */
  crowd: Account[];
};

export const test = base.extend<Fixtures, WorkerFixtures>({
  elsewhere: async ({ browser, problems }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (email, password = demoPassword) => {
      const context = await openContext(browser);
      contexts.push(context);
      problems.watch(context);
      const page = await context.newPage();
      await signIn(page, email, password);
      return page;
    });
    for (const context of contexts) await context.close();
  },

  talk: async ({ request, crowd }, use) => {
    await use(await openTalk(request, crowd));
    // Another one talks next: who has just said all they may say would be refused.
    crowd.push(...crowd.splice(1, 1));
  },
  stranger: async ({ request, crowd }, use) => {
    const [{ email, password }] = crowd as [Account];
    await use(await Asker.signIn(request, email, password));
  },

  crowd: [
    async ({ playwright }, use, { parallelIndex, config }) => {
      const request = await playwright.request.newContext({ baseURL });
      const everybody = await listTravellers(request);
      await request.dispose();
      await use(everybody.filter((_, index) => index % config.workers === parallelIndex));
    },
    { scope: "worker" },
  ],
});

export { expect };

/** Marks what the page shows, so that a reload would be seen. */
export async function markDocument(page: Page): Promise<void> {
  await page.evaluate(() => document.documentElement.setAttribute("data-same-document", "true"));
}

/** The page was not loaded again since it was marked. */
export async function expectSameDocument(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-same-document", "true");
}

async function openContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext();
  await noteLines(context);
  return context;
}

/** The demo's travellers who have a number, but for the one whom other tests sign in. */
async function listTravellers(request: APIRequestContext): Promise<Account[]> {
  const asker = await Asker.signIn(request, admin, demoPassword);
  const found: Account[] = (await asker.ask("GET", "/api/admin/users?role=user&limit=100"))
    .filter(({ email }: Account) => /^[a-z.]+[a-z]\d+@example\.in$/.test(email))
    .map(({ name, email }: Account) => ({ name, email, password: demoPassword }));
  expect(found.length).toBeGreaterThan(20);
  return found.sort((one, other) => one.email.localeCompare(other.email));
}

/**
 * Opens a conversation of the first traveller of the crowd who has a trip left that they have not talked about, and of which no
 * lead has their address: not even one from before they signed in, which would be theirs as soon as they ask.
 */
async function openTalk(request: APIRequestContext, [, ...crowd]: Account[]): Promise<Talk> {
  const seller = await Asker.signIn(request, organizer, demoPassword);
  const trips = await seller.liveTrips();
  for (const person of crowd) {
    const traveller = await Asker.signIn(request, person.email, person.password);
    const known = await traveller.ask("GET", "/api/crm/conversations?support=false&limit=100");
    const led = await seller.ask("GET", `/api/crm/leads?q=${person.email}&limit=100`);
    const isNew = (id: string) => ![...known.map(({ trip }: any) => trip?.id), ...led.map(({ tripId }: any) => tripId)].includes(id);
    const trip = trips.find(({ id }) => isNew(id));
    if (trip) return makeTalk(person, traveller, seller, trip);
  }
  throw new Error("everybody has talked about every trip: the demo has too few travellers for these tests");
}

async function makeTalk(person: Account, traveller: Asker, seller: Asker, trip: Talk["trip"]): Promise<Talk> {
  const { id } = await traveller.ask("POST", "/api/crm/conversations", { tripId: trip.id });
  const say = async (by: Asker, body: string): Promise<void> => {
    const clientId = `${Date.now()}-${Math.random()}`;
    await by.ask("POST", `/api/crm/conversations/${id}/messages`, { clientId, body });
  };
  return { id, path: `/chat/${id}`, trip, person, traveller, seller, say };
}
