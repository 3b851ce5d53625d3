/** The connection of a page in the hands of a test, which can cut it, keep it cut, and lose what goes over it. */
import type { Page, WebSocketRoute } from "@playwright/test";

/** Whether a frame is lost. */
type Loses = (frame: string) => boolean;

export class Wire {
  private readonly ends: { close(): void }[] = [];
  private isCut = false;
  private losesSent: Loses = () => false;
  private losesTold: Loses = () => false;

  /** Takes the connections that the page opens from its next loading on. */
  static async take(page: Page): Promise<Wire> {
    const wire = new Wire();
    await page.routeWebSocket(/\/api\/fn\/live\/connect/, (socket) => wire.carry(socket));
    return wire;
  }

  /** Cuts the connection, and does not let it open again. */
  cut(): void {
    this.isCut = true;
    for (const end of this.ends.splice(0)) end.close();
  }

  /** Lets the connection open again; nothing is lost any more. */
  mend(): void {
    this.isCut = false;
    this.losesSent = this.losesTold = () => false;
  }

  /** Loses what the page says and `loses` names. */
  loseWhatIsSent(loses: Loses): void {
    this.losesSent = loses;
  }

  /** Loses what the page is told and `loses` names. */
  loseWhatIsTold(loses: Loses): void {
    this.losesTold = loses;
  }

  private carry(socket: WebSocketRoute): void {
    if (this.isCut) return void socket.close();
    const server = socket.connectToServer();
    let isOver = false;
    socket.onMessage((frame) => {
      if (!isOver && !this.losesSent(String(frame))) server.send(frame);
    });
    server.onMessage((frame) => {
      if (!isOver && !this.losesTold(String(frame))) socket.send(frame);
    });
    const close = () => {
      // What is on its way to a connection that closes is a console error to the browser.
      isOver = true;
      for (const end of [socket, server]) void end.close();
    };
    this.ends.push({ close });
  }
}
