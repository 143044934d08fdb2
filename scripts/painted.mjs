/**
 * The directive `client:painted`: an island comes alive once the page has been painted and has a moment, so that its
 * script does not hold up the first paint. A press before that is kept by `components/frame/first.js`.
 */
export default function painted() {
  return {
    name: 'painted',
    hooks: {
      'astro:config:setup': ({ addClientDirective }) =>
        addClientDirective({ name: 'painted', entrypoint: './src/components/frame/painted.ts' }),
    },
  };
}
