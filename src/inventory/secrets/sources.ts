/** A private SSH key, opened. */
export interface OpenedSshKey {
  /** PKCS #1 or #8, without a passphrase. */
  readonly pem: string;
  /** The public half in SSH's wire format. */
  readonly blob: Buffer;
}

/** Where secrets may come from. */
export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Asks the operator without echo. Absent where nobody can answer. */
  prompt?(question: string): Promise<string>;
  /** Opens a private SSH key; `locked` where it wants a passphrase, undefined where it is none. Absent: SSH keys open nothing. */
  sshKey?(text: string, passphrase?: string): Promise<OpenedSshKey | 'locked' | undefined>;
}
