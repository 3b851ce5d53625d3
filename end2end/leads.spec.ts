/** The leads as a list and as a board, many at once, and as files. */
import { readFileSync } from "node:fs";
import { addLead, askToMove, cardOf, columnOf, expectSortedByScore, findLead, rowOf, rows } from "./support/leads.ts";
import { waitForLine } from "./support/line.ts";
import { makePerson, makeSurname, organizer, signIn } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

test.beforeEach(async ({ page }) => {
  await signIn(page, organizer);
});

test("chips filter the list, and take their filter away again", async ({ page }) => {
  await page.goto("/leads");
  const hot = page.getByRole("group", { name: "Quick filters" }).getByRole("link", { name: /^Hot/ });
  await hot.click();
  await expect(page).toHaveURL(/tier=hot/);
  await expect(hot).toHaveAttribute("aria-current", "true");
  await expect(rows(page).first()).toBeVisible();
  await expect(rows(page).filter({ hasNotText: "Hot" })).toHaveCount(0);
  await hot.click();
  await expect(page).not.toHaveURL(/tier=hot/);
});

test("a menu filters by trip", async ({ page }) => {
  await page.goto("/leads");
  await page.locator("summary", { hasText: /^Trip$/ }).click();
  await page.getByRole("main").getByRole("link", { name: "Kuari Pass trek", exact: true }).click();
  await expect(page).toHaveURL(/tripId=/);
  await expect(page.locator("summary", { hasText: "Kuari Pass trek" })).toBeVisible();
  await expect(rows(page).first()).toBeVisible();
  await expect(rows(page).filter({ hasNotText: "Kuari Pass trek" })).toHaveCount(0);
});

test("the filter form asks for several things at once", async ({ page }) => {
  await page.goto("/leads");
  await page.locator("summary", { hasText: /^Filter$/ }).click();
  const form = page.getByRole("form", { name: "Filter", exact: true });
  await form.getByLabel("Stage").selectOption("interested");
  await form.getByLabel("Score").selectOption("hot");
  await form.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/status=interested/);
  await expect(page).toHaveURL(/tier=hot/);
  await expect(rows(page).first()).toBeVisible();
  await expect(rows(page).filter({ hasNotText: "Interested" })).toHaveCount(0);
  await expect(rows(page).filter({ hasNotText: "Hot" })).toHaveCount(0);
});

test("what nobody is called finds nothing and offers a way out", async ({ page }) => {
  await page.goto("/leads");
  await findLead(page, makeSurname());
  await expect(page.getByText("No lead fits this filter")).toBeVisible();
  await page.getByRole("link", { name: "Show all leads" }).click();
  await expect(rows(page).first()).toBeVisible();
});

test("heads sort the list, and turn its order round", async ({ page }) => {
  await page.goto("/leads");
  await expectSortedByScore(page);
  const head = page.getByRole("columnheader", { name: "Last activity" });
  const moments = () => rows(page).locator(".c-last time").evaluateAll((times) => times.map((time) => time.getAttribute("datetime")));
  await head.getByRole("link").click();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  const latest = await moments();
  expect(latest).toEqual([...latest].sort().reverse());
  await head.getByRole("link").click();
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  const oldest = await moments();
  expect(oldest).toEqual([...oldest].sort());
});

test("pages follow one another and lead back", async ({ page }) => {
  await page.goto("/leads?status=all");
  const first = await rows(page).first().innerText();
  const pager = page.getByRole("navigation", { name: "Pages of leads" });
  await expect(pager).toContainText(/^1–20 of/);
  await pager.getByRole("link", { name: "Next" }).click();
  await expect(pager).toContainText(/^21–40 of/);
  await expect(rows(page).first()).not.toHaveText(first);
  await pager.getByRole("link", { name: "Previous" }).click();
  await expect(pager).toContainText(/^1–20 of/);
});

