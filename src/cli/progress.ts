/** Tells on stderr how far a command is. */
export interface Progress {
  update(done: number, total: number): void;
  /** A line of its own, above the progress. */
  note(text: string): void;
  /** Takes the progress off the terminal. */
  end(): void;
}

/** Where progress goes. */
export interface ProgressOptions {
  readonly stream: { write(text: string): unknown; readonly columns?: number };
  /** False when no person watches: then there are only notes. */
  readonly live: boolean;
  /** Milliseconds; for tests. */
  readonly now?: () => number;
}

const CLEAR = '\r\x1b[K';
const REDRAW_MS = 100;

/** Before that a guess of the time left would only jump about. */
const GUESS_AFTER_MS = 2000;

/** Starts to tell progress: one line that is rewritten, with counts and the time left. */
export function startProgress(title: string, options: ProgressOptions): Progress {
  const { stream, live, now = Date.now } = options;
  const start = now();
  let drawn = -Infinity;
  let line = '';
  const draw = (text: string): void => {
    line = text;
    stream.write(text === '' ? CLEAR : CLEAR + text.slice(0, (stream.columns ?? 80) - 1));
  };
  return {
    update: (done, total) => {
      const isLast = done >= total;
      if (!live || (!isLast && now() - drawn < REDRAW_MS)) return;
      drawn = now();
      draw(progressText(title, done, total, drawn - start));
    },
    note: (text) => {
      const again = line;
      if (live && again !== '') draw('');
      stream.write(`${text}\n`);
      if (live && again !== '') draw(again);
    },
    end: () => {
      if (live && line !== '') draw('');
    },
  };
}

function progressText(title: string, done: number, total: number, elapsed: number): string {
  const percent = total > 0 ? Math.floor((done / total) * 100) : 100;
  const left = ((total - done) * elapsed) / Math.max(1, done);
  const guess = done > 0 && done < total && elapsed >= GUESS_AFTER_MS ? `  about ${duration(left)} left` : '';
  return `${title}  ${done}/${total}  ${percent}%${guess}`;
}

function duration(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
