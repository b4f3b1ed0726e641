using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AiObs.TestSupport;

/// <summary>Keeps what is logged through it; <see cref="CollectingLoggerFactory"/> makes these.</summary>
public sealed class CollectingLogger : ILogger
{
    private const string TemplateKey = "{OriginalFormat}";

    private readonly CollectingLoggerFactory _factory;
    private readonly string _category;

    internal CollectingLogger(CollectingLoggerFactory factory, string category)
    {
        _factory = factory;
        _category = category;
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= _factory.MinimumLevel;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            _factory.Add(new CollectedLog(_category, logLevel, eventId, formatter(state, exception), Values(state), exception, Activity.Current));
        }
    }

    private static Dictionary<string, object?> Values<TState>(TState state) =>
        state is IEnumerable<KeyValuePair<string, object?>> pairs
            ? pairs.Where(pair => pair.Key != TemplateKey).ToDictionary(pair => pair.Key, pair => pair.Value)
            : [];
}
