using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.TestSupport;

/// <summary>Lets a collector of log records stand where a logger factory is asked for.</summary>
public static class FakeLogCollectorExtensions
{
    /// <summary>Makes a factory whose loggers, of whatever category, hand everything to the collector.</summary>
    public static ILoggerFactory ToFactory(this FakeLogCollector collector) => LoggerFactory.Create(
        logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new FakeLoggerProvider(collector)));
}
