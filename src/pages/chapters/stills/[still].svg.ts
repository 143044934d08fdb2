/**
 * The chapters' still pictures: what each figures/<chapter>/stills.ts offers, by name. A cell of a picture is as wide and
 * as high as its figure makes it, so a picture has no proportions of its own: the pixels stand in an SVG that says so.
 */
import type { APIRoute, GetStaticPaths } from 'astro';
import { encodePng } from '@/components/figures/png';
import { paletteOf, type Still } from '@/components/figures/still';
import type { Raster } from '@/components/plots/raster';

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
    ? new Response(stretchable(paint()), { headers: { 'content-type': 'image/svg+xml' } })
    : new Response('There is no such picture.', { status: 404 });
};

function stretchable(raster: Raster): string {
  const { width, height } = raster;
  const pixels = Buffer.from(encodePng(raster)).toString('base64');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none"><image width="${width}" height="${height}" preserveAspectRatio="none" image-rendering="pixelated" href="data:image/png;base64,${pixels}"/></svg>`;
}
