const VARIANTS = {
  primary: 'min-h-11 rounded-full bg-brand font-medium text-brand-on',
  outline: 'rounded-full border border-line text-sm',
  text: 'rounded font-semibold underline underline-offset-2',
};

type Props = React.ComponentProps<'button'> & { variant: keyof typeof VARIANTS };

/** Renders a button in one of the page's styles. `className` adds its size and position. */
export function Button({ variant, className = '', ...props }: Props) {
  return <button type="button" {...props} className={`${VARIANTS[variant]} ${className}`} />;
}
