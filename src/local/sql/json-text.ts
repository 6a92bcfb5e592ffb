/** JSON as text, without losing digits on the way through numbers of JavaScript. */

/** The same value with the keys of every object in order; undefined for anything but JSON with distinct keys. */
export function sortedJson(text: string): string | undefined {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[a-z]+|[{}[\],:]|\S/g) ?? [];
  let at = 0;
  const accept = (symbol: string): boolean => tokens[at] === symbol && (at += 1) > 0;

  function value(): string {
    if (accept('{')) return object();
    if (accept('[')) return array();
    return tokens[at++] ?? '';
  }
  function array(): string {
    const items: string[] = [];
    while (!accept(']')) {
      items.push(value());
      if (!accept(',') && tokens[at] !== ']') throw new SyntaxError(text);
    }
    return `[${items.join(',')}]`;
  }
  function object(): string {
    const entries = new Map<string, string>();
    while (!accept('}')) {
      const key = tokens[at++] ?? '';
      if (!accept(':') || entries.has(key)) throw new SyntaxError(text);
      entries.set(key, value());
      if (!accept(',') && tokens[at] !== '}') throw new SyntaxError(text);
    }
    const keys = [...entries.keys()].sort();
    return `{${keys.map((key) => `${key}:${entries.get(key)!}`).join(',')}}`;
  }

  try {
    JSON.parse(text);
    return value();
  } catch {
    return undefined;
  }
}
