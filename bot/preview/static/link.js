// The page's line to the server: one WebSocket for what happens, POST for what the person does.

export class Link {
  /** onframe(frame) for every frame; onlive(boolean) when the line comes and goes. */
  constructor(onframe, onlive) {
    Object.assign(this, { onframe, onlive, as: null, socket: null, wait: 250 });
  }

  /** (Re)connect as one of the people. The first frame is the whole state. */
  connect(as) {
    this.as = as;
    const old = this.socket;
    const socket = new WebSocket(`ws://${location.host}/page/events?as=${encodeURIComponent(as)}`);
    this.socket = socket;
    old?.close();
    socket.addEventListener("open", () => {
      this.wait = 250;
      this.onlive(true);
    });
    socket.addEventListener("message", (event) => socket === this.socket && this.onframe(JSON.parse(event.data)));
    socket.addEventListener("close", () => {
      if (socket !== this.socket) return;
      this.onlive(false);
      setTimeout(() => socket === this.socket && this.connect(this.as), this.wait);
      this.wait = Math.min(this.wait * 2, 4000);
    });
  }

  /** POST /page/<path>; the reply's body, or an Error whose message is a sentence. */
  async post(path, body, signal) {
    let reply;
    try {
      reply = await fetch(`/page/${path}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ as: this.as, ...body }),
        signal,
      });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new Error("The preview does not answer. Is the program in the terminal still running?", { cause: error });
    }
    const said = await reply.json().catch(() => ({ error: `The preview answered ${reply.status} and no reason.` }));
    if (!reply.ok) throw new Error(said.error);
    return said;
  }
}
