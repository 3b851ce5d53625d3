/**
 * The server that the tests talk to: the debug binary of this checkout with the site that ships, on a free port, with demo data
 * in a temporary folder. The choice is made once, in the first process that asks, and handed to the others by the environment.
 */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const root = resolve(import.meta.dirname, "../..");

/** A port that nobody listens on now. */
function chooseFreePort(): string {
  const script = "const s=require('net').createServer().listen(0,'127.0.0.1',()=>{process.stdout.write(`${s.address().port}`);s.close()})";
  return execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }).trim();
}

process.env.TREK_E2E_PORT ||= chooseFreePort();
process.env.TREK_E2E_DATA ||= mkdtempSync(join(tmpdir(), "trek-tribe-e2e-"));

/** `host:port`. */
export const address = `127.0.0.1:${process.env.TREK_E2E_PORT}`;
/** The server's data, mails included (`outbox/*.eml`). */
export const dataDir = process.env.TREK_E2E_DATA;
/** Where the pages are. */
export const baseURL = `http://${address}`;

/** What starts it. */
export function serverCommand(): string {
  const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  const binary = process.env.TREK_E2E_SERVER ?? join(resolve(root, target), "debug/trek-tribe");
  if (!existsSync(binary)) {
    throw new Error(`${binary} is missing: \`make e2e\` builds it and runs these tests`);
  }
  return `exec '${binary}' serve --demo`;
}

/** What it is told by its environment. */
function environment(address: string, dataDir: string): Record<string, string> {
  return { TREK_ADDR: address, TREK_PUBLIC_URL: `http://${address}`, TREK_DATA_DIR: dataDir, TREK_ENV: "development" };
}

/** How it is started. */
export const serverOptions = {
  cwd: root,
  env: environment(address, dataDir),
  url: `${baseURL}/readyz`,
  reuseExistingServer: false,
  timeout: 180_000,
  stdout: "ignore",
  stderr: "pipe",
  // The server stops its database before it ends.
  gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
} as const;

/** Removes the data after the server has ended. */
export function removeData(): void {
  rmSync(dataDir, { recursive: true, force: true });
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** A server of a test's own, which can be stopped and started again with the same address and data. */
export class OwnServer {
  readonly address = `127.0.0.1:${chooseFreePort()}`;
  readonly baseURL = `http://${this.address}`;
  private readonly dataDir = mkdtempSync(join(tmpdir(), "trek-tribe-e2e-own-"));
  private running: ChildProcess | undefined;

  /** Starts it, and waits until it answers. */
  async start(): Promise<void> {
    const env = { ...process.env, ...environment(this.address, this.dataDir) };
    // The command replaces the shell by the server: a signal to the one reaches the other.
    this.running = spawn("sh", ["-c", serverCommand()], { cwd: root, env, stdio: ["ignore", "ignore", "inherit"] });
    const until = Date.now() + serverOptions.timeout;
    while (!(await this.isReady())) {
      if (hasEnded(this.running)) throw new Error("the server ended before it was ready");
      if (Date.now() > until) throw new Error("the server is not ready in time");
      await wait(200);
    }
  }

  /** Tells it to end, and waits until it has. */
  async stop(): Promise<void> {
    const { running } = this;
    if (!running || hasEnded(running)) return;
    const ended = once(running, "exit");
    running.kill("SIGTERM");
    await ended;
  }

  /** Stops it and removes its data. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private async isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.baseURL}/readyz`)).ok;
    } catch {
      // Nobody listens yet.
      return false;
    }
  }
}
