import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quote } from '../../src/contract/script/quote.ts';
import { sh } from '../../src/contract/script/script.ts';

const shells = [['dash'], ['bash', '--posix'], ['busybox', 'sh']].map((shell) => ({ name: shell.join(' '), shell }));

/** What the words of many command lines become in a shell: printed by `printf`, each behind a NUL. One process for all. */
function words(shell: readonly string[], lines: readonly string[]): string[] {
  const [file = '', ...args] = shell;
  const script = lines.map((line) => `printf '%s\\0' ${line}`).join('\n');
  const { stdout, stderr, status } = spawnSync(file, args, { input: `LC_ALL=C\n${script}\n`, maxBuffer: 1 << 28 });
  expect(stderr.toString()).toBe('');
  expect(status).toBe(0);
  return stdout.toString('utf8').split('\0').slice(0, -1);
}

const nasty = fc.constantFrom("'", '"', '\\', '\n', '\r', '\t', ' ', '$', '`', '!', '*', '?', '[', ']', '{', '}', '~', '#', '&', '|', ';', '<', '>', '(', ')', '=', '-', '%', '^', '$(id)', '`id`', '${x}', '$\'x\'', "'\\''", '\u0000é', '😀', '\u0001', '\u007f', '--', '-n', '\\n', '\\c');
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.array(nasty, { maxLength: 12 }).map((parts) => parts.join(''))).map((value) => value.replaceAll('\0', '').toWellFormed());

describe('quote', () => {
  it.each(shells)('makes one word of any text, the same in $name', ({ shell }) => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 50 }), (values) => {
        expect(words(shell, values.map(quote))).toEqual(values);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses NUL and what is not Unicode, and says what to do', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(() => quote(`${before}\0${after}`)).toThrow(/NUL[^]*upload/);
      }),
    );
    expect(() => quote('a\uD800b')).toThrow(/Unicode[^]*upload/);
  });

  it('leaves plain words as they are', () => {
    for (const word of ['a', 'x=1', '/etc/a-b.conf', 'user@host:22', 'a,b', '100%']) expect(words(['dash'], [quote(word)])).toEqual([word]);
    expect(quote('/etc/a-b.conf')).toBe('/etc/a-b.conf');
    expect(quote('')).toBe("''");
  });
});

describe('sh', () => {
  it.each(shells)('quotes every hole, in every place a hole may stand, in $name', async ({ shell }) => {
    const lines: string[] = [];
    const wanted: string[] = [];
    for (const value of fc.sample(text, 200)) {
      const scripts = [sh`${value}`, sh`"$(printf '%s.' ${value})"`, sh`"a $(printf '%s' "$(printf '%s.' ${value})") b"`, sh`x${value}y`, sh`$(: ${value}; echo ok)`, sh`"$(printf %s. ${[value, 'z']})"`, sh`"\`printf '%s.' a\`"${value}`];
      lines.push(...(await Promise.all(scripts.map((script) => script.text()))));
      wanted.push(value, `${value}.`, `a ${value}. b`, `x${value}y`, 'ok', `${value}.z.`, `a.${value}`);
    }
    expect(words(shell, lines)).toEqual(wanted);
  });

  const refused: readonly (readonly [string, () => unknown])[] = [
    ['single quotes', () => sh`echo 'a ${'b'}'`],
    ['double quotes', () => sh`echo "a ${'b'}"`],
    ['double quotes after a substitution', () => sh`echo "$(date) ${'b'}"`],
    ['double quotes after a nested one', () => sh`echo "$(echo "x") ${'b'}"`],
    ['double quotes inside a substitution', () => sh`echo $(echo "${'b'}")`],
    ['double quotes with a brace expansion', () => sh`echo "\${x:-${'b'}}"`],
    ['a comment', () => sh`true # ${'b'}`],
    ['a comment inside a substitution', () => sh`$(true # ${'b'}
)`],
    ['a here-document', () => sh`cat <<EOF
${'b'}
EOF
`],
    ['a quoted here-document', () => sh`cat <<'EOF'
${'b'}
EOF
`],
    ['a here-document with tabs', () => sh`cat <<-EOF
	${'b'}
	EOF
`],
    ['the second of two here-documents', () => sh`cat <<A; cat <<B
a
A
${'b'}
B
`],
    ['a here-document, after a hole on its first line', () => sh`cat <<EOF ${'file'}
${'b'}
EOF
`],
    ['back quotes inside double quotes', () => sh`echo "\`echo ${'b'}\` ${'c'}"`],
    ['single quotes after an escaped quote', () => sh`echo \' 'x ${'b'}'`],
    ['arithmetic', () => sh`echo $((1 + ${'b'}))`],
  ];
  it.each(refused)('refuses a hole inside %s', (_name, make) => {
    expect(make).toThrow(/hole/);
  });

  const taken: readonly (readonly [string, () => unknown])[] = [
    ['after closed quotes', () => sh`echo 'a' "b" ${'c'}`],
    ['after an escaped quote', () => sh`echo \" \' ${'c'}`],
    ['after a quote in a comment', () => sh`true # don't
echo ${'c'}`],
    ['after a # inside a word', () => sh`echo a#b \${#x} $# ${'c'}`],
    ['after a here-document', () => sh`cat <<EOF
it's
EOF
echo ${'c'}`],
    ['after a here-document with tabs', () => sh`cat <<-EOF
	it's
	EOF
echo ${'c'}`],
    ['after two here-documents', () => sh`cat <<A; cat <<'B'
it's
A
"
B
echo ${'c'}`],
    ['on the line of a here-document', () => sh`cat <<EOF >${'c'}
it's
EOF
`],
    ['in a case with patterns', () => sh`case $x in a) echo ${'c'};; (b) echo "$(case y in y) echo z;; esac)";; esac; echo ${'c'}`],
    ['in a subshell in double quotes', () => sh`echo "$( (echo ${'c'}) )"`],
    ['after arithmetic', () => sh`echo $((1 << 2)) "$((x<<1))" ${'c'}`],
    ['after a parameter expansion with a quote', () => sh`echo "\${x#"y"}" \${x%'z'} ${'c'}`],
    ['as the default of a parameter', () => sh`echo \${x:-${'c'}}`],
    ['in a case inside a substitution', () => sh`echo "$(case a in a|b) echo x;; (c) echo y;; *) echo ${'c'};; esac)" ${'d'}`],
    ['where case is only a word', () => sh`echo "$(echo case in)" ${'c'}`],
    ['in back quotes', () => sh`x=\`echo ${'c'}\``],
    ['after a here-string-like shift', () => sh`[ 1 -lt 2 ] && echo ${'c'}`],
  ];
  it.each(taken)('takes a hole %s', async (_name, make) => {
    expect(make).not.toThrow();
  });
});
