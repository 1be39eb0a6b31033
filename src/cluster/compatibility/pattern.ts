/** Whether a link is meant by one of Cilium's patterns, which are regular expressions of Go: what JavaScript does not know of them meets everything. */
export const meetsPattern = (name: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => {
    try {
      return new RegExp(pattern).test(name);
    } catch {
      return true;
    }
  });
