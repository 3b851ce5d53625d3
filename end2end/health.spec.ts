import { expect, test } from "./support/test.ts";

test("the server says that it is up", async ({ page }) => {
  const answer = await page.goto("/healthz");
  expect(answer?.status()).toBe(200);
});

test("the server says that its database is reachable", async ({ request }) => {
  const answer = await request.get("/readyz");
  expect(answer.status()).toBe(200);
});
