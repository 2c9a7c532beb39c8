/** An answer with status, headers and body as text. */
export async function toBytes(response: Response) {
  return {
    status: response.status,
    headers: [...response.headers],
    body: Buffer.from(await response.arrayBuffer()).toString('hex'),
  };
}
