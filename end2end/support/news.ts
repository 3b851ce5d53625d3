/** People who are told something: travellers of a test's own, whose enquiries the demo's organizer books. */
import type { APIRequestContext } from "@playwright/test";
import { demoPassword, makePerson, organizer, type Person } from "./people.ts";
import { expect } from "./test.ts";

const password = "a password of this test";

type Json = Record<string, unknown>;

/** Somebody who asks the API. */
class Asker {
  private constructor(
    private readonly request: APIRequestContext,
    private readonly token: string,
  ) {}

  static async enter(request: APIRequestContext, path: string, body: Json): Promise<Asker> {
    const reply = await request.post(path, { data: body });
    expect(reply.ok(), await reply.text()).toBe(true);
    return new Asker(request, (await reply.json()).data.accessToken);
  }

  async ask(method: "GET" | "POST" | "PUT", path: string, data?: Json): Promise<any> {
    const headers = { authorization: `Bearer ${this.token}` };
    const reply = await this.request.fetch(path, { method, headers, ...(data ? { data } : {}) });
    expect(reply.ok(), `${method} ${path}: ${await reply.text()}`).toBe(true);
    return (await reply.json()).data;
  }
}

export type Told = Person & { password: string };

/** A traveller who was told of so many bookings: each of another trip of the demo's organizer. */
export async function makeBookedTraveller(request: APIRequestContext, bookings: number): Promise<Told> {
  const person = makePerson("Asha");
  const traveller = await Asker.enter(request, "/api/auth/register", { ...person, password, role: "user" });
  const seller = await Asker.enter(request, "/api/auth/login", { email: organizer, password: demoPassword });
  const trips = await seller.ask("GET", "/api/trips/mine?limit=100");
  const live = trips.filter((trip: Json) => trip.visibility === "live").slice(0, bookings);
  expect(live).toHaveLength(bookings);
  for (const trip of live) {
    const { id } = await traveller.ask("POST", "/api/crm/leads", { tripId: trip.id });
    await book(seller, id);
  }
  return { ...person, password };
}

async function book(seller: Asker, id: string): Promise<void> {
  const path = `/api/crm/leads/${id}`;
  for (const status of ["contacted", "interested"]) {
    const { version } = await seller.ask("GET", path);
    await seller.ask("PUT", path, { version, status });
  }
  await seller.ask("POST", `${path}/convert`, { partySize: 1, amount: { amount: 1_000_000, currency: "INR" } });
}
