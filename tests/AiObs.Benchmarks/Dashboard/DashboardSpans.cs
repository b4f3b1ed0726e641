using System.Globalization;
using AiObs.Operations;
using AiObs.Store;

namespace AiObs.Benchmarks.Dashboard;

/// <summary>Makes traces of any size: an agent, chains of a hundred spans below it, and model calls and tools by turns in each.</summary>
internal static class DashboardSpans
{
    private const int ChainLength = 100;

    public static string TraceId(int trace) => trace.ToString("x32", CultureInfo.InvariantCulture);

    public static SpanRecord[] Make(int trace, int count)
    {
        var start = DateTimeOffset.UtcNow;
        return [.. Enumerable.Range(1, count).Select(number => Make(trace, number, start))];
    }

    private static SpanRecord Make(int trace, int number, DateTimeOffset start)
    {
        var chain = 2 + ((number - 2) / ChainLength * ChainLength);
        var kind = number == 1 ? OperationKind.Agent : number == chain ? OperationKind.Chain : number % 2 == 0 ? OperationKind.Chat : OperationKind.Tool;
        var isCall = kind == OperationKind.Chat;
        return new()
        {
            TraceId = TraceId(trace),
            SpanId = SpanId(number),
            ParentSpanId = number == 1 ? null : SpanId(number == chain ? 1 : chain),
            IsRoot = number == 1,
            Time = start.AddMilliseconds(number),
            Duration = TimeSpan.FromMilliseconds(number == 1 ? 60_000 : 500),
            Source = "AiObs",
            Name = isCall ? "chat gpt-5-mini" : $"{kind} {number}",
            Kind = kind,
            Provider = isCall ? "openai" : null,
            Model = isCall ? "gpt-5-mini" : null,
            Agent = "weather",
            Tool = kind == OperationKind.Tool ? "get_weather" : null,
            UserId = "ada",
            ConversationId = "conversation-1",
            InputTokens = isCall ? 1_000 + number : null,
            OutputTokens = isCall ? number : null,
        };
    }

    private static string SpanId(int number) => number.ToString("x16", CultureInfo.InvariantCulture);
}
