/** Where in a shell text a hole stands. Only a `bare` one is quoted rightly. */
export type Context = 'bare' | 'single' | 'double' | 'comment' | 'heredoc' | 'arithmetic';

/** One level of nesting: the text itself, or `$(...)`, `(...)`, `` `...` ``, `$((...))` within it. */
interface Level {
  readonly kind: 'text' | 'substitution' | 'group' | 'backquote' | 'arithmetic';
  quoting: '' | "'" | '"';
  /** `case` words that are open here: their patterns end in a `)` that closes nothing. */
  cases: number;
}

interface Heredoc {
  readonly end: string;
  /** `<<-`: tabs before the end word are no part of it. */
  readonly tabs: boolean;
}

/**
 * Walks the literal parts of sh`...` and says in which context each hole stands, so that a hole inside quotes can be
 * refused: a quoted word inside double quotes would keep its quote marks. A hole counts as part of a word.
 */
export function contexts(parts: readonly string[]): Context[] {
  const walk = walker();
  return parts.slice(0, -1).map((part) => {
    walk.text(part);
    const context = walk.context();
    walk.hole();
    return context;
  });
}

function walker() {
  const levels: Level[] = [level('text')];
  let here: Level = levels[0] ?? level('text');
  let comment = false;
  /** Announced on this line; their texts begin on the next. */
  let announced: Heredoc[] = [];
  let open: Heredoc[] = [];
  /** The line of a here-document so far. */
  let line = '';
  /** What came just before, for what depends on it: comments, `case`, `esac`. */
  let before = '\n';

  const enter = (kind: Level['kind']): void => void levels.push((here = level(kind)));
  const leave = (): void => {
    if (levels.length > 1) levels.pop();
    here = levels.at(-1) ?? here;
  };
  const newline = (): void => {
    comment = false;
    open = announced;
    announced = [];
    line = '';
  };

  /** Takes what begins at `at`; says how many characters that were. */
  const step = (text: string, at: number): number => {
    const c = text.charAt(at);
    const rest = text.slice(at, at + 200);
    if (open.length > 0) {
      if (c !== '\n') line += c;
      else {
        if ((open[0]?.tabs ? line.replace(/^\t+/, '') : line) === open[0]?.end) open.shift();
        line = '';
      }
      return 1;
    }
    if (c === '\n' && here.quoting === '') return newline(), 1;
    if (comment) return 1;
    if (here.quoting === "'") {
      if (c === "'") here.quoting = '';
      return 1;
    }
    if (c === '\\') return 2;
    if (rest.startsWith('$((')) return enter('arithmetic'), 3;
    if (rest.startsWith('$(')) return enter('substitution'), 2;
    if (c === '`') return here.kind === 'backquote' ? leave() : enter('backquote'), 1;
    if (c === '"') return (here.quoting = here.quoting === '"' ? '' : '"'), 1;
    if (here.quoting === '"') return 1;
    return bare(c, rest);
  };

  const bare = (c: string, rest: string): number => {
    if (here.kind === 'arithmetic') {
      if (rest.startsWith('))')) return leave(), 2;
      if (c === '(') enter('group');
      return 1;
    }
    if (c === "'") here.quoting = "'";
    else if (c === '#' && /[\s;&|(`]$/.test(before)) comment = true;
    else if (c === '(') enter('group');
    else if (c === ')') {
      if (here.kind === 'group' || (here.kind === 'substitution' && here.cases === 0)) leave();
    } else if (rest.startsWith('<<') && !inArithmetic()) return heredoc(rest);
    else if (/^case\s/.test(rest) && /(^|[;&|({`\n]|\b(then|do|else|in|!|\)))\s*$/.test(before)) here.cases++;
    else if (/^esac(?!\w)/.test(rest) && /(^|[;\n\s])$/.test(before)) here.cases = Math.max(0, here.cases - 1);
    return 1;
  };

  const inArithmetic = (): boolean => levels.some(({ kind }) => kind === 'arithmetic');
  const heredoc = (rest: string): number => {
    const [whole, dash, , end] = /^<<(-?)[ \t]*(['"\\]?)([\w.-]+)\2?/.exec(rest) ?? [];
    if (whole === undefined || end === undefined) return 2;
    announced.push({ end, tabs: dash === '-' });
    return whole.length;
  };

  return {
    text(text: string): void {
      for (let at = 0; at < text.length; ) {
        const taken = step(text, at);
        before = (before + text.slice(at, at + taken)).slice(-40);
        at += taken;
      }
    },
    /** Something stands here that is not literal. */
    hole(): void {
      before = 'x';
      line += '\0';
    },
    context(): Context {
      if (open.length > 0) return 'heredoc';
      if (comment) return 'comment';
      if (here.quoting !== '') return here.quoting === '"' ? 'double' : 'single';
      return inArithmetic() && here.kind !== 'substitution' ? 'arithmetic' : 'bare';
    },
  };
}

const level = (kind: Level['kind']): Level => ({ kind, quoting: '', cases: 0 });
