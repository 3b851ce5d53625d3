/**
 * The server that the tests talk to: the debug binary of this checkout with the site that ships, on a free port, with demo data
 * in a temporary folder. The choice is made once, in the first process that asks, and handed to the others by the environment.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** A port that nobody listens on now. */
function chooseFreePort(): string {
  const script = "const s=require('net').createServer().listen(0,'127.0.0.1',()=>{console.log(s.address().port);s.close()})";
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

/** How it is started. */
export const serverOptions = {
  cwd: root,
  env: { TREK_ADDR: address, TREK_PUBLIC_URL: baseURL, TREK_DATA_DIR: dataDir, TREK_ENV: "development" },
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
