/** The home page's pictures as they stand before any script runs: one file for each stage, layout and theme. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { stillPictures } from '@/components/figures/home/still';

export const getStaticPaths: GetStaticPaths = async () =>
  [...(await stillPictures()).keys()].map((picture) => ({ params: { picture } }));

export const GET: APIRoute = async ({ params }) => {
  const picture = (await stillPictures()).get(params.picture ?? '');
  return picture
    ? new Response(picture(), { headers: { 'content-type': 'image/png' } })
    : new Response('There is no such picture.', { status: 404 });
};
