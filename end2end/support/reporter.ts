/** Prints the closing line that says how many tests ran, and removes the server's data when all is over. */
import type { FullConfig, FullResult, Reporter, Suite } from "@playwright/test/reporter";
import { removeData } from "./server.ts";

export default class ClosingLine implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: FullConfig, suite: Suite): void {
    this.suite = suite;
  }

  async onExit(): Promise<void> {
    removeData();
  }

  onEnd(_result: FullResult): void {
    const outcomes = (this.suite?.allTests() ?? []).map((test) => test.outcome());
    const count = (...wanted: string[]) => outcomes.filter((outcome) => wanted.includes(outcome)).length;
    console.log(`end2end: ${count("expected", "flaky")} passed, ${count("unexpected")} failed, ${count("skipped")} skipped`);
  }

  printsToStdio(): boolean {
    return false;
  }
}
