import { defineCollection } from 'astro:content';
import { file, glob } from 'astro/loaders';
import { z } from 'astro/zod';

/** The chapters that the book is to have, by number; content/chapters/ holds those that are written. */
const plan = defineCollection({
  loader: file('content/plan.json'),
  schema: z.object({ title: z.string(), question: z.string().endsWith('?') }),
});

/** The chapters that are written; 03-spectrogram.mdx is chapter 3, whose title and question stand in the plan. */
const chapters = defineCollection({
  loader: glob({ base: './content/chapters', pattern: '*.mdx' }),
  schema: z.object({
    /** One or two sentences for search engines and previews. */
    description: z.string(),
  }),
});

/** The words of the field, one definition each, with the names that the libraries use; `symbol` and `formula` are TeX. */
const glossary = defineCollection({
  loader: file('content/glossary.json'),
  schema: z.object({
    term: z.string(),
    definition: z.string(),
    chapter: z.number().int().min(1).max(13),
    symbol: z.string().optional(),
    unit: z.string().optional(),
    formula: z.string().optional(),
    names: z
      .object({
        librosa: z.array(z.string()).optional(),
        tensorflow: z.array(z.string()).optional(),
        torch: z.array(z.string()).optional(),
      })
      .optional(),
    see: z.array(z.string()),
  }),
});

export const collections = { plan, chapters, glossary };
