/** The mails that the server has written: files in `outbox` of its data folder. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { dataDir } from "./server.ts";
import { expect } from "./test.ts";

/** Waits for a mail to the address that has a link to the path, and returns the link. */
export async function waitForLink(to: string, path: string): Promise<string> {
  let link: string | undefined;
  const find = () => {
    link = mailsTo(to).map((mail) => findLink(mail, path)).find((found) => found !== undefined);
    return link;
  };
  await expect.poll(find, { message: `a mail to ${to} with a link to ${path}` }).toBeDefined();
  return link ?? "";
}

function mailsTo(address: string): string[] {
  const folder = join(dataDir, "outbox");
  const files = readdirSync(folder).filter((name) => name.endsWith(".eml"));
  const mails = files.map((name) => readFileSync(join(folder, name), "utf8"));
  return mails.filter((mail) => headOf(mail).toLowerCase().includes(`${address.toLowerCase()}`));
}

function headOf(mail: string): string {
  return mail.split(/\r?\n\r?\n/, 1)[0] ?? "";
}

function findLink(mail: string, path: string): string | undefined {
  const isQuoted = /content-transfer-encoding:\s*quoted-printable/i.test(mail);
  const text = isQuoted ? decodeQuotedPrintable(mail) : mail;
  return text.match(/https?:\/\/[^\s"<>]+/g)?.find((link) => new URL(link).pathname === path);
}

/** RFC 2045, section 6.7; the links in our mails are ASCII. */
function decodeQuotedPrintable(text: string): string {
  const joined = text.replace(/=\r?\n/g, "");
  return joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
