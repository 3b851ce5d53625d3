/** People who are told something: travellers of a test's own, whose enquiries the demo's organizer books. */
import type { APIRequestContext } from "@playwright/test";
import { Asker, registerTraveller, type Account } from "./asker.ts";
import { demoPassword, organizer } from "./people.ts";
import { expect } from "./test.ts";

/** A traveller who was told of so many bookings: each of another trip of the demo's organizer. */
export async function makeBookedTraveller(request: APIRequestContext, bookings: number): Promise<Account> {
  const account = await registerTraveller(request, "Asha");
  const traveller = await Asker.signIn(request, account.email, account.password);
  const seller = await Asker.signIn(request, organizer, demoPassword);
  const live = (await seller.liveTrips()).slice(0, bookings);
  expect(live).toHaveLength(bookings);
  for (const trip of live) {
    const { id } = await traveller.ask("POST", "/api/crm/leads", { tripId: trip.id });
    await bookLead(seller, id);
  }
  return account;
}

/** Converts a new lead, which its traveller is told of. */
export async function bookLead(seller: Asker, id: string): Promise<void> {
  for (const status of ["contacted", "interested"]) await seller.moveLead(id, status);
  await seller.ask("POST", `/api/crm/leads/${id}/convert`, { partySize: 1, amount: { amount: 1_000_000, currency: "INR" } });
}
