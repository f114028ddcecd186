// Reads server-sent events out of the pieces in which they arrive (WHATWG HTML, section 9.2.6). The browser's own
// EventSource hides comments and gives up at the first HTTP error; the page wants to know whether the line is alive.

export interface StreamMessage {
  readonly event: string;
  readonly data: string;
}

export class EventStreamReader {
  #rest = '';
  #event = '';
  #data: string[] = [];
  #id: string | undefined;

  /** The newest id among the messages read; undefined before the first. */
  get id(): string | undefined {
    return this.#id;
  }

  /** The messages that this piece completes; comments complete none. */
  read(piece: string): StreamMessage[] {
    const text = this.#rest + piece;
    // A carriage return at the end may be half of a line's end.
    const whole = text.endsWith('\r') ? text.slice(0, -1) : text;
    const lines = whole.split(/\r\n|\n|\r/);
    this.#rest = (lines.pop() ?? '') + text.slice(whole.length);
    return lines.flatMap((line) => this.#line(line));
  }

  #line(line: string): StreamMessage[] {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.#event = value;
    else if (field === 'data') this.#data.push(value);
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
    return [];
  }

  #dispatch(): StreamMessage[] {
    const message = { event: this.#event || 'message', data: this.#data.join('\n') };
    const empty = this.#data.length === 0;
    this.#event = '';
    this.#data = [];
    return empty ? [] : [message];
  }
}
