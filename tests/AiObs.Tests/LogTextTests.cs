using AiObs.Events;
using AiObs.TestSupport;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Tests;

/// <summary>Names that others choose write no lines of a log, turn none around and command no terminal that shows it.</summary>
public sealed class LogTextTests
{
    private const string Hostile = "gpt\r\n2026-01-31 ok: paid\u001b[2J\u009b\u202e\u2028\u2066x";
    private const string Clean = "gpt\uFFFD\uFFFD2026-01-31 ok: paid\uFFFD[2J\uFFFD\uFFFD\uFFFD\uFFFDx";

    [Fact]
    public void Line_AnyText_HasOneLine() => Fuzz.Check(HostileText.Any, text =>
    {
        var line = LogText.Line(text);

        Assert.Equal(text.Length, line.Length);
        Assert.DoesNotContain(line, static character => char.IsControl(character) || character is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e'));
    });

    [Fact]
    public void Name_LongText_IsCut() =>
        Assert.Equal($"{new string('x', 256)}… (1000000 characters)", LogText.Name(new string('x', 1_000_000)));

    [Fact]
    public async Task WriteAsync_TypeAndDataOfSomebodyHostile_AreOneLineOfTheLog()
    {
        var logs = new FakeLogCollector();
        var item = new AgentEvent
        {
            Id = Guid.NewGuid(),
            Time = DateTimeOffset.UnixEpoch,
            Type = Hostile,
            Data = new Dictionary<string, object?> { [Hostile] = Hostile },
        };

        await new LoggerEventSink(logs.ToFactory()).WriteAsync([item], TestContext.Current.CancellationToken);

        var log = Assert.Single(logs.GetSnapshot());
        Assert.StartsWith($"{Clean} {{", log.Message, StringComparison.Ordinal);
        Assert.Equal((Clean, log.Message), (log.Id.Name, LogText.Line(log.Message)));
    }
}
