/** https://docs.snowflake.com/en/developer-guide/snowflake-scripting/branch and .../loops */
import { openLocal, type Local } from './local';

let local: Local;
beforeAll(async () => {
  local = await openLocal();
});
afterAll(() => local.close());

describe('IF', () => {
  const body = `
    IF (flag = 1) THEN RETURN 'one';
    ELSEIF (flag = 2) THEN RETURN 'two';
    ELSE RETURN 'unexpected';
    END IF;`;

  it.each([
    [1, 'one'],
    [2, 'two'],
    [3, 'unexpected'],
    ['NULL', 'unexpected'],
  ])('with %s takes the branch %s', async (flag, branch) => {
    expect(await local.block(body, `flag INTEGER := ${flag};`)).toBe(branch);
  });

  it('without ELSE goes on', async () => {
    expect(await local.block("IF (FALSE) THEN RETURN 'no'; END IF; RETURN 'after';")).toBe('after');
  });

  it('runs each statement of the branch', async () => {
    expect(
      await local.block('IF (n = 0) THEN n := n + 1; n := n + 1; END IF; RETURN n;', 'n INTEGER := 0;'),
    ).toBe(2);
  });
});

describe('CASE', () => {
  const simple = `CASE (choice)
      WHEN 'first' THEN RETURN 'one';
      WHEN 'second' THEN RETURN 'two';
      ELSE RETURN 'unexpected';
    END;`;

  it.each([
    ["'first'", 'one'],
    ["'second'", 'two'],
    ["'third'", 'unexpected'],
    ['NULL', 'unexpected'],
  ])('of the value %s gives %s', async (choice, branch) => {
    expect(await local.block(simple, `choice VARCHAR := ${choice};`)).toBe(branch);
  });

  it('takes the first condition that holds, and ends with END CASE', async () => {
    const searched = `CASE
        WHEN n > 10 THEN RETURN 'many';
        WHEN n > 1 THEN RETURN 'some';
        ELSE RETURN 'few';
      END CASE;`;
    expect(await local.block(searched, 'n INTEGER := 5;')).toBe('some');
    expect(await local.block(searched, 'n INTEGER := 50;')).toBe('many');
  });

  it('without a match and without ELSE goes on', async () => {
    expect(await local.block("CASE (1) WHEN 2 THEN RETURN 'two'; END CASE; RETURN 'after';")).toBe('after');
  });

  it('compares values of different types as SQL does', async () => {
    expect(
      await local.block("CASE (n) WHEN '2' THEN RETURN 'two'; END CASE; RETURN 'none';", 'n INTEGER := 2;'),
    ).toBe('two');
  });
});

describe('FOR with a counter', () => {
  it('runs from the start to the end, both included', async () => {
    const body = 'FOR i IN 1 TO maximum_count DO counter := counter + 1; END FOR; RETURN counter;';
    expect(await local.block(body, 'counter INTEGER DEFAULT 0; maximum_count INTEGER DEFAULT 5;')).toBe(5);
  });

  it('runs backwards with REVERSE', async () => {
    expect(
      await local.block('FOR i IN REVERSE 1 TO 5 DO s := s || i; END FOR; RETURN s;', "s VARCHAR := '';"),
    ).toBe('54321');
  });

  it('does not run when the end is below the start', async () => {
    expect(await local.block('FOR i IN 3 TO 2 DO RETURN i; END FOR; RETURN 0;')).toBe(0);
  });

  it('takes its ends once, and its counter does not outlive it', async () => {
    const body = 'FOR i IN 1 TO n DO n := n + 1; c := c + 1; END FOR; RETURN c * 100 + i;';
    expect(await local.block(body, 'n INTEGER := 3; c INTEGER := 0; i INTEGER := 7;')).toBe(307);
  });

  it('may be written with LOOP', async () => {
    expect(await local.block('FOR i IN 1 TO 4 LOOP c := c + i; END LOOP; RETURN c;', 'c INTEGER := 0;')).toBe(
      10,
    );
  });
});

describe('WHILE, REPEAT, LOOP', () => {
  it('WHILE checks before each turn', async () => {
    expect(await local.block('WHILE (n < 8) DO n := n * 2; END WHILE; RETURN n;', 'n INTEGER := 1;')).toBe(8);
    expect(await local.block('WHILE (n < 1) LOOP n := 100; END LOOP; RETURN n;', 'n INTEGER := 1;')).toBe(1);
  });

  it('REPEAT checks after each turn', async () => {
    expect(
      await local.block('REPEAT n := n - 1; UNTIL (n <= 0) END REPEAT; RETURN n;', 'n INTEGER := 0;'),
    ).toBe(-1);
  });

  it('LOOP runs until BREAK', async () => {
    expect(
      await local.block(
        'LOOP IF (n >= 5) THEN BREAK; END IF; n := n + 1; END LOOP; RETURN n;',
        'n INTEGER := 0;',
      ),
    ).toBe(5);
  });

  it('EXIT is BREAK and ITERATE is CONTINUE', async () => {
    const body = `LOOP
        n := n + 1;
        IF (n > 6) THEN EXIT; END IF;
        IF (n % 2 = 1) THEN ITERATE; END IF;
        s := s || n;
      END LOOP;
      RETURN s;`;
    expect(await local.block(body, "n INTEGER := 0; s VARCHAR := '';")).toBe('246');
  });

  it('labels say which loop to leave or to continue', async () => {
    const body = `LOOP
        inner_counter := 0;
        LOOP
          inner_counter := inner_counter + 1;
          IF (inner_counter > 3) THEN CONTINUE outer_loop; END IF;
          outer_counter := outer_counter + 1;
          IF (outer_counter > 7) THEN BREAK outer_loop; END IF;
        END LOOP inner_loop;
      END LOOP outer_loop;
      RETURN outer_counter * 10 + inner_counter;`;
    expect(await local.block(body, 'inner_counter INTEGER; outer_counter INTEGER := 0;')).toBe(82);
  });

  it('RETURN leaves all of them', async () => {
    expect(await local.block("FOR i IN 1 TO 3 DO WHILE (TRUE) DO RETURN 'out'; END WHILE; END FOR;")).toBe(
      'out',
    );
  });

  it('a loop that never ends hears a cancel', async () => {
    const cancel = new AbortController();
    const running = local.session.execute('BEGIN LOOP NULL; END LOOP; END;', [], { signal: cancel.signal });
    setTimeout(() => cancel.abort(), 20);
    await expect(running).rejects.toMatchObject({ code: '000604' });
  });
});
