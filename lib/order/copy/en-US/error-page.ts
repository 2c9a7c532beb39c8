// What a page that broke says. Apart from the others, because each page carries it in a file of its own.

export const pageFailed = 'Something went wrong on this page';
export const pageFailedHint = 'Your order itself is not affected.';
export const reload = 'Reload';
