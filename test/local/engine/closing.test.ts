import { openBakery } from '../sql/local';

it('an account is closed while statements run: they end, and the process lives', async () => {
  const endings: string[] = [];
  for (let round = 0; round < 8; round += 1) {
    const bakery = await openBakery();
    const sessions = [1, 2, 3].map(() =>
      bakery.account.openSession({ user: 'BEN', database: 'BAKERY', schema: 'PUBLIC' }),
    );
    const running = sessions.map((session) =>
      session
        .execute(
          'SELECT COUNT(*) FROM (SELECT SEQ4() AS N FROM TABLE(GENERATOR(ROWCOUNT => 3000000))) WHERE SQRT(N) > 7',
        )
        .then(
          () => 'done',
          (error: { code?: string }) => String(error.code),
        ),
    );
    // Some have a connection by then, some wait for one.
    for (let turn = 0; turn < round * 40; turn += 1) await Promise.resolve();
    await bakery.account.close();
    endings.push(...(await Promise.all(running)));
  }
  expect([...new Set(endings)].every((ending) => ['done', '000604'].includes(ending))).toBe(true);
});

it('a session of an account that is closed is told that its statement is canceled', async () => {
  const bakery = await openBakery();
  await bakery.session.execute('CREATE TABLE LOAVES (KIND VARCHAR)');
  await bakery.account.close();
  await expect(bakery.session.execute('SELECT * FROM LOAVES')).rejects.toMatchObject({ code: '000604' });
});
