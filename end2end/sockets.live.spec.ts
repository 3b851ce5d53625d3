/** The Socket.IO door with the official client: coming in, joining a conversation, sending a message. No browser opens a page here. */
import { randomUUID } from "node:crypto";
import { Asker, registerTraveller } from "./support/asker.ts";
import { pdf } from "./support/files.ts";
import { expect } from "./support/live.ts";
import { absent, id, joinBoth, refused, test, time } from "./support/programs.ts";

test.describe("coming in", () => {
  test("a token at the handshake is enough", async ({ connect, talk }) => {
    const program = connect(talk.traveller.token);
    expect(await program.ask("join:conversation", { conversationId: talk.id })).toMatchObject({ messages: [] });
  });

  test("authenticate names the person, and nothing is done before", async ({ connect, talk }) => {
    const program = connect();
    const early = await program.ask("join:conversation", { conversationId: talk.id });
    expect(early).toEqual(refused("unauthenticated"));
    expect(await program.ask("authenticate", { token: talk.traveller.token })).toEqual({ userId: talk.traveller.id });
    expect(await program.ask("join:conversation", { conversationId: talk.id })).toMatchObject({ messages: [] });
  });

  test("a wrong token at the handshake is told by an error, and ends the connection", async ({ connect }) => {
    const program = connect("this is no token");
    expect(await program.hear("error")).toEqual(refused("unauthenticated"));
    expect(await program.end()).toBe("io server disconnect");
  });

  test("a wrong token is refused by authenticate, and ends the connection", async ({ connect }) => {
    const program = connect();
    expect(await program.ask("authenticate", { token: "this is no token" })).toEqual(refused("unauthenticated"));
    expect(await program.end()).toBe("io server disconnect");
  });

  test("who names no token for five seconds is told why, and the connection ends", async ({ connect }) => {
    const program = connect();
    const since = Date.now();
    expect(await program.end()).toBe("io server disconnect");
    console.log(`without a token: ended after ${((Date.now() - since) / 5_000).toFixed(2)} of the five seconds`);
    expect(program.all("error")).toEqual([refused("unauthenticated")]);
  });

  test("signing out ends the connections of that session and no others", async ({ connect, request, talk }) => {
    const { email, password } = talk.person;
    const here = await Asker.signIn(request, email, password);
    const [ended, stays] = [connect(here.token), connect(talk.traveller.token)];
    for (const program of [ended, stays]) await program.ask("leave:conversation", { conversationId: absent });
    await here.ask("POST", "/api/auth/logout");
    expect(await ended.end()).toBe("io server disconnect");
    expect(await stays.ask("leave:conversation", { conversationId: absent })).toEqual({});
  });

  for (const transports of [["polling"], ["polling", "websocket"], ["websocket"]]) {
    test(`everything goes over ${transports.join(", then ")}`, async ({ connect, talk }) => {
      const program = connect(talk.traveller.token, { transports });
      await program.ask("join:conversation", { conversationId: talk.id });
      const name = () => program.socket.io.engine.transport.name;
      await expect.poll(name).toBe(transports.at(-1));
      const sent = { conversationId: talk.id, clientId: randomUUID(), body: "Over which road?" };
      const { seq } = await program.ask("message:send", sent);
      expect(await program.hear("message:new")).toMatchObject({ seq, body: "Over which road?" });
    });
  }
});

test.describe("joining a conversation", () => {
  test("gives what was said after a message, in order, and then what is said", async ({ connect, talk }) => {
    for (const words of ["One", "Two", "Three"]) await talk.say(talk.seller, words);
    const program = connect(talk.traveller.token);
    const joined = await program.ask("join:conversation", { conversationId: talk.id, afterSeq: 1 });
    expect(joined).toMatchObject({ lastSeq: 3, more: false });
    expect(joined.messages.map(({ seq, body }: any) => [seq, body])).toEqual([[2, "Two"], [3, "Three"]]);
    await talk.say(talk.seller, "Four");
    await program.hear("message:new", ({ seq }) => seq === 4);
    expect(program.all("message:new").map(({ seq }) => seq)).toEqual([4]);
  });

  test("gives nothing old without a number", async ({ connect, talk }) => {
    await talk.say(talk.seller, "One");
    const program = connect(talk.traveller.token);
    const joined = await program.ask("join:conversation", { conversationId: talk.id });
    expect(joined).toMatchObject({ messages: [], lastSeq: 1, more: false, otherReadSeq: 1 });
  });

  test("is refused to others as if it were not there", async ({ connect, talk, stranger }) => {
    const program = connect(stranger.token);
    const foreign = await program.ask("join:conversation", { conversationId: talk.id, afterSeq: 0 });
    expect(foreign).toEqual(refused("not_found"));
    expect(await program.ask("join:conversation", { conversationId: absent, afterSeq: 0 })).toEqual(foreign);
  });

  test("ends by leaving it", async ({ connect, talk }) => {
    const [leaves, stays] = await joinBoth(connect, talk);
    await talk.say(talk.seller, "One");
    await leaves.hear("message:new");
    expect(await leaves.ask("leave:conversation", { conversationId: talk.id })).toEqual({});
    await talk.say(talk.seller, "Two");
    await stays.hear("message:new", ({ seq }) => seq === 2);
    // Whatever was told before is there once an answer is.
    await leaves.ask("leave:conversation", { conversationId: talk.id });
    expect(leaves.all("message:new").map(({ seq }) => seq)).toEqual([1]);
  });
});

