/** What only script can do: dragging cards, undoing, the keys of the list, acting without a reload. */
import { readFile } from "node:fs/promises";
import { hold } from "./support/hold.ts";
import { addLead, cardOf, columnOf, dragCard, rowOf, rows } from "./support/leads.ts";
import { waitForLine } from "./support/line.ts";
import { makePerson, makeSurname, organizer, signIn, type Person } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

test.beforeEach(async ({ page }) => {
  await signIn(page, organizer);
});

test("a card is dragged to another column, at once and for good", async ({ page }) => {
  const person = makePerson("Manoj");
  await addLead(page, person);
  await page.goto(`/leads?layout=board&q=${person.email}`);
  await waitForLine(page);

  // The server answers only when it is let: what the board shows before, it shows by itself.
  const letGo = await hold(page, "**/api/fn/leads/move_lead");
  await dragCard(cardOf(columnOf(page, "New"), person.name), columnOf(page, "Contacted"));
  await expect(cardOf(columnOf(page, "Contacted"), person.name)).toBeVisible();
  await expect(cardOf(columnOf(page, "New"), person.name)).toHaveCount(0);
  letGo();
  await expect(page.getByRole("status")).toContainText(`${person.name} is “Contacted” now`);

  await page.reload();
  await expect(cardOf(columnOf(page, "Contacted"), person.name)).toBeVisible();
});

test("a card does not come where its lifecycle does not lead", async ({ page }) => {
  const person = makePerson("Neha");
  await addLead(page, person);
  await page.goto(`/leads?layout=board&q=${person.email}`);
  await waitForLine(page);
  await dragCard(cardOf(columnOf(page, "New"), person.name), columnOf(page, "Converted"));
  await expect(cardOf(columnOf(page, "New"), person.name)).toBeVisible();
  await page.reload();
  await expect(cardOf(columnOf(page, "New"), person.name)).toBeVisible();
});

test("a move that the server refuses goes back", async ({ page, problems }) => {
  const person = makePerson("Omkar");
  await addLead(page, person);
  await page.goto(`/leads?layout=board&q=${person.email}`);
  await waitForLine(page);
  problems.expect(/answer 503: POST .*move_lead/);
  problems.expect(/console error: .*503/);
  await page.route("**/api/fn/leads/move_lead", (route) => route.fulfill({ status: 503, body: "" }));
  await dragCard(cardOf(columnOf(page, "New"), person.name), columnOf(page, "Contacted"));
  await expect(page.getByRole("status")).not.toBeEmpty();
  await expect(cardOf(columnOf(page, "New"), person.name)).toBeVisible();
});

test("keys go through the rows, tick them and open one", async ({ page }) => {
  const surname = makeSurname();
  for (const first of ["Nandini", "Omana"]) await addLead(page, makePerson(first, surname));
  await page.goto(`/leads?q=${surname}`);
  const links = rows(page).locator("a.cover");
  await waitForLine(page);
  await page.keyboard.press("j");
  await expect(links.nth(0)).toBeFocused();
  await page.keyboard.press("j");
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press("k");
  await expect(links.nth(0)).toBeFocused();
  await page.keyboard.press("x");
  await expect(rows(page).nth(0).getByRole("checkbox")).toBeChecked();
  await expect(page.getByRole("region", { name: "Actions for the selection" })).toContainText("1 selected");
  const name = await links.nth(0).innerText();
  await page.keyboard.press("o");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
});

test("a card is moved by keys alone, and the focus goes with it", async ({ page }) => {
  const person = makePerson("Meenal");
  await addLead(page, person);
  await page.goto(`/leads?layout=board&q=${person.email}`);
  await waitForLine(page);
  const sheet = page.getByRole("dialog", { name: /^Move .* to…$/ });
  const name = (stage: string) => columnOf(page, stage).getByRole("link", { name: person.name, exact: true });
  await page.keyboard.press("j");
  await expect(name("New")).toBeFocused();
  await page.keyboard.press("s");
  await expect(sheet).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(name("New")).toBeFocused();
  await page.keyboard.press("s");
  await sheet.getByRole("button", { name: "Contacted" }).press("Enter");
  await expect(sheet).toBeHidden();
  await expect(page.getByRole("status")).toContainText(`${person.name} is “Contacted” now`);
  await expect(name("Contacted")).toBeFocused();
});

