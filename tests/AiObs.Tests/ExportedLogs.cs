using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;

namespace AiObs.Tests;

/// <summary>Log records as an exporter gets them: with values of their own type, and the span that was current.</summary>
/// <remarks>FakeLogger makes texts of all values and does not keep the span, so what OpenTelemetry is to get cannot be checked with it.</remarks>
internal sealed class ExportedLogs : IDisposable
{
    private readonly List<LogRecord> _records = [];

    public ExportedLogs(LogLevel minimum = LogLevel.Trace) => Factory = LoggerFactory.Create(logging => logging
        .SetMinimumLevel(minimum)
        .AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.AddInMemoryExporter(_records);
        }));

    public ILoggerFactory Factory { get; }

    /// <summary>Gets the records so far, in order.</summary>
    public IReadOnlyList<LogRecord> Records => _records;

    /// <summary>Returns the structured values of a record.</summary>
    public static Dictionary<string, object?> State(LogRecord log) => log.Attributes!.ToDictionary();

    public void Dispose() => Factory.Dispose();
}
