import type { Reporter, RunEvent } from '../event.ts';
import type { ReportOptions } from '../options.ts';
import { createStory, tell } from '../story.ts';
import { count } from '../text/count.ts';
import { printable } from '../text/printable.ts';
import { recap } from '../text/recap.ts';
import { resultsByTask } from './results.ts';
import { createRows, type Row, showRow, updateRow } from './row.ts';

/** A run that is over before this many ms never shows (nor loads) the live rows. */
const patience = 200;
/** Hosts that take longer than this to connect are named, in ms. */
const slow = 1500;
/** Rows are drawn anew this often, whatever happens, in ms. */
const frame = 100;

/**
 * One live row per host: where it is, how far, and the last line its step printed; what changed and the recap come after.
 * listr2 draws; it schedules nothing, owns no signal, and is loaded only when a run takes long enough to be watched. The
 * rows wait for the first play: while hosts connect, somebody may be asked about their keys.
 */
export function ttyReporter(options: ReportOptions): Reporter {
  const { style } = options;
  const story = createStory();
  const rows = createRows();
  let live: Promise<Live> | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** Starts the timer anew, if it has not fired. */
  let again: (() => void) | undefined;
  const line = (text: string): void => options.write(`${text}\n`);
  const later = (ms: number, work: () => void): void => {
    clearTimeout(timer);
    again = () => later(ms, work);
    timer = setTimeout(() => {
      again = undefined;
      work();
    }, ms);
  };
  const never = (): void => {
    clearTimeout(timer);
    again = undefined;
  };
  let begun = 0;

  return {
    on(event: RunEvent) {
      tell(story, event);
      updateRow(rows, event);
      if (event.type === 'runStart') {
        begun = performance.now();
        line(`${style.bold(event.mode)} ${event.playbook} on ${count(event.hosts.length, 'host')} of ${event.inventory}`);
        later(slow, () => line(style.dim(`waits for ${[...rows.values()].filter(({ doing }) => doing === 'connects').map(({ host }) => host).join(', ')}`)));
      }
      if (event.type === 'playStart' && !live) {
        later(Math.max(0, patience - (performance.now() - begun)), () => {
          live ??= draw([...rows.values()], options);
        });
      }
      if (event.type === 'runEnd') never();
    },
    hold(answered) {
      clearTimeout(timer);
      const goOn = (): void => again?.();
      answered.then(goOn, goOn);
    },
    async end() {
      never();
      await (await live)?.stop();
      for (const { host, message } of story.warnings) line(`${style.yellow('warning:')} ${host === undefined ? '' : `${host}: `}${printable(message)}`);
      for (const text of [...resultsByTask(story, options), ...recap(story, style)]) line(text);
    },
  };
}

interface Live {
  /** Leaves the rows as they are at the end, and the terminal to others. */
  stop(): Promise<void>;
}

async function draw(rows: readonly Row[], { style }: ReportOptions): Promise<Live> {
  const { Listr } = await import('listr2');
  let over = (): void => undefined;
  const end = new Promise<void>((resolve) => (over = resolve));
  const width = Math.max(...rows.map(({ host }) => host.length));
  const list = new Listr(
    rows.map((row) => ({
      title: showRow(row, width, style),
      task: async (_context: unknown, task: { title: string; output: string }) => {
        const update = (): void => {
          task.title = showRow(row, width, style);
          task.output = row.output ?? '';
        };
        const timer = setInterval(update, frame);
        await end;
        clearInterval(timer);
        update();
        if (row.failed) throw new Error(row.host);
      },
      rendererOptions: { outputBar: 1, persistentOutput: false },
    })),
    { concurrent: true, exitOnError: false, registerSignalListeners: false, renderer: 'default', rendererOptions: { showErrorMessage: false, collapseErrors: false, formatOutput: 'truncate' } },
  );
  const run = list.run();
  return {
    async stop() {
      over();
      await run;
    },
  };
}
