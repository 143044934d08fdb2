// Every figure of a chapter stands in its page twice: as an island, and before it in a noscript element, rendered when
// the site is built with the engine's answers on the built-in clip. A chapter's text names it once.
//
//     <Glide number="5.5" client:visible>…</Glide>
//
// becomes
//
//     <noscript><FigureWithoutScript figure={Glide} number="5.5">…</FigureWithoutScript></noscript>
//     <Glide number="5.5" client:visible>…</Glide>

/** A figure is the default export of a file in components/figures; exercises, named exports, need script anyway. */
const figureImport = /^import (\w+) from '@\/components\/figures\//gm;

/** An attribute `name={identifier}`, as the MDX parser would give it. */
const attribute = (name, identifier) => ({
  type: 'mdxJsxAttribute',
  name,
  value: {
    type: 'mdxJsxAttributeValueExpression',
    value: identifier,
    data: {
      estree: {
        type: 'Program',
        sourceType: 'module',
        comments: [],
        body: [{ type: 'ExpressionStatement', expression: { type: 'Identifier', name: identifier } }],
      },
    },
  },
});

const element = (name, attributes, children) => ({ type: 'mdxJsxFlowElement', name, attributes, children });

const isClient = ({ name }) => name?.startsWith('client:');

/** An island of one of these figures, with what readers without script get before it. */
function withStill(node, figures) {
  if (!figures.has(node.name) || !node.attributes.some(isClient)) {
    if (node.children) node.children = node.children.flatMap((child) => withStill(child, figures));
    return [node];
  }
  const { attributes, children } = structuredClone(node);
  const rest = attributes.filter((one) => !isClient(one));
  const figure = element('FigureWithoutScript', [attribute('figure', node.name), ...rest], children);
  return [element('noscript', [], [figure]), node];
}

/** For remark, on MDX. */
export function figuresWithoutScript() {
  return (tree) => {
    const imports = tree.children.filter(({ type }) => type === 'mdxjsEsm').map(({ value }) => value);
    const figures = new Set([...imports.join('\n').matchAll(figureImport)].map(([, name]) => name));
    withStill(tree, figures);
  };
}
