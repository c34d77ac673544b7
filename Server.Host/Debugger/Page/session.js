// What the page knows, in one place. Everything that is drawn is drawn from `view`, anew after each change.

const maxMoments = 64; // kept here, so that dragging to and fro asks for none twice

export class Session {
  view = {
    signal: "connecting", // connecting, open, silent, lost or gone
    isRecorded: false,
    state: null, // the last State
    moment: null, // the Moment that is shown
    wanted: null, // the number of the moment one looks at; null: always the last
    entries: [], // the timeline, in order
    selected: null, // the number of the coroutine whose details are shown; null: whichever is next
    sources: [],
  };

  #feed;
  #shows = [];
  #moments = new Map();
  #isFetching = false;

  /** Begins to follow a feed. */
  async start(open) {
    const tell = { state: (state) => this.#follow(state), signal: (signal) => this.#change({ signal }) };
    this.#feed = open(tell);
    if (this.#feed.isRecorded) {
      this.#change({ isRecorded: true, signal: "open" });
      this.#follow(this.#feed.state);
      this.look(this.#feed.state.first);
    }
    this.#change({ sources: await this.#feed.sources() });
  }

  /** Has something drawn, now and after each change. */
  draw(show) {
    this.#shows.push(show);
    show(this.view);
  }

  source(path) {
    return this.#feed.source(path);
  }

  /** Sends a command, and looks at what comes of it. */
  async command(body) {
    if (["step", "turn", "continue", "run-to", "pause"].includes(body.do)) this.look(null);
    return await this.#feed.command(body);
  }

  select(id) {
    this.#change({ selected: id });
  }

  /** Looks at an earlier moment, or, by null, at the last one from now on. */
  async look(number) {
    const { state, isRecorded } = this.view;
    if (!state) return;
    if (number === null || (number >= state.last && !isRecorded))
      return this.#change({ wanted: null, moment: state.moment });
    const wanted = Math.min(Math.max(number, state.first), state.last);
    this.#change({ wanted });
    const moment = this.#moments.get(wanted) ?? (await this.#feed.moment(wanted).catch(() => null));
    if (!moment) return;
    this.#keep(moment);
    if (this.view.wanted === wanted) this.#change({ moment });
  }

  /** Looks so many moments further: back, if that is negative. */
  move(by) {
    const now = this.view.wanted ?? this.view.state?.last;
    if (now) this.look(now + by);
  }

  #follow(state) {
    const isLive = this.view.wanted === null;
    this.#change(isLive ? { state, moment: state.moment ?? this.view.moment } : { state });
    this.#fetchEntries();
  }

  // One request at a time: what comes meanwhile is fetched by the next.
  async #fetchEntries() {
    const known = this.view.entries.at(-1)?.number ?? 0;
    if (this.#isFetching || this.view.state.last <= known) return;
    this.#isFetching = true;
    const more = await this.#feed.entries(known + 1).catch(() => null);
    this.#isFetching = false;
    if (!more?.entries.length) return;
    const entries = this.view.entries.concat(more.entries).filter((entry) => entry.number >= more.first);
    this.#change({ entries });
    this.#fetchEntries();
  }

  #keep(moment) {
    this.#moments.set(moment.number, moment);
    if (this.#moments.size > maxMoments) this.#moments.delete(this.#moments.keys().next().value);
  }

  #change(part) {
    Object.assign(this.view, part);
    for (const show of this.#shows) show(this.view);
  }
}
