// Copy of the page after an error. It has its own file, because every page loads it.

export const pageFailed = 'Something went wrong on this page';
export const pageFailedHint = 'Your order itself is not affected.';
export const reload = 'Reload';
