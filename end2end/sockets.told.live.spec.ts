/** The Socket.IO door with the official client: what is told while people talk, and of everything else that changes. */
import { randomUUID } from "node:crypto";
import { expect } from "./support/live.ts";
import { absent, id, joinBoth, refused, test } from "./support/programs.ts";

test.describe("while people talk", () => {
  test("that somebody types is told to the other side, and that they stopped", async ({ connect, talk }) => {
    const [hers, theirs] = await joinBoth(connect, talk);
    const typing = (isTyping: boolean) => ({ conversationId: talk.id, userId: talk.traveller.id, isTyping });
    expect(await hers.ask("typing:start", { conversationId: talk.id })).toEqual({});
    expect(await theirs.hear("typing:indicator")).toEqual(typing(true));
    expect(await hers.ask("typing:stop", { conversationId: talk.id })).toEqual({});
    expect(await theirs.hear("typing:indicator", ({ isTyping }) => !isTyping)).toEqual(typing(false));
  });

  test("typing ends by itself", async ({ connect, talk }) => {
    const [hers, theirs] = await joinBoth(connect, talk);
    hers.say("typing:start", { conversationId: talk.id });
    await theirs.hear("typing:indicator", ({ isTyping }) => isTyping);
    const since = Date.now();
    await theirs.hear("typing:indicator", ({ isTyping }) => !isTyping);
    console.log(`typing: ended after ${((Date.now() - since) / 6_000).toFixed(2)} of the six seconds`);
  });

  test("nobody types in a conversation of others", async ({ connect, talk, stranger }) => {
    const [, theirs] = await joinBoth(connect, talk);
    const program = connect(stranger.token);
    for (const event of ["typing:start", "typing:stop"]) {
      expect(await program.ask(event, { conversationId: talk.id })).toEqual(refused("not_found"));
    }
    await theirs.ask("leave:conversation", { conversationId: absent });
    expect(theirs.all("typing:indicator")).toEqual([]);
  });

  test("how far somebody has read is told, and never goes back", async ({ connect, talk }) => {
    for (const words of ["One", "Two", "Three"]) await talk.say(talk.traveller, words);
    const [hers, theirs] = await joinBoth(connect, talk);
    expect(await theirs.ask("message:read", { conversationId: talk.id, seq: 2 })).toEqual({});
    expect(await hers.hear("message:read")).toEqual({ conversationId: talk.id, userId: talk.seller.id, seq: 2 });
    expect(await theirs.ask("message:read", { conversationId: talk.id, seq: 1 })).toEqual({});
    await theirs.ask("message:read", { conversationId: talk.id, seq: 3 });
    await hers.hear("message:read", ({ seq }) => seq === 3);
    expect(hers.all("message:read").map(({ seq }) => seq)).toEqual([2, 3]);
  });

  test("nobody reads in a conversation of others", async ({ connect, talk, stranger }) => {
    await talk.say(talk.traveller, "One");
    expect(await connect(stranger.token).ask("message:read", { conversationId: talk.id, seq: 1 })).toEqual(refused("not_found"));
  });

  test("who shares a conversation is told that somebody comes and goes, and nobody else is", async ({ connect, talk, stranger }) => {
    await talk.say(talk.traveller, "Are you there?");
    const [theirs, outside] = [connect(talk.seller.token), connect(stranger.token)];
    for (const program of [theirs, outside]) await program.ask("leave:conversation", { conversationId: absent });
    const hers = connect(talk.traveller.token);
    const isHer = ({ userId }: { userId: string }) => userId === talk.traveller.id;
    expect(await theirs.hear("user:online", isHer)).toEqual({ userId: talk.traveller.id });
    hers.close();
    expect(await theirs.hear("user:offline", isHer)).toEqual({ userId: talk.traveller.id });
    await outside.ask("leave:conversation", { conversationId: absent });
    expect([...outside.all("user:online"), ...outside.all("user:offline")].filter(isHer)).toEqual([]);
  });
});

test.describe("what else is told", () => {
  test("a notification with how much is unread, and what may be stale", async ({ connect, talk }) => {
    const [theirs, hers] = [connect(talk.seller.token), connect(talk.traveller.token)];
    for (const program of [theirs, hers]) await program.ask("leave:conversation", { conversationId: absent });
    const { id: lead } = await talk.traveller.ask("POST", "/api/crm/leads", { tripId: talk.trip.id, message: "Is there a seat?" });
    const ofLead = ({ notification }: any) => notification.link.includes(lead);
    const news = await theirs.hear("notification:new", ofLead);
    expect(news).toEqual({ notification: expect.objectContaining({ kind: "lead", id: expect.stringMatching(id) }), unreadCount: expect.any(Number) });
    expect(await theirs.hear("changed", (changed) => changed.id === lead)).toEqual({ kind: "lead", id: lead });
    await talk.seller.moveLead(lead, "contacted");
    expect(await hers.hear("changed")).toMatchObject({ kind: "dashboard" });
    expect(hers.all("changed").filter(({ kind }) => kind === "lead")).toEqual([]);
  });

  test("a ticket of theirs changes for the requester, and for no other traveller", async ({ connect, talk, stranger }) => {
    const [hers, outside] = [connect(talk.traveller.token), connect(stranger.token)];
    for (const program of [hers, outside]) await program.ask("leave:conversation", { conversationId: absent });
    const ticket = { subject: "Where is my bill?", description: "I have paid and got none.", category: "payment" };
    const { id: ticketId } = await talk.traveller.ask("POST", "/api/crm/tickets", ticket);
    expect(await hers.hear("changed", (changed) => changed.id === ticketId)).toEqual({ kind: "ticket", id: ticketId });
    await outside.ask("leave:conversation", { conversationId: absent });
    expect(outside.all("changed").filter((changed) => changed.id === ticketId)).toEqual([]);
  });

  test("what is no event of the protocol is refused, and the connection goes on", async ({ connect, talk }) => {
    const [hers] = await joinBoth(connect, talk);
    for (const [event, payload] of [
      ["no such event", {}],
      ["join:conversation", null],
      ["join:conversation", { conversationId: { $ne: null } }],
      ["join:conversation", { conversationId: talk.id, afterSeq: -1 }],
      ["message:send", "words"],
      ["message:read", [1, 2]],
      ["typing:start", { conversationId: talk.id, userId: talk.seller.id }],
    ] as const) {
      expect(await hers.ask(event, payload), `${event} ${JSON.stringify(payload)}`).toEqual(refused("malformed_request"));
    }
    expect(await hers.ask("leave:conversation", { conversationId: talk.id })).toEqual({});
  });

  test("a message beyond 64 KiB ends the connection, and no other", async ({ connect, talk }) => {
    const [hers, theirs] = await joinBoth(connect, talk);
    hers.say("message:send", { conversationId: talk.id, clientId: randomUUID(), body: "x".repeat(65 * 1024) });
    expect(await hers.end()).not.toBe("");
    expect(await theirs.ask("leave:conversation", { conversationId: talk.id })).toEqual({});
  });
});
