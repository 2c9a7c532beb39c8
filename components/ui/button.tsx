const VARIANTS = {
  primary:
    'min-h-11 rounded-action border border-brand-edge bg-brand font-medium text-brand-on hover:bg-brand-hover active:bg-brand-pressed aria-disabled:border-transparent',
  outline: 'rounded-action border border-line text-sm hover:bg-bubble active:bg-line',
  text: 'rounded font-semibold underline underline-offset-2 hover:no-underline',
};

type Props = React.ComponentProps<'button'> & { variant: keyof typeof VARIANTS };

/** Renders a button in one of the page's styles. `className` adds its size and position. */
export function Button({ variant, className = '', ...props }: Props) {
  return <button type="button" {...props} className={`${VARIANTS[variant]} ${className}`} />;
}
