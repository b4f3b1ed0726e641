using Microsoft.Extensions.Logging;

namespace AiObs.TestSupport;

/// <summary>Makes loggers of any category and keeps all their records in one list, in order.</summary>
public sealed class CollectingLoggerFactory : ILoggerFactory
{
    private readonly CollectedList<CollectedLog> _logs = new();

    /// <summary>Gets or sets the lowest level that the loggers say is enabled.</summary>
    /// <value>The default is <see cref="LogLevel.Trace"/>: everything.</value>
    public LogLevel MinimumLevel { get; set; } = LogLevel.Trace;

    /// <summary>Gets the records so far, in order.</summary>
    public IReadOnlyList<CollectedLog> Logs => _logs.Items;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new CollectingLogger(this, categoryName);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider)
    {
        // The factory is its own and only provider.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The records stay readable after disposal, as tests look at them last.
    }

    internal void Add(CollectedLog log) => _logs.Add(log);
}