test("a filter is kept as a view, pinned, and deleted", async ({ page }) => {
  const name = `Warm ${makeSurname()}`;
  await page.goto("/leads?tier=warm");
  await page.locator("summary", { hasText: "Save view" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Pin it to the sidebar").check();
  await page.getByRole("button", { name: "Save view" }).click();
  const tab = page.getByRole("navigation", { name: "Saved views" }).getByRole("link", { name });
  const pin = page.getByRole("complementary", { name: "Workspace" }).getByRole("link", { name });
  await expect(tab).toBeVisible();
  await expect(pin).toBeVisible();

  await page.goto("/today");
  await pin.click();
  await expect(page).toHaveURL(/tier=warm/);
  await expect(tab).toHaveAttribute("aria-current", "page");
  await expect(rows(page).filter({ hasNotText: "Warm" })).toHaveCount(0);

  await page.locator("summary", { hasText: "Edit view" }).click();
  await page.getByRole("button", { name: "Delete this view" }).click();
  await expect(tab).toHaveCount(0);
  await expect(pin).toHaveCount(0);
});

test("the board has a column for each stage, and Move to… moves a card", async ({ page }) => {
  const person = makePerson("Lakshmi");
  await addLead(page, person);
  await page.goto(`/leads?layout=board&q=${person.email}`);
  for (const stage of ["New", "Contacted", "Interested", "Converted", "Not interested", "Lost"]) {
    await expect(columnOf(page, stage)).toBeVisible();
  }
  const sheet = await askToMove(cardOf(columnOf(page, "New"), person.name));
  const contacted = sheet.getByRole("button", { name: "Contacted" });
  await expect(contacted).toBeFocused();
  await contacted.click();
  await expect(cardOf(columnOf(page, "Contacted"), person.name)).toBeVisible();
  await expect(cardOf(columnOf(page, "New"), person.name)).toHaveCount(0);
  await expect(sheet).toHaveCount(0);
});

test("closing a lead as lost on the board takes a reason", async ({ page }) => {
  const person = makePerson("Bhavna");
  await addLead(page, person);
  await page.goto(`/leads?layout=board&q=${person.email}`);
  const uninterested = await askToMove(cardOf(columnOf(page, "New"), person.name));
  await expect(uninterested.getByText("Close as lost because of")).toHaveCount(0);
  await uninterested.getByRole("button", { name: "Not interested" }).click();
  // With script it is shown before the server has moved it; the next step is taken after this one.
  await expect(page.getByRole("status")).toContainText("is “Not interested” now");
  const lost = await askToMove(cardOf(columnOf(page, "Not interested"), person.name));
  await lost.getByRole("button", { name: "Price" }).click();
  await expect(cardOf(columnOf(page, "Lost"), person.name)).toBeVisible();
});

test("ticked leads are moved together", async ({ page }) => {
  const surname = makeSurname();
  const people = ["Arjun", "Divya", "Farhan"].map((first) => makePerson(first, surname));
  for (const person of people) await addLead(page, person);
  await page.goto(`/leads?q=${surname}`);
  await expect(rows(page)).toHaveCount(3);
  for (const { name } of people.slice(0, 2)) await page.getByRole("checkbox", { name: `Select ${name}` }).check();
  const bar = page.getByRole("region", { name: "Actions for the selection" });
  await bar.locator("summary", { hasText: "Move to…" }).click();
  await bar.getByRole("button", { name: "Contacted", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("2 leads changed.");
  for (const { name } of people.slice(0, 2)) await expect(rowOf(page, name)).toContainText("Contacted");
  await expect(rowOf(page, people[2]?.name ?? "")).toContainText("New");
});

test("a file is checked, its broken lines are told by number, and the others come in", async ({ page }) => {
  const surname = makeSurname();
  const [first, second] = [makePerson("Gauri", surname), makePerson("Harish", surname)];
  const lines = [
    "name,email,phone,trip,party_size",
    `${first.name},${first.email},98450 12345,Kuari Pass trek,2`,
    `No address ${surname},not an address,,Kuari Pass trek,2`,
    `${second.name},${second.email},,Kuari Pass trek,4`,
  ];
  await page.goto("/leads/import");
  const file = { name: "fair.csv", mimeType: "text/csv", buffer: Buffer.from(`${lines.join("\n")}\n`) };
  await page.getByLabel("CSV file").setInputFiles(file);
  await page.getByRole("button", { name: "Check the file" }).click();
  await expect(page.getByText("2 new, 0 already there. 1 line is left out; it is below.")).toBeVisible();
  const broken = page.getByRole("region", { name: "Lines that are left out" }).locator("tbody tr");
  await expect(broken).toHaveCount(1);
  await expect(broken.getByRole("cell").first()).toHaveText("3");

  await page.getByRole("button", { name: "Import 2 leads" }).click();
  await expect(page.getByText("2 added, 0 updated.")).toBeVisible();
  await findLead(page, surname);
  await expect(rows(page)).toHaveCount(2);
  await expect(rowOf(page, first.name)).toBeVisible();
  await expect(rowOf(page, second.name)).toBeVisible();
});

test("the list as it is filtered is downloaded as a file", async ({ page }) => {
  const person = makePerson("Zoya");
  await addLead(page, person);
  await findLead(page, person.email);
  await expect(rows(page)).toHaveCount(1);
  const arriving = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export" }).click();
  const download = await arriving;
  expect(download.suggestedFilename()).toMatch(/^leads.*\.csv$/);
  const [head, line, ...rest] = readFileSync(await download.path(), "utf8").trim().split(/\r?\n/);
  expect(head).toContain("email");
  expect(line).toContain(person.email);
  expect(rest).toEqual([]);
});

test("a lead that lacks what it needs is refused next to its fields, and what was typed stays", async ({ page, problems, scriptless }) => {
  if (!scriptless) {
    problems.expect(/answer 422: POST .*add_lead/);
    problems.expect(/console error: .*422/);
  }
  await page.goto("/leads/new");
  if (!scriptless) await waitForLine(page);
  await page.getByLabel("Name", { exact: true }).fill("Somebody of the fair");
  await page.getByLabel("E-mail", { exact: true }).fill("not an address");
  await page.getByRole("main").getByRole("button", { name: "Add lead" }).click();
  await expect(page.getByLabel("E-mail", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Trip and departure")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Somebody of the fair");
  await expect(page.getByLabel("E-mail", { exact: true })).toHaveValue("not an address");
});
