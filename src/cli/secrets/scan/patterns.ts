/** A form by which a secret gives itself away. `value` marks the part that is the secret: the first group, else all of it. */
export interface Pattern {
  readonly what: string;
  readonly expression: RegExp;
  /** Words of which one stands in every text that fits: most files are told by them without the expression. */
  readonly sign: RegExp;
  /** What fits the expression and is none after all. */
  readonly not?: (value: string, line: string) => boolean;
}

const token = (what: string, start: string, rest: string): Pattern => ({ what, sign: new RegExp(start), expression: new RegExp(`(?<![A-Za-z0-9_-])${start}${rest}`, 'g') });

/** Forms that nothing but a secret has, so that a finding is worth a look each time. */
export const patterns: readonly Pattern[] = [
  { what: 'a private key', sign: /PRIVATE KEY/, expression: /-----BEGIN (?:RSA |EC |DSA |OPENSSH )?PRIVATE KEY-----(?=\s*[\w\\"+/]|\s*$)/g },
  { what: 'a PGP private key', sign: /PGP PRIVATE/, expression: /-----BEGIN PGP PRIVATE KEY BLOCK-----(?=\s*[\w\\"+/]|\s*$)/g },
  token('an age identity', 'AGE-SECRET-KEY-', '(?:PQ-)?1[A-Z0-9]{40,}'),
  // [a-z0-9]{6}.[a-z0-9]{16}: of random ones, hardly any lacks digits in the long half; file names and code do.
  { what: 'a bootstrap token of kubeadm', sign: /[a-z0-9]{6}\.[a-z0-9]{16}/, expression: /(?<![\w./@-])([a-z0-9]{6}\.[a-z0-9]{16})(?![\w./@-])/g, not: (value) => !/\d.*\d/.test(value.slice(7)) || !/[a-z]/.test(value) || /^([a-z0-9])\1{5}\.|abcdef\.0123456789abcdef/.test(value) },
  { what: 'a certificate key of kubeadm', sign: /certificate-?key/i, expression: /certificate-?key["']?[:= ]+["']?([0-9a-f]{64})\b/gi },
  { what: 'a join token of K3s', sign: /K10/, expression: /\bK10[0-9a-f]{64}::\w+:\w{16,}/g },
  { what: 'a private key of a kubeconfig', sign: /client-key-data/, expression: /client-key-data["']?:\s*["']?([A-Za-z0-9+/=]{64,})/g },
  { what: 'a signed token (JWT)', sign: /eyJ/, expression: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/g },
  token('an AWS access key', '(?:AKIA|ASIA)', '[A-Z2-7]{16}(?![A-Za-z0-9])'),
  { what: 'an AWS secret key', sign: /aws_?secret/i, expression: /aws_?secret_?(?:access_?)?key["']?\s*[:=]\s*["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])/gi },
  token('a GitHub token', 'gh[pousr]_', '[A-Za-z0-9]{36,}'),
  token('a GitHub token', 'github_pat_', '\\w{50,}'),
  token('a GitLab token', 'glpat-', '[\\w-]{20,}'),
  token('a Slack token', 'xox[abprs]-', '[\\w-]{20,}'),
  token('a Google key', 'AIza', '[\\w-]{35}(?![\\w-])'),
  token('a Vault token', 'hv[sbr]\\.', '[\\w-]{24,}'),
  token('a Tailscale key', 'tskey-', '[a-z]+-\\w+-\\w{16,}'),
  token('a DigitalOcean token', 'do[opr]_v1_', '[a-f0-9]{64}'),
  token('an npm token', 'npm_', '[A-Za-z0-9]{36}(?![A-Za-z0-9])'),
  { what: 'a password in an address', sign: /:\/\/[^\s/:@]+:[^\s/@]+@/, expression: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@'"]+:([^\s/@'"]{3,})@/gi, not: (value) => placeholder(value) || /^(password|passwd|pass|pwd|pw|secret|token)$/i.test(value) },
];

/** Names of settings whose value is a secret, at the end of a key: `db_password`, `becomePassword`, `ansible_ssh_pass`. */
const secretName = String.raw`(?:[\w.-]*?(?:password|passwd|passphrase|_pass|apikey|api[_-]key|auth[_-]?key|access[_-]?key|secret[_-]?key|private[_-]?key|client[_-]?secret|auth[_-]?token|access[_-]?token|join[_-]?token|[_-]token)|token|secret|pass|[a-z]\w*(?:Password|Passphrase|ApiKey|AuthKey|AccessKey|SecretKey|ClientSecret|Token))`;

/** `name: value` in YAML and JSON. */
export const inYaml: Pattern = {
  what: 'a secret in plain text',
  sign: /pass|token|secret|key/i,
  expression: new RegExp(String.raw`(?:^|[\s{,-])["']?${secretName}["']?\s*:[ \t]+(?![!&*|>{[])(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s#,}][^#\n]*?))\s*(?=$|\s#|,|\})`, 'gim'),
  not: placeholder,
};

/** `name=value` in INI and environment files. */
export const inIni: Pattern = {
  what: 'a secret in plain text',
  sign: /pass|token|secret|key/i,
  expression: new RegExp(String.raw`(?:^|\s)(?:export\s+)?${secretName}\s*=\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s#;]+))`, 'gim'),
  not: placeholder,
};

/** What stands for a secret and is none: references, variables, templates, paths, type names, gaps to fill in. */
export function placeholder(value: string): boolean {
  const text = value.trim();
  return (
    text.length < 3 ||
    // Variables of programs and templates that lie in YAML and JSON.
    /^(vars?|args|process|env|self|local|data|module|item|config|options|earlier)\.\w/.test(text) ||
    // sudoers: NOPASSWD: ALL
    /^ALL\b/.test(text) ||
    /^(null|none|true|false|yes|no|~|undefined|string|required|optional|read|write|inherit|\d{1,3})$/i.test(text) ||
    /^(\$|%|<|!|\{\{|ENC\[|arn:|env:|vault:|ref\+|op:\/\/|file:|secretRef|\/|~\/|\.\.?\/)/.test(text) ||
    /\{\{|\$\{|\$\(|<[\w -]+>|lookup\(/.test(text) ||
    /^[x*.\-_]+$/i.test(text) ||
    /^(change[-_ ]?me|your[-_ ]|redacted|example|placeholder|todo)/i.test(text)
  );
}
