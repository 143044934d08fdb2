/** The chapters' still pictures: what each figures/<chapter>/stills.ts offers, by name. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { encodePng } from '@/components/figures/png';
import { paletteOf, type Still } from '@/components/figures/still';

type Stills = () => Promise<Readonly<Record<string, Still>>>;

const chapters = import.meta.glob<{ stills: Stills }>('/src/components/figures/*/stills.ts', { eager: true });

const files = (async () => {
  const all = await Promise.all(Object.values(chapters).map(({ stills }) => stills()));
  return new Map(
    all
      .flatMap((stills) => Object.entries(stills))
      .flatMap(([name, { themed, paint }]) =>
        themed
          ? [
              [`${name}-light`, () => paint(paletteOf('light'))] as const,
              [`${name}-dark`, () => paint(paletteOf('dark'))] as const,
            ]
          : [[name, () => paint(paletteOf('light'))] as const],
      ),
  );
})();

export const getStaticPaths: GetStaticPaths = async () =>
  [...(await files).keys()].map((still) => ({ params: { still } }));

export const GET: APIRoute = async ({ params }) => {
  const paint = (await files).get(params.still ?? '');
  return paint
    ? new Response(encodePng(paint()), { headers: { 'content-type': 'image/png' } })
    : new Response('There is no such picture.', { status: 404 });
};