test("letters that are typed into a field are no keys", async ({ page }) => {
  await page.goto("/leads");
  await waitForLine(page);
  const field = page.getByRole("searchbox", { name: "Find a lead by name, e-mail or phone" });
  await field.click();
  await field.pressSequentially("jkx?");
  await expect(field).toHaveValue("jkx?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeHidden();
  await expect(page.getByRole("checkbox", { name: /^Select /, checked: true })).toHaveCount(0);
  await field.blur();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeHidden();
});

test("a step is taken without a reload, and told", async ({ page }) => {
  const person = makePerson("Pooja");
  await addLead(page, person);
  await page.goto(`/leads?q=${person.email}`);
  await waitForLine(page);
  await rowOf(page, person.name).getByRole("link", { name: person.name }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(person.name);
  await page.evaluate(() => document.documentElement.setAttribute("data-same-document", "true"));
  await page.getByRole("button", { name: "Mark contacted" }).click();
  await expect(page.getByRole("region", { name: "Timeline" })).toContainText("moved the lead from New to Contacted");
  await expect(page.getByRole("status")).not.toBeEmpty();
  await expect(page.locator("html")).toHaveAttribute("data-same-document", "true");
});

test("a move of several leads is told, and taken back by one press", async ({ page }) => {
  const person = makePerson("Qadir");
  await addLead(page, person);
  await page.goto(`/leads?status=all&q=${person.email}`);
  await waitForLine(page);
  const row = rowOf(page, person.name);
  const bar = page.getByRole("region", { name: "Actions for the selection" });
  const move = async (stage: string): Promise<void> => {
    await row.getByRole("checkbox").check();
    await bar.locator("summary", { hasText: "Move to…" }).click();
    await bar.getByRole("button", { name: stage, exact: true }).click();
  };
  await move("Contacted");
  await expect(page.getByRole("status")).toContainText("1 lead changed.");
  await expect(row).toContainText("Contacted");
  await expect(page.getByRole("status").getByRole("button", { name: "Undo" })).toHaveCount(0);
  await move("Not interested");
  await expect(row).toContainText("Not interested");
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  await expect(row).toContainText("Contacted");
  await page.reload();
  await expect(row).toContainText("Contacted");
});

test("what is ticked is exported, and nothing else", async ({ page }) => {
  const person = makePerson("Ragini");
  await addLead(page, person);
  await page.goto("/leads?status=new&sort=-createdAt");
  await waitForLine(page);
  await rowOf(page, person.name).getByRole("checkbox").check();
  const bar = page.getByRole("region", { name: "Actions for the selection" });
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    bar.getByRole("button", { name: "Export", exact: true }).click(),
  ]);
  const lines = (await readFile(await download.path(), "utf8")).trim().split("\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(person.email);
});

test("a button that is pressed twice sends once", async ({ page }) => {
  const person = makePerson("Salim");
  await addLead(page, person);
  await page.goto(`/leads?q=${person.email}`);
  await rowOf(page, person.name).getByRole("link", { name: person.name }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(person.name);
  await waitForLine(page);
  let sent = 0;
  page.on("request", (request) => {
    if (request.url().includes("/log_interaction")) sent += 1;
  });
  await page.getByRole("textbox", { name: "What happened" }).fill("Wants to bring a friend");
  await page.getByRole("button", { name: "Log it" }).dblclick();
  await expect(page.getByRole("region", { name: "Timeline" })).toContainText("Wants to bring a friend");
  expect(sent).toBe(1);
});

test("what is begun for a lead is not there for the next one", async ({ page }) => {
  const surname = makeSurname();
  const [one, other] = ["Lata", "Uma"].map((name) => makePerson(name, surname)) as [Person, Person];
  for (const person of [one, other]) await addLead(page, person);
  await page.goto(`/leads?q=${surname}`);
  await rowOf(page, one.name).getByRole("link", { name: one.name }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(one.name);
  await waitForLine(page);
  const text = page.getByRole("textbox", { name: "What happened" });
  await text.fill("Is allergic to nuts");
  await page.getByRole("link", { name: new RegExp(`^(Next|Previous) lead, ${other.name}`) }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(other.name);
  await expect(text).toHaveValue("");
});

test("the theme changes where the page is, and what is typed stays", async ({ page }) => {
  await page.goto("/leads/new");
  await waitForLine(page);
  await page.getByLabel("Name", { exact: true }).fill("Tara");
  await page.locator(".me-menu > summary").click();
  await Promise.all([
    page.waitForResponse((response) => new URL(response.url()).pathname === "/theme"),
    page.getByRole("form", { name: "Theme" }).getByRole("button", { name: "Dark" }).click(),
  ]);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Tara");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("a link that is pressed while the page wakes leads through the server", async ({ page }) => {
  await page.addInitScript(() => {
    const listen = window.addEventListener.bind(window);
    window.addEventListener = (type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions) => {
      listen(type, listener, options);
      if (type === "click") document.documentElement.classList.add("listens");
    };
  });
  // The code of the board does not come before the link was pressed.
  const letGo = await hold(page, "**/split_leads_board*");
  await page.goto("/leads?layout=board&due=true", { waitUntil: "commit" });
  await expect(page.locator("html.listens")).toBeAttached();
  await page.locator("li.card").first().getByRole("link", { name: /^Move .* to…$/ }).click();
  await expect(page).toHaveURL(/&move=/);
  letGo();
  await expect(page.getByRole("dialog", { name: /^Move .* to…$/ })).toBeVisible();
});
