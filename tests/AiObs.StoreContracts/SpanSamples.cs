using System.Globalization;
using AiObs.Operations;
using AiObs.Store;

namespace AiObs.StoreContracts;

/// <summary>Makes spans whose ids and times follow from numbers, and random ones that follow from a seed.</summary>
public static class SpanSamples
{
    /// <summary>When everything starts.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Makes a model call of a second at the top of a trace of its own, started as many seconds after <see cref="Start"/> as the number says.</summary>
    public static SpanRecord Call(int trace, int span = 1) => new()
    {
        TraceId = TraceId(trace),
        SpanId = SpanId(span),
        IsRoot = span == 1,
        ParentSpanId = span == 1 ? null : SpanId(1),
        Time = Start.AddSeconds(trace).AddMilliseconds(span - 1),
        Duration = TimeSpan.FromSeconds(1),
        Source = "AiObs",
        Name = "chat m",
        Kind = OperationKind.Chat,
    };

    /// <summary>Makes a call that has everything.</summary>
    public static SpanRecord FullCall(int trace) => Call(trace) with
    {
        Provider = "provider",
        Model = "model",
        Agent = "agent",
        Tool = "tool",
        IsError = true,
        ErrorType = "error",
        ConversationId = "conversation",
        UserId = "user",
        SessionId = "session",
        Source = "source",
        Tags = ["tag", "other tag"],
        InputTokens = 100,
        OutputTokens = 10,
        Attributes = """{"text":"Some Words"}""",
        Events = """[{"name":"retry","time":"2026-01-31T12:00:00Z","attributes":{"n":1}}]""",
        Content = new("""{"input.value":"secret"}"""),
    };

    /// <summary>Returns the id of a trace; ids sort as their numbers do.</summary>
    public static string TraceId(int number) => number.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Returns the id of a span; ids sort as their numbers do.</summary>
    public static string SpanId(int number) => number.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>
    /// Makes the spans of random traces: agents with model and tool calls under them, with many equal times, in an order that has nothing to do with their
    /// times, some of them twice, and some traces without the span at their top.
    /// </summary>
    public static IReadOnlyList<SpanRecord> Random(int seed, int traces)
    {
        var random = new Random(seed);
        List<SpanRecord> spans = [];
        for (var trace = 1; trace <= traces; trace++)
        {
            var time = Start.AddMinutes(random.Next(traces * 2));
            var count = 1 + random.Next(6);
            for (var span = 1; span <= count; span++)
            {
                spans.Add(Random(random, trace, span, time));
            }
        }

        spans.RemoveAll(span => span.IsRoot && random.Next(5) == 0);
        spans.AddRange([.. spans.Where(_ => random.Next(10) == 0)]);
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(spans));
        return spans;
    }

    private static SpanRecord Random(Random random, int trace, int span, DateTimeOffset time)
    {
        var kind = span == 1 ? OperationKind.Agent : (OperationKind?)Pick(random, OperationKind.Chat, OperationKind.Tool, OperationKind.Embeddings, OperationKind.Chain);
        var isCall = kind is OperationKind.Chat or OperationKind.Embeddings;
        var isError = random.Next(6) == 0;
        return Call(trace, span) with
        {
            Time = time.AddSeconds(random.Next(3)).ToOffset(TimeSpan.FromHours(random.Next(3))),
            Duration = TimeSpan.FromMilliseconds(Math.Pow(10, random.NextDouble() * 5)),
            Source = Pick(random, "AiObs", "OpenAI", "Mcp"),
            Name = Pick(random, "chat fast", "run", "Look up"),
            Kind = random.Next(12) == 0 ? null : kind,
            Provider = isCall ? Pick(random, "openai", "anthropic") : null,
            Model = isCall ? Pick(random, "large", "small", null) : null,
            Agent = Pick(random, "weather", "travel", null),
            Tool = kind == OperationKind.Tool ? Pick(random, "search", "forecast") : null,
            IsError = isError,
            ErrorType = isError ? Pick(random, "timeout", "rate_limit", null) : null,
            ConversationId = Pick(random, $"c-{trace % 7}", $"c-{trace % 3}", null),
            UserId = Pick(random, "ann", "bob", null),
            SessionId = Pick(random, "s-1", null),
            Tags = random.Next(3) switch { 0 => ["red"], 1 => ["red", "green"], _ => [] },
            InputTokens = isCall && random.Next(4) > 0 ? random.Next(1_000) : null,
            OutputTokens = random.Next(3) > 0 ? random.Next(100) : null,
            Attributes = $$"""{"n":{{trace % 5}},"place":"Ås"}""",
            Content = random.Next(2) == 0 ? new($$"""{"input.value":"said {{span}}"}""") : null,
        };
    }

    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];
}
