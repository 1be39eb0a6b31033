import type { Style } from '../report/text/style.ts';
import type { openConnection } from '../transport/index.ts';

/** Everything a command needs of the process it runs in. Tests give their own. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly version: string;
  out(text: string): void;
  err(text: string): void;
  /** What stands at the ends of the streams. */
  readonly terminal: Terminal;
  /** Asks on the terminal, on stderr; a hidden answer is not shown. */
  ask(question: string, options?: { readonly hidden?: boolean }): Promise<string>;
  /** Calls back on every Ctrl-C, SIGTERM and SIGHUP until the returned function is called. */
  onInterrupt(handler: (signal?: string) => void): () => void;
  /** Opens a link to a host. Default: the real transports, loaded when the first host is connected to. */
  readonly openConnection?: typeof openConnection;
  /** Ends the process at once. */
  exit(code: number): never;
}

export interface Terminal {
  readonly stdout: boolean;
  /** Somebody can answer a question. */
  readonly canAsk: boolean;
  readonly columns: number;
  readonly rows: number;
}

export interface Context extends Io {
  readonly style: Style;
  /** --refresh: dynamic inventories are asked anew. */
  readonly refresh?: boolean;
  /** --verbose: warnings name everything. */
  readonly verbose?: boolean;
}
