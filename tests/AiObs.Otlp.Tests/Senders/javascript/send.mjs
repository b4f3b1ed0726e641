// Sends spans as agents in JavaScript do. Usage: node send.mjs <endpoint> <json|protobuf>, with one span's attributes a line on standard input.
import { readFileSync } from "node:fs";
import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";

const [url, encoding] = process.argv.slice(2);
const exporter = new (encoding === "json" ? JsonExporter : ProtobufExporter)({ url, compression: "gzip" });
const provider = new BasicTracerProvider({
  resource: resourceFromAttributes({ "service.name": "agent-js" }),
  spanProcessors: [new BatchSpanProcessor(exporter)],
});
const tracer = provider.getTracer("senders");

for (const line of readFileSync(0, "utf8").split("\n").filter(line => line.length > 0)) {
  const { name, error, ...attributes } = JSON.parse(line);
  const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes });
  if (error) {
    span.recordException(new RangeError(error));
    span.setStatus({ code: SpanStatusCode.ERROR, message: error });
  }

  span.end();
}

await provider.forceFlush();
await provider.shutdown();
