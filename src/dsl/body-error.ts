/** What the body of a play threw, for one host: the playbook's own error is its `cause`. */
export class BodyError extends Error {
  readonly play: string;
  readonly host: string;
  constructor(play: string, host: string, cause: unknown) {
    super(`the body of "${play}" threw for ${host}`, { cause });
    this.play = play;
    this.host = host;
  }
}
