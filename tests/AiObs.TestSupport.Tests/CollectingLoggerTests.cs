using Microsoft.Extensions.Logging;

namespace AiObs.TestSupport.Tests;

public sealed class CollectingLoggerTests : IDisposable
{
    private readonly CollectingLoggerFactory _factory = new();

    public void Dispose() => _factory.Dispose();

    [Fact]
    public void Log_StructuredMessage_KeepsEveryPart()
    {
        var exception = new InvalidOperationException("down");

        _factory.CreateLogger("AiObs.Chat").LogWarning(new EventId(7, "Dropped"), exception, "{Count} dropped", 3);

        var log = Assert.Single(_factory.Logs);
        Assert.Equal(("AiObs.Chat", LogLevel.Warning, "3 dropped"), (log.Category, log.Level, log.Message));
        Assert.Equal((7, "Dropped"), (log.EventId.Id, log.EventId.Name));
        Assert.Same(exception, log.Exception);
        SpanAssert.Attributes(new() { ["Count"] = 3 }, log.State);
    }

    [Fact]
    public void Log_BelowTheMinimumLevel_IsNotKept()
    {
        _factory.MinimumLevel = LogLevel.Error;

        _factory.CreateLogger("AiObs").LogWarning("quiet");

        Assert.Empty(_factory.Logs);
    }
}
