using System.Diagnostics;
using System.Globalization;
using AiObs.Soak.Load;
using AiObs.Soak.Reckoning;
using OpenTelemetry;

namespace AiObs.Soak.Books;

/// <summary>Writes down what finished spans say. It reads keys as a backend does, by their names on the wire.</summary>
internal sealed class SpanWitness(Journal journal) : BaseProcessor<Activity>
{
    private long _leakCount;
    private long _redactionCount;
    private long _strayCount;
    private long _doubledUseCount;

    public static IReadOnlyList<Measure> Measures { get; } =
    [
        .. ServedCall.Measures, Measure.EstimatedAmount, Measure.Agents, Measure.AgentsCancelled, Measure.AgentChats, Measure.Tools,
        Measure.StreamsBegun, Measure.Updates,
    ];

    /// <summary>Gets how many values show what redaction had to take out.</summary>
    public long LeakCount => Interlocked.Read(ref _leakCount);

    /// <summary>Gets how often the spans say that something was redacted.</summary>
    public long RedactionCount => Interlocked.Read(ref _redactionCount);

    /// <summary>Gets how many spans belong to no run.</summary>
    public long StrayCount => Interlocked.Read(ref _strayCount);

    /// <summary>Gets how many spans of the model's SDK still have the tokens that ours have already.</summary>
    public long DoubledUseCount => Interlocked.Read(ref _doubledUseCount);

    public override void OnEnd(Activity data)
    {
        Interlocked.Add(ref _leakCount, SecretScan.CountIn(data));
        Interlocked.Add(ref _redactionCount, data.GetTagItem("aiobs.redaction.email") is { } count ? Convert.ToInt64(count, CultureInfo.InvariantCulture) : 0);
        if (IsOfTheSdk(data))
        {
            Interlocked.Add(ref _doubledUseCount, NumberOf(data, "gen_ai.usage.input_tokens") > 0 ? 1 : 0);

            return;
        }

        if (RunText.RunOf(data.GetTagItem("gen_ai.conversation.id") as string) is not { } run)
        {
            Interlocked.Increment(ref _strayCount);

            return;
        }

        foreach (var (measure, amount) in Describe(data))
        {
            journal.Add(run, measure, amount);
        }
    }

    private static bool IsOfTheSdk(Activity span) => span.Source.Name is not ("" or AgentObservabilityOptions.DefaultSourceName);

    private static IEnumerable<(Measure Measure, decimal Amount)> Describe(Activity span) => span.GetTagItem("gen_ai.operation.name") switch
    {
        "chat" => DescribeChat(span).Concat(DescribeUse(span)),
        "embeddings" => DescribeUse(span).Prepend((IsFailed(span) ? Measure.EmbeddingsFailed : Measure.EmbeddingsCompleted, 1)),
        "execute_tool" => [(Measure.Tools, 1)],
        "invoke_agent" => DescribeAgent(span),
        _ => [],
    };

    private static IEnumerable<(Measure Measure, decimal Amount)> DescribeAgent(Activity span) =>
    [
        (Measure.Agents, 1),
        (Measure.AgentsCancelled, OutcomeOf(span) == Measure.ChatsCancelled && span.GetTagItem("aiobs.agent.tools_used") is not null ? 1 : 0),
        (Measure.AgentChats, NumberOf(span, "aiobs.agent.iterations")),
    ];

    private static IEnumerable<(Measure Measure, decimal Amount)> DescribeChat(Activity span)
    {
        yield return (Measure.ChatsStarted, 1);
        yield return (OutcomeOf(span), 1);
        if (NumberOf(span, "aiobs.stream.chunks") is > 0 and var chunks)
        {
            yield return (Measure.StreamsBegun, 1);
            yield return (Measure.Updates, chunks);
        }
    }

    private static IEnumerable<(Measure Measure, decimal Amount)> DescribeUse(Activity span)
    {
        yield return (Measure.InputTokens, NumberOf(span, "gen_ai.usage.input_tokens"));
        yield return (Measure.CacheReadTokens, NumberOf(span, "gen_ai.usage.cache_read.input_tokens"));
        yield return (Measure.CacheWriteTokens, NumberOf(span, "gen_ai.usage.cache_creation.input_tokens"));
        yield return (Measure.OutputTokens, NumberOf(span, "gen_ai.usage.output_tokens"));
        foreach (var entry in CostWords.Describe(span.GetTagItem("aiobs.cost.completeness") as string, NumberOf(span, "aiobs.cost.total")))
        {
            yield return entry;
        }
    }

    private static Measure OutcomeOf(Activity span) => (span.GetTagItem("aiobs.stream.outcome") as string ?? OutcomeOfWhole(span)) switch
    {
        "completed" => Measure.ChatsCompleted,
        "cancelled" => Measure.ChatsCancelled,
        "abandoned" => Measure.ChatsAbandoned,
        _ => Measure.ChatsFailed,
    };

    private static string OutcomeOfWhole(Activity span) => span.GetTagItem("error.type") switch
    {
        null => "completed",
        string type when type.EndsWith("CanceledException", StringComparison.Ordinal) => "cancelled",
        _ => "failed",
    };

    private static bool IsFailed(Activity span) => span.GetTagItem("error.type") is not null;

    /// <summary>Returns a number as it was before it became a double: amounts have fewer digits than a double keeps.</summary>
    private static decimal NumberOf(Activity span, string key) =>
        span.GetTagItem(key) is { } value ? Convert.ToDecimal(value, CultureInfo.InvariantCulture) : 0;
}
