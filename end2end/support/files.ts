/** Files as somebody chooses them. */

/** A document that is taken as one. */
export function pdf(name: string): { name: string; mimeType: string; buffer: Buffer } {
  return { name, mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\ntrailer <<>>\n%%EOF\n") };
}
