using AiObs.Events;
using AiObs.TestSupport.Contracts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiObs.Tests.Events.Sinks;

public sealed class LoggerEventSinkTests : EventSinkContract, IDisposable
{
    private static readonly string[] Members =
        ["event_id", "event_type", "event_time", "conversation_id", "user_id", "session_id", "trace_id", "span_id", "content"];

    private readonly ExportedLogs _logs = new();

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task WriteAsync_Event_IsARecordNamedAfterIt()
    {
        await WriteAsync(new(), Of(AgentEventTypes.ToolCalled) with { Data = new Dictionary<string, object?> { ["tool"] = "a\nb" } });

        var log = Assert.Single(_logs.Records);
        Assert.Equal(("AiObs.Events", "tool_called"), (log.CategoryName, log.EventId.Name));
        Assert.Equal("""tool_called {"tool":"a\nb"}""", log.FormattedMessage);
        Assert.Equal("a\nb", ExportedLogs.State(log)["tool"]);
    }

    [Fact]
    public async Task Level_IsThatOfTheRecords()
    {
        await WriteAsync(new() { Level = LogLevel.Debug }, Of(AgentEventTypes.ResponseReceived));

        Assert.Equal(LogLevel.Debug, Assert.Single(_logs.Records).LogLevel);
    }

    [Theory]
    [InlineData(AgentEventTypes.CallFailed)]
    [InlineData(AgentEventTypes.PolicyViolation)]
    [InlineData(AgentEventTypes.BudgetThreshold)]
    [InlineData(AgentEventTypes.SlowCall)]
    [InlineData(AgentEventTypes.ExpensiveCall)]
    public async Task FailureLevel_IsThatOfFailures(string type)
    {
        await WriteAsync(new() { FailureLevel = LogLevel.Critical }, Of(type));

        Assert.Equal(LogLevel.Critical, Assert.Single(_logs.Records).LogLevel);
    }

    [Theory]
    [InlineData(true, "\"said\"")]
    [InlineData(false, null)]
    public async Task IncludeContent_DecidesOverContent(bool includes, string? expected)
    {
        await WriteAsync(new() { IncludeContent = includes }, Of("spoken") with { Content = "\"said\"" });

        Assert.Equal(expected, ExportedLogs.State(Assert.Single(_logs.Records)).GetValueOrDefault("content"));
    }

    [Fact]
    public async Task WriteAsync_LevelOff_WritesNothing()
    {
        using var logs = new ExportedLogs(LogLevel.Error);

        await new LoggerEventSink(logs.Factory).WriteAsync([Of("quiet")], TestContext.Current.CancellationToken);

        Assert.Empty(logs.Records);
    }

    [Fact]
    public void Options_UnknownLevel_SaySo()
    {
        var thrown = Assert.Throws<OptionsValidationException>(
            () => new LoggerEventSink(_logs.Factory, Options.Create(new LoggerEventSinkOptions { Level = (LogLevel)42 })));

        Assert.Equal(["LoggerEventSinkOptions.Level has the unknown value 42. Use a level from Trace to Critical, or None."], thrown.Failures);
    }

    protected override IAgentEventSink CreateSink() =>
        new LoggerEventSink(_logs.Factory, Options.Create(new LoggerEventSinkOptions { IncludeContent = true }));

    protected override ValueTask<IReadOnlyList<AgentEvent>> ReadAsync() => new([.. _logs.Records.Select(log => Read(ExportedLogs.State(log)))]);

    private static AgentEvent Of(string type) => new() { Id = Guid.NewGuid(), Time = DateTimeOffset.UnixEpoch, Type = type };

    private static AgentEvent Read(Dictionary<string, object?> state) => new()
    {
        Id = (Guid)state["event_id"]!,
        Type = (string)state["event_type"]!,
        Time = (DateTimeOffset)state["event_time"]!,
        ConversationId = (string?)state.GetValueOrDefault("conversation_id"),
        UserId = (string?)state.GetValueOrDefault("user_id"),
        SessionId = (string?)state.GetValueOrDefault("session_id"),
        TraceId = (string?)state.GetValueOrDefault("trace_id"),
        SpanId = (string?)state.GetValueOrDefault("span_id"),
        Content = (string?)state.GetValueOrDefault("content"),
        Data = state.Where(entry => !Members.Contains(entry.Key)).ToDictionary(),
    };

    private async Task WriteAsync(LoggerEventSinkOptions options, AgentEvent item) =>
        await new LoggerEventSink(_logs.Factory, Options.Create(options)).WriteAsync([item], TestContext.Current.CancellationToken);
}
