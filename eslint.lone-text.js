import ts from 'typescript';

const TEXT = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BigIntLike;

/**
 * Requires text to be the only child of its element. Page translators replace text nodes, and React can neither update
 * nor remove a replaced node that has siblings: https://github.com/facebook/react/issues/11538
 */
export const loneText = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { beside: 'Give this text an element of its own: translators replace text nodes.' },
  },
  create(context) {
    const { parserServices } = context.sourceCode;
    const checker = parserServices.program.getTypeChecker();

    function hasText(type, isAlone) {
      // A ReactNode, such as `children`, is checked where it is written.
      if (type.aliasSymbol?.name === 'ReactNode') return false;
      if (type.isUnion()) return type.types.some((each) => hasText(each, isAlone));
      if (checker.isArrayLikeType(type))
        return checker.getTypeArguments(type).some((item) => hasText(item, false));
      // React renders no node for an empty string, as in `body && <p>`.
      const isEmpty = type.isStringLiteral() && type.value === '';
      return !isAlone && !isEmpty && (type.flags & TEXT) !== 0;
    }

    function check({ type, children }) {
      const shown = children.filter(isShown);
      const isAlone = shown.length === 1 && type === 'JSXElement';
      for (const child of shown) {
        const isWrong =
          child.type === 'JSXText'
            ? !isAlone
            : child.type === 'JSXExpressionContainer' &&
              hasText(parserServices.getTypeAtLocation(child.expression), isAlone);
        if (isWrong) context.report({ node: child, messageId: 'beside' });
      }
    }

    return { JSXElement: check, JSXFragment: check };
  },
};

// JSX removes a line break with the spaces around it, and keeps spaces within a line.
function isShown({ type, value, expression }) {
  if (type === 'JSXText') return value.trim() !== '' || !value.includes('\n');
  return expression?.type !== 'JSXEmptyExpression';
}
