import type { ProblemCode } from '@/lib/order/problem';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { FullPageMessage } from '@/components/ui/full-page-message';
import { RetryStatus, type Retry } from './retry-status';

type Props = { problem: ProblemCode; supportUrl: string | undefined } & Partial<Retry>;

const problems = new Map(Object.entries(copy.problems));

/** Replaces the order with a message about the problem and the next step for the customer. */
export function ProblemScreen({
  problem,
  supportUrl,
  retryAtMs,
  isFetching = false,
  refetchNow,
}: Props) {
  const { title, message } = problems.get(problem) ?? copy.problems.upstream_unavailable;
  return (
    <FullPageMessage title={title} message={message} supportUrl={supportUrl}>
      {refetchNow && retryAtMs !== undefined && (
        <p className="mt-4 text-quiet">
          <RetryStatus retryAtMs={retryAtMs} isFetching={isFetching} refetchNow={refetchNow} />
        </p>
      )}
    </FullPageMessage>
  );
}
