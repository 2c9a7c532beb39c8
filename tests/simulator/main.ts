import { demoClient } from './oauth';
import { demoUserId } from './people';
import { listScenarios } from './scenarios';
import { startSimulator } from './simulator';

const defaultPort = 4010;

const simulator = await startSimulator({
  port: Number(process.env.SIMULATOR_PORT ?? defaultPort),
  host: 'localhost',
});

console.log(`Connect simulator: ${simulator.url}`);
console.log(`  client ${demoClient.id} / ${demoClient.secret}, customer ${demoUserId}\n`);
for (const { orderId, summary } of listScenarios())
  console.log(`  ${orderId.padEnd(18)} ${summary}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void simulator.close().then(() => process.exit(0));
  });
