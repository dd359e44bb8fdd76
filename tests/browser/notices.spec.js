// @ts-check
/** What readers learn of a text: that its review is overdue, and what changed since their last visit. */

import { expect, test } from './support/test.js';

for (const address of ['whatsapp/', 'whatsapp/atendimento/']) {
  test(`${address} is overdue from the day after its review is due`, async ({ page }) => {
    const line = page.locator('.overdue:visible');
    await page.clock.setFixedTime('2027-05-19T23:00-03:00');
    await page.goto(address, { waitUntil: 'networkidle' });
    await expect(page.locator('.overdue').first()).toHaveAttribute('data-due', '2027-05-19');
    await expect(line).toHaveCount(0);
    await page.clock.setFixedTime('2027-05-20T01:00-03:00');
    await page.reload();
    await expect(line).toHaveText('Revisão vencida desde 19/05/2027. Na dúvida, confirme com Projeto e Processo.');
  });
}

test('the home page lists what changed since the last visit, in this browser alone', async ({ page }) => {
  const changed = page.getByRole('region', { name: 'Mudou desde a última visita' });
  const stored = () => page.evaluate(() => localStorage.getItem('vereda:/:versions'));
  await page.goto('', { waitUntil: 'networkidle' });
  await expect.poll(stored).toContain('/whatsapp/auditoria/');
  await page.reload({ waitUntil: 'networkidle' });
  await expect(changed).toBeHidden();
  await page.route('**/versions.json', async (route) => {
    const versions = await (await route.fetch()).json();
    versions['/whatsapp/auditoria/'][1] = '00000000';
    await route.fulfill({ json: { ...versions, '/whatsapp/novo/': ['Um fluxo novo', '11111111'] } });
  });
  await page.reload();
  await expect(changed.getByRole('link')).toHaveText(['Auditar a fila WINTHOR WHATSAPP', 'Um fluxo novo']);
  await expect(changed.getByRole('link').first()).toHaveAttribute('href', /\/whatsapp\/auditoria\/$/);
  await page.reload();
  await expect(changed.getByRole('link')).toHaveCount(2);
  expect(JSON.parse((await stored()) ?? '')).toMatchObject({ versions: { '/whatsapp/novo/': '11111111' }, changed: ['/whatsapp/auditoria/', '/whatsapp/novo/'] });
});

test('without a network the home page lists nothing', async ({ page }) => {
  await page.route('**/versions.json', (route) => route.fulfill({ status: 204 }));
  await page.goto('', { waitUntil: 'networkidle' });
  await expect(page.locator('[data-component="changed"]')).toBeHidden();
});