test.describe("sending a message", () => {
  test("is answered once it is stored, and told to every connection that joined", async ({ connect, talk }) => {
    const [hers, theirs] = await joinBoth(connect, talk);
    const clientId = randomUUID();
    const answer = await hers.ask("message:send", { conversationId: talk.id, clientId, body: "Is it cold?" });
    expect(answer).toEqual({ id: expect.stringMatching(id), seq: 1, sentAt: expect.stringMatching(time) });
    const stored = await talk.seller.ask("GET", `/api/crm/conversations/${talk.id}/messages`);
    expect(stored).toMatchObject([{ id: answer.id, seq: 1, clientId, body: "Is it cold?" }]);
    const message = { ...answer, conversationId: talk.id, clientId, senderId: talk.traveller.id, body: "Is it cold?", attachments: [] };
    for (const program of [hers, theirs]) expect(await program.hear("message:new")).toEqual(message);
  });

  test("takes files that were sent before", async ({ connect, talk, request }) => {
    const [hers, theirs] = await joinBoth(connect, talk);
    const file = pdf("form.pdf");
    const headers = { authorization: `Bearer ${talk.traveller.token}` };
    const kept = await (await request.post("/api/files", { headers, multipart: { file } })).json();
    const sent = { conversationId: talk.id, clientId: randomUUID(), body: "", attachments: [kept.data.id] };
    expect(await hers.ask("message:send", sent)).toMatchObject({ seq: 1 });
    const told = await theirs.hear("message:new");
    expect(told.attachments).toEqual([{ id: kept.data.id, name: "form.pdf", size: kept.data.size, contentType: "application/pdf" }]);
  });

  test("is stored and told once under one client id", async ({ connect, talk }) => {
    const [hers, theirs] = await joinBoth(connect, talk);
    const sent = { conversationId: talk.id, clientId: randomUUID(), body: "Twice?" };
    const first = await hers.ask("message:send", sent);
    expect(await hers.ask("message:send", sent)).toEqual(first);
    const next = await hers.ask("message:send", { ...sent, clientId: randomUUID(), body: "Once." });
    expect(next).toMatchObject({ seq: 2 });
    await theirs.hear("message:new", ({ seq }) => seq === 2);
    expect(theirs.all("message:new").map(({ body }) => body)).toEqual(["Twice?", "Once."]);
  });

  for (const [what, body, error] of [
    ["empty words", "", "invalid_input"],
    ["blank words", " \n ", "invalid_input"],
    ["4,001 characters", "x".repeat(4_001), "invalid_input"],
  ] as const) {
    test(`is refused for ${what}, and nothing is stored`, async ({ connect, talk }) => {
      const [hers] = await joinBoth(connect, talk);
      const sent = { conversationId: talk.id, clientId: randomUUID(), body };
      expect(await hers.ask("message:send", sent)).toEqual(refused(error));
      expect(await talk.seller.ask("GET", `/api/crm/conversations/${talk.id}/messages`)).toEqual([]);
    });
  }

  test("takes 4,000 characters of any script", async ({ connect, talk }) => {
    const [hers, theirs] = await joinBoth(connect, talk);
    const body = "ॐ".repeat(4_000);
    expect(await hers.ask("message:send", { conversationId: talk.id, clientId: randomUUID(), body })).toMatchObject({ seq: 1 });
    expect((await theirs.hear("message:new")).body).toBe(body);
  });

  test("is refused to others as if the conversation were not there", async ({ connect, talk, stranger }) => {
    const program = connect(stranger.token);
    const sent = { clientId: randomUUID(), body: "Let me in." };
    const foreign = await program.ask("message:send", { ...sent, conversationId: talk.id });
    expect(foreign).toEqual(refused("not_found"));
    expect(await program.ask("message:send", { ...sent, conversationId: absent })).toEqual(foreign);
    expect(await talk.seller.ask("GET", `/api/crm/conversations/${talk.id}/messages`)).toEqual([]);
  });

  test("takes no sender from the payload", async ({ connect, talk }) => {
    const [hers] = await joinBoth(connect, talk);
    const sent = { conversationId: talk.id, clientId: randomUUID(), body: "I am somebody else.", senderId: talk.seller.id };
    expect(await hers.ask("message:send", sent)).toEqual(refused("malformed_request"));
  });

  test("is refused by an error that names the message where no answer was asked for", async ({ connect, talk }) => {
    const [hers] = await joinBoth(connect, talk);
    const clientId = randomUUID();
    hers.say("message:send", { conversationId: talk.id, clientId, body: "" });
    expect(await hers.hear("error")).toEqual({ ...refused("invalid_input"), clientId });
  });

  test("is refused to who has tried twenty times in ten seconds, also where it was not theirs to say anything", async ({ connect, request }) => {
    // Somebody who has sent nothing yet.
    const { email, password } = await registerTraveller(request, "Lata");
    const sender = await Asker.signIn(request, email, password);
    const { id: conversationId } = await sender.ask("POST", "/api/crm/conversations", { support: true });
    const program = connect(sender.token);
    const send = (to: string) => program.ask("message:send", { conversationId: to, clientId: randomUUID(), body: "Is it cold?" });
    // To refuse is quick also on a slow machine: twenty messages may take it more than ten seconds.
    const places = [conversationId, ...Array.from({ length: 19 }, () => absent), conversationId, conversationId];
    const [taken, ...others] = await Promise.all(places.map(send));
    expect(taken).toMatchObject({ seq: 1 });
    expect(others.slice(0, 19)).toEqual(Array.from({ length: 19 }, () => refused("not_found")));
    expect(others.slice(19)).toEqual([refused("too_many_requests"), refused("too_many_requests")]);
  });
});
