using System.Diagnostics;
using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Tests.Events;

public sealed class AgentFeedbackTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RecordAsync_ByResponseId_IsAnEventUnderTheSpanOfTheAnswer()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();
        using (AgentContext.Begin(conversationId: "c1", userId: "asker", sessionId: "s1"))
        {
            await root.AskAsync(Calls.Answering);
        }

        using (AgentContext.Begin(userId: "judge"))
        {
            await root.Root.Feedback.RecordAsync("r1", "helpful", 0.5, "meh", "the secret comment", Token);
        }

        var told = await root.OnlyAsync(sink, AgentEventTypes.FeedbackReceived);
        var span = root.Spans.Only();
        SpanAssert.Attributes(new() { ["name"] = "helpful", ["score"] = 0.5, ["label"] = "meh", ["response_id"] = "r1" }, told.Data);
        Assert.Equal((span.TraceId.ToHexString(), span.SpanId.ToHexString()), (told.TraceId, told.SpanId));
        Assert.Equal(("c1", "judge", "s1"), (told.ConversationId, told.UserId, told.SessionId));
        Assert.Null(told.Content);
    }

    [Fact]
    public async Task RecordAsync_WithContent_HasTheCommentMasked()
    {
        await using var root = EventRoot.WithContent(build: b => b.Configure(o => o.Privacy.RedactText = (_, text) => text.Replace("secret", "…", StringComparison.Ordinal)));
        var sink = root.AddSink();
        await root.AskAsync(Calls.Answering);

        await root.Root.Feedback.RecordAsync("r1", "helpful", comment: "the secret comment", cancellationToken: Token);

        Assert.Equal("\"the … comment\"", (await root.OnlyAsync(sink, AgentEventTypes.FeedbackReceived)).Content);
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["gen_ai.evaluation.name"] = "helpful",
                ["gen_ai.evaluation.explanation"] = "the … comment",
                ["gen_ai.response.id"] = "r1",
            },
            LogOf(root).StructuredState!.ToDictionary());
    }

    [Fact]
    public async Task RecordAsync_BySpan_IsALogRecordUnderThatVerySpan()
    {
        var context = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        var logs = new SpanNotingLogger();
        await using var other = new AgentObservability(new() { SourceName = $"feedback-{Guid.NewGuid():N}" }, logs, clock: null, observers: []);
        using var caller = new Activity("caller").Start();

        await other.Feedback.RecordAsync(context, "helpful", label: "yes", cancellationToken: Token);

        Assert.Equal([("gen_ai.evaluation.result", context.TraceId, context.SpanId)], logs.Written);
        Assert.Same(caller, Activity.Current);
    }

    [Fact]
    public async Task RecordAsync_IsMeasured()
    {
        await using var root = new EventRoot();
        await root.AskAsync(Calls.Answering);

        await root.Root.Feedback.RecordAsync("r1", "helpful", 0.5, "meh", cancellationToken: Token);
        await root.Root.Feedback.RecordAsync("r1", "helpful", label: "bad", cancellationToken: Token);

        Assert.Equal([(1L, "meh"), (1L, "bad")], root.Metrics.Of("aiobs.feedback").Select(item => ((long)item.Value, (string)item.Tags["gen_ai.evaluation.score.label"]!)));
        var score = root.Metrics.Only("aiobs.feedback.score");
        Assert.Equal(0.5, score.Value);
        Assert.Equal(new Dictionary<string, object?> { ["gen_ai.evaluation.name"] = "helpful", ["gen_ai.evaluation.score.label"] = "meh" }, score.Tags);
    }

    [Fact]
    public async Task RecordAsync_UnknownResponse_SaysWhereItLooked()
    {
        await using var root = new EventRoot();

        var exception = await Assert.ThrowsAsync<KeyNotFoundException>(async () => await root.Root.Feedback.RecordAsync("nope", "helpful", 1, cancellationToken: Token));

        Assert.Equal(
            "No answer has the id 'nope' among the last 4,096 that clients of this root gave in this process. Name the span of the answer instead.",
            exception.Message);
    }

    [Fact]
    public async Task RecordAsync_MoreAnswersThanAreKnown_ForgetsTheOldest()
    {
        await using var root = new EventRoot();
        var number = 0;
        using var client = new StubChatClient
        {
            OnResponse = _ =>
            {
                var answer = Calls.Answer;
                answer.ResponseId = FormattableString.Invariant($"r{number++}");
                return Task.FromResult(answer);
            },
        };
        for (var call = 0; call <= 4_096; call++)
        {
            await root.AskAsync(client);
        }

        await root.Root.Feedback.RecordAsync("r1", "helpful", 1, cancellationToken: Token);
        await Assert.ThrowsAsync<KeyNotFoundException>(async () => await root.Root.Feedback.RecordAsync("r0", "helpful", 1, cancellationToken: Token));
    }

    [Fact]
    public async Task RecordAsync_NothingToRecord_Throws()
    {
        await using var root = new EventRoot();
        await root.AskAsync(Calls.Answering);

        await Assert.ThrowsAsync<ArgumentException>(async () => await root.Root.Feedback.RecordAsync("r1", "helpful", cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await root.Root.Feedback.RecordAsync("r1", " ", 1, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await root.Root.Feedback.RecordAsync("r1", "helpful", double.NaN, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await root.Root.Feedback.RecordAsync(default(ActivityContext), "helpful", 1, cancellationToken: Token));
    }

    [Fact]
    public async Task RecordAsync_ObservationIsOff_RecordsNothing()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();
        await root.AskAsync(Calls.Answering);
        root.Root.Enabled = false;

        await root.Root.Feedback.RecordAsync("r1", "helpful", 1, cancellationToken: Token);

        await root.Events.FlushAsync(Token);
        Assert.DoesNotContain(AgentEventTypes.FeedbackReceived, sink.AcceptedTypes);
        Assert.Empty(root.Metrics.Of("aiobs.feedback"));
    }

    private static FakeLogRecord LogOf(EventRoot root) => Assert.Single(root.Logs.GetSnapshot(), record => record.Id.Name == "gen_ai.evaluation.result");

    /// <summary>Notes which span is the current one where a record is written, as exporters do.</summary>
    private sealed class SpanNotingLogger : ILoggerFactory, ILogger
    {
        public List<(string? Name, ActivityTraceId Trace, ActivitySpanId Span)> Written { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add((eventId.Name, Activity.Current!.TraceId, Activity.Current.SpanId));

        public void Dispose()
        {
        }
    }
}
