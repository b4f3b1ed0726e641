using AiObs.TestSupport.Otlp.Wire;

namespace AiObs.TestSupport.Otlp;

internal static class WireRecords
{
    public static IEnumerable<ReceivedLog> Decode(byte[] body) =>
        from resource in WireLogs.Parser.ParseFrom(body).ResourceLogs
        from scope in resource.ScopeLogs
        from log in scope.Logs
        select Log(log, WireValues.Scope(scope.Scope, scope.SchemaUrl, resource.Resource));

    private static ReceivedLog Log(WireLog log, ReceivedScope scope) => new(
        log.EventName,
        log.SeverityText,
        WireValues.Value(log.Body),
        WireValues.Attributes(log.Attributes),
        WireValues.Id(log.TraceId),
        WireValues.Id(log.SpanId),
        scope);
}
