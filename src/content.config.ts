import { defineCollection } from 'astro:content';
import { file } from 'astro/loaders';
import { z } from 'astro/zod';

/** The chapters that the book is to have, by number; content/chapters/ holds those that are written. */
const plan = defineCollection({
  loader: file('content/plan.json'),
  schema: z.object({ title: z.string(), question: z.string().endsWith('?') }),
});

export const collections = { plan };
