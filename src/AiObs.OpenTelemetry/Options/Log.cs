using Microsoft.Extensions.Logging;

namespace AiObs.OpenTelemetry;

/// <summary>What this library logs.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 60, Level = LogLevel.Warning, Message = "Spans of other libraries are not translated: AgentObservability cannot be made of the services of the tracer provider")]
    public static partial void BridgeHasNoRoot(this ILogger logger, Exception exception);
}
