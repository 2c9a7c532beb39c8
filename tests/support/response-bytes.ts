/** All that a caller can see of an answer. */
export async function toBytes(response: Response) {
  return {
    status: response.status,
    headers: [...response.headers],
    body: Buffer.from(await response.arrayBuffer()).toString('hex'),
  };
}
