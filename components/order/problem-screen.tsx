import type { ProblemCode } from '@/lib/order/problem';
import { FullPageMessage } from '@/components/ui/full-page-message';
import { SupportLink } from '@/components/ui/support-link';
import { RetryStatus, type Retry } from './retry-status';
import { useCopy } from '@/lib/client/copy/order-copy';

type Props = { problem: ProblemCode; supportUrl: string | undefined } & Partial<Retry>;

/** Replaces the order with a message about the problem and the next step for the customer. */
export function ProblemScreen({
  problem,
  supportUrl,
  retryAtMs,
  isFetching = false,
  refetchNow,
}: Props) {
  const copy = useCopy();
  const problems = new Map(Object.entries(copy.problems));
  const { title, message } = problems.get(problem) ?? copy.problems.upstream_unavailable;
  return (
    <FullPageMessage title={title} message={message}>
      {refetchNow && retryAtMs !== undefined && (
        <p className="mt-4 text-quiet">
          <RetryStatus retryAtMs={retryAtMs} isFetching={isFetching} refetchNow={refetchNow} />
        </p>
      )}
      <SupportLink url={supportUrl} text={copy.support} />
    </FullPageMessage>
  );
}
