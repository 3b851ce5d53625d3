/**
 * What must not happen while a test runs: console errors, page errors, requests to our own server that fail. A test that causes
 * one on purpose says so with `problems.expect(...)`; then it must happen. What comes or not, by chance, is named with
 * `problems.mayHappen(...)`.
 */
import type { BrowserContext, Page, Request, Response } from "@playwright/test";

export class Problems {
  private readonly seen: string[] = [];
  private readonly expected: RegExp[] = [];
  private readonly possible: RegExp[] = [];

  constructor(
    private readonly origin: string,
    private readonly scriptless: boolean,
  ) {}

  /** The test is going to cause a problem that matches, and fails if it does not come. */
  expect(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  /** A problem that matches may come, and need not. */
  mayHappen(pattern: RegExp): void {
    this.possible.push(pattern);
  }

  /** Listens to all pages of a context, those that are opened later as well. */
  watch(context: BrowserContext): void {
    context.pages().forEach((page) => this.watchPage(page));
    context.on("page", (page) => this.watchPage(page));
    context.on("requestfailed", (request) => this.noteFailure(request));
    context.on("response", (response) => this.noteResponse(response));
  }

  /** What happened unexpectedly, and what was expected and did not happen. */
  verdict(): string[] {
    const known = [...this.expected, ...this.possible];
    const unexpected = this.seen.filter((problem) => !known.some((pattern) => pattern.test(problem)));
    const missed = this.expected.filter((pattern) => !this.seen.some((problem) => pattern.test(problem)));
    return [...unexpected, ...missed.map((pattern) => `expected, but did not happen: ${pattern}`)];
  }

  private watchPage(page: Page): void {
    page.on("pageerror", (error) => this.seen.push(`page error: ${error.stack ?? error.message}`));
    page.on("console", (message) => {
      const text = `${message.text()} (${message.location().url})`;
      // Playwright puts a script into every frame, also where nothing may run.
      if (/^Blocked script execution in '.*' because the document's frame is sandboxed/.test(text)) return;
      if (message.type() === "error") this.seen.push(`console error: ${text}`);
      // Leptos reports a page that does not fit its markup as a warning.
      if (message.type() === "warning" && /hydrat/i.test(text)) this.seen.push(`hydration warning: ${text}`);
    });
  }

  private noteResponse(response: Response): void {
    const isPage = response.request().isNavigationRequest();
    if (response.status() >= 500 || (response.status() >= 400 && !isPage)) {
      this.note(`answer ${response.status()}: ${response.request().method()} ${response.url()}`, response.url());
    }
  }

  private noteFailure(request: Request): void {
    // Where script is off, the browser itself blocks a script that is to be preloaded, and calls that "csp".
    const isBlocked = this.scriptless && request.failure()?.errorText === "csp" && request.url().endsWith(".js");
    if (!isBlocked) this.note(describeFailure(request), request.url());
  }

  private note(problem: string | undefined, url: string): void {
    if (problem && url.startsWith(this.origin)) this.seen.push(problem);
  }
}

/** A request that the page itself gave up when it was left is no failure. */
function describeFailure(request: Request): string | undefined {
  const reason = request.failure()?.errorText ?? "unknown";
  return reason === "net::ERR_ABORTED" ? undefined : `request failed (${reason}): ${request.method()} ${request.url()}`;
}
