/** Somebody who asks the REST API: what a test needs to have happened, and what happens while its pages are open. */
import type { APIRequestContext } from "@playwright/test";
import { makePerson, type Person } from "./people.ts";
import { expect } from "./test.ts";

/** The password of everybody who is made up for a test. */
const password = "a password of this test";

export type Json = Record<string, unknown>;
/** Somebody with an account of their own. */
export type Account = Person & { password: string };

/** Makes an account for a traveller whom no other test meets. */
export async function registerTraveller(request: APIRequestContext, first: string): Promise<Account> {
  const person = makePerson(first);
  const reply = await request.post("/api/auth/register", { data: { ...person, password, role: "user" } });
  expect(reply.ok(), await reply.text()).toBe(true);
  return { ...person, password };
}

export class Asker {
  private constructor(
    private readonly request: APIRequestContext,
    /** What names them to a program. */
    readonly token: string,
    /** Their id. */
    readonly id: string,
  ) {}

  static async signIn(request: APIRequestContext, email: string, password: string): Promise<Asker> {
    const reply = await request.post("/api/auth/login", { data: { email, password } });
    expect(reply.ok(), await reply.text()).toBe(true);
    const { accessToken, user } = (await reply.json()).data;
    return new Asker(request, accessToken, user.id);
  }

  async ask(method: "GET" | "POST" | "PUT", path: string, data?: Json): Promise<any> {
    const headers = { authorization: `Bearer ${this.token}` };
    const reply = await this.request.fetch(path, { method, headers, ...(data ? { data } : {}) });
    expect(reply.ok(), `${method} ${path}: ${await reply.text()}`).toBe(true);
    return reply.status() === 204 ? undefined : (await reply.json()).data;
  }

  /** Their live trips, for an organizer. */
  async liveTrips(): Promise<any[]> {
    const trips = await this.ask("GET", "/api/trips/mine?limit=100");
    return trips.filter((trip: Json) => trip.visibility === "live");
  }

  /** Takes a step with a lead. */
  async moveLead(id: string, status: string): Promise<void> {
    const path = `/api/crm/leads/${id}`;
    const { version } = await this.ask("GET", path);
    await this.ask("PUT", path, { version, status });
  }
}
