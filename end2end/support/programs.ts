/** Programs at the Socket.IO door: the official client, and what it was told. */
import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
import { expect, test as base, type Talk } from "./live.ts";
import { baseURL } from "./server.ts";

type Options = Partial<ManagerOptions & SocketOptions>;
/** Something that a program was told. */
type Heard = { event: string; payload: any };

/** How long an answer may take, in milliseconds. */
const ANSWERED_WITHIN = 20_000;

export class Program {
  /** What it was told, in order. */
  readonly heard: Heard[] = [];
  /** Why its connection ended, each time that it did. */
  readonly ends: string[] = [];

  private constructor(readonly socket: Socket) {
    socket.onAny((event: string, payload: unknown) => this.heard.push({ event, payload }));
    socket.on("disconnect", (reason) => this.ends.push(reason));
  }

  /** Connects, with a token or without one. A websocket at once, and no second attempt, unless `options` say otherwise. */
  static connect(token?: string, options: Options = {}, at = baseURL): Program {
    const auth = token === undefined ? {} : { token };
    return new Program(io(at, { auth, transports: ["websocket"], reconnection: false, forceNew: true, ...options }));
  }

  /** Asks for something and returns the answer. */
  async ask(event: string, payload?: unknown): Promise<any> {
    return this.socket.timeout(ANSWERED_WITHIN).emitWithAck(event, payload);
  }

  /** Says something that asks for no answer. */
  say(event: string, payload?: unknown): void {
    this.socket.emit(event, payload);
  }

  /** The payloads of what it was told under a name. */
  all(event: string): any[] {
    return this.heard.filter((heard) => heard.event === event).map((heard) => heard.payload);
  }

  /** Waits until it is told something that `fits`, and returns the payload. */
  async hear(event: string, fits: (payload: any) => boolean = () => true): Promise<any> {
    const find = () => this.all(event).find(fits);
    await expect.poll(() => find() !== undefined, { message: `to be told ${event}` }).toBe(true);
    return find();
  }

  /** Waits until the connection has ended, and says why. */
  async end(): Promise<string> {
    await expect.poll(() => this.ends.length, { message: "the end of the connection" }).toBeGreaterThan(0);
    return this.ends[0] ?? "";
  }

  close(): void {
    this.socket.disconnect();
  }
}

type Connect = (...given: Parameters<typeof Program.connect>) => Program;

/** `connect` opens connections that end with the test. */
export const test = base.extend<{ connect: Connect }>({
  connect: async ({}, use) => {
    const programs: Program[] = [];
    await use((...given) => {
      const program = Program.connect(...given);
      programs.push(program);
      return program;
    });
    programs.forEach((program) => program.close());
  },
});

/** An id that nothing has. */
export const absent = "65f1c0ffee00112233445566";
/** How ids and times look. */
export const id = /^[0-9a-f]{24}$/;
export const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** How something is refused: a code, and a sentence for people. */
export function refused(error: string): Record<string, unknown> {
  return { error, message: expect.stringMatching(/^[A-Z].*\.$/) };
}

/** Has both people of a conversation listen to it. */
export async function joinBoth(connect: Connect, talk: Talk): Promise<[Program, Program]> {
  const programs: [Program, Program] = [connect(talk.traveller.token), connect(talk.seller.token)];
  for (const program of programs) await program.ask("join:conversation", { conversationId: talk.id });
  return programs;
}
