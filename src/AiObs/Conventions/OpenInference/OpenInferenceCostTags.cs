using System.Numerics;
using AiObs.Cost;
using AiObs.Cost.Usage;
using AiObs.Operations;

namespace AiObs.Conventions.OpenInference;

/// <summary>The OpenInference attributes of what a model call cost.</summary>
internal static class OpenInferenceCostTags
{
    private const int Input = 0;
    private const int CacheRead = 1;
    private const int CacheWrite = 2;
    private const int InputAudio = 3;
    private const int Output = 4;
    private const int Reasoning = 5;
    private const int OutputAudio = 6;

    private static readonly string[] Details =
    [
        OpenInferenceAttributes.CostInput,
        OpenInferenceAttributes.CostCacheRead,
        OpenInferenceAttributes.CostCacheWrite,
        OpenInferenceAttributes.CostInputAudio,
        OpenInferenceAttributes.CostOutput,
        OpenInferenceAttributes.CostReasoning,
        OpenInferenceAttributes.CostOutputAudio,
    ];

    public static void Write(SpanTags tags, ModelOperation operation)
    {
        if (operation.Cost is not { } cost)
        {
            tags.Add(OpenInferenceAttributes.CostTotal, operation.ReportedCost);
            return;
        }

        tags.Add(OpenInferenceAttributes.CostPrompt, cost.Input);
        if (operation is ChatOperation)
        {
            tags.Add(OpenInferenceAttributes.CostCompletion, cost.Output);
        }

        WriteDetails(tags, cost.Lines.AsSpan());
        tags.AddBoxed(OpenInferenceAttributes.CostTotal, cost.TotalOnSpans);
    }

    /// <summary>Writes the parts of the input and the output; each line of the receipt is in one of them.</summary>
    private static void WriteDetails(SpanTags tags, ReadOnlySpan<CostLine> lines)
    {
        Span<decimal> sums = stackalloc decimal[Details.Length];
        var known = 0u;
        foreach (ref readonly var line in lines)
        {
            if (line.Direction != CostDirection.None)
            {
                var detail = DetailOf(line.Unit, line.Direction);
                var bit = 1u << detail;
                sums[detail] = (known & bit) == 0 ? line.Amount : sums[detail] + line.Amount;
                known |= bit;
            }
        }

        for (; known != 0; known &= known - 1)
        {
            var detail = BitOperations.TrailingZeroCount(known);
            tags.Add(Details[detail], sums[detail]);
        }
    }

    // Those of nearly every call by name; the others by what their names are made of.
    private static int DetailOf(string unit, CostDirection direction) => unit switch
    {
        UsageKeys.Input => Input,
        UsageKeys.CacheRead => CacheRead,
        UsageKeys.Output => Output,
        _ when direction == CostDirection.Input => IsCache(unit) ? Has(unit, "write") ? CacheWrite : CacheRead : Has(unit, "audio") ? InputAudio : Input,
        _ => Has(unit, "reasoning") ? Reasoning : Has(unit, "audio") ? OutputAudio : Output,
    };

    private static bool IsCache(string unit) => unit.StartsWith("cache_", StringComparison.Ordinal);

    private static bool Has(string unit, string word) => unit.Contains(word, StringComparison.Ordinal);
}
