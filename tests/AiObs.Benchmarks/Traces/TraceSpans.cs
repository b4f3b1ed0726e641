using AiObs.Operations;
using AiObs.Store;

namespace AiObs.Benchmarks.Traces;

/// <summary>Makes the spans of agents, five to a trace: two model calls with what was said, two tools and the agent that called them, spread over 30 days.</summary>
internal static class TraceSpans
{
    public const int SpansPerTrace = 5;
    public static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Length = TimeSpan.FromDays(30);

    private const int TracesPerConversation = 4;
    private static readonly string[] Models = ["large", "small", "fast", "old", "new", "tiny"];
    private static readonly string[] Tools = ["search", "forecast", "book"];
    private static readonly string Attributes = $$"""{"gen_ai.request.temperature":0.5,"gen_ai.response.id":"response-1","server.address":"api.example.com","note":"{{new string('x', 300)}}"}""";
    private static readonly string Said = $$"""{"gen_ai.input.messages":"{{new string('y', 600)}}"}""";

    /// <summary>Makes as many spans as there are, of so many in all, from a number on.</summary>
    public static SpanRecord[] Make(int first, int count, int all) => [.. Enumerable.Range(first, count).Select(number => Make(number, all))];

    public static string TraceOf(int span) => (span / SpansPerTrace * 2_654_435_761L % 4_294_967_296L).ToString("x32", null);

    public static string ConversationOf(int span) => $"conversation-{span / SpansPerTrace / TracesPerConversation}";

    public static string UserOf(int span) => $"user-{span / SpansPerTrace % 997}";

    private static SpanRecord Make(int number, int all)
    {
        var random = new Random(number);
        var (trace, place) = (number / SpansPerTrace, number % SpansPerTrace);

        // Children end before the span at the top does.
        var kind = place == SpansPerTrace - 1 ? OperationKind.Agent : place % 2 == 0 ? OperationKind.Chat : OperationKind.Tool;
        var isCall = kind == OperationKind.Chat;
        var isError = random.Next(50) == 0;
        return new()
        {
            TraceId = TraceOf(number),
            SpanId = (number + 1L).ToString("x16", null),
            ParentSpanId = kind == OperationKind.Agent ? null : ((trace * SpansPerTrace) + SpansPerTrace).ToString("x16", null),
            IsRoot = kind == OperationKind.Agent,
            Time = Start + (Length * ((double)trace / Math.Max(1, all / SpansPerTrace))) + TimeSpan.FromMilliseconds(kind == OperationKind.Agent ? 0 : 1 + place),
            Duration = TimeSpan.FromMilliseconds(Math.Exp((random.NextDouble() * 5) + 2)),
            Source = "AiObs",
            Name = isCall ? "chat model" : kind == OperationKind.Tool ? "execute_tool" : "invoke_agent weather",
            Kind = kind,
            Provider = isCall ? "openai" : null,
            Model = isCall ? Models[random.Next(Models.Length)] : null,
            Agent = "weather",
            Tool = kind == OperationKind.Tool ? Tools[random.Next(Tools.Length)] : null,
            IsError = isError,
            ErrorType = isError ? random.Next(20) == 0 ? "content_filter" : "timeout" : null,
            ConversationId = ConversationOf(number),
            UserId = UserOf(number),
            SessionId = null,
            InputTokens = isCall ? random.Next(4_000) : null,
            OutputTokens = isCall ? random.Next(1_000) : null,
            Attributes = Attributes,
            Content = isCall ? new(Said) : null,
        };
    }
}
