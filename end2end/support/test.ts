/**
 * What specs import instead of Playwright's own: `test` watches for problems by itself, `expect` is Playwright's, `scriptless`
 * tells whether the project runs without JavaScript.
 */
import { test as base, expect } from "@playwright/test";
import { noteLines } from "./line.ts";
import { Problems } from "./problems.ts";

type Fixtures = {
  /** Problems of this test; fails it at its end. */
  problems: Problems;
  /** Whether pages run no script. */
  scriptless: boolean;
  /** Pages tell whether they are connected. */
  connected: void;
};

export const test = base.extend<Fixtures>({
  problems: [
    async ({ context, baseURL, scriptless }, use) => {
      const problems = new Problems(baseURL ?? "", scriptless);
      problems.watch(context);
      await use(problems);
      expect(problems.verdict(), "problems while the test ran").toEqual([]);
    },
    { auto: true },
  ],
  connected: [
    async ({ context, scriptless }, use) => {
      if (!scriptless) await noteLines(context);
      await use();
    },
    { auto: true },
  ],
  scriptless: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled === false),
});

export { expect };
