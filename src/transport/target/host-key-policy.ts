/** A key that no known_hosts file and no inventory speaks of. */
export interface NewHostKey {
  readonly host: string;
  readonly address: string;
  readonly type: string;
  /** `SHA256:...` */
  readonly fingerprint: string;
}

/** What to do about hosts that are met for the first time. Changed and revoked keys are refused whatever it says. */
export interface HostKeyPolicy {
  readonly kind: 'strict' | 'accept-new' | 'ask';
  /** Whether the key is to be trusted and remembered. */
  accept(key: NewHostKey): Promise<boolean>;
}

/** The default: nobody is trusted who is not known. */
export const strictHostKeys: HostKeyPolicy = { kind: 'strict', accept: async () => false };
export const acceptNewHostKeys: HostKeyPolicy = { kind: 'accept-new', accept: async () => true };

/** How long to wait for further new hosts before asking, in ms: connects start together. */
const gather = 700;

/** Asks once for all new hosts of a run: one screen, one answer. Hosts that turn up later are asked for together again. */
export function askHostKeys(ask: (keys: readonly NewHostKey[]) => Promise<boolean>): HostKeyPolicy {
  let waiting: { readonly key: NewHostKey; readonly settle: (yes: boolean) => void; readonly fail: (error: unknown) => void }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let asking: Promise<unknown> = Promise.resolve();
  const flush = (): void => {
    timer = undefined;
    asking = asking.then(async () => {
      const now = waiting;
      waiting = [];
      if (now.length === 0) return;
      await ask(now.map(({ key }) => key)).then(
        (yes) => now.forEach(({ settle }) => settle(yes)),
        (error: unknown) => now.forEach(({ fail }) => fail(error)),
      );
    });
  };
  return {
    kind: 'ask',
    accept: (key) =>
      new Promise((settle, fail) => {
        waiting.push({ key, settle, fail });
        clearTimeout(timer);
        timer = setTimeout(flush, gather);
      }),
  };
}
