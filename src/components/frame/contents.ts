import { getCollection } from 'astro:content';

export interface Entry {
  number: number;
  title: string;
  question: string;
  /** The chapter's page; absent while the chapter is still to come. */
  href?: string;
}

/** A chapter is written when its file is there: content/chapters/03-spectrogram.mdx is chapter 3. */
const written = new Map(
  Object.keys(import.meta.glob('/content/chapters/*.mdx')).map((path) => {
    const id = path.slice(path.lastIndexOf('/') + 1, -'.mdx'.length);
    return [Number.parseInt(id, 10), `/chapters/${id}/`];
  }),
);

/** The addresses of the written chapters, by number. */
export const chapterLinks: Readonly<Record<number, string>> = Object.fromEntries(written);

/** The book's table of contents: every planned chapter in order, with a link where the chapter is written. */
export async function tableOfContents(): Promise<Entry[]> {
  const plan = await getCollection('plan');
  return plan
    .map(({ id, data }) => ({ number: Number(id), ...data }))
    .map((entry) => {
      const href = written.get(entry.number);
      return href ? { ...entry, href } : entry;
    })
    .sort((a, b) => a.number - b.number);
}
