using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiObs;

/// <summary>A logger whose provider may throw without anybody noticing but the provider: what we log never breaks what we observe.</summary>
internal sealed class GuardedLogger(ILogger inner) : ILogger
{
    /// <summary>Returns the one logger that everything here writes to.</summary>
    public static ILogger Of(ILoggerFactory? factory) =>
        factory is null ? NullLogger.Instance : new GuardedLogger(factory.CreateLogger("AiObs"));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return inner.IsEnabled(logLevel);
        }
#pragma warning disable CA1031 // There is nowhere left to report it.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
#pragma warning disable CA1031 // There is nowhere left to report it.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
