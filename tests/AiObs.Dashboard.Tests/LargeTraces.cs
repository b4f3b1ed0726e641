using AiObs.Operations;
using AiObs.Store;

namespace AiObs.Dashboard.Tests;

/// <summary>Traces of many spans: an agent, chains of a hundred spans below it, and model calls and tools in each.</summary>
internal static class LargeTraces
{
    private const int ChainLength = 100;

    public static async Task AddAsync(DashboardHost host, int trace, int spans)
    {
        var start = DateTimeOffset.UtcNow.AddMinutes(-10);
        await host.Traces.AppendAsync([.. Enumerable.Range(1, spans).Select(span => Make(trace, span, start))], TestContext.Current.CancellationToken);
    }

    private static SpanRecord Make(int trace, int span, DateTimeOffset start)
    {
        // The first of each hundred but the very first stands below the top, and the rest below it.
        var chain = 2 + ((span - 2) / ChainLength * ChainLength);
        int? parent = span == 1 ? null : span == chain ? 1 : chain;
        var kind = span == 1 ? OperationKind.Agent : span == chain ? OperationKind.Chain : span % 2 == 0 ? OperationKind.Chat : OperationKind.Tool;
        return Spans.Make(trace, span, parent, start.AddMilliseconds(span), MillisecondsOf(span), kind, $"{kind} {span}") with { InputTokens = kind == OperationKind.Chat ? 1_000 + span : null };

        static double MillisecondsOf(int span) => span == 1 ? 60_000 : 500;
    }
}
